/// Which column is which field, by what people call their columns in Ukrainian, Russian and English.
enum GuessedField {
    /// Names of the column that names a row.
    static let keys = [
        "unique key", "id", "service request id", "request id", "requestid", "case number", "case id", "sr number",
        "ticket id",
        "number", "no", "номер", "номер звернення", "номер обращения", "ключ", "№",
    ]

    /// Names of each field's column, the likeliest first; a field that comes earlier has the choice.
    static let names: [(field: ImportField, names: [String])] = [
        (
            .receivedAt,
            [
                "created date", "created at", "created", "requested datetime", "datetime init", "date received",
                "received",
                "opened", "open date", "дата надходження", "дата звернення", "дата реєстрації", "дата поступления",
                "дата обращения", "дата", "date", "створено", "создано",
            ]
        ),
        (
            .closedOn,
            [
                "closed date", "closed at", "date closed", "datetime closed", "closed", "дата закриття",
                "дата виконання",
                "закрито", "виконано", "дата закрытия", "закрыто",
            ]
        ),
        (.state, ["status", "state", "стан", "статус", "состояние"]),
        (
            .lastName,
            [
                "last name", "lastname", "surname", "прізвище", "фамилия", "піб", "фио", "заявник", "заявитель",
                "full name",
            ]
        ),
        (.firstName, ["first name", "firstname", "ім я", "імя", "имя"]),
        (.patronymic, ["patronymic", "middle name", "по батькові", "отчество"]),
        (.phone, ["phone", "phone number", "telephone", "mobile", "телефон", "тел", "номер телефону"]),
        (.email, ["email", "e mail", "mail", "ел пошта", "пошта", "електронна пошта", "почта"]),
        (
            .problemAddress,
            [
                "incident address", "problem address", "street address", "location", "адреса проблеми", "місце події",
                "адрес проблемы", "probaddress",
            ]
        ),
        (.address, ["address", "applicant address", "адреса", "адреса заявника", "адрес", "адрес заявителя"]),
        (.district, ["district", "borough", "ward", "район", "округ", "city district"]),
        (
            .department,
            [
                "department", "agency", "responsible department", "виконавець", "підрозділ", "департамент",
                "исполнитель",
                "подразделение", "кому",
            ]
        ),
    ]

    /// Names of columns that say what the appeal is about; all that are there are joined.
    static let texts = [
        "complaint type", "request type", "problemcode", "category", "тема", "subject", "title", "descriptor",
        "description",
        "text", "details", "зміст", "текст", "опис", "суть", "содержание", "описание", "проблема",
        "resolution description",
    ]

    /// Words of a state that say that it is over.
    static let over: Set<String> = [
        "closed", "done", "completed", "complete", "resolved", "fixed", "archived", "closed testing", "закрито",
        "виконано",
        "вирішено", "завершено", "архів", "закрыто", "выполнено", "решено", "завершен",
    ]

    /// A name as it is compared: small letters and digits, anything else a space.
    static func folded(_ name: String) -> String {
        let letters = name.lowercased().unicodeScalars.map { scalar -> Character in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "№"
                ? Character(scalar) : " "
        }
        return String(letters).split(separator: " ").joined(separator: " ")
    }
}
