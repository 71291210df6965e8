import Appeals
import Replication
import Testing

/// protocol.md names everything that another team has to know by name.
struct ProtocolDocumentationTests {
    private let page = Page("protocol.md")

    @Test("every error code is in protocol.md")
    func errors() { expectNone(page.lacks(ErrorCode.allCases.map(\.rawValue), what: "error code")) }

    @Test("every reason of an outcome is in protocol.md")
    func reasons() { expectNone(page.lacks(Reason.allCases.map(\.rawValue), what: "reason")) }

    @Test("every kind of operation is in protocol.md")
    func kinds() { expectNone(page.lacks(Kinds.all.map(\.name), what: "kind of operation")) }

    @Test("every register of the policy table is in protocol.md")
    func registers() { expectNone(page.lacks(Policy.registers.map(\.name), what: "register")) }

    @Test("every fact of the policy table is in protocol.md")
    func facts() { expectNone(page.lacks(Policy.facts.map(\.name), what: "fact")) }

    @Test("a name that a page lacks is found, and only code counts as naming it")
    func planted() {
        let page = Page(
            "protocol.md",
            """
            The index of a due.cap is no name, `state@entity` is, and `due.statutory.` too.
            ```json
            {"kind":"note.added"}
            ```
            """
        )
        #expect(page.lacks(["state", "note.added", "due.statutory"], what: "name").isEmpty)
        #expect(page.lacks(["index", "due.cap", "note", "due"], what: "name").count == 4)
        #expect(Page("protocol.md", nil).lacks(["index"], what: "name").map(\.found) == ["the page is missing"])
    }
}
