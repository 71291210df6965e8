package import Appeals
package import CanonicalJSON
import Cryptography
package import Desk
package import Replication

/// `inspect value`, `inspect row`, …: the database of a sick node as it lies on the disk.
///
/// Declared here and shown here; the program reads the file, since a broken one is opened by no store.
extension Commands {
    static let inspections = InspectedTable.allCases.map { table in
        byProgram(
            UseCase(
                name(table),
                uk: words(table).uk,
                en: words(table).en,
                writes: .machine(),
                place: .withoutNode,
                operands: [
                    .optional(
                        table.key[0],
                        table.key[0].uppercased(),
                        .string,
                        uk: "лише записи з цим \(table.key[0])",
                        en: "only records of this \(table.key[0])"
                    )
                ],
                options: [
                    .optional(
                        "file",
                        "FILE",
                        .file,
                        uk: "копія файлу бази (типово — база вузла в --data)",
                        en: "a copy of the database's file (if not given, the node's in --data)"
                    ), .after, .limit,
                ],
                example: ["limit": "20"]
            )
        )
    }

    private static func name(_ table: InspectedTable) -> String { "inspect " + table.rawValue }

    private static func words(_ table: InspectedTable) -> Label {
        switch table {
        case .value:
            Label(uk: "Показати значення бази як вони лежать", en: "Show the database's values as they lie there")
        case .row: Label(uk: "Показати рядки бази з їхнім змістом", en: "Show the database's rows with what they say")
        case .operation: Label(uk: "Показати операції бази з їхнім змістом", en: "Show the database's operations")
        case .stream: Label(uk: "Показати потоки бази", en: "Show the database's streams")
        case .tenure: Label(uk: "Показати, хто що мав: записи бази", en: "Show who had what: the database's tenures")
        case .origin: Label(uk: "Показати журнали бази", en: "Show the logs that the database knows")
        }
    }

    /// What a command looks at; nil for every other command.
    package static func inspected(_ command: Command) -> InspectedTable? {
        InspectedTable.allCases.first { name($0) == command.name }
    }

    /// What was asked for, as values.
    package static func inspection(
        _ table: InspectedTable,
        _ arguments: JSONObject
    ) throws(DeskError) -> (under: String?, after: [InspectedCell], limit: Int) {
        let limit = try limit(arguments)
        guard let mark = arguments["after"]?.string else { return (arguments[table.key[0]]?.string, [], limit) }
        guard let after = InspectedMark.key(mark, of: table) else {
            throw .usage(
                "wrongMark",
                uk: "--after \(mark): дайте позначку, якою закінчилася попередня сторінка",
                en: "--after \(mark): give the mark with which the former page ended"
            )
        }
        return (arguments[table.key[0]]?.string, after, limit)
    }

    /// A page as it is shown; 30 (`integrity`) if something of it cannot be read.
    package static func inspected(
        _ table: InspectedTable,
        _ page: InspectedPage,
        file: String,
        version: Int64,
        _ language: Language
    ) -> CommandResult {
        func say(_ uk: String, _ en: String) -> String { Label(uk: uk, en: en).text(language) }
        var members: JSONObject = [
            "table": .string(table.rawValue), "file": .string(file), "migration": .integer(version),
            "records": .array(page.records.map(\.json)), "gaps": .array(page.gaps.map(\.json)),
        ]
        var lines = [say("База ", "Database ") + file + say(", версія таблиць ", ", version of tables ") + "\(version)"]
        for record in page.records {
            lines.append(InspectedMark.text(record.key))
            lines += record.columns.map { "  \($0.name): " + $0.cell.line(language) }
            lines += record.unreadable.map { "  \($0.name): " + say("не читається: ", "cannot be read: ") + $0.found }
        }
        for gap in page.gaps {
            let from = gap.after.isEmpty ? say("початку", "the beginning") : InspectedMark.text(gap.after)
            let to = gap.before.isEmpty ? say("кінця", "the end") : InspectedMark.text(gap.before)
            lines.append(
                say("Не читається від \(from) до \(to): ", "Cannot be read from \(from) to \(to): ") + gap.found
            )
        }
        if page.records.isEmpty, page.gaps.isEmpty { lines.append(say("Записів немає.", "There are no records.")) }
        if let next = page.next {
            members["next"] = .string(InspectedMark.text(next))
            lines.append(say("Далі: --after ", "Next: --after ") + "'\(InspectedMark.text(next))'")
        }
        let isWhole = page.gaps.isEmpty && page.records.allSatisfy(\.unreadable.isEmpty)
        return CommandResult(members, lines: lines, exit: isWhole ? .ok : .integrity)
    }
}

/// A key as a mark that a person can give back.
package enum InspectedMark {
    /// Its parts, separated by a blank.
    package static func text(_ key: [InspectedCell]) -> String { key.map(\.text).joined(separator: " ") }

    /// Only the last part may have blanks in it.
    static func key(_ mark: String, of table: InspectedTable) -> [InspectedCell]? {
        let parts = mark.split(separator: " ", maxSplits: table.key.count - 1, omittingEmptySubsequences: false)
        guard parts.count == table.key.count else { return nil }
        var key: [InspectedCell] = []
        for (name, part) in zip(table.key, parts) {
            guard InspectedTable.isNumber(name) else {
                key.append(.text(String(part)))
                continue
            }
            guard let number = Int64(part) else { return nil }
            key.append(.integer(number))
        }
        return key
    }
}

extension InspectedCell {
    /// Longer values are cut in the text, and it says so; `--json` has all.
    private static let shown = 400

    /// As a person reads it; bytes that are no text as hexadecimal digits, nothing of a secret.
    package var text: String {
        switch self {
        case .null: "null"
        case .integer(let number): String(number)
        case .text(let text): text
        case .bytes(let bytes): String(validating: bytes, as: UTF8.self) ?? Hex.encode(bytes)
        case .secret: ""
        }
    }

    fileprivate func line(_ language: Language) -> String {
        if self == .secret { return Label(uk: "таємне, не показано", en: "secret, not shown").text(language) }
        let text = text
        guard text.count > Self.shown else { return text }
        let more = Label(
            uk: "… (усього \(text.utf8.count) байтів, усі показує --json)",
            en: "… (\(text.utf8.count) bytes in all, --json shows them)"
        )
        return String(text.prefix(Self.shown)) + more.text(language)
    }

    fileprivate var json: JSON {
        switch self {
        case .null: .null
        // A damaged file may have numbers that JSON cannot carry.
        case .integer(let number) where number.magnitude < 1 << 53: .integer(number)
        case .integer(let number): .string(String(number))
        case .text(let text): .string(text)
        case .bytes(let bytes):
            String(validating: bytes, as: UTF8.self).map { .string($0) } ?? ["hex": .string(Hex.encode(bytes))]
        case .secret: ["secret": true]
        }
    }
}

extension InspectedRecord {
    fileprivate var json: JSON {
        var object: JSONObject = ["key": .string(InspectedMark.text(key))]
        object["columns"] = .object(JSONObject(members: columns.map { ($0.name, $0.cell.json) }))
        if !unreadable.isEmpty {
            object["unreadable"] = .object(JSONObject(members: unreadable.map { ($0.name, .string($0.found)) }))
        }
        return .object(object)
    }
}

extension InspectedGap {
    fileprivate var json: JSON {
        [
            "after": .string(InspectedMark.text(after)), "before": .string(InspectedMark.text(before)),
            "found": .string(found),
        ]
    }
}
