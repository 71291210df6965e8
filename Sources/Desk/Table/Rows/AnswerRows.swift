import Appeals

/// The way of an answer, and what proves it.
extension UseCase {
    static let ofAnswers: [UseCase] = [
        answerDraft, answerApprove, answerSubmit, answerAccept, answerReturn, answerDispatch, feedbackAdd, documentAdd,
    ]

    package static let answerDraft = UseCase(
        "answer draft",
        uk: "Записати проєкт відповіді",
        en: "Draft an answer",
        writes: .acts("answer.drafted"),
        operands: [.appeal],
        options: [
            .actor, .assignment,
            .optional("text", "TEXT", .words, into: "text", uk: "текст відповіді", en: "the words of the answer"),
            .optional(
                "text-file",
                "FILE",
                .contents(longest: Limits.text),
                uk: "файл із текстом відповіді",
                en: "a file with the words of the answer"
            ),
            .flag(
                "preliminary",
                uk: "проміжна, а не остаточна відповідь",
                en: "a preliminary answer, not the final one"
            ),
            .optional(
                "result",
                "CODE",
                .code(.results),
                into: "result",
                uk: "результат: satisfied, refused, explained, returned, forwarded, notConsidered",
                en: "satisfied, refused, explained, returned, forwarded or notConsidered"
            ),
            .list(
                "issue-result",
                "N=CODE",
                .issueResult,
                uk: "результат окремого питання",
                en: "the result of one issue"
            ),
        ],
        example: ["appeal": "К-101", "as": "sydor", "result": "satisfied", "text": "Водопостачання відновлено 14.05"]
    )

    package static let answerApprove = UseCase(
        "answer approve",
        uk: "Погодити відповідь (керівник)",
        en: "Approve an answer (the head)",
        writes: .acts("answer.approved"),
        operands: [.appeal],
        options: [.actor, .assignment, .version],
        example: ["appeal": "К-101", "as": "petrenko"]
    )

    package static let answerSubmit = UseCase(
        "answer submit",
        uk: "Подати відповідь на перевірку",
        en: "Submit an answer",
        writes: .acts("answer.submitted"),
        operands: [.appeal],
        options: [.actor, .assignment, .version],
        example: ["appeal": "К-101", "as": "sydor"]
    )

    package static let answerAccept = UseCase(
        "answer accept",
        uk: "Прийняти відповідь (Центр)",
        en: "Accept an answer (the office)",
        writes: .acts("answer.accepted"),
        operands: [.appeal],
        options: [.actor, .assignment, .version],
        example: ["appeal": "К-101", "as": "koval", "assignment": "zhkg"]
    )

    package static let answerReturn = UseCase(
        "answer return",
        uk: "Повернути відповідь на доопрацювання",
        en: "Return an answer for rework",
        writes: .acts("answer.returned"),
        operands: [.appeal],
        options: [
            .actor, .assignment, .version,
            .required("reason", "TEXT", .string, into: "reason", uk: "що доопрацювати", en: "what to rework"),
        ],
        example: ["appeal": "К-101", "as": "koval", "reason": "Немає дати робіт"]
    )

    package static let answerDispatch = UseCase(
        "answer dispatch",
        uk: "Записати надсилання відповіді",
        en: "Record the dispatch of an answer",
        writes: .acts("answer.dispatched"),
        operands: [.appeal],
        options: [
            .actor, .assignment, .version,
            .required(
                "to",
                "WHOM",
                .code(.recipients),
                into: "to",
                uk: "applicant (заявнику) або committee (виконкому)",
                en: "applicant or committee"
            ),
            .required(
                "by",
                "CODE",
                .code(.replies),
                into: "by",
                uk: "phone, email або paper",
                en: "phone, email or paper"
            ), .optional("number", "TEXT", .string, into: "number", uk: "вихідний номер", en: "the outgoing number"),
            .optional(
                "date",
                "DATE",
                .date,
                into: "date",
                uk: "коли надіслано (типово сьогодні)",
                en: "when (today if not given)"
            ),
        ],
        example: ["appeal": "К-101", "as": "sydor", "to": "applicant", "by": "email", "number": "12/345"]
    )

    package static let feedbackAdd = UseCase(
        "feedback add",
        uk: "Записати зворотний зв'язок із заявником",
        en: "Record feedback with the applicant",
        writes: .acts("feedback.recorded"),
        operands: [.appeal],
        options: [
            .actor, .assignment,
            .required(
                "how",
                "CODE",
                .code(.waysOfFeedback),
                into: "how",
                uk: "phone, meeting, letter або email",
                en: "phone, meeting, letter or email"
            ),
            .required("words", "TEXT", .words, into: "words", uk: "що сказав заявник", en: "what the applicant said"),
            .optional(
                "date",
                "DATE",
                .date,
                into: "date",
                uk: "коли (типово сьогодні)",
                en: "when (today if not given)"
            ),
        ],
        example: ["appeal": "К-101", "as": "sydor", "how": "phone", "words": "Вода є, дякую"]
    )

    package static let documentAdd = UseCase(
        "document add",
        uk: "Записати документ, що підтверджує роботи",
        en: "Record a document that confirms the works",
        writes: .acts("document.recorded"),
        operands: [.appeal],
        options: [
            .actor, .assignment,
            .required(
                "document",
                "CODE",
                .code(.documents),
                into: "document",
                uk: "вид: act, photo, certificate, contract, other",
                en: "the kind: act, photo, certificate, contract, other"
            ), .required("number", "TEXT", .string, into: "number", uk: "номер документа", en: "its number"),
            .optional(
                "date",
                "DATE",
                .date,
                into: "date",
                uk: "дата документа (типово сьогодні)",
                en: "its date (today if not given)"
            ), .optional("note", "TEXT", .string, into: "note", uk: "примітка", en: "a note"),
        ],
        example: ["appeal": "К-101", "as": "sydor", "document": "act", "number": "17", "date": "2026-05-14"]
    )
}

extension UseCase.Input {
    fileprivate static let version = optional(
        "version",
        "VERSION",
        .version,
        uk: "редакція відповіді (типово чинна або остання)",
        en: "the version of the answer (in force, or the last)"
    )
}
