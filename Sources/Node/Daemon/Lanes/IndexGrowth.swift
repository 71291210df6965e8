import Dispatch
import Glibc
import Locks

/// Makes the index of words anew, where a new version reduces words in another way: a step at a time, while people go on.
final class IndexGrowth: Sendable {
    private let queue = DispatchQueue(label: "kartoteka.words", qos: .utility)
    private let isStopped = Locked(false)
    /// Between two steps, in microseconds: as long as a step takes, so that half of the writer's time is left to others.
    private static let rest: UInt32 = 5_000

    /// Begins, if there is anything to do; `failed` is told of a store that refuses, and nothing more is tried until the next
    /// start.
    init(_ store: any Indexing, log: NodeLog, failed: @escaping @Sendable (any Error) -> Void) {
        queue.async { [isStopped] in
            do {
                guard try store.growIndex() else { return }
                log.line(.notice, "index_begun", "the index of words is made anew: searches do not find everything yet")
                while try !isStopped.withLock({ $0 }) && store.growIndex() { usleep(Self.rest) }
                guard !isStopped.withLock({ $0 }) else { return }
                log.line(.notice, "index_made", "the index of words has all appeals")
            } catch { failed(error) }
        }
    }

    /// Waits for a step that runs; the rest is done after the next start.
    func stop() {
        isStopped.withLock { $0 = true }
        queue.sync {}
    }
}
