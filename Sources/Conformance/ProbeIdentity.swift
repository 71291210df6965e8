import Cryptography
import Node
import Replication
import Transport

/// The authority and the office's key of one run, made anew each time and kept in memory only.
struct ProbeIdentity {
    /// The node id of the office.
    static let office = "office"
    /// The node id, and department, that the foreign node gets.
    static let node = "probe"
    /// The certificate of the node is valid so long, of which more than half is over: it has to renew it.
    static let days = 90
    static let daysOver: Int64 = 60
    private static let day: Int64 = 86_400

    /// The office's key, which signs replies.
    let signer: KeySigner
    /// A key that is nobody's here.
    let stranger: KeySigner
    /// Issues the office's certificate and the node's.
    let authority: Certificate
    let authorityKey: PrivateKey
    /// What both servers show.
    let material: TLSMaterial
    /// Of the invitation.
    let secret = RandomBytes.bytes(16)

    /// `host`: the numeric address that the office's certificate names.
    init(host: String, now: Int64) throws {
        let begin = now / 1_000 - (Self.daysOver + 1) * Self.day
        authorityKey = try PrivateKey.generate()
        authority = try CertificateAuthority.selfSigned(
            name: "Kartoteka conformance",
            key: authorityKey,
            notBefore: begin,
            days: 400,
            serial: Self.serial()
        )
        let key = try PrivateKey.generate()
        signer = KeySigner(key)
        stranger = KeySigner(try PrivateKey.generate())
        let certificate = try CertificateAuthority.issue(
            request: try CertificateRequest.make(key: key, node: Self.office),
            node: Self.office,
            dnsNames: [],
            addresses: [host],
            authority: authority,
            key: authorityKey,
            notBefore: begin,
            days: 365,
            serial: Self.serial()
        )
        // The authority is pinned by its fingerprint: the server shows its certificate too.
        material = TLSMaterial(
            certificates: try certificate.pem() + authority.pem(),
            key: try key.pem(),
            authorities: try authority.pem()
        )
    }

    /// Positive and of 16 bytes, as certificates want it.
    private static func serial() -> [UInt8] {
        var serial = RandomBytes.bytes(16)
        serial[0] = serial[0] & 0x7F | 0x01
        return serial
    }

    /// A certificate for the node's key: mostly over when it joins, whole when it is renewed.
    func certificate(for request: CertificateRequest, isRenewed: Bool, now: Int64) throws -> Certificate {
        try CertificateAuthority.issue(
            request: request,
            node: Self.node,
            dnsNames: [],
            addresses: [],
            usages: [.client],
            authority: authority,
            key: authorityKey,
            notBefore: now / 1_000 - (isRenewed ? 3_600 : Self.daysOver * Self.day),
            days: Self.days,
            serial: Self.serial()
        )
    }
}
