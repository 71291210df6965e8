import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

@testable import Web

@Suite("An answer, from its words to the applicant")
struct AnswerTests {
    private static let letter = """
        Шановна Ольго Петрівно! На Ваше звернення повідомляємо: водопостачання відновлено 14.05.2026.
        """

    /// A card whose answer is written and approved.
    private func approved(_ stage: FormStage) throws -> String {
        let id = try stage.assigned()
        let accepted = try stage.fill(
            ActPlace.of(.assignmentAccept, id),
            ["person": "sydor"],
            as: "petrenko",
            at: "zhkg"
        )
        #expect(accepted.status == 303, "\(accepted.html)")
        let drafted = try stage.fill(
            ActPlace.of(.answerDraft, id),
            ["text": Self.letter, "result": "satisfied"],
            as: "sydor",
            at: "zhkg"
        )
        #expect(drafted.status == 303, "\(drafted.html)")
        let approved = try stage.fill(ActPlace.of(.answerApprove, id), [:], as: "petrenko", at: "zhkg")
        #expect(approved.status == 303, "\(approved.html)")
        return id
    }

    private func card(_ stage: FormStage, _ id: String) throws -> Card {
        try Desk(stage.context("zhkg").place, .named(user: "sydor", role: nil)).card(id)
    }

    private func dispatches(_ stage: FormStage, _ id: String) throws -> Int {
        try card(stage, id).facts.filter { $0.name.kind == "dispatch" }.count
    }

    @Test("the letter has a page of its own, in its own frame, and no note of the staff is on it")
    func surfaces() throws {
        let stage = try FormStage()
        let id = try stage.assigned()
        let noted = try stage.fill(ActPlace.of(.appealNote, id), ["text": "Заявниця грубила"], as: "sydor", at: "zhkg")
        #expect(noted.status == 303)
        let page = try stage.get(ActPlace.of(.answerDraft, id), as: "sydor", at: "zhkg")
        #expect(page.elements.contains { $0.attributes["class"] == "outer" })
        #expect(!page.html.contains("грубила"))
        let note = try stage.get(ActPlace.of(.appealNote, id), as: "sydor", at: "zhkg")
        #expect(note.elements.contains { $0.attributes["class"] == "inner" })
        #expect(!note.elements.contains { $0.attributes["class"] == "outer" })
    }

    @Test("the button names the address, and nothing is authored before half a minute is over")
    func sending() throws {
        let stage = try FormStage()
        let id = try approved(stage)
        let path = ActPlace.of(.answerDispatch, id)
        let check = try stage.get(path, as: "sydor", at: "zhkg")
        #expect(check.all("button").contains { $0.text == "Надіслати на bondar@example.com" }, "\(check.html)")
        let sent = try stage.fill(path, ["number": "12/3"], as: "sydor", at: "zhkg")
        #expect(sent.status == 303, "\(sent.html)")
        #expect(try dispatches(stage, id) == 0)
        let waiting = try stage.get(ActPlace.of(.answerDraft, id), as: "sydor", at: "zhkg")
        #expect(waiting.all("button").contains { $0.text == "Скасувати" })
        try Web(stage.site("zhkg")).carryOutDelayed()
        #expect(try dispatches(stage, id) == 0)
        stage.now += 31_000
        // Another process on the same store goes on with it.
        try Web(stage.site("zhkg")).carryOutDelayed()
        try Web(stage.site("zhkg")).carryOutDelayed()
        #expect(try dispatches(stage, id) == 1)
        #expect(try stage.departmentStore.read { try $0.localCount(.delayed, beginning: "", limit: 9) } == 0)
    }

    @Test("who takes it back within half a minute has sent nothing, and has what was filled in again")
    func cancelled() throws {
        let stage = try FormStage()
        let id = try approved(stage)
        _ = try stage.fill(ActPlace.of(.answerDispatch, id), ["number": "12/3"], as: "sydor", at: "zhkg")
        let waiting = try stage.get(ActPlace.of(.answerDraft, id), as: "sydor", at: "zhkg")
        let action = try #require(
            waiting.all("form").compactMap { $0.attributes["action"] }.first { $0.hasPrefix("/delayed/") }
        )
        let foreign = try stage.post(action, [], as: "petrenko", at: "zhkg")
        #expect(foreign.status == 410)
        let back = try stage.post(action, [], as: "sydor", at: "zhkg")
        #expect(back.status == 303)
        #expect(back.location == ActPlace.of(.answerDispatch, id, ["draft": "1"]))
        let again = try stage.get(ActPlace.of(.answerDispatch, id), [("draft", "1")], as: "sydor", at: "zhkg")
        #expect(again.fields.contains { $0.0 == "number" && $0.1 == "12/3" }, "what was filled in is in its form again")
        stage.now += 60_000
        try Web(stage.site("zhkg")).carryOutDelayed()
        #expect(try dispatches(stage, id) == 0)
        #expect(try stage.post(action, [], as: "sydor", at: "zhkg").status == 410)
    }

    @Test("what may be a mistake is said before the letter goes, and has to be answered")
    func doubts() throws {
        let stage = try FormStage()
        let id = try approved(stage)
        let path = ActPlace.of(.answerDispatch, id)
        let page = try stage.get(path, [("by", "phone")], as: "sydor", at: "zhkg")
        #expect(page.html.contains("Можлива помилка: заявник просив відповісти інакше"))
        let unsure = try stage.post(path, page.fields, as: "sydor", at: "zhkg")
        #expect(unsure.status == 422)
        let sure = try stage.post(path, page.fields + [("sure", "way")], as: "sydor", at: "zhkg")
        #expect(sure.status == 303, "\(sure.html)")
    }

    @Test("another appeal's number, a missing name and a few words are doubts")
    func letters() throws {
        let stage = try FormStage()
        let card = try Desk(stage.context().place, .named(user: "koval", role: nil)).card(try stage.registered())
        func codes(_ text: String) -> [String] {
            LetterCheck(card: card, text: text, way: .email, address: "a@example.com", today: .first).doubts.map(\.code)
        }
        #expect(codes(Self.letter).isEmpty)
        #expect(codes("Шановна Ольго Петрівно! На Ваше звернення № О-31 повідомляємо: воду відновлено.") == ["number"])
        #expect(codes("Водопостачання у Вашому будинку відновлено 14 травня 2026 року.") == ["name"])
        #expect(codes("Ольго, зроблено.") == ["short"])
    }

    @Test("what the rules refuse after half a minute is told to whoever sent it")
    func refusedLater() throws {
        let stage = try FormStage()
        let id = try stage.assigned()
        _ = try stage.fill(ActPlace.of(.assignmentAccept, id), ["person": "sydor"], as: "petrenko", at: "zhkg")
        _ = try stage.fill(ActPlace.of(.answerDraft, id), ["text": Self.letter], as: "sydor", at: "zhkg")
        let sent = try stage.fill(ActPlace.of(.answerDispatch, id), [:], as: "sydor", at: "zhkg")
        #expect(sent.status == 303, "\(sent.html)")
        stage.now += 31_000
        try Web(stage.site("zhkg")).carryOutDelayed()
        let page = try stage.get(ActPlace.of(.answerDraft, id), as: "sydor", at: "zhkg")
        #expect(page.html.contains("Не надіслано."))
        #expect(try dispatches(stage, id) == 0)
    }
}
