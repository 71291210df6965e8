import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// The vectors of forms: canonical text, names, clocks, marks, sums.
enum Forms {
    static func write(_ book: VectorBook) throws {
        canonical(book)
        refused(book)
        names(book)
        clocks(book)
        marks(book)
        digests(book)
        Samenesses.write(book)
    }

    /// Texts that are read, and their one canonical text.
    private static func canonical(_ book: VectorBook) {
        let texts = [
            #" { "b" : 1 , "a" : [ ] } "#, #"{"é":1,"z":2,"€":3,"😀":4,"ﬀ":5}"#, #""A\u0000\u000f\n\"\\\/\u007f€""#,
            #"[9007199254740991,-9007199254740991,0]"#, #"{"A":{"b":null,"a":true}}"#, #""\ud83d\ude00\u0439""#,
            #""и\u0306""#,
        ]
        book.lines(
            "canonical",
            texts.map { text in
                guard let json = try? JSON(parsing: Array(text.utf8)) else { preconditionFailure("\(text) is read") }
                return [
                    "read": .string(text), "canonical": .string(json.canonicalText),
                    "sha256": .string(SHA256.hash(json.canonicalBytes()).hex),
                ]
            }
        )
    }

    private static func refused(_ book: VectorBook) {
        let texts = [
            "", "[1,]", #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, "1.0", "1e3", "-0", "01", "9007199254740992", "NaN",
            #""\ud800""#,
            "\"\u{1}\"", "[1] 2", "\u{FEFF}{}", "{'a':1}", "tru",
        ]
        book.lines(
            "refused",
            texts.map { text in
                guard let error = refusal(text) else { preconditionFailure("\(text) is refused") }
                return [
                    "text": .string(text), "offset": .integer(Int64(error.offset)), "reason": .string(error.reason),
                ]
            }
        )
    }

    private static func refusal(_ text: String) -> JSONError? {
        do throws(JSONError) { _ = try JSON(parsing: Array(text.utf8)) } catch { return error }
        return nil
    }

    private static func names(_ book: VectorBook) {
        let origins = [
            "zhkg#5b1e90c2", "a#00000000", "Zhkg#5b1e90c2", "zhkg#5B1E90C2", "zhkg#5b1e90c", "zhkg", "#5b1e90c2",
            "1a#00000000",
        ]
        let writes = [
            "zhkg#5b1e90c2:1", "zhkg#5b1e90c2:1839/2", "zhkg#5b1e90c2:9007199254740991", "zhkg#5b1e90c2:0",
            "zhkg#5b1e90c2:01",
            "zhkg#5b1e90c2:9007199254740992", "zhkg#5b1e90c2:", "zhkg#5b1e90c2:+1",
        ]
        book.lines(
            "names",
            origins.map { ["origin": .string($0), "valid": .bool(Origin($0) != nil)] }
                + writes.map { ["write": .string($0), "valid": .bool(WriteName($0) != nil)] }
        )
    }

    private static func clocks(_ book: VectorBook) {
        let start = HybridClock(milliseconds: 1_772_431_200_000, counter: 0xFFFE)
        let steps: [(String, Int64)] = [
            ("tick", 1_772_431_200_000), ("tick", 1_772_431_199_000), ("tick", 1_772_431_200_500),
            ("tick", 1_772_431_200_500),
        ]
        var clock = start
        var lines: [JSON] = [["clock": .string(clock.description)]]
        for (step, now) in steps {
            clock = clock.ticked(now: now)
            lines.append([step: .integer(now), "clock": .string(clock.description)])
        }
        for ahead in [HybridClock.toleratedSkew, HybridClock.toleratedSkew + 1] {
            let other = HybridClock(milliseconds: 1_772_431_300_000 + ahead, counter: 7)
            let merged = clock.merged(other, now: 1_772_431_300_000)
            lines.append([
                "merge": .string(other.description), "now": 1_772_431_300_000, "clock": .string(merged.description),
            ])
        }
        book.lines("clocks", lines)
    }

    private static func marks(_ book: VectorBook) {
        var mark = ""
        let entries: [(Int64, String)] = [
            (12, "01995c3a-0000-7000-8000-000000000001"), (13, "01995c3a-0000-7000-8000-000000000001"),
            (13, "role/roads/bondar/head"),
        ]
        book.lines(
            "marks",
            entries.map { commit, key in
                let former = mark
                mark = StreamMark.next(former, commit: commit, key: key)
                return [
                    "former": .string(former), "commit": .integer(commit), "key": .string(key),
                    "message": .string("\(former)\n\(commit)\n\(key)\n"), "mark": .string(mark),
                ]
            }
        )
    }

    private static func digests(_ book: VectorBook) {
        let high = String(repeating: "f", count: 64)
        let one = String(repeating: "0", count: 63) + "1"
        let some = SHA256.hash(Array("a".utf8)).hex
        book.lines(
            "digests",
            [[high, one], [some, some], [high, high, one]].map { list in
                var sum = SHA256Digest.zero
                for text in list { if let digest = SHA256Digest(hex: text) { sum.add(digest) } }
                return ["digests": .array(list.map(JSON.string)), "sum": .string(sum.hex)]
            }
        )
    }
}
