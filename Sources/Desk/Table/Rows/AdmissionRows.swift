import Appeals

/// Which nodes the office admits, and what it is told of erasures.
extension UseCase {
    static let ofAdmission: [UseCase] = [
        invite, invitationWithdraw, nodeList, nodeConfirm, nodeRenew, nodeRevoke, nodeWiped, nodeDistrust,
        erasureConfirm, erasureReject,
    ]

    package static let invite = UseCase(
        "invite",
        uk: "Видати одноразове запрошення підрозділу (Центр)",
        en: "Give a department a one-time invitation (the office)",
        writes: .administers("department.put"),
        place: .running,
        operands: [.required("department", "DEPT", .department, uk: "кому", en: "for whom")],
        options: [
            .actor,
            .optional(
                "name",
                "TEXT",
                .string,
                into: "name",
                uk: "назва підрозділу, якщо його ще немає",
                en: "the department's name, if it is new"
            ),
            .optional(
                "minutes",
                "N",
                .number(InputType.minutesOfPermission),
                uk: "скільки хвилин чинне",
                en: "minutes that it is good for"
            ), .optional("out", "FILE", .file, uk: "записати запрошення у файл", en: "write the invitation to a file"),
        ],
        example: ["department": "zhkg", "as": "admin", "out": "zhkg.invitation"]
    )

    package static let invitationWithdraw = UseCase(
        "invitation withdraw",
        uk: "Відкликати запрошення вузла (Центр)",
        en: "Withdraw a node's invitation (the office)",
        writes: .administers(),
        operands: [.required("node", "ID", .node, uk: "чиє запрошення", en: "whose invitation")],
        options: [.actor],
        example: ["node": "zhkg", "as": "admin"]
    )

    package static let nodeList = UseCase(
        "node list",
        uk: "Показати вузли та чи вони допущені (Центр)",
        en: "List nodes and whether they are admitted (the office)",
        writes: .reads,
        example: [:]
    )

    package static let nodeConfirm = UseCase(
        "node confirm",
        uk: "Підтвердити допуск вузлів після відновлення; без вузла — показати, хто чекає (Центр)",
        en: "Confirm after a restore that nodes are admitted; without a node show who waits (the office)",
        writes: .administers(),
        operands: [.optional("node", "ID", .node, uk: "який вузол", en: "which node")],
        options: [.actor, .flag("all", uk: "усі, хто чекає", en: "all who wait"), .limit, .after],
        example: ["node": "zhkg", "as": "admin"]
    )

    package static let nodeRenew = UseCase(
        "node renew",
        uk: "Дозволити вузлу оновити прострочений сертифікат (Центр)",
        en: "Let a node renew its expired certificate (the office)",
        writes: .administers(),
        operands: [.node],
        options: [
            .actor,
            .optional(
                "minutes",
                "N",
                .number(InputType.minutesOfPermission),
                uk: "скільки хвилин чинний дозвіл",
                en: "minutes that it is good for"
            ),
        ],
        example: ["node": "zhkg", "as": "admin"]
    )

    package static let nodeRevoke = UseCase(
        "node revoke",
        uk: "Скасувати допуск вузла і його запрошення (Центр)",
        en: "Revoke a node, and its invitation (the office)",
        writes: .administers(),
        operands: [.node],
        options: [.actor],
        example: ["node": "zhkg", "as": "admin"]
    )

    package static let nodeWiped = UseCase(
        "node wiped",
        uk: "Засвідчити, що копію зі скасованим ключем знищено (Центр)",
        en: "Say that the copy of a revoked key is destroyed (the office)",
        writes: .administers(),
        operands: [.required("node", "ID", .node, uk: "чия копія", en: "whose copy")],
        options: [
            .actor,
            .optional(
                "key",
                "HEX",
                .key,
                uk: "початок ключа, якщо копій кілька",
                en: "how the key begins, if there are several"
            ),
        ],
        example: ["node": "zhkg", "as": "admin"]
    )

    package static let nodeDistrust = UseCase(
        "node distrust",
        uk: "Не вірити вузлу, що Центр відстав від нього (Центр)",
        en: "Decide that a node is wrong to claim that the office is behind it (the office)",
        writes: .administers(),
        operands: [.node],
        options: [.actor, .required("reason", "TEXT", .string, uk: "чому", en: "why")],
        example: ["node": "zhkg", "as": "admin", "reason": "диск вузла повернули зі старої копії"]
    )

    package static let erasureConfirm = UseCase(
        "erasure confirm",
        uk: "Підтвердити знищення, про яке без печатки сказав підрозділ (Центр)",
        en: "Confirm an erasure that a department told without the office's seal (the office)",
        writes: .administers("appeal.erased"),
        operands: [.appealOfTray],
        options: [.actor, .ground],
        example: ["appeal": "01995c3a-0000-7000-8000-000000000001", "as": "admin", "reason": "Акт № 5"]
    )

    package static let erasureReject = UseCase(
        "erasure reject",
        uk: "Відхилити знищення: звернення знову видно (Центр)",
        en: "Reject an erasure that was none: the appeal is shown again (the office)",
        writes: .administers(),
        operands: [.appealOfTray],
        options: [.actor],
        example: ["appeal": "01995c3a-0000-7000-8000-000000000001", "as": "admin"]
    )
}

extension UseCase.Input {
    fileprivate static let node = required("node", "ID", .node, uk: "який вузол", en: "which node")
    fileprivate static let appealOfTray = required(
        "appeal",
        "ID",
        .appeal,
        uk: "ід звернення з лотка",
        en: "the appeal's id, from the tray"
    )
}
