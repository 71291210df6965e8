import Locks

/// The way back of one request, from any thread.
///
/// A responder that is dropped without an answer answers 500.
public final class Responder: Sendable {
    private struct State {
        var isSpent = false
        var isGone = false
        var onClose: (@Sendable () -> Void)?
    }

    private let connection: Connection
    private let id: UInt64
    private let state = Locked(State())

    init(_ connection: Connection, id: UInt64) {
        self.connection = connection
        self.id = id
    }

    deinit {
        guard !state.withLock({ $0.isSpent }) else { return }
        let refusal = HTTPRefusal(status: 500, code: "no_answer", sentence: "this request found no answer")
        connection.post(.answer(Response(refusal)), for: id)
    }

    /// Answers; the second time is a bug.
    public func send(_ response: Response) {
        let wasSpent = state.withLock { state in
            defer {
                state.isSpent = true
                state.onClose = nil
            }
            return state.isSpent
        }
        precondition(!wasSpent, "a request is answered once")
        connection.post(.answer(response), for: id)
    }

    /// Whether somebody still waits for the answer; no work is begun for a peer that is gone.
    public var isWanted: Bool { state.withLock { !$0.isGone && !$0.isSpent } }

    /// Whether there is room for another answer; if not, reply 503 before doing the work.
    public var hasRoom: Bool { connection.server.hasRoom }

    /// Counts the bytes of an answer that is still being compressed.
    public func announce(_ count: Int) { connection.post(.announce(count), for: id) }

    /// Begins an answer 200 with an empty line every few seconds until `send`, whose status and headers then
    /// no longer count.
    public func keepWaiting(contentType: String = "application/x-ndjson") {
        connection.post(.keepWaiting(contentType: contentType), for: id)
    }

    /// Begins an answer that goes on until the writer ends it; like `send`, once.
    ///
    /// To a HEAD the head alone is answered, and the writer is closed.
    public func stream(status: Int = 200, contentType: String, headers: [(String, String)] = []) -> StreamWriter {
        let wasSpent = state.withLock { state in
            defer {
                state.isSpent = true
                state.onClose = nil
            }
            return state.isSpent
        }
        precondition(!wasSpent, "a request is answered once")
        let writer = StreamWriter(connection, id: id)
        connection.post(Response(status: status, contentType: contentType, headers: headers), writer, for: id)
        return writer
    }

    /// Called once, on the loop's thread, when the peer is gone before the answer.
    public func onClose(_ action: @escaping @Sendable () -> Void) {
        let isGone = state.withLock { state in
            if !state.isGone, !state.isSpent { state.onClose = action }
            return state.isGone && !state.isSpent
        }
        if isGone { action() }
    }

    func peerVanished() {
        let action = state.withLock { state in
            defer {
                state.isGone = true
                state.onClose = nil
            }
            return state.onClose
        }
        action?()
    }
}
