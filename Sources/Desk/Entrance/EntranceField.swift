import Appeals
import CanonicalJSON

/// What a text was typed into, as a refusal names it.
package struct EntranceField: Sendable {
    /// `phone`: for machines.
    package let name: String
    /// How a face names it to people.
    package let phrase: Phrase

    /// An operand or an option of a command, a field of a form.
    package static func input(_ name: String) -> EntranceField { EntranceField(name: name, phrase: "\(.input(name))") }

    /// A register of the card, a column of a file.
    package static func named(_ name: String) -> EntranceField { EntranceField(name: name, phrase: "\(name)") }

    /// A value that this field does not take: what it was, what is wrong with it, and one that would do.
    func refusal(_ code: String, _ typed: String, uk: Phrase, en: Phrase, example: String = "") -> DeskError {
        let value = Self.shown(typed)
        let sentence = Sentence(
            uk: "\(phrase) «\(value)»: \(uk)\(example.isEmpty ? "" : "; приклад: \(example)")",
            en: "\(phrase) \"\(value)\": \(en)\(example.isEmpty ? "" : "; example: \(example)")"
        )
        var details: JSONObject = ["field": .string(name), "value": .string(value)]
        if !example.isEmpty { details["example"] = .string(example) }
        return DeskError(.usage, code, sentence, details: details)
    }

    /// A field that was given nothing.
    func missing() -> DeskError {
        DeskError(
            .usage,
            "missingOption",
            uk: "бракує \(phrase)",
            en: "\(phrase) is missing",
            details: ["field": .string(name)]
        )
    }

    /// The beginning of a value, in one line.
    private static func shown(_ typed: String) -> String {
        let line = PlainText.line(typed)
        return line.count > longestShown ? line.prefix(longestShown) + "…" : line
    }

    private static let longestShown = 60
}
