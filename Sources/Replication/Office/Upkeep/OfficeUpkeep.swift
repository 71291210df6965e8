public import Appeals
import CanonicalJSON
import Cryptography

/// The office's work between requests: compaction, grounds that end by time, durable watermarks, erasures after a
/// restore.
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
        try eachStream { try compact($0, now: now, keep: keep, absence: absence) }
        return try endGrounds(now: now)
    }

    /// Hands over the name of every stream, outside of any transaction: a page of them is read at a time.
    func eachStream(_ use: (String) throws -> Void) throws {
        var after = ""
        while true {
            let names = try store.read { try $0.streams(after: after, limit: StoreLimits.page).map(\.name) }
            for name in names { try use(name) }
            guard names.count == StoreLimits.page, let last = names.last else { return }
            after = last
        }
    }

    /// Below the lowest confirmed position a reader gets a snapshot; above it at most one net entry an appeal is kept.
    ///
    /// One chunk per transaction: an interrupted run leaves entries that nobody is given any more, and the next run
    /// continues.
    private func compact(_ name: String, now: Int64, keep: Int64, absence: Int64) throws {
        try raiseFloor(of: name, now: now, keep: keep, absence: absence)
        var isLeft = true
        while isLeft { isLeft = try deleteBelowFloor(of: name) }
        while try net(name) {}
    }

    /// Raises the floor to the lowest position that a present reader has confirmed or pinned, and leaves the `keep`
    /// newest entries above it.
    private func raiseFloor(of name: String, now: Int64, keep: Int64, absence: Int64) throws {
        try store.write { transaction in
            guard var record = try transaction.stream(name) else { return }
            var lowest = max(0, record.head - keep)
            try transaction.eachReader(of: name) { reader in
                let isRevoked = try transaction.node(reader.node)?.state == .revoked
                if isRevoked || now - reader.at > absence { return }
                lowest = min(lowest, reader.sequence)
                if reader.pin >= 0, now - reader.pinnedAt < ReplicationLimits.snapshotPin {
                    lowest = min(lowest, reader.pin)
                }
            }
            let floor = rules.floor(of: record, lowest: lowest)
            guard floor != record.floor else { return }
            record.floor = floor
            try transaction.putStream(record)
        }
    }

    /// The entry at the floor stays, for its mark; false when nothing is left below it.
    private func deleteBelowFloor(of name: String) throws -> Bool {
        try store.write { transaction in
            guard let floor = try transaction.stream(name)?.floor else { return false }
            let deleted = try transaction.deleteEntries(name, upTo: floor - 1, limit: rules.sizes.chunk)
            return deleted == rules.sizes.chunk
        }
    }

    /// Earlier puts of a tenure are merged into its last one; their numbers and marks stay.
    ///
    /// Looks at the next chunk of entries that it has not seen yet; false at the head.
    private func net(_ name: String) throws -> Bool {
        try store.write { transaction in
            guard let record = try transaction.stream(name) else { return false }
            let netted = Values.netted(name)
            let seen = try transaction.value(netted)
            let reached = seen?.epoch == record.epoch ? seen?.sequence ?? 0 : 0
            let entries = try transaction.entries(
                name,
                after: max(record.floor, reached),
                limit: rules.sizes.chunk
            )
            guard let end = entries.last else { return false }
            var last: [String: EntryRecord] = [:]
            for entry in entries where entry.kind == .put { last["\(entry.tenure) \(entry.key)"] = entry }
            for name in last.keys.sorted() {
                if let entry = last[name] { try net(record.name, into: entry, above: record.floor, transaction) }
            }
            try transaction.setValue(netted, (record.epoch, end.sequence))
            return entries.count == rules.sizes.chunk
        }
    }

    private func net(
        _ name: String,
        into last: EntryRecord,
        above floor: Int64,
        _ transaction: any StoreTransaction
    ) throws {
        var merged = Set(last.changed)
        var after = floor
        while true {
            let page = try transaction.entries(name, key: last.key, after: after, limit: rules.sizes.chunk)
            for var entry in page
            where entry.sequence < last.sequence && entry.kind == .put && entry.tenure == last.tenure {
                merged.formUnion(entry.changed)
                entry.kind = .none
                entry.changed = []
                try transaction.replaceEntry(name, entry)
            }
            guard page.count == rules.sizes.chunk, let end = page.last, end.sequence < last.sequence else { break }
            after = end.sequence
        }
        guard merged.count > last.changed.count else { return }
        var last = last
        last.changed = merged.sorted()
        try transaction.replaceEntry(name, last)
    }

    /// Thirty days after removal from control the grounds end: the appeal leaves its departments.
    ///
    /// Asks for open tenures whose day has come, and decides on the appeal as it is in the transaction that ends them.
    private func endGrounds(now: Int64) throws -> [String] {
        var changed: Set<String> = []
        var after: TenureRecord?
        while true {
            let ended = try store.read {
                try $0.tenures(endedBefore: today(now).description, after: after, limit: rules.sizes.chunk)
            }
            let appeals = try rules.appeals(of: ended, store)
            for tenure in ended {
                changed.formUnion(try endGrounds(on: tenure.key, of: appeals, now: now))
            }
            guard ended.count == rules.sizes.chunk, let last = ended.last else { return changed.sorted() }
            after = last
        }
    }

    private func endGrounds(on key: String, of appeals: DecidedAppeals, now: Int64) throws -> [String] {
        try store.write { transaction in
            guard let appeal = try appeals.appeal(key, transaction),
                Slice.isOver(appeal, today: today(now)),
                try transaction.tenures(key: key).contains(where: \.isOpen)
            else { return [] }
            let admission = try Admission(self, transaction, now: now)
            let commit = admission.nextCommit()
            try admission.writer.publish(appeal, changed: [], commit: commit, today: admission.today)
            return try admission.finish()
        }
    }

    /// Marks as durable what a verified backup on another device holds: each origin up to its last number there.
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
            for appeal in page.map(\.appeal) {
                try store.write { transaction in
                    let admission = try Admission(self, transaction, now: now)
                    guard try transaction.appealRow(appeal) != nil else { return }
                    try admission.erase(appeal, commit: admission.nextCommit())
                    _ = try admission.finish()
                }
            }
            guard page.count == rules.sizes.chunk, let last = page.last else { return }
            after = last.appeal
        }
    }
}
