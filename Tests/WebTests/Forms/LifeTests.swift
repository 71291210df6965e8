import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

@Suite("The life of an appeal by forms")
struct LifeTests {
    /// Fills a form; it must be done.
    private func act(
        _ stage: FormStage,
        _ row: UseCase,
        _ id: String,
        _ typed: [String: String],
        as user: String,
        at node: String = "urz",
        _ source: SourceLocation = #_sourceLocation
    ) throws {
        let page = try stage.fill(ActPlace.of(row, id), typed, as: user, at: node)
        #expect(page.status == 303, "\(row.name): \(page.html)", sourceLocation: source)
        #expect(page.location?.contains("how=held") != true, "\(row.name)", sourceLocation: source)
        try stage.sync()
    }

    private func card(_ stage: FormStage, _ id: String) throws -> Card {
        try Desk(stage.context().place, .named(user: "koval", role: nil)).card(id)
    }

    @Test("goes from the call to the removal from control, across the office and a department")
    func whole() throws {
        let stage = try FormStage()
        let call = [
            "phone": "0560000004", "name": "Гнатюк Ірина Василівна", "text": "Не горять чотири ліхтарі.",
            "heading.1": "090", "email": "hnatiuk@example.com", "reply": "email",
        ]
        let registered = try stage.fill("/register", call, as: "koval")
        let id = String(try #require(registered.location).dropFirst("/cards/".count).prefix(36))
        try act(stage, .resolutionIssue, id, ["text": "Розглянути", "department.1": "zhkg"], as: "koval")
        let early = try stage.get(ActPlace.of(.controlRemove, id), as: "koval")
        #expect(early.html.contains("Зняти з контролю ще не можна."))
        #expect(
            !early.all("button").contains {
                $0.attributes["data-confirm"] != nil && $0.attributes["aria-disabled"] == nil
            }
        )
        try act(stage, .assignmentAccept, id, ["person": "sydor"], as: "petrenko", at: "zhkg")
        let letter = "Шановна Ірино Василівно! На Ваше звернення повідомляємо: освітлення відновлено 14.05.2026."
        try act(stage, .answerDraft, id, ["text": letter, "result": "satisfied"], as: "sydor", at: "zhkg")
        try act(stage, .answerApprove, id, [:], as: "petrenko", at: "zhkg")
        try act(stage, .feedbackAdd, id, ["how": "phone", "words": "Горять усі"], as: "sydor", at: "zhkg")
        try act(stage, .answerSubmit, id, [:], as: "sydor", at: "zhkg")
        try act(stage, .answerAccept, id, [:], as: "koval")
        try act(stage, .answerDispatch, id, [:], as: "sydor", at: "zhkg")
        stage.now += 31_000
        try Web(stage.site("zhkg")).carryOutDelayed()
        try stage.sync()
        let ready = try stage.get(ActPlace.of(.controlRemove, id), as: "koval")
        #expect(!ready.html.contains("Зняти з контролю ще не можна."), "\(ready.html)")
        try act(stage, .controlRemove, id, ["author": "vilkul", "basis": "Питання вирішено"], as: "koval")
        #expect(try card(stage, id).state == .removed)
        try act(stage, .controlReturn, id, ["author": "vilkul", "reason": "Знову не горять"], as: "koval")
        #expect(try card(stage, id).registers["control"] == "onControl")
    }
}
