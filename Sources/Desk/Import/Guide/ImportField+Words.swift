package import Appeals

extension ImportField {
    /// What it means to people.
    package var summary: Label { words.summary }
    /// What its codes mean, where their names alone do not tell what follows; nil of all others.
    package var hint: Label? {
        guard self == .state else { return nil }
        return Label(
            uk: "open – у роботі; closed – завершено, тобто історія, а не робота",
            en: "open is being worked on; closed is over: history, no work"
        )
    }

    /// A value that it takes.
    package var example: String { words.example }

    private var words: (summary: Label, example: String) {
        switch self {
        case .channel, .kind, .receiptSign, .subjectType, .signatories, .addressee, .heading, .text, .problemAddress,
            .district, .replyChannel, .registrationIndex, .receivedAt, .registeredOn, .homeNode:
            ofAppeal
        case .lastName, .firstName, .patronymic, .address, .phone, .email, .workplace, .category, .socialStatus, .sex,
            .privileged, .confidential:
            ofPerson
        case .department, .coDepartments, .complainedAgainst, .resolutionText, .resolutionAuthor, .onControl,
            .deadlineBasis, .externalSystem, .externalNumber, .externalReceivedOn, .consultationExplanation,
            .consultationReferredTo, .expectedStatutory, .expectedControl, .expectedCap, .state, .closedOn, .result:
            ofWork
        }
    }

    private var ofAppeal: (summary: Label, example: String) {
        switch self {
        case .channel: (Label(uk: "яким шляхом надійшло", en: "by which way it came"), "post")
        case .kind: (Label(uk: "вид звернення", en: "kind of the appeal"), "application")
        case .receiptSign: (Label(uk: "первинне, повторне тощо", en: "first, repeated and so on"), "first")
        case .subjectType: (Label(uk: "хто звернувся", en: "who appeals"), "individual")
        case .signatories: (Label(uk: "скільки підписів", en: "how many signed"), "48")
        case .registrationIndex:
            (
                Label(
                    uk: "номер, під яким уже зареєстровано; без нього дається новий",
                    en: "the number it has already; without it a new one is given"
                ), "П-176"
            )
        case .receivedAt: (Label(uk: "коли надійшло", en: "when it came"), "2026-02-03T09:14:00+02:00")
        case .registeredOn:
            (Label(uk: "день реєстрації, якщо інший", en: "the day of registration, if another"), "2026-02-04")
        case .homeNode:
            (
                Label(uk: "вузол, що зареєстрував (лише для звірки)", en: "the node that registered it (only told)"),
                "urz"
            )
        case .addressee: (Label(uk: "кому адресовано", en: "to whom it is addressed"), "mayor")
        case .heading:
            (Label(uk: "рубрика класифікатора (без неї 240)", en: "heading of the classifier (240 without it)"), "090")
        case .problemAddress: (Label(uk: "адреса проблеми", en: "address of the problem"), "пр. Миру, 12")
        case .district: (Label(uk: "район", en: "district"), "Саксаганський")
        case .text: (Label(uk: "зміст звернення", en: "what it says"), "Немає води")
        case .replyChannel: (Label(uk: "як хоче отримати відповідь", en: "how the answer is wanted"), "paper")
        default: (Label(""), "")
        }
    }

    private var ofPerson: (summary: Label, example: String) {
        switch self {
        case .lastName: (Label(uk: "прізвище або повне ім'я", en: "surname, or the whole name"), "Петренко")
        case .firstName: (Label(uk: "ім'я", en: "first name"), "Іван")
        case .patronymic: (Label(uk: "по батькові", en: "patronymic"), "Іванович")
        case .address: (Label(uk: "адреса заявника", en: "the applicant's address"), "вул. Спаська, 5")
        case .phone: (Label(uk: "телефон", en: "telephone"), "+380561234567")
        case .email: (Label(uk: "електронна пошта", en: "e-mail"), "petrenko@ukr.net")
        case .workplace: (Label(uk: "місце роботи", en: "place of work"), "Школа № 3")
        case .category: (Label(uk: "категорія за класифікатором", en: "category of the classifier"), "7.5")
        case .socialStatus:
            (Label(uk: "соціальний стан за класифікатором", en: "social status of the classifier"), "8.1")
        case .sex: (Label(uk: "стать", en: "sex"), "female")
        case .privileged: (Label(uk: "першочерговий розгляд", en: "to be considered first"), "true")
        case .confidential: (Label(uk: "просить не розголошувати відомостей", en: "asks for confidentiality"), "false")
        default: (Label(""), "")
        }
    }

    private var ofWork: (summary: Label, example: String) {
        switch self {
        case .department:
            (
                Label(
                    uk: "виконавець: id, код або назва підрозділу",
                    en: "the executor: id, code or name of the department"
                ), "zhkg"
            )
        case .coDepartments: (Label(uk: "співвиконавці", en: "co-executors"), "drim, utt")
        case .complainedAgainst:
            (Label(uk: "на кого скаржаться (ст. 7)", en: "whom a complaint is about (Art. 7)"), "zhkg")
        case .resolutionText: (Label(uk: "текст резолюції", en: "words of the resolution"), "Розглянути")
        case .resolutionAuthor:
            (Label(uk: "автор резолюції в джерелі", en: "author of the resolution in the source"), "Вілкул Ю. Г.")
        case .onControl: (Label(uk: "на контролі (без нього — так)", en: "on control (yes, without it)"), "true")
        case .deadlineBasis:
            (
                Label(uk: "підстава строку (без неї month)", en: "what the term is counted by (month, without it)"),
                "month"
            )
        case .externalSystem:
            (Label(uk: "система, з якої надійшло", en: "the system it came from"), "Урядова гаряча лінія")
        case .externalNumber: (Label(uk: "номер у тій системі", en: "its number there"), "КМ-123")
        case .externalReceivedOn: (Label(uk: "коли надійшло туди", en: "when it came there"), "2026-02-01")
        case .consultationExplanation:
            (
                Label(
                    uk: "роз'яснення, дане у розмові: картка-консультація",
                    en: "what was explained in the call: a consultation"
                ), "Куди звернутися"
            )
        case .consultationReferredTo:
            (Label(uk: "куди направлено", en: "to whom the caller was sent"), "Пенсійний фонд")
        case .expectedStatutory:
            (Label(uk: "строк у джерелі, для звірки", en: "its term in the source, to be compared"), "2026-03-05")
        case .expectedControl:
            (Label(uk: "контрольний строк у джерелі", en: "its control date in the source"), "2026-03-03")
        case .expectedCap: (Label(uk: "граничний строк у джерелі", en: "its last day in the source"), "2026-03-20")
        case .state:
            (Label(uk: "стан у джерелі", en: "its state in the source"), "closed")
        case .closedOn: (Label(uk: "коли закрито", en: "when it was closed"), "2026-02-20")
        case .result: (Label(uk: "з яким результатом закрито", en: "with which result"), "satisfied")
        default: (Label(""), "")
        }
    }
}
