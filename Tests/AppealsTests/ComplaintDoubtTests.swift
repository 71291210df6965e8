import CanonicalJSON
import Testing

@testable import Appeals

/// Every act on an appeal of which it is not certain whom it complains about: a row each.
@Suite("A complaint about nobody knows whom yet")
struct ComplaintDoubtTests {
    /// What is known of the party.
    enum Doubt: CaseIterable {
        /// Somebody who is not the city's: nothing stands in the way.
        case outside
        /// A name that nobody has resolved.
        case unresolved
        /// Two names, of which one has to be chosen: also a disagreement, which every end waits for.
        case disputed
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let kind: String
        /// Up to where the act can be done.
        let scene: @Sendable () throws -> Scene
        let act: @Sendable (Scene) throws -> Outcome
        /// The reasons of the refusals; nil where it goes on.
        var unresolved: String?
        var disputed: String?

        var testDescription: String { kind }
        func reason(_ doubt: Doubt) -> String? {
            switch doubt {
            case .outside: nil
            case .unresolved: unresolved
            case .disputed: disputed
            }
        }
    }

    private static let registrar = "office/olena/registrar"
    private static let specialist = "office/iryna/specialist"

    @Sendable private static func registered() throws -> Scene {
        let scene = Scene()
        try scene.registers()
        return scene
    }
    @Sendable private static func assigned() throws -> Scene {
        let scene = try registered()
        try scene.assigns(main: "roads")
        return scene
    }
    @Sendable private static func atWork() throws -> Scene { try Scene.atWork() }
    @Sendable private static func drafted() throws -> Scene {
        let scene = try Scene.atWork()
        for kind in ["answer.drafted", "feedback.recorded"] { try scene.does(kind, "roads") }
        return scene
    }
    @Sendable private static func approved() throws -> Scene {
        let scene = try drafted()
        try scene.does("answer.approved", "roads")
        return scene
    }
    @Sendable private static func submitted() throws -> Scene { try Scene.submitted() }
    @Sendable private static func answered() throws -> Scene { try Scene.answered() }
    @Sendable private static func removed() throws -> Scene {
        let scene = try Scene.answered()
        try scene.removesFromControl()
        return scene
    }
    /// An approval waits, since its author's role had ended.
    @Sendable private static func waiting() throws -> Scene {
        let scene = try drafted()
        let approval = scene.about("answer.approved", "roads")
        scene.world.roles["roads/head/head"] = .expired
        try scene.deliver(approval)
        return scene
    }
    /// Roads lost the appeal to water while its head approved without a network.
    @Sendable private static func reassigned() throws -> Scene {
        let scene = try drafted()
        let before = scene.appeal
        try scene.assigns(main: "water", supersedes: [scene.assignment(of: "roads")])
        try scene.deliver(scene.about("answer.approved", "roads", on: before))
        return scene
    }
    @Sendable private static func contradicted() throws -> Scene {
        let scene = try atWork()
        try scene.deliver(scene.corrects("applicant.name", "Іваненко", by: "roads/clerk/clerk"))
        return scene
    }

    private static func office(
        _ kind: String,
        _ body: JSONObject,
        personal: JSONObject? = nil
    )
        -> @Sendable (Scene)
        throws -> Outcome
    { { try $0.act(kind, by: specialist, body, personal: personal) } }

    private static func roads(_ kind: String, _ body: JSONObject = [:]) -> @Sendable (Scene) throws -> Outcome {
        { scene in
            try scene.does(kind, "roads") { for (key, value) in body.members { $0[key] = value } }
        }
    }

    private static let rows: [Row] = cards + executions + decisions

    private static let cards: [Row] = [
        Row(kind: "appeal.corrected", scene: registered) {
            try $0.deliver($0.corrects("applicant.name", "Іваненко", by: registrar)).outcome
        },
        Row(
            kind: "receipt.corrected",
            scene: registered,
            act: office(
                "receipt.corrected",
                [
                    "receivedAt": "2026-02-02T16:00:00+02:00", "registeredOn": "2026-02-02", "reason": "x",
                    "due": [
                        "statutory": "2026-03-04", "control": "2026-03-04", "basis": "month", "calendar": "2026-1",
                    ],
                ]
            )
        ),
        Row(
            kind: "contact.added",
            scene: registered,
            act: office("contact.added", [:], personal: ["phone": "+380670000002"])
        ),
        Row(kind: "contact.removed", scene: registered) {
            let contact = $0.appeal.entities(with: "contact.phone").first ?? ""
            return try $0.act("contact.removed", by: registrar, ["contact": .string(contact)])
        },
        Row(kind: "note.added", scene: registered, act: office("note.added", [:], personal: ["text": "x"])),
        Row(kind: "appeal.erased", scene: registered) {
            try $0.act("appeal.erased", by: "office/boss/administrator", ["reason": "x"])
        },
        Row(kind: "conflict.settled", scene: contradicted) { scene in
            let conflict = scene.appeal.names(.conflicts).first { $0.hasPrefix("applicant.name") } ?? ""
            return try scene.act(
                "conflict.settled",
                by: registrar,
                ["conflict": .string(conflict), "choice": "keep"]
            )
        },
    ]

    private static let executions: [Row] = [
        Row(kind: "assignment.accepted", scene: assigned, act: roads("assignment.accepted", ["person": "clerk"])),
        Row(kind: "assignment.declined", scene: assigned, act: roads("assignment.declined", ["reason": "x"])),
        Row(kind: "person.assigned", scene: atWork, act: roads("person.assigned", ["person": "clerk"])),
        Row(kind: "answer.drafted", scene: atWork, act: roads("answer.drafted")),
        Row(kind: "answer.approved", scene: drafted, act: roads("answer.approved")),
        Row(kind: "answer.submitted", scene: approved, act: roads("answer.submitted")),
        Row(kind: "answer.dispatched", scene: approved, act: roads("answer.dispatched")),
        Row(kind: "feedback.recorded", scene: atWork, act: roads("feedback.recorded")),
        Row(
            kind: "document.recorded",
            scene: atWork,
            act: roads("document.recorded", ["document": "act", "number": "1", "date": "2026-02-09"])
        ),
        Row(
            kind: "answer.accepted",
            scene: submitted,
            act: { try $0.reviews("answer.accepted", "roads") },
            unresolved: "partyUnresolved"
        ),
        Row(kind: "answer.returned", scene: submitted) { try $0.reviews("answer.returned", "roads") },
    ]

    private static func decision(_ kind: String, _ body: JSONObject) -> @Sendable (Scene) throws -> Outcome {
        var body = body
        body["author"] = "mayor"
        return office(kind, body)
    }

    private static let decisions: [Row] = [
        Row(
            kind: "resolution.issued",
            scene: registered,
            act: { try $0.assigns(main: "roads") },
            unresolved: "partyUnresolved",
            disputed: "disagreementOpen"
        ),
        Row(kind: "assignment.recalled", scene: atWork) {
            let body: JSONObject = ["assignment": .string($0.assignment(of: "roads")), "reason": "x"]
            return try $0.act("assignment.recalled", by: specialist, body)
        },
        Row(kind: "term.extended", scene: atWork) { try $0.deliver($0.extends()).outcome },
        Row(kind: "control.put", scene: registered, act: decision("control.put", ["reason": "x"])),
        Row(
            kind: "control.removed",
            scene: answered,
            act: { try $0.removesFromControl() },
            unresolved: "partyUnresolved",
            disputed: "disagreementOpen"
        ),
        Row(
            kind: "control.returned",
            scene: removed,
            act: decision("control.returned", ["reason": "x"]),
            unresolved: "partyUnresolved",
            disputed: "disagreementOpen"
        ),
        Row(
            kind: "appeal.forwarded",
            scene: registered,
            act: decision("appeal.forwarded", ["date": "2026-02-09", "to": "Водоканал"]),
            unresolved: "partyUnresolved",
            disputed: "disagreementOpen"
        ),
        Row(
            kind: "appeal.returned",
            scene: registered,
            act: decision("appeal.returned", ["date": "2026-02-09", "reason": "x"]),
            disputed: "disagreementOpen"
        ),
        Row(
            kind: "appeal.notConsidered",
            scene: registered,
            act: decision("appeal.notConsidered", ["date": "2026-02-09", "ground": "repeated", "reason": "x"]),
            disputed: "disagreementOpen"
        ),
        Row(
            kind: "appeal.withdrawn",
            scene: registered,
            act: decision("appeal.withdrawn", ["date": "2026-02-09", "reason": "x"]),
            disputed: "disagreementOpen"
        ),
        Row(
            kind: "appeal.explained",
            scene: registered,
            act: office(
                "appeal.explained",
                ["author": "mayor", "date": "2026-02-09", "by": "phone"],
                personal: ["text": "x"]
            ),
            disputed: "disagreementOpen"
        ),
        Row(
            kind: "appeal.concluded",
            scene: registered,
            act: decision("appeal.concluded", ["date": "2026-02-09", "register": "АСОЗ"]),
            disputed: "disagreementOpen"
        ),
        Row(
            kind: "held.adopted",
            scene: waiting,
            act: { try decide("held.adopted", $0) },
            unresolved: "partyUnresolved"
        ),
        Row(kind: "held.declined", scene: waiting) { try decide("held.declined", $0) },
        Row(
            kind: "disagreement.settled",
            scene: reassigned,
            act: { try settle("acceptFormer", $0) },
            unresolved: "partyUnresolved",
            disputed: "disagreementOpen"
        ),
    ]

    private static func decide(_ kind: String, _ scene: Scene) throws -> Outcome {
        let held = scene.appeal.names(.held).first ?? ""
        return try scene.act(kind, by: specialist, ["held": .string(held), "reason": "x"])
    }

    private static func settle(_ choice: String, _ scene: Scene) throws -> Outcome {
        let name = Disagreements.open(in: scene.appeal).first { $0.rule == "C2" }?.name ?? ""
        return try scene.settles(name, choice)
    }

    private func complain(_ doubt: Doubt, _ scene: Scene) throws {
        func corrects(_ parties: JSON, _ seen: Appeals.Aggregate?) -> SignedOperation {
            scene.corrects("complainedAgainst", parties, by: Self.registrar, on: seen)
        }
        let seen = scene.state
        switch doubt {
        case .outside: try scene.deliver(corrects([["outside": "Перевізник"]], seen))
        case .unresolved: try scene.deliver(corrects([["unresolved": "відділом"]], seen))
        case .disputed:
            let other = corrects([["department": "water"]], seen)
            try scene.deliver(corrects([["outside": "Перевізник"]], seen))
            try scene.deliver(other)
            #expect(Complaint.proposed(on: scene.appeal) != nil)
        }
    }

    @Test("every kind of act says what it does while it is not certain who is meant")
    func kinds() {
        let kinds = Kinds.appeal.map(\.name).filter { $0 != "appeal.registered" }
        #expect(Self.rows.map(\.kind).sorted() == kinds.sorted())
    }

    @Test(
        "nothing is given, adopted or accepted while it is not certain who is meant; all other work goes on",
        arguments: rows
    )
    func acts(row: Row) throws {
        for doubt in Doubt.allCases {
            let scene = try row.scene()
            try complain(doubt, scene)
            let outcome = try row.act(scene)
            #expect(outcome.text == (row.reason(doubt).map { "refused " + $0 } ?? "accepted"), "\(doubt)")
        }
    }

    @Test("what was refused goes on once it is found out", arguments: rows.filter { $0.unresolved != nil })
    func resolved(row: Row) throws {
        let scene = try row.scene()
        try complain(.unresolved, scene)
        #expect(try row.act(scene).status == .refused)
        try complain(.outside, scene)
        #expect(try row.act(scene).text == "accepted")
    }

    @Test(
        "nobody is appointed by who can know of the doubt; an appointment made elsewhere is void once it is about them"
    )
    func appointments() throws {
        for (doubt, reason) in [(Doubt.unresolved, "partyUnresolved"), (.disputed, "disagreementOpen")] {
            for row in Self.executions where ["assignment.accepted", "person.assigned"].contains(row.kind) {
                let scene = try row.scene()
                try complain(doubt, scene)
                scene.world.advises = true
                #expect(try row.act(scene).text == "refused " + reason, "\(row.kind)")
                if row.kind == "assignment.accepted" {
                    #expect(try scene.does(row.kind, "roads").text == "accepted")
                }
            }
        }
        let scene = try Self.atWork()
        try complain(.unresolved, scene)
        #expect(try scene.does("person.assigned", "roads") { $0["person"] = "clerk" }.text == "accepted")
        try scene.deliver(scene.corrects("complainedAgainst", [["person": "clerk"]], by: Self.registrar))
        #expect(scene.register("person@" + scene.assignment(of: "roads")) == nil)
    }

    @Test("an appeal is not passed on to whom it complains about, in whatever spelling; to somebody else it is")
    func forwarded() throws {
        let spellings = [
            ("Водоканал", "refused complainedAgainst"), ("  Водоканал ", "refused complainedAgainst"),
            ("Водокaнал", "refused complainedAgainst"), ("Теплоцентраль", "accepted"),
        ]
        for (to, wanted) in spellings {
            let scene = try Self.registered()
            try scene.deliver(
                scene.corrects("complainedAgainst", [["outside": "Водоканал"]], by: Self.registrar)
            )
            let body: JSONObject = ["author": "mayor", "date": "2026-02-09", "to": .string(to)]
            #expect(try scene.act("appeal.forwarded", by: Self.specialist, body).text == wanted, "\(to)")
        }
    }
}
