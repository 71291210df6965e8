import Dispatch
import Locks

/// Makes the index of words anew, where a new version reduces words in another way: a step at a time, while people go on.
final class IndexGrowth: Sendable {
    private let queue = DispatchQueue(label: "kartoteka.words", qos: .utility)
    private let isStopped = Locked(false)
    /// Signalled by the end, so that nothing sleeps over it.
    private let turn = DispatchSemaphore(value: 0)
    /// Between two steps, in milliseconds: as long as a step takes, so that half of the writer's time is left to others.
    private static let rest = 5

    /// Begins, if there is anything to do; `failed` is told of each refusal of the store.
    ///
    /// After one that passes, as of a full disk, it is tried again `pause` milliseconds later; after others not before the next
    /// start.
    init(_ store: any Indexing, log: NodeLog, pause: Int = 5_000, failed: @escaping @Sendable (any Error) -> Void) {
        queue.async { [isStopped, turn] in
            var hasBegun = false
            while !isStopped.withLock({ $0 }) {
                do {
                    guard try store.growIndex() else {
                        if hasBegun { log.line(.notice, "index_made", "the index of words has all appeals") }
                        return
                    }
                    if !hasBegun {
                        log.line(
                            .notice,
                            "index_begun",
                            "the index of words is made anew: searches do not find everything yet"
                        )
                    }
                    hasBegun = true
                    _ = turn.wait(timeout: .now() + .milliseconds(Self.rest))
                } catch {
                    failed(error)
                    guard case .passing = Trouble(error) else { return }
                    _ = turn.wait(timeout: .now() + .milliseconds(pause))
                }
            }
        }
    }

    /// Waits for a step that runs; the rest is done after the next start.
    func stop() {
        isStopped.withLock { $0 = true }
        turn.signal()
        queue.sync {}
    }
}
