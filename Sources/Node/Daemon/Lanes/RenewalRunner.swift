import Appeals
import CanonicalJSON
import Cryptography
import Dispatch
import Locks
import Replication
import Transport

/// Renews a department's certificate while it runs: nobody has anything to do unless it has expired.
///
/// At most one request is in flight, on a queue of its own. The key stays (protocol.md, "Renewing"); the new
/// certificate is durable in the directory before any connection shows it.
final class RenewalRunner: Sendable {
    /// Whom it asks, and where.
    struct Ask: Sendable {
        let office: String
        let officeKey: [UInt8]
        let syncURL: String
        let enrolURL: String?
    }

    private struct State {
        var plan = RenewalPlan()
        var isBusy = false
        var isEnded = false
        var client: HTTPSClient?
        var said = ""
    }

    private let node: OpenedNode
    private let ask: Ask
    private let log: NodeLog
    private let renewed: @Sendable (TLSMaterial) throws -> Void
    private let queue = DispatchQueue(label: "kartoteka.renewal")
    private let state = Locked(State())

    private static let replyBytes = 65_536

    init(_ node: OpenedNode, _ ask: Ask, log: NodeLog, renewed: @escaping @Sendable (TLSMaterial) throws -> Void) {
        self.node = node
        self.ask = ask
        self.log = log
        self.renewed = renewed
    }

    /// Begins a renewal if it is time for one; does not wait for it.
    func look(now: Int64) {
        let certificate = node.identity.certificate
        let step = state.withLock { state in
            guard !state.isBusy, !state.isEnded else { return RenewalPlan.Step.nothing }
            let step = state.plan.step(certificate, now: now)
            state.isBusy = step == .askOffice || step == .askDoor
            return step
        }
        switch step {
        case .nothing: return
        case .joinAgain:
            say(
                "the certificate expired more than \(Renewal.expiredDays) days ago: "
                    + "ask the office for an invitation, stop the node, then kartoteka join"
            )
        case .askOffice, .askDoor:
            queue.async {
                self.renew(atDoor: step == .askDoor)
                self.state.withLock { $0.isBusy = false }
            }
        }
    }

    /// Ends what is on its way and begins nothing more.
    func end() {
        let client = state.withLock { state in
            state.isEnded = true
            return state.client
        }
        client?.invalidate()
        queue.sync {}
    }

    // MARK: on the queue

    /// One try; whatever it meets is logged once and left to the next look.
    private func renew(atDoor: Bool) {
        do {
            let identity = node.identity
            guard let response = try exchange(identity, atDoor: atDoor) else { return }
            guard response.status == 200 else {
                let wire = WireResponse(status: response.status, body: response.body)
                return say("the office answered \(response.status): \(wire.errorMessage ?? "")")
            }
            let certificate = try Renewal.certificate(
                response.body,
                node: node.configuration.id,
                office: ask.office,
                officeKey: ask.officeKey,
                identity: identity,
                now: Clock.now()
            ).get()
            let doing = Label(uk: "збереження поновленого сертифіката", en: "keeping the renewed certificate")
            try Files.write(node.directory.certificate, try certificate.pem(), doing: doing)
            try renewed(try node.reloadIdentity().material)
            say("")
            let days = (certificate.notAfter - Clock.now() / 1_000) / 86_400
            log.line(.notice, "certificate_renewed", "the certificate was renewed; it ends in \(days) days")
        } catch let error as ClientError where error.kind == .cancelled {
            return
        } catch { say("\(error)") }
    }

    /// The office's answer; nil if nobody can be asked.
    private func exchange(_ identity: NodeIdentity, atDoor: Bool) throws -> ClientResponse? {
        let trust: ClientTrust
        let url: String
        if atDoor {
            guard let door = ask.enrolURL, let authority = identity.authorities.first else {
                say("the certificate has expired, and where the office renews it is not known: set office.enrol_url")
                return nil
            }
            trust = .fingerprint(authority.fingerprint, node: ask.office)
            url = door
        } else {
            trust = .node(ask.office, material: identity.material, key: SHA256.hash(ask.officeKey))
            url = ask.syncURL
        }
        let body = try Renewal.request(node.configuration.id, identity: identity)
        let client = try HTTPSClient(trust)
        let isEnded = state.withLock { state in
            state.client = client
            return state.isEnded
        }
        guard !isEnded else { return nil }
        defer { state.withLock { $0.client = nil } }
        do throws(ClientError) {
            return try client.request(
                method: "POST",
                url: NodeSetup.trimmed(url) + Renewal.path,
                headers: [("content-type", "application/x-ndjson")],
                body: body,
                maxBytes: Self.replyBytes
            )
        } catch {
            // The port is closed until an operator has approved it: the usual state of an expired node.
            guard atDoor, error.kind == .unreachable else { throw error }
            say(
                "the certificate has expired: ask the office's operator for "
                    + "kartoteka node renew \(node.configuration.id)"
            )
            return nil
        }
    }

    /// Logs what stands in the way once, not at every try.
    private func say(_ found: String) {
        let isNew = state.withLock { state in
            defer { state.said = found }
            return state.said != found
        }
        if isNew, !found.isEmpty { log.line(.warning, "renewal_failed", found) }
    }
}
