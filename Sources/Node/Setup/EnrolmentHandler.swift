import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// The office's side: judges requests, issues certificates, puts keys on the allow-list.
struct EnrolmentHandler {
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

    /// What became of a request: the reply, and what the log tells of it.
    struct Answer {
        let response: WireResponse
        /// Whose invitation was meant; nil if the request had no form.
        var node: String?
        var isJoined = false
        /// The secret was not that of an invitation.
        var isGuess = false
    }

    /// Who is refused is refused without a transaction: nobody holds the writer by guessing.
    ///
    /// Judged twice: what was valid in the reading may be withdrawn before the transaction, which decides.
    func answer(_ body: [UInt8], now: Int64) throws -> Answer {
        guard let ask = Ask(body) else {
            return Answer(
                response: .refusal(400, .badRequest, "the request is not one signed line in the form of protocol.md")
            )
        }
        if case .refused(let answer) = try node.store.read({ try judge(ask, $0, now: now) }) { return answer }
        return try node.store.write { transaction in
            switch try judge(ask, transaction, now: now) {
            case .refused(let answer): return answer
            case .granted(let invitation):
                let certificate = try Self.issue(ask.request, for: ask.node, by: node, now: now)
                let key = ask.request.publicKey.fingerprint.hex
                try node.admissions.joined(invitation, key: key, transaction, now: now)
                return Answer(response: try reply(ask.node, certificate), node: ask.node, isJoined: true)
            }
        }
    }

    private enum Judgement {
        case granted(Invitation)
        case refused(Answer)
    }

    /// The checks of protocol.md section 4 after the form; a wrong secret and a missing invitation are told alike.
    private func judge(_ ask: Ask, _ reading: any StoreReading, now: Int64) throws -> Judgement {
        func refused(_ code: ErrorCode, _ message: String, isGuess: Bool = false) -> Judgement {
            .refused(Answer(response: .refusal(403, code, message), node: ask.node, isGuess: isGuess))
        }
        // Whoever lacks the secret learns nothing about invitations.
        guard let invitation = try Invitation.read(ask.node, reading),
            ConstantTime.equal(SHA256.hash(ask.secret).array, invitation.secret.array)
        else { return refused(.notAllowed, "there is no such invitation for \(ask.node)", isGuess: true) }
        guard invitation.isValid(now: now) else {
            return refused(.notAllowed, "the invitation of \(ask.node) has expired")
        }
        guard !invitation.usedBy.isEmpty else { return .granted(invitation) }
        let key = ask.request.publicKey.fingerprint.hex
        guard invitation.usedBy == key else {
            return refused(.notAllowed, "the invitation of \(ask.node) was used already, with another key")
        }
        // What shuts a node out ends its invitation; a used one never opens again what was shut.
        guard let record = try reading.node(ask.node), record.key == key, record.state == .active else {
            return refused(.notAllowed, "the invitation of \(ask.node) was used already, and it is not admitted now")
        }
        return .granted(invitation)
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
        return try Enrolment.reply(
            joined,
            certificate,
            authority: authority,
            office: office.node,
            officeKey: signer.publicKey,
            url: url,
            signer: signer
        )
    }
}
