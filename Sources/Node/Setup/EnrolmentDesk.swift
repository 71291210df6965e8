import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// The office's side: judges requests, issues certificates, puts keys on the allow-list.
struct EnrolmentDesk {
    let node: OpenedNode
    let office: Office
    let url: String
    private let signer: KeySigner

    init(_ node: OpenedNode, _ office: Office, url: String) {
        self.node = node
        self.office = office
        self.url = url
        signer = KeySigner(node.identity.key)
    }

    struct Ask {
        let node: String
        let secret: [UInt8]
        let request: CertificateRequest

        init?(_ body: [UInt8]) {
            guard let ask = SignedAsk(body, name: "enrol", prefix: Enrolment.prefix),
                let secret = ask.fields["secret"]?.string.flatMap(Hex.decode), secret.count == 16
            else { return nil }
            node = ask.node
            request = ask.request
            self.secret = secret
        }
    }

    /// What became of a request, for the log: the reply, and who was enrolled.
    func answer(_ body: [UInt8], now: Int64) throws -> (response: WireResponse, enrolled: String?) {
        guard let ask = Ask(body) else {
            return (.refusal(400, .badRequest, "the request is not one signed line in the form of protocol.md"), nil)
        }
        return try node.store.write { transaction in
            if let refusal = try refusal(of: ask, transaction, now: now) { return (refusal, nil) }
            let certificate = try Self.issue(ask.request, for: ask.node, by: node, now: now)
            let key = ask.request.publicKey.fingerprint.hex
            // A node that joins again with its key keeps its place; with another one it begins anew.
            var record =
                try transaction.node(ask.node).flatMap { $0.key == key ? $0 : nil }
                ?? NodeRecord(node: ask.node, key: key)
            record.state = .active
            try transaction.putNode(record)
            guard var invitation = try Invitation.read(ask.node, transaction) else {
                preconditionFailure("it was read above")
            }
            invitation.usedBy = key
            try invitation.keep(transaction, now: now)
            return (try reply(ask.node, certificate), ask.node)
        }
    }

    private func refusal(of ask: Ask, _ transaction: any StoreTransaction, now: Int64) throws -> WireResponse? {
        // Whoever lacks the secret learns nothing about invitations.
        let unknown = WireResponse.refusal(
            403,
            .notAllowed,
            "there is no such invitation for \(ask.node), or it had \(Invitation.tries) wrong tries"
        )
        guard var invitation = try Invitation.read(ask.node, transaction), invitation.tries < Invitation.tries else {
            return unknown
        }
        guard ConstantTime.equal(SHA256.hash(ask.secret).array, invitation.secret.array) else {
            invitation.tries += 1
            try invitation.keep(transaction, now: now)
            return unknown
        }
        guard now <= invitation.expires else {
            return .refusal(403, .notAllowed, "the invitation of \(ask.node) has expired")
        }
        if !invitation.usedBy.isEmpty, invitation.usedBy != ask.request.publicKey.fingerprint.hex {
            return .refusal(403, .notAllowed, "the invitation of \(ask.node) was used already, with another key")
        }
        return nil
    }

    /// A certificate for a request that was judged already.
    static func issue(
        _ request: CertificateRequest,
        for name: String,
        by node: OpenedNode,
        now: Int64
    ) throws -> Certificate {
        let doing = Label(uk: "видача сертифіката для \(name)", en: "issuing a certificate for \(name)")
        let keyText = try Files.read(node.directory.authorityKey, limit: 65_536, doing: doing)
        guard let authority = node.identity.authorities.first else {
            preconditionFailure("an office has its authority's certificate")
        }
        return try CertificateAuthority.issue(
            request: request,
            node: name,
            dnsNames: [],
            addresses: [],
            usages: [.client],
            authority: authority,
            key: try PrivateKey(pem: keyText),
            notBefore: NodeSetup.begin(now),
            days: node.configuration.certificateDays,
            serial: NodeSetup.serial()
        )
    }

    private func reply(_ joined: String, _ certificate: Certificate) throws -> WireResponse {
        guard let authority = node.identity.authorities.first else {
            preconditionFailure("an office has its authority's certificate")
        }
        let reply: JSONObject = [
            "call": "enrol", "node": .string(joined), "office": .string(office.node),
            "officeKey": .string(Base64.encode(signer.publicKey)),
            "url": .string(url), "certificate": .string(String(decoding: try certificate.pem(), as: UTF8.self)),
            "authority": .string(String(decoding: try authority.pem(), as: UTF8.self)),
        ]
        let signed = try SignedReply(reply, lines: Lines.digest([]), signer: signer)
        return WireResponse(status: 200, body: signed.line + [10])
    }
}
