import Appeals
import CanonicalJSON
import Cryptography
import Dispatch
import Node
import Replication
import Transport

/// The sync port: every request passes the judge, every reply may be dressed; the engine of a real office is between.
///
/// Unchecked: all that changes is touched on `queue` only.
final class SyncHandler: RequestHandler, @unchecked Sendable {
    /// Everything of a run happens here, one thing at a time.
    let queue = DispatchQueue(label: "kartoteka.conformance")
    /// The engine and its people.
    let office: ProbeOffice
    /// Looks at every request and every reply.
    let judge = Judge()
    private(set) var exchanges: [Exchange] = []
    /// Those that wait for their exchange.
    private var tricks: [Trick] = []
    /// Calls that are answered 503, and how often they were.
    var closed: Set<String> = []
    /// Long polls that wait for news.
    private var guests: [Guest] = []
    /// The node never polls: it hears of news when it asks.
    var hasNoPolls = false
    /// How many requests came after the key was revoked.
    private(set) var refused = 0
    private var isEnded = false
    private let connections: @Sendable () -> Int

    /// A request that is answered now or when something changes.
    private struct Guest {
        let exchange: Int
        let responder: Responder
        let deadline: Int64
        var isSeated = false
    }

    init(_ office: ProbeOffice, connections: @escaping @Sendable () -> Int) {
        self.office = office
        self.connections = connections
    }

    func admit(peer: PeerIdentity?, _ head: HTTPHead) -> Transport.Admission {
        .accept(bodyLimit: ReplicationLimits.requestBytes)
    }

    /// A request comes in on the loop's thread and goes to the queue.
    func handle(_ request: Request, _ responder: Responder) {
        let wire = WireRequest(request.method, request.path, query: request.query, body: request.body)
        let open = connections()
        queue.async {
            guard !self.isEnded, let peer = request.peer else { return }
            do { try self.arrived(wire, peer, open, responder) } catch {
                self.judge.trouble = "\(error)"
                responder.send(Self.response(.refusal(503, .trouble, "the script cannot answer: \(error)")))
            }
        }
    }

    /// Judges the request, has it answered by the engine or a trick, and judges what is sent.
    private func arrived(_ wire: WireRequest, _ peer: PeerIdentity, _ open: Int, _ responder: Responder) throws {
        let now = Clock.monotonic()
        judge.findings.check(.fourConnections, open <= 4, "\(open) connections are open")
        judge.findings.check(
            .connectsWithCertificate,
            peer.node == ProbeIdentity.node,
            "the certificate is of \(peer.node)"
        )
        guard try office.record()?.state == .active else {
            refused += 1
            return responder.send(Self.response(.refusal(403, .revoked, "the key of \(peer.node) was revoked")))
        }
        if wire.path == Renewal.path { return responder.send(Self.response(try renew(wire, peer))) }
        let exchange = Exchange(number: exchanges.count, at: now, request: wire)
        exchanges.append(exchange)
        judge.asked(exchange)
        if closed.contains(exchange.call) {
            let refusal = WireResponse.refusal(503, .trouble, "the script waits for a person")
            return send(refusal, as: .refusal, to: exchange.number, responder)
        }
        if let place = tricks.firstIndex(where: { $0.before != nil && $0.isFor(exchange) }) {
            let trick = tricks[place]
            if !trick.isLasting { tricks.remove(at: place) }
            if let answer = try trick.before?(exchange) {
                return send(answer, as: trick.kind, to: exchange.number, responder)
            }
        }
        let wait = min(max(0, wire.number("wait") ?? 0), ReplicationLimits.waitSeconds)
        try serve(Guest(exchange: exchange.number, responder: responder, deadline: now + wait * 1_000))
    }

    /// Lets the engine answer; a poll without news takes a seat among the guests.
    private func serve(_ guest: Guest) throws {
        let exchange = exchanges[guest.exchange]
        let mayWait = Clock.monotonic() < guest.deadline
        let handled = try office.engine.handle(
            exchange.request,
            peer: ProbeIdentity.node,
            now: Clock.now(),
            mayWait: mayWait
        )
        switch handled {
        case .wait:
            var guest = guest
            if !guest.isSeated { guest.responder.keepWaiting() }
            guest.isSeated = true
            guests.append(guest)
        case .reply(let honest, let changed):
            exchanges[guest.exchange].honest = honest
            try answer(honest, guest)
            if !changed.isEmpty { try wake() }
        }
    }

    /// Sends the reply, dressed if a trick is for it.
    private func answer(_ honest: WireResponse, _ guest: Guest) throws {
        let exchange = exchanges[guest.exchange]
        for (place, trick) in tricks.enumerated() where trick.before == nil && trick.isFor(exchange) {
            guard let dressed = try trick.dress(exchange, honest) else { continue }
            if !trick.isLasting { tricks.remove(at: place) }
            guard trick.delay > 0 else { return send(dressed, as: trick.kind, to: guest.exchange, guest.responder) }
            exchanges[guest.exchange].trick = trick.kind
            let (number, kind, responder) = (guest.exchange, trick.kind, guest.responder)
            queue.asyncAfter(deadline: .now() + .milliseconds(Int(trick.delay))) {
                self.send(dressed, as: kind, to: number, responder)
            }
            return
        }
        send(honest, as: nil, to: guest.exchange, guest.responder)
    }

    /// Sends what was decided, and lets the judge look at it.
    private func send(_ response: WireResponse, as trick: Trick.Kind?, to number: Int, _ responder: Responder) {
        exchanges[number].trick = trick
        exchanges[number].response = response
        judge.answered(exchanges[number])
        if responder.isWanted { responder.send(Self.response(response)) }
    }

    private static func response(_ response: WireResponse) -> Response {
        let headers = response.status == 503 ? [("retry-after", "1")] : []
        return Response(
            status: response.status,
            contentType: "application/x-ndjson",
            headers: headers,
            body: response.body
        )
    }

    /// The node asks for a later certificate over the sync port.
    private func renew(_ wire: WireRequest, _ peer: PeerIdentity) throws -> WireResponse {
        guard wire.method == "POST", let ask = SignedAsk(wire.body, name: "renew", prefix: Renewal.prefix),
            ask.node == ProbeIdentity.node, ask.request.publicKey.fingerprint == peer.key
        else {
            judge.findings.fail(.renewsAtHalf, "the request is not one line signed by the node's own key")
            return .refusal(400, .badRequest, "the request is not one signed line in the form of protocol.md")
        }
        judge.findings.pass(.renewsAtHalf)
        let certificate = try office.identity.certificate(for: ask.request, isRenewed: true, now: Clock.now())
        let reply: JSONObject = [
            "call": "renew", "node": .string(ask.node), "office": .string(ProbeIdentity.office),
            "certificate": .string(String(decoding: try certificate.pem(), as: UTF8.self)),
        ]
        return try .signed(reply, over: [], by: office.identity.signer)
    }

    // MARK: from the script's thread

    /// Does something at the office, and lets those who wait look again.
    func with<Result>(_ body: (SyncHandler) throws -> Result) throws -> Result {
        try queue.sync {
            let result = try body(self)
            if !office.takeChanged().isEmpty { try wake() }
            if let trouble = judge.trouble { throw ScriptError("a request could not be answered: \(trouble)") }
            return result
        }
    }

    /// The next reply that the trick is for is dressed.
    func play(_ trick: Trick) { tricks.append(trick) }
    /// From now on every reply is honest.
    func endTricks() { tricks = [] }

    /// Who waits looks again; with `all` also where nothing changed: the wait is over.
    func wake(all: Bool = false) throws {
        let waiting = guests
        guests = []
        for guest in waiting where guest.responder.isWanted {
            let over = Guest(exchange: guest.exchange, responder: guest.responder, deadline: 0, isSeated: true)
            try serve(all ? over : guest)
        }
    }

    /// Ends the waits whose time is over.
    func endWaits() throws {
        let now = Clock.monotonic()
        let over = guests.filter { now >= $0.deadline }
        guests.removeAll { now >= $0.deadline }
        for guest in over where guest.responder.isWanted { try serve(guest) }
    }

    /// Nothing is answered any more.
    func end() { queue.sync { isEnded = true } }
}
