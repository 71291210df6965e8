package import Appeals
package import Replication

/// What a node's operator looks at first: counts, synchronisation, what waits for people.
package struct NodeState {
    /// What is most urgent.
    package enum Urgent {
        /// Nodes wait to be admitted again after a restore.
        case admissions
        case tray
        case cases
        /// Own work waits to be sent.
        case outbox
        /// Nothing is registered here yet.
        case nothingHere
        case appeals
    }

    package let sync: SyncState
    /// Appeals in each state, of those that the reader may know of; so are the other counts.
    package let counts: [(state: AppealState, count: Int64)]
    package let disputed: Int64
    /// What is to be done, as the lists of work say it to whoever asks; those that are empty too.
    package let work: [WorkState.Counted]
    /// Operations that wait for a decision, counted up to `Desk.countedAtMost`.
    package let held: Int
    /// Items of each kind that people must look at, counted up to `Desk.countedAtMost`.
    package let tray: [(kind: TrayKind, count: Int)]
    /// What is owed, of the kinds of which there is something.
    package let debts: [(kind: DebtRecord.Kind, count: Int64)]
    /// Whether what was erased or purged, its words among it, may still lie on the disk.
    package let isWiping: Bool
    /// How many appeals an index of words that is made anew has so far; nil where it has all.
    package let indexing: Int64?

    package var total: Int64 { counts.reduce(0) { $0 + $1.count } }

    package var urgent: Urgent {
        func isThere(_ kind: TrayKind) -> Bool { tray.contains { $0.kind == kind && $0.count > 0 } }
        if sync.unconfirmed > 0 { return .admissions }
        if isThere(.alarm) || isThere(.quarantine) { return .tray }
        if disputed > 0 || held > 0 { return .cases }
        if sync.outbox.count > 0 { return .outbox }
        return total == 0 ? .nothingHere : .appeals
    }
}

extension Desk {
    /// The state of the node, without what is kept from the reader.
    package func nodeState() throws -> NodeState { try read { try nodeState($0) } }

    /// The same in a snapshot that is open.
    package func nodeState(_ reading: any StoreReading) throws -> NodeState {
        let rows = try listed(reading)
        func count(_ fill: (inout ListFilter) -> Void) throws -> Int64 {
            var filter = ListFilter()
            fill(&filter)
            return try rows.count(filter)
        }
        return NodeState(
            sync: try syncState(reading),
            counts: try AppealState.allCases.map { state in (state, try count { $0.state = state.rawValue }) },
            disputed: try count { $0.disputed = true },
            work: try work(first: 0, rows, reading).lists,
            held: try held(reading),
            tray: try TrayKind.alerts.map {
                ($0, try shownTray($0, after: 0, limit: Self.countedAtMost, reading).count)
            },
            debts: try DebtRecord.Kind.allCases.map { ($0, try debtTotals($0, reading).open) }.filter { $0.1 > 0 },
            isWiping: try reading.isWiping(),
            indexing: try reading.indexing()
        )
    }

    private func held(_ reading: any StoreReading) throws -> Int {
        let node = isOffice ? nil : place.node
        return try reading.operations(status: .held, node: node, limit: Self.countedAtMost)
            .filter { try $0.decision == nil && !isKept($0.appeal ?? "", reading) }.count
    }
}
