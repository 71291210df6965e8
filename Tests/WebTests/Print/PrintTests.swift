import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

@Suite("Papers of an appeal")
struct PrintTests {
    private func act(
        _ stage: FormStage,
        _ row: UseCase,
        _ id: String,
        _ typed: [String: String],
        as user: String,
        at node: String = "urz"
    ) throws {
        let page = try stage.fill(ActPlace.of(row, id), typed, as: user, at: node)
        #expect(page.status == 303, "\(row.name): \(page.words)")
    }

    private func assignment(
        _ stage: FormStage,
        _ id: String,
        of department: String,
        at node: String = "urz"
    ) throws -> String {
        let given = try stage.card(id, at: node).assignments.first { $0.assignment.department == department }
        return PrintPlaces.assignment(try #require(given).assignment.entity, of: id)
    }

    @Test("the card has every field of the Instruction, what is written by hand as an empty row, and a foot")
    func card() throws {
        let stage = try FormStage()
        let id = try stage.registered(more: ["channel": "mayorPhone", "category": "7.7"])
        try act(stage, .appealNote, id, ["text": "Лише для своїх"], as: "koval")
        try act(stage, .resolutionIssue, id, ["text": "Вжити заходів", "department.1": "zhkg"], as: "koval")
        let page = try stage.get(PrintPlaces.card(id), as: "koval")
        #expect(page.status == 200 && page.title.contains("Реєстраційно-контрольна картка"))
        for words in [
            "РЕЄСТРАЦІЙНО-КОНТРОЛЬНА КАРТКА", "Реєстраційний індекс", "Дата надходження", "Строк", "Контроль",
            "Кореспондент",
            "Бондар Ольга Петрівна", "вул. Спаська, 5", "тел. 056 000 00 02", "bondar@example.com", "Категорія",
            "Соціальний стан", "Вид звернення", "Ознака надходження", "Суб’єкт", "Місце роботи", "Надійшло через",
            "На ім’я", "Звідки надіслано, дата, індекс", "Дата реєстрації", "Попередні звернення немає",
            "1. ", "Відновити воду", "«Немає води з понеділка»", "записано: Коваль Ірина Петрівна", "«Вжити заходів»",
            "★ Департамент ЖКГ", "Продовження строку", "Хід розгляду", "Проміжна відповідь", "Результат розгляду",
            "Фактично виконано", "Відповідь: дата, №, кому", "Перевірено на місці", "Знято з контролю", "Справа, том",
            "Аркуші", "Фонд", "Опис", "Надруковано", "Коваль Ірина Петрівна · вузол Центр",
        ] { #expect(page.words.contains(words), "\(words) in \(page.words)") }
        #expect(!page.words.contains("Лише для своїх"), "an internal note is on no paper")
        #expect(!page.elements.contains { $0.name == "form" || $0.name == "script" })
        let english = try stage.get(PrintPlaces.card(id), as: "koval", in: .english)
        #expect(english.words.contains("REGISTRATION AND CONTROL CARD") && !english.words.contains("Кореспондент"))
        let screen = try stage.get(ActPlace.card(id), as: "koval")
        #expect(screen.all("a").contains { $0.attributes["href"] == PrintPlaces.card(id) && $0.text == "Друкувати" })
    }

    @Test("an English paper writes every day in one form, and so does the page of its card")
    func englishDays() throws {
        let stage = try FormStage()
        let id = try stage.registered()
        try act(stage, .resolutionIssue, id, ["text": "See to it", "department.1": "zhkg"], as: "koval")
        for place in [PrintPlaces.card(id), PrintPlaces.resolution(id), ActPlace.card(id)] {
            let page = try stage.get(place, as: "koval", in: .english)
            #expect(page.words.contains("14 May 2026"), "\(place): \(page.words)")
            #expect(page.words.firstMatch(of: /20\d\d-\d\d-\d\d/) == nil, "\(place): \(page.words)")
        }
    }

    @Test("the foot of a department's paper says what the office has not received")
    func unsent() throws {
        let stage = try FormStage()
        let id = try stage.assigned()
        let clean = try stage.get(PrintPlaces.card(id), as: "petrenko", at: "zhkg")
        #expect(!clean.words.contains("ще не передано Центру"))
        try act(stage, .assignmentAccept, id, [:], as: "petrenko", at: "zhkg")
        let page = try stage.get(PrintPlaces.card(id), as: "petrenko", at: "zhkg")
        #expect(
            page.words.contains("вузол Департамент ЖКГ · 1 зміну ще не передано Центру: доручення прийнято"),
            "\(page.words)"
        )
        #expect(page.words.contains("ще не отримано"))
    }

    @Test("a paper shows nothing that its reader is not shown: a co-executor has no applicant on any")
    func rights() throws {
        let stage = try FormStage()
        let id = try stage.registered()
        try stage.command(
            "resolution issue",
            [
                "appeal": .string(id), "as": "koval", "author": "vilkul", "text": "Розглянути", "main": "drim",
                "co": ["zhkg"],
            ]
        )
        try stage.sync()
        let own = try assignment(stage, id, of: "zhkg", at: "zhkg")
        for place in [PrintPlaces.card(id), PrintPlaces.resolution(id), own, "/print/journal"] {
            let page = try stage.get(place, as: "petrenko", at: "zhkg")
            #expect(page.status == 200, "\(place)")
            for kept in ["Бондар", "056", "bondar@example.com", "Спаська"] {
                #expect(!page.words.contains(kept), "\(kept) at \(place)")
            }
        }
        #expect(
            try stage.get(PrintPlaces.card(id), as: "petrenko", at: "zhkg").words.contains("не показано цьому вузлу")
        )
        let office = try stage.get(own, as: "koval")
        #expect(office.words.contains("Бондар Ольга Петрівна"))
    }

    @Test("a resolution has its assignments; the letter to an executor has what is asked of that one")
    func assignments() throws {
        let stage = try FormStage()
        let id = try stage.registered()
        try stage.command(
            "resolution issue",
            [
                "appeal": .string(id), "as": "koval", "author": "vilkul", "text": "Вжити заходів", "main": "zhkg",
                "co": ["drim"],
            ]
        )
        let resolution = try stage.get(PrintPlaces.resolution(id), as: "koval")
        for words in [
            "РЕЗОЛЮЦІЯ", "Департамент ЖКГ", "Департамент доріг", "Вжити заходів", "Савчук Віра Марківна",
            "Записано: Коваль Ірина Петрівна", "Місце для електронного підпису", "заявник: Бондар Ольга Петрівна",
        ] { #expect(resolution.words.contains(words), "\(words) in \(resolution.words)") }
        let letter = try stage.get(assignment(stage, id, of: "zhkg"), as: "koval")
        for words in [
            "ДОРУЧЕННЯ", "Департамент ЖКГ Петренко Олег Іванович", "Ваша участь", "Разом із вами Департамент доріг",
            "Відновити воду", "Вжити заходів",
        ] { #expect(letter.words.contains(words), "\(words) in \(letter.words)") }
        #expect(try stage.get(PrintPlaces.card(id) + "/assignments/abcdef", as: "koval").status == 404)
        let none = try stage.registered("Мельник Павло Іванович")
        #expect(try stage.get(PrintPlaces.resolution(none), as: "koval").words.contains("Резолюції ще немає."))
    }

    @Test("the answer is a draft until the head approves it, then it has their name; its number once it was sent")
    func answer() throws {
        let stage = try FormStage()
        let id = try stage.assigned()
        let place = PrintPlaces.answer(id)
        #expect(try stage.get(place, as: "sydor", at: "zhkg").words.contains("Відповіді ще немає."))
        try act(stage, .assignmentAccept, id, [:], as: "petrenko", at: "zhkg")
        let letter = "Шановна Ольго Петрівно!\nВоду подано 14.05.2026."
        try act(stage, .answerDraft, id, ["text": letter, "result": "satisfied"], as: "sydor", at: "zhkg")
        let draft = try stage.get(place, as: "sydor", at: "zhkg")
        #expect(draft.words.contains("ПРОЄКТ, не погоджено") && !draft.words.contains("Петренко Олег Іванович"))
        try act(stage, .answerApprove, id, [:], as: "petrenko", at: "zhkg")
        let approved = try stage.get(place, as: "sydor", at: "zhkg")
        for words in [
            "Департамент ЖКГ", "Бондар Ольга Петрівна вул. Спаська, 5", "Воду подано 14.05.2026.",
            "Петренко Олег Іванович",
            "Сидоренко Яна Юріївна", "На № ", "____________",
        ] { #expect(approved.words.contains(words), "\(words) in \(approved.words)") }
        #expect(!approved.words.contains("ПРОЄКТ"))
        try stage.command(
            "answer dispatch",
            ["appeal": .string(id), "as": "sydor", "to": "applicant", "by": "paper", "number": "12/3"],
            at: "zhkg"
        )
        #expect(try stage.get(place, as: "sydor", at: "zhkg").words.contains("14.05.2026 № 12/3"))
        try stage.sync()
        let office = try stage.get(PrintPlaces.card(id), as: "koval")
        #expect(
            office.words.contains("14.05.2026, № 12/3, заявнику") && office.words.contains("за 0 дн."),
            "\(office.words)"
        )
    }

    @Test("the journal has the rows of the list with its filters, and says how many there are")
    func journal() throws {
        let stage = try FormStage()
        let id = try stage.assigned()
        _ = try stage.registered("Мельник Павло Іванович")
        let all = try stage.get("/print/journal", as: "koval")
        #expect(all.words.contains("Журнал звернень") && all.words.contains("Усього: 2."))
        #expect(all.words.contains("Бондар Ольга Петрівна") && all.words.contains("Мельник Павло Іванович"))
        let fresh = try stage.get("/print/journal", [("queue", "new")], as: "koval")
        #expect(fresh.words.contains("Усього: 1.") && !fresh.words.contains("Бондар Ольга Петрівна"), "\(fresh.words)")
        let list = try stage.get("/queues/new", [("sort", "-index")], as: "koval")
        #expect(list.all("a").contains { $0.attributes["href"] == "/print/journal?queue=new&sort=-index" })
        #expect(try stage.get("/print/journal", [("queue", "unread")], as: "koval").status == 404)
        #expect(try stage.card(id).assignments.count == 1)
    }
}
