import CanonicalJSON
import Testing

@testable import Appeals

@Suite("The guards of an appeal's path")
struct JudgeGuardTests {
    @Test("a registration without an issue is refused")
    func noIssue() throws {
        let scene = Scene()
        #expect(try scene.registers { $0["issues"] = [] }.text == "refused missingField")
        #expect(scene.state == nil)
    }

    @Test("a day of registration lies fourteen days ahead at most, and as far back as it will")
    func registeredOn() throws {
        #expect(Limits.registeredAhead == 14)
        for (ahead, told) in [(14, "accepted"), (15, "refused datesDisorder"), (-4_000, "accepted")] {
            for person in ["office/olena/registrar", "parks/clerk/clerk"] {
                let scene = Scene()
                let day = try #require(scene.world.today.adding(days: ahead)).description
                let outcome = try scene.registers(by: person) {
                    $0["registeredOn"] = .string(day)
                    if person.hasPrefix("parks") { $0["index"] = "PARKS-К-1" }
                }
                #expect(outcome.text == told && (told == "accepted" || outcome.path == "body.registeredOn"))
            }
        }
    }

    @Test(
        "a dispatch of tomorrow is advised against on its author's node, and at the office a fact",
        arguments: [0, 1]
    )
    func dispatchedOn(ahead: Int) throws {
        let scene = try Scene.submitted()
        try scene.reviews("answer.accepted", "roads")
        let day = try #require(scene.world.today.adding(days: ahead)).description
        let dispatch = scene.about("answer.dispatched", "roads") { $0["date"] = .string(day) }
        scene.world.advises = true
        let advice = try Judge(dispatch, commit: 99, world: scene.world).judge(on: scene.state).outcome
        scene.world.advises = false
        #expect(advice.text == (ahead == 0 ? "accepted" : "refused datesDisorder"))
        #expect(try scene.deliver(dispatch).outcome.text == "accepted")
    }

    @Test(
        "a registration of an id that exists is held, never merged, and never put on that card: whoever its author is by now",
        arguments: [RoleStanding.current, .expired]
    )
    func exists(author: RoleStanding) throws {
        let scene = try Scene.atWork()
        scene.world.roles["parks/clerk/clerk"] = author
        let before = scene.state
        #expect(try scene.registers(by: "parks/clerk/clerk").text == "held appealExists")
        let isSame = scene.state == before
        #expect(isSame)
    }

    @Test("a resolution needs exactly one main executor")
    func oneMain() throws {
        let scene = Scene()
        try scene.registers()
        #expect(try scene.assigns(main: nil, co: "water").text == "refused oneMainExecutor")
        try scene.assigns(main: "roads")
        #expect(try scene.assigns(main: "water").text == "held secondResolution")
        #expect(try scene.assigns(main: nil, co: "water").text == "accepted")
        #expect(try scene.assigns(main: "parks", supersedes: [scene.assignment(of: "roads")]).text == "accepted")
        #expect(scene.register("mainExecutor") == scene.assignment(of: "parks"))
    }

    @Test("a resolution without a main executor is accepted when it only informs and nobody works on the appeal")
    func informs() throws {
        let scene = Scene()
        try scene.registers()
        let signed = scene.resolution(main: "roads") {
            $0["assignments"] = [["department": "roads", "role": "inform"]]
        }
        #expect(try scene.deliver(signed).outcome.text == "accepted")
    }

    @Test("a complaint does not go to the department complained about (Art. 7)")
    func complainedAgainst() throws {
        let scene = Scene()
        try scene.registers { $0["complainedAgainst"] = [["department": "roads"]] }
        #expect(try scene.assigns(main: "roads").text == "refused complainedAgainst")
        #expect(try scene.assigns(main: "water", co: "roads").text == "refused complainedAgainst")
        #expect(try scene.assigns(main: "water").text == "accepted")
    }

    @Test("a resolution to an unknown department, about an unknown issue or over an unknown assignment is refused")
    func unknowns() throws {
        let scene = Scene()
        try scene.registers()
        #expect(try scene.assigns(main: "nowhere").text == "refused unknownDepartment")
        let issue = scene.resolution(main: "roads") {
            $0["assignments"] = [["department": "roads", "role": "main", "issues": ["office#5b1e90c2:1/99"]]]
        }
        #expect(try scene.deliver(issue).outcome.text == "refused unknownIssue")
        #expect(
            try scene.assigns(main: "roads", supersedes: ["office#5b1e90c2:1/77"]).text == "refused unknownAssignment"
        )
    }

    @Test("a resolution carries the name of a leader who holds the role")
    func leader() throws {
        let scene = Scene()
        try scene.registers()
        let signed = scene.resolution(main: "roads") { $0["author"] = ["user": "olena", "role": "leader"] }
        #expect(try scene.deliver(signed).outcome.text == "refused leaderMissing")
    }

    @Test("an answer is submitted only after the head has approved this very version")
    func approval() throws {
        let scene = try Scene.atWork()
        try scene.does("answer.drafted", "roads", "clerk")
        #expect(try scene.does("answer.submitted", "roads").text == "refused answerNotApproved")
        try scene.does("answer.approved", "roads")
        try scene.does("answer.drafted", "roads", "clerk")
        #expect(try scene.does("answer.submitted", "roads").text == "refused answerNotApproved")
        try scene.does("answer.approved", "roads")
        #expect(try scene.does("answer.submitted", "roads").text == "accepted")
    }

    @Test("a clerk does not approve an answer")
    func clerkApproves() throws {
        let scene = try Scene.atWork()
        try scene.does("answer.drafted", "roads", "clerk")
        #expect(try scene.does("answer.approved", "roads", "clerk").text == "refused notAuthorised")
    }

    @Test(
        "the answer to a phone appeal is accepted only with a fact of feedback or a document (R11)",
        arguments: ["feedback", "document", ""]
    )
    func proof(kind: String) throws {
        let scene = try Scene.atWork()
        for kind in ["answer.drafted", "answer.approved", "answer.submitted"] { try scene.does(kind, "roads") }
        if kind == "feedback" { try scene.does("feedback.recorded", "roads") }
        if kind == "document" {
            try scene.does("document.recorded", "roads") {
                $0["document"] = "act"
                $0["number"] = "12"
                $0["date"] = "2026-02-08"
            }
        }
        let outcome = try scene.reviews("answer.accepted", "roads")
        #expect(outcome.text == (kind.isEmpty ? "refused feedbackMissing" : "accepted"))
    }

    @Test("the answer to a letter needs no proof of feedback")
    func letter() throws {
        let scene = try Scene.atWork { $0["channel"] = "post" }
        for kind in ["answer.drafted", "answer.approved", "answer.submitted"] { try scene.does(kind, "roads") }
        #expect(try scene.reviews("answer.accepted", "roads").text == "accepted")
    }

    @Test("an extension goes to the 45th day and not one day further")
    func cap() throws {
        let scene = try Scene.atWork()
        #expect(try scene.deliver(scene.extends(to: "2026-03-21")).outcome.text == "refused beyondCap")
        #expect(try scene.deliver(scene.extends(to: "2026-03-20")).outcome.text == "accepted")
    }

    @Test("an extension decided on the due date or later is refused, the day before accepted")
    func afterDue() throws {
        let scene = try Scene.atWork()
        scene.world.today = day("2026-03-06")
        #expect(try scene.deliver(scene.extends(decidedOn: "2026-03-05")).outcome.text == "refused afterDue")
        #expect(try scene.deliver(scene.extends(decidedOn: "2026-03-04")).outcome.text == "accepted")
    }

    @Test("an extension to an earlier day, or decided tomorrow, is refused")
    func disorder() throws {
        let scene = try Scene.atWork()
        #expect(try scene.deliver(scene.extends(to: "2026-03-05")).outcome.text == "refused datesDisorder")
        #expect(try scene.deliver(scene.extends(decidedOn: "2026-02-11")).outcome.text == "refused datesDisorder")
    }

    @Test("an answered appeal is removed from control")
    func removal() throws {
        let scene = try Scene.answered()
        #expect(try scene.removesFromControl().text == "accepted")
        #expect(AppealState(of: scene.appeal) == .removed)
        #expect(try scene.removesFromControl().text == "refused notOnControl")
    }

    @Test("removal from control asks for a leader")
    func removalLeader() throws {
        #expect(try Scene.answered().removesFromControl(author: "olena").text == "refused leaderMissing")
    }

    @Test("removal from control asks that every assignment is done or recalled")
    func removalAnswers() throws {
        let scene = try Scene.submitted()
        #expect(try scene.removesFromControl().text == "refused answersMissing")
        let other = try Scene.answered()
        try other.assigns(main: nil, co: "water")
        #expect(try other.removesFromControl().text == "refused answersMissing")
        try other.act(
            "assignment.recalled",
            by: "office/iryna/specialist",
            ["assignment": .string(other.assignment(of: "water")), "reason": "Зайве"]
        )
        #expect(try other.removesFromControl().text == "accepted")
    }

    @Test("a final answer says what became of each issue of its executor, or it is not approved")
    func results() throws {
        let scene = try Scene.atWork()
        try scene.deliver(scene.about("answer.drafted", "roads") { $0["result"] = nil })
        let refused = try scene.does("answer.approved", "roads")
        #expect(refused.text == "refused resultMissing")
        #expect(refused.path == "result@" + (scene.appeal.entities(with: "issue").first ?? ""))
    }

    @Test("removal from control asks that the final answer went to the applicant")
    func removalDispatch() throws {
        let scene = try Scene.submitted()
        try scene.reviews("answer.accepted", "roads")
        #expect(try scene.removesFromControl().text == "refused notDispatched")
        try scene.does("answer.dispatched", "roads") { $0["to"] = "committee" }
        #expect(try scene.removesFromControl().text == "refused notDispatched")
        try scene.does("answer.dispatched", "roads")
        #expect(try scene.removesFromControl().text == "accepted")
    }

    @Test("a preliminary answer keeps the assignment in work, and needs neither result nor proof")
    func preliminary() throws {
        let scene = try Scene.atWork()
        try scene.deliver(
            scene.about("answer.drafted", "roads") {
                $0["final"] = false
                $0["result"] = nil
            }
        )
        for kind in ["answer.approved", "answer.submitted", "answer.dispatched"] { try scene.does(kind, "roads") }
        #expect(try scene.reviews("answer.accepted", "roads").text == "accepted")
        let assignment = scene.assignment(of: "roads")
        #expect(scene.register("state@" + assignment) == "accepted")
        #expect(try scene.removesFromControl().text == "refused answersMissing")
        for kind in ["answer.drafted", "answer.approved", "feedback.recorded", "answer.submitted"] {
            try scene.does(kind, "roads")
        }
        try scene.reviews("answer.accepted", "roads")
        #expect(try scene.removesFromControl().text == "refused notDispatched")
        try scene.does("answer.dispatched", "roads")
        #expect(try scene.removesFromControl().text == "accepted")
    }

    @Test("an appeal without an applicant needs no dispatch", arguments: ["unknown", "anonymous"])
    func noApplicant(subject: String) throws {
        let scene = try Scene.atWork { $0["subjectType"] = .string(subject) }
        for kind in ["answer.drafted", "answer.approved", "feedback.recorded", "answer.submitted"] {
            try scene.does(kind, "roads")
        }
        try scene.reviews("answer.accepted", "roads")
        #expect(try scene.removesFromControl().text == "accepted")
    }

    @Test("removal from control asks that no disagreement and no conflict is open")
    func removalDisputed() throws {
        let scene = try Scene.answered()
        try scene.deliver(scene.corrects("applicant.address", "вул. Нова, 5", by: "roads/clerk/clerk"))
        #expect(try scene.removesFromControl().text == "refused disagreementOpen")
        let name = Disagreements.open(in: scene.appeal)[0].name
        try scene.act("conflict.settled", by: "office/olena/registrar", ["conflict": .string(name), "choice": "keep"])
        #expect(try scene.removesFromControl().text == "accepted")
    }

    @Test(
        "each step asks for the state before it",
        arguments: [
            ("assignment.accepted", "accepted"), ("answer.submitted", "issued"), ("answer.approved", "submitted"),
            ("assignment.declined", "submitted"), ("person.assigned", "declined"),
        ]
    )
    func states(kind: String, state: String) throws {
        let scene = Scene()
        try scene.registers()
        try scene.assigns(main: "roads")
        if state == "declined" { try scene.does("assignment.declined", "roads") { $0["reason"] = "Не наше" } }
        if ["accepted", "submitted"].contains(state) { try scene.does("assignment.accepted", "roads") }
        try scene.does("answer.drafted", "roads")
        try scene.does("answer.approved", "roads")
        if state == "submitted" { try scene.does("answer.submitted", "roads") }
        let outcome = try scene.does(kind, "roads") {
            if kind == "assignment.declined" { $0["reason"] = "Не наше" }
            if kind == "person.assigned" { $0["person"] = "ivan" }
        }
        #expect(outcome.text == "refused wrongState")
    }

    @Test("a returned answer begins the next round, and is submitted again")
    func returned() throws {
        let scene = try Scene.submitted()
        #expect(try scene.reviews("answer.returned", "roads").text == "accepted")
        #expect(scene.appeal.register("round@" + scene.assignment(of: "roads"))?.integer == 2)
        #expect(try scene.does("answer.submitted", "roads").text == "accepted")
    }

    @Test(
        "an executor acts on its own assignment alone",
        arguments: [
            "assignment.declined", "answer.drafted", "answer.approved", "answer.submitted", "answer.dispatched",
            "feedback.recorded",
            "person.assigned",
        ]
    )
    func foreignAssignment(kind: String) throws {
        let scene = try Scene.atWork(main: "roads", co: "water")
        try scene.does("answer.drafted", "roads")
        if kind != "answer.approved" { try scene.does("answer.approved", "roads") }
        let own = scene.assignment(of: "water")
        let foreign = scene.assignment(of: "roads")
        let signed = scene.about(kind, "water", assignment: foreign) {
            if kind == "assignment.declined" { $0["reason"] = "Не наше" }
            if kind == "person.assigned" { $0["person"] = "ivan" }
        }
        var operation = signed.operation
        operation.authority = own
        let before = scene.state
        let outcome = try scene.deliver(SignedOperation(operation) { _ in [UInt8](repeating: 0, count: 64) }).outcome
        #expect(outcome.text == "refused notAuthorised")
        let isSame = scene.state == before
        #expect(isSame)
    }

    @Test("a fact about an assignment that does not exist is refused")
    func noAssignment() throws {
        let scene = try Scene.atWork()
        let signed = scene.about("answer.drafted", "roads", assignment: "office#5b1e90c2:77/1")
        var operation = signed.operation
        operation.authority = scene.assignment(of: "roads")
        let outcome = try scene.deliver(SignedOperation(operation) { _ in [UInt8](repeating: 0, count: 64) }).outcome
        #expect(outcome.text == "refused unknownAssignment")
    }
}
