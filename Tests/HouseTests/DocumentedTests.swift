import Testing

/// What other targets call says what it takes and gives.
struct DocumentedTests {
    /// Rooms in which every public function has a doc comment, and every initializer that can fail.
    ///
    /// An initializer that takes a value's members one by one has nothing to add to them. `Sources/Replication` is stricter
    /// (`CommentTests`). A room that is added here stays.
    private static let rooms = [
        "Commands", "Conformance", "Desk", "Node", "SimulatedDisk", "Simulator", "Storage", "Transport",
        "benchmark", "kartoteka",
    ].map { "Sources/\($0)/" }

    private static func undocumented(in source: SwiftSource) -> [Violation] {
        guard rooms.contains(where: source.path.hasPrefix) else { return [] }
        return Comments.undocumented(in: source).filter { violation in
            !isPlain(source.code[(violation.line - 1)...].prefix(20))
        }
    }

    /// Whether a declaration is an initializer that always gives a value.
    private static func isPlain(_ lines: ArraySlice<String>) -> Bool {
        guard let first = lines.first, SwiftSource.words(first).contains("init") else { return false }
        let end = lines.firstIndex { $0.contains("{") } ?? lines.startIndex
        let head = lines[...end].joined(separator: " ")
        let declared = head.prefix { $0 != "{" }
        return !declared.contains("init?") && !SwiftSource.words(String(declared)).contains("throws")
    }

    @Test("every function that a room gives to other targets has a doc comment")
    func rooms() {
        let sources = Project.sources.filter { source in Self.rooms.contains(where: source.path.hasPrefix) }
        for room in Self.rooms {
            #expect(sources.contains { $0.path.hasPrefix(room) }, "\(room) is no room")
        }
        expectNone(sources.flatMap(Self.undocumented))
    }

    @Test("a public function, and an initializer that can fail, without a doc comment are found")
    func planted() {
        let text = """
            public struct A {
                /// Says so.
                public func told() {}
                public func bare() {}
                package static func also(
                    _ a: Int
                ) -> Int { a }
                func own() {}
                package init(a: Int) { throwing(a) }
                package init?(_ text: String) {}
                package init(
                    _ text: String
                ) throws(Failure) {}
                public subscript(_ a: Int) -> Int { a }
            }
            """
        func lines(_ path: String) -> [Int] { Self.undocumented(in: SwiftSource(path, text)).map(\.line) }
        #expect(lines("Sources/Desk/Reading/A.swift") == [4, 5, 10, 11, 14])
        #expect(lines("Sources/CanonicalJSON/A.swift").isEmpty)
    }
}
