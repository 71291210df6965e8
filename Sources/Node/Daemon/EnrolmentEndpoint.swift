import CanonicalJSON
import Cryptography
import Dispatch
import Locks
import Replication
import Transport

/// The enrolment port: open only while an invitation or an approved renewal is valid.
///
/// Requests are answered one after another on a queue of their own, apart from the sync port's lanes. `look` and
/// `ensureOpen` are called on the queue of upkeep, and once before its timers run, so that opening and closing never
/// cross.
final class EnrolmentEndpoint: RequestHandler, @unchecked Sendable {
    private let node: OpenedNode
    private let loop: EventLoop
    private let log: NodeLog
    /// Where departments will reach the office, once the sync port is known.
    private let officeURL: String
    private let enrolled: @Sendable (String) -> Void
    private let queue = DispatchQueue(label: "kartoteka.enrolment")
    private let open = Locked<Server?>(nil)
    private let guesses = Locked(Guesses())

    init(
        _ node: OpenedNode,
        loop: EventLoop,
        log: NodeLog,
        officeURL: String,
        enrolled: @escaping @Sendable (String) -> Void
    ) {
        self.node = node
        self.loop = loop
        self.log = log
        self.officeURL = officeURL
        self.enrolled = enrolled
    }

    /// Opens the port if it is closed; gives it.
    ///
    /// 64 connections and 10 s of idleness: whoever is not known yet gets little. Throws what `Server.start` throws.
    func ensureOpen() throws -> UInt16 {
        if let port = open.withLock({ $0?.port }) { return port }
        let configuration = node.configuration
        var limits = ServerLimits()
        limits.connections = 64
        limits.idle = 10_000
        let log = log
        let server = Server(
            loop: loop,
            endpoint: .serverOnlyTLS(
                address: configuration.address,
                port: configuration.enrolPort,
                node.identity.material
            ),
            limits: limits,
            handler: self,
            log: { log.line($0) }
        )
        try server.start()
        open.withLock { $0 = server }
        log.line(.notice, "enrolment_open", "joining and approved renewals are possible at port \(server.port)")
        return server.port
    }

    /// Opens or closes the port, as invitations and approved renewals want it.
    func look(now: Int64) throws {
        try Invitation.sweep(node.store, now: now)
        let isWanted = try node.store.read { reading in
            let invitations = try Invitation.all(reading)
            let approvals = try RenewalApproval.all(reading)
            return invitations.contains { $0.isValid(now: now) } || approvals.contains { $0.isValid(now: now) }
        }
        if isWanted {
            _ = try ensureOpen()
        } else {
            close()
        }
    }

    func close() {
        guard
            let server = open.withLock({ server in
                defer { server = nil }
                return server
            })
        else { return }
        server.stop()
        log.line(.notice, "enrolment_closed", "the port for joining is closed")
    }

    /// Shows the office's renewed certificate, if the port is open.
    func use(_ material: TLSMaterial) throws { try open.withLock { $0 }?.replaceMaterial(material) }

    /// Closes the port and waits for who is being enrolled.
    func end() {
        close()
        queue.sync {}
    }

    func admit(peer: PeerIdentity?, _ head: HTTPHead) -> Transport.Admission {
        guard head.method == "POST", head.path == Enrolment.path || head.path == Renewal.path else {
            return .refuse(
                status: 404,
                code: "unknownCall",
                sentence: "only \(Enrolment.path) and \(Renewal.path) are here"
            )
        }
        return .accept(bodyLimit: head.path == Renewal.path ? Renewal.bodyLimit : Enrolment.bodyLimit)
    }

    func handle(_ request: Request, _ responder: Responder) {
        queue.async { responder.send(self.answer(request)) }
    }

    private func answer(_ request: Request) -> Response {
        guard let office = node.office else { preconditionFailure("only an office has this port") }
        do {
            let response =
                request.path == Renewal.path ? try renew(request, office) : try enrol(request, office)
            return Response(status: response.status, contentType: "application/x-ndjson", body: response.body)
        } catch {
            log.line(.error, "trouble", "enrolling or renewing: \(error)")
            return Response(
                status: 503,
                contentType: "application/x-ndjson",
                headers: [("retry-after", "2")],
                body: WireResponse.refusal(503, .trouble, "the office cannot work on this now").body
            )
        }
    }
}

extension EnrolmentEndpoint {
    private func enrol(_ request: Request, _ office: Office) throws -> WireResponse {
        let answer = try EnrolmentHandler(node, office, url: officeURL).answer(request.body, now: Clock.now())
        if answer.isJoined, let joined = answer.node {
            log.line(.notice, "enrolled", "\(joined) joined", peer: joined)
            enrolled(joined)
            return answer.response
        }
        let address = request.remoteAddress
        // A right secret is never refused for others' wrong ones; who guesses is told to wait, and fills no log.
        if answer.isGuess, !guesses.withLock({ $0.isFirst(from: address, now: Clock.monotonic()) }) {
            return .refusal(429, .tooManyTries, "more than \(Guesses.limit) wrong invitations a minute from \(address)")
        }
        log.line(
            .warning,
            "enrolment_refused",
            "a request to join as \(answer.node ?? "nobody") from \(address) was answered \(answer.response.status): "
                + (answer.response.errorMessage ?? ""),
            peer: answer.node ?? ""
        )
        return answer.response
    }

    private func renew(_ request: Request, _ office: Office) throws -> WireResponse {
        let desk = RenewalHandler(node: node, office: office)
        let answer = try desk.answer(request.body, door: .enrolment, now: Clock.now())
        log.renewal(answer, from: request.remoteAddress)
        return answer.response
    }
}

extension NodeLog {
    /// What became of a request for a renewed certificate.
    func renewal(_ answer: (response: WireResponse, renewed: String?), from asker: String) {
        if let renewed = answer.renewed {
            line(.notice, "certificate_issued", "\(renewed) has a renewed certificate", peer: renewed)
        } else {
            let words = answer.response.errorMessage ?? ""
            let told = "\(asker) was answered \(answer.response.status): \(Self.echo(words))"
            line(.warning, "renewal_refused", told, peer: asker)
        }
    }

    /// What the transport tells.
    func line(_ line: LogLine) {
        self.line(line.level == .warning ? .warning : .notice, line.event, line.message, peer: line.peer)
    }
}
