import Appeals
import CanonicalJSON
import Cryptography
import Desk
import Replication

/// What `status` and `doctor` look at: counts, streams, own work, what waits for people.
struct NodeState {
    let call: Call
    let reading: any StoreReading
    let counts: [(state: AppealState, count: Int64)]
    let disputed: Int64
    let held: Int
    let outbox: Outbox
    let tray: [(kind: TrayKind, count: Int)]
    /// Nodes that nobody has confirmed since a restore, at an office.
    let unconfirmed: Int

    /// Own operations that have no outcome yet.
    struct Outbox {
        var count: Int64 = 0
        /// When the oldest was authored, unix milliseconds.
        var oldest: Int64?
        var last: Int64 = 0
        /// All own operations up to this number are durable in two places.
        var durable: Int64 = 0
    }

    init(_ call: Call, _ reading: any StoreReading) throws {
        self.call = call
        self.reading = reading
        func count(_ fill: (inout ListFilter) -> Void) throws -> Int64 {
            var filter = ListFilter()
            fill(&filter)
            return try call.desk.countShown(filter, reading)
        }
        counts = try AppealState.allCases.map { state in (state, try count { $0.state = state.rawValue }) }
        disputed = try count { $0.disputed = true }
        held = try reading.operations(
            status: .held,
            node: call.isOffice ? nil : call.context.node,
            limit: Desk.countedAtMost
        )
        .filter { try $0.decision == nil && !call.desk.isKept($0.appeal ?? "", reading) }.count
        outbox = try Self.outbox(call, reading)
        unconfirmed = try UnconfirmedNodes.page(reading, limit: Desk.countedAtMost).count
        tray = try TrayKind.alerts.map {
            ($0, try call.desk.shownTray($0, after: 0, limit: Desk.countedAtMost, reading).count)
        }
    }

    private static func outbox(_ call: Call, _ reading: any StoreReading) throws -> Outbox {
        var outbox = Outbox()
        guard !call.isOffice else { return outbox }
        for origin in try reading.origins(node: call.context.node) {
            outbox.count += max(0, origin.last - origin.acknowledged)
            outbox.last = origin.last
            outbox.durable = origin.durable
            guard origin.last > origin.acknowledged,
                let first = try reading.operations(origin.origin, after: origin.acknowledged, limit: 1).first
            else { continue }
            outbox.oldest = min(outbox.oldest ?? first.at, first.at)
        }
        return outbox
    }

    /// A department's own, in the order of names: three.
    var streams: [StreamRecord] {
        get throws {
            var streams: [StreamRecord] = []
            try reading.eachStream { streams.append($0) }
            return streams
        }
    }

    /// Rows of a stream, in the own slice of those that the reader may know of.
    private func rows(_ stream: StreamRecord) throws -> Int64 {
        guard stream.name == Space.slice(call.context.node) else { return stream.rows }
        return try stream.rows - call.desk.kept(reading)
    }

    // MARK: for machines

    func json() throws -> JSONObject {
        var members = try syncJSON()
        members["appeals"] = .object(JSONObject(members: counts.map { ($0.state.rawValue, .integer($0.count)) }))
        members["disputed"] = .integer(disputed)
        members["held"] = .integer(Int64(held))
        members["tray"] = .object(JSONObject(members: tray.map { ($0.kind.rawValue, .integer(Int64($0.count))) }))
        members["debts"] = .object(
            JSONObject(members: try debts.map { ($0.kind.rawValue, .integer($0.count)) })
        )
        members["next"] = .string(next)
        return members
    }

    /// What is owed, by kind.
    private var debts: [(kind: DebtRecord.Kind, count: Int64)] {
        get throws {
            try DebtRecord.Kind.allCases.map { ($0, try call.shownDebts($0, reading)) }
                .filter { $0.1 > 0 }
        }
    }

    func syncJSON() throws -> JSONObject {
        var members: JSONObject = ["role": .string(call.context.role.rawValue), "node": .string(call.context.node)]
        members["streams"] = .array(
            try streams.map { stream in
                [
                    "name": .string(stream.name), "head": .integer(stream.head), "epoch": .string(stream.epoch),
                    "mark": .string(stream.mark),
                    "digest": .string(stream.digest.hex), "rows": .integer(try rows(stream)),
                    "commit": .integer(stream.commit),
                ]
            }
        )
        if call.isOffice {
            members["epoch"] = .string(try reading.value(Values.epoch) ?? "")
            members["nodes"] = .array(try nodes().map(\.json))
            members["unconfirmed"] = .integer(Int64(unconfirmed))
            if let stopped = try reading.value(Values.stopped) { members["stopped"] = .string(stopped) }
        } else {
            var object: JSONObject = [
                "count": .integer(outbox.count), "last": .integer(outbox.last), "durable": .integer(outbox.durable),
            ]
            object["oldestSeconds"] = outbox.oldest.map { .integer(max(0, call.now - $0) / 1_000) }
            members["outbox"] = .object(object)
        }
        return members
    }

    /// How far each node has read, at the office.
    func nodes() throws -> [NodeLag] {
        try reading.nodes(after: "", limit: 500).map { node in
            let stream = Space.slice(node.node)
            let record = try reading.stream(stream)
            let read = try reading.reader(node.node, stream)?.sequence ?? 0
            let purges = try reading.debtCount(DebtFilter(kind: .purge, node: node.node))
            return NodeLag(
                record: node,
                head: record?.head ?? 0,
                read: read,
                rows: record?.rows ?? 0,
                unreceipted: purges
            )
        }
    }

    // MARK: for people

    func lines() throws -> [String] {
        let role = call.isOffice ? call.say("Центр", "Office") : call.say("Підрозділ", "Department")
        var lines = ["\(role) «\(call.context.node)»"]
        let total = counts.reduce(0) { $0 + $1.count }
        lines.append(
            call.say("Звернень: ", "Appeals: ") + "\(total)" + (total == 0 ? "" : " — ")
                + counts.filter { $0.count > 0 }.map {
                    call.say($0.state.ukrainian, $0.state.rawValue) + " \($0.count)"
                }.joined(separator: ", ")
        )
        lines.append(
            call.say("Розбіжностей: ", "Disagreements: ") + "\(disputed)"
                + call.say(", очікує рішення дій: ", ", operations that wait: ") + "\(held)"
        )
        lines += try syncLines().dropFirst()
        let waiting = tray.filter { $0.count > 0 }.map { "\($0.kind) \($0.count)" }
        if !waiting.isEmpty {
            lines.append(call.say("Лоток оператора: ", "Operator's tray: ") + waiting.joined(separator: ", "))
        }
        let owed = try debts.map { call.say($0.kind.label) + " \($0.count)" }
        if !owed.isEmpty {
            lines.append(call.say("Винні (kartoteka sync debts):", "Owed (kartoteka sync debts):"))
            lines += owed.map { "  " + $0 }
        }
        return lines + [call.say("Далі: ", "Next: ") + next]
    }

    func syncLines() throws -> [String] {
        var lines = [call.say("Вузол ", "Node ") + call.context.node]
        if let stopped = try? reading.value(Values.stopped) {
            lines.append(call.say("Центр зупинив прийом: ", "The office takes no work: ") + stopped)
        }
        guard call.isOffice else {
            if outbox.count == 0 {
                lines.append(call.say("Усе передано Центру.", "Everything is with the office."))
            } else {
                let age = outbox.oldest.map { call.say(", найдавніша ", ", the oldest ") + call.ago($0) } ?? ""
                lines.append(call.say("Збережено, ще не передано: ", "Saved, not sent yet: ") + "\(outbox.count)" + age)
            }
            lines.append(
                call.say("Надійно збережено двічі: до ", "Durable in two places: up to ") + "\(outbox.durable)"
                    + call.say(" з ", " of ") + "\(outbox.last)"
            )
            return lines
                + (try streams.map {
                    "  \($0.name): \($0.head), " + call.say("рядків ", "rows ") + "\(try rows($0))"
                })
        }
        if unconfirmed > 0 {
            lines.append(
                call.say(
                    "Після відновлення чекають підтвердження допуску: ",
                    "Not admitted until confirmed since the restore: "
                )
                    + "\(unconfirmed)"
            )
        }
        let nodes = try nodes()
        let header =
            call.language == .ukrainian
            ? ["Вузол", "Стан", "Зв'язок", "Прочитав", "З", "Звернень", "Не підтвердив знищення"]
            : ["Node", "State", "Contact", "Read", "Of", "Appeals", "Unreceipted purges"]
        if !nodes.isEmpty { lines += Table.text(header, nodes.map { $0.cells(call) }) }
        return lines
    }

    /// The command that is most urgent.
    var next: String {
        if unconfirmed > 0 { return "kartoteka node confirm --as USER" }
        func count(_ kind: TrayKind) -> Int { tray.first { $0.kind == kind }?.count ?? 0 }
        if count(.alarm) > 0 || count(.quarantine) > 0 { return "kartoteka tray list" }
        if disputed > 0 || held > 0 { return "kartoteka conflict list" }
        if outbox.count > 0 { return "kartoteka sync status" }
        if counts.allSatisfy({ $0.count == 0 }) {
            return call.isOffice ? "kartoteka appeal register --help" : "kartoteka sync status"
        }
        return call.isOffice ? "kartoteka appeal list" : "kartoteka appeal list --state assigned"
    }
}

/// One node as the office sees it.
struct NodeLag {
    let record: NodeRecord
    let head: Int64
    let read: Int64
    let rows: Int64
    /// Appeals that left it and whose purge it has not confirmed.
    let unreceipted: Int64

    var lag: Int64 { max(0, head - read) }

    var json: JSON {
        [
            "node": .string(record.node), "state": .string(record.state.rawValue), "contact": .integer(record.contact),
            "head": .integer(head),
            "read": .integer(read), "lag": .integer(lag), "rows": .integer(rows),
            "unreceiptedPurges": .integer(unreceipted),
        ]
    }

    func cells(_ call: Call) -> [String] {
        let state =
            switch record.state {
            case .active: call.say("допущено", "active")
            case .revoked: call.say("скасовано", "revoked")
            case .frozen: call.say("заморожено", "frozen")
            case .unconfirmed: call.say("чекає підтвердження", "unconfirmed")
            }
        let contact = record.contact == 0 ? call.say("ще не було", "never") : call.ago(record.contact)
        return [record.node, state, contact, String(read), String(head), String(rows), String(unreceipted)]
    }
}
