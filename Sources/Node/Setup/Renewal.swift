import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// `POST /renew/v1`, as both sides see it: who has a certificate gets a later one for the same key.
///
/// The wire form is protocol.md, "Renewing"; the key never changes by it, so neither does the allow-list.
package enum Renewal {
    package static let path = "/renew/v1"
    package static let prefix = Array("kartoteka renewal 1\n".utf8)
    static let bodyLimit = 16_384
    /// A certificate that expired longer ago is not renewed: the node joins again.
    static let expiredDays: Int64 = 180

    /// What a node asks, signed by its key; its present certificate shows what it may ask for.
    static func request(_ node: String, identity: NodeIdentity) throws -> [UInt8] {
        let request = try CertificateRequest.make(key: identity.key, node: node)
        let object: JSON = [
            "version": .integer(Limits.version), "node": .string(node),
            "request": .string(String(decoding: request.pem(), as: UTF8.self)),
            "certificate": .string(String(decoding: try identity.certificate.pem(), as: UTF8.self)),
        ]
        let signature = try identity.key.sign(prefix + object.canonicalBytes())
        let line: JSON = ["renew": object, "signature": .string(Base64.encode(signature))]
        return line.canonicalBytes() + [10]
    }

    /// Reads and verifies the office's reply: the later certificate, or why it is none.
    static func certificate(
        _ body: [UInt8],
        node: String,
        office: String,
        officeKey: [UInt8],
        identity: NodeIdentity,
        now: Int64
    ) -> Result<Certificate, Refusal> {
        guard let line = Lines.last(body), let signed = SignedReply(Array(line)),
            signed.holds(over: Lines.digest([]), key: officeKey, verifier: KeyVerifier()),
            signed.reply["call"]?.string == "renew", signed.reply["office"]?.string == office,
            signed.reply["node"]?.string == node, let text = signed.reply["certificate"]?.string
        else { return .failure(Refusal("the reply is not signed by the office \(office) for \(node)")) }
        let present = identity.certificate
        do {
            let certificate = try Certificate(pem: Array(text.utf8))
            // Whatever its beginning: a clock of ours that is behind must not refuse it.
            let peer = try CertificateProfile.identify(
                certificate,
                purpose: .client,
                authorities: identity.authorities,
                now: now / 1_000
            )
            guard peer.node == node, certificate.publicKey == identity.key.publicKey else {
                return .failure(Refusal("the certificate that came is not for this node's key"))
            }
            guard certificate.notAfter > present.notAfter else {
                return .failure(Refusal("the certificate that came ends no later than the present one"))
            }
            return .success(certificate)
        } catch { return .failure(Refusal("the issued certificate cannot be used: \(error)")) }
    }

    /// Why a reply cannot be used.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }
}

extension Certificate {
    /// Whether half of its time is over, which is when it is renewed; `now` in Unix milliseconds.
    func isHalfOver(now: Int64) -> Bool { now / 1_000 > notBefore + (notAfter - notBefore) / 2 }

    /// Whether its time has not begun, as when the clock that issued it was ahead; `now` in Unix milliseconds.
    func isYetToBegin(now: Int64) -> Bool { now / 1_000 < notBefore }
}
