import Appeals
import CanonicalJSON
package import Cryptography
package import Replication

/// `POST /enrol/v1`, both sides: who holds an invitation gets a certificate for a key of its own.
///
/// The wire form is protocol.md section 4; each side checks everything that is said there, in that order.
package enum Enrolment {
    package static let path = "/enrol/v1"
    package static let prefix = Array("kartoteka enrolment 1\n".utf8)
    package static let bodyLimit = 16_384

    /// What who joins asks, signed by the key that it asks for.
    static func request(_ token: InvitationToken, key: PrivateKey) throws -> [UInt8] {
        let request = try CertificateRequest.make(key: key, node: token.node)
        let object: JSON = [
            "version": .integer(Limits.version), "node": .string(token.node),
            "secret": .string(Hex.encode(token.secret)),
            "request": .string(String(decoding: request.pem(), as: UTF8.self)),
        ]
        let signature = try key.sign(prefix + object.canonicalBytes())
        let line: JSON = ["enrol": object, "signature": .string(Base64.encode(signature))]
        return line.canonicalBytes() + [10]
    }

    /// What the office says to who holds its invitation.
    package static func reply(
        _ joined: String,
        _ certificate: Certificate,
        authority: Certificate,
        office: String,
        officeKey: [UInt8],
        url: String,
        signer: any Signer
    ) throws -> WireResponse {
        let reply: JSONObject = [
            "call": "enrol", "node": .string(joined), "office": .string(office),
            "officeKey": .string(Base64.encode(officeKey)), "url": .string(url),
            "certificate": .string(String(decoding: try certificate.pem(), as: UTF8.self)),
            "authority": .string(String(decoding: try authority.pem(), as: UTF8.self)),
        ]
        return try .signed(reply, over: [], by: signer)
    }

    /// What the office gives.
    struct Grant {
        let office: String
        let officeKey: [UInt8]
        let url: String
        let certificate: [UInt8]
        let authority: [UInt8]
    }

    /// Reads and verifies the office's reply; `peer` is whose certificate the connection showed.
    static func grant(_ body: [UInt8], peer: PeerIdentity, token: InvitationToken) -> Grant? {
        guard let line = Lines.split(body).last, let signed = SignedReply(Array(line)),
            let office = signed.reply["office"]?.string, office == peer.node,
            signed.reply["node"]?.string == token.node,
            let key = signed.reply["officeKey"]?.string.flatMap(Base64.decode), SHA256.hash(key) == peer.key,
            signed.holds(over: Lines.digest([]), key: key, verifier: KeyVerifier()),
            let url = signed.reply["url"]?.string, Files.isURL(url),
            let certificate = signed.reply["certificate"]?.string,
            let authority = signed.reply["authority"]?.string
        else { return nil }
        return Grant(
            office: office,
            officeKey: key,
            url: url,
            certificate: Array(certificate.utf8),
            authority: Array(authority.utf8)
        )
    }
}
