import CPlatform
public import Cryptography
import Glibc
import Locks
import Synchronization

/// Accepts connections at one place and hands their requests to a handler.
///
/// Unchecked: what is not constant or under a lock is touched on the loop's thread only.
public final class Server: @unchecked Sendable {
    /// Where to listen, and how to speak.
    public enum Endpoint: Sendable {
        /// TLS 1.3, both sides with certificates of our authority. The address is numeric; port 0 takes any.
        case mutualTLS(address: String, port: UInt16, TLSMaterial)
        /// TLS 1.3 with the server's certificate only, for enrolment.
        case serverOnlyTLS(address: String, port: UInt16, TLSMaterial)
        /// HTTP without TLS, at a loopback address alone: what leaves the machine is never open.
        case plain(address: String, port: UInt16)
        /// HTTP without TLS at a path of mode 0600, for processes of the same user and root.
        case local(path: String)
    }

    /// The limits for its peers.
    public let limits: ServerLimits
    let loop: EventLoop
    let handler: any RequestHandler
    let asksForCertificate: Bool
    var census = ConnectionCensus()
    /// Bytes of bodies and answers in memory; asked from any thread before another is made.
    let heldBytes = Atomic<Int>(0)

    private let endpoint: Endpoint
    private let logLine: @Sendable (LogLine) -> Void
    private let counted = Locked(ServerCounters())
    private let boundPort = Locked<UInt16>(0)
    private var listener: Listener?
    private var context: TLSContext?
    private var expiry: LoopTimer?
    /// Seconds since 1970, as certificates count them.
    let wallSeconds: @Sendable () -> Int64
    private static let lastRequestID = Atomic<UInt64>(0)

    /// Nothing is opened before `start`.
    ///
    /// `wallSeconds`: seconds since 1970, by which certificates expire while a connection lasts.
    public init(
        loop: EventLoop,
        endpoint: Endpoint,
        limits: ServerLimits = ServerLimits(),
        handler: any RequestHandler,
        wallSeconds: (@Sendable () -> Int64)? = nil,
        log: @escaping @Sendable (LogLine) -> Void
    ) {
        self.wallSeconds = wallSeconds ?? { kartoteka_wall_seconds() }
        self.loop = loop
        self.endpoint = endpoint
        self.limits = limits
        self.handler = handler
        logLine = log
        if case .mutualTLS = endpoint { asksForCertificate = true } else { asksForCertificate = false }
    }

    /// Listens, from now on.
    public func start() throws(ServerError) {
        let result = loop.run { () -> Result<Void, ServerError> in
            do throws(ServerError) { return .success(try self.listen()) } catch { return .failure(error) }
        }
        try result.get()
    }

    /// Takes no new connections; the ones that are there go on.
    public func stopListening() {
        loop.run {
            self.listener?.stop()
            self.listener = nil
        }
    }

    /// Ends as `stop`, after the answers that were made are written: for at most so many milliseconds.
    public func stop(answeringFor milliseconds: Int64) {
        stopListening()
        let end = kartoteka_monotonic_milliseconds() + milliseconds
        while kartoteka_monotonic_milliseconds() < end,
            loop.run({ self.census.connections.values.contains(where: \.isAnswering) })
        {
            usleep(5_000)
        }
        stop()
    }

    /// Stops listening and ends all connections.
    public func stop() {
        stopListening()
        loop.run {
            if let expiry = self.expiry { self.loop.cancel(expiry) }
            self.expiry = nil
            for connection in Array(self.census.connections.values) { connection.close() }
        }
    }

    /// The port listened at; 0 before the start and on a Unix-domain socket.
    public var port: UInt16 { boundPort.withLock { $0 } }

    /// A copy as of now, from any thread.
    public var counters: ServerCounters { counted.withLock { $0 } }

    /// Takes renewed certificates, for new connections.
    public func replaceMaterial(_ material: TLSMaterial) throws(TLSError) {
        let context = try TLSContext(server: material, asksForCertificate: asksForCertificate)
        loop.run { self.context = context }
    }

    /// Ends all connections of a key that is no longer trusted, at once and whatever they are doing.
    public func closeConnections(ofKey key: SHA256Digest) {
        loop.post {
            let connections = self.census.connections(of: key)
            for connection in connections {
                self.log(.notice, "revoked", "connection \(connection.name) is closed: its key is not trusted any more")
                connection.close()
            }
        }
    }

    /// Ends connections whose peer's certificate has expired since the handshake, and looks again a while later.
    ///
    /// By the wall clock, not by a timer for each: it may be set while a connection lasts.
    private func endExpired() {
        let now = wallSeconds()
        for connection in Array(census.connections.values) {
            guard let peer = connection.peer, peer.notAfter < now else { continue }
            log(.notice, "expired", "connection \(connection.name) is closed: the certificate of \(peer.node) expired")
            connection.close()
        }
        if let expiry { loop.schedule(expiry, at: loop.now + limits.expirySweep) }
    }

    /// Whether packets to this numeric address never leave the machine: 127.0.0.0/8 in four plain numbers, or ::1.
    public static func isLoopback(_ address: String) -> Bool {
        if address == "::1" { return true }
        let parts = address.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].elementsEqual("127".utf8) else { return false }
        return parts.allSatisfy { part in
            HTTPBytes.decimal(ArraySlice(part)).map { $0 < 256 && String($0).utf8.elementsEqual(part) } ?? false
        }
    }

    private func listen() throws(ServerError) {
        precondition(listener == nil, "the server listens already")
        switch endpoint {
        case .mutualTLS(let address, let port, let material), .serverOnlyTLS(let address, let port, let material):
            do throws(TLSError) {
                context = try TLSContext(server: material, asksForCertificate: asksForCertificate)
            } catch { throw ServerError("preparing TLS for \(address) port \(port): \(error)") }
            listener = try Listener(self, address: address, port: port)
        case .plain(let address, let port):
            guard Self.isLoopback(address) else {
                throw ServerError(
                    "listening at \(address) port \(port): only a loopback address (127.0.0.1, ::1) is served without TLS"
                )
            }
            listener = try Listener(self, address: address, port: port)
        case .local(let path): listener = try Listener(self, path: path)
        }
        boundPort.withLock { $0 = listener?.port ?? 0 }
        guard asksForCertificate else { return }
        let timer = LoopTimer { [weak self] in self?.endExpired() }
        expiry = timer
        loop.schedule(timer, at: loop.now + limits.expirySweep)
    }

    // MARK: On the loop's thread

    /// Accepts a new connection, or logs why not.
    func take(fd: Int32, address: String, port: UInt16) {
        let isTCP = address != Connection.local
        let countsAddresses = isTCP && !asksForCertificate
        if let silent = census.yielding(to: address, limits: limits) {
            count { $0.overLimit += 1 }
            log(.warning, "over_limit", "connection closed in its handshake: others want its place", of: silent.network)
            silent.close()
        }
        if let obstacle = census.obstacle(from: address, limits: limits, countsAddresses: countsAddresses) {
            kartoteka_close(fd)
            count { $0.overLimit += 1 }
            let network = ConnectionCensus.network(of: address)
            return log(.warning, "over_limit", "connection of \(address) closed: \(obstacle)", of: network)
        }
        do throws(TLSError) {
            let wire: any Wire = if let context { try TLSSession(context, fd: fd) } else { PlainWire(fd: fd) }
            let connection = Connection(self, fd: fd, wire: wire, address: address, port: port)
            census.add(connection)
            count { $0.accepted += 1 }
            noteOpen()
            connection.start()
            noteOpen()
        } catch {
            kartoteka_close(fd)
            log(.warning, "tls", error.description)
        }
    }

    /// What the handler and the limits say to a peer whose handshake ended.
    func greet(_ connection: Connection) -> HTTPRefusal? {
        noteOpen()
        if let refusal = handler.greet(connection.peer) {
            handshakeRefused(connection, refusal.sentence)
            return refusal
        }
        guard let key = connection.peer?.key else { return nil }
        let others = census.connections(of: key)
        if others.count >= limits.connectionsPerKey {
            // Connections left over from before a peer's restart must not lock it out.
            guard let idle = others.first(where: { $0.phase == .waiting(isFirst: false) }) else {
                count { $0.overLimit += 1 }
                let words = "peer \(connection.name) refused: its key has \(others.count) connections"
                log(.warning, "over_limit", words, of: connection.peer?.node ?? connection.network)
                return HTTPRefusal(
                    status: 503,
                    code: "connections",
                    sentence: "this key has \(others.count) connections already; close one"
                )
            }
            idle.close()
        }
        census.add(connection, key: key)
        return nil
    }

    /// A deadline of the connection has passed: what that means depends on where the connection stands.
    func timeIsUp(_ connection: Connection) {
        switch connection.phase {
        case .waiting(isFirst: false), .lingering, .closed: return connection.close()
        case .handling where !connection.isStreaming:
            let words = "request of \(connection.name) found no answer in \(limits.answer) ms"
            log(.warning, "no_answer", words, of: connection.who)
            connection.responder?.peerVanished()
            return connection.refuse(HTTPRefusal(status: 503, code: "no_answer", sentence: "the answer takes too long"))
        case .handshaking, .waiting, .head, .body, .handling, .streaming, .answering: break
        }
        count { $0.cut += 1 }
        log(.notice, "cut", "connection \(connection.name) is cut: too slow in \(connection.phase)", of: connection.who)
        guard connection.phase == .head || connection.phase == .body else { return connection.close() }
        connection.refuse(HTTPRefusal(status: 408, code: "too_slow", sentence: "the request came too slowly"))
    }

    /// What was streamed to it is not taken.
    func slowStream(_ connection: Connection) {
        count { $0.cut += 1 }
        let words = "connection \(connection.name) is closed: \(limits.streamBytes) bytes of its stream wait to be read"
        log(.notice, "slow_stream", words, of: connection.who)
        connection.close()
    }

    /// Counts the event and logs it by peer, so that one peer cannot fill the log.
    func handshakeRefused(_ connection: Connection, _ reason: String) {
        count { $0.handshakesRefused += 1 }
        log(.warning, "peer_refused", "peer \(connection.name) refused: \(reason)", of: connection.who)
    }

    /// A process of another user at our socket.
    func strangerRefused(_ reason: String) {
        count { $0.handshakesRefused += 1 }
        log(.warning, "peer_refused", "peer \(Connection.local) refused: \(reason)", of: Connection.local)
    }

    /// Counted and logged; the peer was told why.
    func requestRefused(_ connection: Connection, _ refusal: HTTPRefusal) {
        count { $0.requestsRefused += 1 }
        let who = connection.peer.map { " (\($0.node))" } ?? ""
        log(.notice, "request_refused", "request of \(connection.name)\(who) refused: \(refusal)", of: connection.who)
    }

    func nextRequestID() -> UInt64 {
        count { $0.requests += 1 }
        return Self.lastRequestID.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// Brings the counters of what is open up to date.
    func noteOpen() {
        count {
            $0.open = census.count
            $0.handshaking = census.handshaking
        }
    }

    /// `peer` is who caused it, by whom the log bounds its lines.
    func log(_ level: LogLine.Level, _ event: String, _ message: String, of peer: String = "") {
        logLine(LogLine(level, event, message, peer: peer))
    }

    /// Whether another answer may be made: unread answers leave room for it.
    var hasRoom: Bool { heldBytes.load(ordering: .relaxed) < limits.bodiesInMemory }

    private func count(_ change: (inout ServerCounters) -> Void) { counted.withLock { change(&$0) } }
}
