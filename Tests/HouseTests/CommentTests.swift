import Testing

/// The engine says what it takes and gives, where it is called.
struct CommentTests {
    /// What was reached: it cannot fall.
    private static let density = 12

    @Test("every function of Replication that others call has a doc comment")
    func functions() {
        expectNone(
            Project.sources.filter { $0.path.hasPrefix("Sources/Replication/") }.flatMap(Comments.undocumented)
        )
    }

    @Test("comments do not become fewer")
    func density() {
        let density = Comments.density(of: Project.sources)
        #expect(density >= Double(Self.density), "\(density) comment lines in a hundred")
    }

    @Test("a public function without a doc comment is found, in a room also an internal one")
    func planted() {
        let text = """
            extension A {
                /// Says so.
                @discardableResult
                public func told(_ a: Int = 1) {
                    func within() {}
                }
                public func bare() {}
                func internalOne() {}
                private func own() {}
                public static func == (a: A, b: A) -> Bool { true }
                init(_ a: Int) {}
            }
            """
        func lines(_ path: String) -> [Int] { Comments.undocumented(in: SwiftSource(path, text)).map(\.line) }
        #expect(lines("Sources/Replication/Store/A.swift") == [7, 10])
        #expect(lines("Sources/Replication/Link/A.swift") == [7, 8, 10, 11])
    }

    @Test("one comment line in four is a density of 25")
    func counted() {
        let count = Comments.count(in: SwiftSource("Sources/A.swift", "/// One.\n\n    // two\nlet a = 1  // three\n"))
        #expect(count.comments == 2 && count.code == 1)
        #expect(Comments.density(of: [SwiftSource("Sources/B.swift", "// a\nb\nc\nd\n")]) == 25)
        #expect(Comments.density(of: []) == 0)
    }
}
