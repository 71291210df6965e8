import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

@Suite("Disagreements between nodes, and what is merged without anybody")
struct CaseMeetingTests {
    /// A card of the department's own, on which two of its people wrote one field; the office has both.
    private func ofDepartment(_ stage: FormStage) throws -> (id: String, open: OpenCase) {
        let card: JSONObject = [
            "as": "petrenko", "name": "Бондар Ольга Петрівна", "text": "Немає води", "heading": ["090"],
            "question": ["Відновити воду"], "address": "вул. Спаська, 5",
        ]
        let registered = try stage.command("appeal register", card, at: "zhkg")
        let id = try #require(registered.json["appeal"]?.string)
        try stage.sync()
        var fields = try stage.get(ActPlace.of(.appealCorrect, id), as: "petrenko", at: "zhkg").fields
        try stage.command(
            "appeal correct",
            ["appeal": .string(id), "as": "sydor", "set": ["applicant.address=вул. Спаська, 14-А"]],
            at: "zhkg"
        )
        fields.removeAll { $0.0 == "set.applicant.address" }
        fields.append(("set.applicant.address", "вул. Спаська, 14"))
        let corrected = try stage.post(ActPlace.of(.appealCorrect, id), fields, as: "petrenko", at: "zhkg")
        #expect(corrected.status == 303, "\(corrected.words)")
        try stage.sync()
        return (id, try stage.openCase(id, at: "zhkg"))
    }

    @Test("settled offline at a department says that the office has it not yet; when two settle, what came of it")
    func twoSettle() throws {
        let stage = try FormStage()
        let (id, open) = try ofDepartment(stage)
        let place = ActPlace.aCase(open)
        let away = try stage.get(place, as: "petrenko", at: "zhkg")
        #expect(away.names.contains("choose"), "\(away.words)")
        let settled = try stage.post(place, away.fields + [("choose", "take")], as: "petrenko", at: "zhkg")
        #expect(settled.status == 303 && settled.location?.contains("how=saved") == true, "\(settled.words)")
        let mine = try stage.get(place, as: "petrenko", at: "zhkg")
        #expect(mine.words.contains("Взяти інше значення") && mine.words.contains("Центр ще не отримав його"))
        #expect(try stage.value("applicant.address", id, at: "zhkg") == "вул. Спаська, 14")
        let form = try stage.get(place, as: "koval").fields
        let kept = [("choose", "keep"), ("reason", "Так на фото")]
        let office = try stage.post(place, form.filter { $0.0 != "reason" } + kept, as: "koval")
        #expect(office.status == 303, "\(office.words)")
        try stage.sync()
        for (node, user) in [("zhkg", "petrenko"), ("urz", "koval")] {
            let page = try stage.get(place, as: user, at: node)
            for words in [
                "Вирішили двоє одночасно; діє рішення, яке Центр отримав першим.",
                "Не набуло чинності: взяти інше значення",
                "Залишити чинне значення", "Чому: Так на фото", "Петренко Олег Іванович",
            ] { #expect(page.words.contains(words), "\(node): \(words) in \(page.words)") }
            #expect(try stage.value("applicant.address", id, at: node) == "вул. Спаська, 14-А")
        }
        // The decision of the office stands on the department's card, which has not its act.
        let card = try stage.get(ActPlace.card(id), as: "petrenko", at: "zhkg")
        #expect(card.words.contains("Розбіжність значень вирішено: Адреса"))
    }

    @Test("of what a department settled alone both nodes show the same")
    func oneSettles() throws {
        let stage = try FormStage()
        let (id, open) = try ofDepartment(stage)
        let place = ActPlace.aCase(open)
        let form = try stage.get(place, as: "petrenko", at: "zhkg").fields
        #expect(try stage.post(place, form + [("choose", "take")], as: "petrenko", at: "zhkg").status == 303)
        try stage.sync()
        for (node, user) in [("zhkg", "petrenko"), ("urz", "koval")] {
            let page = try stage.get(place, as: user, at: node)
            #expect(
                page.words.contains("Взяти інше значення") && !page.words.contains("Вирішили двоє"),
                "\(page.words)"
            )
            #expect(!page.words.contains("Центр ще не отримав"))
            #expect(try stage.value("applicant.address", id, at: node) == "вул. Спаська, 14")
        }
    }

    @Test("a merge of the rules stands on the card with both values, and is undone by one press")
    func undone() throws {
        let stage = try FormStage()
        let id = try stage.disputed("external", "12/3", "45/6")
        #expect(try stage.card(id).cases.isEmpty)
        #expect(try stage.value("external", id) == "45/6")
        let card = try stage.get(ActPlace.card(id), as: "koval")
        for words in ["Об’єднано без вас", "Номер надсилача: діє 45/6", "не діє 12/3", "Скасувати об’єднання"] {
            #expect(card.words.contains(words), "\(words) in \(card.words)")
        }
        let form = try #require(card.elements.first { $0.attributes["action"]?.hasSuffix("/value") == true })
        let place = try #require(form.attributes["action"])
        let sent = card.fields.filter { ["shown", "command", "which", "kt-session"].contains($0.0) }
        #expect(try stage.post(place, sent, as: "koval").status == 303)
        #expect(try stage.value("external", id) == "12/3")
        let after = try stage.get(ActPlace.card(id), as: "koval")
        #expect(!after.words.contains("Скасувати об’єднання"))
        let reader = try stage.get(place.replacing("/value", with: ""), as: "vilkul")
        #expect(reader.words.contains("Об’єднано без участі людини"))
    }

    @Test("work that waits is adopted beside what the card has, on the page of its case")
    func held() throws {
        let stage = try FormStage()
        let id = try stage.assigned()
        let second: JSONObject = [
            "appeal": .string(id), "as": "koval", "author": "vilkul", "text": "Передати дорожникам", "main": "drim",
        ]
        let issued = try #require(Commands.named("resolution issue")).run(stage.context(), second)
        #expect(issued.json["outcome"] == "held")
        let open = try stage.openCase(id)
        let place = ActPlace.aCase(open)
        let page = try stage.get(place, as: "vilkul")
        for words in [
            "Робота очікує рішення", "Передати дорожникам", "Чому чекає Вже є чинна резолюція", "Департамент ЖКГ",
            "Доручає: Департамент доріг", "Прийняти роботу", "Відхилити роботу",
        ] { #expect(page.words.contains(words), "\(words) in \(page.words)") }
        let declining = try stage.post(place, page.fields + [("choose", "decline")], as: "vilkul")
        #expect(declining.status == 422 && declining.words.contains("Напишіть, чому вирішено так"))
        let adopted = try stage.post(place, page.fields + [("choose", "adopt")], as: "vilkul")
        #expect(adopted.status == 303 && adopted.location?.contains("done=held-adopt") == true, "\(adopted.words)")
        let after = try stage.get(place, as: "vilkul")
        #expect(after.words.contains("Прийняти роботу") && !after.names.contains("choose"))
    }
}
