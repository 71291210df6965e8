import Appeals
import Cryptography
import Desk
import Transport

/// The files that say who a node is, read and checked.
///
/// Throws `wrongKey` unless the certificate is for this key and this name: a mixed-up directory must not speak for
/// another node.
struct NodeIdentity: Sendable {
    let key: PrivateKey
    let certificate: Certificate
    let material: TLSMaterial
    let authorities: [Certificate]

    private static let limit = 262_144

    init(_ directory: DataDirectory, id: String) throws(NodeError) {
        let doing = Label(
            uk: "читання ключа й сертифіката вузла \(id)",
            en: "reading the key and the certificate of \(id)"
        )
        let keyText = try Files.read(directory.key, limit: Self.limit, doing: doing)
        let certificateText = try Files.read(directory.certificate, limit: Self.limit, doing: doing)
        let authorityText = try Files.read(directory.authority, limit: Self.limit, doing: doing)
        func read<Value>(_ path: String, _ body: () throws(CryptographyError) -> Value) throws(NodeError) -> Value {
            do throws(CryptographyError) { return try body() } catch {
                throw NodeError(
                    .wrongKey,
                    doing: doing,
                    found: Label(path + ": ") + Label(cause: error),
                    remedy: Label(
                        uk: "Покладіть туди правильний файл з копії, що зберігається окремо",
                        en: "Put the right file there, from the copy kept apart"
                    )
                )
            }
        }
        key = try read(directory.key) { () throws(CryptographyError) in try PrivateKey(pem: keyText) }
        certificate = try read(directory.certificate) { () throws(CryptographyError) in
            try Certificate(pem: certificateText)
        }
        authorities = try read(directory.authority) { () throws(CryptographyError) in
            try Certificate.list(pem: authorityText)
        }
        guard certificate.publicKey == key.publicKey else {
            throw NodeError(
                .wrongKey,
                doing: doing,
                found: Label(
                    uk: "сертифікат не від ключа \(directory.key)",
                    en: "the certificate is not of the key \(directory.key)"
                ),
                remedy: Label(
                    uk: "Покладіть туди ключ, що належить до \(directory.certificate)",
                    en: "Put the key there that belongs to \(directory.certificate)"
                )
            )
        }
        guard certificate.uriNames == ["urn:node:" + id] else {
            throw NodeError(
                .wrongKey,
                doing: doing,
                found: Label(
                    uk:
                        "сертифікат виданий для \(certificate.uriNames.joined(separator: ", ")), а не для urn:node:\(id)",
                    en: "the certificate is of \(certificate.uriNames.joined(separator: ", ")), not of urn:node:\(id)"
                ),
                remedy: Label(
                    uk: "Виправте node.id або покладіть правильний сертифікат",
                    en: "Correct node.id, or put the right certificate there"
                )
            )
        }
        // A server whose authority is pinned by fingerprint sends the authority's certificate, too.
        material = TLSMaterial(certificates: certificateText + authorityText, key: keyText, authorities: authorityText)
    }
}
