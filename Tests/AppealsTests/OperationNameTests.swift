import CanonicalJSON
import Testing

@testable import Appeals

@Suite("Names, clocks and merges")
struct OperationNameTests {
    @Test("an identifier is a letter and up to 31 letters, digits and dashes")
    func identifiers() {
        for good in ["a", "zhkg", "a-1", "a" + String(repeating: "b", count: 31)] {
            #expect(Names.isIdentifier(good), "\(good)")
        }
        for bad in ["", "1a", "-a", "A", "a_b", "ж", "a\u{301}", "a b", "a\n", "a" + String(repeating: "b", count: 32)]
        {
            #expect(!Names.isIdentifier(bad), "\(bad)")
        }
    }

    @Test("an appeal's id is a UUID in lower case")
    func appeals() {
        #expect(Names.isAppeal("01995c3a-0000-7000-8000-000000000001"))
        for bad in [
            "", "01995C3A-0000-7000-8000-000000000001", "01995c3a00007000-8000-000000000001-0",
            "01995c3a-0000-7000-8000-00000000000g",
        ] {
            #expect(!Names.isAppeal(bad), "\(bad)")
        }
    }

    @Test("a write is an origin and a number from 1 to 2^53-1, an entity has its own number after a stroke")
    func writes() {
        for good in [
            "zhkg#5b1e90c2:1", "zhkg#5b1e90c2:9007199254740991", "office#7f3c21aa:40211/2", "office#7f3c21aa:1/256",
        ] {
            #expect(WriteName(good) != nil, "\(good)")
        }
        for bad in [
            "", ":", "zhkg:1", "zhkg#5b1e90c2", "zhkg#5b1e90c2:", "zhkg#5b1e90c2:0", "zhkg#5b1e90c2:01",
            "zhkg#5b1e90c2:+1",
            "zhkg#5b1e90c2:9007199254740992", "zhkg#5b1e90c2:1/", "zhkg#5b1e90c2:1/0", "zhkg#5b1e90c2:1/a",
            "zhkg#5b1e90c2:1/1/1",
            "zhkg#5b1e90c2:1/1 ", "zhkg#5b1e90c2: 1", "zhkg#5b1e90c2:١",
        ] { #expect(WriteName(bad) == nil, "\(bad)") }
        #expect(WriteName("zhkg#5b1e90c2:7/3")?.description == "zhkg#5b1e90c2:7")
    }

    @Test("a register's full name has its bare name and its entity")
    func registers() {
        #expect(
            Names.bare("state@zhkg#5b1e90c2:3/1") == "state"
                && Names.entity("state@zhkg#5b1e90c2:3/1") == "zhkg#5b1e90c2:3/1"
        )
        #expect(Names.bare("kind") == "kind" && Names.entity("kind") == nil)
        let fact = FactName(FactName.text("answer", "office#7f3c21aa:2/1", "zhkg#5b1e90c2:5"))
        #expect(fact?.kind == "answer" && fact?.entity == "office#7f3c21aa:2/1" && fact?.write == "zhkg#5b1e90c2:5")
        #expect(FactName("answer") == nil)
        #expect(ItemName("facts/note zhkg#5b1e90c2:5")?.section == .facts)
        #expect(ItemName("secrets/x") == nil && ItemName("facts") == nil)
    }

    @Test("a view reads back from the text of its tenure")
    func views() {
        for text in ["home", "main", "co", "inform", "co:a#00000000:1/1,a#00000000:1/2"] {
            #expect(View(department: "roads", text: text)?.text == text)
        }
        #expect(View(department: "roads", text: "boss") == nil)
    }

    @Test("a clock ticks, never falls, and does not follow one that is more than five minutes ahead")
    func clocks() {
        let clock = HybridClock(milliseconds: 1_000, counter: 0xFFFF)
        #expect(clock.ticked(now: 900) == HybridClock(milliseconds: 1_001))
        #expect(clock.ticked(now: 2_000) == HybridClock(milliseconds: 2_000))
        #expect(HybridClock(milliseconds: 1_000).ticked(now: 1_000) == HybridClock(milliseconds: 1_000, counter: 1))
        #expect(clock.merged(HybridClock(milliseconds: 301_000), now: 1_000).milliseconds == 301_000)
        #expect(clock.merged(HybridClock(milliseconds: 301_001), now: 1_000) == clock)
        #expect(HybridClock(milliseconds: -5, counter: -1) == HybridClock(milliseconds: 0))
        #expect(HybridClock(milliseconds: .max, counter: .max).description == "ffffffffffff-ffff")
        #expect(HybridClock("01995c3a7f10-0003")?.description == "01995c3a7f10-0003")
        for bad in ["", "-", "01995c3a7f10", "01995c3a7f10-003", "01995c3a7f10-0003-", "+1995c3a7f10-0003"] {
            #expect(HybridClock(bad) == nil, "\(bad)")
        }
    }

    @Test("a full clock does not fall when it ticks")
    func lastClock() {
        let last = HybridClock(milliseconds: 0xFFFF_FFFF_FFFF, counter: 0xFFFF)
        #expect(last.ticked(now: 0) >= last)
    }

    // MARK: merge

    /// Items whose value is a function of name and commit, as an office's are.
    private func aggregate(_ random: inout SplitMix) -> Appeals.Aggregate {
        var aggregate = Appeals.Aggregate(id: Scene.appeal)
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            let section = Section.allCases.randomElement(using: &random) ?? .registers
            let name = "n\(Int.random(in: 0..<6, using: &random))"
            let commit = Int64.random(in: 1...9, using: &random)
            aggregate[section, name] = Item(
                value: .string("\(section) \(name) \(commit)"),
                write: "office#7f3c21aa:\(commit)",
                commit: commit
            )
        }
        return aggregate
    }

    private func merged(_ parts: Appeals.Aggregate...) -> Appeals.Aggregate {
        var result = parts[0]
        for part in parts.dropFirst() { result.merge(part) }
        return result
    }

    @Test("merging is commutative, associative and idempotent")
    func merge() {
        var random = SplitMix(state: 20_260_210)
        var wrong = 0
        for _ in 0..<2_000 {
            let a = aggregate(&random), b = aggregate(&random), c = aggregate(&random)
            if merged(a, b) != merged(b, a) { wrong += 1 }
            if merged(merged(a, b), c) != merged(a, merged(b, c)) { wrong += 1 }
            if merged(a, a) != a || merged(merged(a, b), b) != merged(a, b) { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    @Test("merging says what changed, and that is all that changed")
    func changed() {
        var random = SplitMix(state: 7)
        var wrong = 0
        for _ in 0..<500 {
            let before = aggregate(&random)
            var after = before
            let changed = Set(after.merge(aggregate(&random)))
            if !after.allNames.allSatisfy({ (before[$0] == after[$0]) != changed.contains($0) }) { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    @Test("an aggregate reads back from its bytes")
    func bytes() throws {
        var random = SplitMix(state: 11)
        for _ in 0..<200 {
            let one = aggregate(&random)
            let isSame = try Appeals.Aggregate(parsing: one.bytes) == one
            #expect(isSame)
        }
    }

    @Test(
        "what is no aggregate is refused",
        arguments: [
            "", "[]", "{}", #"{"id":1}"#, #"{"id":"x","registers":{}}"#, #"{"id":"x","secrets":{}}"#,
            #"{"id":"x","facts":[]}"#,
            #"{"facts":{"n":["v","w"]},"id":"x"}"#,
            #"{"facts":{"n":["v",1,1]},"id":"x"}"#, #"{"facts":{"n":["v","w","1"]},"id":"x"}"#,
            #"{"facts":{"n":["v","w",1,2]},"id":"x"}"#,
        ]
    )
    func noAggregate(text: String) {
        #expect(throws: AggregateError.self) { try Appeals.Aggregate(parsing: Array(text.utf8)) }
    }
}
