package import Appeals

/// The one way in for text from outside: a parser for each type of input.
package struct Entrance: Sendable {
    /// What `today` means; nil where it is no day, as in a file that is years old.
    package let today: CivilDate?

    package init(today: CivilDate?) { self.today = today }

    /// What was typed into an operand or an option, as it goes on.
    package func enter(_ typed: String, in input: UseCase.Input) throws(DeskError) -> String {
        try enter(typed, as: input.type, into: .input(input.name))
    }

    /// What was typed as a value of this type, in its one spelling; entering that again changes nothing.
    ///
    /// Throws `missingOption` for an empty text, `nothingToSee` for one of invisible characters, and by type `wrongPhone`,
    /// `wrongEmail`, `wrongName`, `wrongDate`, `wrongTime`, `unknownCode`, `wrongNumber`, `wrongType`, `wrongField`, each with the field, the value
    /// and an example. Whether that which is named exists is for a store to say.
    package func enter(_ typed: String, as type: InputType, into field: EntranceField) throws(DeskError) -> String {
        switch type {
        case .text(let longest):
            return try seen(
                longest > Limits.string ? ReadableText.words(typed) : ReadableText.line(typed),
                typed,
                field
            )
        case .contents(let longest):
            // Words of people; any other file says itself what it is, and only the mark before it is no part of it.
            return longest <= Limits.text ? try seen(ReadableText.words(typed), typed, field) : unmarked(typed)
        case .phone: return try phone(typed, field).text
        case .email: return try email(typed, field).address
        case .personName: return try personName(typed, field).name
        case .place: return try place(typed, field)
        case .date: return try date(typed, field).description
        case .moment: return KyivTime.rfc3339(try moment(typed, field)) ?? typed
        case .basis: return try basis(typed, field).code
        case .code(let codes): return try code(typed, of: codes, field)
        case .flag: return try flag(typed, field) ? "true" : "false"
        case .number(let range): return String(try number(typed, in: range, field))
        case .correction: return try correction(typed, field)
        case .issueResult: return try issueResult(typed, field)
        case .issuesOfDepartment: return try pair(typed, field, example: "zhkg=1,3").joined(separator: "=")
        case .termOfDepartment:
            let parts = try pair(typed, field, example: "zhkg=29.05.2026")
            return parts[0] + "=" + (try date(parts[1], field).description)
        case .query, .days, .appeal, .assignment, .version, .write, .change, .disagreement, .trayItem, .index, .person,
            .department, .node, .key, .actor, .complainedAgainst, .address, .host:
            return try seen(ReadableText.line(typed), typed, field)
        // Paths and marks of pages are no words: each byte of them counts.
        case .mark, .register, .file, .directory, .program: return typed
        }
    }

    /// Refuses what has nothing to see; `readable` is what a reader sees of it.
    private func seen(_ readable: String, _ typed: String, _ field: EntranceField) throws(DeskError) -> String {
        if typed.isEmpty { throw field.missing() }
        guard !ReadableText.isBlank(readable) else {
            throw field.refusal(
                "nothingToSee",
                typed,
                uk: "тут немає жодного видимого знака",
                en: "there is nothing to see"
            )
        }
        return readable
    }

    private func unmarked(_ text: String) -> String { text.first == "\u{feff}" ? String(text.dropFirst()) : text }

    // MARK: values

    /// A telephone on which somebody can be called from anywhere; `wrongPhone` if it is none.
    package func phone(_ typed: String, _ field: EntranceField) throws(DeskError) -> PhoneNumber {
        let line = try seen(ReadableText.line(typed), typed, field)
        if let phone = PhoneNumber(typed: line) { return phone }
        throw field.refusal(
            "wrongPhone",
            typed,
            uk: "це не телефон: потрібен один номер із кодом міста чи оператора",
            en: "this is no telephone: one number with the code of its area or operator is wanted",
            example: "+380561234567"
        )
    }

    /// An address of electronic mail; `wrongEmail` if it is none.
    package func email(_ typed: String, _ field: EntranceField) throws(DeskError) -> EmailAddress {
        let line = try seen(ReadableText.line(typed), typed, field)
        if let email = EmailAddress(typed: line) { return email }
        throw field.refusal(
            "wrongEmail",
            typed,
            uk: "це не адреса електронної пошти",
            en: "this is no address of e-mail",
            example: "petrenko@ukr.net"
        )
    }

    /// How somebody is called; `wrongName` for digits and marks alone.
    package func personName(_ typed: String, _ field: EntranceField) throws(DeskError) -> PersonName {
        let line = try seen(ReadableText.line(typed), typed, field)
        if let name = PersonName(typed: line) { return name }
        throw field.refusal(
            "wrongName",
            typed,
            uk: "у прізвищі та імені має бути хоч одна літера",
            en: "a name has at least one letter",
            example: "Петренко Іван Іванович"
        )
    }

    /// Where something is; `wrongPlace` for marks alone.
    package func place(_ typed: String, _ field: EntranceField) throws(DeskError) -> String {
        let line = try seen(ReadableText.line(typed), typed, field)
        if line.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil }) {
            return line
        }
        throw field.refusal(
            "wrongPlace",
            typed,
            uk: "в адресі має бути хоч одна літера або цифра",
            en: "an address has at least one letter or digit",
            example: "вул. Спаська, 5"
        )
    }

    /// A day; `wrongDate` if there is none such.
    package func date(_ typed: String, _ field: EntranceField) throws(DeskError) -> CivilDate {
        let line = try seen(ReadableText.line(typed), typed, field)
        if let date = StatedTime.day(line, today: today) { return date }
        throw field.refusal(
            "wrongDate",
            typed,
            uk: "немає такого дня",
            en: "there is no such day",
            example: "2026-05-14"
        )
    }

    /// A moment, in milliseconds of Unix time; `wrongTime` if there is none such.
    package func moment(_ typed: String, _ field: EntranceField) throws(DeskError) -> Int64 {
        let line = try seen(ReadableText.line(typed), typed, field)
        if let moment = StatedTime.moment(line, today: today) { return moment }
        throw field.refusal(
            "wrongTime",
            typed,
            uk: "немає такого часу",
            en: "there is no such time",
            example: "2026-05-14T09:30:00"
        )
    }

    /// What a term is counted by; `unknownCode` if it is none.
    package func basis(_ typed: String, _ field: EntranceField) throws(DeskError) -> DeadlineBasis {
        let line = try seen(ReadableText.line(typed), typed, field)
        if let basis = StatedTime.basis(line, today: today) { return basis }
        throw field.refusal(
            "unknownCode",
            typed,
            uk: "вкажіть month, fifteenDays, shortened:N або external:РРРР-ММ-ДД",
            en: "give month, fifteenDays, shortened:N or external:YYYY-MM-DD"
        )
    }
}
