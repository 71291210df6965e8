package import Appeals
import CanonicalJSON

/// What a mapping can say: the tables of which its reader takes the keys, and help and manual their words.
package enum ImportGuide {
    /// A key, or a value that one takes.
    package struct Row: Sendable {
        package let name: String
        package let summary: Label
        package let example: String

        init(_ name: String, uk: String, en: String, example: String) {
            self.name = name
            summary = Label(uk: uk, en: en)
            self.example = example
        }
    }

    /// Keys of the file.
    package static let file = [
        Row("source", uk: "що імпортується: csv або json", en: "what is imported: csv or json", example: "\"csv\""),
        Row(
            "name",
            uk:
                "назва джерела, якщо її не дають з імпортом; з нею й ключем картка впізнається знову, тож її не змінюють",
            en:
                "the source's name, unless the import is given one; with it and its key a card is known again, so it never changes",
            example: "\"nyc311\""
        ),
        Row(
            "delimiter",
            uk: "для csv: \",\" (типово), \";\" або \"tab\"; рядок Excel sep= переважує",
            en: "for csv: \",\" (if not given), \";\" or \"tab\"; Excel's line sep= has precedence",
            example: "\";\""
        ),
        Row(
            "items",
            uk: "для json: шлях до списку",
            en: "for json: the path of the list",
            example: "\"data.requests\""
        ),
        Row(
            "key",
            uk: "стовпець або шлях, що називає рядок назавжди",
            en: "the column or path that names a row for ever",
            example: "\"unique_key\""
        ),
        Row(
            "constants",
            uk: "поля, однакові в усіх карток",
            en: "fields that are the same on every card",
            example: "{\"channel\": \"import\"}"
        ),
        Row(
            "fields",
            uk: "поля карток: назва стовпця або правило",
            en: "fields of the cards: the name of a column, or a rule",
            example: "{\"text\": \"зміст\"}"
        ),
        Row(
            "skipWhen",
            uk: "які рядки пропускати; \"\" — порожнє",
            en: "which rows are passed over; \"\" is an empty one",
            example: "[{\"column\": \"status\", \"equals\": [\"Draft\", \"\"]}]"
        ),
        Row(
            "zones",
            uk: "дописує програма: коли переводили годинники зон",
            en: "the program adds it: when clocks of zones were turned",
            example: "{}"
        ),
        Row("comment", uk: "слова для людей", en: "words for people", example: "\"Відкриті дані\""),
    ]

    /// Keys of a rule.
    package static let rules = [
        Row(
            "column",
            uk: "стовпець або шлях у JSON",
            en: "a column, or a path in JSON",
            example: "\"applicant.phone\""
        ),
        Row(
            "join",
            uk: "кілька, що з'єднуються (порожні минаються)",
            en: "several that are joined (empty ones are left out)",
            example: "[\"вулиця\", \"будинок\"]"
        ),
        Row(
            "separator",
            uk: "чим з'єднувати (типово пробіл)",
            en: "what is put between them (a space if not given)",
            example: "\", \""
        ),
        Row(
            "map",
            uk: "значення джерела → значення картки; \"\" — порожнє",
            en: "values of the source to values of the card; \"\" is none",
            example: "{\"Closed\": \"closed\"}"
        ),
        Row(
            "otherwise",
            uk: "на що перетворити решту (інакше рядок відхиляється)",
            en: "what others become (else the row is refused)",
            example: "\"open\""
        ),
        Row("case", uk: "lower або upper, без map", en: "lower or upper, without map", example: "\"lower\""),
        Row("default", uk: "що стає з порожнього", en: "what an empty value becomes", example: "\"false\""),
        Row("split", uk: "ділить одне значення на список", en: "divides one value into a list", example: "\",\""),
        Row(
            "format",
            uk: "як записано дату чи час (нижче)",
            en: "how a day or a time is written (below)",
            example: "\"dd.mm.yyyy\""
        ),
        Row(
            "zone",
            uk: "чий годинник: зона IANA, UTC або зсув (типово Europe/Kyiv)",
            en: "whose clock: a zone of IANA, UTC or an offset (Europe/Kyiv if not given)",
            example: "\"America/New_York\""
        ),
    ]

    /// Forms of days and times, each with an example.
    package static let forms = WrittenTime.Form.allCases.map { form in
        switch form {
        case .rfc3339:
            Row(
                form.rawValue,
                uk: "зі зсувом (типово для receivedAt)",
                en: "with an offset (receivedAt if not given)",
                example: form.example
            )
        case .isoLocal:
            Row(
                form.rawValue,
                uk: "дата й час, T або пробіл, як у дампах SQL",
                en: "day and time, T or a space, as dumps of SQL",
                example: form.example
            )
        case .isoDate:
            Row(
                form.rawValue,
                uk: "день (типово для інших дат)",
                en: "a day (other dates if not given)",
                example: form.example
            )
        case .dotted:
            Row(form.rawValue, uk: "день і, може, час", en: "a day, perhaps with a time", example: form.example)
        case .american:
            Row(
                form.rawValue,
                uk: "спершу місяць; час, може, з AM/PM",
                en: "the month first; perhaps a time, with AM or PM",
                example: form.example
            )
        case .slashed:
            Row(
                form.rawValue,
                uk: "спершу день і, може, час",
                en: "the day first, perhaps with a time",
                example: form.example
            )
        case .unix:
            Row(
                form.rawValue,
                uk: "секунди або мілісекунди від 1970 року",
                en: "seconds or milliseconds since 1970",
                example: form.example
            )
        }
    }

    /// Fields of a card; those that every mapping has to give are marked.
    package static let fields = ImportField.allCases.map { field in
        let isRequired = ImportField.required.contains(field)
        let (values, few) = (field.input.codes.map(\.code), 12)
        let list = values.isEmpty || values.count > few ? "" : values.joined(separator: ", ")
        let told = field.hint ?? Label(list)
        func behind(_ words: String) -> String { words.isEmpty ? "" : ": " + words }
        return Row(
            field.rawValue,
            uk: field.summary.uk + (isRequired ? " (обов'язково)" : "") + behind(told.uk),
            en: field.summary.en + (isRequired ? " (required)" : "") + behind(told.en),
            example: field.example
        )
    }

    /// The four tables under their titles.
    package static let chapters: [(title: Label, rows: [Row])] = [
        (Label(uk: "Ключі опису відповідності", en: "Keys of a mapping"), file),
        (Label(uk: "Ключі правила в \"fields\"", en: "Keys of a rule in \"fields\""), rules),
        (Label(uk: "Форми дат і часу (\"format\")", en: "Forms of days and times (\"format\")"), forms),
        (
            Label(
                uk: "Поля картки (\"fields\" і \"constants\")",
                en: "Fields of a card (\"fields\" and \"constants\")"
            ), fields
        ),
    ]
}
