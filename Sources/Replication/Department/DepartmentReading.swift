import Appeals
import CanonicalJSON
import Cryptography

/// What a reader does with verified replies: rows and position change in one transaction (sync.md section 7).
extension Department {
    /// Why a reply was not applied.
    enum ReadProblem: Error, Equatable {
        /// The reply does not begin where this reader stands, or is of another epoch.
        case notMine
        /// A line is not in the form of the protocol.
        case malformed(String)
    }

    // MARK: pull

    /// Applies a page of entries.
    ///
    /// Gives whether the reader is at the head, and how its rows differ there if that is news.
    func apply(
        _ page: VerifiedReply,
        stream name: String,
        now: Int64
    ) throws -> (isHead: Bool, difference: Difference?, heads: JSONObject) {
        if !rules.rowsWithPosition { try step(page, stream: name) }
        return try store.write { transaction in
            var stream = try position(name, transaction)
            guard let from = page.reply["from"]?.integer, let to = page.reply["to"]?.integer,
                let mark = page.reply["mark"]?.string,
                let commit = page.reply["commit"]?.integer, let head = page.reply["head"]?.integer, to >= from
            else { throw ReadProblem.malformed("the last line of a pull lacks a field") }
            guard page.reply["stream"]?.string == name, page.reply["epoch"]?.string == stream.epoch || !rules.epoch,
                from == stream.head && page.reply["fromMark"]?.string == stream.mark || !rules.replyStartsAtPosition
                    || !rules.rowsWithPosition
            else { throw ReadProblem.notMine }
            let former = stream
            for line in page.lines {
                guard let line = StreamLine(line), let kind = line.entry else {
                    throw ReadProblem.malformed("a line is not an entry")
                }
                try apply(line, kind, to: &stream, now: now, transaction)
            }
            try transaction.merge(SeenClocks.latest(in: page.lines, now: now), now: now)
            stream.head = to
            stream.mark = mark
            // Compaction moves what changed to a later entry: only at the head is all up to this commit surely here, and
            // only if nothing is missing; own work stays visible over rows that wait for their repair.
            let isHead = to == head
            let isProjecting = page.reply["projecting"]?.bool == true
            let difference =
                isHead && !isProjecting && rules.stateDigest ? try news(page.reply, of: stream, transaction) : nil
            if isHead, !isProjecting, difference == nil { stream.commit = max(stream.commit, commit) }
            if try stream != former || !isShown(page, as: name, transaction) {
                try transaction.putStream(stream)
                try keepEvidence(page, as: name, transaction)
            }
            if name == Space.slice(node), let replayed = try transaction.number("replayed"),
                stream.commit >= replayed
            {
                try transaction.setValue("replaying", nil)
                try transaction.setValue("replayed", nil)
            }
            return (isHead, difference, page.reply["heads"]?.object ?? JSONObject())
        }
    }

    /// Only without the rule that rows and position change together: the position first, in a transaction of its own.
    private func step(_ page: VerifiedReply, stream name: String) throws {
        try store.write { transaction in
            var stream = try position(name, transaction)
            guard page.reply["stream"]?.string == name, page.reply["epoch"]?.string == stream.epoch,
                page.reply["from"]?.integer == stream.head, page.reply["fromMark"]?.string == stream.mark,
                let to = page.reply["to"]?.integer, let mark = page.reply["mark"]?.string
            else { throw ReadProblem.notMine }
            stream.head = to
            stream.mark = mark
            try transaction.putStream(stream)
        }
    }

    private func apply(
        _ entry: StreamLine,
        _ kind: EntryRecord.Kind,
        to stream: inout StreamRecord,
        now: Int64,
        _ transaction: any StoreTransaction
    ) throws {
        let held = try transaction.row(stream.name, generation: stream.generation, key: entry.key)
        switch kind {
        case .none: break
        case .enter, .outcome:
            guard let offered = entry.row else { return }
            if let held, held.tenure > entry.tenure { return }
            var aggregate = offered
            if let held, held.tenure == entry.tenure {
                aggregate = try held.aggregate()
                aggregate.merge(offered)
            }
            var row = Row(aggregate, tenure: entry.tenure)
            row.seal = entry.seal
            try replace(held, with: row, in: &stream, transaction)
            let isNext = entry.tenure > held?.tenure ?? 1
            // Where its end was read the former tenure needs no word any more. A row that came before its entry, by a repair
            // or a snapshot, left a receipt that names a place before the departure, if any.
            let isEnd =
                try entry.tenure > 1
                && !knowsEnd(entry.key, tenure: entry.tenure - 1, in: stream.epoch, transaction)
            try entered(aggregate, tenure: isNext ? 0 : entry.tenure, stream, now: now, transaction)
            if isEnd {
                let departure = Departure(epoch: stream.epoch, commit: entry.commit, tenure: entry.tenure - 1)
                try tenureEnded(entry.key, entry.tenure - 1, departure, in: stream.name, now: now, transaction)
            }
        case .put:
            guard let offered = entry.row, let held, held.tenure == entry.tenure else { return }
            var aggregate = try held.aggregate()
            guard !aggregate.merge(offered).isEmpty else { return }
            var row = Row(aggregate, tenure: entry.tenure)
            row.seal = entry.seal
            try replace(held, with: row, in: &stream, transaction)
        case .leave:
            let departure = Departure(epoch: stream.epoch, commit: entry.commit, tenure: entry.tenure)
            guard let held else {
                // Its row never came, or went already: the office is owed the word all the same.
                guard stream.name == Space.slice(node) else { return }
                return try oweReceipt(entry.key, tenure: entry.tenure, departure, now: now, transaction)
            }
            guard held.tenure <= entry.tenure || !rules.tenureOnLeave else { return }
            try leave(held, stub: entry.stub, from: &stream, departure, now: now, transaction)
        case .erase:
            if let held { try remove(held, from: &stream, transaction) }
            try erase(ErasureRecord(appeal: entry.key, seal: entry.seal), now: now, transaction)
        }
    }

    /// What a row that comes tells besides itself: its office's word on own work takes effect, and what has come back is
    /// not what is left of something that went.
    func entered(
        _ row: Appeals.Aggregate,
        tenure: Int64,
        _ stream: StreamRecord,
        now: Int64,
        _ transaction: any StoreTransaction
    ) throws {
        if stream.name == Space.node(node) { try learn(row, transaction) }
        guard stream.name == Space.slice(node) else { return }
        try transaction.deleteStub(row.id)
        try dropReceipts(row.id, from: tenure, now: now, transaction)
    }

    func replace(_ held: Row?, with row: Row, in stream: inout StreamRecord, _ transaction: any StoreTransaction) throws
    {
        try transaction.putRow(stream.name, generation: stream.generation, row)
        if let held { stream.digest.subtract(held.digest) } else { stream.rows += 1 }
        stream.digest.add(row.digest)
    }

    func remove(_ held: Row, from stream: inout StreamRecord, _ transaction: any StoreTransaction) throws {
        try transaction.deleteRow(stream.name, generation: stream.generation, key: held.key)
        stream.digest.subtract(held.digest)
        stream.rows -= 1
    }

    /// Deletes everything the office sent about an appeal; own operations stay in the log until they are durable.
    func leave(
        _ held: Row,
        stub: JSON,
        from stream: inout StreamRecord,
        _ departure: Departure? = nil,
        now: Int64,
        _ transaction: any StoreTransaction
    ) throws {
        try remove(held, from: &stream, transaction)
        guard stream.name == Space.slice(node) else { return }
        try markLeft(held, stub: stub, departure, now: now, transaction)
    }

    /// What a stub holds, of a row that went without a `leave`: index and dates.
    private func stub(of row: Row) -> JSON {
        [
            "index": .string(row.columns.index), "registeredOn": .string(row.columns.registeredOn),
            "due.statutory": .string(row.columns.due),
        ]
    }

    /// Erasure goes before durability: own operations on the appeal are destroyed at once.
    ///
    /// The office's seal is kept: a restored office carries the erasure out by it alone.
    func erase(_ erasure: ErasureRecord, now: Int64, _ transaction: any StoreTransaction) throws {
        let appeal = erasure.appeal
        try transaction.putErasure(appeal, seal: erasure.seal, at: now)
        try transaction.deleteStub(appeal)
        try dropReceipts(appeal, now: now, transaction)
        try transaction.setValue("kept/" + appeal, nil)
        for record in try transaction.pending(appeal: appeal, node: node, beyond: -1, limit: .max) {
            try strip(record, transaction)
        }
        for kind in ["recovery", "setAside", "offered"] { try forget(appeal, inTray: kind, transaction) }
    }

    /// What was set aside of an appeal after a restore of the office, for it or for people.
    private func forget(_ appeal: String, inTray kind: String, _ transaction: any StoreTransaction) throws {
        try eachInTray(kind, transaction) { item in
            if try Appeals.Aggregate(parsing: item.bytes).id == appeal { try transaction.deleteTray(item.id) }
        }
    }

    /// Goes over the items of one kind in the tray, a chunk at a time, up to the item `last`.
    func eachInTray(
        _ kind: String,
        upTo last: Int64 = .max,
        _ reading: any StoreReading,
        _ body: (TrayRecord) throws -> Void
    ) throws {
        var after: Int64 = 0
        while true {
            let page = try reading.tray(kind: kind, after: after, limit: rules.sizes.chunk)
            for item in page {
                guard item.id <= last else { return }
                try body(item)
            }
            guard page.count == rules.sizes.chunk, let end = page.last else { return }
            after = end.id
        }
    }

    /// An item of the tray becomes one of another kind.
    func turn(_ item: TrayRecord, into kind: String, _ transaction: any StoreTransaction) throws {
        var item = item
        try transaction.deleteTray(item.id)
        item.kind = kind
        try transaction.addTray(item)
    }

    // MARK: snapshot

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
            // The last page was taken before, and what came after it failed: to settle twice would keep that page alone.
            if try isSettled(stream, begun, transaction) { return nil }
            let generation = stream.generation + 1
            var last = after
            var sum = try transaction.value("staged/" + name).flatMap { SHA256Digest(hex: $0) } ?? .zero
            var count = try transaction.number("stagedRows/" + name) ?? 0
            for line in page.lines {
                guard let row = StreamLine(line)?.stored, row.key > last else {
                    throw ReadProblem.malformed("a line is not a row after \(last)")
                }
                last = row.key
                try transaction.putRow(name, generation: generation, row)
                // The office's word on own work, as the entries that the snapshot stands for would say it.
                if name == Space.node(node) { try learn(try row.aggregate(), transaction) }
                sum.add(row.digest)
                count += 1
            }
            try transaction.merge(SeenClocks.latest(in: page.lines, now: now), now: now)
            if let next = page.reply["next"]?.string {
                try transaction.setValue("staged/" + name, sum.hex)
                try transaction.setValue("stagedRows/" + name, String(count))
                try transaction.setValue("stagedAfter/" + name, next)
                try transaction.setValue("stagedBegun/" + name, begun.json.canonicalText)
                try transaction.setValue("stagedCommit/" + name, String(commit))
                return next
            }
            try settle(begun, commit: commit, sum: sum, count: count, page.reply, &stream, now: now, transaction)
            try keepEvidence(page, as: name, transaction)
            return nil
        }
    }

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
            return try transaction.setValue("drop/" + stream.name, String(former.generation))
        }
        // Of several restores that this node slept through the first may have lost more than the last.
        let through = min(restored, try transaction.number("common") ?? restored)
        let isOther = former.epoch != begun.epoch && !former.epoch.isEmpty
        try transaction.setValue(
            (isOther ? "setAside/" : "drop/") + stream.name,
            isOther ? "\(through) \(former.generation)" : String(former.generation)
        )
        // What the last epoch's office was given back is offered again: see `dropFormerGeneration`.
        if isOther { try transaction.setValue("offeredUntil", nil) }
        // Own work of the lost stretch stays visible until it was sent again and has come back, also if this stream had
        // not been read yet when the office was restored.
        let own = try transaction.value("epoch") ?? begun.epoch
        if stream.name == Space.slice(node), own != begun.epoch {
            try transaction.setValue("replaying", String(through))
            try transaction.setValue("replayed", nil)
        }
    }

    /// What was given back has been read again, and is kept for the next epoch's office no more.
    func forgetOffered() throws {
        while try store.write({ transaction in
            let items = try transaction.tray(kind: "offered", after: 0, limit: rules.sizes.chunk)
            for item in items { try transaction.deleteTray(item.id) }
            if items.count < rules.sizes.chunk { try transaction.setValue("offeredUntil", nil) }
            return items.count == rules.sizes.chunk
        }) {}
    }

    /// Whether something of a generation that is no longer visible is left.
    func hasFormerGeneration(of name: String, _ reading: any StoreReading) throws -> Bool {
        try reading.value("setAside/" + name) != nil || reading.value("drop/" + name) != nil
    }

    /// Deletes a chunk of a generation that is no longer visible.
    ///
    /// After a restore of the office what the snapshot does not contain but has a later commit than the backup is set
    /// aside to be offered, never deleted because the office forgot it.
    func dropFormerGeneration(of name: String, now: Int64) throws {
        try store.write { transaction in
            if let parts = try transaction.numbers("setAside/" + name, count: 2) {
                // What the last epoch's office was given back, and this node had not read there yet, is offered to the
                // next one.
                let offered = try transaction.tray(kind: "offered", after: 0, limit: rules.sizes.chunk)
                for item in offered { try turn(item, into: "setAside", transaction) }
                guard offered.count < rules.sizes.chunk else { return }
                let after = try transaction.value("setAsideAfter/" + name) ?? ""
                let rows = try transaction.rows(
                    name,
                    generation: parts[1],
                    after: after,
                    limit: rules.sizes.chunk
                )
                let present = try position(name, transaction)
                for row in rows where try rules.setAsideOffered && isNews(row, in: present, transaction) {
                    try transaction.addTray(
                        TrayRecord(kind: "setAside", subject: name, text: row.seal, bytes: row.bytes, at: now)
                    )
                }
                try transaction.setValue("setAsideAfter/" + name, rows.last?.key)
                if rows.count < rules.sizes.chunk {
                    try transaction.setValue("setAside/" + name, nil)
                    try transaction.setValue("setAsideAfter/" + name, nil)
                    try transaction.setValue("drop/" + name, String(parts[1]))
                }
                return
            }
            guard let generation = try transaction.number("drop/" + name) else { return }
            let deleted = try dropChunk(of: name, generation: generation, now: now, transaction)
            if deleted < rules.sizes.chunk { try transaction.setValue("drop/" + name, nil) }
        }
    }

    /// Whether a row of the former epoch has anything that the snapshot lacks or has older.
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
            if !rules.snapshotDeletesUnlisted, var stream = try transaction.stream(name),
                try transaction.row(name, generation: stream.generation, key: row.key) == nil
            {
                try replace(nil, with: row, in: &stream, transaction)
                try transaction.putStream(stream)
            }
            try transaction.deleteRow(name, generation: generation, key: row.key)
        }
        return rows.count
    }
}
