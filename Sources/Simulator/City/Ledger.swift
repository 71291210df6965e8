import Appeals
import Replication

/// What people did, as they were told it was saved: the simulator's own memory, by tokens that stand in the text.
struct Ledger {
    /// One thing that somebody did and was told was saved.
    struct Act {
        let token: String
        let site: String
        let appeal: String
        let kind: String
    }
    /// Every act that returned, by its token.
    var acts: [String: Act] = [:]
    /// Appeals of which no word may be left.
    var erased: Set<String> = []
    /// Appeals that people can pick, in order of registration.
    var registered: [String] = []
    /// The number of the last token that was given out.
    var lastToken = 0

    /// A word that stands nowhere else: wherever it is found, it is of this act.
    mutating func token() -> String {
        lastToken += 1
        return "w\(lastToken)w"
    }

    /// Called after the node has said so, never before.
    mutating func saved(_ act: Act) { acts[act.token] = act }

    /// Tokens that a disk lost when it was put back; the office had them then.
    private var rolledBack: Set<String> = []

    /// A rolled-back disk lost what it had not sent: nobody can bring that back, and nobody was told it was sent.
    mutating func forget(of site: String, was former: any Store, isNow present: any Store, sent: any Store) throws {
        let kept = try Tokens.all(in: present, node: site)
        rolledBack.formUnion(try Tokens.all(in: former, node: site).subtracting(kept))
        let known = kept.union(try Tokens.all(in: sent, node: site))
        for act in acts.values where act.site == site && !known.contains(act.token) { acts[act.token] = nil }
    }

    /// What a rolled-back disk had lost, and now the office too, is nowhere any more.
    mutating func forgetRolledBack(of site: String, notIn present: any Store, sent: any Store) throws {
        let kept = try Tokens.all(in: present, node: site).union(Tokens.all(in: sent, node: site))
        for act in acts.values
        where act.site == site && rolledBack.contains(act.token) && !kept.contains(act.token) {
            acts[act.token] = nil
        }
    }
}

/// The tokens of the operations in a store.
enum Tokens {
    static func all(in store: any Store, node: String) throws -> Set<String> {
        var tokens: Set<String> = []
        try store.read { reading in
            for origin in try reading.origins(node: node) {
                for record in try reading.operations(origin.origin, after: 0, limit: .max) {
                    tokens.formUnion(said(in: record.bytes))
                }
            }
        }
        return tokens
    }

    /// The words that an operation says: its signature at the end may look like one.
    static func said(in operation: [UInt8]) -> Set<String> {
        found(in: Array(SignedOperation.unsigned(operation)))
    }

    /// The words `w17w` of a text, in one pass over its bytes; `quoted`: at the end of a JSON string alone, since among
    /// the digests of a whole file some look like one.
    static func found(in bytes: [UInt8], quoted: Bool = false) -> Set<String> {
        var tokens: Set<String> = []
        bytes.withUnsafeBufferPointer { bytes in
            var place = 0
            while place < bytes.count {
                guard isWord(bytes[place]) else {
                    place += 1
                    continue
                }
                let start = place
                while place < bytes.count, isWord(bytes[place]) { place += 1 }
                guard place - start > 2, bytes[start] == UInt8(ascii: "w"), bytes[place - 1] == UInt8(ascii: "w"),
                    bytes[(start + 1)..<(place - 1)].allSatisfy({ $0 >= 48 && $0 <= 57 })
                else { continue }
                if quoted, place == bytes.count || bytes[place] != UInt8(ascii: "\"") { continue }
                tokens.insert(String(decoding: bytes[start..<place], as: UTF8.self))
            }
        }
        return tokens
    }

    /// A letter or a digit, or a byte of a letter beyond ASCII.
    ///
    /// Also what stands in Base64, where any signature may have something like a token between two signs.
    private static func isWord(_ byte: UInt8) -> Bool {
        byte == 43 || byte == 47 || byte == 61 || byte >= 0x80 || (byte >= 48 && byte <= 57)
            || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122)
    }
}
