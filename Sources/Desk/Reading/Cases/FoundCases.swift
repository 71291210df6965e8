import Appeals
import CanonicalJSON
import Replication

/// What a page of cases is filled with, in one snapshot.
struct FoundCases {
    private(set) var appeals: [ShownAppeal] = []
    private(set) var waiting: [WaitingWork] = []
    private(set) var next: CaseMark?

    private let desk: Desk
    private let reading: any StoreReading

    init(desk: Desk, _ reading: any StoreReading) {
        self.desk = desk
        self.reading = reading
    }

    mutating func fill(after mark: CaseMark?, limit: Int) throws {
        var after: AppealMark?
        switch mark {
        case .work(let write)?: return try addHeld(after: write, limit: limit)
        case .appeal(let mark)?: after = mark
        case nil: break
        }
        let left = limit - (try addDisputed(after: after, limit: limit))
        // A full page goes on with disputes, until there are none.
        if left > 0 { try addHeld(after: nil, limit: left) }
    }

    private mutating func addDisputed(after mark: AppealMark?, limit: Int) throws -> Int {
        var filter = ListFilter()
        filter.disputed = true
        let (rows, next) = try desk.listed(reading).page(filter, after: mark, limit: limit)
        appeals += try rows.compactMap { try desk.shown($0.id, reading) }
        self.next = next.map(CaseMark.appeal)
        return next == nil ? rows.count : limit
    }

    /// Work can wait without a dispute: its author's role ended, or its form is of a newer version.
    private mutating func addHeld(after write: WriteName?, limit: Int) throws {
        let node = desk.isOffice ? nil : desk.place.node
        let held = try reading.operations(status: .held, node: node, after: write, limit: limit)
        for record in held { try add(record) }
        if held.count == limit, let last = held.last {
            next = .work(WriteName(origin: last.origin, number: last.number))
        }
    }

    private mutating func add(_ record: OperationRecord) throws {
        let write = WriteName(origin: record.origin, number: record.number)
        guard try !desk.isKept(record.appeal ?? "", reading) else { return }
        if let shown = try record.appeal.flatMap({ try desk.shown($0, reading) }) {
            let items = shown.appeal.items(.held).filter { $0.item.value.heldState == .waiting }.map(\.name)
            if items.contains(write.description) {
                // An appeal is shown once: with its disputes, or with the first work of its own that waits.
                let isFirst = items.compactMap { WriteName($0) }.min() == write
                let isShown = appeals.contains { $0.id == shown.id }
                if isFirst, !isShown, Disagreements.open(in: shown.appeal).isEmpty { appeals.append(shown) }
                return
            }
        }
        if desk.isOffice {
            // What was erased meanwhile waits for nobody.
            let debt = try reading.debt(.decision, node: record.origin.node, subject: write.description)
            guard debt?.state == .open else { return }
        }
        waiting.append(WaitingWork(record))
    }
}
