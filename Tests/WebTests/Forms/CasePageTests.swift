import Appeals
import CanonicalJSON
import Desk
import Testing

@testable import Web

@Suite("A disagreement on a page of its own")
struct CasePageTests {
    private func place(_ open: OpenCase) -> String { ActPlace.aCase(open) }

    @Test("shows what was, both values with who, when, why and telephone, and nothing is chosen")
    func sides() throws {
        let stage = try FormStage()
        let id = try stage.disputed()
        let open = try stage.openCase(id)
        let page = try stage.get(place(open), as: "koval")
        #expect(page.status == 200)
        let heads = page.all("h2").map(\.text).prefix(3)
        #expect(Array(heads) == ["Було", "А · Коваль Ірина Петрівна (це ви)", "Б · Лис Галина Романівна"], "\(heads)")
        for words in [
            "вул. Спаська, 5", "підстава: Фото таблички", "підстави не названо", "провідний спеціаліст, Центр",
            "при реєстрації", "телефон не вказано", "Вирішує: Центр (реєстратор, спеціаліст)", "Вирішити до", "зараз",
        ] { #expect(page.words.contains(words), "\(words) in \(page.words)") }
        #expect(page.all("a").contains { $0.attributes["href"] == "tel:+380560000067" })
        #expect(page.all("ins").map(\.text) == ["14", "14-А"])
        let radios = page.all("input").filter { $0.attributes["type"] == "radio" }
        #expect(radios.map { $0.attributes["value"] } == ["take", "keep", "own"])
        #expect(radios.allSatisfy { $0.attributes["checked"] == nil })
        let english = try stage.get(place(open), as: "koval", in: .english)
        #expect(english.words.contains("It was") && english.words.contains("no telephone given"))
        #expect(!english.words.contains("Було"))
    }

    @Test("without a choice says so beside the choices, and keeps the reason that was typed")
    func nothingChosen() throws {
        let stage = try FormStage()
        let open = try stage.openCase(stage.disputed())
        let page = try stage.fill(place(open), ["reason": "Бо так"], as: "koval")
        #expect(page.status == 422)
        #expect(page.all("a").contains { $0.attributes["href"] == "#f-choose" && $0.text == "Виберіть одне з двох" })
        #expect(page.element(id: "f-choose") != nil && page.fields.contains { $0 == ("reason", "Бо так") })
        let empty = try stage.post(place(open), page.fields + [("choose", "own")], as: "koval")
        #expect(empty.status == 422 && empty.words.contains("Запишіть своє значення"))
        #expect(empty.all("input").contains { $0.attributes["value"] == "own" && $0.attributes["checked"] != nil })
    }

    @Test("the value that lost is put back by a correction, which stands in the history")
    func restored() throws {
        let stage = try FormStage()
        let id = try stage.disputed()
        let open = try stage.openCase(id)
        let form = try stage.get(place(open), as: "koval").fields
        let settled = try stage.post(place(open), form + [("choose", "take")], as: "koval")
        #expect(settled.status == 303 && settled.location?.hasPrefix(place(open)) == true, "\(settled.words)")
        #expect(try stage.value("applicant.address", id) == "вул. Спаська, 14")
        let after = try stage.get(place(open), as: "lys")
        #expect(after.words.contains("Взяти інше значення") && after.words.contains("Значення, які не діють"))
        let back = after.elements.filter { $0.attributes["action"] == place(open) + "/value" }
        #expect(back.count == 1)
        let restored = try stage.post(place(open) + "/value", after.fields, as: "lys")
        #expect(restored.status == 303, "\(restored.words)")
        #expect(try stage.value("applicant.address", id) == "вул. Спаська, 14-А")
        #expect(try stage.card(id).cases.isEmpty)
        let card = try stage.get(ActPlace.card(id), as: "koval")
        #expect(card.words.contains("Повернуто значення, яке не діяло"))
        #expect(card.all("a").contains { $0.attributes["href"] == place(open) && $0.text == "Показати обидві сторони" })
        let again = try stage.get(place(open), as: "lys")
        #expect(again.elements.count { $0.attributes["action"] == place(open) + "/value" } == 1)
    }

    @Test("a value of one's own comes into force and settles; of a register that no correction writes there is none")
    func own() throws {
        let stage = try FormStage()
        let id = try stage.disputed()
        let open = try stage.openCase(id)
        let form = try stage.get(place(open), as: "koval").fields.filter { $0.0 != "own" }
        let typed = [("choose", "own"), ("own", "вул. Спаська, 14-Б"), ("reason", "Подзвонили заявниці")]
        let settled = try stage.post(place(open), form + typed, as: "koval")
        #expect(settled.status == 303, "\(settled.words)")
        #expect(try stage.value("applicant.address", id) == "вул. Спаська, 14-Б")
        #expect(try stage.card(id).cases.isEmpty)
        let page = try stage.get(place(open), as: "koval")
        let lost = page.elements.filter { $0.attributes["action"] == place(open) + "/value" }
        #expect(lost.count == 2, "both that lost can be put back: \(page.words)")
        // The same form again is the same act.
        let again = try stage.post(place(open), form + typed, as: "koval")
        #expect(again.status == 409)
        #expect(try stage.value("applicant.address", id) == "вул. Спаська, 14-Б")
    }

    @Test("whoever comes second at one node reads what was decided and that their choice was not saved")
    func second() throws {
        let stage = try FormStage()
        let id = try stage.disputed()
        let open = try stage.openCase(id)
        let slow = try stage.get(place(open), as: "lys").fields
        let fast = try stage.get(place(open), as: "koval").fields
        #expect(try stage.post(place(open), fast + [("choose", "keep")], as: "koval").status == 303)
        let late = try stage.post(place(open), slow + [("choose", "take")], as: "lys")
        #expect(late.status == 409)
        #expect(late.words.contains("Це вже вирішено без вас") && late.words.contains("Залишити чинне значення"))
        #expect(late.words.contains("Коваль Ірина Петрівна"))
        #expect(try stage.value("applicant.address", id) == "вул. Спаська, 14-А")
        // A value of one's own would be a correction: what was decided stands.
        let own = slow.filter { $0.0 != "own" } + [("choose", "own"), ("own", "вул. Спаська, 14-Б")]
        #expect(try stage.post(place(open), own, as: "lys").status == 409)
        #expect(try stage.value("applicant.address", id) == "вул. Спаська, 14-А")
    }

    @Test("who saw another value in force than there is now chooses again")
    func changed() throws {
        let stage = try FormStage()
        let id = try stage.disputed()
        let open = try stage.openCase(id)
        let form = try stage.get(place(open), as: "koval").fields
        try stage.command(
            "appeal correct",
            ["appeal": .string(id), "as": "lys", "set": ["applicant.address=вул. Спаська, 99"]]
        )
        let refused = try stage.post(place(open), form + [("choose", "keep")], as: "koval")
        #expect(refused.status == 409 && refused.words.contains("Чинне значення щойно змінили"), "\(refused.words)")
        #expect(refused.words.contains("вул. Спаська, 99"))
        #expect(try stage.card(id).cases.count == 1)
        #expect(try stage.post(place(open), refused.fields + [("choose", "keep")], as: "koval").status == 303)
    }

    @Test("the rest of the card goes on, whatever is in dispute")
    func goesOn() throws {
        let stage = try FormStage()
        let id = try stage.disputed()
        for (row, typed) in [
            (UseCase.appealNote, ["text": "Дзвонила заявниця"]),
            (.resolutionIssue, ["text": "Розглянути", "department.1": "zhkg"]),
        ] {
            let done = try stage.fill(ActPlace.of(row, id), typed, as: "koval")
            #expect(done.status == 303 && done.location?.contains("how=held") == false, "\(row.name): \(done.words)")
        }
        try stage.sync()
        for row in [UseCase.assignmentAccept, .feedbackAdd] {
            let typed = row.name == UseCase.feedbackAdd.name ? ["how": "phone", "words": "Чекає"] : [:]
            let done = try stage.fill(ActPlace.of(row, id), typed, as: "petrenko", at: "zhkg")
            #expect(done.status == 303, "\(row.name): \(done.words)")
        }
        #expect(try stage.card(id).cases.count == 1)
    }

    @Test("whoever may not settle sees both sides and who decides, and has nothing to press")
    func reader() throws {
        let stage = try FormStage()
        let open = try stage.openCase(stage.disputed())
        let page = try stage.get(place(open), as: "vilkul")
        #expect(page.words.contains("Вирішує: Центр") && page.words.contains("Фото таблички"))
        #expect(!page.names.contains("choose") && !page.elements.contains { $0.attributes["data-confirm"] != nil })
    }

    @Test("the queue names each case with what happened, who decides and until when, and leads to it")
    func queue() throws {
        let stage = try FormStage()
        let open = try stage.openCase(stage.disputed())
        let page = try stage.get("/queues/decisions", as: "koval")
        #expect(page.all("a").contains { $0.attributes["href"] == place(open) })
        for words in [
            "Відновити воду", "Два працівники змінили те саме поле картки: адреса", "Коваль Ірина Петрівна, Центр",
            "реєстратор", "Вирішити до",
        ] { #expect(page.words.contains(words), "\(words) in \(page.words)") }
        let nothing = try FormStage()
        #expect(try nothing.get("/queues/decisions", as: "koval").words.contains("Нічого не чекає рішення."))
    }

    @Test("a case that never was is no page")
    func none() throws {
        let stage = try FormStage()
        let id = try stage.registered()
        #expect(try stage.get(ActPlace.aCase(id, "abcdef"), as: "koval").status == 404)
        #expect(try stage.get("/waiting", [("held", "zhkg#5b1e90c2:3")], as: "koval").status == 404)
    }
}
