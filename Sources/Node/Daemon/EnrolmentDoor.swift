import CanonicalJSON
import Cryptography
import Dispatch
import Replication
import Synchronization
import Transport

/// The enrolment port: open only while an invitation is valid.
final class EnrolmentDoor: RequestHandler, @unchecked Sendable {
    private let node: OpenedNode
    private let loop: EventLoop
    private let log: NodeLog
    /// Where departments will reach the office, once the sync port is known.
    private let officeURL: String
    private let enrolled: @Sendable (String) -> Void
    private let queue = DispatchQueue(label: "kartoteka.enrolment")
    private let open = Mutex<Server?>(nil)

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
        log.line(.notice, "enrolment_open", "invitations are valid: joining is possible at port \(server.port)")
        return server.port
    }

    /// Opens or closes the port, as invitations want it.
    func look(now: Int64) throws {
        let isWanted = try node.store.read { try Invitation.all($0) }.contains { $0.isValid(now: now) }
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

    /// Closes the port and waits for who is being enrolled.
    func end() {
        close()
        queue.sync {}
    }

    func admit(peer: PeerIdentity?, method: String, path: String) -> Transport.Admission {
        guard method == "POST", path == Enrolment.path else {
            return .refuse(status: 404, code: "unknownCall", sentence: "only \(Enrolment.path) is here")
        }
        return .accept(bodyLimit: Enrolment.bodyLimit)
    }

    func handle(_ request: Request, _ responder: Responder) {
        queue.async { responder.send(self.answer(request)) }
    }

    private func answer(_ request: Request) -> Response {
        guard let office = node.office else { preconditionFailure("only an office has this port") }
        do {
            let desk = EnrolmentDesk(node, office, url: officeURL)
            let (response, joined) = try desk.answer(request.body, now: Clock.now())
            if let joined {
                log.line(.notice, "enrolled", "\(joined) joined", peer: joined)
                enrolled(joined)
            } else {
                log.line(
                    .warning,
                    "enrolment_refused",
                    "a request to join from \(request.remoteAddress) was answered \(response.status)"
                )
            }
            return Response(status: response.status, contentType: "application/x-ndjson", body: response.body)
        } catch {
            log.line(.error, "trouble", "enrolling: \(error)")
            return Response(
                status: 503,
                contentType: "application/x-ndjson",
                headers: [("retry-after", "2")],
                body: WireResponse.refusal(503, .trouble, "the office cannot work on this now").body
            )
        }
    }
}

extension NodeLog {
    /// What the transport tells.
    func line(_ line: LogLine) { self.line(line.level == .warning ? .warning : .notice, line.event, line.message) }
}
