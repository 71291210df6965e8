import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

/// What is on a list, said once more from whole cards.
struct CardOracle {
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

    private var isMain: Bool {
        (card["assignments"]?.array ?? []).contains {
            $0["id"] == card["registers"]?["mainExecutor"] && $0["department"]?.string == node
        }
    }

    /// A settlement ordered a letter, and nothing was sent that its author could have known.
    private var isLetterOwed: Bool {
        let ordered = (card["disagreements"]?.array ?? []).filter {
            $0["state"]?.string == "settled" && $0["choice"]?.string == "correctiveLetter"
        }.compactMap { $0["settledBy"]?["clock"]?.string }.max()
        let sent = (card["facts"]?.array ?? []).filter { $0["fact"]?.string == "dispatch" }
            .compactMap { $0["by"]?["clock"]?.string }.max()
        return ordered.map { $0 > sent ?? "" } ?? false
    }

    /// Nil of a list that no card is enough for.
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
        case .onControl:
            return isControlled && register("control") == "onControl" && card["state"]?.string != "ended"
        case .toRemove:
            return isControlled && register("control") == "onControl" && !executing.isEmpty
                && executing.allSatisfy { $0["state"]?.string == "done" }
        case .decisions: return isControlled && waits
        case .soon:
            guard isDue, let last = CivilDate(term), let day = CivilDate(today), day <= last else { return false }
            return WorkingCalendar.initial.workingDays(after: day, through: last) <= 3
        case .letters: return (isOffice || isMain) && isLetterOwed
        case .unread, .departed: return nil
        }
    }
}

/// The life of appeals at a city of three nodes; after each act each list is what the cards say.
final class WorkListWalk {
    let city: CommandCity
    /// `true new`: at the office, `false new`: at a department.
    private(set) var met: Set<String> = []
    private var steps = 0
    private let nodes = ["urz", "zhkg", "drim"]

    init() throws { city = try CommandCity() }

    /// Each list at each node holds what the cards say, and `work` and `status` count as many.
    func expectLists(_ after: String) throws {
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

    /// An act, looked at before and after it is sent; by the office's registrar or the department's head unless told otherwise.
    func does(_ name: String, _ index: JSON, _ more: JSONObject, at node: String = "urz") throws {
        try alone(name, index, more, at: node)
        try expectLists("\(steps) \(name)")
        try send()
        try expectLists("\(steps) \(name), sent")
    }

    /// The same, told to nobody yet.
    func alone(_ name: String, _ index: JSON, _ more: JSONObject, at node: String = "urz") throws {
        var arguments = more
        arguments["appeal"] = index
        if arguments["as"] == nil { arguments["as"] = node == "urz" ? "koval" : .string("head-\(node)") }
        try city.expect(name, arguments, at: node)
        steps += 1
    }

    func send() throws { for node in ["zhkg", "drim", "zhkg"] { try city.sync(node) } }

    /// A final answer that its department's head has approved.
    func answers(_ index: JSON, _ result: JSON, at node: String) throws {
        let drafted: JSONObject = ["as": .string("executor-\(node)"), "text": "Зроблено", "result": result]
        try does("answer draft", index, drafted, at: node)
        try does("answer approve", index, [:], at: node)
    }

    /// The answer in force goes to the applicant.
    func dispatches(_ index: JSON, at node: String, isSent: Bool = true) throws {
        let sent: JSONObject = ["as": .string("executor-\(node)"), "to": "applicant", "by": "paper"]
        try isSent ? does("answer dispatch", index, sent, at: node) : alone("answer dispatch", index, sent, at: node)
    }

    /// The one open case, settled by a letter that the main executor owes from now on, until it is sent.
    func ordersLetter(_ index: JSON, rule: JSON) throws {
        let cases = try city.expect("conflict list", ["appeal": index], exit: .conflictsWaiting).json["cases"]?.array
        #expect(cases?.map { $0["rule"] } == [rule])
        let settled: JSONObject = ["as": "marko", "choose": "correctiveLetter", "reason": "Лист"]
        var arguments = settled
        arguments["case"] = cases?.first?["id"]
        try city.expect("conflict settle", arguments)
        try expectLists("settling \(rule)")
        try send()
        try expectLists("settling \(rule), sent")
    }
}

extension JSONObject {
    /// The same with these members, too.
    func with(_ more: JSONObject) -> JSONObject {
        var object = self
        for (key, value) in more.members { object[key] = value }
        return object
    }
}
