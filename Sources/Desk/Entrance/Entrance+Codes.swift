import Appeals

/// Codes, numbers, and values of two parts.
extension Entrance {
    /// How many codes a refusal lists.
    private static let longestList = 30

    /// One of these codes, by itself or by its words in either language, in any letter case; `unknownCode` if it is none.
    package func code(_ typed: String, of codes: [InputCode], _ field: EntranceField) throws(DeskError) -> String {
        if typed.isEmpty { throw field.missing() }
        let line = ReadableText.line(typed)
        if codes.contains(where: { $0.code == line }) { return line }
        let names = codes.flatMap { [(id: $0.code, name: $0.code), ($0.code, $0.label.uk), ($0.code, $0.label.en)] }
        if case .one(let code) = NameLookup(names).find(line) { return code }
        let shown = codes.prefix(Self.longestList).map(\.code).joined(separator: ", ")
        let known = shown + (codes.count > Self.longestList ? ", …" : "")
        throw field.refusal("unknownCode", typed, uk: "вкажіть одне з \(known)", en: "give one of \(known)")
    }

    /// Yes or no; `wrongType` for anything else.
    package func flag(_ typed: String, _ field: EntranceField) throws(DeskError) -> Bool {
        switch ReadableText.line(typed).lowercased() {
        case "true", "так": return true
        case "false", "ні": return false
        default: throw field.refusal("wrongType", typed, uk: "вкажіть true або false", en: "give true or false")
        }
    }

    /// A whole number, digits in groups or not; `wrongNumber` if it is none or is out of the range.
    package func number(
        _ typed: String,
        in range: ClosedRange<Int64>,
        _ field: EntranceField
    ) throws(DeskError) -> Int64 {
        let digits = ReadableText.line(typed).filter { $0 != " " }
        if let number = Int64(digits), range.contains(number) { return number }
        throw field.refusal(
            "wrongNumber",
            typed,
            uk: "потрібне число від \(range.lowerBound) до \(range.upperBound)",
            en: "a number from \(range.lowerBound) to \(range.upperBound) is wanted"
        )
    }

    /// A field of the card and its new value, which is entered by the type that the field has; an empty one takes the value away.
    func correction(_ typed: String, _ field: EntranceField) throws(DeskError) -> String {
        let parts = typed.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw field.refusal(
                "wrongField",
                typed,
                uk: "потрібно ПОЛЕ=ЗНАЧЕННЯ",
                en: "FIELD=VALUE is wanted",
                example: "applicant.address=вул. Спаська, 5"
            )
        }
        let name = ReadableText.line(parts[0])
        guard !parts[1].isEmpty, let type = CorrectedField.type(Names.bare(name)) else { return name + "=" + parts[1] }
        return try name + "=" + enter(parts[1], as: type, into: .named(name))
    }

    /// An issue and its result.
    func issueResult(_ typed: String, _ field: EntranceField) throws(DeskError) -> String {
        let parts = try pair(typed, field, example: "1=satisfied")
        return try parts[0] + "=" + code(parts[1], of: .results, field)
    }

    /// Two values joined by a sign of equality, neither of them empty; `wrongField` if there are not two.
    func pair(_ typed: String, _ field: EntranceField, example: String) throws(DeskError) -> [String] {
        let parts = ReadableText.line(typed).split(separator: "=", maxSplits: 1).map { ReadableText.line(String($0)) }
        if parts.count == 2, parts.allSatisfy({ !ReadableText.isBlank($0) }) { return parts }
        throw field.refusal(
            "wrongField",
            typed,
            uk: "потрібні два значення, з'єднані знаком =",
            en: "two values are wanted, joined by =",
            example: example
        )
    }
}
