import CanonicalJSON
import Testing

@testable import Appeals

@Suite("Concurrent work: rules C1 to C12")
struct JudgeScenarioTests {
    /// The acts of roads, offline on a copy, up to `steps`, while the office gives the appeal to water.
    private func reassigned(_ steps: [String], result: String = "satisfied") throws -> (Scene, late: [SignedOperation])
    {
        let scene = try Scene.atWork()
        let resolution = scene.resolution(main: "water", supersedes: [scene.assignment(of: "roads")])
        var offline = scene.state
        var late: [SignedOperation] = []
        var version = ""
        for kind in steps {
            let signed = scene.about(kind, "roads", on: offline) {
                if $0["version"] != nil { $0["version"] = .string(version) }
                if kind == "answer.drafted" { $0["result"] = .string(result) }
            }
            if kind == "answer.drafted" { version = signed.operation.write.description }
            offline = Overlay.apply(signed.operation, on: offline, world: scene.world)
            late.append(signed)
        }
        #expect(try scene.deliver(resolution).outcome.text == "accepted")
        return (scene, late)
    }

    private func deliver(_ late: [SignedOperation], _ scene: Scene) throws -> [String] {
        try late.map { try scene.deliver($0).outcome.text }
    }

    @Test("C1: a draft of the former executor is kept as material, the reassignment stands, nobody has to decide")
    func c1() throws {
        let (scene, late) = try reassigned(["answer.drafted"])
        #expect(try deliver(late, scene) == ["acceptedLate"])
        #expect(scene.disagreements == ["C1 noted reassigned@\(scene.assignment(of: "roads"))"])
        #expect(scene.facts("answer").first?.value["late"]?.bool == true)
        #expect(scene.register("mainExecutor") == scene.assignment(of: "water"))
        #expect(Disagreements.open(in: scene.appeal).isEmpty)
        #expect(
            View(department: "water", role: .main, issues: nil).project(scene.appeal).names(.facts).contains {
                $0.hasPrefix("answer@")
            }
        )
    }

    @Test(
        "C2: an approved or submitted answer of the former executor waits, the present one is paused, the centre decides"
    )
    func c2() throws {
        let (scene, late) = try reassigned(["answer.drafted", "answer.approved", "answer.submitted"])
        #expect(try deliver(late, scene) == ["acceptedLate", "held authorityEnded", "held authorityEnded"])
        #expect(scene.disagreements == ["C2 open reassigned@\(scene.assignment(of: "roads"))"])
        for kind in ["assignment.accepted", "answer.drafted", "answer.approved"] {
            #expect(try scene.does(kind, "water").text == "accepted")
        }
        #expect(try scene.does("answer.submitted", "water").text == "held paused")
    }

    @Test("C2, the centre accepts the former answer: it is submitted, the present executor is recalled")
    func c2Former() throws {
        let (scene, late) = try reassigned(["answer.drafted", "answer.approved", "answer.submitted"])
        _ = try deliver(late, scene)
        for kind in ["assignment.accepted", "answer.drafted", "answer.approved", "answer.submitted"] {
            try scene.does(kind, "water")
        }
        let former = scene.assignment(of: "roads")
        #expect(try scene.settles("reassigned@" + former, "acceptFormer").text == "accepted")
        #expect(scene.register("state@" + former) == "submitted")
        #expect(scene.appeal.register("ended@" + former) == nil)
        #expect(scene.register("state@" + scene.assignment(of: "water")) == "recalled")
        #expect(scene.register("mainExecutor") == former)
        #expect(scene.held.filter(\.adopted).count == 2)
        #expect(scene.held.filter { !$0.adopted }.count == 1)
        #expect(scene.disagreements == ["C2 settled reassigned@\(former)"])
        #expect(try scene.does("feedback.recorded", "roads").text == "accepted")
        #expect(try scene.reviews("answer.accepted", "roads").text == "accepted")
    }

    @Test("C2, the answer is given to the present executor: the former's work is declined, the paused work goes on")
    func c2Current() throws {
        let (scene, late) = try reassigned(["answer.drafted", "answer.approved", "answer.submitted"])
        _ = try deliver(late, scene)
        for kind in ["assignment.accepted", "answer.drafted", "answer.approved", "answer.submitted"] {
            try scene.does(kind, "water")
        }
        let former = scene.assignment(of: "roads")
        #expect(try scene.settles("reassigned@" + former, "giveToCurrent").text == "accepted")
        #expect(scene.register("state@" + former) == "superseded")
        #expect(scene.register("state@" + scene.assignment(of: "water")) == "submitted")
        #expect(scene.register("mainExecutor") == scene.assignment(of: "water"))
        #expect(scene.disagreements == ["C2 settled reassigned@\(former)"])
        #expect(try scene.settles("reassigned@" + former, "acceptFormer").text == "refused nothingToSettle")
    }

    @Test(
        "C3: an answer that the former executor has dispatched is a fact dated by its dispatch; the centre decides",
        arguments: ["acceptFormer", "correctiveLetter"]
    )
    func c3(choice: String) throws {
        let steps = ["answer.drafted", "answer.approved", "answer.submitted", "answer.dispatched"]
        let (scene, late) = try reassigned(steps)
        #expect(
            try deliver(late, scene) == ["acceptedLate", "held authorityEnded", "held authorityEnded", "acceptedLate"]
        )
        let former = scene.assignment(of: "roads")
        #expect(scene.disagreements == ["C3 open reassigned@\(former)"])
        #expect(scene.facts("dispatch").first?.value["date"]?.string == "2026-02-09")
        try scene.does("assignment.accepted", "water")
        #expect(try scene.settles("reassigned@" + former, "takeBoth").text == "refused unknownChoice")
        #expect(try scene.settles("reassigned@" + former, choice).text == "accepted")
        #expect(scene.facts("dispatch").count == 1)
        #expect(scene.register("mainExecutor") == scene.assignment(of: choice == "acceptFormer" ? "roads" : "water"))
        #expect(scene.disagreements == ["C3 settled reassigned@\(former)"])
    }

    @Test("a settled reassignment opens again for new evidence alone")
    func newEvidence() throws {
        let (scene, late) = try reassigned([
            "answer.drafted", "answer.approved", "answer.submitted", "answer.dispatched",
        ])
        _ = try deliver(Array(late.dropLast()), scene)
        let former = scene.assignment(of: "roads")
        try scene.settles("reassigned@" + former, "giveToCurrent")
        try scene.act("note.added", by: "office/olena/registrar", personal: ["text": "Дзвінок"])
        #expect(scene.disagreements == ["C2 settled reassigned@\(former)"])
        try scene.deliver(late[3])
        #expect(scene.disagreements == ["C3 open reassigned@\(former)"])
    }

    @Test("what a person has settled is not overwritten by a later notice")
    func settledStays() throws {
        let (scene, late) = try reassigned(["answer.drafted", "answer.approved", "answer.drafted"])
        _ = try deliver(Array(late.dropLast()), scene)
        let former = scene.assignment(of: "roads")
        try scene.settles("reassigned@" + former, "giveToCurrent")
        try scene.deliver(late[2])
        let row = scene.appeal[.disagreements, "reassigned@" + former]?.value
        #expect(row?["choice"]?.string == "giveToCurrent")
        #expect(scene.disagreements == ["C2 settled reassigned@\(former)"])
    }

    @Test("adopting the former executor's work by itself makes no second main executor")
    func oneMain() throws {
        let (scene, late) = try reassigned(["answer.drafted", "answer.approved", "answer.submitted"])
        _ = try deliver(late, scene)
        try scene.act(
            "held.adopted",
            by: "office/iryna/specialist",
            ["held": .string(late[2].operation.write.description)]
        )
        #expect(scene.openMains.count == 1, "\(scene.openMains)")
    }

    /// Main and co-executor both dispatch a final answer.
    private func twoAnswers(_ results: [String]) throws -> Scene {
        let scene = try Scene.atWork(main: "roads", co: "water")
        for (department, result) in zip(["roads", "water"], results) {
            try scene.does("answer.drafted", department) { $0["result"] = .string(result) }
            try scene.does("answer.approved", department)
            #expect(try scene.does("answer.dispatched", department).text == "accepted")
        }
        return scene
    }

    @Test("C6: two dispatched answers with the same result are noted")
    func c6Same() throws {
        let scene = try twoAnswers(["satisfied", "satisfied"])
        #expect(scene.disagreements == ["C6 noted twoAnswers"])
    }

    @Test(
        "C6: two dispatched answers with different results need a decision",
        arguments: ["supplementary", "correctiveLetter"]
    )
    func c6Different(choice: String) throws {
        let scene = try twoAnswers(["satisfied", "refused"])
        #expect(scene.disagreements == ["C6 open twoAnswers"])
        #expect(try scene.settles("twoAnswers", choice).text == "accepted")
        #expect(scene.disagreements == ["C6 settled twoAnswers"])
    }

    @Test("C6: two answers to the committee, or preliminary ones, are none")
    func c6None() throws {
        let scene = try Scene.atWork(main: "roads", co: "water")
        for department in ["roads", "water"] {
            try scene.does("answer.drafted", department) { $0["final"] = .bool(department == "roads") }
            try scene.does("answer.approved", department)
            try scene.does("answer.dispatched", department)
        }
        #expect(scene.disagreements.isEmpty)
    }

    /// A final (or preliminary) answer dispatched on a day, against an extension decided on a day.
    private func extended(dispatched: String, decided: String, final: Bool = true, answerFirst: Bool) throws -> Scene {
        let scene = try Scene.atWork()
        scene.world.today = day("2026-03-19")
        try scene.deliver(scene.about("answer.drafted", "roads") { $0["final"] = .bool(final) })
        try scene.does("answer.approved", "roads")
        let extension_ = scene.extends(to: "2026-03-15", decidedOn: decided)
        let dispatch = scene.about("answer.dispatched", "roads") { $0["date"] = .string(dispatched) }
        for signed in answerFirst ? [dispatch, extension_] : [extension_, dispatch] {
            #expect(try scene.deliver(signed).outcome.text == "accepted")
        }
        return scene
    }

    private func detail(_ scene: Scene) -> [String] {
        scene.appeal.items(.disagreements).map { _, item in
            "\(item.value["rule"]?.string ?? "") unused=\(item.value["unused"]?.bool == true) onTime=\(item.value["onTime"]?.bool == true)"
        }
    }

    @Test("C8: a final answer before the old due date is on time, the extension is unused", arguments: [true, false])
    func c8(answerFirst: Bool) throws {
        let scene = try extended(dispatched: "2026-03-05", decided: "2026-03-04", answerFirst: answerFirst)
        #expect(detail(scene) == ["C8 unused=true onTime=true"])
        #expect(Disagreements.open(in: scene.appeal).isEmpty)
    }

    @Test(
        "C9: a final answer between the old and the new due date is on time when the extension was decided in time",
        arguments: [true, false]
    )
    func c9(answerFirst: Bool) throws {
        let scene = try extended(dispatched: "2026-03-06", decided: "2026-03-04", answerFirst: answerFirst)
        #expect(detail(scene) == ["C9 unused=false onTime=true"])
    }

    @Test("C10: a preliminary answer leaves the extension alone")
    func c10() throws {
        let scene = try extended(dispatched: "2026-03-04", decided: "2026-03-04", final: false, answerFirst: false)
        #expect(scene.disagreements.isEmpty)
        #expect(scene.register("due.statutory") == "2026-03-15")
    }

    @Test("a final answer after the new due date needs no notice of the extension")
    func tooLate() throws {
        let scene = try extended(dispatched: "2026-03-16", decided: "2026-03-04", answerFirst: false)
        #expect(scene.disagreements.isEmpty)
    }

    @Test(
        "C12: a listed field corrected in both places is shown twice, the old value in force, until the registrar settles"
    )
    func c12Listed() throws {
        let scene = try Scene.atWork()
        let seen = scene.state
        let department = scene.corrects("applicant.address", "вул. Нова, 5", by: "roads/clerk/clerk", on: seen)
        let office = scene.corrects("applicant.address", "вул. Стара, 7", by: "office/olena/registrar", on: seen)
        #expect(try scene.deliver(office).outcome.text == "accepted")
        #expect(try scene.deliver(department).outcome.text == "conflict")
        let open = Disagreements.open(in: scene.appeal)
        #expect(open.map(\.rule) == ["C12"])
        try scene.act(
            "conflict.settled",
            by: "office/olena/registrar",
            ["conflict": .string(open.first?.name ?? ""), "choice": "take"]
        )
        #expect(scene.register("applicant.address") == "вул. Нова, 5")
    }

    @Test("C12: an unlisted field corrected by an executor is a noted proposal, nobody has to settle")
    func c12Unlisted() throws {
        let scene = try Scene.atWork()
        try scene.deliver(scene.corrects("addressee", "department", by: "roads/clerk/clerk"))
        #expect(scene.conflicts == ["addressee=\"department\" noted"])
        #expect(Disagreements.open(in: scene.appeal).isEmpty)
    }

    @Test("R2: the head of the home department decides about an appeal addressed to it")
    func homeDepartment() throws {
        let scene = Scene()
        #expect(try scene.registers(by: "roads/clerk/clerk").text == "refused wrongIndex")
        #expect(try scene.registers(by: "roads/clerk/clerk") { $0["index"] = "ROADS-К-1" }.text == "accepted")
        func resolution(_ by: String, _ author: String) -> SignedOperation {
            scene.compose(
                "resolution.issued",
                by: by,
                [
                    "author": ["user": .string(author), "role": "head"],
                    "assignments": [["department": "water", "role": "main"]], "onControl": true,
                ],
                personal: ["text": "Виконати"]
            )
        }
        #expect(
            try scene.deliver(resolution("office/iryna/specialist", "mayor")).outcome.text == "refused notAuthorised"
        )
        #expect(try scene.deliver(resolution("roads/head/head", "mayor")).outcome.text == "refused leaderMissing")
        #expect(try scene.deliver(resolution("roads/head/head", "head")).outcome.text == "accepted")
        let views = Slice.views(of: scene.appeal, today: scene.world.today, office: "office")
        #expect(views.mapValues(\.role) == ["roads": .home, "water": .main])
    }
}
