import CanonicalJSON
import Testing

@testable import Appeals

@Suite("The outcome of an operation")
struct JudgeOutcomeTests {
    // MARK: base and authority, as DESIGN.md "Admission" and "Policy" have them

    @Test("base current and authority now: accepted")
    func accepted() throws {
        let scene = try Scene.atWork()
        let outcome = try scene.deliver(
            scene.corrects(
                "district@" + scene.appeal.entities(with: "issue")[0],
                "Інгулецький",
                by: "office/olena/registrar"
            )
        ).outcome
        #expect(outcome.text == "accepted")
        #expect(scene.conflicts.isEmpty)
    }

    @Test("base stale, the value equal: accepted, and no conflict is recorded")
    func equalValue() throws {
        let scene = try Scene.atWork()
        let seen = scene.state
        let first = scene.corrects("applicant.address", "вул. Нова, 5", by: "office/olena/registrar", on: seen)
        let second = scene.corrects("applicant.address", "вул. Нова, 5", by: "office/iryna/specialist", on: seen)
        try scene.deliver(first)
        #expect(try scene.deliver(second).outcome.text == "accepted")
        #expect(scene.conflicts.isEmpty)
    }

    @Test("base stale, authority now: by the register's clash rule, the value not in force is a conflict row")
    func staleBase() throws {
        let scene = try Scene.atWork()
        let seen = scene.state
        let first = scene.corrects("applicant.address", "вул. Нова, 5", by: "office/olena/registrar", on: seen)
        let second = scene.corrects("applicant.address", "вул. Стара, 7", by: "office/iryna/specialist", on: seen)
        try scene.deliver(first)
        let outcome = try scene.deliver(second).outcome
        #expect(outcome.text == "conflict")
        #expect(outcome.registers == ["applicant.address": .conflict])
        #expect(scene.register("applicant.address") == "вул. Нова, 5")
        #expect(scene.conflicts == ["applicant.address=\"вул. Стара, 7\" open"])
    }

    @Test(
        "authority ended, had it then: by the late rule, accepted late, held or refused",
        arguments: [
            ("answer.drafted", "acceptedLate"), ("answer.dispatched", "acceptedLate"),
            ("feedback.recorded", "acceptedLate"),
            ("answer.approved", "held authorityEnded"), ("answer.submitted", "held authorityEnded"),
            ("person.assigned", "refused authorityEnded"), ("assignment.declined", "refused authorityEnded"),
        ]
    )
    func late(kind: String, text: String) throws {
        let scene = try Scene.atWork()
        try scene.does("answer.drafted", "roads")
        if kind != "answer.approved" { try scene.does("answer.approved", "roads") }
        let signed = scene.about(kind, "roads") {
            if kind == "person.assigned" { $0["person"] = "ivan" }
            if kind == "assignment.declined" { $0["reason"] = "Не наше" }
        }
        try scene.assigns(main: "water", supersedes: [scene.assignment(of: "roads")])
        #expect(try scene.deliver(signed).outcome.text == text)
    }

    @Test("late work is taken on the 30th day after the ground ended and not on the 31st")
    func lateDays() throws {
        let scene = try Scene.atWork()
        let former = scene.assignment(of: "roads")
        try scene.assigns(main: "water", supersedes: [former])
        let signed = scene.about("answer.drafted", "roads", assignment: former)
        scene.world.today = day("2026-03-12")
        #expect(try scene.deliver(signed).outcome.text == "acceptedLate")
        scene.world.today = day("2026-03-13")
        #expect(
            try scene.deliver(scene.about("answer.drafted", "roads", assignment: former)).outcome.text
                == "refused lateTooOld"
        )
    }

    @Test("grounds end thirty days after removal from control, and late work thirty days after that")
    func lateAfterRemoval() throws {
        for (date, told) in [
            ("2026-03-12", "accepted"), ("2026-03-13", "acceptedLate"), ("2026-04-11", "acceptedLate"),
            ("2026-04-12", "refused lateTooOld"),
        ] {
            let scene = try Scene.answered()
            try scene.removesFromControl()
            scene.world.today = day(date)
            let note = scene.about("feedback.recorded", "roads", assignment: scene.assignment(of: "roads"))
            #expect(try scene.deliver(note).outcome.text == told, "\(date)")
        }
    }

    @Test("an ended assignment counts as authority now when the department has another one of the same role")
    func newerGround() throws {
        let scene = try Scene.atWork()
        let former = scene.assignment(of: "roads")
        try scene.assigns(main: "water", supersedes: [former])
        try scene.assigns(main: "roads", supersedes: [scene.assignment(of: "water")])
        #expect(
            try scene.deliver(scene.about("answer.drafted", "roads", assignment: former)).outcome.text == "accepted"
        )
    }

    @Test("an authority that never was: refused and counted as a lie")
    func lie() throws {
        let scene = try Scene.atWork()
        let judgement = try scene.deliver(
            scene.compose(
                "note.added",
                by: "water/clerk/clerk",
                personal: ["text": "Чуже"],
                authority: scene.assignment(of: "roads")
            )
        )
        #expect(judgement.outcome.text == "refused authorityUnknown")
        #expect(judgement.isLie)
        let isUntouched = judgement.aggregate == nil
        #expect(isUntouched)
    }

    @Test("an authority that can have been lost in a restore of the office: held")
    func authorityLost() throws {
        let scene = try Scene.atWork()
        scene.world.lost = ["office#00000001:9/1"]
        #expect(
            try scene.act(
                "note.added",
                by: "water/clerk/clerk",
                personal: ["text": "Було"],
                authority: "office#00000001:9/1"
            ).text == "held authorityLost"
        )
    }

    @Test("an unknown appeal: refused; with an authority that can have been lost: held")
    func unknownAppeal() throws {
        let scene = Scene()
        #expect(
            try scene.act(
                "note.added",
                by: "water/clerk/clerk",
                personal: ["text": "Чуже"],
                authority: "office#5b1e90c2:2/1"
            ).text == "refused unknownAppeal"
        )
        scene.world.lost = ["office#00000001:9/1"]
        #expect(
            try scene.act(
                "note.added",
                by: "water/clerk/clerk",
                personal: ["text": "Було"],
                authority: "office#00000001:9/1"
            ).text == "held authorityLost"
        )
    }

    @Test("an erased appeal: erased, nothing is written")
    func erased() throws {
        let scene = try Scene.atWork()
        let signed = scene.about("answer.drafted", "roads")
        scene.world.erased = [Scene.appeal]
        let judgement = try scene.deliver(signed)
        #expect(judgement.outcome.text == "erased erased")
        let isUntouched = judgement.aggregate == nil
        #expect(isUntouched)
    }

    @Test("an operation without an appeal, or with one where it is about reference, is refused with its path")
    func misplaced() throws {
        let scene = try Scene.atWork()
        let note = scene.compose("note.added", by: "roads/clerk/clerk", personal: ["text": "x"]) { $0.appeal = nil }
        let outcome = try scene.deliver(note).outcome
        #expect(outcome.text == "refused missingField" && outcome.path == "operation.appeal")
        let put = scene.compose(
            "department.put",
            by: "office/boss/administrator",
            ["department": "gas", "name": "Газ"]
        ) { $0.appeal = Scene.appeal }
        #expect(try scene.deliver(put).outcome.text == "refused wrongType")
    }

    // MARK: actors

    @Test("a role that ended after the author had seen it: held for the office, with its effects")
    func roleEnded() throws {
        let scene = try Scene.atWork()
        try scene.does("answer.drafted", "roads")
        scene.world.roles["roads/head/head"] = .expired
        #expect(try scene.does("answer.approved", "roads").text == "held roleEnded")
        let held = scene.appeal.items(.held)
        #expect(held.count == 1)
        let name = held.first?.name ?? ""
        #expect(try scene.act("held.adopted", by: "office/mayor/leader", ["held": .string(name)]).text == "accepted")
        #expect(
            scene.register("answer@" + scene.assignment(of: "roads")) == scene.version(scene.assignment(of: "roads"))
        )
        #expect(scene.held.map(\.adopted) == [true])
    }

    @Test("a role that the person never had: refused and counted as a lie")
    func roleMissing() throws {
        let scene = try Scene.atWork()
        let judgement = try scene.deliver(
            scene.compose("note.added", by: "roads/stranger/clerk", personal: ["text": "x"])
        )
        #expect(judgement.outcome.text == "refused roleMissing")
        #expect(judgement.isLie)
    }

    @Test("a role that may not do this: refused, and no lie")
    func roleMayNot() throws {
        let scene = try Scene.atWork()
        let judgement = try scene.deliver(scene.compose("appeal.erased", by: "office/olena/registrar", ["reason": "x"]))
        #expect(judgement.outcome.text == "refused notAuthorised")
        #expect(!judgement.isLie)
    }

    @Test("reference is written by the office's administrator alone")
    func reference() throws {
        let scene = Scene()
        let body: JSONObject = ["department": "gas", "name": "Газ"]
        scene.world.roles["roads/head/administrator"] = .current
        #expect(
            try scene.deliver(scene.compose("department.put", by: "roads/head/administrator", body)).outcome.text
                == "refused notAuthorised"
        )
        #expect(
            try scene.deliver(scene.compose("department.put", by: "office/olena/registrar", body)).outcome.text
                == "refused notAuthorised"
        )
        #expect(
            try scene.deliver(scene.compose("department.put", by: "office/boss/administrator", body)).outcome.text
                == "accepted"
        )
    }

    // MARK: whole and by field

    @Test("of a whole act with one stale base nothing takes effect, and every register is kept beside")
    func whole() throws {
        let scene = try Scene.atWork()
        let seen = scene.state
        let resolution = scene.resolution(main: "water", supersedes: [scene.assignment(of: "roads")], on: seen)
        try scene.does("answer.drafted", "roads")
        try scene.does("answer.approved", "roads")
        try scene.does("answer.submitted", "roads")
        let outcome = try scene.deliver(resolution).outcome
        #expect(outcome.text == "conflict staleBase")
        #expect(outcome.registers["state@" + scene.assignment(of: "roads")] == .conflict)
        #expect(scene.assignment(of: "water").isEmpty)
        #expect(scene.facts("resolution").count == 1)
        let wanted = scene.conflicts.filter { $0.hasPrefix("department@") }
        #expect(wanted.count == 1 && wanted.allSatisfy { $0.hasSuffix("\"water\" noted") })
    }

    @Test("of a correction by field each register goes its own way, the outcome is the worst")
    func byField() throws {
        let scene = try Scene.atWork()
        let seen = scene.state
        try scene.deliver(scene.corrects("kind", "application", by: "office/olena/registrar", on: seen))
        let signed = scene.compose(
            "appeal.corrected",
            by: "office/iryna/specialist",
            ["fields": ["kind": "proposal", "addressee": "department"]],
            on: seen
        )
        let outcome = try scene.deliver(signed).outcome
        #expect(outcome.status == .conflict)
        #expect(outcome.registers == ["kind": .conflict, "addressee": .accepted])
        #expect(scene.register("kind") == "application")
        #expect(scene.register("addressee") == "department")
    }
}
