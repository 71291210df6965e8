import Appeals
import Replication

/// An own act that is not settled with the office: not answered yet, or not accepted.
package struct WaitingAct {
    package let operation: ToldOperation
    /// The appeal's id; nil if it is about none.
    package let appeal: String?
    /// What people call the appeal; empty where this node does not know.
    package let index: String
}

/// What a department has done that the office has not answered, and what it has not accepted.
package struct WaitingActs {
    /// Not answered yet, the oldest first.
    package let unsent: [WaitingAct]
    /// Refused, and nobody has put that aside.
    package let refused: [WaitingAct]
    /// Printed names of their authors.
    package let names: PrintedNames

    package init(unsent: [WaitingAct], refused: [WaitingAct], names: PrintedNames) {
        self.unsent = unsent
        self.refused = refused
        self.names = names
    }
}

extension Desk {
    /// At most `limit` of each, without what is kept from the reader; both empty at the office, which answers itself.
    package func waitingActs(limit: Int) throws -> WaitingActs {
        guard !isOffice else { return WaitingActs(unsent: [], refused: [], names: .none) }
        return try read { reading in
            var unsent: [WaitingAct] = []
            for origin in try reading.origins(node: place.node)
            where origin.last > origin.acknowledged && unsent.count < limit {
                unsent += try reading.operations(
                    origin.origin,
                    after: origin.acknowledged,
                    limit: limit - unsent.count
                ).compactMap { try waiting($0, reading) }
            }
            let refused = try reading.operations(status: .refused, node: place.node, limit: limit)
                .filter { $0.decision == nil }.compactMap { try waiting($0, reading) }
            return WaitingActs(
                unsent: unsent,
                refused: refused,
                names: try names(of: Set((unsent + refused).map(\.operation.user)), reading)
            )
        }
    }

    private func waiting(_ record: OperationRecord, _ reading: any StoreReading) throws -> WaitingAct? {
        guard try !isKept(record.appeal ?? "", reading) else { return nil }
        let index = try record.appeal.map { try shown($0, reading)?.index ?? reading.stub($0)?.index ?? "" } ?? ""
        return WaitingAct(operation: ToldOperation(record), appeal: record.appeal, index: index)
    }
}
