import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

/// What is on a list, said once more from whole cards.
private struct CardOracle {
    let card: JSON
    let node: String
    let isOffice: Bool
    let today: String

    private func register(_ name: String) -> String { card["registers"]?[name]?.string ?? "" }
    private var home: String { register("home") }
    private var isClosed: Bool { register("control") == "removed" }
    private var assignments: [JSON] { isClosed ? [] : card["assignments"]?.array ?? [] }
    private var executing: [JSON] { assignments.filter { $0["role"]?.string != "inform" && isOpen($0) } }
    private var isControlled: Bool { isOffice || home == node }

    private func isOpen(_ assignment: JSON) -> Bool {
        !["recalled", "superseded"].contains(assignment["state"]?.string ?? "")
    }

    private func isOwn(_ assignment: JSON) -> Bool { isOffice || assignment["department"]?.string == node }

    private func any(_ states: String..., where fits: (JSON) -> Bool = { _ in true }) -> Bool {
        assignments.contains { isOwn($0) && states.contains($0["state"]?.string ?? "") && fits($0) }
    }

    private func anybody(_ state: String) -> Bool {
        isControlled && assignments.contains { $0["state"]?.string == state }
    }

    private var isUnassigned: Bool { isControlled && !isClosed && executing.isEmpty }
    private func isExecutor(_ assignment: JSON) -> Bool { assignment["role"]?.string != "inform" }

    /// The earliest day: the control date, and terms of assignments that somebody works on.
    private var term: String {
        if isClosed { return "" }
        let own = assignments.filter { ["issued", "accepted", "returned"].contains($0["state"]?.string ?? "") }
            .compactMap { $0["term"]?.string }
        let isDone = !executing.isEmpty && executing.allSatisfy { $0["state"]?.string == "done" }
        let control = isDone && register("control") != "onControl" ? [] : [register("due.control")]
        return (own + control).filter { !$0.isEmpty }.min() ?? ""
    }

    private var isDue: Bool {
        if isOffice { return !isClosed }
        return isUnassigned || any("issued") || any("accepted", "returned", where: isExecutor) || anybody("declined")
            || anybody("submitted")
    }

    private var waits: Bool {
        func has(_ section: String, _ state: String) -> Bool {
            card[section]?.array?.contains { $0["state"]?.string == state } == true
        }
        return has("conflicts", "open") || has("disagreements", "open") || has("held", "waiting")
    }

    func isOn(_ list: WorkList) -> Bool? {
        switch list {
        case .new: return isOffice ? isUnassigned : any("issued") || isUnassigned
        case .inWork: return any("accepted", where: isExecutor)
        case .unappointed:
            return any("accepted", "returned") { isExecutor($0) && $0["person"]?.string == nil }
        case .returned: return any("returned", where: isExecutor)
        case .declined: return isOffice ? any("declined") : any("declined") || anybody("declined")
        case .onCheck: return isOffice ? any("submitted") : any("submitted") || anybody("submitted")
        case .overdue: return isDue && !term.isEmpty && term < today
        case .toRemove:
            return isControlled && register("control") == "onControl" && !executing.isEmpty
                && executing.allSatisfy { $0["state"]?.string == "done" }
        case .decisions: return isControlled && waits
        case .soon, .letters, .unread, .departed: return nil
        }
    }
}

@Suite("Lists of work")
struct WorkListTests {
    private let nodes = ["urz", "zhkg", "drim"]

    /// Each list at each node holds what the cards say, and `work` and `status` count as many.
    private func expectLists(_ city: CommandCity, _ after: String, _ met: inout Set<String>) throws {
        for node in nodes {
            let all = try city.expect("appeal list", ["limit": 500], at: node).json["appeals"]?.array ?? []
            let today = try #require(KyivTime.moment(at: city.now)).date.description
            var cards: [String: CardOracle] = [:]
            for id in all.compactMap({ $0["id"] }) {
                let card = try city.expect("appeal show", ["appeal": id], at: node).json
                cards[id.string ?? ""] = CardOracle(card: card, node: node, isOffice: node == "urz", today: today)
            }
            let counts = try city.expect("status", [:], at: node).json["work"]
            let work = try city.expect("work", [:], at: node).json["lists"]?.array ?? []
            for list in WorkList.allCases where list != .departed && list != .unread {
                let page = try city.expect("appeal list", ["list": .string(list.rawValue), "limit": 500], at: node)
                let found = Set((page.json["appeals"]?.array ?? []).compactMap { $0["id"]?.string })
                #expect(page.json["total"] == .integer(Int64(found.count)), "\(node) \(list) after \(after)")
                for (id, card) in cards {
                    guard let wanted = card.isOn(list) else { continue }
                    #expect(found.contains(id) == wanted, "\(node): \(list) after \(after)")
                    if wanted { met.insert("\(node == "urz") \(list)") }
                }
                guard !list.roles(isOffice: node == "urz").isEmpty else { continue }
                #expect(counts?[list.rawValue] == page.json["total"], "\(node): status of \(list) after \(after)")
                #expect(work.contains { $0["list"]?.string == list.rawValue && $0["count"] == page.json["total"] })
            }
        }
    }

    @Test("are what whole cards say, at each node, after each act, sent or not")
    func lives() throws {
        let city = try CommandCity()
        var met: Set<String> = []
        var steps = 0
        func does(_ name: String, _ index: JSON, _ more: JSONObject, at node: String = "urz") throws {
            var arguments = more
            arguments["appeal"] = index
            if arguments["as"] == nil { arguments["as"] = node == "urz" ? "koval" : .string("head-\(node)") }
            try city.expect(name, arguments, at: node)
            steps += 1
            try expectLists(city, "\(steps) \(name)", &met)
            for node in ["zhkg", "drim"] { try city.sync(node) }
            try expectLists(city, "\(steps) \(name), sent", &met)
        }
        let first = JSON.string(try city.register("Петренко"))
        let second = JSON.string(try city.register("Коваль"))
        try expectLists(city, "registration", &met)
        try does(
            "resolution issue",
            first,
            ["author": "vilkul", "text": "До розгляду", "main": "zhkg", "co": ["drim"], "term": "2026-05-20"]
        )
        try does("resolution issue", second, ["author": "vilkul", "text": "До розгляду", "main": "drim"])
        try does("assignment decline", second, ["reason": "Не наше"], at: "drim")
        try does("assignment accept", first, [:], at: "zhkg")
        try does("assignment accept", first, ["person": "executor-drim"], at: "drim")
        try does("assignment person", first, ["person": "executor-zhkg"], at: "zhkg")
        try does("answer draft", first, ["as": "executor-zhkg", "text": "Зроблено", "result": "satisfied"], at: "zhkg")
        try does("answer approve", first, [:], at: "zhkg")
        try does("answer submit", first, ["as": "executor-zhkg"], at: "zhkg")
        try does("answer return", first, ["assignment": "zhkg", "reason": "Додайте дату"])
        city.now += 8 * 86_400_000
        try expectLists(city, "a week", &met)
        try does("feedback add", first, ["as": "executor-zhkg", "how": "phone", "words": "Дякую"], at: "zhkg")
        try does("answer submit", first, ["as": "executor-zhkg"], at: "zhkg")
        try does("answer accept", first, ["assignment": "zhkg"])
        try does("assignment recall", first, ["assignment": "drim", "reason": "Не потрібно"])
        try does("answer dispatch", first, ["as": "executor-zhkg", "to": "applicant", "by": "paper"], at: "zhkg")
        try does("control remove", first, ["author": "vilkul", "basis": "Вирішено"])
        let own = try city.expect(
            "appeal register",
            ["as": "head-zhkg", "name": "Граб Семен", "text": "Світло", "addressee": "department"],
            at: "zhkg"
        )
        try expectLists(city, "a card of its own", &met)
        try does("appeal note", try #require(own.json["registrationIndex"]), ["text": "Передзвонити"], at: "zhkg")
        city.now += 60 * 86_400_000
        try expectLists(city, "two months", &met)
        for list in ["new", "declined", "onCheck", "overdue", "toRemove"] { #expect(met.contains("true \(list)")) }
        for list in ["new", "inWork", "unappointed", "returned", "declined", "onCheck", "overdue"] {
            #expect(met.contains("false \(list)"), "no department had \(list)")
        }
    }

    @Test("are those of the roles of whoever asks; an executor sees the appeals in which they are named")
    func roles() throws {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned(main: "zhkg"))
        _ = try city.register()
        try city.sync("zhkg")
        func lists(_ user: String, at node: String) throws -> [String: Int64] {
            let lists = try city.expect("work", ["as": .string(user)], at: node).json["lists"]?.array ?? []
            return Dictionary(uniqueKeysWithValues: lists.map { ($0["list"]?.string ?? "", $0["count"]?.integer ?? 0) })
        }
        #expect(try lists("koval", at: "urz")["new"] == 1)
        #expect(try lists("head-zhkg", at: "zhkg")["new"] == 1)
        #expect(try lists("executor-zhkg", at: "zhkg")["new"] == nil)
        try city.expect("assignment accept", ["appeal": index, "as": "head-zhkg"], at: "zhkg")
        #expect(try lists("head-zhkg", at: "zhkg")["unappointed"] == 1)
        #expect(try lists("executor-zhkg", at: "zhkg")["inWork"] == 0)
        try city.expect(
            "assignment person",
            ["appeal": index, "as": "head-zhkg", "person": "executor-zhkg"],
            at: "zhkg"
        )
        #expect(try lists("executor-zhkg", at: "zhkg")["inWork"] == 1)
        for arguments in [["mine": true, "as": "executor-zhkg"], ["person": "executor-zhkg"]] as [JSONObject] {
            #expect(try city.expect("appeal list", arguments, at: "zhkg").json["total"] == 1)
        }
        #expect(try city.expect("appeal list", ["mine": true, "as": "head-zhkg"], at: "zhkg").json["total"] == 0)
        try city.refuse("appeal list", ["mine": true], at: "zhkg", code: "missingOption")
        try city.refuse("appeal list", ["overdue": true, "returned": true], code: "severalLists")
        try city.refuse("work", ["as": "nobody"], code: "roleMissing")
    }

    @Test("name departments that have not confirmed for a day what was given to them")
    func unread() throws {
        let city = try CommandCity()
        _ = try city.assigned(main: "zhkg", co: ["drim"])
        try city.sync("drim")
        func unread() throws -> [JSON] { try city.expect("work", ["as": "koval"]).json["unread"]?.array ?? [] }
        #expect(try unread().isEmpty)
        city.now += 25 * 3_600_000
        let told = try unread()
        #expect(told.map { $0["department"]?.string } == ["zhkg"] && told.first?["count"] == 1)
        let text = try city.expect("work", ["as": "koval"]).text
        #expect(text.contains("Департамент zhkg [zhkg]: не прочитано 25 год"), "\(text)")
        #expect(try city.expect("status", [:]).json["work"]?["unread"] == 1)
        #expect(try city.expect("appeal list", ["list": "unread"]).json["unread"]?.array?.count == 1)
        // A page that was sent is not read before the next request confirms it.
        try city.sync("zhkg")
        city.now += 3_600_000
        try city.sync("zhkg")
        #expect(try unread() == [])
    }

    @Test("and all lists count cards that are not sent, in pages as long as was asked for")
    func unsent() throws {
        let city = try CommandCity()
        _ = try city.assigned()
        try city.sync("zhkg")
        for _ in 0..<12 {
            try city.expect(
                "appeal register",
                ["as": "head-zhkg", "name": "Граб", "text": "Світло", "addressee": "department"],
                at: "zhkg"
            )
        }
        for sent in [false, true] {
            if sent { try city.sync("zhkg") }
            var seen: [String] = [], after: JSON?
            repeat {
                var arguments: JSONObject = ["limit": 5]
                arguments["after"] = after
                let page = try city.expect("appeal list", arguments, at: "zhkg")
                let ids = (page.json["appeals"]?.array ?? []).compactMap { $0["id"]?.string }
                #expect(page.json["total"] == 13 && ids.count == min(5, 13 - seen.count))
                if page.json["next"] != nil {
                    #expect(
                        page.text.contains("Показано 5 із 13")
                            && page.text.contains("kartoteka appeal list --limit 5 --after")
                    )
                }
                seen += ids
                after = page.json["next"]
            } while after != nil
            #expect(seen.count == 13 && Set(seen).count == 13)
        }
    }

    @Test("find a part of an index, in whatever letters it was typed, in the store and in what is not sent")
    func parts() throws {
        let city = try CommandCity()
        for name in ["Жук", "Жила", "Коваль"] { _ = try city.register(name) }
        try city.expect(
            "appeal register",
            ["as": "head-zhkg", "name": "Кіт", "text": "Світло", "addressee": "department"],
            at: "zhkg"
        )
        func total(_ part: String, at node: String = "urz") throws -> JSON? {
            try city.expect("appeal list", ["index": .string(part)], at: node).json["total"]
        }
        for (part, count) in [("Ж", 2), ("ж-", 2), ("-1", 2), ("Ж-1", 1), ("K", 1), ("к -1", 1), ("Щ", 0)] {
            #expect(try total(part) == .integer(Int64(count)), "\(part)")
        }
        for part in ["zhkg", "ZHKG-К", "zhkg-k", "К-1"] { #expect(try total(part, at: "zhkg") == 1, "\(part)") }
    }

    @Test("fit into the terminal, show names and days and no ids, and mark what is overdue")
    func table() throws {
        let city = try CommandCity()
        try city.expect(
            "department add",
            [
                "department": "zhkg", "name": "Департамент житлово-комунального господарства та будівництва",
                "as": "admin",
            ]
        )
        _ = try city.assigned("Кременчук-Переяславський", main: "zhkg")
        city.now += 60 * 86_400_000
        for (width, name) in [(80, "appeal list"), (120, "appeal list"), (80, "work")] {
            let shown = try city.expect(name, name == "work" ? [:] : ["width": .integer(Int64(width))])
            let lines = shown.text.split(separator: "\n")
            #expect(lines.allSatisfy { $0.count <= width }, "\(shown.text)")
            #expect(shown.text.contains("‼ 15.06.2026") && shown.text.contains("Кремен"), "\(shown.text)")
            #expect(shown.text.firstMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}/) == nil)
        }
        #expect(try city.expect("appeal list", ["overdue": true]).json["appeals"]?.array?.first?["overdue"] == true)
    }
}
