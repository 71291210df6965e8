import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// `doctor` and `inspect` as pages: what is wrong with the node and what mends it, and its records as they lie on the disk.
enum Examined {
    /// Records of one page.
    static let rows: Int64 = 50

    static let routes: [Route] = [
        Route("GET", "/nodes/doctor") { call in
            try call.desk.requireLookingAfter()
            return try call.doctorPage()
        },
        Route("POST", "/nodes/doctor", lane: .long, longest: WebCall.longestOfAccess) { call in
            try call.desk.requireLookingAfter()
            return try call.examine()
        },
        Route("GET", "/nodes/inspect") { call in
            try call.desk.requireLookingAfter()
            return call.tablesPage()
        },
        Route("GET", "/nodes/inspect/{table}") { call in
            try call.desk.requireLookingAfter()
            return try call.recordsPage()
        },
    ]
}

// MARK: doctor

extension WebCall {
    private var doctorTitle: String { say("Перевірка вузла", "Checking the node") }

    /// The title, and what was examined last.
    private func doctorHead() throws -> Markup {
        try tag("div", ["class": "tight"]) {
            wayToNodes
            tag("h1") { doctorTitle }
            try asOf()
        }
    }

    /// What `doctor` found, check by check, with the remedy of each.
    fileprivate func doctorPage() throws -> WebReply {
        try page(doctorTitle, here: "/nodes") {
            try doctorHead()
            tag("p") {
                say(
                    "Читає всю базу, журнали, сертифікат, диск і довідник. Люди працюють далі; велика база – кілька хвилин. "
                        + "Нічого не змінює.",
                    "Reads the whole database, the logs, the certificate, the disk and the directory. People go on working; "
                        + "a large database takes minutes. Changes nothing."
                )
            }
            form("/nodes/doctor", "row") {
                tag("button", ["class": "btn btn-act", "data-confirm": ""]) { say("Перевірити", "Check") }
            }
        }
    }

    /// Examines the node anew, on the lane of long work.
    fileprivate func examine() throws -> WebReply {
        let told: JSONObject
        switch run(.doctor, [:], Asking()) {
        case .done(_, let members): told = members
        case .refused(let errors): return refusalPage(DeskError.all(errors) ?? .usage("failed", uk: "", en: ""))
        }
        let checks = (told["checks"]?.array ?? []).compactMap { DoctorCheck($0, language) }
        let problems = checks.count { !$0.isOK }
        return try page(doctorTitle, here: "/nodes") {
            try doctorHead()
            note(problems == 0 ? .done : .need) {
                tag("b") {
                    problems == 0
                        ? say("Усе гаразд. Перевірено: \(checks.count).", "All is well. Checked: \(checks.count).")
                        : say(
                            "Проблем: \(problems) із \(checks.count) перевірок.",
                            "Problems: \(problems) of \(checks.count) checks."
                        )
                }
            }
            tag("section", ["class": "sheet"]) {
                tag("header") { tag("h2") { say("Що знайдено", "What was found") } }
                tag("ul", ["class": "steps pad"]) {
                    // What is wrong comes first; else in the order in which it was looked at.
                    for check in checks.filter({ !$0.isOK }) + checks.filter({ $0.isOK && $0.isWarning })
                        + checks.filter({ $0.isOK && !$0.isWarning })
                    { line(check) }
                }
            }
            form("/nodes/doctor", "row") {
                tag("button", ["class": "btn"]) { say("Перевірити ще раз", "Check again") }
            }
        }
    }

    /// One check: whether all is well, what was found, what helps.
    private func line(_ check: DoctorCheck) -> Markup {
        tag("li") {
            tag("span") {
                check.isOK && !check.isWarning
                    ? icon(.check, saying: say("гаразд", "well"))
                    : icon(
                        .alert,
                        saying: check.isOK ? say("увага", "warning") : say("проблема", "problem"),
                        classes: "mk mk-need"
                    )
                tag("span") {
                    tag("span", ["class": check.isOK ? nil : "amber"]) { printed(check.found).capitalizedFirst }
                    if !check.fix.isEmpty {
                        tag("br")
                        tag("span", ["class": "small soft"]) { say("на машині вузла: ", "at the node’s machine: ") }
                        tag("code", ["class": "mono"]) { check.fix }
                    }
                }
            }
            if let place = check.place {
                tag("a", ["class": "nw", "href": place]) { say("Перейти", "Go there") }
            } else {
                tag("span", ["class": "mono soft"]) { check.name }
            }
        }
    }
}

/// One thing that the doctor looked at, as its row tells it.
private struct DoctorCheck {
    let name: String
    let isOK: Bool
    let isWarning: Bool
    let found: String
    let fix: String

    /// A check as the command gives it; nil of what is none.
    init?(_ json: JSON, _ language: Language) {
        guard let name = json["name"]?.string, let isOK = json["ok"]?.bool,
            let found = json["found"]?[language.rawValue]?.string
        else { return nil }
        self.name = name
        self.isOK = isOK
        isWarning = json["warning"]?.bool ?? false
        self.found = found
        fix = json["fix"]?.string ?? ""
    }

    /// The page on which it is mended, where there is one; the rest is mended at the machine.
    var place: String? {
        guard !isOK || isWarning else { return nil }
        if name.hasPrefix("tray.") { return "/nodes/tray?kind=" + name.dropFirst("tray.".count) }
        switch name {
        case "decisions": return "/queues/decisions"
        case "lag": return "/nodes"
        case "admissions": return NodeActs.place(.nodeConfirm)
        case "outbox", "link": return "/sync"
        case "kept": return "/nodes/tray?kind=alarm"
        case "web": return "/trust"
        default: return name.hasPrefix("role.") ? "/people-access" : nil
        }
    }
}

// MARK: inspect

extension WebCall {
    /// What a table of the store has, in words.
    private func words(_ table: InspectedTable) -> String {
        switch table {
        case .value: say("Значення", "Values")
        case .row: say("Рядки", "Rows")
        case .operation: say("Дії", "Operations")
        case .stream: say("Потоки", "Streams")
        case .tenure: say("Хто що мав", "Who had what")
        case .origin: say("Журнали", "Logs")
        }
    }

    private var inspectTitle: String { say("Записи бази", "Records of the database") }

    /// What such a page shows and what it never does.
    private var bounds: Markup {
        tag("p", ["class": "hint"]) {
            say(
                "Як записи лежать на диску – щоб зрозуміти, що сталося з вузлом. Слів заявників, працівників і таємниць тут немає: "
                    + "їх бачить лише власник каталогу, командою kartoteka inspect.",
                "As the records lie on the disk, to see what happened to a node. No words of applicants or staff and no secrets are here: "
                    + "the owner of the directory alone sees them, by the command kartoteka inspect."
            )
        }
    }

    /// The tables of the store that can be looked into.
    fileprivate func tablesPage() -> WebReply {
        page(inspectTitle, here: "/nodes") {
            tag("div", ["class": "tight"]) {
                wayToNodes
                tag("h1") { inspectTitle }
                bounds
            }
            tag("section", ["class": "sheet"]) {
                tag("ul", ["class": "steps pad"]) {
                    for table in InspectedTable.allCases {
                        tag("li") {
                            tag("a", ["href": "/nodes/inspect/\(table.rawValue)"]) { words(table) }
                            tag("span", ["class": "mono soft"]) { table.key.joined(separator: " ") }
                        }
                    }
                }
            }
        }
    }

    /// Records of one table, page by page; what is kept from the reader is not among them.
    fileprivate func recordsPage() throws -> WebReply {
        guard let table = InspectedTable(rawValue: parameters["table"] ?? "") else { return try noSuchPage() }
        let under = request.parameter("under") ?? ""
        var arguments: JSONObject = ["limit": .integer(Examined.rows)]
        if !under.isEmpty { arguments[table.key[0]] = .string(under) }
        arguments["after"] = request.parameter("after").map(JSON.string)
        let asked = try Commands.inspection(table, arguments)
        guard let page = try site.inspect(table, asked.under, asked.after, asked.limit) else {
            return try message(404, say("Цей вузол не має файла бази", "This node has no file of a database"))
        }
        let shown = try desk.shown(page, of: table)
        return self.page(inspectTitle + " · " + words(table), here: "/nodes") {
            tag("div", ["class": "tight"]) {
                tag("a", ["class": "small", "href": "/nodes/inspect"]) {
                    icon(.back)
                    " " + inspectTitle
                }
                tag("h1") { words(table) }
                bounds
            }
            search(table, under)
            if !shown.isWhole {
                note(.refused, .alert) {
                    say(
                        "Частина файла не читається: його зіпсовано. Зупиніть вузол і відновіть його з копії.",
                        "A part of the file cannot be read: it is broken. Stop the node and restore it from a backup."
                    )
                    for gap in shown.gaps { tag("p", ["class": "small mono", "lang": "en"]) { gap.found } }
                }
            }
            records(shown, table, under)
        }
    }

    /// Where a key is typed to begin from.
    private func search(_ table: InspectedTable, _ under: String) -> Markup {
        tag("form", ["class": "row end", "action": "/nodes/inspect/\(table.rawValue)"]) {
            tag("div", ["class": "f"]) {
                tag("label", ["for": "under"]) {
                    say("Лише записи, де ", "Only records whose ") + table.key[0] + say(" –", " is")
                }
                tag(
                    "input",
                    [
                        "id": "under", "name": "under", "value": under, "class": "w16", "autocomplete": "off",
                        "maxlength": "256",
                    ]
                )
            }
            tag("button", ["class": "btn"]) { say("Показати", "Show") }
        }
    }

    /// The records, a row each.
    private func records(_ shown: InspectedRecords, _ table: InspectedTable, _ under: String) -> Markup {
        tag("section", ["class": "sheet"]) {
            if shown.records.isEmpty {
                tag("p", ["class": "empty"]) { say("Записів немає.", "There are no records.") }
            }
            for record in shown.records {
                tag("details") {
                    tag("summary", ["class": "pad mono"]) { InspectedMark.text(record.key) }
                    tag("dl", ["class": "kv pad"]) {
                        for column in record.columns { fact(column.name, cell(column.cell)) }
                        for broken in record.unreadable {
                            fact(broken.name, tag("span", ["class": "red mono"]) { broken.found })
                        }
                    }
                }
            }
            if let next = shown.next {
                tag("footer") {
                    tag(
                        "a",
                        [
                            "rel": "next",
                            "href": Self.address(
                                "/nodes/inspect/\(table.rawValue)",
                                (under.isEmpty ? [] : [("under", under)]) + [("after", InspectedMark.text(next))]
                            ),
                        ]
                    ) { say("Далі", "Next") }
                }
            }
        }
    }

    /// A value as people read it; bytes by their number.
    private func cell(_ cell: InspectedCell) -> Markup {
        switch cell {
        case .secret: unknown(say("не показано", "not shown"))
        case .null: unknown(say("немає", "none"))
        case .integer, .text, .bytes: tag("span", ["class": "mono"]) { String(cell.text.prefix(400)) }
        }
    }
}
