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

    @Test("what is typed for several is offered by every list until it is sent, for the same appeals, to nobody else")
    func drafts() throws {
        let stage = try FormStage()
        let ids = [try stage.registered("Бондар Ольга"), try stage.registered("Гнатюк Ірина")]
        let form = try stage.post("/selected/appeal-note", ids.map { ("appeal", $0) }, as: "koval")
        let typed = form.fields.filter { $0.0 != "text" } + [("text", "Об’їзд у п’ятницю")]
        let kept = try stage.post(
            "/drafts/selected-appeal-note",
            typed + [("page", "/selected/appeal-note")],
            as: "koval"
        )
        #expect(kept.status == 204)
        for list in ["/cards", "/queues/new"] {
            let page = try stage.get(list, as: "koval")
            #expect(page.html.contains("Б-1, Г-1") && page.html.contains("href=\"/selected/appeal-note\""))
            #expect(try !stage.get(list, as: "vilkul").html.contains("href=\"/selected/appeal-note\""))
        }
        let again = try stage.get("/selected/appeal-note", as: "koval")
        #expect(again.html.contains("Об’їзд у п’ятницю"))
        #expect(again.fields.filter { $0.0 == "appeal" }.map(\.1) == ids)
        let told = try stage.post("/selected/appeal-note", again.fields, as: "koval")
        #expect(told.html.contains("Зроблено 2 з 2"))
        for id in ids { #expect(try notes(stage, id) == 1) }
        #expect(try !stage.get("/cards", as: "koval").html.contains("href=\"/selected/appeal-note\""))
        #expect(try stage.get("/selected/appeal-note", as: "koval").location == "/cards")
        #expect(try stage.get("/selected/appeal-erase", as: "koval").status == 404)
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
