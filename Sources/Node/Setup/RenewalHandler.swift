import CanonicalJSON
import Cryptography
import Replication

/// The office's side of a renewal: judges requests and issues certificates for keys on the allow-list.
struct RenewalHandler {
    /// Through which port a request came.
    enum Door {
        /// The sync port: the connection has this node's certificate, which is valid.
        case sync(PeerIdentity)
        /// The enrolment port, where nobody shows a certificate: an operator must have approved it.
        case enrolment
    }

    let node: OpenedNode
    let office: Office

    private struct Ask {
        let node: String
        let request: CertificateRequest
        let certificate: Certificate

        init?(_ body: [UInt8]) {
            guard let ask = SignedAsk(body, name: "renew", prefix: Renewal.prefix),
                let text = ask.fields["certificate"]?.string,
                let certificate = try? Certificate(pem: Array(text.utf8))
            else { return nil }
            node = ask.node
            request = ask.request
            self.certificate = certificate
        }
    }

    /// What became of a request, for the log: the reply, and who has a new certificate.
    ///
    /// A request that is sent again, by whomever, gives the same key another certificate and nobody anything else.
    func answer(_ body: [UInt8], door: Door, now: Int64) throws -> (response: WireResponse, renewed: String?) {
        guard let ask = Ask(body) else {
            return (.refusal(400, .badRequest, "the request is not one signed line in the form of protocol.md"), nil)
        }
        return try node.store.write { transaction in
            if let refusal = try refusal(of: ask, door, transaction, now: now) { return (refusal, nil) }
            if case .enrolment = door, var approval = try RenewalApproval.read(ask.node, transaction) {
                approval.expires = min(approval.expires, now + RenewalApproval.afterUse)
                try approval.keep(transaction, now: now)
            }
            let certificate = try EnrolmentHandler.issue(ask.request, for: ask.node, by: node, now: now)
            let reply: JSONObject = [
                "call": "renew", "node": .string(ask.node), "office": .string(office.node),
                "certificate": .string(String(decoding: try certificate.pem(), as: UTF8.self)),
            ]
            return (try .signed(reply, over: [], by: KeySigner(node.identity.key)), ask.node)
        }
    }

    /// Why it is refused, nil if it is not; the order is that of protocol.md, "Renewing".
    private func refusal(
        of ask: Ask,
        _ door: Door,
        _ transaction: any StoreTransaction,
        now: Int64
    ) throws -> WireResponse? {
        let key = ask.request.publicKey.fingerprint
        guard isOurs(ask, now: now) else {
            return .refusal(403, .notAllowed, "the certificate to be renewed is not one of \(ask.node) for its key")
        }
        guard let record = try transaction.node(ask.node), record.key == key.hex else {
            return .refusal(403, .notAllowed, "the key of \(ask.node) is not on the allow-list")
        }
        switch record.state {
        case .active: break
        case .unconfirmed: return .refusal(403, .unconfirmed, AllowList.unconfirmed(ask.node))
        case .revoked: return .refusal(403, .revoked, "the key of \(ask.node) was revoked")
        case .frozen: return .refusal(403, .frozen, "two copies of \(ask.node) were seen")
        }
        let expired = now / 1_000 - ask.certificate.notAfter
        switch door {
        case .sync(let peer):
            guard peer.node == ask.node, peer.key == key else {
                return .refusal(403, .notAllowed, "\(peer.node) asks for a certificate of \(ask.node)")
            }
            // A connection may outlast the certificate that it began with.
            guard expired <= 0 else {
                return .refusal(403, .notApproved, "the certificate of \(ask.node) has expired")
            }
        case .enrolment:
            guard expired <= Renewal.expiredDays * 86_400 else {
                return .refusal(
                    403,
                    .notAllowed,
                    "the certificate of \(ask.node) expired more than \(Renewal.expiredDays) days ago"
                )
            }
            guard let approval = try RenewalApproval.read(ask.node, transaction), approval.isValid(now: now),
                approval.key == key.hex
            else { return .refusal(403, .notApproved, "nobody has approved that \(ask.node) renews its certificate") }
        }
        return nil
    }

    /// Whether this office issued the present certificate, to this node, for the key that asks; valid or not.
    private func isOurs(_ ask: Ask, now: Int64) -> Bool {
        guard ask.certificate.publicKey == ask.request.publicKey else { return false }
        do throws(ProfileViolation) {
            let peer = try CertificateProfile.identify(
                ask.certificate,
                purpose: .client,
                authorities: node.identity.authorities,
                now: now / 1_000
            )
            return peer.node == ask.node
        } catch { return false }
    }
}
