import Commands
import Desk
import Dispatch
import Locks

/// The queues of the commands of a running node: who reads waits for nobody, acts follow one another, and what takes
/// long stands apart, so that an import or a backup holds nobody up.
///
/// The store gives each reader a snapshot of its own and lets one writer in at a time, in order of asking; a long act
/// gives way between its transactions (`TurnLock`). Each lane has a class of service of its own, since queues of one class
/// share as many threads as there are cores, and work that computes would keep them all.
final class CommandLanes: Sendable {
    private let reading = DispatchQueue(
        label: "kartoteka.commands.reading",
        qos: .userInitiated,
        attributes: .concurrent
    )
    private let acting = DispatchQueue(label: "kartoteka.commands.acting", qos: .default)
    /// Side by side: an import of an hour must not keep the doctor away.
    private let long = DispatchQueue(label: "kartoteka.commands.long", qos: .utility, attributes: .concurrent)
    private let isEnding = Locked(false)

    /// On any thread of the readers; false once the lanes end: then it does not run.
    func any(_ work: @escaping @Sendable () -> Void) -> Bool {
        isEnding.withLock { ending in
            // Under the lock: `drain` waits for all that came before it.
            if !ending { reading.async(execute: work) }
            return !ending
        }
    }

    /// On the lane of a command; only from what `any` runs, which is the lane of who reads.
    func run(_ lane: UseCase.Lane, _ work: @escaping @Sendable () -> Void) {
        switch lane {
        case .reading: work()
        case .acting: acting.async(qos: .default, flags: .enforceQoS, execute: work)
        case .long: long.async(qos: .utility, flags: .enforceQoS, execute: work)
        }
    }

    /// Takes nothing more, and waits until all that was taken is answered.
    func drain() {
        isEnding.withLock { $0 = true }
        // What is being read may still go to a lane.
        reading.sync(flags: .barrier) {}
        acting.sync {}
        long.sync(flags: .barrier) {}
    }
}
