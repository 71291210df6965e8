import Appeals
import CanonicalJSON
import Desk

/// The sheets of a case: to choose in while it is open, what came of it afterwards.
extension WebCall {
    /// Both sides; who may settle it chooses, others see who does.
    func open(_ form: CaseForm, _ material: FormMaterial, _ carried: FormCarried) -> Markup {
        let compared = form.compared
        guard material.reader.maySettle(compared.found) else {
            return tag("section", ["class": "sheet"]) { sides(compared, material, choosing: nil) }
        }
        return sending("sheet", carried, draft: draftName(compared)) {
            sides(compared, material, choosing: form)
            tag("div", ["class": "pad stack"]) {
                if let fault = form.act.fault { tag("p", ["class": "msg"]) { fault.words } }
                if let reason = form.act["reason"] { markup(reason) }
                tag("div", ["class": "row"]) {
                    tag("button", ["class": "btn btn-act", "data-confirm": ""]) {
                        say(ActWords.verb(.conflictSettle))
                        " "
                        tag("kbd") { "Ctrl Enter" }
                    }
                    tag("a", ["class": "btn", "href": "/queues/decisions"]) { say("Відкласти", "Put off") }
                    tag("span", ["class": "hint push keyhint"]) {
                        tag("kbd") { "↑ ↓" }
                        say(" вибір", " choose")
                    }
                }
            }
            tag("footer") {
                tag("span") {
                    say(
                        "Що не обрано, лишиться в історії; значення картки можна повернути на цій самій сторінці.",
                        "What is not chosen stays in the history; a value of the card can be put back on this very page."
                    )
                }
                tag("span") {
                    say(
                        "Якщо хтось вирішить раніше за вас, ви побачите його рішення.",
                        "If somebody decides before you, you will see their decision."
                    )
                }
            }
        }
    }

    /// Was, A and B beside one another; with `form` each can be chosen.
    private func sides(_ compared: ComparedCase, _ material: FormMaterial, choosing form: CaseForm?) -> Markup {
        guard let values = compared.values else { return workDuel(compared, material, choosing: form) }
        return duel(values, compared, material, choosing: form)
    }

    /// What was decided, what came too late, and the values that can be put back.
    func decided(_ compared: ComparedCase, _ material: FormMaterial) -> Markup {
        Markup([
            tag("section", ["class": "sheet", "aria-labelledby": "decided-h"]) {
                tag("header") { tag("h2", ["id": "decided-h"]) { say("Що вирішено", "What was decided") } }
                tag("div", ["class": "pad stack"]) {
                    compared.decision.map { decision($0, compared, material) }
                        ?? tag("p") {
                            say("Рішення не потрібне: спрацювало правило.", "No decision was needed: a rule applied.")
                        }
                    if let values = compared.values { inForce(values, compared, material) }
                    for late in compared.late { tooLate(late, compared, material) }
                }
            },
            compared.values.map { lost($0, compared, material) }
                ?? tag("section", ["class": "sheet"]) { workDuel(compared, material, choosing: nil) },
        ])
    }

    /// What was decided, by whom and when.
    private func decision(_ decision: CaseDecision, _ compared: ComparedCase, _ material: FormMaterial) -> Markup {
        tag("div", ["class": "tight"]) {
            tag("p") {
                tag("b") { say(Wording.choice(decision.choice)).capitalizedFirst }
            }
            tag("p") { by(decision.author, decision.at, compared, material) }
            if !decision.reason.isEmpty { tag("p") { say("Чому: ", "Why: ") + decision.reason } }
            if decision.isUnsent {
                note(.plain, .up) {
                    say(
                        "Рішення збережено на цьому вузлі, Центр ще не отримав його. Якщо там вирішили раніше, діятиме їхнє, і тут буде видно обидва.",
                        "The decision is kept at this node and the office has not received it. If it was settled there before, theirs is in force, and both will be seen here."
                    )
                }
            }
        }
    }

    /// A decision that found the case settled.
    private func tooLate(_ late: LateDecision, _ compared: ComparedCase, _ material: FormMaterial) -> Markup {
        note(.need, .differ) {
            tag("p") {
                tag("b") {
                    say(
                        "Вирішили двоє одночасно; діє рішення, яке Центр отримав першим.",
                        "Two decided at once; the decision that the office received first is in force."
                    )
                }
            }
            tag("p") {
                say("Не набуло чинності: ", "Took no effect: ") + say(Wording.choice(late.choice)) + "."
                if !late.reason.isEmpty { say(" Чому: ", " Why: ") + late.reason }
            }
            tag("p") { by(late.author, late.at, compared, material) }
        }
    }

    /// Who, where and when, in a line.
    private func by(
        _ author: Author,
        _ at: Int64?,
        _ compared: ComparedCase,
        _ material: FormMaterial
    ) -> Markup {
        let department = author.node.isEmpty ? "" : place(of: author.node, compared.names, office: material.office)
        let person = author.user.isEmpty ? "" : name(of: author, compared, material)
        return tag("span", ["class": "small soft"]) {
            [person, department, at.map { self.at($0) } ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        }
    }

    /// Which value stands now.
    private func inForce(_ values: ComparedValues, _ compared: ComparedCase, _ material: FormMaterial) -> Markup {
        let words = text(of: values.inForce, values, compared)
        return tag("dl", ["class": "kv"]) {
            tag("dt") { register(values.register, material.card) }
            tag("dd") {
                words.isEmpty ? say("не вказано", "not given") : words
                " "
                tag("span", ["class": "tag"]) { say("зараз", "now") }
            }
        }
    }

    /// The values that do not stand, each with the way to have it again.
    private func lost(
        _ values: ComparedValues,
        _ compared: ComparedCase,
        _ material: FormMaterial
    ) -> Markup {
        guard !values.lost.isEmpty else { return Markup() }
        return tag("section", ["class": "sheet", "aria-labelledby": "lost-h"]) {
            tag("header") {
                tag("h2", ["id": "lost-h"]) { say("Значення, які не діють", "Values that are not in force") }
            }
            tag("ul", ["class": "steps pad"]) {
                for side in values.lost {
                    tag("li") {
                        tag("span") {
                            tag("span") {
                                changed(
                                    text(of: side, values, compared),
                                    since: values.was.map { text(of: $0, values, compared) }
                                )
                                tag("br")
                                by(side.author, side.at, compared, material)
                            }
                        }
                        puttingBack(
                            side,
                            values,
                            compared.found.digest,
                            material.restorable,
                            say("Повернути це значення", "Put this value back")
                        )
                    }
                }
            }
        }
    }

    /// The button that puts a value back, or why there is none.
    func puttingBack(
        _ side: CaseValue,
        _ values: ComparedValues,
        _ digest: String,
        _ on: RestorableCard,
        _ words: String
    ) -> Markup {
        guard values.isCorrectable else {
            return tag("span", ["class": "soft small"]) {
                say("Змінюють окремою дією картки", "Changed by an act of the card")
            }
        }
        let lock = on.reader.acts.first { $0.row.name == UseCase.appealCorrect.name }
        guard lock != nil, lock?.lock == nil else {
            return tag("span", ["class": "soft small"]) {
                say("Повертають: ", "Who may put it back: ") + say(UseCase.appealCorrect.writes.whoMay)
            }
        }
        let place = ActPlace.aCase(on.card.id, digest) + "/value"
        return tag("form", ["method": "post", "action": place, "data-session": ""]) {
            sessionField
            hidden("shown", on.mark)
            // Each button is an act of its own.
            hidden("command", newCommand())
            hidden("which", side.write)
            tag("button", ["class": "btn btn-s"]) { words }
        }
    }
}
