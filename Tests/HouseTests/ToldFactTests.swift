import Appeals
import Commands
import Desk
import Testing

/// What people record is told on the card: step 4 of "To add a kind of operation".
struct ToldFactTests {
    /// Fields that a line tells in other words, or need not.
    private static let otherwise = [
        "assignment": "whose it is: the line stands under it", "version": "the name of the answer's own line",
        "final": "[preliminary]", "results": "beside the questions", "by": "kept and told as channel",
    ]

    /// Fields of a kind that records a fact and no legal act, of which a line says nothing.
    static func untold(_ kind: Kind) -> [String] {
        (kind.fields + kind.personal).map(\.name).filter { !ShownFact.told.contains($0) && otherwise[$0] == nil }
    }

    /// Kinds whose facts are lines of a card; those that write registers are on it as registers.
    private static let recording = Kinds.appeal.filter { kind in
        !kind.isAtomic
            && !["appeal.corrected", "contact.added", "contact.removed", "person.assigned"].contains(kind.name)
    }

    @Test("a field that a fact keeps is told on the card")
    func told() {
        #expect(Self.recording.count >= 5)
        for kind in Self.recording { #expect(Self.untold(kind) == [], "\(kind.name)") }
    }

    @Test("a kind whose fields nobody tells is found")
    func planted() throws {
        #expect(try Self.untold(#require(Kinds.named("contact.added"))) == ["phone", "phoneTyped", "email"])
    }
}
