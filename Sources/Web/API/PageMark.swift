import CanonicalJSON
import Cryptography
import Desk

/// Where a list goes on, for programs: a place in the answers to one query, with its filters and its order.
///
/// Nothing that could be made up from an id; how many rows a page has may change on the way.
struct PageMark {
    /// Characters of a mark at most.
    static let longest = 1_024
    /// Bytes of the digest of the query.
    private static let bound = 8

    private let query: [UInt8]

    init(_ endpoint: Endpoint, _ arguments: JSONObject) {
        var asked = arguments
        for input in endpoint.inputs where input.type == .mark || input.name == UseCase.Input.limit.name {
            asked[input.name] = nil
        }
        let text: JSON = [.string(endpoint.name), .object(asked)]
        query = Array(SHA256.hash(text.canonicalBytes()).array.prefix(Self.bound))
    }

    func text(_ mark: String) -> String { Base64URL.encode(query + Array(mark.utf8)) }

    /// What `text` was made of; nil if it is no mark of this query.
    func read(_ text: String) -> String? {
        guard text.utf8.count <= Self.longest, let bytes = Base64URL.decode(text),
            bytes.prefix(Self.bound).elementsEqual(query)
        else { return nil }
        return String(decoding: bytes.dropFirst(Self.bound), as: UTF8.self)
    }

    static func wrong(_ path: String) -> Fault {
        Fault(
            path: path,
            code: "wrongMark",
            reason: Sentence(
                uk: "це не позначка цього списку з цими фільтрами в цьому порядку",
                en: "this is no mark of this list, with these filters in this order"
            ),
            remedy: Sentence(
                uk: "Візьміть `next` попередньої сторінки й не міняйте решти запиту, крім `limit`",
                en: "Take `next` of the former page, and change nothing else of the query but `limit`"
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
