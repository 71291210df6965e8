import Appeals
import CanonicalJSON
import Cryptography
import Replication
import Testing

/// Verifies every signature inside a record of the vectors.
struct Checked {
    let keys: [String: PublicKey]
    private(set) var replies = 0
    private(set) var operations = 0
    private(set) var receipts = 0

    init(keys: [String: PublicKey]) { self.keys = keys }

    /// The keys as the vector `keys` gives them: node → base64 of SPKI.
    static func keys(of vectors: [Vector]) throws -> [String: PublicKey] {
        let vector = try #require(vectors.first { $0.name == "keys" })
        let json = try JSON(parsing: Array(vector.text.utf8))
        var keys: [String: PublicKey] = [:]
        for (node, value) in json.object?.members ?? [] {
            keys[node] = try PublicKey(spki: try #require(value.string.flatMap(Base64.decode)))
        }
        return keys
    }

    mutating func check(_ json: JSON, at place: String) throws {
        if let signature = json["signature"]?.string.flatMap(Base64.decode) {
            let (node, message) = try signed(json)
            let key = try #require(keys[node], "the vectors give no key of \(node)")
            #expect(key.verifies(signature, over: message), "a signature in \(place) does not verify")
        }
        if let operation = json["operation"], operation["operation"] != nil { try check(operation, at: place) }
        if let last = json["former"]?["last"]?.string { try check(try JSON(parsing: Array(last.utf8)), at: place) }
    }

    private mutating func signed(_ json: JSON) throws -> (node: String, message: [UInt8]) {
        if let reply = json["reply"] {
            replies += 1
            return ("office", Array("kartoteka reply 1\n".utf8) + reply.canonicalBytes())
        }
        if let receipt = json["receipt"] {
            receipts += 1
            return (
                try #require(receipt["node"]?.string), Array("kartoteka receipt 1\n".utf8) + receipt.canonicalBytes()
            )
        }
        if let ask = json["enrol"] {
            return (try #require(ask["node"]?.string), Array("kartoteka enrolment 1\n".utf8) + ask.canonicalBytes())
        }
        if let ask = json["renew"] {
            return (try #require(ask["node"]?.string), Array("kartoteka renewal 1\n".utf8) + ask.canonicalBytes())
        }
        operations += 1
        let envelope = try #require(json["operation"])
        let origin = try #require(envelope["origin"]?.string.flatMap { Origin($0) })
        for part in ["body", "personal"] {
            guard let content = json[part] else { continue }
            #expect(envelope["digests"]?[part]?.string == SHA256.hash(content.canonicalBytes()).hex)
        }
        return (origin.node, Array("kartoteka operation 1\n".utf8) + envelope.canonicalBytes())
    }
}
