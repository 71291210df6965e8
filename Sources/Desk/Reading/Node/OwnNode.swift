import Appeals
package import Replication

/// The node at which somebody looks, as it knows itself.
package struct OwnNode {
    package let node: String
    package let name: String
    /// Own work that the office has not answered; empty at the office.
    package let outbox: Outbox
    /// Acts that wait for a decision, counted up to `Desk.countedAtMost`: own ones at a department, all at the office.
    package let held: Int
    /// What is owed, of the kinds of which there is something open.
    package let debts: [(kind: DebtRecord.Kind, count: Int64)]
    /// Streams whose rows differ from the office's, which no comparison has mended; none at the office.
    package let differing: [String]
    /// Items of the tray that people must look at, counted up to `Desk.countedAtMost`, of the kinds of which there are some.
    package let tray: [(kind: TrayKind, count: Int)]
    /// Nil if none was ever made by a program that remembers it.
    package let backup: BackupNote?
    /// Appeals on which people disagree.
    package let disputed: Int64

    package var alerts: Int { tray.reduce(0) { $0 + $1.count } }
}

extension Desk {
    /// How this node stands, without what is kept from the reader.
    package func ownNode() throws -> OwnNode {
        try read { reading in
            let name = try departmentName(place.node, reading)
            var open = ListFilter()
            open.disputed = true
            let node = isOffice ? nil : place.node
            let waiting = try reading.operations(status: .held, node: node, limit: Self.countedAtMost)
            return OwnNode(
                node: place.node,
                name: name,
                outbox: try outbox(reading),
                held: try waiting.count { try $0.decision == nil && !isKept($0.appeal ?? "", reading) },
                debts: try DebtRecord.Kind.allCases.map { ($0, try openDebts(DebtFilter(kind: $0), reading)) }
                    .filter { $0.1 > 0 },
                differing: isOffice ? [] : try differing(reading),
                tray: try TrayKind.alerts.map {
                    ($0, try shownTray($0, after: 0, limit: Self.countedAtMost, reading).count)
                }.filter { $0.1 > 0 },
                backup: try reading.value(Values.lastBackup, as: BackupNote.init),
                disputed: try listed(reading).count(open)
            )
        }
    }

    private func differing(_ reading: any StoreReading) throws -> [String] {
        var names: [String] = []
        try reading.eachStream { names.append($0.name) }
        return try names.filter { try reading.value(Values.difference($0)) != nil }
    }
}
