import Appeals
import CanonicalJSON
import Commands
import Desk

/// What a mapping comes to: the card of the first row, and its text.
extension WebCall {
    /// The card that the first row becomes; nothing where the mapping is none yet.
    func firstCard(_ form: MappingForm) -> Markup {
        guard let mapping = form.read else { return Markup() }
        let heads = [say("Поле картки", "Field of the card"), say("Значення", "Value")]
        let title = say("Картка з першого рядка", "The card of the first row")
        return tag("section", ["class": "sheet"]) {
            tag("header") { tag("h2") { title } }
            listTable(
                title,
                heads,
                form.first(mapping).map { field, value in
                    let label = field.input.codes.first { $0.code == value.uk }.map { say($0.label) }
                    return listRow(
                        heads,
                        Markup(say(field.summary).capitalizedFirst),
                        [Markup(label ?? String(say(value).prefix(300)))]
                    )
                },
                nothing: say("У файлі немає рядків.", "The file has no rows.")
            )
        }
    }

    /// All of the mapping, also what the form cannot say.
    func text(of form: MappingForm, _ job: ImportJob) -> Markup {
        tag("details", ["class": "sheet pad"]) {
            tag("summary") {
                say("Опис текстом (JSON), як для команди", "The mapping as text (JSON), as the command takes it")
            }
            self.form(ImportPages.place(job) + "/mapping", "stack") {
                tag("div", ["class": "f"]) {
                    tag("label", ["for": "mapping-text"]) { say("Опис відповідності", "The mapping") }
                    tag(
                        "textarea",
                        ["id": "mapping-text", "name": "text", "rows": "24", "class": "mono", "spellcheck": "false"]
                    ) {
                        Markup(typed: "\n" + Commands.text(ofMapping: .object(form.mapping)))
                    }
                }
                tag("button", ["class": "btn", "name": "do", "value": "text"]) {
                    say("Перевірити з цим описом", "Check with this mapping")
                }
            }
        }
    }
}

extension MappingForm {
    /// The mapping as the import reads it; nil if it is none.
    fileprivate var read: ImportMapping? {
        do { return try ImportMapping(json: .object(mapping)) } catch { return nil }
    }
}
