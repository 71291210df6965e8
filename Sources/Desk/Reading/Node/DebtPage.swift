import Appeals
package import Replication

/// A page of what is owed, oldest first.
package struct DebtPage {
    package let debts: [ShownDebt]
    /// Of each kind that was ever owed; of the one that was asked for, or of all.
    package let totals: [(kind: DebtRecord.Kind, totals: DebtTotals)]
    /// The number of the last debt looked at, where the next page begins; nil at the end.
    package let next: Int64?
}

/// One thing that is owed.
package struct ShownDebt {
    package let record: DebtRecord
    /// The index of the appeal that it is about; empty without one.
    package let index: String

    package init(record: DebtRecord, index: String) {
        self.record = record
        self.index = index
    }
}

extension Desk {
    /// What is owed, by its number, at most `limit` after `after`; a page is shorter where something is kept from the reader.
    package func debts(_ filter: DebtFilter, after: Int64 = 0, limit: Int) throws -> DebtPage {
        try read { reading in
            let page = try reading.debts(filter, after: after, limit: limit)
            let shown = try page.filter { try !isKept(subject: $0.subject, reading) }
            let kinds = filter.kind.map { [$0] } ?? DebtRecord.Kind.allCases
            return DebtPage(
                debts: try shown.map { ShownDebt(record: $0, index: try index(of: $0.subject, reading)) },
                totals: try kinds.map { ($0, try debtTotals($0, reading)) }.filter { $0.1.opened > 0 },
                next: page.count == limit ? page.last?.id : nil
            )
        }
    }

    private func index(of subject: String, _ reading: any StoreReading) throws -> String {
        guard Names.isAppeal(subject) else { return "" }
        let spaces = try spaces(reading)
        let row = try reading.row(spaces.appeals, generation: spaces.appealsGeneration, key: subject)
        return try row?.columns.index ?? reading.stub(subject)?.index ?? ""
    }

    /// The totals of a kind without what is owed about appeals that are kept from the reader.
    package func debtTotals(_ kind: DebtRecord.Kind, _ reading: any StoreReading) throws -> DebtTotals {
        var totals = try reading.debtTotals(kind)
        guard try kept(reading) > 0 else { return totals }
        var after: Int64 = 0
        while true {
            let page = try reading.debts(DebtFilter(kind: kind), after: after, limit: 500)
            let kept = try Int64(page.count { try isKept(subject: $0.subject, reading) })
            totals.opened -= kept
            totals.open -= kept
            guard page.count == 500, let last = page.last else { return totals }
            after = last.id
        }
    }
}
