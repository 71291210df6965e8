import CanonicalJSON
package import Desk

/// Options that every command has: where the node is, and how to answer.
extension Commands {
    package static let common: [UseCase.Input] = [
        .optional(
            "data",
            "DIR",
            .directory,
            uk: "каталог вузла (типово $KARTOTEKA_DATA або /var/lib/kartoteka)",
            en: "the node's directory ($KARTOTEKA_DATA or /var/lib/kartoteka)"
        ),
        .flag("json", uk: "вивід для програм", en: "output for machines"),
        .optional("lang", "uk|en", .code(.languages), uk: "мова повідомлень", en: "the language of messages"),
        .flag("verbose", uk: "докладно (також -v)", en: "in detail (also -v)"),
        .flag("help", uk: "ця довідка (також -h)", en: "this help (also -h)"),
    ]

    /// What the program at the terminal says by itself; nobody types it.
    static let ofTerminal: [UseCase.Input] = [
        .optional(
            "width",
            "N",
            .number(1...1_000),
            uk: "скільки знаків уміщає рядок",
            en: "how many characters a line holds"
        )
    ]

    /// Whether a command has tables that fit the terminal of whoever asks.
    package static func takesWidth(_ command: Command) -> Bool {
        [
            UseCase.appealList, UseCase.appealSearch, UseCase.work, UseCase.streetList, UseCase.personList,
            UseCase.roleList,
            UseCase.departmentList,
        ].contains { $0.name == command.name }
    }

    /// Whether a command may take so long that it shows how far it is; an import goes in pieces and shows it itself.
    package static func isLong(_ command: Command) -> Bool { command.name == UseCase.doctor.name }

    /// The rows of a page that arguments ask for, 50 if they do not say; `wrongNumber` beyond what a page may have.
    static func limit(_ arguments: JSONObject) throws(DeskError) -> Int {
        let value = arguments["limit"]?.integer ?? 50
        let range = InputType.rowsOfPage
        guard range.contains(value) else {
            throw .usage(
                "wrongNumber",
                uk: "--limit має бути від \(range.lowerBound) до \(range.upperBound)",
                en: "--limit must be \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return Int(value)
    }
}
