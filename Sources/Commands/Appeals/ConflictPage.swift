import Appeals
import CanonicalJSON
import Desk
import Replication

/// A page of what waits for a decision: appeals in dispute by their days, then work that waits without a dispute, by its write.
struct ConflictPage {
    private(set) var appeals: [ShownAppeal] = []
    /// Work that has no place on its appeal.
    private(set) var waiting: [WaitingWork] = []
    /// Where the next page begins; nil at the end.
    private(set) var next: String?

    private let call: Call
    private let reading: any StoreReading
    private static let held = "held/"

    init(_ call: Call, _ reading: any StoreReading) throws {
        self.call = call
        self.reading = reading
        guard call.text("appeal") == nil else {
            appeals = [try call.shownAppeal(reading)]
            return
        }
        let limit = try call.limit()
        let mark = call.text("after") ?? ""
        if mark.hasPrefix(Self.held) {
            guard let write = WriteName(String(mark.dropFirst(Self.held.count))) else { throw call.wrongMark() }
            try addHeld(after: write, limit: limit)
            return
        }
        let left = limit - (try addDisputed(limit: limit))
        // A full page goes on with disputes, until there are none.
        if left > 0 { try addHeld(after: nil, limit: left) }
    }

    private mutating func addDisputed(limit: Int) throws -> Int {
        var filter = ListFilter()
        filter.disputed = true
        let (rows, next) = try call.desk.listShown(filter, after: try call.listMark(), limit: limit, reading)
        appeals += try rows.compactMap { try call.desk.shown($0.key, reading) }
        self.next = next
        return next == nil ? rows.count : limit
    }

    /// Work can wait without a dispute: its author's role ended, or its form is of a newer version.
    private mutating func addHeld(after write: WriteName?, limit: Int) throws {
        let node = call.isOffice ? nil : call.context.node
        let held = try reading.operations(status: .held, node: node, after: write, limit: limit)
        for record in held { try add(record) }
        if held.count == limit, let last = held.last {
            next = Self.held + WriteName(origin: last.origin, number: last.number).description
        }
    }

    private mutating func add(_ record: OperationRecord) throws {
        let write = WriteName(origin: record.origin, number: record.number)
        guard try !call.desk.isKept(record.appeal ?? "", reading) else { return }
        if let shown = try record.appeal.flatMap({ try call.desk.shown($0, reading) }) {
            let items = shown.appeal.items(.held).filter { $0.item.value.heldState == .waiting }.map(\.name)
            if items.contains(write.description) {
                // An appeal is shown once: with its disputes, or with the first work of its own that waits.
                let isFirst = items.compactMap { WriteName($0) }.min() == write
                let isShown = appeals.contains { $0.id == shown.id }
                if isFirst, !isShown, !(try isDisputed(shown.id)) { appeals.append(shown) }
                return
            }
        }
        if call.isOffice {
            // What was erased meanwhile waits for nobody.
            let debt = try reading.debt(.decision, node: record.origin.node, subject: write.description)
            guard debt?.state == .open else { return }
        }
        waiting.append(WaitingWork(record))
    }

    private func isDisputed(_ appeal: String) throws -> Bool {
        let spaces = try call.desk.spaces(reading)
        let row = try reading.row(spaces.appeals, generation: spaces.appealsGeneration, key: appeal)
        return row?.columns.isDisputed ?? false
    }
}
