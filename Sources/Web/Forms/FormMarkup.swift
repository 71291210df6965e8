import Appeals
import Desk

/// The HTML of a form's fields and of its errors.
extension WebCall {
    /// A field with its label, hint and error; one that is hidden has none of them.
    func markup(_ field: FormField) -> Markup {
        if field.isHidden { return hidden(field.name, field.value) }
        let former = field.former.map { hidden("was." + field.name, $0) }
        if field.control == .tick { return Markup([former ?? Markup(), tick(field)]) }
        let isGroup = if case .radios = field.control { true } else { false }
        let parts = Markup([hint(field), error(field), control(field), former ?? Markup()])
        if isGroup {
            return tag("fieldset", ["class": classes(field), "id": field.id, "tabindex": "-1"]) {
                tag("legend") { label(field) }
                parts
            }
        }
        return tag("div", ["class": classes(field)]) {
            tag("label", ["for": field.id]) { label(field) }
            parts
        }
    }

    private func classes(_ field: FormField) -> String {
        (field.error == nil ? "f" : "f err") + (field.classes.isEmpty ? "" : " " + field.classes)
    }

    func hidden(_ name: String, _ value: String) -> Markup {
        Markup("input", [("type", "hidden"), ("name", name), ("value", value)], Markup())
    }

    private func label(_ field: FormField) -> Markup {
        // What stands on the card already is no question that could be left open.
        guard !field.isRequired, field.former == nil else { return Markup(say(field.label)) }
        return Markup([
            Markup(say(field.label) + " "),
            tag("span", ["class": "soft"]) { say("(необов’язково)", "(optional)") },
        ])
    }

    private func hint(_ field: FormField) -> Markup {
        guard let hint = field.hint else { return Markup() }
        return tag("p", ["class": "hint", "id": field.id + "-hint"]) { say(hint) }
    }

    private func error(_ field: FormField) -> Markup {
        guard let error = field.error else { return Markup() }
        return tag("p", ["class": "msg", "id": field.id + "-msg"]) { error }
    }

    /// What a screen reader reads after the label.
    private func described(_ field: FormField) -> String? {
        let parts = [field.hint.map { _ in field.id + "-hint" }, field.error.map { _ in field.id + "-msg" }]
        let ids = parts.compactMap(\.self).joined(separator: " ")
        return ids.isEmpty ? nil : ids
    }

    private func tick(_ field: FormField) -> Markup {
        tag("div", ["class": classes(field)]) {
            tag("label", ["class": "ck"]) {
                tag(
                    "input",
                    [
                        "type": "checkbox", "id": field.id, "name": field.name, "value": "true",
                        "checked": field.value == "true" ? "" : nil, "aria-describedby": described(field),
                    ]
                )
                " " + say(field.label)
            }
            hint(field)
        }
    }

    private func control(_ field: FormField) -> Markup {
        let invalid = field.error == nil ? nil : "true"
        switch field.control {
        case .line(let mode):
            return tag(
                "input",
                [
                    "id": field.id, "name": field.name, "value": field.value, "inputmode": mode, "autocomplete": "off",
                    "aria-describedby": described(field), "aria-invalid": invalid,
                ]
            )
        case .area(let rows), .lines(let rows):
            return tag(
                "textarea",
                [
                    "id": field.id, "name": field.name, "rows": String(rows), "aria-describedby": described(field),
                    "aria-invalid": invalid, "class": field.isVoice ? "voice" : nil,
                ]
            ) {
                // A newline that stands first is dropped (HTML, "The textarea element").
                Markup(typed: "\n" + field.values.joined(separator: "\n"))
            }
        case .select(let choices):
            return tag(
                "select",
                ["id": field.id, "name": field.name, "aria-describedby": described(field), "aria-invalid": invalid]
            ) {
                tag("option", ["value": ""]) { say("– виберіть –", "– choose –") }
                choices.map { option($0, field) }
            }
        case .radios(let choices):
            return tag("div", ["class": "opts"]) { choices.enumerated().map { radio($1, field, $0) } }
        case .tick, .hidden: return Markup()
        }
    }

    private func option(_ choice: FormChoice, _ field: FormField) -> Markup {
        tag(
            "option",
            [
                "value": choice.value, "selected": field.values.contains(choice.value) ? "" : nil,
                "disabled": choice.lock == nil ? nil : "",
            ]
        ) { choice.lock.map { choice.label + " – " + $0 } ?? choice.label }
    }

    private func radio(_ choice: FormChoice, _ field: FormField, _ place: Int) -> Markup {
        tag("label", ["class": "pick"]) {
            tag(
                "input",
                [
                    "type": "radio", "id": "\(field.id)-\(place)", "name": field.name, "value": choice.value,
                    "checked": field.value == choice.value ? "" : nil, "disabled": choice.lock == nil ? nil : "",
                ]
            )
            tag("span") {
                tag("b") { choice.label }
                choice.lock.map { lock in tag("span", ["class": "small soft"]) { " " + lock } }
            }
        }
    }

    // MARK: the act

    /// The button of an act; in its place why there is none, for who may not do it and where the card forbids it.
    func confirmation(_ row: UseCase, _ material: FormMaterial, @MarkupBuilder _ button: () -> Markup) -> Markup {
        guard row.isFor(material.roles) else {
            return tag("p", ["class": "hint"]) { say("Цю дію роблять: ", "Who may: ") + say(row.writes.whoMay) }
        }
        guard let lock = material.reader.lock(row) else { return button() }
        // The steps above the form say what is left to do.
        let isTold = row.name == UseCase.controlRemove.name
        return Markup([
            isTold ? Markup() : tag("p", ["class": "hint", "id": "removal-why"]) { say(lock.words) + "." },
            dashed(ActWords.verb(row), why: "removal-why"),
        ])
    }

    // MARK: errors

    /// The summary of errors: each line leads to its field in the same words.
    func summary(_ form: ActForm, appeal: String?) -> Markup {
        guard form.hasErrors else { return Markup() }
        let refusals = form.refusals.map { refusal in
            Markup([
                markup(refusal.message, of: form.row, appeal: appeal),
                refusal.remedy.isEmpty
                    ? Markup() : Markup([Markup(". "), markup(refusal.remedy, of: form.row, appeal: appeal)]),
            ])
        }
        let faults = form.fault.map { fault in [tag("a", ["href": "#" + fault.id]) { fault.words }] } ?? []
        let fields = form.fields.compactMap { field in
            field.error.map { error in tag("a", ["href": "#" + field.id]) { error } }
        }
        return summary(lines: refusals + faults + fields)
    }
}
