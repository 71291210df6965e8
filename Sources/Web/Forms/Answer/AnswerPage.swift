import Appeals
import CanonicalJSON
import Desk

/// The answer to an applicant: the letter, and what has to be before it goes.
enum AnswerPage {
    static let path = "/cards/{appeal+}/acts/\(UseCase.answerDraft.segment)"

    static let routes = [
        Route("GET", path) { try $0.answerPage() },
        Route("POST", path, longest: FormBody.longest) { try $0.draftAnswer() },
    ]
}

/// One assignment's answer, as it stands.
struct AnswerState {
    let given: CardAssignment
    /// The newest first.
    let versions: [ShownFact]
    /// The version that the head stands by.
    let approved: String?

    var last: ShownFact? { versions.first }
    var assignment: String { given.assignment.entity }
    /// The words of a version; empty where this node is not shown them.
    func text(_ version: ShownFact?) -> String { version?.item.value["text"]?.string ?? "" }
    /// Whether a later version waits for an approval.
    var isApproved: Bool { approved != nil && approved == last?.name.write }

    /// Of the assignment that is asked for, else of the first that works on an answer; nil without one.
    init?(_ material: FormMaterial, asked: String?) {
        let all = material.assignments(of: .answerAccept, in: Set(AssignmentState.allCases.filter(\.isGround)))
            .filter { $0.assignment.role != "inform" }
        let working = all.first { $0.assignment.state.map(AssignmentState.working.contains) == true }
        guard let given = all.first(where: { $0.assignment.entity == asked }) ?? working ?? all.first else {
            return nil
        }
        self.given = given
        versions = material.versions(of: given.assignment.entity)
        approved = given.registers["answer"]?.string
    }
}

extension WebCall {
    /// The text with its result, from the last version.
    private func answerForm(_ material: FormMaterial, _ state: AnswerState?) -> ActForm {
        let asked = state.map { ["assignment": $0.assignment] } ?? [:]
        let making = FieldMaking(row: .answerDraft, material: material, language: language, asked: asked)
        var form = ActForm(.answerDraft, making.fields())
        if let place = form.fields.firstIndex(where: { $0.name == "text" }) {
            form.fields[place].isRequired = true
            form.fields[place].control = .area(rows: 11)
            if let last = state?.last { form.fields[place].values = [state?.text(last) ?? ""] }
        }
        if let result = state?.last?.item.value["result"]?.string { form.set("result", result) }
        if state?.last?.item.value["final"]?.bool == false { form.set("preliminary", "true") }
        return form
    }

    /// The letter as it is written, apart from everything internal.
    fileprivate func answerPage() throws -> WebReply {
        let material: FormMaterial
        do { material = try FormMaterial.read(parameters["appeal"] ?? "", desk) } catch { return try notHere(error) }
        let state = AnswerState(material, asked: request.parameter("assignment"))
        let carried = FormCarried(shown: material.mark, command: newCommand())
        let draft = try draft(draftName(.answerDraft, material.card.id))
        var form = answerForm(material, state)
        if let words = restored(draft) { form = form.filled(from: words) }
        return try page(form, state, material, carried, draft)
    }

    /// Keeps a version of the letter.
    fileprivate func draftAnswer() throws -> WebReply {
        guard let body = FormBody(request) else { return try unreadable() }
        let material: FormMaterial
        do { material = try FormMaterial.read(parameters["appeal"] ?? "", desk) } catch { return try notHere(error) }
        let state = AnswerState(material, asked: body.value("assignment"))
        var form = answerForm(material, state).filled(from: body)
        form.check(desk.entrance, self)
        let shown = body.value("shown") ?? ""
        let again = FormCarried(shown: shown, command: body.command ?? newCommand())
        if form.hasErrors { return try page(form, state, material, again) }
        let arguments = form.arguments(appeal: material.card.id, user: material.user)
        switch run(.answerDraft, arguments, Asking(command: body.command, shown: material.writes(shown))) {
        case .done(let how, _):
            try forgetDraft(draftName(.answerDraft, material.card.id))
            let asked = state.map { $0.assignment } ?? ""
            let place = ActPlace.of(.answerDraft, material.card.id, ["assignment": asked])
            return .seeOther(DoneBanner.place(place, .answerDraft, how))
        case .refused(let errors):
            for error in errors { form.refuse(error, self) }
            return try page(form, state, material, FormCarried(shown: shown, command: newCommand()))
        }
    }

    /// The page with the letter and its steps.
    private func page(
        _ form: ActForm,
        _ state: AnswerState?,
        _ material: FormMaterial,
        _ carried: FormCarried,
        _ draft: Draft? = nil
    ) throws -> WebReply {
        let name = say("Відповідь заявникові", "Answer to the applicant"), card = material.card
        return try formPage(name + " · " + card.title, form, on: material, draft: draft) {
            tag("div", ["class": "head"]) {
                tag("div", ["class": "tight"]) {
                    cardLink(card)
                    tag("h1") { name }
                }
                steps(state)
            }
            try waitingActs(card.id)
            if let state {
                tag("div", ["class": "two"]) {
                    tag("div", ["class": "stack"]) {
                        letter(form, state, material, carried)
                        nextActs(state, material)
                    }
                    aside(state, material)
                }
            } else {
                tag("p", ["class": "note note-need"]) {
                    say(
                        "Доручення тут немає: спершу резолюція.",
                        "There is no assignment here: a resolution comes first."
                    )
                }
            }
        }
    }
}
