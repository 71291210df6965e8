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
        ] as [(JSON, String)] {
            #expect(try scene.act("appeal.corrected", by: Self.registrar, fields(parties)).text == found, "\(parties)")
        }
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
        scene.world.roles["office/deputy/leader"] = .now
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
