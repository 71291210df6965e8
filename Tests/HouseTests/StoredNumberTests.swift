import Testing

/// What a store keeps as text and means as a number is read in one way, which tells what cannot be read.
struct StoredNumberTests {
    @Test("no number of a store is read but by number(_:) or numbers(_:count:)")
    func oneWay() {
        let paths = Project.here.paths.filter {
            $0.hasSuffix(".swift") && ($0.hasPrefix("Sources/Replication/") || $0.hasPrefix("Sources/Node/"))
                && !$0.hasSuffix("/Numbers.swift")
        }
        #expect(paths.count > 100)
        for path in paths {
            for (place, line) in (Project.here.text(path) ?? "").split(
                separator: "\n",
                omittingEmptySubsequences: false
            )
            .enumerated() where Self.reads(String(line)) {
                Issue.record("\(path):\(place + 1): a number of the store is read by hand: \(line)")
            }
        }
    }

    @Test("one that is read by hand is found")
    func planted() {
        #expect(Self.reads(#"Int64(try reading.value("commit") ?? "0") ?? 0"#))
        #expect(Self.reads(#"try $0.value("schema").flatMap { Int64($0) }"#))
        #expect(!Self.reads(#"try transaction.number("commit") ?? 0"#) && !Self.reads(#"let id = Int64(text)"#))
    }

    private static func reads(_ line: String) -> Bool {
        line.contains(".value(") && (line.contains("Int64(") || line.contains("Int("))
    }
}
