import CanonicalJSON
import Cryptography
import Desk
import Dispatch
import Locks
import Transport
import Web

/// The port for browsers and programs: looks who is asked and by whom, and runs each request on its lane.
///
/// Unchecked: what is not constant is under a lock. `admit`, `refusal` and `handle` run on the event loop's thread and
/// never block it.
final class WebEndpoint: RequestHandler, @unchecked Sendable {
    /// What answers, once the port is known.
    ///
    /// Unchecked: it is only read, by several threads at once.
    private final class Opened: @unchecked Sendable {
        let web: Web
        let hosts: WebHosts

        init(_ web: Web, _ hosts: WebHosts) {
            self.web = web
            self.hosts = hosts
        }
    }

    /// Of a request to a place that there is not: read, so that the answer says so.
    private static let strangeBody = 16_384

    private let lanes: CommandLanes
    private let passwords = PasswordLane()
    /// Papers are drawn one after another: a program of its own takes a core for each.
    private let papers = NarrowLane("kartoteka.papers", places: 8)
    private let streams: WebStreams
    private let compressing = DispatchQueue(label: "kartoteka.web.compressing")
    private let opened = Locked<Opened?>(nil)
    /// When it is to be looked for acts that wait to be taken back and for imports, unix milliseconds.
    private let nextLook = Locked<Int64>(0)

    init(_ lanes: CommandLanes) {
        self.lanes = lanes
        streams = WebStreams { lanes.any($0) }
    }

    /// From now on requests are answered.
    func open(_ web: Web, _ hosts: WebHosts) {
        let opened = Opened(web, hosts)
        self.opened.withLock { $0 = opened }
    }

    /// Something at the node may have changed: those who listen are asked.
    func wake() { streams.tell(.changed) }

    /// Time has passed; called every quarter of a minute.
    func beat() { streams.tell(.time) }

    /// How long an import goes on in a row, slice behind slice, in milliseconds.
    private static let importing: Int64 = 500

    /// Carries out acts that waited to be taken back, and goes on with an import, on the lane that acts; called every second.
    ///
    /// The store is asked after whatever acted here, and when the first of them is due: at rest it is left alone, and the answer is false.
    func carryOut() throws -> Bool {
        let now = Clock.now()
        guard let opened = opened.withLock({ $0 }), nextLook.withLock({ $0 <= now }) else { return false }
        // Before the store is asked: an act that is kept meanwhile brings the next look forward again.
        nextLook.withLock { $0 = .max }
        let due: Int64?
        do { due = try opened.web.nextWork() } catch {
            look(at: now)
            throw error
        }
        guard let due else { return true }
        guard due <= now else {
            look(at: due)
            return true
        }
        // While the node ends, they wait for the next start.
        _ = lanes.any {
            self.lanes.run(.acting) { opened.web.carryOut() }
            self.importOn(opened, until: Clock.monotonic() + Self.importing)
        }
        return true
    }

    /// Slices of an import, each asked for anew: what people do meanwhile comes between them.
    private func importOn(_ opened: Opened, until: Int64) {
        lanes.run(.acting) {
            guard opened.web.importOn(), Clock.monotonic() < until else { return self.look(at: Clock.now()) }
            _ = self.lanes.any { self.importOn(opened, until: until) }
        }
    }

    private func look(at time: Int64) { nextLook.withLock { $0 = min($0, time) } }

    /// Answers that go on.
    var listeners: Int { streams.count }

    /// Runs the check of a password, and waits for it.
    func slowly(_ body: () -> Void) { passwords.slowly(body) }

    /// Ends all streams, and answers all that was taken of the lanes of passwords and papers; the other lanes are the local door's too.
    func drain() {
        streams.end()
        passwords.drain()
        papers.drain()
    }

    /// What is being compressed.
    func end() { compressing.sync {} }

    // MARK: on the loop's thread

    func admit(peer: PeerIdentity?, _ head: HTTPHead) -> Transport.Admission {
        guard let opened = opened.withLock({ $0 }) else {
            return .refuse(status: 503, code: "starting", sentence: "the node is starting")
        }
        guard let host = opened.hosts.host(of: head) else {
            return .refuse(
                status: 421,
                code: "foreignHost",
                sentence: "the Host is none of this node's names with its port"
            )
        }
        if head.method != "GET", head.method != "HEAD", !opened.hosts.isOwn(head, host: host) {
            let sentence = "a change needs the Origin \(opened.hosts.scheme)://\(host), or a token and no cookie"
            return .refuse(status: 403, code: "foreignOrigin", sentence: sentence)
        }
        return .accept(bodyLimit: Web.place(of: head.method, head.path)?.longest ?? Self.strangeBody)
    }

    func refusal(_ refusal: HTTPRefusal, of head: HTTPHead?) -> Response {
        Response(refusal.webAnswer(head).dressed(isSecure: isSecure))
    }

    private var isSecure: Bool { opened.withLock { $0?.hosts.isSecure } ?? false }

    func handle(_ request: Request, _ responder: Responder) {
        guard let opened = opened.withLock({ $0 }) else { return turnAway(request, responder) }
        let isTaken =
            switch Web.place(of: request.method, request.path)?.lane ?? .reading {
            case .reading: lanes.any { self.answer(request, opened, responder) }
            case .acting:
                lanes.any {
                    // After it acted: a look before would find nothing, and none would follow.
                    self.lanes.run(.acting) {
                        self.answer(request, opened, responder)
                        self.look(at: 0)
                    }
                }
            case .long: lanes.any { self.lanes.run(.long) { self.answer(request, opened, responder) } }
            case .passwords:
                passwords.take {
                    self.answer(request, opened, responder)
                    self.look(at: 0)
                }
            case .papers: papers.take { self.answer(request, opened, responder) }
            }
        if !isTaken { turnAway(request, responder) }
    }

    private func turnAway(_ request: Request, _ responder: Responder) {
        let refusal = HTTPRefusal(status: 503, code: "busy", sentence: "too many wait for this, or the node ends")
        var reply = refusal.webAnswer(nil)
        reply.headers.append(("retry-after", String(NarrowLane.comeAgain)))
        responder.send(Response(reply.dressed(isSecure: isSecure)))
    }

    // MARK: on a lane

    private func answer(_ request: Request, _ opened: Opened, _ responder: Responder) {
        guard responder.isWanted else { return }
        guard responder.hasRoom else { return turnAway(request, responder) }
        let reply = opened.web.answer(WebRequest(request, isSecure: opened.hosts.isSecure))
        let response = Response(reply)
        if let stream = reply.stream {
            var head = reply
            head.headers = response.headers
            return streams.open(head, stream, responder)
        }
        guard request.acceptsGzip, response.isWorthCompressing else { return responder.send(response) }
        responder.announce(response.body.count)
        compressing.async { responder.send(response.compressed()) }
    }

}

extension WebRequest {
    /// What the port received, whole.
    init(_ request: Request, isSecure: Bool) {
        self.init(
            method: request.method,
            path: request.path,
            query: request.query,
            headers: request.headers,
            body: request.body,
            isSecure: isSecure,
            address: request.remoteAddress
        )
    }
}

extension Response {
    /// A reply as the port sends it.
    init(_ reply: WebReply) {
        self.init(status: reply.status, contentType: reply.contentType, headers: reply.headers, body: reply.body)
        if isCompressible { headers.append(("vary", "accept-encoding")) }
    }

    /// Words, and not compressed before.
    fileprivate var isCompressible: Bool {
        guard let contentType, !headers.contains(where: { $0.0 == "content-encoding" }) else { return false }
        return ["text/", "application/json", "application/problem+json", "image/svg+xml"].contains {
            contentType.hasPrefix($0)
        }
    }

    /// Those who listen to a stream must hear each piece at once: it is never compressed.
    fileprivate var isWorthCompressing: Bool { isCompressible && body.count >= Gzip.worth }
}
