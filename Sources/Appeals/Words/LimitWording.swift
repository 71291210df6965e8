extension Reason {
    /// The reason with its two numbers and the field by the name that a clerk knows:
    /// «Текст задовгий: 49 154 байти, найбільше 49 152 (поле «текст примітки»)».
    public func label(path: String, size: Size?, kind: String? = nil) -> Label {
        let sentence = Label(uk: ukrainian, en: english)
        guard let size else { return path.isEmpty ? sentence : sentence + Label(": \(path)") }
        let numbers = numbers(size)
        guard self != .operationFull, self != .appealFull else { return sentence + numbers }
        let field = FieldNames.label(path, kind: kind)
        return sentence + numbers + Label(uk: " (поле «\(field.uk)»)", en: " (field “\(field.en)”)")
    }

    private func numbers(_ size: Size) -> Label {
        let value = Digits.grouped(size.value), limit = Digits.grouped(size.limit)
        let isLeast = size.value < size.limit
        let bound = Label(uk: isLeast ? "найменше" : "найбільше", en: isLeast ? "at least" : "at most")
        let count = Int(clamping: size.value)
        let unit: Label =
            switch self {
            case .tooLong, .operationFull, .appealFull:
                Label(
                    uk: " " + Plural.form(count, one: "байт", few: "байти", many: "байтів"),
                    en: count == 1 ? " byte" : " bytes"
                )
            default: Label("")
            }
        return Label(uk: ": \(value)\(unit.uk), \(bound.uk) \(limit)", en: ": \(value)\(unit.en), \(bound.en) \(limit)")
    }
}

extension Digits {
    /// `49 154`: thousands apart.
    static func grouped(_ number: Int64) -> String {
        let digits = Array(String(number.magnitude))
        var text = number < 0 ? "−" : ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place).isMultiple(of: 3) { text.append(" ") }
            text.append(digit)
        }
        return text
    }
}
