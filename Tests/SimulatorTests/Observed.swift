import Appeals
import CanonicalJSON

@testable import Replication
@testable import Simulator

/// What can be seen of the whole city at a moment, a line a thing; a transcript is what changed between two moments.
enum Observed {
    /// What a line is about; lines of a transcript come in this order.
    struct Key: Hashable, Comparable {
        let section: Int
        let name: String
        let number: Int64
        static func < (a: Key, b: Key) -> Bool { (a.section, a.name, a.number) < (b.section, b.name, b.number) }
    }

    private struct Lines {
        var lines: [Key: String] = [:]
        mutating func add(_ section: Int, _ name: String, _ number: Int64 = 0, _ text: String) {
            lines[Key(section: section, name: name, number: number)] = text
        }
    }

    static func lines(_ stage: Stage) throws -> [Key: String] {
        var lines = Lines()
        try office(stage, &lines)
        for (letter, id) in stage.appeals.sorted(by: { $0.key < $1.key }) {
            if let state = try stage.atOffice(id) { card(letter, state, &lines) }
        }
        for site in stage.city.sites { try department(site, site.name, stage, &lines) }
        for (name, site) in stage.clones.sorted(by: { $0.key < $1.key }) { try department(site, name, stage, &lines) }
        return lines.lines
    }

    static func text(_ outcome: Outcome) -> String {
        var text = outcome.status.rawValue
        if let reason = outcome.reason { text += " (\(reason.rawValue): \(reason.english))" }
        if let first = outcome.first { text += ", follows \(first)" }
        let registers = outcome.registers.sorted { $0.key < $1.key }
        if outcome.status == .conflict { text += registers.map { " [\($0.key) \($0.value.rawValue)]" }.joined() }
        return text
    }

    // MARK: the office

    private static func office(_ stage: Stage, _ lines: inout Lines) throws {
        try stage.city.officeStore.read { reading in
            lines.add(1, "epoch", 0, "office: epoch \(stage.city.officeRestores + 1)")
            if let found = try reading.value(Values.stopped) { lines.add(1, "stopped", 0, "office: stopped, \(found)") }
            for node in stage.city.nodeNames {
                if let state = try reading.node(node)?.state, state != .active {
                    lines.add(1, node, 0, "office: the key of \(node) is \(state.rawValue)")
                }
                for origin in try reading.origins(node: node) {
                    if origin.state != .open {
                        lines.add(
                            2,
                            "\(origin.origin)",
                            0,
                            "office: the log \(origin.origin) is \(origin.state.rawValue)"
                        )
                    }
                    for record in try reading.operations(origin.origin, after: 0, limit: .max)
                    where record.appeal != nil {
                        let outcome = try record.outcome.map { try JSON(parsing: $0) }.flatMap { Outcome($0) }
                        let decision = record.decision.map { ", then \($0)" } ?? ""
                        let content = record.bytes.isEmpty ? ", its content is erased" : ""
                        lines.add(
                            3,
                            "\(origin.origin)",
                            record.number,
                            "\(record.origin):\(record.number) \(record.kind) \(record.appeal ?? ""): "
                                + (outcome.map(text) ?? "-") + decision + content
                        )
                    }
                }
            }
            for item in try reading.tray(kind: nil, after: 0, limit: .max) {
                lines.add(7, "office", item.id, "office: \(item.kind): \(item.subject): \(item.text)")
            }
            for site in stage.everybody {
                for appeal in stage.appeals.values {
                    for kind in [DebtRecord.Kind.purge, .secondReceipt] {
                        guard let debt = try reading.debt(kind, node: site.name, subject: appeal), debt.state == .paid
                        else { continue }
                        lines.add(
                            7,
                            "office receipt",
                            debt.id,
                            "receipt of \(site.name) \(appeal): tenure \(debt.tenure), own operations kept: \(debt.kept)"
                        )
                    }
                }
            }
        }
    }

    // MARK: a card

    private static func card(_ letter: String, _ state: Appeals.Aggregate, _ lines: inout Lines) {
        for (place, line) in cardLines(letter, state).enumerated() {
            lines.add(4, line.name + (line.name.isEmpty ? "\(place)" : ""), 0, line.text)
        }
    }

    /// What is said of a card: assignments, dates, control, corrections, facts, held work and cases.
    static func cardLines(_ letter: String, _ state: Appeals.Aggregate) -> [(name: String, text: String)] {
        var lines: [(name: String, text: String)] = []
        func add(_ name: String, _ text: String) { lines.append(("\(letter) \(name)", "\(letter): \(text)")) }
        let registration = state[.registers, "home"]?.write
        for (name, item) in state.items(.registers) {
            let value = item.value.string ?? item.value.canonicalText
            switch Names.bare(name) {
            case "state":
                let entity = Names.entity(name) ?? ""
                add(name, "\(role(entity, state)) is \(value)")
            case "due.statutory", "control", "result": add(name, "\(Names.bare(name)) \(value)")
            case let bare where Policy.register(bare)?.corrected != nil || bare.hasPrefix("contact."):
                if item.write != registration { add(name, "\(bare) “\(value)” by \(item.write)") }
            default: break
            }
        }
        for (name, item) in state.items(.facts) {
            guard let fact = FactName(name) else { continue }
            let late = item.value["late"]?.bool == true ? ", late" : ""
            add(name, "\(fact.kind) \(fact.write)\(late)")
        }
        for (name, item) in state.items(.held) {
            let decided = item.value["state"]?.string ?? ""
            add(name, "held \(item.value["kind"]?.string ?? "") \(name): \(decided)")
        }
        for (name, item) in state.items(.conflicts) {
            let value = item.value["value"].map { $0.string ?? $0.canonicalText } ?? ""
            add(name, "C12 \(item.value["state"]?.string ?? ""): \(name) “\(value)” beside what is in force")
        }
        for (name, item) in state.items(.disagreements) {
            let about = Names.entity(name).map { " about \(role($0, state))" } ?? ""
            let detail = ["onTime", "unused"].compactMap { key in item.value[key]?.bool.map { ", \(key) \($0)" } }
                .joined()
            let choice = item.value["choice"]?.string.map { ", \($0)" } ?? ""
            let rule = item.value["rule"]?.string ?? "", stand = item.value["state"]?.string ?? ""
            add(name, "\(rule) \(stand)\(name.hasPrefix("extension") ? "" : about)\(detail)\(choice)")
        }
        return lines
    }

    private static func role(_ entity: String, _ state: Appeals.Aggregate) -> String {
        let department = state.register("department@" + entity)?.string ?? ""
        return "\(department) (\(state.register("role@" + entity)?.string ?? ""), \(entity))"
    }

    // MARK: a department

    private static func department(_ site: Site, _ name: String, _ stage: Stage, _ lines: inout Lines) throws {
        try site.store.read { reading in
            for origin in try site.department.origins(reading) {
                lines.add(2, name + " \(origin.origin)", 0, "\(name) writes the log \(origin.origin)")
                for record in try reading.operations(origin.origin, after: 0, limit: .max) {
                    guard let status = record.status else { continue }
                    let decision = record.decision.map { ", then \($0)" } ?? ""
                    lines.add(
                        5,
                        name + " \(origin.origin)",
                        record.number,
                        "\(name) knows: \(record.origin):\(record.number) \(status.rawValue)\(decision)"
                    )
                }
            }
            let slice = try site.department.position(Space.slice(site.name), reading)
            for row in try reading.rows(slice.name, generation: slice.generation, after: "", limit: .max) {
                lines.add(6, "\(name) \(row.key)", 0, "\(name) holds \(row.key), tenure \(row.tenure)")
            }
            for stub in try reading.stubs(after: "", limit: .max) {
                lines.add(
                    6,
                    "\(name) \(stub.appeal) stub",
                    0,
                    "\(name) keeps a stub of \(stub.appeal), own operations kept: \(stub.kept)"
                )
            }
            for item in try reading.tray(kind: nil, after: 0, limit: .max) {
                lines.add(7, name, item.id, "\(name): \(item.kind): \(item.subject) \(item.text)")
            }
            let problem = site.link.status.problem
            if !problem.isEmpty { lines.add(8, name, 0, "\(name) hears: \(problem)") }
        }
    }
}

/// Names that a reader knows again: `roads.1` for the first log of roads, `A` for an appeal.
struct PlainNames {
    private var origins: [String: String] = [:]

    mutating func plain(_ text: String, _ stage: Stage) throws -> String {
        try learn(stage)
        var plain = text
        for (origin, name) in origins.sorted(by: { $0.key < $1.key }) { plain = plain.replacing(origin, with: name) }
        for (letter, id) in stage.appeals.sorted(by: { $0.key < $1.key }) { plain = plain.replacing(id, with: letter) }
        return plain
    }

    private mutating func learn(_ stage: Stage) throws {
        var found: [Origin] = []
        let stores = [stage.city.officeStore] + stage.everybody.map(\.store)
        for node in stage.city.nodeNames {
            for store in stores { found += try store.read { try $0.origins(node: node) }.map(\.origin) }
        }
        for site in stage.everybody {
            found += try site.store.read { try site.department.origins($0) }.map(\.origin)
        }
        for origin in found where origins[origin.description] == nil {
            let number = origins.values.count { $0.hasPrefix(origin.node + ".") } + 1
            origins[origin.description] = "\(origin.node).\(number)"
        }
    }
}
