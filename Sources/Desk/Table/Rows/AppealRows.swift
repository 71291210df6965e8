import Appeals
import Replication

/// An appeal: looked for, shown, corrected, erased; the applicant's contacts.
extension UseCase {
    static let ofAppeals: [UseCase] = [
        appealList, appealSearch, appealShow, appealHistory, appealCorrect, appealNote, appealErase, contactAdd,
        contactRemove,
    ]

    private static let orders = RowOrder.Field.allCases.map(\.rawValue).joined(separator: ", ")
    private static let lists = WorkList.allCases.map(\.rawValue).joined(separator: ", ")

    package static let appealList = UseCase(
        "appeal list",
        uk: "Показати звернення за строком або в іншому порядку",
        en: "List appeals by due date, or in another order",
        writes: .reads,
        options: [
            .optional(
                "state",
                "STATE",
                .code(.states),
                uk: "стан: registered, assigned, answered, done, removed",
                en: "the state: registered, assigned, answered, done, removed"
            ),
            .optional(
                "main",
                "DEPT",
                .department,
                uk: "відповідальний підрозділ",
                en: "the main executor's department"
            ),
            .optional(
                "index",
                "TEXT",
                .string,
                uk: "реєстраційний індекс або його частина; цифри — початок номера",
                en: "the registration index or a part of it; digits begin the number"
            ), .flag("disputed", uk: "лише з невирішеними розбіжностями", en: "only with open disagreements"),
            .flag(
                "overdue",
                uk: "лише прострочені, також за терміном доручення",
                en: "only overdue ones, by an assignment's term too"
            ),
            .flag("returned", uk: "лише повернуті на доопрацювання", en: "only with a returned answer"),
            .flag("declined", uk: "лише ті, від яких відмовився підрозділ", en: "only declined by a department"),
            .flag(
                "departed",
                uk: "картки, що вибули з підрозділу, і що з ними сталося",
                en: "cards that left the department, and what became of them"
            ),
            .optional(
                "person",
                "USER",
                .person,
                uk: "лише робота цього працівника",
                en: "only the work of this person"
            ),
            .flag("mine", uk: "лише робота того, хто читає", en: "only the work of whoever reads"),
            .optional(
                "list",
                "LIST",
                .code(.workLists),
                uk: "один зі списків роботи: \(lists)",
                en: "one of the lists of work: \(lists)"
            ),
            .optional(
                "sort",
                "ORDER",
                .code(.orders),
                uk: "порядок: \(orders) (типово due)",
                en: "the order: \(orders) (due if not given)"
            ), .flag("descending", uk: "у зворотному порядку", en: "in the reverse order"), .reader, .limit, .after,
        ],
        example: ["state": "assigned", "main": "zhkg", "limit": "20"]
    )

    package static let appealSearch = UseCase(
        "search",
        uk: "Знайти звернення за номером, прізвищем, адресою, телефоном або словами",
        en: "Find appeals by number, name, address, telephone or words",
        writes: .reads,
        operands: [
            .required(
                "query",
                "QUERY",
                .query,
                uk:
                    "що шукати, слова в будь-якій формі; у лапках — слова поспіль, із зірочкою (водопр*) — початок слова",
                en:
                    "what to look for, words in any form; in quotation marks words in this order, with an asterisk (water*) the beginning of a word"
            )
        ],
        options: [.reader, .limit, .after],
        example: ["query": "вул. Спаська опалення"]
    )

    package static let appealShow = UseCase(
        "appeal show",
        uk: "Показати картку звернення",
        en: "Show an appeal's card",
        writes: .reads,
        operands: [.appeal],
        options: [.reader],
        example: ["appeal": "К-101"]
    )

    package static let appealHistory = UseCase(
        "appeal history",
        uk: "Показати, хто що зробив зі зверненням",
        en: "Show who did what to an appeal",
        writes: .reads,
        operands: [.appeal],
        options: [.reader, .limit, .after],
        example: ["appeal": "К-101"]
    )

    package static let appealCorrect = UseCase(
        "appeal correct",
        uk: "Виправити поля картки",
        en: "Correct fields of the card",
        writes: .acts("appeal.corrected"),
        operands: [.appeal],
        options: [
            .actor,
            UseCase.Input(
                "set",
                value: "FIELD=VALUE",
                .correction,
                isRequired: true,
                repeats: true,
                uk:
                    "поле і нове значення: applicant.address=…; поле питання: heading@ISSUE=090 або heading@1=090; котра з кількох вулиць: applicant.address=… #ID; порожнє значення вилучає",
                en:
                    "field and new value: applicant.address=…; of an issue: heading@ISSUE=090 or heading@1=090; which of several streets: applicant.address=… #ID; an empty value removes"
            ), .optionalReason,
        ],
        example: ["appeal": "К-101", "as": "koval", "set": "applicant.address=вул. Спаська, 5"]
    )

    package static let appealNote = UseCase(
        "appeal note",
        uk: "Додати службову примітку",
        en: "Add an internal note",
        writes: .acts("note.added"),
        operands: [.appeal],
        options: [.actor, .required("text", "TEXT", .words, into: "text", uk: "текст примітки", en: "the note")],
        example: ["appeal": "К-101", "as": "koval", "text": "Заявник телефонував, просить передзвонити після 17:00"]
    )

    package static let appealErase = UseCase(
        "appeal erase",
        uk: "Стерти дані звернення назавжди (лише Центр)",
        en: "Erase an appeal's data for ever (the office only)",
        writes: .acts("appeal.erased"),
        operands: [.appeal],
        options: [
            .actor,
            .ground,
            .required(
                "confirm",
                "INDEX",
                .index,
                uk: "повторіть індекс звернення, щоб підтвердити",
                en: "repeat the appeal's index to confirm"
            ),
        ],
        example: ["appeal": "К-101", "as": "admin", "reason": "Акт № 5 від 01.02.2026", "confirm": "К-101"]
    )

    package static let contactAdd = UseCase(
        "contact add",
        uk: "Додати телефон або пошту заявника",
        en: "Add a phone or an e-mail of the applicant",
        writes: .acts("contact.added"),
        operands: [.appeal],
        options: [
            .actor, .optional("phone", "PHONE", .phone, into: "phone", uk: "телефон", en: "phone"),
            .optional("email", "EMAIL", .email, into: "email", uk: "електронна пошта", en: "e-mail"),
        ],
        example: ["appeal": "К-101", "as": "sydor", "phone": "+380560000001"]
    )

    package static let contactRemove = UseCase(
        "contact remove",
        uk: "Вилучити телефон або пошту заявника",
        en: "Remove a phone or an e-mail of the applicant",
        writes: .acts("contact.removed"),
        operands: [.appeal],
        options: [
            .actor, .optional("phone", "PHONE", .phone, uk: "телефон", en: "phone"),
            .optional("email", "EMAIL", .email, uk: "електронна пошта", en: "e-mail"),
        ],
        example: ["appeal": "К-101", "as": "koval", "phone": "+380560000001"]
    )
}
