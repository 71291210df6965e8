import Testing

@testable import CanonicalJSON

@Suite("walking canonical bytes")
struct JSONWalkerTests {
    @Test("the walker sees what the tree holds", arguments: [UInt64(1), 2, 3])
    func agreement(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<800 {
            let value = random.value(fractions: true)
            let text = value.canonicalBytes()
            JSONWalker.walk(text.span) { walker in
                #expect(tree(walker, walker.root) == value)
                #expect(walker.end(of: 0) == text.count)
                for member in value.object?.members ?? [] {
                    let quoted = JSON.string(member.key).canonicalBytes()
                    let found = walker.value(of: Array(quoted.dropFirst().dropLast()), in: walker.root)
                    #expect(found.map { Array(text[$0]) } == member.value.canonicalBytes())
                }
            }
        }
    }

    @Test("a member is found by its key, strings and integers are read at their ranges")
    func find() {
        let value: JSON = ["\n": 0, "\"": 5, "a": 1, "kind": "ї\n", "nested": ["kind": -20], "v": .null, "z\\": []]
        let text = value.canonicalBytes()
        JSONWalker.walk(text.span) { walker in
            let root = walker.root
            #expect(walker.value(of: "kind", in: root).flatMap { walker.string(at: $0) } == "ї\n")
            #expect(walker.value(of: "kind", in: root).flatMap { walker.integer(at: $0) } == nil)
            let nested = walker.value(of: "nested", in: root)
            #expect(nested.flatMap { walker.value(of: "kind", in: $0) }.flatMap { walker.integer(at: $0) } == -20)
            #expect(walker.value(of: "a", in: root).flatMap { walker.integer(at: $0) } == 1)
            #expect(walker.value(of: "a", in: root).flatMap { walker.string(at: $0) } == nil)
            #expect(walker.value(of: "v", in: root).map { walker.holds($0, "null") } == true)
            for absent in ["", "b", "kin", "kinds", "zz", " "] as [StaticString] {
                #expect(walker.value(of: absent, in: root) == nil)
            }
            #expect(walker.value(of: "a", in: walker.value(of: "v", in: root) ?? root) == nil)
        }
    }

    @Test("selected members are copied as they stand")
    func projection() throws {
        let value: JSON = [
            "body": ["x": [1, "}"]], "operation": ["n": 7], "personal": ["name": "Оксана \"О\""], "signature": "s",
        ]
        var output = Array("{".utf8)
        JSONWalker.walk(value.canonicalBytes().span) { walker in
            var members = walker.members(of: walker.root)
            while let member = members.next() {
                if walker.holds(member.key, "personal") || walker.holds(member.key, "signature") { continue }
                if output.count > 1 { output.append(UInt8(ascii: ",")) }
                walker.copy(member.whole, to: &output)
            }
        }
        output.append(UInt8(ascii: "}"))
        #expect(try JSON(canonical: output) == ["body": ["x": [1, "}"]], "operation": ["n": 7]])
    }

    @Test(
        "an escape cut short or unknown in bytes never validated is not resolved beyond its string",
        arguments: [#""\u""#, #""\x""#, #""a\ud8""#, #""\ud800""#, #""\ud800\u""#, #""\uZZZZ""#, #""\""#, #"""#]
    )
    func brokenEscape(_ text: String) {
        JSONWalker.walk(Array(text.utf8).span) { walker in
            let read = walker.string(at: walker.root)
            #expect((read?.utf8.count ?? 0) <= text.utf8.count)
        }
    }

    @Test("on bytes that were never validated the walk still ends within them", arguments: [UInt64(4), 5])
    func anything(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<3000 {
            let text = random.mutated(random.value().canonicalBytes())
            JSONWalker.walk(text.span) { walker in
                for start in 0..<text.count {
                    #expect((start...text.count).contains(walker.end(of: start)))
                    var members = walker.members(of: start..<text.count)
                    while let member = members.next() {
                        _ = walker.text(member.key) + (walker.string(at: member.value) ?? "")
                    }
                    var elements = walker.elements(of: start..<text.count)
                    while let element = elements.next() { _ = walker.integer(at: element) }
                    _ = walker.value(of: "a", in: start..<text.count)
                }
            }
        }
    }

    private func tree(_ walker: JSONWalker, _ range: Range<Int>) -> JSON? {
        switch walker.byte(range.lowerBound) {
        case UInt8(ascii: "{"):
            var object = JSONObject()
            var members = walker.members(of: range)
            while let member = members.next() { object[walker.text(member.key)] = tree(walker, member.value) }
            return .object(object)
        case UInt8(ascii: "["):
            var elements = walker.elements(of: range)
            var values: [JSON?] = []
            while let element = elements.next() { values.append(tree(walker, element)) }
            return .array(values.compactMap { $0 })
        case UInt8(ascii: "\""): return walker.string(at: range).map(JSON.string)
        default:
            if let integer = walker.integer(at: range), integer.magnitude <= JSONLimits.greatestInteger {
                return .integer(integer)
            }
            var output: [UInt8] = []
            walker.copy(range, to: &output)
            return try? JSON(parsing: output, limits: .general)
        }
    }
}
