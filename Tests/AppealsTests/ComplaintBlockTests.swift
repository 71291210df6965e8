import CanonicalJSON
import Testing

@testable import Appeals

/// Every way in which a party could hold, decide or do something about a complaint against it (Article 7, C13).
@Suite("The block of Article 7")
struct ComplaintBlockTests {
    private static let registrar = "office/olena/registrar"
    private static let specialist = "office/iryna/specialist"

    /// Complains about these from now on.
    private func complain(_ parties: [JSON], _ scene: Scene) throws {
        let outcome = try scene.act(
            "appeal.corrected",
            by: Self.registrar,
            ["fields": ["complainedAgainst": .array(parties)]]
        )
        #expect(outcome.text == "accepted")
    }

    /// What a leader decides, and on which appeal it can be decided.
    private static let decisions:
        [(kind: String, body: JSONObject, personal: JSONObject?, scene: @Sendable () throws -> Scene)] =
            [
                ("control.put", ["reason": "x"], nil, { try offControl() }),
                ("control.returned", ["reason": "x"], nil, { try removed() }),
                ("control.removed", ["basis": "x"], nil, { try Scene.answered() }),
                ("appeal.forwarded", ["date": "2026-02-09", "to": "Водоканал"], nil, { try registered() }),
                ("appeal.returned", ["date": "2026-02-09", "reason": "x"], nil, { try registered() }),
                (
                    "appeal.notConsidered", ["date": "2026-02-09", "ground": "repeated", "reason": "x"], nil,
                    { try registered() }
                ),
                ("appeal.withdrawn", ["date": "2026-02-09", "reason": "x"], nil, { try registered() }),
                ("appeal.explained", ["date": "2026-02-09", "by": "phone"], ["text": "x"], { try registered() }),
                (
                    "term.extended",
                    [
                        "statutory": "2026-03-10", "control": "2026-03-10", "decidedOn": "2026-02-09", "reason": "x",
                        "calendar": "2026-1",
                    ], nil, { try registered() }
                ),
                (
                    "resolution.issued", ["assignments": [["department": "roads", "role": "main"]]], ["text": "x"],
                    { try registered() }
                ),
            ]

    private static func registered() throws -> Scene {
        let scene = Scene()
        try scene.registers()
        scene.world.roles["office/deputy/leader"] = .current
        return scene
    }

    private static func offControl() throws -> Scene { try registered() }

    private static func removed() throws -> Scene {
        let scene = try Scene.answered()
        try scene.removesFromControl()
        return scene
    }

    /// The decision as this leader's.
    private func decide(_ place: Int, author: String, by person: String, _ scene: Scene) throws -> Outcome {
        let decision = Self.decisions[place]
        var body = decision.body
        switch decision.kind {
        case "term.extended": body["decidedBy"] = .string(author)
        case "resolution.issued": body["author"] = ["user": .string(author), "role": "leader"]
        default: body["author"] = .string(author)
        }
        return try scene.act(decision.kind, by: person, body, personal: decision.personal)
    }

    @Test(
        "a leader complained against decides nothing about the complaint; another one does",
        arguments: decisions.indices
    )
    func leader(place: Int) throws {
        let kind = Self.decisions[place].kind
        for author in ["mayor", "deputy", "olena"] {
            let scene = try Self.decisions[place].scene()
            scene.world.roles["office/deputy/leader"] = .current
            try complain([["person": "mayor"]], scene)
            let outcome = try decide(place, author: author, by: Self.specialist, scene).text
            let wanted = [
                "mayor": "held leaderConcerned", "deputy": "accepted", "olena": "refused leaderMissing",
            ][author]
            #expect(outcome == wanted, "\(kind) by \(author)")
            guard author == "mayor" else { continue }
            let held = try #require(scene.appeal.names(.held).last)
            let adoption: JSONObject = ["held": .string(held), "reason": "особисто"]
            #expect(try scene.act("held.adopted", by: Self.specialist, adoption).text == "refused leaderConcerned")
            #expect(try scene.act("held.adopted", by: "office/deputy/leader", adoption).text == "accepted", "\(kind)")
        }
    }

    @Test("a complaint about the office is decided by another than who writes it down", arguments: decisions.indices)
    func office(place: Int) throws {
        let kind = Self.decisions[place].kind
        for (person, wanted) in [
            ("office/deputy/leader", "held leaderConcerned"), (Self.specialist, "accepted"),
        ] where kind != "resolution.issued" || person == Self.specialist {
            let scene = try Self.decisions[place].scene()
            scene.world.roles["office/deputy/leader"] = .current
            try complain([["department": "office"]], scene)
            #expect(try decide(place, author: "deputy", by: person, scene).text == wanted, "\(kind)")
        }
    }

    @Test("who is complained against does nothing on it, in whatever role and capacity")
    func nothing() throws {
        for kind in Kinds.appeal where kind.name != "appeal.registered" {
            for (party, roles) in kind.parties {
                for role in roles {
                    let isOffice = [.office, .controller].contains(party) && Kinds.officeRoles.contains(role)
                    let node = isOffice ? "office" : "roads"
                    let scene = try Scene.atWork()
                    scene.world.roles["\(node)/target/\(role)"] = .current
                    try complain([["person": "target"]], scene)
                    let outcome = try scene.deliver(
                        scene.compose(
                            kind.name,
                            by: "\(node)/target/\(role)",
                            ["assignment": .string(scene.assignment(of: "roads"))]
                        )
                    ).outcome
                    #expect(outcome.status == .refused, "\(kind.name) as \(role)")
                }
            }
        }
    }

    @Test("what a person complained against approved is approved by nobody: it is returned and approved anew")
    func approval() throws {
        let scene = try Scene.atWork()
        for kind in ["assignment.accepted", "answer.drafted", "answer.approved", "feedback.recorded"] {
            try scene.does(kind, "roads")
        }
        try complain([["person": "head"]], scene)
        let submits = { try scene.does("answer.submitted", "roads", "deputy").text }
        #expect(try submits() == "refused answerNotApproved")
        #expect(try scene.does("answer.approved", "roads", "deputy").text == "accepted")
        #expect(try submits() == "accepted")
        #expect(try scene.reviews("answer.accepted", "roads").text == "accepted")

        let late = try Scene.submitted()
        try complain([["person": "head"]], late)
        #expect(try late.reviews("answer.accepted", "roads").text == "refused answerNotApproved")
        #expect(try late.reviews("answer.returned", "roads").text == "accepted")
        for kind in ["answer.approved", "answer.submitted"] { try late.does(kind, "roads", "deputy") }
        #expect(try late.reviews("answer.accepted", "roads").text == "accepted")
    }

    /// Roads lost the appeal to water while its head approved and its clerk submitted without a network.
    private func disputed() throws -> Scene {
        let scene = try Scene.atWork()
        for kind in ["answer.drafted", "feedback.recorded"] { try scene.does(kind, "roads") }
        let before = scene.appeal
        try scene.assigns(main: "water", supersedes: [scene.assignment(of: "roads")])
        #expect(try scene.deliver(scene.about("answer.approved", "roads", on: before)).outcome.text.hasPrefix("held"))
        #expect(scene.disagreements.contains { $0.hasPrefix("C2 open") })
        return scene
    }

    @Test("held work of a person complained against is not adopted")
    func adoption() throws {
        let scene = try disputed()
        let held = try #require(scene.appeal.names(.held).first)
        let case2 = try #require(Disagreements.open(in: scene.appeal).first { $0.rule == "C2" }?.name)
        try complain([["person": "head"]], scene)
        let settled = try scene.act(
            "disagreement.settled",
            by: Self.specialist,
            ["disagreement": .string(case2), "choice": "acceptFormer", "reason": "x"]
        )
        #expect(settled.text == "accepted")
        #expect(scene.appeal[.held, held]?.value["state"]?.string == "declined")
        #expect(scene.register("answer@" + scene.assignment(of: "roads")) == nil)
        #expect(scene.register("state@" + scene.assignment(of: "roads")) == "accepted")

        // Nor one by one, where no case is about it: its author's role ended.
        let role = try Scene.atWork()
        for kind in ["answer.drafted", "feedback.recorded"] { try role.does(kind, "roads") }
        let approval = role.about("answer.approved", "roads")
        role.world.roles["roads/head/head"] = .expired
        #expect(try role.deliver(approval).outcome.text == "held roleEnded")
        let waiting = try #require(role.appeal.names(.held).first)
        try complain([["person": "head"]], role)
        let adoption: JSONObject = ["held": .string(waiting), "reason": "x"]
        #expect(try role.act("held.adopted", by: Self.specialist, adoption).text == "refused complainedAgainst")
        #expect(try role.act("held.declined", by: Self.specialist, adoption).text == "accepted")
    }

    @Test("a department complained against is not the former executor of a settlement, nor of an adoption")
    func settlement() throws {
        let scene = try disputed()
        let case2 = try #require(Disagreements.open(in: scene.appeal).first { $0.rule == "C2" }?.name)
        try complain([["department": "roads"]], scene)
        func settle(_ choice: String) throws -> String {
            let body: JSONObject = ["disagreement": .string(case2), "choice": .string(choice), "reason": "x"]
            return try scene.act("disagreement.settled", by: Self.specialist, body).text
        }
        #expect(try settle("acceptFormer") == "refused complainedAgainst")
        #expect(try settle("giveToCurrent") == "accepted")
    }

    @Test("a value that a registrar takes counts like any other: grounds close and appointments are void")
    func merged() throws {
        for party in [["department": "roads"], ["person": "clerk"]] as [JSON] {
            let scene = try Scene.atWork()
            try scene.deliver(scene.about("person.assigned", "roads") { $0["person"] = "clerk" })
            let proposal: JSONObject = ["fields": ["complainedAgainst": [party]]]
            #expect(try scene.act("appeal.corrected", by: "roads/executor/executor", proposal).text == "conflict")
            let name = try #require(Complaint.proposed(on: scene.appeal))
            let take: JSONObject = ["conflict": .string(name), "choice": "take"]
            #expect(try scene.act("conflict.settled", by: Self.registrar, take).text == "accepted")
            let assignment = scene.assignment(of: "roads")
            let holders = Slice.views(of: scene.appeal, today: scene.world.today, office: "office")
            #expect(holders.isEmpty == (party["department"] != nil))
            #expect((scene.register("person@" + assignment) == nil) == (party["person"] != nil))
        }
    }

    @Test("nothing is given to a party in any role, by a resolution or in the place of another")
    func routing() throws {
        for role in ["main", "co", "inform"] {
            let scene = try Scene.atWork(main: "water")
            try complain([["department": "roads"]], scene)
            let resolution = scene.resolution(main: nil, supersedes: role == "main" ? scene.openMains : []) {
                $0["assignments"] = [["department": "roads", "role": .string(role)]]
            }
            #expect(try scene.deliver(resolution).outcome.text == "refused complainedAgainst", "\(role)")
        }
        let scene = Scene()
        try scene.registers()
        try scene.assigns(main: "roads")
        try complain([["person": "clerk"]], scene)
        let accepts = try scene.does("assignment.accepted", "roads") { $0["person"] = "clerk" }
        #expect(accepts.text == "refused complainedAgainst")
    }
}
