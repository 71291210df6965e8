import Cryptography
import Glibc
import Locks
import Transport

/// An authority with everything its nodes need, for tests.
struct TestAuthority {
    let certificate: Certificate
    let key: PrivateKey
    let pem: [UInt8]

    init(_ name: String = "Test") throws {
        key = try PrivateKey.generate()
        certificate = try CertificateAuthority.selfSigned(
            name: name,
            key: key,
            notBefore: Int64(time(nil)) - 86_400 * 10,
            days: 30,
            serial: [1]
        )
        pem = try certificate.pem()
    }

    func material(
        _ node: String,
        usages: [CertificateProfile.Purpose] = [.client, .server],
        startsDaysAgo: Int64 = 1,
        days: Int = 2,
        serial: [UInt8] = [2],
        key: PrivateKey? = nil,
        trusting: TestAuthority? = nil
    ) throws -> TLSMaterial {
        let key = try key ?? PrivateKey.generate()
        let issued = try CertificateAuthority.issue(
            request: try CertificateRequest.make(key: key, node: node),
            node: node,
            dnsNames: ["localhost"],
            addresses: ["127.0.0.1"],
            usages: usages,
            authority: certificate,
            key: self.key,
            notBefore: Int64(time(nil)) - 86_400 * startsDaysAgo,
            days: days,
            serial: serial
        )
        return TLSMaterial(
            certificates: try issued.pem() + pem,
            key: try key.pem(),
            authorities: trusting?.pem ?? pem
        )
    }
}

/// A handler that does what the path says.
final class EchoHandler: RequestHandler {
    struct Seen: Sendable {
        var requests: [Request] = []
        var closed = 0
        var held: [Responder] = []
        var streams: [StreamWriter] = []
        var unwanted: Set<String> = []
    }

    let seen = Locked(Seen())
    let bodyLimit: Int

    init(bodyLimit: Int = 4_000_000) { self.bodyLimit = bodyLimit }

    func greet(_ peer: PeerIdentity?) -> HTTPRefusal? {
        guard let peer, seen.withLock({ $0.unwanted.contains(peer.node) }) else { return nil }
        return HTTPRefusal(status: 403, code: "unknown_key", sentence: "the key of \(peer.node) is not on the list")
    }

    func admit(peer: PeerIdentity?, _ head: HTTPHead) -> Admission {
        if head.header("host") == "foreign" || head.authority == "foreign" {
            return .refuse(status: 421, code: "host", sentence: "nobody is called so here")
        }
        if head.path == "/nowhere" {
            return .refuse(status: 404, code: "no_such_path", sentence: "there is nothing here")
        }
        return .accept(bodyLimit: bodyLimit)
    }

    func handle(_ request: Request, _ responder: Responder) {
        seen.withLock { $0.requests.append(request) }
        switch request.path {
        case "/drop": break
        case "/hold", "/poll":
            if request.path == "/poll" { responder.keepWaiting() }
            responder.onClose { [weak self] in self?.seen.withLock { $0.closed += 1 } }
            seen.withLock { $0.held.append(responder) }
        case "/big":
            let count = Int(request.parameter("count") ?? "") ?? 0
            guard responder.hasRoom else {
                return responder.send(Response(status: 503, headers: [("retry-after", "2")]))
            }
            responder.send(Response(status: 200, body: [UInt8](repeating: 0x61, count: count)))
        case "/gzip", "/brotli":
            let headers = [("content-encoding", request.path == "/gzip" ? "gzip" : "br")]
            responder.send(Response(status: 200, headers: headers, body: request.body))
        case "/zipped":
            let count = Int(request.parameter("count") ?? "") ?? 0
            let response = Response(status: 200, body: [UInt8](repeating: 0x61, count: count))
            responder.send(request.acceptsGzip ? response.compressed() : response)
        case "/stream":
            let writer = responder.stream(contentType: "text/event-stream", headers: [("cache-control", "no-store")])
            writer.onClose { [weak self] in self?.seen.withLock { $0.closed += 1 } }
            seen.withLock { $0.streams.append(writer) }
        case "/empty":
            responder.send(Response(status: Int(request.parameter("status") ?? "") ?? 0, body: request.body))
        case "/serial":
            responder.send(Response(status: 200, body: Array((request.peer?.serial ?? "none").utf8)))
        case "/who":
            responder.send(Response(status: 200, body: Array((request.peer?.node ?? "nobody").utf8)))
        default:
            let text = "\(request.method) \(request.path) \(request.body.count)"
            responder.send(Response(status: 200, contentType: "text/plain", body: Array(text.utf8)))
        }
    }

    func refusal(_ refusal: HTTPRefusal, of head: HTTPHead?) -> Response {
        var response = Response(refusal)
        if let head { response.headers.append(("asked", head.path)) }
        return response
    }

    var streams: [StreamWriter] { seen.withLock { $0.streams } }
    var requestCount: Int { seen.withLock { $0.requests.count } }
    var heldCount: Int { seen.withLock { $0.held.count } }
    var closedCount: Int { seen.withLock { $0.closed } }

    func releaseHeld(_ text: String) {
        let held = seen.withLock { seen in
            defer { seen.held = [] }
            return seen.held
        }
        for responder in held { responder.send(Response(status: 200, body: Array(text.utf8))) }
    }
}

/// A running server with its loop, its handler and its log; ended by `stop`.
final class TestOffice: Sendable {
    let loop: EventLoop
    let server: Server
    let handler: EchoHandler
    let lines = Log()

    final class Log: Sendable {
        private let kept = Locked<[LogLine]>([])
        func add(_ line: LogLine) { kept.withLock { $0.append(line) } }
        func contains(_ text: String) -> Bool { kept.withLock { $0.contains { $0.message.contains(text) } } }
        var all: [String] { kept.withLock { $0.map(\.message) } }
    }

    init(
        _ endpoint: Server.Endpoint,
        limits: ServerLimits = .generous,
        bodyLimit: Int = 4_000_000,
        wallSeconds: @escaping @Sendable () -> Int64 = { Int64(time(nil)) }
    ) throws {
        loop = try EventLoop()
        handler = EchoHandler(bodyLimit: bodyLimit)
        let lines = lines
        server = Server(loop: loop, endpoint: endpoint, limits: limits, handler: handler, wallSeconds: wallSeconds) {
            lines.add($0)
        }
        do { try server.start() } catch {
            loop.stop()
            throw error
        }
    }

    func stop() {
        server.stop()
        loop.stop()
    }

    func url(_ path: String) -> String { "https://127.0.0.1:\(server.port)\(path)" }

    /// A plain server at a fresh path, for conversations in raw bytes.
    static func local(limits: ServerLimits = .generous, bodyLimit: Int = 4_000_000) throws -> (TestOffice, String) {
        let path = "/tmp/kartoteka-test-\(getpid())-\(RandomBytes.hex(6)).socket"
        return (try TestOffice(.local(path: path), limits: limits, bodyLimit: bodyLimit), path)
    }

    static func mutual(_ authority: TestAuthority, limits: ServerLimits = .generous) throws -> TestOffice {
        try TestOffice(
            .mutualTLS(address: "127.0.0.1", port: 0, try authority.material("office")),
            limits: limits
        )
    }
}

extension ServerLimits {
    /// No time limit that a busy test machine could reach.
    static var generous: ServerLimits {
        var limits = ServerLimits()
        limits.handshake = 60_000
        limits.head = 60_000
        limits.silence = 60_000
        limits.rateGrace = 60_000
        return limits
    }
}

/// Waits until something is so; the bound is only there to end a broken test.
func eventually(_ condition: () -> Bool) -> Bool {
    for _ in 0..<4_000 {
        if condition() { return true }
        usleep(5_000)
    }
    return condition()
}
