import CanonicalJSON
import Testing

@testable import Appeals

@Suite("A complaint")
struct ComplaintTests {
    private func fields(_ parties: JSON) -> JSONObject { ["fields": ["complainedAgainst": parties]] }

    private static let registrar = "office/olena/registrar"

    @Test("names departments, persons and others in a closed form, and departments of the directory alone")
    func form() throws {
        let scene = try Scene.atWork()
        for (parties, found) in [
            (["roads"], "refused wrongType"), ([[:]], "refused wrongType"),
            ([["department": "water", "person": "ivan"]], "refused wrongType"),
            ([["carrier": "x"]], "refused unknownField"), ([["person": "Іван"]], "refused wrongType"),
            ([["department": "raods"]], "refused unknownDepartment"),
            ([["department": "water"], ["person": "ivan"], ["outside": "перевізник"]], "accepted"),
            ([["unresolved": "відділом доріг"]], "accepted"), ([["unresolved": ["x"]]], "refused wrongType"),
        ] as [(JSON, String)] {
            #expect(try scene.act("appeal.corrected", by: Self.registrar, fields(parties)).text == found, "\(parties)")
        }
    }

    @Test("of whom it is not resolved who is meant goes to nobody, until a correction says who it is")
    func unresolved() throws {
        let scene = Scene()
        try scene.registers { $0["complainedAgainst"] = [["unresolved": "відділом доріг"]] }
        #expect(try scene.assigns(main: "roads").text == "refused partyUnresolved")
        #expect(try scene.assigns(main: "water").text == "refused partyUnresolved")
        try scene.act("appeal.corrected", by: Self.registrar, fields([["department": "roads"]]))
        #expect(try scene.assigns(main: "roads").text == "refused complainedAgainst")
        #expect(try scene.assigns(main: "water").text == "accepted")
    }

    @Test("about a department closes every ground that it has, and opens them again when it is taken back")
    func grounds() throws {
        let scene = try Scene.atWork(co: "water")
        func holders() -> [String] {
            Slice.views(of: scene.appeal, today: scene.world.today, office: "office").keys.sorted()
        }
        #expect(holders() == ["roads", "water"])
        try scene.act("appeal.corrected", by: Self.registrar, fields([["department": "roads"]]))
        #expect(holders() == ["water"])
        let late = try scene.deliver(scene.about("assignment.declined", "roads") { $0["reason"] = "Не наше" })
        #expect(late.outcome.text == "refused authorityEnded")
        try scene.act("appeal.corrected", by: Self.registrar, fields([]))
        #expect(holders() == ["roads", "water"])
    }

    @Test("ends a party's late work after thirty days, as any ground that ended; what waits is only declined")
    func lateWork() throws {
        for (days, told) in [(30, "held authorityEnded"), (31, "refused lateTooOld")] {
            let scene = try Scene.atWork()
            for kind in ["assignment.accepted", "answer.drafted", "answer.approved"] { try scene.does(kind, "roads") }
            try scene.act("appeal.corrected", by: Self.registrar, fields([["department": "roads"]]))
            #expect(scene.appeal.register("complainedSince")?["roads"] == .string(scene.world.today.description))
            let began = scene.world.today
            scene.world.today = try #require(began.adding(days: days))
            // Whoever is named beside it does not make it begin anew.
            try scene.act(
                "appeal.corrected",
                by: Self.registrar,
                fields([["department": "parks"], ["department": "roads"]])
            )
            #expect(scene.appeal.register("complainedSince")?["roads"] == .string(began.description))
            let submitted = try scene.deliver(scene.about("answer.submitted", "roads"))
            #expect(submitted.outcome.text == told)
            guard submitted.outcome.status == .held, let held = scene.appeal.names(.held).last else { continue }
            let decision: JSONObject = ["held": .string(held), "reason": "Незалежний виконавець"]
            #expect(try scene.act("held.adopted", by: "office/iryna/specialist", decision).text.hasPrefix("refused"))
            #expect(try scene.act("held.declined", by: "office/iryna/specialist", decision).text == "accepted")
            try scene.act("appeal.corrected", by: Self.registrar, fields([]))
            #expect(scene.appeal.register("complainedSince")?.object?.isEmpty == true)
        }
    }

    @Test(
        "about the home department or its head makes the office controller in that commit, and a correction gives it back"
    )
    func home() throws {
        for (parties, homeMay) in [([["department": "parks"]], false), ([["person": "head"]], true)] as [([JSON], Bool)]
        {
            let scene = Scene()
            try scene.registers(by: "parks/clerk/clerk") { $0["index"] = "PARKS-К-1" }
            #expect(scene.register("home") == "parks")
            let office: JSONObject = ["fields": ["external": "1"]]
            #expect(try scene.act("appeal.corrected", by: Self.registrar, office).text == "refused notAuthorised")
            #expect(
                try scene.act("appeal.corrected", by: "parks/head/head", fields(.array(parties))).text == "accepted"
            )
            #expect(try scene.act("appeal.corrected", by: Self.registrar, office).text == "accepted")
            let byHome = try scene.act("appeal.corrected", by: "parks/deputy/deputy", ["fields": ["external": "2"]])
            #expect(byHome.text != "accepted" && scene.register("external") == "1")
            let note = try scene.act("note.added", by: "parks/deputy/deputy", personal: ["text": "x"])
            #expect(note.text == (homeMay ? "accepted" : "acceptedLate"))
            #expect(try scene.act("appeal.corrected", by: Self.registrar, fields([])).text == "accepted")
            #expect(try scene.act("appeal.corrected", by: Self.registrar, office).text == "refused notAuthorised")
            #expect(
                try scene.act("appeal.corrected", by: "parks/head/head", ["fields": ["external": "3"]]).text
                    == "accepted"
            )
        }
    }

    @Test("about the office closes nothing there; a leader decides whom no complaint names, another than who writes it")
    func office() throws {
        let scene = Scene()
        scene.world.roles["office/deputy/leader"] = .current
        try scene.registers { $0["complainedAgainst"] = [["department": "office"]] }
        #expect(try scene.act("note.added", by: Self.registrar, personal: ["text": "x"]).text == "accepted")
        #expect(try scene.assigns(main: "office").text == "refused complainedAgainst")
        #expect(try scene.assigns(main: "roads").text == "accepted")
        #expect(Slice.views(of: scene.appeal, today: scene.world.today, office: "office").keys.sorted() == ["roads"])
    }

    @Test("that is only proposed closes nothing, and nothing is routed until it is settled")
    func proposed() throws {
        let scene = try Scene.atWork()
        let outcome = try scene.act("appeal.corrected", by: "roads/clerk/clerk", fields([["department": "water"]]))
        #expect(outcome.text == "conflict")
        #expect(Slice.views(of: scene.appeal, today: scene.world.today, office: "office").keys.sorted() == ["roads"])
        #expect(try scene.assigns(main: "parks").text == "refused disagreementOpen")
    }

    @Test("about a person bars that person: nobody is told why, appointments are void, the department keeps its ground")
    func person() throws {
        let scene = try Scene.atWork()
        try scene.deliver(scene.about("person.assigned", "roads") { $0["person"] = "clerk" })
        try scene.act("appeal.corrected", by: Self.registrar, fields([["person": "clerk"]]))
        #expect(Complaint.bars("clerk", from: scene.appeal) && !Complaint.bars("head", from: scene.appeal))
        #expect(Slice.views(of: scene.appeal, today: scene.world.today, office: "office").keys.sorted() == ["roads"])
        #expect(scene.appeal.items(.registers, beginning: "person@").allSatisfy { $0.item.value.isNull })
        let note = try scene.act("note.added", by: "roads/clerk/clerk", personal: ["text": "x"])
        #expect(note.text == "refused notAuthorised")
        let named = try scene.deliver(scene.about("person.assigned", "roads") { $0["person"] = "clerk" })
        #expect(named.outcome.text == "refused complainedAgainst")
        // A co-executor is not shown the card, and is told whom it may not show the appeal.
        let view = View(department: "water", role: .co, issues: [])
        let shown = view.project(scene.appeal)
        #expect(shown.register("complainedAgainst") == nil && Complaint.bars("clerk", from: shown))
        try scene.act("appeal.corrected", by: Self.registrar, fields([]))
        #expect(!Complaint.bars("clerk", from: scene.appeal))
    }

    @Test("about a leader waits for another leader, by name")
    func leader() throws {
        let scene = Scene()
        scene.world.roles["office/deputy/leader"] = .current
        try scene.registers { $0["complainedAgainst"] = [["person": "mayor"]] }
        #expect(try scene.assigns(main: "roads").text == "held leaderConcerned")
        let held = try #require(scene.appeal.names(.held).first)
        let adoption: JSONObject = ["held": .string(held), "reason": "особисто"]
        let specialist = try scene.act("held.adopted", by: "office/iryna/specialist", adoption)
        #expect(specialist.text == "refused leaderConcerned")
        #expect(try scene.act("held.adopted", by: "office/mayor/leader", adoption).text == "refused notAuthorised")
        #expect(try scene.act("held.adopted", by: "office/deputy/leader", adoption).text == "accepted")
        #expect(scene.openMains.count == 1)
    }
}
