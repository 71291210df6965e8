import Appeals
import CanonicalJSON
import Cryptography

/// A stream read as a whole: pages of a snapshot, and the former generation that it takes the place of.
extension Department {
    /// Stages a page under the next generation; the last page makes it visible together with the position.
    ///
    /// `begun` is the position of the first page, from which the reader pulls afterwards.
    func applySnapshot(
        _ page: VerifiedReply,
        stream name: String,
        after: String,
        begun: Position,
        commit: Int64,
        now: Int64
    ) throws -> String? {
        try store.write { transaction in
            var stream = try position(name, transaction)
            guard page.reply["stream"]?.string == name, page.reply["epoch"]?.string == begun.epoch,
                page.reply["after"]?.string == after, stream.epoch != begun.epoch || begun.sequence >= stream.head
            else { throw ReadProblem.notMine }
            // The last page was applied before and a later step failed: settling twice would keep only that page.
            if try isSettled(stream, begun, transaction) { return nil }
            let generation = stream.generation + 1
            var last = after
            var sum = try transaction.value(Values.staged(name)) ?? .zero
            var count = try transaction.value(Values.stagedRows(name)) ?? 0
            for line in page.lines {
                guard let row = StreamLine(line)?.stored, row.key > last else {
                    throw ReadProblem.malformed("a line is not a row after \(last)")
                }
                last = row.key
                try transaction.putRow(name, generation: generation, row)
                // Applies decisions on own work as the entries that the snapshot replaces would have.
                if name == Space.node(node) { try learn(try row.aggregate(), transaction) }
                sum.add(row.digest)
                count += 1
            }
            try transaction.merge(SeenClocks.latest(in: page.lines, now: now), now: now)
            if let next = page.reply["next"]?.string {
                try transaction.setValue(Values.staged(name), sum)
                try transaction.setValue(Values.stagedRows(name), count)
                try transaction.setValue(Values.stagedAfter(name), next)
                try transaction.setValue(Values.stagedBegun(name), begun.json)
                try transaction.setValue(Values.stagedCommit(name), commit)
                return next
            }
            try settle(begun, commit: commit, sum: sum, count: count, page.reply, &stream, now: now, transaction)
            try keepEvidence(page, as: name, transaction)
            return nil
        }
    }

    /// Makes the staged generation the visible one, with the position from which the reader pulls on.
    private func settle(
        _ begun: Position,
        commit: Int64,
        sum: SHA256Digest,
        count: Int64,
        _ reply: JSONObject,
        _ stream: inout StreamRecord,
        now: Int64,
        _ transaction: any StoreTransaction
    ) throws {
        let former = stream
        stream.generation += 1
        stream.epoch = begun.epoch
        stream.head = begun.sequence
        stream.mark = begun.mark
        stream.digest = sum
        stream.rows = count
        stream.commit = commit
        try transaction.putStream(stream)
        try forgetStaged(stream.name, transaction)
        if stream.name == Space.slice(node) { try dropReturned(to: stream, now: now, transaction) }
        guard let restored = reply["restoredThrough"]?.integer else {
            return try transaction.setValue(Values.drop(stream.name), former.generation)
        }
        // If this node missed several restores, the first may have lost more than the last.
        let through = min(restored, try transaction.value(Values.common) ?? restored)
        let isOther = former.epoch != begun.epoch && !former.epoch.isEmpty
        if isOther {
            try transaction.setValue(Values.setAside(stream.name), (through, former.generation))
            // Rows given back to the last epoch's office are offered again: see `dropFormerGeneration`.
            try transaction.setValue(Values.offeredUntil, nil)
        } else {
            try transaction.setValue(Values.drop(stream.name), former.generation)
        }
        // Own work of the lost stretch stays visible until it was sent again and has come back, also if this stream had
        // not been read yet when the office was restored.
        let own = try transaction.value(Values.epoch) ?? begun.epoch
        if stream.name == Space.slice(node), own != begun.epoch {
            try transaction.setValue(Values.replaying, through)
            try transaction.setValue(Values.replayed, nil)
        }
    }

    /// Rows given back have been read again and need no longer be kept for the next epoch's office.
    func forgetOffered() throws {
        while try store.write({ transaction in
            let items = try transaction.tray(kind: .offered, after: 0, limit: rules.sizes.chunk)
            for item in items { try transaction.deleteTray(item.id) }
            if items.count < rules.sizes.chunk { try transaction.setValue(Values.offeredUntil, nil) }
            return items.count == rules.sizes.chunk
        }) {}
    }

    /// Whether rows of a generation that is no longer visible remain.
    func hasFormerGeneration(of name: String, _ reading: any StoreReading) throws -> Bool {
        try reading.value(Values.setAside(name)) != nil || reading.value(Values.drop(name)) != nil
    }

    /// Deletes a chunk of a generation that is no longer visible.
    ///
    /// After a restore of the office what the snapshot does not contain but has a later commit than the backup is set
    /// aside to be offered, never deleted because the office forgot it.
    func dropFormerGeneration(of name: String, now: Int64) throws {
        try store.write { transaction in
            if let (_, generation) = try transaction.value(Values.setAside(name)) {
                // Rows given back to the last epoch's office that this node had not read there yet are offered to the
                // next one.
                let offered = try transaction.tray(kind: .offered, after: 0, limit: rules.sizes.chunk)
                for item in offered { try turn(item, into: .setAside, transaction) }
                guard offered.count < rules.sizes.chunk else { return }
                let after = try transaction.value(Values.setAsideAfter(name)) ?? ""
                let rows = try transaction.rows(
                    name,
                    generation: generation,
                    after: after,
                    limit: rules.sizes.chunk
                )
                let present = try position(name, transaction)
                for row in rows where try rules.isSetAside(isNews(row, in: present, transaction)) {
                    try transaction.addTray(
                        TrayRecord(kind: .setAside, subject: name, text: row.seal, bytes: row.bytes, at: now)
                    )
                }
                try transaction.setValue(Values.setAsideAfter(name), rows.last?.key)
                if rows.count < rules.sizes.chunk {
                    try transaction.setValue(Values.setAside(name), nil)
                    try transaction.setValue(Values.setAsideAfter(name), nil)
                    try transaction.setValue(Values.drop(name), generation)
                }
                return
            }
            guard let generation = try transaction.value(Values.drop(name)) else { return }
            let deleted = try dropChunk(of: name, generation: generation, now: now, transaction)
            if deleted < rules.sizes.chunk { try transaction.setValue(Values.drop(name), nil) }
        }
    }

    /// Whether a row of the former epoch holds any item that the snapshot lacks or has in an older version.
    private func isNews(_ row: Row, in present: StreamRecord, _ reading: any StoreReading) throws -> Bool {
        if try reading.isErased(row.key) { return false }
        guard let held = try reading.row(present.name, generation: present.generation, key: row.key) else {
            return true
        }
        if held.digest == row.digest { return false }
        var aggregate = try held.aggregate()
        return !aggregate.merge(try row.aggregate()).isEmpty
    }

    /// Rows of the old generation that the new one lacks left this node: each gets its stub and a purge receipt.
    private func dropChunk(
        of name: String,
        generation: Int64,
        now: Int64,
        _ transaction: any StoreTransaction
    ) throws -> Int {
        let stream = try position(name, transaction)
        let rows = try transaction.rows(name, generation: generation, after: "", limit: rules.sizes.chunk)
        for row in rows {
            let present = try transaction.row(name, generation: stream.generation, key: row.key)
            if name == Space.slice(node), try !transaction.isErased(row.key) {
                if let present {
                    if present.tenure > row.tenure {
                        try tenureEnded(row.key, present.tenure - 1, nil, in: name, now: now, transaction)
                    }
                } else {
                    try markLeft(row, stub: stub(of: row), nil, now: now, transaction)
                }
            }
            try rules.drop(row, ofFormer: generation, in: name, self, transaction)
        }
        return rows.count
    }
}
