import Appeals
package import Replication

/// Records of the database as whoever looks after the node sees them in a browser: how the machine keeps them, never what they say.
///
/// The whole is for the owner of the file, at the machine. A page of records is shorter where one is about what is kept from
/// the reader.
package struct InspectedRecords {
    package struct Record {
        package let key: [InspectedCell]
        package let columns: [(name: String, cell: InspectedCell)]
        /// What of it cannot be read, and why.
        package let unreadable: [(name: String, found: String)]
    }

    package let records: [Record]
    package let gaps: [InspectedGap]
    /// The key behind which the next page begins; nil at the end.
    package let next: [InspectedCell]?
    /// Whether all of it can be read.
    package var isWhole: Bool { gaps.isEmpty && records.allSatisfy(\.unreadable.isEmpty) }
}

extension InspectedTable {
    /// Columns that say how a record is kept: none of them holds what people wrote, whom it is about, or a secret.
    package var ofMachine: Set<String> {
        switch self {
        case .value: ["value"]
        case .row:
            [
                "digest", "at_commit", "tenure", "registration", "registered_on", "due", "state", "main", "disputed",
                "stage",
            ]
        case .operation: ["id", "appeal", "kind", "status", "at_commit", "at", "decision"]
        case .stream: ["epoch", "head", "mark", "digest", "rows", "floor", "generation", "at_commit"]
        case .tenure: ["tenure", "view", "is_open", "opened", "ends", "projection"]
        case .origin:
            [
                "last", "last_id", "state", "seen_epoch", "seen_slice", "seen_reference", "durable", "acknowledged",
                "ends",
            ]
        }
    }

    /// Values that are good for something in the wrong hands, or repeat what people wrote; their keys are shown.
    fileprivate static let hiddenValues = [Values.token.entry, Values.evidence.entry]
}

extension Desk {
    /// A page of the database without what only the owner of the file sees.
    package func shown(_ page: InspectedPage, of table: InspectedTable) throws -> InspectedRecords {
        try read { reading in
            let records = try page.records.filter { try !isKept($0, reading) }.map { record in
                InspectedRecords.Record(
                    key: record.key,
                    columns: record.columns.compactMap { column in
                        if table.key.contains(column.name) { return nil }
                        let isOfMachine = table.ofMachine.contains(column.name) && !isHidden(record, of: table)
                        return (column.name, isOfMachine ? column.cell : column.cell == .null ? .null : .secret)
                    },
                    unreadable: record.unreadable
                )
            }
            return InspectedRecords(records: records, gaps: page.gaps, next: page.next)
        }
    }

    private func isHidden(_ record: InspectedRecord, of table: InspectedTable) -> Bool {
        guard table == .value, case .text(let key)? = record.key.first else { return false }
        return InspectedTable.hiddenValues.contains { $0.names(key) }
    }

    /// Whether a record names, anywhere in its key or its columns, an appeal that is kept from the reader.
    private func isKept(_ record: InspectedRecord, _ reading: any StoreReading) throws -> Bool {
        try (record.key + record.columns.map(\.cell)).contains { cell in
            guard case .text(let text) = cell else { return false }
            return try text.split(whereSeparator: { !($0.isHexDigit || $0 == "-") }).contains {
                try Names.isAppeal(String($0)) && isKept(String($0), reading)
            }
        }
    }
}
