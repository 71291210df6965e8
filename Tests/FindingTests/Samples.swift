import Finding
import Foundation

/// The invented texts and queries of `Samples/`, and the words with their stems.
enum Samples {
    struct Document: Decodable {
        let id: String
        let name: String?
        let address: String?
        let phone: String?
        let text: String?

        var searched: SearchedText {
            SearchedText(
                names: [name].compactMap(\.self),
                addresses: [address].compactMap(\.self),
                phones: [phone].compactMap(\.self),
                texts: [text].compactMap(\.self)
            )
        }
    }

    /// A query with the documents that it must find, may find, and is most likely to find wrongly.
    struct Query: Decodable {
        let query: String
        let kind: String
        let expected: Set<String>
        let optional: Set<String>?
        let forbidden: Set<String>?
    }

    struct Search: Decodable {
        let documents: [Document]
        let queries: [Query]
    }

    /// A word, what the index keeps of it, and what a query asks for.
    struct Vector: Decodable {
        let word: String
        let stems: Set<String>
        let asked: Set<String>

        init(from decoder: any Decoder) throws {
            var row = try decoder.unkeyedContainer()
            word = try row.decode(String.self)
            stems = try row.decode(Set<String>.self)
            asked = try row.decode(Set<String>.self)
        }
    }

    static func search() throws -> Search { try JSONDecoder().decode(Search.self, from: data("search-uk")) }

    static func vectors() throws -> [Vector] {
        struct Words: Decodable { let words: [Vector] }
        return try JSONDecoder().decode(Words.self, from: data("search-uk-stems")).words
    }

    private static func data(_ name: String) throws -> Data {
        try Data(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Samples/\(name).json")
        )
    }
}
