public import Appeals
import CanonicalJSON
import Cryptography

/// What the office does between requests: compaction, grounds that end by time, durable watermarks, erasures after a restore.
extension Office {
    /// Compacts every stream and ends grounds whose time is over; gives the streams that changed.
    ///
    /// `keep`: entries that stay above the head's distance whatever the readers confirmed; `absence`: a reader not
    /// seen for longer (ms) gets a snapshot when it returns.
    public func upkeep(
        now: Int64,
        keep: Int64 = ReplicationLimits.entriesKept,
        absence: Int64 = ReplicationLimits.readerAbsence
    ) throws -> [String] {
        for name in try store.read({ try $0.streams().map(\.name) }) {
            try compact(name, now: now, keep: keep, absence: absence)
        }
        return try endGrounds(now: now)
    }

    /// Below the lowest confirmed position a reader gets a snapshot; above it at most one net entry an appeal is kept.
    private func compact(_ name: String, now: Int64, keep: Int64, absence: Int64) throws {
        try store.write { transaction in
            guard var record = try transaction.stream(name) else { return }
            var lowest = max(0, record.head - keep)
            for reader in try transaction.readers(stream: name) {
                let isRevoked = try transaction.node(reader.node)?.state == .revoked
                if isRevoked || now - reader.at > absence { continue }
                lowest = min(lowest, reader.sequence)
                if reader.pin >= 0, now - reader.pinnedAt < ReplicationLimits.snapshotPin {
                    lowest = min(lowest, reader.pin)
                }
            }
            let floor = rules.floorNeverFalls ? max(record.floor, lowest) : lowest
            // The entry at the floor stays, for its mark.
            while try transaction.deleteEntries(name, upTo: floor - 1, limit: rules.sizes.chunk)
                == rules.sizes.chunk
            {}
            if floor != record.floor {
                record.floor = floor
                try transaction.putStream(record)
            }
            try net(name, above: floor, transaction)
        }
    }

    /// Earlier puts of a tenure are merged into its last one; their numbers and marks stay.
    private func net(_ name: String, above floor: Int64, _ transaction: any StoreTransaction) throws {
        let entries = try transaction.entries(name, after: floor, limit: rules.sizes.chunk)
        var last: [String: EntryRecord] = [:]
        for entry in entries where entry.kind == .put {
            let key = "\(entry.tenure) \(entry.key)"
            if var former = last[key] {
                var merged = entry
                merged.changed = Array(Set(former.changed).union(entry.changed)).sorted()
                former.kind = .none
                former.changed = []
                try transaction.replaceEntry(name, former)
                try transaction.replaceEntry(name, merged)
                last[key] = merged
            } else {
                last[key] = entry
            }
        }
    }

    /// Thirty days after removal from control the grounds end: the appeal leaves its departments.
    private func endGrounds(now: Int64) throws -> [String] {
        var changed: Set<String> = []
        var after = (due: "", key: "")
        var filter = ListFilter()
        filter.state = AppealState.removed.rawValue
        while true {
            let rows = try store.read {
                try $0.list(
                    Space.appeals,
                    generation: 0,
                    filter: filter,
                    afterDue: after.due,
                    afterKey: after.key,
                    limit: rules.sizes.chunk
                )
            }
            for row in rows {
                let appeal = try row.aggregate()
                guard Slice.isOver(appeal, today: today(now)),
                    try store.read({ try $0.tenures(key: row.key).contains(where: \.isOpen) })
                else { continue }
                changed.formUnion(
                    try store.write { transaction in
                        let admission = try Admission(self, transaction, now: now)
                        try admission.writer.publish(
                            appeal,
                            changed: [],
                            commit: admission.nextCommit(),
                            today: admission.today
                        )
                        return try admission.finish()
                    }
                )
            }
            guard rows.count == rules.sizes.chunk, let last = rows.last else { return changed.sorted() }
            after = (last.columns.due, last.key)
        }
    }

    /// What a verified backup on another device holds is durable: each origin up to its last number there.
    public func markDurable(_ numbers: [Origin: Int64]) throws {
        try store.write { transaction in
            for origin in numbers.keys.sorted() {
                guard var record = try transaction.origin(origin), let number = numbers[origin] else { continue }
                record.durable = max(record.durable, min(number, record.last))
                try transaction.putOrigin(record)
            }
        }
    }

    /// After a restore, before anybody is heard: what the erasure file names is erased again.
    public func reapplyErasures(now: Int64) throws {
        try recordErasures()
        var after = ""
        while true {
            let page = try store.read { try $0.erasures(after: after, limit: rules.sizes.chunk) }
            for appeal in page {
                try store.write { transaction in
                    let admission = try Admission(self, transaction, now: now)
                    guard try transaction.row(Space.appeals, generation: 0, key: appeal) != nil else { return }
                    try admission.erase(appeal, commit: admission.nextCommit())
                    _ = try admission.finish()
                }
            }
            guard page.count == rules.sizes.chunk, let last = page.last else { return }
            after = last
        }
    }
}
