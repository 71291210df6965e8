import Appeals
import CanonicalJSON
package import Cryptography
import Desk

/// What is handed to who joins: one line of text, to be used once.
package struct InvitationToken: Equatable {
    package let node: String
    package let secret: [UInt8]
    /// SHA-256 of the authority's certificate.
    package let authority: SHA256Digest
    /// `https://host:port` of the enrolment port.
    package let url: String

    private static let prefix = "kartoteka-join-1:"

    package init(node: String, secret: [UInt8], authority: SHA256Digest, url: String) {
        self.node = node
        self.secret = secret
        self.authority = authority
        self.url = url
    }

    package var text: String {
        let json: JSON = [
            "authority": .string(authority.hex), "node": .string(node), "secret": .string(Hex.encode(secret)),
            "url": .string(url),
        ]
        return Self.prefix + Base64.encode(json.canonicalBytes())
    }

    /// Reads the first word of a text and passes over what follows.
    ///
    /// At most 4 KiB; throws `usage` if it is not a whole token.
    init(_ text: String) throws(NodeError) {
        let bytes = Array(text.utf8).split { $0 <= 32 }.first.map { Array($0) } ?? []
        let refusal = NodeError(
            .usage,
            doing: Label(uk: "читання запрошення", en: "reading the invitation"),
            found: bytes.isEmpty
                ? Label(uk: "воно порожнє", en: "it is empty")
                : Label(
                    uk: "це не весь рядок, який надрукував Центр",
                    en: "it is not a whole line as the office printed it"
                ),
            remedy: Label(
                uk: "Скопіюйте весь рядок, що починається з \(Self.prefix)",
                en: "Copy the whole line beginning with \(Self.prefix)"
            )
        )
        guard bytes.count <= 4_096, bytes.starts(with: Self.prefix.utf8),
            let decoded = Base64.decode(String(decoding: bytes.dropFirst(Self.prefix.utf8.count), as: UTF8.self)),
            let json = try? JSON(parsing: decoded), let node = json["node"]?.string, Names.isIdentifier(node),
            let secret = json["secret"]?.string.flatMap(Hex.decode), secret.count == 16,
            let authority = json["authority"]?.string.flatMap({ SHA256Digest(hex: $0) }), let url = json["url"]?.string,
            Files.isURL(url)
        else { throw refusal }
        self.init(node: node, secret: secret, authority: authority, url: url)
    }
}
