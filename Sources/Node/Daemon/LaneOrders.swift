import Dispatch
import Locks
import Replication

/// What one lane of a link is to do next, handed over from whichever thread decided it.
final class LaneOrders: Sendable {
    enum Order: Sendable {
        case send(WireRequest)
        /// Unix milliseconds.
        case sleep(until: Int64)
    }

    private struct State {
        var order: Order?
        /// When a sleep is over, by the clock that nobody sets: a date set back must not make the lane sleep for years.
        var due: Int64 = 0
        var isStopped = false
    }

    private let state = Locked(State())
    private let bell = DispatchSemaphore(value: 0)

    /// A later order replaces an earlier one; a request is never replaced by a sleep.
    func give(_ order: Order) {
        state.withLock { state in
            if case .send? = state.order, case .sleep = order { return }
            state.order = order
            if case .sleep(let until) = order { state.due = Clock.monotonic() + until - Clock.now() }
        }
        bell.signal()
    }

    func stop() {
        state.withLock { $0.isStopped = true }
        bell.signal()
    }

    /// Waits for something to do: a request, or nil when a sleep is over.
    ///
    /// False at the end.
    func next(_ request: inout WireRequest?) -> Bool {
        while true {
            let (order, due, isStopped) = state.withLock { ($0.order, $0.due, $0.isStopped) }
            if isStopped { return false }
            switch order {
            case .send(let wire)?:
                state.withLock { $0.order = nil }
                request = wire
                return true
            case .sleep?:
                let left = due - Clock.monotonic()
                if left <= 0 {
                    state.withLock { $0.order = nil }
                    request = nil
                    return true
                }
                _ = bell.wait(timeout: .now() + .milliseconds(Int(min(left, 60_000))))
            case nil: bell.wait()
            }
        }
    }
}
