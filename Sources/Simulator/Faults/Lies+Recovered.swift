import Appeals
import CanonicalJSON
import Replication

extension City {
    /// A department that lies offers acts of the office that never were: a role of its own, and work on an appeal, under
    /// a seal that it got for another row.
    func forge(_ site: Site) throws {
        count("forgery")
        let stream = Space.slice(site.name)
        let (rows, commit) = try (
            site.store.read {
                try $0.rows(stream, generation: try $0.stream(stream)?.generation ?? 0, after: "", limit: 5)
            },
            officeStore.read { try $0.value(Values.restoredThrough) ?? 0 } + 1
        )
        let item = Item(value: .string(Lie.forged), write: "office#00000000:7", commit: commit)
        var offers: [(stream: String, row: Aggregate, seal: String)] = []
        for row in rows {
            var lie = try row.aggregate()
            lie[.registers, "mainExecutor"] = item
            offers.append((stream, lie, row.seal))
        }
        var role = Aggregate(id: "role/office/clerk-\(site.name)/administrator")
        role[.registers, "granted"] = item
        offers.append((Space.reference, role, rows.first?.seal ?? ""))
        try offer(offers, as: site)
    }

    /// What a department says that it holds of the office's acts, page by page.
    private func offer(_ rows: [(stream: String, row: Aggregate, seal: String)], as site: Site) throws {
        var left = rows[...]
        while !left.isEmpty {
            let page = left.prefix(rules.sizes.pageRecords)
            left = left.dropFirst(page.count)
            let body = page.flatMap { offer -> [UInt8] in
                let line: JSON = [
                    "stream": .string(offer.stream), "row": offer.row.json, "seal": .string(offer.seal),
                ]
                return line.canonicalBytes() + [10]
            }
            _ = try office.handle(
                WireRequest(.recovered, body: body),
                peer: site.name,
                now: now,
                mayWait: false
            )
        }
    }

    /// A department that lies offers appeals that never were, without a seal and without an end: the operator may get so
    /// many to read and one alarm, no more.
    ///
    /// Somebody may offer after a restore alone; an operator who declares one by mistake opens the door too.
    func flood(_ site: Site) throws {
        if officeRestores == 0 { try declare("declared by mistake") }
        let border = try officeStore.read { try $0.value(Values.commitBase) ?? 0 }
        let item = Item(value: .string(Lie.forged), write: "office#00000000:7", commit: border - 1)
        let rows = (0..<(rules.sizes.unsealedRows + 1 + fifth.below(8))).map { _ in
            var row = Aggregate(id: Self.uuid(fifth.hex(16)))
            row[.registers, "mainExecutor"] = item
            return (stream: Space.slice(site.name), row: row, seal: fifth.chance(0.5) ? "" : fifth.hex(32))
        }
        count("flood")
        note("\(site.name) floods the office with \(rows.count) rows")
        let before = try trayOfRecovery()
        try offer(rows, as: site)
        let after = try trayOfRecovery()
        guard after.rows - before.rows <= rules.sizes.unsealedRows, after.alarms - before.alarms <= 1, after.alarms > 0
        else {
            throw Violation(
                invariant: "a flood has an end",
                seen: "\(site.name) left \(after.rows - before.rows) of \(rows.count) rows to the operator and "
                    + "\(after.alarms - before.alarms) alarms, \(rules.sizes.unsealedRows) rows are allowed"
            )
        }
    }

    /// What waits for the operator because of rows that nobody vouched for.
    private func trayOfRecovery() throws -> (rows: Int, alarms: Int) {
        let tray = try officeStore.read { try $0.tray(kind: nil, after: 0, limit: .max) }
        return (
            tray.count { $0.kind == .recovery && $0.text.contains(TrayRecord.unsealed) },
            tray.count { $0.text.hasPrefix(TrayRecord.flood) }
        )
    }
}
