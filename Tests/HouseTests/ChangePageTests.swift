import Appeals
import Replication
import Testing

@testable import Storage

/// The page of changes tells what became of every number that a node of another release may meet.
struct ChangePageTests {
    /// Whatever raises one of them owes the page a line that names it so.
    private static let numbers: [(name: String, value: Int64)] = [
        ("protocol", Limits.version), ("kinds", Kinds.schema), ("foldings", Sameness.schema),
        ("projection", Projection.version), ("migration", Schema.version),
    ]

    @Test("deploy/CHANGES.md begins with this version, and has a line for each number that it raised")
    func changes() throws {
        let page = try ChangePage(#require(Project.here.text("deploy/CHANGES.md")))
        expectNone(page.violations(version: Program.version, numbers: Self.numbers))
    }

    @Test("a version, a number and a line that are missing are found")
    func planted() {
        let page = ChangePage(
            """
            # Changes

            ## 0.2.0 (1 May)

            Numbers: protocol 1, migration 4.

            ### Safety

            - Debts are rows
              (migration 3).

            ### Features

            ### Internals

            ## 0.1.0 (1 April)

            Numbers: protocol 1, migration 2.
            """
        )
        func found(_ version: String, _ migration: Int64) -> [String] {
            page.violations(version: version, numbers: [("protocol", 1), ("migration", migration)]).map(\.found)
        }
        #expect(found("0.2.0", 4) == ["no line of 0.2.0 names migration 4"])
        #expect(found("0.2.0", 3) == ["0.2.0 does not say \"Numbers: protocol 1, migration 3.\""])
        #expect(found("0.3.0", 4).first == "the first release is 0.2.0, the program 0.3.0")
    }
}
