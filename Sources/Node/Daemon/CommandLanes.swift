import Commands
import Dispatch

/// The queues of the commands of a running node: who reads waits for nobody, acts follow one another, and what takes
/// long stands apart, so that an import or a backup holds nobody up.
///
/// The store gives each reader a snapshot of its own and lets one writer in at a time, in order of asking; a long act
/// gives way between its transactions (`TurnLock`).
final class CommandLanes: Sendable {
    private let reading = DispatchQueue(label: "kartoteka.commands.reading", attributes: .concurrent)
    private let acting = DispatchQueue(label: "kartoteka.commands.acting")
    private let long = DispatchQueue(label: "kartoteka.commands.long")

    /// On any thread of the readers.
    func any(_ work: @escaping @Sendable () -> Void) { reading.async(execute: work) }

    func run(_ lane: CommandLane, _ work: @escaping @Sendable () -> Void) {
        switch lane {
        case .reading: reading.async(execute: work)
        case .acting: acting.async(execute: work)
        case .long: long.async(execute: work)
        }
    }

    /// Waits until all that was taken is answered.
    func drain() {
        // What is being read may still go to a lane.
        reading.sync(flags: .barrier) {}
        acting.sync {}
        long.sync {}
        reading.sync(flags: .barrier) {}
    }
}
