import Appeals
import CanonicalJSON
import Desk

/// Work of two executors against each other, or work that waits against what is in force.
extension WebCall {
    /// - Parameter form: to choose in; nil shows the sides alone.
    func workDuel(_ compared: ComparedCase, _ material: FormMaterial, choosing form: CaseForm?) -> Markup {
        guard let sides = sides(compared, material) else { return Markup() }
        /// The decisions that the case offers.
        func choices(_ codes: [String]) -> Markup {
            guard let form else { return Markup() }
            return Markup(
                codes.filter(form.choices.contains).map { code in
                    pick(code, form) { Markup(say(Wording.choice(code)).capitalizedFirst) }
                }
            )
        }
        return tag(
            "div",
            form == nil
                ? ["class": "duel"]
                : [
                    "class": "duel", "role": "radiogroup", "id": "f-choose", "tabindex": "-1",
                    "aria-label": say("Що вирішити", "What to decide"),
                ]
        ) {
            heading(sides.head) { sides.was }
            for side in [sides.a, sides.b] {
                tag("div", ["class": "tight", "data-l": side.title]) {
                    tag("h2") { side.title }
                    side.body
                    choices(side.choices)
                }
            }
        }
    }

    /// A side of a case of work.
    private struct Side {
        let title: String
        let body: Markup
        let choices: [String]
    }

    /// What the columns of a case of work are: why it is one, and both sides.
    private struct Sides {
        let head: String
        let was: Markup
        let a: Side
        let b: Side
    }

    /// Nil of two values, which have columns of their own.
    private func sides(_ compared: ComparedCase, _ material: FormMaterial) -> Sides? {
        switch compared.found.matter {
        case .disagreement(let assignment?, let facts, let work):
            sidesOf(assignment, facts, work, compared, material)
        case .disagreement(nil, let facts, let work): sidesOfAnswers(facts, work, compared, material)
        case .held(let work): sidesOf(work, compared, material)
        case .values: nil
        }
    }

    /// The former executor’s work and the present executor.
    private func sidesOf(
        _ assignment: OpenCase.DisputedAssignment,
        _ facts: [ShownFact],
        _ work: [HeldWork],
        _ compared: ComparedCase,
        _ material: FormMaterial
    ) -> Sides {
        let all = compared.found.choices
        let former = material.card.assignments.first { $0.assignment.entity == assignment.entity }
        let present = material.card.assignments.filter {
            $0.assignment.entity != assignment.entity && $0.assignment.state?.isGround == true
                && $0.assignment.role == former?.assignment.role
        }
        let name = former?.departmentName ?? compared.names.department(assignment.department)
        let names = present.map(\.departmentName).joined(separator: ", ")
        return Sides(
            head: say("Як було", "How it was"),
            was: tag("p") {
                say(
                    "Доручення виконував підрозділ «\(name)»; потім його передали.",
                    "“\(name)” had the assignment; then it was given on."
                )
            },
            a: Side(
                title: say("А · Попередній: ", "A · The former: ") + name,
                body: Markup([Markup(facts.map { told($0, compared, material) }), told(work, compared, material)]),
                choices: all.filter { $0 == "acceptFormer" }
            ),
            b: Side(
                title: say("Б · Теперішній: ", "B · The present: ")
                    + (present.isEmpty ? say("нікого", "nobody") : names),
                body: Markup(present.map { state(of: $0, material.card) }),
                choices: all.filter { $0 != "acceptFormer" }
            )
        )
    }

    /// Two answers to one applicant.
    private func sidesOfAnswers(
        _ facts: [ShownFact],
        _ work: [HeldWork],
        _ compared: ComparedCase,
        _ material: FormMaterial
    ) -> Sides {
        let others = facts.dropFirst().map { told($0, compared, material) }
        return Sides(
            head: say("Що сталося", "What happened"),
            was: tag("p") { say("Заявникові відповіли двічі.", "The applicant was answered twice.") },
            a: Side(
                title: say("А · Перша відповідь", "A · The first answer"),
                body: Markup(facts.prefix(1).map { told($0, compared, material) }),
                choices: []
            ),
            b: Side(
                title: say("Б · Пізніша відповідь", "B · The later answer"),
                body: Markup([Markup(others), told(work, compared, material)]),
                choices: compared.found.choices
            )
        )
    }

    /// Work that waits, and the card as it stands.
    private func sidesOf(_ work: HeldWork, _ compared: ComparedCase, _ material: FormMaterial) -> Sides {
        let present = material.card.assignments.filter { $0.assignment.state?.isGround == true }
        let nobody = tag("p", ["class": "soft"]) { say("Нікому не доручено.", "Nobody has it.") }
        return Sides(
            head: say("Чому чекає", "Why it waits"),
            was: why(work),
            a: Side(
                title: say("А · Робота, що чекає", "A · The work that waits"),
                body: told([work], compared, material),
                choices: compared.found.choices.filter { $0 == "adopt" }
            ),
            b: Side(
                title: say("Б · Як на картці зараз", "B · As the card stands"),
                body: present.isEmpty ? nobody : Markup(present.map { state(of: $0, material.card) }),
                choices: compared.found.choices.filter { $0 == "decline" }
            )
        )
    }

    /// Why nobody took it as it came.
    private func why(_ work: HeldWork) -> Markup {
        guard let reason = work.reason else { return Markup() }
        return tag("p") {
            say(Label(uk: reason.ukrainian, en: reason.english)) + "."
        }
    }

    private func told(_ fact: ShownFact, _ compared: ComparedCase, _ material: FormMaterial) -> Markup {
        let result = fact.item.value["result"].map { wording.text("result", $0) }
        return tag("div", ["class": "tight"]) {
            tag("p") {
                tag("b") { say(Wording.fact(fact.name.kind)) }
                result.map { ": " + $0 } ?? ""
            }
            Markup(TimelineItem.words(of: [fact]).map { words in tag("p") { words } })
            if let author = fact.author {
                tag("p") { name(of: author, compared, material) }
                about(author, at: fact.at, compared, material)
            }
        }
    }

    private func told(_ work: [HeldWork], _ compared: ComparedCase, _ material: FormMaterial) -> Markup {
        Markup(
            work.map { work in
                tag("div", ["class": "tight"]) {
                    tag("p") { tag("b") { say(Wording.kind(work.kind)) } }
                    Markup(TimelineItem.words(of: work.facts).map { words in tag("p") { words } })
                    if !work.gives.isEmpty {
                        tag("p") {
                            say("Доручає: ", "Gives it to: ")
                                + work.gives.map {
                                    compared.names.department($0.department) + " (\(say(Wording.role($0.role))))"
                                }.joined(separator: ", ")
                        }
                    }
                    if let author = work.author {
                        tag("p") { name(of: author, compared, material) }
                        about(author, at: work.at, compared, material)
                    }
                }
            }
        )
    }

    /// Where the assignment stands now.
    private func state(of given: CardAssignment, _ card: Card) -> Markup {
        let person = given.person.map { card.names.person($0) }
        let state = given.assignment.state.map { say(Wording.state($0)) } ?? ""
        return tag("p") {
            [given.departmentName, say(Wording.role(given.assignment.role)), person, state]
                .compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ", ")
        }
    }
}
