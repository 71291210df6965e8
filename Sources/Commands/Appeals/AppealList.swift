import Appeals
import CanonicalJSON
import Desk
import Replication

/// `appeal list`: by due date, a page at a time.
extension Commands {
    static let appealList = Command(.appealList) { call in
        var filter = ListFilter()
        filter.state = try call.code("state", AppealState.self)?.rawValue ?? ""
        filter.main = call.text("main") ?? ""
        filter.index = call.text("index") ?? ""
        filter.disputed = call.flag("disputed")
        let limit = try call.limit()
        let page = try call.desk.appeals(filter, after: try call.appealMark(), limit: limit)
        var members: JSONObject = [
            "appeals": .array(page.appeals.map(\.json)), "total": .integer(page.total),
        ]
        let header =
            call.language == .ukrainian
            ? ["", "Індекс", "Строк", "Стан", "Відповідальний", "", "Id"]
            : ["", "Index", "Due", "State", "Main", "", "Id"]
        var text =
            page.appeals.isEmpty
            ? [call.say("Звернень немає.", "There are no appeals.")]
            : Table.text(header, page.appeals.map { $0.cells(call) })
        if let next = page.next {
            members["next"] = .string(next.description)
            text.append(call.say("Далі: ", "Next page: ") + "--after \(next)")
        }
        return CommandResult(members, lines: text)
    }
}

extension ListedAppeal {
    fileprivate var json: JSON {
        [
            "id": .string(id), "index": .string(index), "registeredOn": .string(registeredOn), "due": .string(due),
            "state": .string(state), "main": .string(main), "disputed": .bool(isDisputed), "unsent": .bool(isUnsent),
        ]
    }

    fileprivate func cells(_ call: Call) -> [String] {
        let numbers = CivilDate(due)?.ukrainianNumbers ?? ""
        return [
            isUnsent ? "⇡" : " ", index, call.language == .ukrainian ? numbers : due,
            AppealState(rawValue: state).map { call.say($0.ukrainian, $0.rawValue) } ?? state, main,
            isDisputed ? call.say("≠ розбіжність", "≠ disagreement") : "", id,
        ]
    }
}
