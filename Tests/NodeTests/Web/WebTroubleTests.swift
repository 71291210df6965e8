import Desk
import Replication
import Testing

@testable import Node
@testable import Web

/// What is written down of an error that nobody expected.
struct WebTroubleTests {
    private struct Odd: Error, CustomStringConvertible { let description = "Петренко Ганна" }

    @Test("a paper that could not be drawn is told by what the program lacked")
    func papers() {
        let cause = "kartoteka-paper: a font is missing"
        #expect(NodeDaemon.cause(UndrawnPaper(description: cause)) == cause)
    }

    @Test("a refusal that repeats what somebody typed, and an error of whatever kind, are told by their kind alone")
    func masked() {
        let refusal = DeskError(.usage, "wrongPhone", uk: "«Петренко Ганна» — не телефон", en: "\"Петренко\" is none")
        #expect(NodeDaemon.cause(refusal) == "usage wrongPhone")
        #expect(NodeDaemon.cause(Odd()) == "Odd")
    }
}
