import CanonicalJSON
import Testing

@testable import Appeals

@Suite("Adopting what was held, and what follows it")
struct JudgeAdoptionTests {
    private func adopts(
        _ scene: Scene,
        _ signed: SignedOperation,
        by person: String = "office/mayor/leader"
    ) throws -> Outcome {
        try scene.act(
            "held.adopted",
            by: person,
            ["held": .string(signed.operation.write.description)]
        )
    }

    /// Delivers an act whose author's role has ended.
    private func holds(_ scene: Scene, _ signed: SignedOperation, _ person: String) throws {
        scene.world.roles[person] = .expired
        #expect(try scene.deliver(signed).outcome.text == "held roleEnded")
        scene.world.roles[person] = .current
    }

    @Test("a held resolution is adopted while it still gives the appeal its one main executor")
    func resolution() throws {
        let scene = Scene()
        try scene.registers()
        let held = scene.resolution(main: "roads")
        try holds(scene, held, "office/iryna/specialist")
        #expect(try adopts(scene, held).text == "accepted")
        #expect(scene.openMains.count == 1)
    }

    @Test("a held resolution is adopted over another main executor by a leader alone, and can be declined")
    func secondMain() throws {
        let scene = Scene()
        try scene.registers()
        let held = scene.resolution(main: "roads")
        try holds(scene, held, "office/iryna/specialist")
        try scene.assigns(main: "water")
        let before = scene.state
        #expect(try adopts(scene, held, by: "office/iryna/specialist").text == "refused secondResolution")
        let isSame = scene.state == before
        #expect(isSame && scene.openMains == [scene.assignment(of: "water")])
        let outcome = try scene.act(
            "held.declined",
            by: "office/mayor/leader",
            ["held": .string(held.operation.write.description), "reason": "Вже доручено"]
        )
        #expect(outcome.text == "accepted")
    }

    @Test("one main executor stays also where the operation's own words are not here")
    func withoutWords() throws {
        let scene = Scene()
        try scene.registers()
        let held = scene.resolution(main: "roads")
        try holds(scene, held, "office/iryna/specialist")
        try scene.assigns(main: "water")
        scene.world.operations = [:]
        #expect(try adopts(scene, held, by: "office/iryna/specialist").text == "refused secondResolution")
        #expect(try adopts(scene, held).text == "accepted")
        #expect(scene.openMains == [scene.assignment(of: "roads")])
    }

    @Test("a held removal from control is not adopted before everything is answered")
    func removal() throws {
        let scene = try Scene.submitted()
        let removed = scene.compose(
            "control.removed",
            by: "office/iryna/specialist",
            ["author": "mayor", "basis": "Виконано"]
        )
        try holds(scene, removed, "office/iryna/specialist")
        #expect(try adopts(scene, removed).text == "refused answersMissing")
        #expect(scene.register("control") == "onControl")
    }

    @Test("a held submission is not adopted once the assignment is done")
    func closed() throws {
        let scene = try Scene.submitted()
        try scene.reviews("answer.returned", "roads")
        let again = scene.about("answer.submitted", "roads")
        try holds(scene, again, "roads/head/head")
        try scene.does("answer.submitted", "roads")
        try scene.reviews("answer.accepted", "roads")
        #expect(try adopts(scene, again).text == "refused wrongState")
        #expect(scene.register("state@" + scene.assignment(of: "roads")) == "done")
    }

    @Test("what waits because of a dispute is not adopted while the dispute is open")
    func paused() throws {
        let scene = try Scene.atWork()
        for kind in ["answer.drafted", "answer.approved"] { try scene.does(kind, "roads") }
        let late = scene.about("answer.submitted", "roads")
        try scene.assigns(main: "water", supersedes: [scene.assignment(of: "roads")])
        try scene.deliver(late)
        try scene.does("assignment.accepted", "water")
        for kind in ["answer.drafted", "answer.approved"] { try scene.does(kind, "water") }
        let waits = scene.about("answer.submitted", "water")
        #expect(try scene.deliver(waits).outcome.text == "held paused")
        #expect(try adopts(scene, waits).text == "refused paused")
    }

    // MARK: followers by names in the body

    @Test("an approval of an own version that is held waits with it, and both are adopted as one case")
    func version() throws {
        let scene = try Scene.atWork()
        let drafted = scene.about("answer.drafted", "roads", "clerk")
        try holds(scene, drafted, "roads/clerk/clerk")
        let approved = scene.about("answer.approved", "roads") {
            $0["version"] = .string(drafted.operation.write.description)
        }
        let outcome = try scene.deliver(approved).outcome
        #expect(outcome.text == "held follows")
        #expect(outcome.first == drafted.operation.write.description)
        // A version of another log is no own operation: it is unknown.
        #expect(
            try scene.does("answer.approved", "roads") { $0["version"] = "water#5b1e90c2:1" }.text
                == "refused unknownVersion"
        )
        #expect(try adopts(scene, drafted).text == "accepted")
        #expect(scene.register("answer@" + scene.assignment(of: "roads")) == drafted.operation.write.description)
        #expect(scene.held.map(\.adopted) == [true, true])
    }

    @Test("an approval of an own version that was refused is refused with it")
    func refusedVersion() throws {
        let scene = try Scene.atWork()
        let drafted = scene.about("answer.drafted", "roads", "clerk")
        scene.world.outcomes[drafted.operation.write.description] = .refused
        let outcome = try scene.does("answer.approved", "roads") {
            $0["version"] = .string(drafted.operation.write.description)
        }
        #expect(outcome.text == "refused follows" && outcome.first == drafted.operation.write.description)
    }

    @Test("work on an assignment that an own held resolution was to make waits with it")
    func assignment() throws {
        let scene = Scene()
        try scene.registers()
        let held = scene.resolution(main: "roads")
        try holds(scene, held, "office/iryna/specialist")
        let recalled = try scene.act(
            "assignment.recalled",
            by: "office/iryna/specialist",
            ["assignment": .string(held.operation.entity(1)), "reason": "Помилково"]
        )
        #expect(recalled.text == "held follows" && recalled.first == held.operation.write.description)
        let superseding = scene.resolution(main: "water", supersedes: [held.operation.entity(1)])
        let outcome = try scene.deliver(superseding).outcome
        #expect(outcome.text == "held follows" && outcome.first == held.operation.write.description)
    }

    @Test("the decision about own held work does not wait with it")
    func decision() throws {
        let scene = Scene()
        try scene.registers()
        let held = scene.resolution(main: "roads")
        try holds(scene, held, "office/iryna/specialist")
        #expect(try adopts(scene, held).text == "accepted")
        #expect(
            try scene.act(
                "assignment.recalled",
                by: "office/iryna/specialist",
                ["assignment": .string(held.operation.entity(1)), "reason": "Помилково"]
            ).text == "accepted"
        )
    }

    @Test(
        "an operation on an appeal whose own registration is held or refused shares its fate, under whatever authority",
        arguments: [OutcomeStatus.held, .refused]
    )
    func appeal(status: OutcomeStatus) throws {
        let scene = Scene()
        let registered = scene.compose(
            "appeal.registered",
            by: "roads/clerk/clerk",
            Scene.registration,
            personal: Scene.applicant
        )
        scene.world.operations[registered.operation.write.description] = registered.operation
        scene.world.outcomes[registered.operation.write.description] = status
        for authority in [registered.operation.write.description, nil, "office#5b1e90c2:7/1"] {
            let note = scene.compose("note.added", by: "roads/head/head", personal: ["text": "x"]) {
                $0.authority = authority
            }
            let judgement = try scene.deliver(note)
            #expect(judgement.outcome.text == "\(status.rawValue) follows")
            #expect(judgement.outcome.first == registered.operation.write.description)
            #expect(!judgement.isLie)
        }
    }
}
