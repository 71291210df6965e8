import CanonicalJSON
import Cryptography
import Dispatch
import Node
import Replication
import Transport

/// The enrolment port: the first reply is signed by a stranger, the next ones are honest.
final class EnrolmentHandler: RequestHandler, @unchecked Sendable {
    private let sync: SyncHandler
    /// Told to the node, which keeps it.
    private let syncURL: String
    /// Touched on the queue of `sync`, as all that follows.
    private(set) var requests = 0
    private(set) var granted = 0
    /// Unix milliseconds: the invitation is good for a day.
    private let expires = Clock.now() + 86_400_000
    /// The key that used it; the same may ask again, since a reply can be lost.
    private var usedBy = ""

    init(_ sync: SyncHandler, syncURL: String) {
        self.sync = sync
        self.syncURL = syncURL
    }

    /// One path, and no more than a request to join may have.
    func admit(peer: PeerIdentity?, _ head: HTTPHead) -> Transport.Admission {
        guard head.method == "POST", head.path == Enrolment.path else {
            return .refuse(status: 404, code: "unknownCall", sentence: "only \(Enrolment.path) is here")
        }
        return .accept(bodyLimit: Enrolment.bodyLimit)
    }

    /// A request to join; judged by its form before anything is made of it.
    func handle(_ request: Request, _ responder: Responder) {
        sync.queue.async {
            let response: WireResponse
            do { response = try self.answer(request.body) } catch {
                response = .refusal(503, .trouble, "the script cannot answer: \(error)")
            }
            responder.send(
                Response(status: response.status, contentType: "application/x-ndjson", body: response.body)
            )
        }
    }

    private func answer(_ body: [UInt8]) throws -> WireResponse {
        requests += 1
        let identity = sync.office.identity
        guard let ask = SignedAsk(body, name: "enrol", prefix: Enrolment.prefix) else {
            sync.judge.findings.fail(.enrolForm, "request \(requests) is not one signed line in the form of Joining")
            return .refusal(400, .badRequest, "the request is not one signed line in the form of protocol.md")
        }
        sync.judge.findings.pass(.enrolForm)
        guard ask.node == ProbeIdentity.node,
            let secret = ask.fields["secret"]?.string.flatMap(Hex.decode), secret == identity.secret
        else {
            sync.judge.findings.fail(.enrolForm, "node or secret are not those of the invitation")
            return .refusal(403, .notAllowed, "there is no such invitation for \(ask.node)")
        }
        let key = ask.request.publicKey
        guard Clock.now() < expires, usedBy.isEmpty || usedBy == key.fingerprint.hex else {
            return .refusal(403, .notAllowed, "the invitation has expired, or was used with another key")
        }
        usedBy = key.fingerprint.hex
        try sync.office.admit(key: key.fingerprint.hex)
        sync.judge.key = key.spki
        let certificate = try identity.certificate(for: ask.request, isRenewed: false, now: Clock.now())
        let isHonest = requests > 1
        granted += isHonest ? 1 : 0
        return try Enrolment.reply(
            ask.node,
            certificate,
            authority: identity.authority,
            office: ProbeIdentity.office,
            officeKey: identity.signer.publicKey,
            url: syncURL,
            signer: isHonest ? identity.signer : identity.stranger
        )
    }
}
