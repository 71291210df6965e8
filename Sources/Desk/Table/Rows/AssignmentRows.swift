import Appeals

/// A leader's resolution, and what becomes of the assignments that follow from it.
extension UseCase {
    static let ofAssignments: [UseCase] = [
        resolutionIssue, assignmentAccept, assignmentDecline, assignmentRecall, assignmentPerson,
    ]

    package static let resolutionIssue = UseCase(
        "resolution issue",
        uk: "Внести резолюцію керівника й видати доручення",
        en: "Record a leader's resolution and issue assignments",
        writes: .acts("resolution.issued"),
        operands: [.appeal],
        options: [
            .actor,
            .required(
                "author",
                "USER",
                .person,
                uk: "чия резолюція (роль leader)",
                en: "whose resolution (role leader)"
            ),
            .required("text", "TEXT", .words, into: "text", uk: "текст резолюції", en: "the words of the resolution"),
            .optional("main", "DEPT", .department, uk: "відповідальний виконавець", en: "the main executor"),
            .list("co", "DEPT", .department, uk: "співвиконавець", en: "a co-executor"),
            .list("inform", "DEPT", .department, uk: "до відома", en: "departments to notify (no action required)"),
            .list(
                "supersedes",
                "ASSIGNMENT",
                .assignment,
                uk: "яке доручення замінює: його назва, підрозділ (усі його) або main",
                en: "which it replaces: its name, a department (all of its), or main"
            ),
            .list(
                "issues",
                "DEPT=N,N",
                .issuesOfDepartment,
                uk: "які питання доручено підрозділу",
                en: "which issues a department gets"
            ), .optional("term", "DATE", .date, uk: "термін виконання", en: "the term"),
            .list(
                "term-of",
                "DEPT=DATE",
                .termOfDepartment,
                uk: "інший термін для одного підрозділу",
                en: "another term of one department"
            ),
            .flag(
                "no-control",
                into: "onControl",
                uk: "не ставити на контроль (типово ставиться, крім «до відома»)",
                en: "do not put on control (it is put, unless all is for information)"
            ),
            .optional(
                "basis",
                "CODE",
                .basis,
                uk: "перерахувати строк: fifteenDays, month, shortened:N",
                en: "count the term anew: fifteenDays, month, shortened:N"
            ),
            .optional(
                "substitution",
                "TEXT",
                .string,
                into: "author.substitution",
                uk: "підстава, якщо автор виконує обов'язки (типово з довідника)",
                en: "the ground, if the author is acting (the directory's, if nothing is said)"
            ),
        ],
        example: [
            "appeal": "К-101", "as": "koval", "author": "vilkul", "text": "Розглянути, відповісти заявнику",
            "main": "zhkg", "co": "drim",
        ]
    )

    package static let assignmentAccept = UseCase(
        "assignment accept",
        uk: "Прийняти доручення до виконання",
        en: "Accept an assignment",
        writes: .acts("assignment.accepted"),
        operands: [.appeal],
        options: [
            .actor, .assignment, .optional("person", "USER", .person, uk: "хто виконуватиме", en: "who will do it"),
        ],
        example: ["appeal": "К-101", "as": "petrenko", "person": "sydor"]
    )

    package static let assignmentDecline = UseCase(
        "assignment decline",
        uk: "Відмовитися: не в компетенції",
        en: "Decline: not in competence",
        writes: .acts("assignment.declined"),
        operands: [.appeal],
        options: [
            .actor, .assignment, .reason,
            .optional(
                "suggested",
                "TEXT",
                .string,
                into: "suggested",
                uk: "хто міг би виконати",
                en: "who might do it"
            ),
        ],
        example: ["appeal": "К-101", "as": "petrenko", "reason": "Дорога обласного значення", "suggested": "drim"]
    )

    package static let assignmentRecall = UseCase(
        "assignment recall",
        uk: "Відкликати доручення",
        en: "Recall an assignment",
        writes: .acts("assignment.recalled"),
        operands: [.appeal],
        options: [.actor, .assignment, .reason],
        example: ["appeal": "К-101", "as": "koval", "assignment": "drim", "reason": "Видано помилково"]
    )

    package static let assignmentPerson = UseCase(
        "assignment person",
        uk: "Призначити виконавця в підрозділі",
        en: "Appoint the person who does it",
        writes: .acts("person.assigned"),
        operands: [.appeal],
        options: [
            .actor, .assignment, .required("person", "USER", .person, uk: "хто виконуватиме", en: "who will do it"),
        ],
        example: ["appeal": "К-101", "as": "petrenko", "person": "sydor"]
    )
}
