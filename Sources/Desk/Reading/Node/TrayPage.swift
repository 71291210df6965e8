import Appeals
package import CanonicalJSON
package import Replication

/// A page of the operator's tray, by number.
package struct TrayPage {
    package let items: [TrayRecord]
    /// The number of the last item, where the next page begins; nil at the end.
    package let next: Int64?

    package init(items: [TrayRecord], next: Int64?) {
        self.items = items
        self.next = next
    }

    /// Whether something could not be applied.
    package var hasQuarantined: Bool { items.contains { $0.kind == .quarantine } }
}

/// One item of the tray, with what its row says otherwise than the row in force.
package struct TrayItem {
    package let record: TrayRecord
    /// Empty but for a row that a department offered without the office's seal.
    package let offered: [OfferedItem]

    package init(record: TrayRecord, offered: [OfferedItem]) {
        self.record = record
        self.offered = offered
    }
}

/// One item of an offered row beside what is in force.
package struct OfferedItem {
    /// `registers/control`.
    package let name: String
    package let value: JSON
    /// Nil if nothing is in force there.
    package let present: JSON?

    package init(name: String, value: JSON, present: JSON?) {
        self.name = name
        self.value = value
        self.present = present
    }
}

extension Desk {
    /// A page of the tray, of these kinds: all that people must look at if none are named; at most `limit` after number `after`.
    ///
    /// Nothing about what is kept from the reader.
    package func tray(_ kinds: [TrayKind] = TrayKind.alerts, after: Int64 = 0, limit: Int) throws -> TrayPage {
        try read { reading in
            let all = try kinds.flatMap { try shownTray($0, after: after, limit: limit, reading) }
            let items = Array(all.sorted { $0.id < $1.id }.prefix(limit))
            return TrayPage(items: items, next: items.count == limit ? items.last?.id : nil)
        }
    }

    /// One item by its number; refused as `unknownItem` if there is none or it is kept from the reader.
    package func trayItem(_ id: Int64) throws -> TrayItem {
        try read { reading in
            let record = try trayRecord(id, reading)
            return TrayItem(record: record, offered: try offered(record, reading))
        }
    }

    /// The record of an item by its number; refused as `trayItem`.
    package func trayRecord(_ id: Int64, _ reading: any StoreReading) throws -> TrayRecord {
        guard let item = try reading.tray(kind: nil, after: id - 1, limit: 1).first, item.id == id,
            try !isKept(item, reading)
        else {
            throw DeskError(
                .notFound,
                "unknownItem",
                uk: "у лотку немає № \(id)",
                en: "the tray has no item \(id)",
                remedy: .whatThereIs(.trayList)
            )
        }
        return item
    }

    private func offered(_ item: TrayRecord, _ reading: any StoreReading) throws -> [OfferedItem] {
        guard item.isUnsealed else { return [] }
        let row: Appeals.Aggregate?
        do { row = Appeals.Aggregate(try JSON(parsing: item.bytes, limits: Limits.aggregate)) } catch {
            throw StoreError(.corrupt, doing: "reading the tray's item \(item.id)", found: "\(error)")
        }
        guard let row else { return [] }
        let spaces = try spaces(reading)
        let present =
            try reading.row(spaces.appeals, generation: spaces.appealsGeneration, key: row.id)?.aggregate()
            ?? reading.row(Space.reference, generation: 0, key: row.id)?.aggregate()
        return row.allNames.compactMap { name in
            guard let value = row[name]?.value, value != present?[name]?.value else { return nil }
            return OfferedItem(name: name.description, value: value, present: present?[name]?.value)
        }
    }
}
