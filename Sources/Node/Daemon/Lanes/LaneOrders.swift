import Dispatch
import Locks
import Replication

/// What one lane of a link is to do next, handed over from whichever thread decided it.
///
/// One lane's thread takes; anybody gives. At most one order waits: the link knows what it has asked for, and what it
/// asks later supersedes it.
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

    /// What a lane finds; what it takes is taken in the same moment, or an order given meanwhile would be lost.
    private enum Found {
        case stopped
        case taken(WireRequest?)
        /// Milliseconds; nil until somebody rings.
        case nothing(left: Int64?)
    }

    private func take() -> Found {
        state.withLock { state in
            if state.isStopped { return .stopped }
            switch state.order {
            case .send(let request)?:
                state.order = nil
                return .taken(request)
            case .sleep?:
                let left = state.due - Clock.monotonic()
                if left > 0 { return .nothing(left: left) }
                state.order = nil
                return .taken(nil)
            case nil: return .nothing(left: nil)
            }
        }
    }

    /// Waits for something to do: a request, or nil when a sleep is over.
    ///
    /// False at the end.
    func next(_ request: inout WireRequest?) -> Bool {
        while true {
            switch take() {
            case .stopped: return false
            case .taken(let order):
                request = order
                return true
            case .nothing(let left?): _ = bell.wait(timeout: .now() + .milliseconds(Int(min(left, 60_000))))
            case .nothing(nil): bell.wait()
            }
        }
    }
}
