import Appeals
import CanonicalJSON
import Desk
import Replication

/// `appeal list`: by due date or in another order, a page at a time.
extension Commands {
    static let appealList = Command(.appealList) { call in
        let filter = try call.appealFilter()
        let (mark, limit) = (try call.appealMark(), try call.limit())
        let order = try call.order(filter.list)
        if filter.list == .unread { return try call.unread(limit) }
        let isDeparted = filter.list == .departed
        let page =
            isDeparted
            ? try call.desk.departedPage(after: mark, limit: limit)
            : try call.desk.appeals(filter, in: order, after: mark, limit: limit)
        var members: JSONObject = [
            "appeals": .array(page.appeals.map { $0.json(today: call.today) }), "total": .integer(page.total),
        ]
        var text = isDeparted ? page.appeals.departedLines(call) : page.appeals.lines(call)
        if page.appeals.isEmpty { text = [call.say("Звернень немає.", "There are no appeals.")] }
        if let next = page.next {
            members["next"] = .string(next.description)
            text.append(
                call.say(
                    "Показано \(page.appeals.count) із \(page.total).",
                    "\(page.appeals.count) of \(page.total) shown."
                )
            )
            text.append(call.say("Далі: ", "Next page: ") + call.again(after: next.description))
        } else if page.total > page.appeals.count {
            text.append(call.say("Це останні із \(page.total).", "These are the last of \(page.total)."))
        }
        return CommandResult(members, lines: text)
    }
}

extension Call {
    /// As wide as the terminal of whoever asks, 80 if nobody says.
    var width: Int { Int(arguments["width"]?.integer ?? Int64(LineBreaks.width)) }

    /// What was typed, to be typed again for the next page.
    func again(after mark: String) -> String {
        let operands = Commands.named(command)?.row.operands.map(\.name) ?? []
        func shown(_ value: JSON) -> String {
            let text = value.string ?? value.integer.map { String($0) } ?? ""
            return text.contains("\"") ? "'\(text)'" : text.contains(" ") ? "\"\(text)\"" : text
        }
        let named = operands.compactMap { arguments[$0].map(shown) }
        let typed = arguments.members.filter { !(["after", "lang", "width"] + operands).contains($0.0) }.map {
            name,
            value in
            "--" + name + (shown(value).isEmpty ? "" : " " + shown(value))
        }
        return (["kartoteka", command] + named + typed + ["--after", mark]).joined(separator: " ")
    }

    fileprivate func appealFilter() throws(DeskError) -> AppealFilter {
        var filter = AppealFilter()
        filter.state = try code("state", AppealState.self)
        filter.main = text("main") ?? ""
        filter.index = text("index") ?? ""
        filter.disputed = flag("disputed")
        filter.person = text("person") ?? ""
        let flags: [(name: String, list: WorkList)] = [
            ("overdue", .overdue), ("returned", .returned), ("declined", .declined), ("departed", .departed),
        ]
        var lists = flags.filter { flag($0.name) }.map(\.list)
        if let list = try code("list", WorkList.self) { lists.append(list) }
        guard lists.count < 2 else {
            throw .usage(
                "severalLists",
                uk: "вкажіть один список: --list, --overdue, --returned, --declined або --departed",
                en: "give one list: --list, --overdue, --returned, --declined or --departed"
            )
        }
        filter.list = lists.first
        if flag("mine") {
            guard let user = desk.who.user else {
                throw .usage(
                    "missingOption",
                    uk: "--mine: вкажіть, хто читає: --as USER",
                    en: "--mine: say who reads: --as USER"
                )
            }
            filter.person = user
        }
        return filter
    }

    /// The order that is asked for; what left, and what was not read, stands by its time.
    fileprivate func order(_ list: WorkList?) throws(DeskError) -> RowOrder {
        let order = RowOrder(try code("sort", RowOrder.Field.self) ?? .due, isDescending: flag("descending"))
        guard order == RowOrder() || list != .unread && list != .departed else {
            throw .usage(
                "orderedByTime",
                uk: "\(.input("sort")): цей список завжди за часом, без \(.input("sort")) і \(.input("descending"))",
                en:
                    "\(.input("sort")): this list is always by time, without \(.input("sort")) and \(.input("descending"))"
            )
        }
        return order
    }

    /// Departments that have not read for long what was given to them.
    fileprivate func unread(_ limit: Int) throws -> CommandResult {
        let unread = try desk.unread(first: limit)
        let lines = unread.flatMap { department in
            department.lines(self) + department.appeals.lines(self, indented: 2).map { "  " + $0 }
        }
        return CommandResult(
            ["unread": .array(unread.map { $0.json(today: today) })],
            lines: lines.isEmpty
                ? [say("Усе, що видано, прочитано.", "Everything that was given out has been read.")] : lines
        )
    }
}

extension UnreadDepartment {
    /// Which department has not read what, broken at the width of the terminal.
    func lines(_ call: Call) -> [String] {
        let hours = max(0, call.now - since) / 3_600_000
        let told = call.say(
            "\(name) [\(department)]: не прочитано \(hours) год, нових звернень \(count)",
            "\(name) [\(department)]: not read for \(hours) hours, new appeals \(count)"
        )
        return LineBreaks.within(told, call.width - 2).split(separator: "\n").map { "  " + $0 }
    }

    func json(today: CivilDate) -> JSON {
        [
            "department": .string(department), "name": .string(name), "since": .string(KyivTime.rfc3339(since) ?? ""),
            "count": .integer(count), "appeals": .array(appeals.map { $0.json(today: today) }),
        ]
    }
}

extension [ListedAppeal] {
    /// A table no wider than the terminal: what is overdue has a mark beside its day.
    func lines(_ call: Call, indented: Int = 0) -> [String] {
        if isEmpty { return [] }
        let header =
            call.language == .ukrainian
            ? ["", "Індекс", "Строк", "Стан", "Заявник", "Про що", "Відповідальний", ""]
            : ["", "Index", "Due", "State", "Applicant", "About", "Main", ""]
        return Table.text(header, map { $0.cells(call) }, within: call.width - indented, cutting: [3, 4, 5, 6])
    }

    /// Cards that left, each with the day and with what became of the department's assignments.
    fileprivate func departedLines(_ call: Call) -> [String] {
        let header =
            call.language == .ukrainian
            ? ["Індекс", "Зареєстровано", "Вибуло", "Доручення"]
            : ["Index", "Registered", "Left", "Assignments"]
        return Table.text(header, map { $0.departedCells(call) }, within: call.width, cutting: [3])
    }
}

extension ListedAppeal {
    func json(today: CivilDate) -> JSON {
        var object: JSONObject = [
            "id": .string(id), "index": .string(index), "registeredOn": .string(registeredOn), "due": .string(due),
            "term": .string(term), "overdue": .bool(isOverdue(on: today)),
            "state": .string(state), "main": .string(main), "mainName": .string(mainName),
            "disputed": .bool(isDisputed), "unsent": .bool(isUnsent),
        ]
        object["applicant"] = applicant.map(JSON.string)
        object["subject"] = subject
        object["leftAt"] = leftAt.flatMap { KyivTime.rfc3339($0) }.map(JSON.string)
        if leftAt != nil { object["outcomes"] = .array(outcomes.map { .string($0.rawValue) }) }
        return .object(object)
    }

    /// A day as people write it, with a mark if something was due before today.
    private func day(_ call: Call) -> String {
        let shown = CivilDate(due).map { call.say($0.ukrainianNumbers, $0.description) } ?? ""
        return (isOverdue(on: call.today) ? Overdue.mark + " " : "") + shown
    }

    fileprivate func cells(_ call: Call) -> [String] {
        [
            isUnsent ? "⇡" : " ", index.isEmpty ? id : index, day(call),
            AppealState(rawValue: state).map { call.say(Wording.appealState($0)) } ?? state,
            applicant ?? call.say("приховано", "hidden"),
            subject.map { ValueWording(language: call.language).text("heading", $0) } ?? "", mainName,
            isDisputed ? "≠" : "",
        ]
    }

    fileprivate func departedCells(_ call: Call) -> [String] {
        func shown(_ day: CivilDate?) -> String { day.map { call.say($0.ukrainianNumbers, $0.description) } ?? "" }
        let words = outcomes.map { call.say(Wording.state($0)) }
        return [
            index.isEmpty ? id : index, shown(CivilDate(registeredOn)),
            shown(leftAt.flatMap { KyivTime.moment(at: $0)?.date }), words.joined(separator: ", "),
        ]
    }
}

/// How a list says without colours that something was due before today.
package enum Overdue {
    package static let mark = "‼"
}
