import CPlatform
import Cryptography
import Synchronization

/// One connection of a server: handshake, request, answer, and again.
///
/// Unchecked: everything is touched on the loop's thread only; other threads know it through `post`.
final class Connection: LoopTarget, @unchecked Sendable {
    /// The address of peers on a Unix-domain socket.
    static let local = "local"

    enum Reply: Sendable {
        case answer(Response)
        case keepWaiting(contentType: String)
        /// An answer of this many bytes is being prepared.
        case announce(Int)
        /// The head of an answer that comes in pieces, each when there is something to say.
        case stream(Response)
    }

    /// From handshaking to lingering or closed; waiting, head, body, handling, perhaps streaming, and answering go round.
    enum Phase: Equatable {
        case handshaking
        case waiting(isFirst: Bool)
        case head
        case body
        case handling
        /// A streamed answer, without an end of its own.
        case streaming
        case answering
        case lingering
        case closed
    }

    let server: Server
    let address: String
    let port: UInt16
    /// Whose share of the places for handshakes it takes.
    let network: String
    let fd: Int32
    var wire: (any Wire)?
    var parser: HTTPParser
    var output = OutputQueue()
    var peer: PeerIdentity?
    var request: HTTPHead?
    var keepsAlive = true
    /// Whether the answer was begun by `keepWaiting`.
    var isStreaming = false
    weak var responder: Responder?
    weak var streamer: StreamWriter?
    /// Of the request that is being handled; answers to another are too late.
    var requestID: UInt64?
    /// What follows the present request and came with it, to be read after the answer.
    var following: [UInt8] = []
    var isReadingFollowing = false
    /// The reason for refusing a request that is still being read to its end, on a connection that stays open.
    var denial: HTTPRefusal?
    /// Bytes of body or answer that the server counts as held in memory for this connection.
    var heldBytes = 0

    private(set) var phase = Phase.handshaking
    /// When the phase began.
    private(set) var since: Int64
    /// Bytes moved since then, and when the last of them did.
    private var moved: Int64 = 0
    var lastMoved: Int64
    private var nextLine = Int64.max
    private var events: UInt32 = 0
    private var blocked: UInt32?
    private lazy var timer = LoopTimer { [unowned self] in timePassed() }

    /// Whether an answer was made that is not written yet.
    var isAnswering: Bool { phase == .answering }
    var loop: EventLoop { server.loop }
    var limits: ServerLimits { server.limits }
    /// Who causes what the log tells of it.
    var who: String { peer?.node ?? network }
    var name: String { address == Self.local ? Self.local : "\(address):\(port)" }

    init(_ server: Server, fd: Int32, wire: any Wire, address: String, port: UInt16) {
        self.server = server
        self.fd = fd
        self.wire = wire
        self.address = address
        self.port = port
        network = ConnectionCensus.network(of: address)
        since = server.loop.now
        lastMoved = since
        parser = HTTPParser(
            maxHead: server.limits.headBytes,
            maxFields: server.limits.headFields,
            encodedSlashes: server.limits.encodedSlashes
        )
    }

    /// Brings an answer to the loop's thread.
    func post(_ reply: Reply, for id: UInt64) {
        loop.post { self.take(reply, for: id) }
    }

    /// Begins a streamed answer on the loop's thread.
    func post(_ head: Response, _ writer: StreamWriter, for id: UInt64) {
        loop.post {
            guard self.phase == .handling, self.requestID == id else { return writer.vanished() }
            self.streamer = writer
            self.take(.stream(head), for: id)
        }
    }

    /// Brings a piece of a streamed answer to the loop's thread; nil ends it.
    func post(piece: [UInt8]?, for id: UInt64) {
        loop.post { self.take(piece: piece, for: id) }
    }

    func start() {
        events = LoopEvents.readable
        guard loop.register(fd, events, self) else { return close() }
        if wire is PlainWire { handshakeEnded(peer: nil) }
        settle()
    }

    func ready(_ events: UInt32) {
        blocked = nil
        let isGone = events & (LoopEvents.peerClosed | LoopEvents.hangUp | LoopEvents.error)
        switch phase {
        case .handshaking:
            lastMoved = loop.now
            continueHandshake()
        case .waiting, .head, .body:
            if !output.isEmpty { flush() }
            readMore()
        case .handling where isGone != 0: close()
        case .streaming where isGone != 0: close()
        case .handling, .streaming, .answering: flush()
        case .lingering: drain()
        case .closed: return
        }
        settle()
    }

    // MARK: Phases and time

    func enter(_ next: Phase) {
        phase = next
        since = loop.now
        lastMoved = since
        moved = 0
        blocked = nil
    }

    func progress(_ count: Int) {
        guard count > 0 else { return }
        moved += Int64(count)
        lastMoved = loop.now
    }

    func beginLines() { nextLine = loop.now + limits.keepWaitingInterval }

    /// Remembers what a step of the wire waits for; answers false when the connection is over.
    func wait(_ step: WireStep) -> Bool {
        switch step {
        case .moved: blocked = nil
        case .waitReadable: blocked = LoopEvents.readable
        case .waitWritable: blocked = LoopEvents.writable
        case .ended, .failed: return false
        }
        return true
    }

    private func continueHandshake() {
        guard let session = wire as? TLSSession else { return }
        switch session.handshake() {
        case .waitReadable: blocked = LoopEvents.readable
        case .waitWritable: blocked = LoopEvents.writable
        case .failed(let reason):
            server.handshakeRefused(self, reason)
            server.census.handshakeEnded(self)
            // Not closed at once: the reset that follows would overtake OpenSSL's alert, which says why.
            // But when places grow scarce, they are for those who are let in.
            if server.census.count * 4 < limits.connections * 3 { linger() } else { close() }
        case .done: identify(session)
        }
    }

    private func identify(_ session: TLSSession) {
        guard server.asksForCertificate else { return handshakeEnded(peer: nil) }
        switch session.identify(now: server.wallSeconds()) {
        case .success(let peer): handshakeEnded(peer: peer)
        case .failure(let error):
            server.handshakeRefused(self, error.description)
            server.census.handshakeEnded(self)
            enter(.waiting(isFirst: true))
            refuseUnread(HTTPRefusal(status: 403, code: "certificate", sentence: error.description))
        }
    }

    private func handshakeEnded(peer: PeerIdentity?) {
        server.census.handshakeEnded(self)
        enter(.waiting(isFirst: true))
        self.peer = peer
        if let refusal = server.greet(self) { return refuseUnread(refusal) }
        if phase == .waiting(isFirst: true) { readMore() }
    }

    /// The deadline of the present phase.
    private var deadline: Int64 {
        switch phase {
        case .handshaking: since + limits.handshake
        case .waiting(let isFirst): since + (isFirst ? limits.head : limits.idle)
        case .head: since + limits.head
        case .body, .answering: min(lastMoved + limits.silence, since + limits.rateGrace + earned)
        case .streaming: output.isEmpty ? .max : lastMoved + limits.silence
        case .handling where isStreaming && !output.isEmpty: lastMoved + limits.silence
        case .handling: since + limits.answer
        case .lingering: since + limits.linger
        case .closed: .max
        }
    }

    /// The time that the bytes moved so far were worth.
    private var earned: Int64 { moved * 1_000 / max(1, limits.minimumRate) }

    private func timePassed() {
        if loop.now >= deadline {
            server.timeIsUp(self)
        } else if phase == .handling, isStreaming, loop.now >= nextLine {
            beginLines()
            // A line that still waits to be written is enough; then the time without progress counts.
            if output.isEmpty {
                lastMoved = loop.now
                output.append(HTTPWriter.emptyLineChunk)
                flush()
            }
        }
        settle()
    }

    /// After each event: waits for the right events and for the next moment.
    func settle() {
        guard phase != .closed else { return }
        var wanted: UInt32
        switch phase {
        case .handshaking: wanted = blocked ?? LoopEvents.readable
        case .waiting, .head, .body:
            wanted = blocked ?? LoopEvents.readable
            if !output.isEmpty { wanted |= LoopEvents.writable }
        case .handling, .streaming:
            wanted = LoopEvents.peerClosed
            if !output.isEmpty { wanted |= blocked ?? LoopEvents.writable }
        case .answering: wanted = blocked ?? LoopEvents.writable
        case .lingering: wanted = LoopEvents.readable
        case .closed: return
        }
        if wanted != events {
            events = wanted
            loop.change(fd, wanted)
        }
        // A timer that comes too early finds the later deadline then: most phases end long before.
        let next = phase == .handling && isStreaming ? min(deadline, nextLine) : deadline
        if !timer.isScheduled || timer.due > next { loop.schedule(timer, at: next) }
    }

    /// Ends the connection at once.
    func close() {
        guard phase != .closed else { return }
        if phase == .handshaking { server.census.handshakeEnded(self) }
        let wasHandling = phase == .handling
        let wasStreaming = phase == .streaming
        phase = .closed
        loop.unregister(fd)
        loop.cancel(timer)
        wire = nil
        kartoteka_close(fd)
        output.removeAll()
        reserve(bytes: 0)
        server.census.remove(self, key: peer?.key)
        server.noteOpen()
        if wasHandling { responder?.peerVanished() }
        if wasHandling || wasStreaming { streamer?.vanished() }
        responder = nil
        streamer = nil
    }

    /// Counts the bytes of body or answer that this connection holds in memory; false when that is too much for all.
    @discardableResult
    func reserve(bytes count: Int) -> Bool {
        let total = server.heldBytes.wrappingAdd(count - heldBytes, ordering: .relaxed).newValue
        heldBytes = count
        return total <= limits.bodiesInMemory
    }
}
