import Appeals
import Replication

/// How the node stands: exchange, debts, tray.
extension UseCase {
    static let ofNodeState: [UseCase] = [
        work, status, syncStatus, syncDebts, syncExplain, syncNow, doctor, trayList, trayShow, trayDismiss,
    ]

    package static let work = UseCase(
        "work",
        uk: "Показати, що треба зробити: списки роботи з кількістю",
        en: "Show what is to be done: lists of work with counts",
        writes: .reads,
        options: [
            .optional(
                "as",
                "USER",
                .actor,
                uk: "чия робота; без цього — усі списки вузла",
                en: "whose work; without it all lists of the node"
            ),
            .optional(
                "limit",
                "N",
                .number(0...20),
                uk: "скільки звернень показати в кожному списку (типово 3)",
                en: "how many appeals of each list to show (3 if not given)"
            ),
        ],
        example: ["as": "koval"]
    )

    package static let status = UseCase(
        "status",
        uk: "Показати стан вузла",
        en: "Show the node's state",
        writes: .reads,
        options: [.reader],
        example: [:]
    )

    package static let syncStatus = UseCase(
        "sync status",
        uk: "Показати стан синхронізації",
        en: "Show the state of synchronisation",
        writes: .reads,
        options: [.reader],
        example: [:]
    )

    private static let debtKinds = DebtRecord.Kind.allCases.map(\.rawValue).joined(separator: ", ")

    package static let syncDebts = UseCase(
        "sync debts",
        uk: "Показати, хто що винен: підтвердження знищення, рішення, листи, копії",
        en: "Show what is owed: purge receipts, decisions, letters, copies",
        writes: .reads,
        options: [
            .optional("older", "DAYS", .days, uk: "лише старші: 7d або 7", en: "only older ones: 7d or 7"),
            .optional(
                "kind",
                "KIND",
                .code(.debts),
                uk: "лише одного виду: \(debtKinds)",
                en: "of one kind: \(debtKinds)"
            ), .reader, .limit, .after,
        ],
        example: ["older": "7d"]
    )

    package static let syncExplain = UseCase(
        "sync explain",
        uk: "Пояснити, де зараз зміна",
        en: "Explain where a change is",
        writes: .reads,
        operands: [
            .required(
                "what",
                "APPEAL|WRITE",
                .change,
                uk: "звернення або назва дії: zhkg#5b1e90c2:12",
                en: "an appeal, or an operation: zhkg#5b1e90c2:12"
            )
        ],
        options: [.reader, .limit],
        example: ["what": "К-101"]
    )

    package static let syncNow = UseCase(
        "sync now",
        uk: "Обмінятися з Центром зараз",
        en: "Exchange with the office now",
        writes: .reads,
        place: .running,
        lane: .acting,
        example: [:]
    )

    package static let doctor = UseCase(
        "doctor",
        uk: "Перевірити вузол; до кожної біди — команда, що її лікує",
        en: "Check the node; each problem comes with its remedy",
        writes: .reads,
        lane: .long,
        example: [:]
    )

    package static let trayList = UseCase(
        "tray list",
        uk: "Показати лоток оператора",
        en: "Show the operator's tray",
        writes: .reads,
        options: [
            .optional(
                "kind",
                "KIND",
                .code(.tray),
                uk: "quarantine, recovery, alarm, repair, outcome (або службові: setAside, offered)",
                en: "quarantine, recovery, alarm, repair, outcome (or the machine's own: setAside, offered)"
            ), .reader, .limit, .after,
        ],
        example: ["kind": "quarantine"]
    )

    package static let trayShow = UseCase(
        "tray show",
        uk: "Показати одне з лотка: що це, що пропонують і що робити",
        en: "Show one item of the tray: what it is, what is offered, what to do",
        writes: .reads,
        operands: [.trayItem],
        options: [.reader],
        example: ["id": "17"]
    )

    package static let trayDismiss = UseCase(
        "tray dismiss",
        uk: "Прибрати з лотка переглянуте",
        en: "Take from the tray what was looked at",
        writes: .reads,
        lane: .acting,
        operands: [.trayItem],
        options: [.reader],
        example: ["id": "17"]
    )
}

extension UseCase.Input {
    fileprivate static let trayItem = required(
        "id",
        "ID",
        .trayItem,
        uk: "номер у лотку",
        en: "its number in the tray"
    )
}
