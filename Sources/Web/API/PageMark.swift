import Cryptography
import Desk

/// Where a list goes on, for programs: of the endpoint that gave it, and nothing that could be made up from an id.
enum PageMark {
    /// Characters of a mark at most.
    static let longest = 1_024

    static func text(_ mark: String, of endpoint: Endpoint) -> String {
        Base64URL.encode(Array((endpoint.name + "\n" + mark).utf8))
    }

    /// What `text` was made of; nil if it is no mark of this endpoint.
    static func read(_ text: String, of endpoint: Endpoint) -> String? {
        guard text.utf8.count <= longest, let bytes = Base64URL.decode(text) else { return nil }
        let mark = String(decoding: bytes, as: UTF8.self)
        guard mark.hasPrefix(endpoint.name + "\n") else { return nil }
        return String(mark.dropFirst(endpoint.name.count + 1))
    }

    static func wrong(_ path: String) -> Fault {
        Fault(
            path: path,
            code: "wrongMark",
            reason: Sentence(
                uk: "це не позначка цього списку: візьміть `next` попередньої сторінки",
                en: "this is no mark of this list: take `next` of the former page"
            )
        )
    }
}

/// Base64 for headers and queries: the alphabet of RFC 4648 section 5, without padding.
enum Base64URL {
    static func encode(_ bytes: [UInt8]) -> String {
        String(
            Base64.encode(bytes).compactMap { character -> Character? in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            }
        )
    }

    /// Nil for anything that `encode` does not write.
    static func decode(_ text: String) -> [UInt8]? {
        guard !text.contains(where: { "+/=".contains($0) }) else { return nil }
        let plain = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        return Base64.decode(plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4))
    }
}
