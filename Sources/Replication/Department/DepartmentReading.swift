import Appeals
import CanonicalJSON
import Cryptography

/// What a reader does with verified replies: rows and position change in one transaction (DESIGN.md "Reading a stream").
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
        try rules.inOneTransaction(page, of: name, self) { transaction in
            var stream = try position(name, transaction)
            guard let from = page.reply["from"]?.integer, let to = page.reply["to"]?.integer,
                let mark = page.reply["mark"]?.string,
                let commit = page.reply["commit"]?.integer, let head = page.reply["head"]?.integer, to >= from
            else { throw ReadProblem.malformed("the last line of a pull lacks a field") }
            guard page.reply["stream"]?.string == name,
                rules.isSameEpoch(page.reply["epoch"]?.string, as: stream.epoch),
                rules.isSameStart(page, as: stream)
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
            // Compaction moves changes to later entries: only at the head is everything up to this commit known to be
            // here, and only if nothing is missing. Own work stays visible over rows that await repair.
            let isHead = to == head
            let isProjecting = page.reply["projecting"]?.bool == true
            let difference =
                isHead && !isProjecting ? try rules.difference(news(page.reply, of: stream, transaction)) : nil
            if isHead, !isProjecting, difference == nil { stream.commit = max(stream.commit, commit) }
            if try stream != former || !isShown(page, as: name, transaction) {
                try transaction.putStream(stream)
                try keepEvidence(page, as: name, transaction)
            }
            if name == Space.slice(node), let replayed = try transaction.value(Values.replayed),
                stream.commit >= replayed
            {
                try transaction.setValue(Values.replaying, nil)
                try transaction.setValue(Values.replayed, nil)
            }
            return (isHead, difference, page.reply["heads"]?.object ?? JSONObject())
        }
    }

    /// Applies one entry to the visible rows; an entry of an older tenure than the row's changes nothing.
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
            // A former tenure whose end was read needs no further receipt. A row that arrived before its entry, by a
            // repair or a snapshot, left at most a receipt that names a position before the departure.
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
                // Its row never arrived or is already gone; the office is owed a receipt all the same.
                guard stream.name == Space.slice(node) else { return }
                return try oweReceipt(entry.key, tenure: entry.tenure, departure, now: now, transaction)
            }
            guard rules.isEnded(held.tenure, by: entry.tenure) else { return }
            try leave(held, stub: entry.stub, from: &stream, departure, now: now, transaction)
        case .erase:
            if let held { try remove(held, from: &stream, transaction) }
            let erasure = ErasureRecord(appeal: entry.key, seal: entry.seal, index: held?.columns.index ?? "")
            try erase(erasure, now: now, transaction)
        }
    }

    /// Side effects of a row's arrival: the office's decisions on own work take effect, and an appeal that is back has
    /// no stub.
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
}
