/// The table of debts of a store in memory.
struct MemoryDebts {
    private struct Key: Hashable {
        let kind: DebtRecord.Kind
        let node: String
        let subject: String
    }
    private var records: [Int64: DebtRecord] = [:]
    private var bySubject: [Key: [Int64]] = [:]
    private var opened: [DebtRecord.Kind: Int64] = [:]
    private var closed: [DebtRecord.Kind: Int64] = [:]
    private var openIDs: [Int64] = []
    private var last: Int64 = 0

    private func key(_ debt: DebtRecord) -> Key { Key(kind: debt.kind, node: debt.node, subject: debt.subject) }

    func newest(_ kind: DebtRecord.Kind, node: String, subject: String) -> DebtRecord? {
        bySubject[Key(kind: kind, node: node, subject: subject)]?.last.flatMap { records[$0] }
    }

    func page(_ filter: DebtFilter, after: Int64, limit: Int) -> [DebtRecord] {
        Array(openIDs.lazy.filter { $0 > after }.compactMap { records[$0] }.filter(filter.fits).prefix(limit))
    }

    func count(_ filter: DebtFilter) -> Int64 { Int64(page(filter, after: 0, limit: .max).count) }

    func totals(_ kind: DebtRecord.Kind) -> DebtTotals {
        DebtTotals(
            opened: opened[kind] ?? 0,
            closed: closed[kind] ?? 0,
            open: count(DebtFilter(kind: kind))
        )
    }

    mutating func open(_ debt: DebtRecord) -> Int64 {
        last += 1
        var debt = debt
        debt.id = last
        debt.state = .open
        debt.closedAt = 0
        records[last] = debt
        bySubject[key(debt), default: []].append(last)
        openIDs.append(last)
        opened[debt.kind, default: 0] += 1
        return last
    }

    /// How the last `open` is taken back.
    mutating func forget(_ id: Int64) {
        guard let debt = records.removeValue(forKey: id) else { return }
        bySubject[key(debt)]?.removeAll { $0 == id }
        openIDs.removeAll { $0 == id }
        opened[debt.kind, default: 0] -= 1
        last -= 1
    }

    subscript(_ id: Int64) -> DebtRecord? { records[id] }

    /// Replaces a record of the same id, open or closed.
    mutating func put(_ debt: DebtRecord) {
        guard let former = records[debt.id] else { return }
        records[debt.id] = debt
        switch (former.state == .open, debt.state == .open) {
        case (true, false):
            openIDs.removeAll { $0 == debt.id }
            closed[debt.kind, default: 0] += 1
        case (false, true):
            openIDs.append(debt.id)
            openIDs.sort()
            closed[debt.kind, default: 0] -= 1
        default: break
        }
    }
}
