import Dispatch
import Locks

/// A lane on which one follows another, with few places for those who wait.
final class NarrowLane: Sendable {
    /// Seconds after which somebody who was turned away should come again.
    static let comeAgain = 5

    private let queue: DispatchQueue
    private let places: Int
    private let waiting = Locked(0)
    private let isEnding = Locked(false)

    /// - Parameter places: requests that wait or are being answered; one more is turned away.
    init(_ label: String, places: Int) {
        queue = DispatchQueue(label: label)
        self.places = places
    }

    /// Runs the work in its turn; false if all places are taken or the lane has ended: then it does not run.
    func take(_ work: @escaping @Sendable () -> Void) -> Bool {
        isEnding.withLock { ending in
            guard !ending else { return false }
            let isTaken = waiting.withLock { waiting in
                guard waiting < places else { return false }
                waiting += 1
                return true
            }
            guard isTaken else { return false }
            queue.async {
                work()
                self.waiting.withLock { $0 -= 1 }
            }
            return true
        }
    }

    /// Takes nothing more, and waits until all that was taken is answered.
    func drain() {
        isEnding.withLock { $0 = true }
        queue.sync {}
    }
}
