import Locks

/// A streamed answer, from any thread: pieces are sent when there is something to say, and nothing between them.
///
/// A heartbeat is the caller's. A reader who leaves `ServerLimits.streamBytes` unread, or takes none of what waits for
/// `ServerLimits.silence`, is closed. A writer that is dropped ends the answer.
public final class StreamWriter: Sendable {
    private struct State {
        var isOver = false
        var onClose: (@Sendable () -> Void)?
    }

    private let connection: Connection
    private let id: UInt64
    private let state = Locked(State())

    init(_ connection: Connection, id: UInt64) {
        self.connection = connection
        self.id = id
    }

    deinit { end() }

    /// Whether somebody still reads.
    public var isOpen: Bool { state.withLock { !$0.isOver } }

    /// Sends a piece; what comes after the end, or after the reader is gone, is lost.
    public func send(_ bytes: [UInt8]) {
        guard isOpen else { return }
        connection.post(piece: bytes, for: id)
    }

    /// Ends the answer.
    ///
    /// The connection may be used again. A second time does nothing.
    public func end() {
        let wasOver = state.withLock { state in
            defer {
                state.isOver = true
                state.onClose = nil
            }
            return state.isOver
        }
        if !wasOver { connection.post(piece: nil, for: id) }
    }

    /// Called once, on the loop's thread, when the reader is gone before the end.
    public func onClose(_ action: @escaping @Sendable () -> Void) {
        let wasOver = state.withLock { state in
            if !state.isOver { state.onClose = action }
            return state.isOver
        }
        if wasOver { action() }
    }

    func vanished() {
        let action = state.withLock { state in
            defer {
                state.isOver = true
                state.onClose = nil
            }
            return state.isOver ? nil : state.onClose
        }
        action?()
    }
}
