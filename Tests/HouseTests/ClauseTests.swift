import Conformance
import Testing

/// The clauses that a foreign node is tried by are those of protocol.md.
struct ClauseTests {
    @Test("every clause names a section of protocol.md by its title")
    func sections() throws {
        let lines = try #require(Project.here.text("protocol.md")).split(separator: "\n")
        // A title is in a heading, or begins a paragraph in bold type.
        let titles = lines.filter { $0.hasPrefix("#") || $0.hasPrefix("**") }
        let strange = Clause.allCases.filter { clause in !titles.contains { $0.contains(clause.row.section) } }
        #expect(strange.isEmpty, "\(strange.map { "\($0.rawValue): \($0.row.section)" })")
        #expect(Clause.allCases.count > 90)
    }

    @Test("most clauses that must be have a planted bug that breaks them")
    func planted() throws {
        let bugs = try #require(Project.here.text("Tests/planted/conformance_bugs.py"))
        let broken = Clause.allCases.filter { bugs.contains("\"\($0.rawValue)\"") }
        #expect(broken.count >= 40, "\(broken.count) of \(Clause.allCases.filter(\.isMust).count)")
    }
}
