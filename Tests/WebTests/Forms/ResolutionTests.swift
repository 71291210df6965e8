import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

@Suite("A resolution on one screen")
struct ResolutionTests {
    private func card(_ stage: FormStage, _ id: String) throws -> Card {
        try Desk(stage.context().place, .named(user: "koval", role: nil)).card(id)
    }

    @Test("signing gives the appeal to its executors and leads to the next that waits")
    func signs() throws {
        let stage = try FormStage()
        let first = try stage.registered("Бондар Ольга Петрівна"),
            second = try stage.registered("Гнатюк Ірина Василівна")
        let path = ActPlace.of(.resolutionIssue, first)
        let typed = [
            "text": "Розглянути, відповісти", "department.1": "zhkg", "department.2": "drim", "role.2": "inform",
            "do": "next",
        ]
        let page = try stage.fill(path, typed, as: "koval")
        #expect(page.status == 303, "\(page.html)")
        #expect(page.location?.hasPrefix(ActPlace.of(.resolutionIssue, second)) == true)
        #expect(page.location?.contains("done=resolution-issue") == true)
        let assignments = try card(stage, first).assignments.map(\.assignment)
        #expect(Set(assignments.map { $0.department + " " + $0.role }) == ["zhkg main", "drim inform"])
        #expect(try card(stage, first).registers["control"] == "onControl")
    }

    @Test("an executor may have a term of its own, the others have that of all; what is no day is refused at its row")
    func terms() throws {
        let stage = try FormStage()
        let id = try stage.registered("Бондар Ольга Петрівна")
        let path = ActPlace.of(.resolutionIssue, id)
        var typed = [
            "text": "Розглянути, відповісти", "department.1": "zhkg", "department.2": "drim", "role.2": "co",
            "term": "29.05.2026", "term.2": "колись",
        ]
        let refused = try stage.fill(path, typed, as: "koval")
        #expect(refused.status == 422)
        #expect(refused.element(id: "f-term.2-msg")?.text == "Вкажіть день: 14.05.2026")
        typed["term.2"] = "22.05.2026"
        #expect(try stage.fill(path, typed, as: "koval").status == 303)
        let terms = try card(stage, id).assignments.map { $0.assignment.department + " " + ($0.term ?? "") }
        #expect(Set(terms) == ["zhkg 2026-05-29", "drim 2026-05-22"])
    }

    @Test("a department that is complained about cannot be chosen, and the page says why")
    func complained() throws {
        let stage = try FormStage()
        let id = try stage.registered(more: ["complained-against": ["zhkg"]])
        let path = ActPlace.of(.resolutionIssue, id)
        let page = try stage.get(path, as: "koval")
        let offers = page.all("option").filter { $0.attributes["value"] == "zhkg" }
        #expect(!offers.isEmpty && offers.allSatisfy { $0.attributes["disabled"] != nil })
        #expect(page.html.contains("На нього скаржаться (ст. 7 Закону)"))
        let forced = try stage.fill(path, ["text": "Розглянути", "department.1": "zhkg"], as: "koval")
        #expect(forced.status == 422)
        #expect(forced.element(id: "f-department.1-msg")?.text == "Додати не можна: на нього скаржаться (ст. 7)")
    }

    @Test("nobody is chosen beforehand; without an executor, and with two main ones, it is refused at the row")
    func executors() throws {
        let stage = try FormStage()
        let path = ActPlace.of(.resolutionIssue, try stage.registered())
        let none = try stage.fill(path, ["text": "Розглянути"], as: "koval")
        #expect(none.element(id: "f-department.1-msg")?.text == "Виберіть хоча б одного виконавця")
        let two = try stage.fill(
            path,
            ["text": "Розглянути", "department.1": "zhkg", "department.2": "drim", "role.2": "main"],
            as: "koval"
        )
        #expect(two.element(id: "f-department.2-msg")?.text == "Відповідальний виконавець – один")
    }

    @Test("a row is added without a script, and nothing typed is lost")
    func rows() throws {
        let stage = try FormStage()
        let path = ActPlace.of(.resolutionIssue, try stage.registered())
        let page = try stage.fill(path, ["text": "Розглянути", "department.1": "zhkg", "do": "row"], as: "koval")
        #expect(page.names.contains("department.4"))
        #expect(page.fields.contains { $0.0 == "department.1" && $0.1 == "zhkg" })
    }
}
