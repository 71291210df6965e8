import CanonicalJSON
import Testing

@testable import Appeals

/// Operations that are unknown or malformed.
extension JudgeOutcomeTests {
    @Test("a kind that is not known, or a newer schema, is held until the upgrade")
    func newer() throws {
        let scene = try Scene.atWork()
        #expect(
            try scene.act("visit.recorded", by: "roads/inspector/inspector", ["anything": [1, 2]]).text == "held newer"
        )
        let signed = scene.compose("note.added", by: "roads/clerk/clerk", ["mood": "добрий"], personal: ["text": "x"]) {
            $0.schema = Kinds.schema + 1
        }
        #expect(try scene.deliver(signed).outcome.text == "held newer")
    }

    @Test("a field that does not fit is refused with its path", arguments: JudgeOutcomeTests.misfits)
    func misfit(_ misfit: Misfit) throws {
        let scene = try Scene.atWork()
        let outcome = try scene.deliver(misfit.make(scene)).outcome
        #expect(outcome.text == misfit.text)
        #expect(outcome.path == misfit.path)
    }

    struct Misfit: Sendable, CustomTestStringConvertible {
        let path: String
        let text: String
        let make: @Sendable (Scene) -> SignedOperation
        var testDescription: String { path + " " + text }

        init(_ path: String, _ reason: Reason, _ make: @escaping @Sendable (Scene) -> SignedOperation) {
            self.path = path
            text = "refused \(reason.rawValue)"
            self.make = make
        }
    }

    static func note(
        _ change: @escaping @Sendable (inout Operation) -> Void
    ) -> @Sendable (Scene) -> SignedOperation {
        { $0.compose("note.added", by: "roads/clerk/clerk", personal: ["text": "x"], change: change) }
    }

    static let misfits: [Misfit] = [
        Misfit("body.colour", .unknownField, note { $0.body["colour"] = "red" }),
        Misfit("personal.colour", .unknownField, note { $0.personal?["colour"] = "red" }),
        Misfit("personal.text", .missingField, note { $0.personal?["text"] = nil }),
        Misfit("personal", .missingField, note { $0.personal = nil }),
        Misfit("body.salt", .wrongType, note { $0.body["salt"] = "кава" }),
        Misfit("body.salt", .wrongType, note { $0.body["salt"] = nil }),
        Misfit("personal.salt", .wrongType, note { $0.personal?["salt"] = .string(String(repeating: "A", count: 32)) }),
        Misfit("personal.text", .wrongType, note { $0.personal?["text"] = 7 }),
        Misfit("personal.text", .wrongType, note { $0.personal?["text"] = .null }),
        Misfit("body.assignment", .wrongType) { $0.about("answer.drafted", "roads") { $0["assignment"] = "roads" } },
        Misfit("body.assignment", .wrongType) {
            $0.about("answer.drafted", "roads") { $0["assignment"] = "roads#5b1e90c2:1/1 x" }
        },
        Misfit("body.assignment", .wrongType) {
            $0.about("answer.drafted", "roads") { $0["assignment"] = "roads#5b1e90c2:1/" }
        },
        Misfit("body.final", .wrongType) { $0.about("answer.drafted", "roads") { $0["final"] = "так" } },
        Misfit("body.result", .wrongType) { $0.about("answer.drafted", "roads") { $0["result"] = "9.1" } },
        Misfit("body.date", .wrongType) { $0.about("feedback.recorded", "roads") { $0["date"] = "2026-02-30" } },
        Misfit("body.date", .wrongType) { $0.about("feedback.recorded", "roads") { $0["date"] = "30.01.2026" } },
        Misfit("body.person", .wrongType) { $0.about("assignment.accepted", "roads") { $0["person"] = "Іван" } },
        Misfit("body.results.issues[0].result", .missingField) {
            $0.about("answer.drafted", "roads") { $0["results"] = ["issues": [["issue": "office#5b1e90c2:1/1"]]] }
        },
        Misfit("body.assignments[0].role", .wrongType) {
            $0.resolution(main: nil) { $0["assignments"] = [["department": "roads", "role": "boss"]] }
        },
        Misfit("body.assignments[0].colour", .unknownField) {
            $0.resolution(main: nil) { $0["assignments"] = [["department": "roads", "role": "main", "colour": 1]] }
        },
        Misfit("body.supersedes", .wrongType) {
            $0.resolution(main: "roads") { $0["supersedes"] = "office#5b1e90c2:2/1" }
        },
        Misfit("body.fields.text", .notCorrectable) {
            $0.compose("appeal.corrected", by: "office/olena/registrar", ["fields": ["text": "Інше"]])
        },
        Misfit("body.fields.mood", .notCorrectable) {
            $0.compose("appeal.corrected", by: "office/olena/registrar", ["fields": ["mood": "добрий"]])
        },
        Misfit("body.fields.applicant.name", .notCorrectable) {
            $0.compose("appeal.corrected", by: "office/olena/registrar", ["fields": ["applicant.name": "Іваненко"]])
        },
        Misfit("body.fields.signatories", .outOfRange) {
            $0.compose("appeal.corrected", by: "office/olena/registrar", ["fields": ["signatories": 0]])
        },
        Misfit("body.fields", .missingField) {
            $0.compose("appeal.corrected", by: "office/olena/registrar", ["fields": [:]])
        },
    ]

    @Test("a text is taken at its limit of bytes and refused one byte past it")
    func textLimit() throws {
        let scene = try Scene.atWork()
        func text(_ bytes: Int) -> JSONObject {
            ["text": .string(String(repeating: "ї", count: bytes / 2) + String(repeating: "x", count: bytes % 2))]
        }
        #expect(try scene.act("note.added", by: "roads/clerk/clerk", personal: text(Limits.text)).text == "accepted")
        #expect(
            try scene.act("note.added", by: "roads/clerk/clerk", personal: text(Limits.text + 1)).text
                == "refused tooLong"
        )
    }

    @Test("a string is taken at its limit of bytes and refused one byte past it")
    func stringLimit() throws {
        let scene = try Scene.atWork()
        func fields(_ bytes: Int) -> JSONObject {
            ["fields": ["addressee": .string(String(repeating: "a", count: bytes))]]
        }
        #expect(
            try scene.act("appeal.corrected", by: "office/olena/registrar", fields(Limits.string)).text == "accepted"
        )
        #expect(
            try scene.act("appeal.corrected", by: "office/olena/registrar", fields(Limits.string + 1)).text
                == "refused tooLong"
        )
    }

    @Test("an array is taken at its limit of elements and refused one past it")
    func arrayLimit() throws {
        func complained(_ count: Int) -> JSON { .array((0..<count).map { ["outside": .string("d\($0)")] }) }
        let scene = Scene()
        #expect(
            try scene.registers { $0["complainedAgainst"] = complained(Limits.elements + 1) }.text
                == "refused tooMany"
        )
        #expect(try scene.registers { $0["complainedAgainst"] = complained(Limits.elements) }.text == "accepted")
    }

    @Test("every reason has its sentence in both languages, and every status")
    func sentences() {
        for reason in Reason.allCases { #expect(Reason.sentences[reason] != nil, "\(reason)") }
        for status in OutcomeStatus.allCases { #expect(!status.ukrainian.isEmpty && !status.english.isEmpty) }
    }

    @Test("an outcome reads back as it was written")
    func roundTrip() throws {
        let scene = try Scene.atWork()
        var outcome = try scene.act("note.added", by: "roads/stranger/clerk", personal: ["text": "x"])
        outcome.first = "roads#5b1e90c2:1"
        outcome.registers = ["kind": .conflict]
        outcome.flags = ["clockAhead"]
        #expect(Outcome(outcome.json) == outcome)
        #expect(Outcome(["outcome": "accepted"]) == nil)
    }
}
