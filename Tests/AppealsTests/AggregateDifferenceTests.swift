import CanonicalJSON
import Testing

@testable import Appeals

/// What differs between two states, however they came to be.
@Suite("Two states of an appeal")
struct AggregateDifferenceTests {
    /// Chance without a seed of its own: the same numbers every time.
    private struct Numbers {
        var state: UInt64 = 1
        mutating func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
    }

    private static let names = [
        ItemName(.conflicts, "due n#1:1"), ItemName(.facts, "note n#1:1"), ItemName(.facts, "note n#1:2"),
        ItemName(.held, "n#1:3"), ItemName(.registers, "index"), ItemName(.registers, "state@n#1:4/1"),
    ]

    /// A state after some changes, now and then read again from its text, now and then shown in part.
    private func changed(_ start: Aggregate, _ numbers: inout Numbers) throws -> Aggregate {
        var aggregate = start
        for _ in 0..<numbers.below(5) {
            guard let name = Self.names.dropFirst(numbers.below(Self.names.count)).first else { continue }
            let commit = Int64(numbers.below(3))
            let value: JSON = .string("text that is longer than eight bytes \(commit)")
            aggregate[name] = numbers.below(3) == 0 ? nil : Item(value: value, write: "n#1:9", commit: commit)
        }
        if numbers.below(3) == 0 {
            let hidden = Self.names[numbers.below(Self.names.count)]
            aggregate = aggregate.filtered { ItemName($0, $1) != hidden }
        }
        return numbers.below(2) == 0 ? try Aggregate(parsing: aggregate.bytes) : aggregate
    }

    @Test("differ in the same items, whatever of them was read and whatever lies over it")
    func differences() throws {
        var numbers = Numbers()
        var differences = 0
        for _ in 0..<3_000 {
            let start = try changed(Aggregate(id: "a"), &numbers)
            let (one, other) = (try changed(start, &numbers), try changed(start, &numbers))
            let (found, gone) = one.difference(from: other)
            #expect(found == Self.names.filter { one[$0] != nil && one[$0] != other[$0] })
            #expect(gone == Self.names.filter { one[$0] == nil && other[$0] != nil })
            differences += found.count + gone.count
        }
        #expect(differences > 1_000)
    }

    @Test("hold a write in the section in which it put something")
    func writes() throws {
        var aggregate = Aggregate(id: "a")
        aggregate[.facts, "note n#1:1"] = Item(value: "text", write: "n#1:1", commit: 1)
        for state in [aggregate, try Aggregate(parsing: aggregate.bytes)] {
            #expect(state.holds(.facts, by: "n#1:1"))
            #expect(!state.holds(.facts, by: "n#1:11"))
            #expect(!state.holds(.registers, by: "n#1:1"))
            #expect(!state.filtered { section, _ in section != .facts }.holds(.facts, by: "n#1:1"))
        }
    }
}
