import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

@Suite("One act for several appeals")
struct SelectedTests {
    private func notes(_ stage: FormStage, _ id: String) throws -> Int {
        try Desk(stage.context().place, .named(user: "koval", role: nil)).card(id).facts
            .filter { $0.name.kind == "note" }.count
    }

    @Test("is asked once, done for each, and told row by row; one that is refused hinders no other")
    func each() throws {
        let stage = try FormStage()
        let ids = [try stage.registered("Бондар Ольга"), try stage.registered("Гнатюк Ірина")]
        let gone = "01995c3a-0000-7000-8000-000000000009"
        let asked = try stage.post("/selected/appeal-note", (ids + [gone]).map { ("appeal", $0) }, as: "koval")
        #expect(asked.status == 200)
        #expect(asked.html.contains("Б-1, Г-1"))
        let fields = asked.fields.filter { $0.0 != "text" } + [("text", "Об’їзд у п’ятницю")]
        let told = try stage.post("/selected/appeal-note", fields, as: "koval")
        #expect(told.html.contains("Зроблено 2 з 3"))
        #expect(told.html.contains("Пропущено: "))
        _ = try stage.post("/selected/appeal-note", fields, as: "koval")
        for id in ids { #expect(try notes(stage, id) == 1) }
    }

    @Test("nothing that is selected, and more than fit, is said and done for none")
    func bounds() throws {
        let stage = try FormStage()
        #expect(
            try stage.post("/selected/appeal-note", [], as: "koval").html.contains("Виберіть хоча б одне звернення")
        )
        let many = (0...SelectedPages.most).map { ("appeal", "appeal-\($0)") }
        #expect(try stage.post("/selected/appeal-note", many, as: "koval").status == 422)
        #expect(try stage.post("/selected/appeal-erase", [("appeal", "x")], as: "koval").status == 404)
    }
}
