import Appeals
import CanonicalJSON
import Desk
import Replication

/// `appeal list`: by due date, a page at a time.
extension Commands {
    static let appealList = Command(
        "appeal list",
        uk: "Показати звернення за строком",
        en: "List appeals by due date",
        options: [
            .text(
                "state",
                "STATE",
                uk: "стан: registered, assigned, answered, done, removed",
                en: "the state: registered, assigned, answered, done, removed"
            ),
            .text("main", "DEPT", uk: "відповідальний підрозділ", en: "the main executor's department"),
            .text("index", "TEXT", uk: "частина реєстраційного індексу", en: "a part of the registration index"),
            .flag("disputed", uk: "лише з невирішеними розбіжностями", en: "only with open disagreements"),
            .reader, .limit, .after,
        ],
        example: "kartoteka appeal list --state assigned --main zhkg --limit 20"
    ) { call in
        var filter = ListFilter()
        filter.state = try call.code("state", AppealState.self)?.rawValue ?? ""
        filter.main = call.text("main") ?? ""
        filter.index = call.text("index") ?? ""
        filter.disputed = call.flag("disputed")
        let limit = try call.limit()
        let after = try call.listMark()
        return try call.desk.read { reading in
            if !filter.main.isEmpty { filter.main = try call.desk.department(filter.main, reading) }
            if !filter.main.isEmpty, try call.desk.entry("department/" + filter.main, reading) == nil {
                throw DeskError(Refusal(.unknownDepartment, path: filter.main))
            }
            let (rows, next) = try call.desk.listShown(filter, after: after, limit: limit, reading)
            let own = Set(try call.desk.unsent(reading))
            let fresh = after == nil ? try call.unsentCards(own, filter, reading) : []
            let lines = fresh + rows.map { call.listed($0, isOwn: own.contains($0.key)) }
            var members: JSONObject = [
                "appeals": .array(lines.map(\.json)),
                "total": .integer(try call.desk.countShown(filter, reading)),
            ]
            var text =
                lines.isEmpty
                ? [call.say("Звернень немає.", "There are no appeals.")]
                : Table.text(call.listHeader, lines.map(\.cells))
            if let next {
                members["next"] = .string(next)
                text.append(call.say("Далі: ", "Next page: ") + "--after \(next)")
            }
            return CommandResult(members, lines: text)
        }
    }
}

/// One line of a list, for machines and for people.
struct ListedAppeal {
    let json: JSON
    let cells: [String]
}

extension Call {
    fileprivate var listHeader: [String] {
        language == .ukrainian
            ? ["", "Індекс", "Строк", "Стан", "Відповідальний", "", "Id"]
            : ["", "Index", "Due", "State", "Main", "", "Id"]
    }

    /// Where a list of rows goes on: `due/key` of the last row of the former page.
    func listMark() throws(DeskError) -> (due: String, key: String)? {
        guard let text = text("after") else { return nil }
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw wrongMark() }
        return (parts[0], parts[1])
    }

    /// A number that stands for a place in a list.
    func numberMark() throws(DeskError) -> Int {
        guard let number = Int(text("after") ?? "0"), (0...1_000_000_000).contains(number) else { throw wrongMark() }
        return number
    }

    func wrongMark() -> DeskError {
        .usage(
            "wrongMark",
            uk: "--after: візьміть позначку з попередньої сторінки",
            en: "--after: take the mark of the former page"
        )
    }

    fileprivate func listed(_ row: Row, isOwn: Bool) -> ListedAppeal { listed(row.key, row.columns, isOwn: isOwn) }

    private func listed(_ key: String, _ columns: RowColumns, isOwn: Bool) -> ListedAppeal {
        let state = AppealState(rawValue: columns.state)
        let json: JSON = [
            "id": .string(key), "index": .string(columns.index), "registeredOn": .string(columns.registeredOn),
            "due": .string(columns.due), "state": .string(columns.state), "main": .string(columns.main),
            "disputed": .bool(columns.isDisputed), "unsent": .bool(isOwn),
        ]
        let due = CivilDate(columns.due)?.ukrainianNumbers ?? ""
        let cells = [
            isOwn ? "⇡" : " ", columns.index, language == .ukrainian ? due : columns.due,
            state.map { say($0.ukrainian, $0.rawValue) } ?? columns.state, columns.main,
            columns.isDisputed ? say("≠ розбіжність", "≠ disagreement") : "", key,
        ]
        return ListedAppeal(json: json, cells: cells)
    }

    /// Cards registered here that the office has not confirmed: no row lists them yet.
    fileprivate func unsentCards(
        _ own: Set<String>,
        _ filter: ListFilter,
        _ reading: any StoreReading
    ) throws -> [ListedAppeal] {
        let spaces = try desk.spaces(reading)
        return try own.sorted().compactMap { id in
            guard try reading.row(spaces.appeals, generation: spaces.appealsGeneration, key: id) == nil,
                let shown = try desk.shown(id, reading)
            else { return nil }
            let columns = RowColumns(shown.appeal)
            let fits =
                (filter.state.isEmpty || filter.state == columns.state)
                && (filter.main.isEmpty || filter.main == columns.main)
                && (filter.index.isEmpty || columns.index.contains(filter.index))
                && (!filter.disputed || columns.isDisputed)
            return fits ? listed(id, columns, isOwn: true) : nil
        }
    }
}
