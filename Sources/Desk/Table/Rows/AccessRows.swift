import Appeals

/// Accounts by which people sign in at this node.
extension UseCase {
    static let ofAccess: [UseCase] = [accountList, accountReset]

    package static let accountList = UseCase(
        "account list",
        uk: "Показати, хто має доступ у браузері на цьому вузлі",
        en: "Show who has access in the browser at this node",
        writes: .machine(),
        example: [:]
    )

    package static let accountReset = UseCase(
        "account reset",
        uk: "Скинути доступ працівника й видати одноразовий код",
        en: "Reset a person's access and give a one-time code",
        writes: .machine(),
        lane: .acting,
        operands: [.required("user", "USER", .person, uk: "id працівника", en: "the person's id")],
        example: ["user": "petrenko"]
    )
}
