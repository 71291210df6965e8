import Appeals
import Cryptography
import Desk
import Transport

/// The certificate that browsers are shown: from files that somebody else made, or of the node's own authority.
enum WebCertificate {
    static let limit = 262_144

    /// Certificate and key to serve with now; makes or renews the node's own, and throws why there is none.
    static func material(
        _ directory: DataDirectory,
        _ configuration: NodeConfiguration,
        nodeKey: PrivateKey,
        now: Int64
    ) throws -> TLSMaterial {
        guard let certificate = configuration.web.certificate, let key = configuration.web.key else {
            return try WebAuthority(directory, configuration).material(now: now)
        }
        return try read(certificate, key: key, nodeKey: nodeKey)
    }

    /// What stands in two files.
    ///
    /// A key that others can read is refused: whoever has it is the node, for every browser that trusts it. So is a
    /// certificate of a node, or one for the node's key: those are for the exchange alone, and browsers must never be
    /// taught to trust their authority.
    static func read(_ certificate: String, key: String, nodeKey: PrivateKey) throws -> TLSMaterial {
        let doing = Label(uk: "читання сертифіката для браузерів", en: "reading the certificate for browsers")
        if let mode = Files.status(key)?.mode, mode & 0o077 != 0 {
            throw NodeError(
                .permission,
                doing: doing,
                found: Label(uk: "\(key) можуть прочитати інші", en: "others can read \(key)"),
                remedy: Label(uk: "Виправте: chmod 600 \(key)", en: "Mend it: chmod 600 \(key)")
            )
        }
        let pem = try Files.read(certificate, limit: limit, doing: doing)
        let secret = try Files.read(key, limit: limit, doing: doing)
        let chain = try Certificate.list(pem: pem)
        if chain[0].uriNames.contains(where: { $0.hasPrefix("urn:node:") }) || chain[0].publicKey == nodeKey.publicKey {
            throw NodeError(
                .wrongKey,
                doing: doing,
                found: Label(
                    uk: "\(certificate) — сертифікат вузла: він для обміну, а не для браузерів",
                    en: "\(certificate) is a node's certificate: it is for the exchange, not for browsers"
                ),
                remedy: Label(
                    uk: "Вкажіть сертифікат для браузерів або приберіть web.certificate і web.key: вузол зробить свій",
                    en:
                        "Name a certificate for browsers, or take web.certificate and web.key away: the node makes its own"
                )
            )
        }
        return TLSMaterial(certificates: pem, key: secret, authorities: [])
    }
}
