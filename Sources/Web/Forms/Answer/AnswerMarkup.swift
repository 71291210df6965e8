import Appeals
import CanonicalJSON
import Desk

/// The pieces of the page of an answer.
extension WebCall {
    /// Where the answer stands: words, approval, checking, sending.
    func steps(_ state: AnswerState?) -> Markup {
        let isSent = state.map { state in state.given.assignment.state == .done } ?? false
        let done = [
            state?.last != nil, state?.isApproved == true,
            state?.given.assignment.state == .submitted || isSent, isSent,
        ]
        let names = [
            say("Текст", "Words"), say("Погодження", "Approval"), say("Перевірка", "Checking"),
            say("Прийнято", "Accepted"),
        ]
        let current = done.firstIndex(of: false)
        return tag("ol", ["class": "wiz", "role": "list"]) {
            for place in names.indices {
                tag("li", ["class": done[place] ? "ok" : nil, "aria-current": place == current ? "step" : nil]) {
                    tag("b") { done[place] ? "✓" : String(place + 1) }
                    " " + names[place]
                    if done[place] { spoken(say(" – зроблено", " – done")) }
                }
            }
        }
    }

    /// The letter alone, in its own frame: who reads it stands above.
    func letter(_ form: ActForm, _ state: AnswerState, _ material: FormMaterial, _ carried: FormCarried) -> Markup {
        let isOpen =
            state.given.assignment.state.map { AssignmentState.working.contains($0) || $0 == .submitted } == true
        let may = form.row.isFor(material.roles) && !material.isOffice && isOpen
        return tag("section", ["class": "outer", "aria-labelledby": "let"]) {
            tag("header", ["class": "tight"]) {
                tag("h2", ["id": "let"]) {
                    icon(.mail)
                    " " + say("Побачить заявник", "The applicant will see")
                }
                tag("p", ["class": "small"]) { addressee(material.card) }
            }
            if may {
                sending("pad stack", carried, draft: draftName(.answerDraft, material.card.id)) {
                    form.fields.map { markup($0) }
                    tag("div", ["class": "row far"]) {
                        tag("p", ["class": "hint"]) { version(state) }
                        tag("button", ["class": "btn btn-act", "data-confirm": ""]) { say(ActWords.verb(.answerDraft)) }
                    }
                }
            } else {
                tag("div", ["class": "pad stack"]) {
                    paragraphs(state.text(state.last))
                    tag("p", ["class": "hint"]) { version(state) }
                }
            }
        }
    }

    /// A text as its lines, which nobody shortens.
    func paragraphs(_ text: String) -> Markup {
        Markup(text.split(separator: "\n").map { line in tag("p") { String(line) } })
    }

    private func addressee(_ card: Card) -> String {
        let name = card.registers["applicant.name"]?.string ?? ""
        let wish = card.registers["replyPreference"]?.string.flatMap(ReplyPreference.init)
            .map { say($0.label).lowercasedFirst }
        return [name, wish].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private func version(_ state: AnswerState) -> String {
        guard let last = state.last else { return say("Ще не збережено жодної редакції", "No version is saved yet") }
        let count = state.text(last).count
        let day = last.at.map { at($0) } ?? ""
        return say(
            "Редакція \(state.versions.count) · \(count) знаків · \(day)",
            "Version \(state.versions.count) · \(count) characters · \(day)"
        )
    }

    /// What somebody may do next with the answer, each with the version that stands on the page.
    func nextActs(_ state: AnswerState, _ material: FormMaterial) -> Markup {
        let offered = material.reader.offered.map(\.name)
        let acts: [UseCase] = [.answerApprove, .answerSubmit, .answerAccept, .answerReturn, .answerDispatch]
        let shown = acts.filter {
            offered.contains($0.name) && ActStates.of($0).contains(state.given.assignment.state ?? .issued)
        }
        guard state.last != nil, !shown.isEmpty else { return Markup() }
        return tag("section", ["class": "sheet", "aria-label": say("Далі", "Next")]) {
            tag("div", ["class": "pad row"]) {
                shown.map { row in
                    let version =
                        row.name == UseCase.answerApprove.name
                        ? state.last?.name.write : state.approved ?? state.last?.name.write
                    let place = ActPlace.of(
                        row,
                        material.card.id,
                        ["assignment": state.assignment, "version": version ?? ""]
                    )
                    return tag("a", ["class": "btn", "href": place]) { say(ActWords.verb(row)) }
                }
            }
        }
    }

    /// What an answer needs, and what the citizen said; notes of the staff stay where they are.
    func aside(_ state: AnswerState, _ material: FormMaterial) -> Markup {
        let facts = material.card.facts
        let feedback = facts.filter { $0.name.kind == "feedback" },
            documents = facts.filter { $0.name.kind == "document" }
        let notes = facts.filter { $0.name.kind == "note" }.count
        return tag("aside", ["class": "stack"]) {
            tag("section", ["class": "sheet"]) {
                tag("header") { tag("h2") { say("Що потрібно для відповіді", "What an answer needs") } }
                tag("ul", ["class": "steps pad"]) {
                    need(
                        say("Зворотний зв’язок із заявником", "Feedback with the applicant"),
                        !feedback.isEmpty,
                        .feedbackAdd,
                        material.card
                    )
                    need(
                        say("або підтвердний документ", "or a document that confirms"),
                        !documents.isEmpty,
                        .documentAdd,
                        material.card
                    )
                    need(say("Погодив керівник", "The head approved"), state.isApproved, .answerApprove, material.card)
                    need(
                        say("Немає розбіжностей", "No disagreements"),
                        material.card.cases.isEmpty,
                        .conflictSettle,
                        material.card
                    )
                }
            }
            feedback.map { fact in
                tag("section", ["class": "sheet"]) {
                    tag("header") { tag("h2") { say("Зворотний зв’язок", "Feedback") } }
                    tag("div", ["class": "pad tight"]) {
                        tag("p", ["class": "voice"]) { "«" + (fact.item.value["words"]?.string ?? "") + "»" }
                    }
                }
            }
            tag("div", ["class": "inner tight"]) {
                tag("b") {
                    icon(.lock)
                    " " + say("Службові примітки лишаються на картці", "Internal notes stay on the card")
                }
                tag("p", ["class": "small"]) {
                    say(
                        "Приміток: \(notes). У лист їх не перенести й не вставити.",
                        "Notes: \(notes). They cannot be moved into the letter."
                    )
                }
                tag("a", ["class": "btn btn-s", "href": ActPlace.of(.appealNote, material.card.id)]) {
                    say("Додати примітку", "Add a note")
                }
            }
        }
    }

    private func need(_ words: String, _ isMet: Bool, _ row: UseCase, _ card: Card) -> Markup {
        tag("li") {
            tag("span") {
                icon(isMet ? .check : .ring)
                tag("span") { words }
            }
            isMet
                ? tag("span", ["class": "nw"]) { say("Є", "Yes") }
                : tag("a", ["class": "nw", "href": ActPlace.of(row, on: card)]) { say("Ще ні", "Not yet") }
        }
    }
}
