import Appeals
import Replication
import Testing

@Suite("Names in protocol.md")
struct NamesInDocumentTests {
    private func expect(_ names: [String], _ what: String) throws {
        let text = try VectorFiles.documentText()
        for name in names { #expect(text.contains("`\(name)`"), "protocol.md does not name the \(what) \(name)") }
    }

    @Test("every kind of operation is there") func kinds() throws { try expect(Kinds.all.map(\.name), "kind") }

    @Test("every kind has its row of what it writes and what must hold")
    func effects() throws {
        let rows = try VectorFiles.documentText().split(separator: "\n")
        for kind in Kinds.all {
            let own = rows.filter { $0.hasPrefix("| `\(kind.name)` |") }
            #expect(own.count == 2, "\(kind.name) has a row of form and one of effects and guards")
        }
    }

    @Test("every register and every fact is there")
    func policy() throws {
        try expect(Policy.registers.map(\.name), "register")
        try expect(Policy.facts.map(\.name), "fact")
    }

    @Test("every reason, outcome, error code, party, state of an assignment and role is there")
    func codes() throws {
        try expect(Reason.allCases.map(\.rawValue), "reason")
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

    @Test(
        "every constant of the limits is there",
        arguments: ["Sources/Appeals/Limits.swift", "Sources/Replication/ReplicationLimits.swift"]
    )
    func limits(path: String) throws {
        let names = try VectorFiles.source(path).split(separator: "\n").compactMap { line -> String? in
            let words = line.split(whereSeparator: { " :=".contains($0) })
            guard words.starts(with: ["public", "static"]), words.count > 3 else { return nil }
            return (path.contains("Replication") ? "" : "Limits.") + words[3]
        }
        #expect(names.count > 8)
        try expect(names, "limit")
    }
}
