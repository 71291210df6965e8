import Appeals
import CanonicalJSON

/// Whom a complaint is about, as people type it: `zhkg` is a department, `person:koval` a person, anything else is outside.
enum ComplainedAgainst {
    static let forms = ["department", "person", "outside"]

    static func party(_ text: String) -> JSON {
        let text = text.trimmed
        for form in forms where text.hasPrefix(form + ":") {
            return .object([form: .string(String(text.dropFirst(form.count + 1)).trimmed)])
        }
        return .object([Names.isIdentifier(text) ? "department" : "outside": .string(text)])
    }

    static func list(_ texts: [String]) -> JSON { .array(texts.map(party)) }

    /// A party as it was typed.
    static func text(_ party: JSON) -> String? {
        forms.compactMap { form in
            party[form]?.string.map { form == "person" ? "person:" + $0 : $0 }
        }.first
    }
}
