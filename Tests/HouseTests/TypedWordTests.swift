import Replication
import Testing

/// Calls, keys of values and states are named by their types, and every switch over them names each case.
struct TypedWordTests {
    /// Whose words are looked at: the files that may write them by hand are left out.
    private static let sources = Project.swift.filter { !TypedWords.mayWrite($0.path) }

    @Test("no path of a call is written by hand")
    func calls() {
        #expect(Self.sources.count > 300)
        expectNone(Self.sources.flatMap(TypedWords.calls))
    }

    @Test("no key of the value table is written by hand, in tests neither")
    func keys() {
        let own = "Sources/Replication/Store/Values.swift"
        expectNone(
            Project.swift.filter { $0.path != own && !$0.path.hasPrefix("Tests/HouseTests/") }.flatMap(TypedWords.keys)
        )
    }

    @Test("no state, decision or kind of the tray is written as a string")
    func states() { expectNone(Self.sources.flatMap(TypedWords.states)) }

    @Test("no switch over a call, a state, a code or an outcome has a default")
    func defaults() { expectNone(Project.sources.flatMap(TypedWords.defaults)) }

    @Test("each that breaks the rule is found by line")
    func planted() {
        let source = SwiftSource(
            "Sources/Replication/A.swift",
            """
            let a = WireRequest("POST", "/sync/v1/push") // "/sync/v1/pull"
            // "/sync/v1/pull"
            let b = try reading.value("commit"), c = row.value("commit")
            let d = "setAside/" + name, e = try transaction.setValue("filler", "x")
            if item.value["state"]?.string == "open" { value["state"] = "settled" }
            let f = TrayRecord(kind: "alarm"), g = json["outcome"], h = ["open": 1]
            let i: JSON = ["state": "waiting"]
                switch request.call {
                case .push, .pull: f()
                default: break
                }
                switch letter {
                case .a: f()
                default: break
                }
                switch request.call {
                case .push: f()
                case .hello, .pull, nil: break
                }
            """
        )
        #expect(TypedWords.calls(in: source).map(\.line) == [1])
        #expect(TypedWords.keys(in: source).map(\.line) == [3, 4])
        #expect(TypedWords.states(in: source).map(\.line) == [5, 6, 7])
        #expect(TypedWords.defaults(in: source).map(\.line) == [10])
    }

    @Test("the list of values has every value that is declared, and every key once")
    func values() throws {
        let path = "Sources/Replication/Store/Values.swift"
        let text = try #require(Project.here.text(path))
        let names = text.split(separator: "package static let ").dropFirst().compactMap { part -> String? in
            let words = part.split(separator: " ", maxSplits: 3)
            return words[2].hasPrefix("Value") ? String(words[0]) : nil
        }
        #expect(names.count == Values.all.count && names.count > 60)
        for name in names { #expect(text.contains(" \(name).entry,"), "\(name) is not in the list") }
        for owner in ValueOwner.allCases {
            let keys = Values.all.filter { $0.owner == owner || $0.owner == .both || owner == .both }.map(\.key)
            if owner != .both { #expect(Set(keys).count == keys.count, "\(owner)") }
        }
        #expect(Values.all.allSatisfy { !$0.meaning.isEmpty && !$0.meaning.contains("\n") })
    }
}
