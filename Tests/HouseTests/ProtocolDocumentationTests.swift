import Replication
import Testing

/// protocol.md names what another team has to know by name; what the tables beside it hold is compared with the code there.
struct ProtocolDocumentationTests {
    private let page = Page("protocol.md")

    @Test("every error code is in protocol.md")
    func errors() { expectNone(page.lacks(ErrorCode.allCases.map(\.rawValue), what: "error code")) }

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
