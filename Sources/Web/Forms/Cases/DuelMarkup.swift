import Appeals
import CanonicalJSON
import Desk

/// Two values of a register beside what stood there: three columns, nothing chosen.
extension WebCall {
    /// - Parameter form: to choose in; nil shows the sides alone.
    func duel(
        _ values: ComparedValues,
        _ compared: ComparedCase,
        _ material: FormMaterial,
        choosing form: CaseForm?
    ) -> Markup {
        let former = values.was.map { text(of: $0, values, compared) }
        let a = name(of: values.other.author, compared, material)
        let b = name(of: values.inForce.author, compared, material)
        let choices = form?.choices ?? []
        /// A side that can be chosen; nothing is chosen before.
        func pick(_ choice: String, _ side: CaseValue, isNow: Bool) -> Markup {
            let words = Markup([
                changed(text(of: side, values, compared), since: former),
                isNow
                    ? Markup([Markup(" "), tag("span", ["class": "tag"]) { say("зараз", "now") }]) : Markup(),
                ground(side),
            ])
            guard let form, choices.contains(choice) else { return tag("div") { words } }
            return self.pick(choice, form) { words }
        }
        return tag("div", duelAttributes(form)) {
            heading(say("Було", "It was")) { formerly(values.was, compared, material) }
            heading(say("А · ", "A · ") + a) { about(values.other, compared, material) }
            heading(say("Б · ", "B · ") + b) { about(values.inForce, compared, material) }
            tag("div", ["class": "tight"]) {
                tag("h3") { self.register(values.register, material.card) }
                tag("p", ["class": former.map { $0.isEmpty } ?? true ? "soft" : nil]) {
                    former.map { $0.isEmpty ? say("не вказано", "not given") : $0 }
                        ?? say("Цей вузол попереднього значення не має.", "This node has not the former value.")
                }
            }
            tag("div", ["class": "tight", "data-l": say("А · ", "A · ") + a]) {
                pick("take", values.other, isNow: false)
            }
            tag("div", ["class": "tight", "data-l": say("Б · ", "B · ") + b]) {
                pick("keep", values.inForce, isNow: true)
                if let form, let own = form.act[CaseForm.own] {
                    self.pick(CaseForm.own, form) { Markup(say("інше", "another value")) }
                    markup(own)
                }
            }
        }
    }

    private func duelAttributes(_ form: CaseForm?) -> KeyValuePairs<StaticString, String?> {
        form == nil
            ? ["class": "duel"]
            : [
                "class": "duel", "role": "radiogroup", "id": "f-choose", "tabindex": "-1",
                "aria-label": say("Що лишити", "What is to stay"),
            ]
    }

    /// The head of a column.
    func heading(_ words: String, @MarkupBuilder _ more: () -> Markup) -> Markup {
        tag("div", ["class": "hd"]) {
            tag("h2") { words }
            more()
        }
    }

    /// A choice; one that came back with an error is still chosen.
    func pick(_ choice: String, _ form: CaseForm, @MarkupBuilder _ words: () -> Markup) -> Markup {
        tag("label", ["class": "pick"]) {
            tag(
                "input",
                [
                    "type": "radio", "name": "choose", "value": choice, "checked": form.choice == choice ? "" : nil,
                ]
            )
            tag("span") { words() }
        }
    }

    /// Who wrote it, where, when, and when it was received.
    private func about(_ side: CaseValue, _ compared: ComparedCase, _ material: FormMaterial) -> Markup {
        about(
            side.author,
            at: side.at,
            receivedAt: side.receivedAt,
            isUnsent: side.isUnsent,
            compared,
            material
        )
    }

    /// What stood before both.
    private func formerly(_ was: CaseValue?, _ compared: ComparedCase, _ material: FormMaterial) -> Markup {
        guard let was, !was.write.isEmpty else { return Markup() }
        let act = was.kind == "appeal.registered" ? say(", при реєстрації", ", at the registration") : ""
        return tag("p", ["class": "small soft"]) {
            (was.at.map { at($0) } ?? "") + act
            tag("br")
            name(of: was.author, compared, material)
        }
    }

    /// Why it was written, in its author’s words.
    private func ground(_ side: CaseValue) -> Markup {
        let words =
            side.ground.isEmpty
            ? say("підстави не названо", "no ground given") : say("підстава: ", "ground: ") + side.ground
        return Markup([tag("br"), tag("span", ["class": "small soft"]) { words }])
    }

    /// What is new in a value is underlined.
    func changed(_ words: String, since former: String?) -> Markup {
        if words.isEmpty { return tag("span", ["class": "soft"]) { say("не вказано", "not given") } }
        let runs = Differing.runs(words, since: former)
        return Markup(
            runs.enumerated().flatMap { place, run in
                [place == 0 ? Markup() : Markup(" "), run.isNew ? tag("ins") { run.words } : Markup(run.words)]
            }
        )
    }

    /// A value as people read it; empty if there is none.
    func text(of side: CaseValue, _ values: ComparedValues, _ compared: ComparedCase) -> String {
        guard let value = side.value else { return "" }
        guard values.bare == Complaint.register else {
            return printed(wording.text(values.bare, value)).capitalizedIfCode(values.bare)
        }
        let parties = (value.array ?? []).map { party in
            ComplainedAgainst.told(party, compared.names)?.text(language)
                ?? wording.text(values.bare, party)
        }
        return parties.joined(separator: ", ")
    }

    /// What a register is called, with the issue that it belongs to.
    func register(_ full: String, _ card: Card) -> String {
        let name = say(Wording.register(Names.bare(full)))
        guard let entity = Names.entity(full) else { return name }
        if let issue = card.issues.first(where: { $0.id == entity }) {
            return say("Питання \(issue.number): ", "Issue \(issue.number): ") + name.lowercasedFirst
        }
        let given = card.assignments.first { $0.assignment.entity == entity }
        return given.map { name + ": " + $0.departmentName } ?? name
    }
}

extension String {
    /// A word of a list begins with a capital where it stands alone.
    fileprivate func capitalizedIfCode(_ register: String) -> String {
        if case .code = CorrectedField.type(register) { return capitalizedFirst }
        return self
    }
}
