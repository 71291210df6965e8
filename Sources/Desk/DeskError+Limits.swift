package import Appeals
package import CanonicalJSON

/// What a refusal for a limit tells besides its sentence.
extension DeskError {
    /// `field`, `value` and `limit` (bytes or elements) of a refusal for a limit; empty for every other.
    package static func details(of refusal: Refusal) -> JSONObject {
        guard let size = refusal.size else { return JSONObject() }
        return ["field": .string(refusal.path), "value": .integer(size.value), "limit": .integer(size.limit)]
    }

    /// A day that an act states and that cannot be.
    package init(_ breach: StatedDate.Breach, kind: String) {
        let label = breach.label(kind: kind)
        self.init(
            Self.kind(of: .datesDisorder),
            Reason.datesDisorder.rawValue,
            uk: "не прийнято: \(label.uk)",
            en: "not accepted: \(label.en)",
            details: [
                "field": .string(breach.path), "value": .string(breach.date.description),
                "limit": .string(breach.limit.description),
            ]
        )
    }

    /// What to do about a value beyond its limit; empty if the reason is no limit.
    package static func limitRemedy(of reason: Reason) -> Sentence {
        switch reason {
        case .tooLong:
            Sentence(
                uk: "Скоротіть або поділіть: решту додайте наступною дією",
                en: "Shorten it or divide it: add the rest by another act"
            )
        case .tooMany: Sentence(uk: "Поділіть на кілька дій", en: "Divide it into several acts")
        case .operationFull:
            Sentence(
                uk: "Скоротіть найдовші поля або поділіть: решту додайте приміткою",
                en: "Shorten the longest fields or divide it: add the rest as a note"
            )
        case .appealFull:
            Sentence(
                uk: "Нове вносьте окремим зверненням із посиланням на це: \(.input("repeat-of"))",
                en: "Put what is new into an appeal of its own that refers to this one: \(.input("repeat-of"))"
            )
        case .outOfRange: Sentence(uk: "Вкажіть число в цих межах", en: "Give a number within these bounds")
        case .tooDeep: Sentence(uk: "Спростіть будову значення", en: "Make the value's structure simpler")
        default: .none
        }
    }
}
