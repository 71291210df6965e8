import Appeals
import CanonicalJSON
import Desk
import Replication
import Testing

@testable import Web

@Suite("Words that were typed and not sent")
struct DraftTests {
    @Test("are found on the form again, restored by a link, and gone once they are sent")
    func restored() throws {
        let stage = try FormStage()
        let id = try stage.registered()
        let path = ActPlace.of(.appealNote, id)
        let kept = try stage.post(
            "/drafts/appeal-note-\(id)",
            [("text", "Просить передзвонити"), ("page", path), ("command", "x")],
            as: "koval"
        )
        #expect(kept.status == 204)
        let found = try stage.get(path, as: "koval")
        #expect(found.html.contains("Знайдено незбережені зміни від 14.05.2026"))
        #expect(found.fields.contains { $0.0 == "text" && $0.1.isEmpty })
        #expect(!(try stage.get(path, as: "vilkul")).html.contains("Знайдено"))
        let restored = try stage.get(path, [("draft", "1")], as: "koval")
        #expect(restored.fields.contains { $0.0 == "text" && $0.1 == "Просить передзвонити" })
        #expect(try stage.post(path, restored.fields, as: "koval").status == 303)
        #expect(!(try stage.get(path, as: "koval")).html.contains("Знайдено"))
    }

    @Test("go when their author does not want them, and with the appeal that they are about")
    func gone() throws {
        let stage = try FormStage()
        let id = try stage.registered()
        let name = "appeal-note-\(id)", path = ActPlace.of(.appealNote, id)
        func keep() throws { _ = try stage.post("/drafts/\(name)", [("text", "Слова"), ("page", path)], as: "koval") }
        func count() throws -> Int { try stage.store.read { try $0.localCount(.draft, beginning: "", limit: 9) } }
        try keep()
        let discarded = try stage.post("/drafts/\(name)/discard", [], as: "koval")
        #expect(discarded.location == path)
        #expect(try count() == 0)
        try keep()
        try stage.command(
            "appeal erase",
            ["appeal": .string(id), "as": "admin", "reason": "Акт № 5", "confirm": "Б-1"]
        )
        #expect(try count() == 0)
    }

    @Test("about several appeals go with any of them, titles and all")
    func goneWithOne() throws {
        let stage = try FormStage()
        let ids = [try stage.registered("Бондар Ольга"), try stage.registered("Гнатюк Ірина")]
        let form = try stage.post("/selected/appeal-note", ids.map { ("appeal", $0) }, as: "koval")
        let typed = form.fields.filter { $0.0 != "text" } + [("text", "Слова"), ("page", "/cards")]
        #expect(try stage.post("/drafts/selected-appeal-note", typed, as: "koval").status == 204)
        func count() throws -> Int { try stage.store.read { try $0.localCount(.draft, beginning: "", limit: 9) } }
        #expect(try count() == 1)
        try stage.command(
            "appeal erase",
            ["appeal": .string(ids[1]), "as": "admin", "reason": "Акт № 5", "confirm": "Г-1"]
        )
        #expect(try count() == 0)
        // The form is still open in a tab: what it holds is not kept again.
        #expect(throws: DeskError.self) { try stage.post("/drafts/selected-appeal-note", typed, as: "koval") }
        #expect(try count() == 0)
    }

    @Test("about more appeals than one act is for are refused, with how many it is for")
    func tooMany() throws {
        let stage = try FormStage()
        let many = (0...SelectedPages.most).map {
            ("appeal", "01995c3a-0000-7000-8000-" + String(repeating: "0", count: 9) + "\($0 + 100)")
        }
        let refused = try stage.post("/drafts/selected-appeal-note", many + [("page", "/cards")], as: "koval")
        #expect(refused.status == 422 && refused.html.contains("\(SelectedPages.most)"))
        #expect(try stage.store.read { try $0.localCount(.draft, beginning: "", limit: 9) } == 0)
    }

    @Test("of a department go with the appeal that leaves it, and with one that is erased")
    func departed() throws {
        for isErased in [false, true] {
            let stage = try FormStage()
            let id = try stage.assigned()
            let kept = [("text", "Слова заявниці"), ("page", ActPlace.of(.appealNote, id))]
            #expect(try stage.post("/drafts/appeal-note-\(id)", kept, as: "petrenko", at: "zhkg").status == 204)
            func count() throws -> Int {
                try stage.departmentStore.read { try $0.localCount(.draft, beginning: "", limit: 9) }
            }
            #expect(try count() == 1)
            if isErased {
                try stage.command(
                    "appeal erase",
                    ["appeal": .string(id), "as": "admin", "reason": "Акт № 5", "confirm": "Б-1"]
                )
            } else {
                try stage.command(
                    "assignment recall",
                    ["appeal": .string(id), "as": "koval", "assignment": "zhkg", "reason": "Видано помилково"]
                )
            }
            try stage.sync()
            #expect(try count() == 0, "erased: \(isErased)")
            // A form that is still open sends what was typed two seconds later: the tab has it, the node does not.
            let refused = #expect(throws: DeskError.self) {
                try stage.post("/drafts/appeal-note-\(id)", kept, as: "petrenko", at: "zhkg")
            }
            #expect(refused?.kind == .notFound, "erased: \(isErased)")
            #expect(try count() == 0, "erased: \(isErased)")
        }
    }

    @Test("are bounded: in how many forms, in which names, and in where a form leads")
    func bounds() throws {
        let stage = try FormStage()
        for number in 0..<Drafts.most {
            #expect(try stage.post("/drafts/form-\(number)", [("text", "x")], as: "koval").status == 204)
        }
        #expect(try stage.post("/drafts/one-more", [("text", "x")], as: "koval").status == 507)
        #expect(try stage.post("/drafts/form-1", [("text", "y")], as: "koval").status == 204)
        #expect(try stage.post("/drafts/..%2Fkoval", [("text", "x")], as: "koval").status == 400)
        _ = try stage.post("/drafts/form-2", [("page", "//example.com/")], as: "koval")
        #expect(try stage.post("/drafts/form-2/discard", [], as: "koval").location == "/")
    }
}
