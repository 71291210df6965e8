import Appeals
import CanonicalJSON
import Replication
import Testing

@Suite("Names in protocol.md")
struct NamesInDocumentTests {
    private func expect(_ names: [String], _ what: String) throws {
        let text = try VectorFiles.documentText()
        for name in names { #expect(text.contains("`\(name)`"), "protocol.md does not name the \(what) \(name)") }
    }

    @Test("every outcome, error code, party, state of an assignment and role is there")
    func codes() throws {
        try expect(OutcomeStatus.allCases.map(\.rawValue), "outcome")
        try expect(ErrorCode.allCases.map(\.rawValue), "error code")
        try expect(Party.allCases.map(\.rawValue), "party")
        try expect(AssignmentState.allCases.map(\.rawValue), "state")
        try expect(Kinds.officeRoles.union(Kinds.departmentRoles).sorted(), "role")
        try expect(["enter", "put", "leave", "erase", "outcome"], "entry")
    }

    @Test("every choice of every disagreement is there")
    func choices() throws {
        for rule in ["C1", "C2", "C3", "C6", "C8", "C9", "C12"] {
            try expect([rule] + Disagreements.choices(rule), "rule or choice")
        }
    }

    /// The names of the rows of a table of `deploy/protocol/`.
    private func rows(_ table: String, _ key: String) throws -> Set<String> {
        let text = try #require(VectorFiles.text(table + ".json"))
        return Set((try JSON(parsing: Array(text.utf8)).array ?? []).compactMap { $0[key]?.string })
    }

    @Test("every table has a row for each thing that the code knows")
    func tables() throws {
        let kinds = Set(Kinds.all.map(\.name))
        #expect(try rows("kinds", "kind") == kinds && rows("effects", "kind") == kinds)
        #expect(try rows("registers", "register") == Set(Policy.registers.map(\.name)))
        #expect(try rows("facts", "fact") == Set(Policy.facts.map(\.name)))
        #expect(try rows("reasons", "reason") == Set(Reason.allCases.map(\.rawValue)))
        #expect(try rows("reasons", "error") == Set(ErrorCode.allCases.map(\.rawValue)))
    }

    @Test("every section that the page refers to is there, and the sections are numbered one after the other")
    func sections() throws {
        let text = try VectorFiles.documentText()
        let titles = text.split(separator: "\n").filter { $0.hasPrefix("## ") || $0.hasPrefix("### ") }
        let numbers = titles.compactMap { title in
            title.split(separator: " ").dropFirst().first.map { $0.hasSuffix(".") ? String($0.dropLast()) : String($0) }
        }.filter { $0.first?.isNumber == true }
        #expect(numbers.filter { !$0.contains(".") } == (1...numbers.count { !$0.contains(".") }).map(String.init))
        let named = text.matches(of: /sections? (\d+(?:\.\d+)?)(?:(?:, | and | to )(\d+(?:\.\d+)?))*/)
        #expect(named.count > 50)
        for match in named {
            for number in [match.1, match.2].compactMap({ $0 }) {
                #expect(numbers.contains(String(number)), "\(match.0): there is no section \(number)")
            }
        }
    }

    @Test("the page says the guards of every kind that has some")
    func guards() throws {
        let rows = try VectorFiles.source("deploy/protocol/guards.md").split(separator: "\n")
        // Kinds that take effect whatever the appeal is like.
        let free: Set = [
            "note.added", "feedback.recorded", "document.recorded", "appeal.erased", "department.put", "person.put",
            "role.granted", "role.revoked", "calendar.put",
        ]
        for kind in Kinds.all where !free.contains(kind.name) {
            #expect(rows.count { $0.hasPrefix("| `\(kind.name)` |") } == 1, "\(kind.name) has a row of its guards")
        }
    }

    @Test(
        "every constant of the limits has its row",
        arguments: ["Sources/Appeals/Acts/Limits.swift", "Sources/Replication/Wire/ReplicationLimits.swift"]
    )
    func limits(path: String) throws {
        let names = try VectorFiles.source(path).split(separator: "\n").compactMap { line -> String? in
            let words = line.split(whereSeparator: { " :=".contains($0) })
            guard words.starts(with: ["public", "static"]), words.count > 3 else { return nil }
            return (path.contains("Replication") ? "" : "Limits.") + words[3]
        }
        #expect(names.count > 8)
        #expect(try Set(names).subtracting(rows("limits", "limit")).isEmpty)
    }
}
