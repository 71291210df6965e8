import Appeals

/// Cards: by hand, and from a register of another system.
extension UseCase {
    static let ofRegistration: [UseCase] = [appealRegister, importCards]

    /// What a card is registered with, by hand or from a file.
    package static let cardInputs: [Input] = [
        .optional(
            "channel",
            "CODE",
            .code(.channels),
            into: "channel",
            uk: "звідки надійшло: mayorPhone, portal, website, email …",
            en: "where from: mayorPhone, portal, website, email …"
        ),
        .optional(
            "addressee",
            "CODE",
            .code(.addressees),
            uk: "на чиє ім'я: mayor, deputyMayor, department …",
            en: "to whom: mayor, deputyMayor, department …"
        ),
        .optional(
            "kind",
            "CODE",
            .code(.kinds),
            into: "kind",
            uk: "application, proposal або complaint",
            en: "application, proposal or complaint"
        ),
        .optional(
            "sign",
            "CODE",
            .code(.receiptSigns),
            into: "receiptSign",
            uk: "ознака: first, repeated, duplicate, multiple, mass",
            en: "first, repeated, duplicate, multiple or mass"
        ),
        .optional(
            "subject",
            "CODE",
            .code(.subjectTypes),
            into: "subjectType",
            uk: "вид: individual, collective, anonymous, unknown",
            en: "the kind: individual, collective, anonymous, unknown"
        ),
        .optional(
            "signatories",
            "N",
            .number(1...1_000_000),
            into: "signatories",
            uk: "скільки підписів",
            en: "how many signed"
        ),
        .optional(
            "name",
            "NAME",
            .personName,
            into: "name",
            uk: "прізвище, ім'я, по батькові заявника",
            en: "the applicant's surname, name, patronymic"
        ),
        .optional(
            "address",
            "TEXT",
            .place,
            into: "address",
            uk: "адреса заявника; котру з кількох вулиць узято, каже її id: #zoriana-2",
            en: "the applicant's address; the id says which of several streets: #zoriana-2"
        ),
        .optional("workplace", "TEXT", .string, into: "workplace", uk: "місце роботи", en: "place of work"),
        .optional(
            "category",
            "CODE",
            .code(.categories),
            uk: "категорія за класифікатором: 7.x",
            en: "category of the classifier: 7.x"
        ),
        .optional(
            "social-status",
            "CODE",
            .code(.socialStatuses),
            uk: "соціальний стан за класифікатором: 8.x",
            en: "social status of the classifier: 8.x"
        ), .optional("sex", "CODE", .code(.sexes), uk: "male або female", en: "male or female"),
        .list("phone", "PHONE", .phone, into: "phones", uk: "телефон заявника", en: "the applicant's phone"),
        .list("email", "EMAIL", .email, into: "emails", uk: "електронна пошта заявника", en: "the applicant's e-mail"),
        .optional("text", "TEXT", .words, into: "text", uk: "зміст звернення", en: "the words of the appeal"),
        .optional(
            "text-file",
            "FILE",
            .contents(longest: Limits.text),
            uk: "файл зі змістом звернення",
            en: "a file with the words of the appeal"
        ),
        .list(
            "heading",
            "CODE",
            .code(.headings),
            into: "issues.heading",
            uk: "рубрика питання за класифікатором: 090 (по одній на питання)",
            en: "heading of an issue: 090 (one an issue)"
        ),
        .list(
            "question",
            "TEXT",
            .words,
            into: "questions",
            uk: "суть питання (по одній на питання)",
            en: "the matter of an issue (one an issue)"
        ),
        .list(
            "problem-address",
            "TEXT",
            .place,
            into: "problemAddresses",
            uk: "де проблема: адреса (по одній на питання)",
            en: "where the problem is: an address (one an issue)"
        ),
        .list(
            "district",
            "TEXT",
            .string,
            into: "issues.district",
            uk: "район (по одному на питання)",
            en: "district (one an issue)"
        ), .flag("priority", into: "priority", uk: "першочерговий розгляд", en: "to be considered first"),
        .flag(
            "confidential",
            into: "confidential",
            uk: "не розголошувати дані",
            en: "do not disclose the applicant's data"
        ),
        .optional(
            "reply",
            "CODE",
            .code(.replies),
            into: "replyPreference",
            uk: "як відповісти: phone, email, paper",
            en: "how to answer: phone, email, paper"
        ),
        .optional(
            "external",
            "TEXT",
            .string,
            into: "external",
            uk: "номер і дата надсилача",
            en: "the sender's number and date"
        ), .optional("repeat-of", "INDEX", .index, uk: "повторне до", en: "repeats"),
        .optional("duplicate-of", "INDEX", .index, uk: "дублетне до", en: "duplicates"),
        .list(
            "complained-against",
            "WHOM",
            .complainedAgainst,
            uk: "на кого скаржаться: підрозділ чи працівник (id, код, назва), outside:ТЕКСТ",
            en: "who is complained against: a department or person (id, code, name), outside:TEXT"
        ),
        .optional(
            "received",
            "TIME",
            .moment,
            into: "receivedAt",
            uk: "коли надійшло (типово зараз): 2026-05-14T09:30:00",
            en: "when received (now if not given): 2026-05-14T09:30:00"
        ),
        .optional(
            "basis",
            "CODE",
            .basis,
            uk: "строк: month, fifteenDays, shortened:5, external:2026-05-01",
            en: "term: month, fifteenDays, shortened:5, external:2026-05-01"
        ),
    ]

    package static let appealRegister = UseCase(
        "appeal register",
        uk: "Зареєструвати звернення",
        en: "Register an appeal",
        writes: .acts("appeal.registered"),
        options: [.actor] + cardInputs + [
            .optional(
                "from",
                "FILE.json",
                .contents(longest: InputType.longestFile),
                uk: "взяти значення параметрів із JSON-файла",
                en: "take the options' values from a JSON file"
            )
        ],
        example: [
            "as": "koval", "name": "Петренко Іван Іванович", "phone": "+380560000000", "heading": "090",
            "text": "Немає води з понеділка",
        ]
    )

    package static let importCards = UseCase(
        "import",
        uk: "Імпортувати картки з CSV або JSON (Центр)",
        en: "Import cards from CSV or JSON (the office)",
        writes: .acts(
            "appeal.registered",
            beside: ["resolution.issued", "note.added", "appeal.concluded"],
            isOfOffice: true
        ),
        lane: .long,
        operands: [.required("file", "FILE", .register, uk: "файл CSV або JSON", en: "the CSV or JSON file")],
        options: [
            .optional(
                "mapping",
                "FILE",
                .contents(longest: InputType.longestFile),
                uk: "опис відповідності полів",
                en: "how its fields map"
            ), .actor,
            .optional(
                "author",
                "USER",
                .person,
                uk: "автор резолюцій (типово єдиний leader)",
                en: "the author of resolutions (the only leader if not given)"
            ),
            .optional(
                "source",
                "NAME",
                .string,
                uk: "назва джерела, якщо її немає в описі: з нею й ключем картка впізнається знову",
                en: "the source's name, unless the mapping has one: with it and its key a card is known again"
            ), .flag("dry-run", uk: "лише перевірити", en: "only check"),
            .optional(
                "suggest",
                "FILE",
                .file,
                uk: "не імпортувати, а записати сюди перший опис за заголовком і значеннями",
                en: "import nothing, but write a first mapping here by header and values"
            ),
            .optional(
                "encoding",
                "CODE",
                .code(TextEncoding.allCases.map { InputCode($0.rawValue, $0.label) }),
                uk: "у чому записано файл (типово UTF-8, UTF-16 з позначкою)",
                en: "how the file is written (UTF-8, or UTF-16 with its mark, if not given)"
            ),
            .optional(
                "rejects",
                "FILE",
                .file,
                uk: "куди записати відхилені рядки з причинами, щоб виправити й імпортувати знову",
                en: "where to write rejected rows with reasons, to be mended and imported again"
            ),
        ],
        example: [
            "file": "nyc311.csv", "mapping": "nyc311.mapping.json", "as": "koval", "source": "nyc311",
            "rejects": "rejects.csv",
        ]
    )
}
