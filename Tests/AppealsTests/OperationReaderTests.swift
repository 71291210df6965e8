import CanonicalJSON
import Cryptography
import Testing

@testable import Appeals

@Suite("A line of an operation")
struct OperationReaderTests {
    static let salt = String(repeating: "a", count: 32)

    static func operation(number: Int64 = 1) -> Operation {
        var operation = Operation(
            origin: Origin(node: "zhkg", incarnation: "5b1e90c2"),
            number: number,
            previous: number == 1 ? "" : String(repeating: "9", count: 64),
            appeal: "01995c3a-0000-7000-8000-000000000001",
            kind: "answer.drafted",
            authority: "office#7f3c21aa:40211/2",
            seen: Seen(epoch: String(repeating: "7", count: 32), slice: 88_011, reference: 412),
            clock: HybridClock(milliseconds: 1_770_000_000_000, counter: 3),
            actor: Actor(user: "petrenko", role: "head"),
            body: ["salt": .string(salt), "assignment": "office#7f3c21aa:40211/2", "final": true],
            personal: ["salt": .string(salt), "text": "Відремонтовано"]
        )
        operation.base["answer@office#7f3c21aa:40211/2"] = "zhkg#5b1e90c2:1830"
        operation.base["kind"] = .some(nil)
        return operation
    }

    static func signed(_ operation: Operation = operation()) -> SignedOperation {
        SignedOperation(operation) { _ in [UInt8](repeating: 7, count: 64) }
    }

    static func line(_ change: (inout JSONObject) -> Void) -> [UInt8] {
        guard let json = try? JSON(parsing: signed().bytes, limits: Limits.operationJSON), var object = json.object
        else { return [] }
        change(&object)
        return JSON.object(object).canonicalBytes()
    }

    static func envelope(_ change: (inout JSONObject) -> Void) -> [UInt8] {
        line {
            guard var envelope = $0["operation"]?.object else { return }
            change(&envelope)
            $0["operation"] = .object(envelope)
        }
    }

    static func set(_ field: String, _ value: JSON?) -> [UInt8] { envelope { $0[field] = value } }

    static func text(_ replace: String, _ by: String) -> [UInt8] {
        let text = String(decoding: signed().bytes, as: UTF8.self)
        guard let range = text.firstRange(of: replace) else { return [] }
        return Array(text.replacingCharacters(range, by).utf8)
    }

    struct Malformed: Sendable, CustomTestStringConvertible {
        let what: String
        let path: String
        let line: [UInt8]
        var testDescription: String { what }
        init(_ what: String, _ path: String, _ line: [UInt8]) {
            self.what = what
            self.path = path
            self.line = line
        }
    }

    static let form: [Malformed] = [
        Malformed("an empty line", "", []),
        Malformed("no JSON", "", Array("operation".utf8)),
        Malformed("an array", "", Array("[]".utf8)),
        Malformed("a string", "", Array("\"x\"".utf8)),
        Malformed("an empty object", "operation", Array("{}".utf8)),
        Malformed("white space before", "", Array(" ".utf8) + signed().bytes),
        Malformed("white space after", "", signed().bytes + Array(" ".utf8)),
        Malformed("a line feed after", "", signed().bytes + [10]),
        Malformed("white space inside", "", text("\"body\":", "\"body\": ")),
        Malformed("trailing data", "", signed().bytes + Array("{}".utf8)),
        Malformed("a NUL after", "", signed().bytes + [0]),
        Malformed("a NUL inside", "", text("petrenko", "petr\u{0}nko")),
        Malformed("a byte order mark", "", [0xEF, 0xBB, 0xBF] + signed().bytes),
        Malformed(
            "a byte that is no UTF-8",
            "",
            Array(signed().bytes.dropLast(3)) + [0xFF] + Array(signed().bytes.suffix(3))
        ),
        Malformed("a lone surrogate", "", text("Відремонтовано", "\\ud800")),
        Malformed("an escaped letter", "", text("petrenko", "\\u0070etrenko")),
        Malformed("an escaped solidus", "", text("40211/2", "40211\\/2")),
        Malformed("a duplicate key", "", text("\"number\":1", "\"number\":1,\"number\":1")),
        Malformed(
            "keys out of order",
            "",
            text("\"final\":true,\"salt\":\"\(salt)\"", "\"salt\":\"\(salt)\",\"final\":true")
        ),
        Malformed("a fraction", "", text("\"number\":1", "\"number\":1.0")),
        Malformed("an exponent", "", text("\"number\":1", "\"number\":1e0")),
        Malformed("minus zero", "", text("\"number\":1", "\"number\":-0")),
        Malformed("a leading zero", "", text("\"number\":1", "\"number\":01")),
        Malformed("a number past 2^53-1", "", text("\"number\":1", "\"number\":9007199254740992")),
        Malformed("a cut line", "", Array(signed().bytes.dropLast(1))),
        Malformed("an unknown part", "note", line { $0["note"] = "x" }),
        Malformed("a body that is a string", "body", line { $0["body"] = "x" }),
        Malformed("an envelope that is an array", "operation", line { $0["operation"] = [] }),
        Malformed("a personal part that is null", "personal", line { $0["personal"] = .null }),
        Malformed("no signature", "signature", line { $0["signature"] = nil }),
        Malformed(
            "a signature of 63 bytes",
            "signature",
            line { $0["signature"] = .string(Base64.encode([UInt8](repeating: 7, count: 63))) }
        ),
        Malformed(
            "a signature of 65 bytes",
            "signature",
            line { $0["signature"] = .string(Base64.encode([UInt8](repeating: 7, count: 65))) }
        ),
        Malformed(
            "a signature without padding",
            "signature",
            line { $0["signature"] = .string(String(Base64.encode([UInt8](repeating: 7, count: 64)).dropLast(2))) }
        ),
        Malformed(
            "a signature with a line feed",
            "signature",
            line {
                $0["signature"] = .string(
                    String(Base64.encode([UInt8](repeating: 7, count: 64)).prefix(84)) + "\n" + "Bw=="
                )
            }
        ),
        Malformed(
            "a signature in the alphabet of URLs",
            "signature",
            line { $0["signature"] = .string(String(repeating: "_", count: 86) + "==") }
        ),
        Malformed(
            "a signature with loose bits",
            "signature",
            line { $0["signature"] = .string(String(repeating: "B", count: 85) + "x==") }
        ),
        Malformed("a digest of another body", "operation.digests.body", line { $0["body"] = ["salt": .string(salt)] }),
        Malformed(
            "a digest of another personal part",
            "operation.digests.personal",
            line { $0["personal"] = ["salt": .string(salt)] }
        ),
    ]

    static let fields: [Malformed] = [
        Malformed("an unknown field", "operation.device", set("device", "x")),
        Malformed("another version", "operation.v", set("v", 2)),
        Malformed("no version", "operation.v", set("v", nil)),
        Malformed("an origin without incarnation", "operation.origin", set("origin", "zhkg")),
        Malformed("an origin in capitals", "operation.origin", set("origin", "ZHKG#5b1e90c2")),
        Malformed("an incarnation of nine digits", "operation.origin", set("origin", "zhkg#5b1e90c22")),
        Malformed("an incarnation in capitals", "operation.origin", set("origin", "zhkg#5B1E90C2")),
        Malformed("an origin that is a number", "operation.origin", set("origin", 1)),
        Malformed("number 0", "operation.number", set("number", 0)),
        Malformed("a negative number", "operation.number", set("number", -1)),
        Malformed("a number that is text", "operation.number", set("number", "1")),
        Malformed(
            "a previous at number 1",
            "operation.previous",
            set("previous", .string(String(repeating: "9", count: 64)))
        ),
        Malformed("no previous at number 2", "operation.previous", set("number", 2)),
        Malformed(
            "a previous in capitals",
            "operation.previous",
            envelope {
                $0["number"] = 2
                $0["previous"] = .string(String(repeating: "A", count: 64))
            }
        ),
        Malformed("previous missing", "operation.previous", set("previous", nil)),
        Malformed("an appeal in capitals", "operation.appeal", set("appeal", "01995C3A-0000-7000-8000-000000000001")),
        Malformed("an appeal without dashes", "operation.appeal", set("appeal", "01995c3a000070008000000000000001")),
        Malformed("an appeal that is null", "operation.appeal", set("appeal", .null)),
        Malformed("a kind with a space", "operation.kind", set("kind", "answer drafted")),
        Malformed("a kind in Cyrillic", "operation.kind", set("kind", "відповідь")),
        Malformed("an empty kind", "operation.kind", set("kind", "")),
        Malformed("a kind of 65 letters", "operation.kind", set("kind", .string(String(repeating: "a", count: 65)))),
        Malformed("an authority without number", "operation.authority", set("authority", "office#7f3c21aa")),
        Malformed("an authority with number 0", "operation.authority", set("authority", "office#7f3c21aa:0")),
        Malformed("an authority with a leading zero", "operation.authority", set("authority", "office#7f3c21aa:01")),
        Malformed("an authority of entity 0", "operation.authority", set("authority", "office#7f3c21aa:1/0")),
        Malformed(
            "an authority of an entity without number",
            "operation.authority",
            set("authority", "office#7f3c21aa:1/")
        ),
        Malformed("an authority with words after it", "operation.authority", set("authority", "office#7f3c21aa:1/2 x")),
        Malformed(
            "an authority of 129 bytes",
            "operation.authority",
            set("authority", .string("office#7f3c21aa:1/" + String(repeating: "1", count: 111)))
        ),
        Malformed("a clock without dash", "operation.clock", set("clock", "01995c3a7f100003")),
        Malformed("a clock in capitals", "operation.clock", set("clock", "01995C3A7F10-0003")),
        Malformed("a clock that is a number", "operation.clock", set("clock", 1_770_000_000_000)),
        Malformed("schema 0", "operation.schema", set("schema", 0)),
        Malformed("no schema", "operation.schema", set("schema", nil)),
        Malformed("seen without reference", "operation.seen", set("seen", ["epoch": "", "slice": 0])),
        Malformed(
            "seen with more",
            "operation.seen",
            set("seen", ["epoch": "", "slice": 0, "reference": 0, "more": 0])
        ),
        Malformed("a negative position", "operation.seen", set("seen", ["epoch": "", "slice": -1, "reference": 0])),
        Malformed(
            "an epoch of five digits",
            "operation.seen",
            set("seen", ["epoch": "7f3c2", "slice": 0, "reference": 0])
        ),
        Malformed("an actor without role", "operation.actor", set("actor", ["user": "petrenko"])),
        Malformed(
            "an actor with more",
            "operation.actor",
            set("actor", ["user": "petrenko", "role": "head", "name": "x"])
        ),
        Malformed("an actor in Cyrillic", "operation.actor", set("actor", ["user": "петренко", "role": "head"])),
        Malformed("a base that is an array", "operation.base", set("base", [])),
        Malformed("a base that names no write", "operation.base.kind", set("base", ["kind": "zhkg"])),
        Malformed("a base that is a number", "operation.base.kind", set("base", ["kind": 1])),
        Malformed(
            "a base of 257 registers",
            "operation.base",
            set("base", .object(JSONObject(members: (0..<257).map { ("kind@a#00000000:\($0 + 1)", .null) })))
        ),
        Malformed("a base of a register that no table can have", "operation.base.кава", set("base", ["кава": .null])),
        Malformed(
            "a base with two spellings of one name",
            "operation.base.\u{E9}",
            set("base", ["\u{E9}": .null, "e\u{301}": .null])
        ),
        Malformed("reissues that is no id", "operation.reissues", set("reissues", "колишня")),
        Malformed("digests without body", "operation.digests.body", set("digests", [:])),
        Malformed(
            "an unknown digest",
            "operation.digests.files",
            envelope {
                var digests = $0["digests"]?.object ?? JSONObject()
                digests["files"] = "x"
                $0["digests"] = .object(digests)
            }
        ),
    ]

    @Test("that is malformed is refused as a whole, with its path", arguments: form + fields)
    func refused(_ malformed: Malformed) {
        #expect {
            _ = try SignedOperation(line: malformed.line)
        } throws: { error in
            guard let error = error as? UnreadableOperation else { return false }
            return error.path == malformed.path && !error.reason.isEmpty
        }
    }

    @Test("the table holds at least sixty ways to be malformed")
    func count() { #expect(Self.form.count + Self.fields.count >= 60) }

    @Test("is read as it was signed, byte for byte")
    func roundTrip() throws {
        for number: Int64 in [1, 2] {
            var operation = Self.operation(number: number)
            operation.reissues = String(repeating: "c", count: 64)
            let signed = Self.signed(operation)
            let read = try SignedOperation(line: signed.bytes)
            #expect(read.id == signed.id)
            #expect(read.bytes == signed.bytes)
            #expect(read.envelope == signed.envelope)
            #expect(read.signature == [UInt8](repeating: 7, count: 64))
            #expect(read.operation.base == operation.base)
            #expect(
                read.operation.seen == operation.seen && read.operation.clock == operation.clock
                    && read.operation.actor == operation.actor
            )
            #expect(SignedOperation(read.operation) { _ in read.signature }.bytes == signed.bytes)
        }
    }

    @Test("whose personal part is erased stays readable, its id is the same, its chain holds")
    func erased() throws {
        let signed = Self.signed()
        let read = try SignedOperation(line: Self.line { $0["personal"] = nil })
        #expect(read.operation.personal == nil)
        #expect(read.operation.personalDigest == Operation.digest(Self.operation().personal ?? [:]))
        #expect(read.id == signed.id)
        #expect(read.envelope == signed.envelope)
    }

    @Test("of which both parts are erased stays readable too, as a hole in the log with its id")
    func bothErased() throws {
        let line = Self.line {
            $0["personal"] = nil
            $0["body"] = nil
        }
        let read = try SignedOperation(line: line)
        #expect(read.id == Self.signed().id && read.envelope == Self.signed().envelope)
        #expect(read.operation.erasedBodyDigest == Operation.digest(Self.operation().body))
    }

    @Test("without authority, appeal and personal part is an act of the office on reference")
    func least() throws {
        var operation = Self.operation()
        operation.appeal = nil
        operation.authority = nil
        operation.personal = nil
        operation.base = [:]
        let signed = Self.signed(operation)
        #expect(try SignedOperation(line: signed.bytes).envelope == signed.envelope)
    }

    private func line(bytes: Int) -> [UInt8] {
        var operation = Self.operation()
        let frame = Self.signed(operation).bytes.count
        operation.personal?["text"] = ""
        operation.body["note"] = ""
        let empty = Self.signed(operation).bytes.count
        #expect(frame > empty - 100)
        let first = min(Limits.text, bytes - empty)
        operation.personal?["text"] = .string(String(repeating: "x", count: first))
        operation.body["note"] = .string(String(repeating: "y", count: bytes - empty - first))
        return Self.signed(operation).bytes
    }

    @Test("of 64 KiB is read, one byte more is not")
    func size() throws {
        let most = line(bytes: Limits.operation)
        #expect(most.count == Limits.operation)
        #expect(try SignedOperation(line: most).bytes == most)
        #expect(throws: UnreadableOperation.self) { try SignedOperation(line: line(bytes: Limits.operation + 1)) }
    }

    @Test("with a string of 48 KiB is read, one byte more is not")
    func string() throws {
        func signed(_ count: Int) -> [UInt8] {
            var operation = Self.operation()
            operation.personal?["text"] = .string(String(repeating: "x", count: count))
            return Self.signed(operation).bytes
        }
        #expect(try SignedOperation(line: signed(Limits.text)).operation.personal != nil)
        #expect(throws: UnreadableOperation.self) { try SignedOperation(line: signed(Limits.text + 1)) }
    }

    @Test("nested to the limit is read, one level deeper is not")
    func depth() throws {
        func signed(_ levels: Int) -> [UInt8] {
            var operation = Self.operation()
            var value: JSON = 1
            for _ in 0..<levels { value = [value] }
            operation.body["deep"] = value
            return Self.signed(operation).bytes
        }
        #expect(try SignedOperation(line: signed(Limits.depth - 2)).operation.body["deep"] != nil)
        #expect(throws: UnreadableOperation.self) { try SignedOperation(line: signed(Limits.depth - 1)) }
    }

    @Test("keeps composed and decomposed letters apart, and both unchanged")
    func normalForms() throws {
        func signed(_ text: String) -> SignedOperation {
            var operation = Self.operation()
            operation.personal?["text"] = .string(text)
            return Self.signed(operation)
        }
        let composed = signed("\u{457}жак"), decomposed = signed("\u{456}\u{308}жак")
        #expect(composed.id != decomposed.id)
        for signed in [composed, decomposed] { #expect(try SignedOperation(line: signed.bytes).bytes == signed.bytes) }
    }

    @Test("with any single byte changed is refused, or its id or signature is another")
    func everyByte() {
        let signed = Self.signed()
        var survived: [Int] = []
        for place in signed.bytes.indices {
            var bytes = signed.bytes
            bytes[place] ^= 1
            guard let read = try? SignedOperation(line: bytes) else { continue }
            if read.id == signed.id, read.signature == signed.signature { survived.append(place) }
        }
        #expect(survived.isEmpty, "\(survived)")
    }
}

extension String {
    fileprivate func firstRange(of part: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
            start = index(after: start)
        }
        return nil
    }

    fileprivate func replacingCharacters(_ range: Range<String.Index>, _ by: String) -> String {
        String(self[..<range.lowerBound]) + by + String(self[range.upperBound...])
    }
}
