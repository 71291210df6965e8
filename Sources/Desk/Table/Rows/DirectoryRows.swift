import Appeals

/// Departments, people, roles, the calendar.
extension UseCase {
    static let ofDirectory: [UseCase] = [
        departmentAdd, departmentList, personAdd, personLeave, personShow, personList, roleGrant, roleRevoke, roleList,
        calendarPut,
        calendarShow, deadlineExplain,
    ]

    package static let departmentAdd = UseCase(
        "department add",
        uk: "Додати або перейменувати підрозділ",
        en: "Add or rename a department",
        writes: .acts("department.put"),
        operands: [
            .required(
                "department",
                "DEPT",
                .department,
                uk: "id підрозділу: малі латинські літери",
                en: "the department's id: lower-case letters"
            )
        ],
        options: [
            .actor, .required("name", "TEXT", .string, into: "name", uk: "назва", en: "its name"),
            .optional("code", "TEXT", .string, into: "code", uk: "друкований код: УБЖП", en: "its printed code"),
        ],
        example: ["department": "zhkg", "as": "admin", "name": "Департамент ЖКГ", "code": "ЖКГ"]
    )

    package static let departmentList = UseCase(
        "department list",
        uk: "Показати підрозділи",
        en: "List departments",
        writes: .reads,
        options: [.limit, .after],
        example: [:]
    )

    package static let personAdd = UseCase(
        "person add",
        uk: "Додати працівника або змінити його дані",
        en: "Add a person, or change their data",
        writes: .acts("person.put"),
        operands: [
            .required(
                "user",
                "USER",
                .person,
                uk: "id працівника: малі латинські літери",
                en: "the person's id: lower-case letters"
            )
        ],
        options: [
            .actor,
            .required(
                "department",
                "DEPT",
                .department,
                uk: "де працює (для Центру — id вузла Центру)",
                en: "where (the office's node id for the office)"
            ), .required("name", "TEXT", .personName, into: "name", uk: "прізвище, ім'я, по батькові", en: "name"),
            .optional("position", "TEXT", .string, into: "position", uk: "посада", en: "position"),
            .optional("phone", "PHONE", .string, into: "phone", uk: "службовий телефон", en: "office phone"),
            .list(
                "keep",
                "DEPT/ROLE",
                .string,
                uk: "роль, що лишається після переходу (решта припиняється)",
                en: "a role that stays though the person moves (all others end)"
            ), .optional("basis", "TEXT", .string, into: "basis", uk: "підстава лишити роль", en: "why it stays"),
        ],
        example: [
            "user": "petrenko", "as": "admin", "department": "zhkg", "name": "Петренко Ольга Іванівна",
            "position": "начальник",
        ]
    )

    package static let personLeave = UseCase(
        "person leave",
        uk: "Записати, що працівник більше не працює: його ролі припиняються",
        en: "Record that a person works here no more: their roles end",
        writes: .acts("person.left"),
        operands: [.user],
        options: [.actor, .reason],
        example: ["user": "petrenko", "as": "admin", "reason": "Звільнення"]
    )

    package static let personShow = UseCase(
        "person show",
        uk: "Показати працівника та його ролі",
        en: "Show a person and their roles",
        writes: .reads,
        operands: [.user],
        example: ["user": "petrenko"]
    )

    package static let personList = UseCase(
        "person list",
        uk: "Показати працівників",
        en: "List people",
        writes: .reads,
        options: [.limit, .after],
        example: ["limit": "100"]
    )

    package static let roleGrant = UseCase(
        "role grant",
        uk: "Надати роль",
        en: "Grant a role",
        writes: .acts("role.granted"),
        operands: [.user, .role],
        options: [
            .actor, .ofRole,
            .optional(
                "substitution",
                "TEXT",
                .string,
                into: "substitution",
                uk: "підстава: заміщення або сумісництво (не за місцем роботи — обов'язкова)",
                en: "the basis, if acting (required where the person does not work)"
            ),
            .optional("from", "DATE", .date, into: "from", uk: "з якого дня заміщення", en: "first day of acting"),
            .optional("through", "DATE", .date, into: "through", uk: "до якого дня", en: "last day of acting"),
        ],
        example: ["user": "petrenko", "role": "head", "as": "admin", "department": "zhkg"]
    )

    package static let roleRevoke = UseCase(
        "role revoke",
        uk: "Припинити роль",
        en: "Revoke a role",
        writes: .acts("role.revoked"),
        operands: [.user, .role],
        options: [.actor, .ofRole, .reason],
        example: ["user": "petrenko", "role": "head", "as": "admin", "department": "zhkg", "reason": "Звільнення"]
    )

    package static let roleList = UseCase(
        "role list",
        uk: "Показати, хто яку роль має",
        en: "List who has which role",
        writes: .reads,
        options: [
            .optional("department", "DEPT", .department, uk: "лише одного підрозділу", en: "of one department only"),
            .limit, .after,
        ],
        example: ["department": "zhkg"]
    )

    package static let calendarPut = UseCase(
        "calendar put",
        uk: "Опублікувати календар робочих днів",
        en: "Publish a calendar of working days",
        writes: .acts("calendar.put"),
        options: [
            .actor,
            .required(
                "file",
                "FILE",
                .contents(longest: InputType.longestFile),
                uk: "календар у JSON (зразок: \(.data(.calendarShow)))",
                en: "the calendar as JSON (a sample: \(.data(.calendarShow)))"
            ),
        ],
        example: ["as": "admin", "file": "calendar-2026-3.json"]
    )

    package static let calendarShow = UseCase(
        "calendar show",
        uk: "Показати чинний календар",
        en: "Show the calendar in force",
        writes: .reads,
        example: [:]
    )

    package static let deadlineExplain = UseCase(
        "deadline explain",
        uk: "Показати, як пораховано строк",
        en: "Show how a term was counted",
        writes: .reads,
        operands: [
            .optional(
                "appeal",
                "APPEAL",
                .appeal,
                uk: "звернення (або вкажіть \(.input("received")))",
                en: "the appeal (or give \(.input("received")))"
            )
        ],
        options: [
            .optional(
                "received",
                "TIME",
                .moment,
                uk: "коли надійшло: 2026-05-14T18:40:00",
                en: "when received: 2026-05-14T18:40:00"
            ),
            .optional(
                "channel",
                "CODE",
                .code(.channels),
                uk: "джерело надходження (типово mayorPhone)",
                en: "the channel (mayorPhone if not given)"
            ),
            .optional(
                "basis",
                "CODE",
                .basis,
                uk: "month, fifteenDays, shortened:N, external:РРРР-ММ-ДД",
                en: "month, fifteenDays, shortened:N, external:YYYY-MM-DD"
            ), .reader,
        ],
        example: ["appeal": "К-101"]
    )
}

extension UseCase.Input {
    fileprivate static let user = required("user", "USER", .person, uk: "id працівника", en: "the person's id")
    fileprivate static let role = required(
        "role",
        "ROLE",
        .code(.roles),
        into: "role",
        uk: "роль: administrator, leader, registrar, specialist, inspector; head, deputy, executor, clerk",
        en: "the role: administrator, leader, registrar, specialist, inspector; head, deputy, executor, clerk"
    )
    fileprivate static let ofRole = optional(
        "department",
        "DEPT",
        .department,
        uk: "де (типово Центр)",
        en: "where (the office if not given)"
    )
}
