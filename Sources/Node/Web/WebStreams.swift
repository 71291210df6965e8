import Locks
import Transport
import Web

/// The answers that go on: who listens, asked again whenever something has changed.
final class WebStreams: Sendable {
    /// One of them: asked by one thread at a time, and once more if something came meanwhile.
    private final class Listener: Sendable {
        private struct State {
            var isAsked = false
            var pending: WebStream.Cause?
        }

        let id: UInt64
        let writer: StreamWriter
        private let stream: WebStream
        private let state = Locked(State())

        init(_ id: UInt64, _ writer: StreamWriter, _ stream: WebStream) {
            self.id = id
            self.writer = writer
            self.stream = stream
        }

        /// Notes why to ask; whether somebody must be sent to ask now.
        func note(_ cause: WebStream.Cause) -> Bool {
            state.withLock { state in
                // A change says more than the time.
                if state.pending == nil || cause != .time { state.pending = cause }
                defer { state.isAsked = true }
                return !state.isAsked
            }
        }

        /// Asks until nothing more has come; false at the end of the answer.
        func ask() -> Bool {
            while true {
                let cause = state.withLock { state -> WebStream.Cause? in
                    defer { state.pending = nil }
                    if state.pending == nil { state.isAsked = false }
                    return state.pending
                }
                guard let cause else { return true }
                guard writer.isOpen, let bytes = stream.next(cause) else { return false }
                if !bytes.isEmpty { writer.send(bytes) }
            }
        }
    }

    private let listeners = Locked<[UInt64: Listener]>([:])
    private let lastID = Locked<UInt64>(0)
    /// Runs work on the lane of who reads; false when that has ended.
    private let lane: @Sendable (@escaping @Sendable () -> Void) -> Bool

    init(lane: @escaping @Sendable (@escaping @Sendable () -> Void) -> Bool) { self.lane = lane }

    var count: Int { listeners.withLock { $0.count } }

    /// Begins an answer that goes on.
    func open(_ reply: WebReply, _ stream: WebStream, _ responder: Responder) {
        let id = lastID.withLock { last in
            last += 1
            return last
        }
        let type = reply.contentType ?? "text/event-stream"
        let writer = responder.stream(status: reply.status, contentType: type, headers: reply.headers)
        let listener = Listener(id, writer, stream)
        listeners.withLock { $0[id] = listener }
        writer.onClose { [weak self] in self?.leave(id) }
        ask(listener, .begun)
    }

    /// Something has changed, or time has passed: all are asked.
    func tell(_ cause: WebStream.Cause) {
        for listener in listeners.withLock({ Array($0.values) }) { ask(listener, cause) }
    }

    /// Ends all of them.
    func end() {
        let all = listeners.withLock { listeners in
            defer { listeners = [:] }
            return Array(listeners.values)
        }
        for listener in all { listener.writer.end() }
    }

    private func ask(_ listener: Listener, _ cause: WebStream.Cause) {
        guard listener.note(cause) else { return }
        let isTaken = lane { [weak self] in
            guard !listener.ask() else { return }
            listener.writer.end()
            self?.leave(listener.id)
        }
        if !isTaken { listener.writer.end() }
    }

    private func leave(_ id: UInt64) { listeners.withLock { $0[id] = nil } }
}
