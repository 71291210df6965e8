import Appeals
import Replication

/// Who did what with an appeal, a page at a time.
package struct History {
    /// The appeal's id.
    package let id: String
    /// As the log has them, from the first on.
    package let operations: [ToldOperation]
    /// At a department, whose log has only its own operations: the facts that others brought about, on the first page; else nil.
    package let facts: [ShownFact]?
    /// What became of disagreements and of work that waited, on the same page; nil where `facts` is.
    package let outcomes: [CardOutcome]?
    /// How many operations lie before the next page; nil at the end.
    package let next: Int?
    package let names: PrintedNames

    package init(
        id: String,
        operations: [ToldOperation],
        facts: [ShownFact]?,
        outcomes: [CardOutcome]?,
        next: Int?,
        names: PrintedNames
    ) {
        self.outcomes = outcomes
        self.names = names
        self.id = id
        self.operations = operations
        self.facts = facts
        self.next = next
    }
}

extension Desk {
    /// Nobody turns over more operations of one appeal than this.
    package static let historyAtMost = 1_000_000

    /// The operations on an appeal with what became of each, at most `limit` after the first `after`, in the log's order.
    ///
    /// Refused with what to do if the appeal is not here and no operation on it either, or if it is kept from the reader.
    /// `after` counts to `historyAtMost`.
    package func history(_ name: String, after: Int = 0, limit: Int) throws -> History {
        let after = min(after, Self.historyAtMost)
        return try read { reading in
            let id = try find(name, reading)
            let records = try reading.operations(appeal: id, skipping: after, limit: limit + 1)
            let isKnown = try !records.isEmpty || !reading.operations(appeal: id, limit: 1).isEmpty
            guard try isKnown || shown(id, reading) != nil else {
                throw try gone(name, id, reading)
            }
            let shown = !isOffice && after == 0 ? try shown(id, reading) : nil
            let operations = records.prefix(limit).map { ToldOperation($0) }
            let facts = shown.map { ShownFact.all(of: $0.appeal) }
            let outcomes = shown.map { CardOutcome.all(of: $0.appeal) }
            let people =
                operations.flatMap { [$0.user, $0.decider?.user ?? ""] } + (outcomes ?? []).compactMap(\.author?.user)
            return History(
                id: id,
                operations: operations,
                facts: facts,
                outcomes: outcomes,
                next: records.count > limit ? after + limit : nil,
                names: try names(of: Set(people + (facts ?? []).flatMap(\.people)), reading)
            )
        }
    }
}
