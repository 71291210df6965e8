import Appeals
import CanonicalJSON
import Cryptography

/// Pull: the entries of a stream after the reader's position, and what that position confirms.
extension Office {
    /// Answers a pull: entries beyond `after`, at most `limit` (1…500) of them, or a wait if there is nothing new.
    ///
    /// 403 for another's stream; 409 `epochChanged` or `evidenceWanted` and 410 `snapshotNeeded` for a position that is
    /// not this office's. `after` is noted as read. Source: protocol.md section 7.3.
    func pull(_ request: WireRequest, peer: String, now: Int64, mayWait: Bool) throws -> Handling {
        if let refusal = refusal(of: request, peer: peer) { return .reply(refusal, changed: []) }
        guard let stream = request["stream"], let after = request.number("after"), let mark = request["mark"],
            let epoch = request["epoch"]
        else { return .reply(.refusal(400, .badRequest, "stream, epoch, after and mark are required"), changed: []) }
        let limit = Int(request.number("limit") ?? Int64(rules.sizes.pageRecords))
        let handling: Handling = try store.read { reading in
            let record = try head(stream, reading)
            let others = try positions(request, peer: peer, reading)
            if let refusal = try place(record, epoch: epoch, after: after, mark: mark, reading) ?? ahead(others) {
                return .reply(refusal, changed: [])
            }
            if mayWait, request.number("wait") ?? 0 > 0, after == record.head,
                !others.contains(where: { $0.record.head > $0.position })
            {
                return .wait(streams: Self.streams(of: peer))
            }
            let page = try page(
                record,
                after: after,
                mark: mark,
                limit: limit,
                request,
                peer: peer,
                reading
            )
            return .reply(page, changed: [])
        }
        // A long poll confirms when it starts to wait; consecutive pages confirm every two seconds, so that none waits
        // for a write.
        switch handling {
        case .reply(let response, _) where response.status == 200:
            try confirm(peer, stream, after, now: now, every: 2_000)
        case .reply: break
        case .wait: try confirm(peer, stream, after, now: now, every: 0)
        }
        return handling
    }

    /// The refusal for a position that does not agree with this office; nil if it does.
    private func place(
        _ record: StreamRecord,
        epoch: String,
        after: Int64,
        mark: String,
        _ reading: any StoreReading
    ) throws -> WireResponse? {
        guard rules.isSameEpoch(epoch, as: record.epoch) else {
            return .refusal(409, .epochChanged, "the stream is in the epoch \(record.epoch)")
        }
        // A claim, to be settled by the hello.
        if after > record.head { return .refusal(409, .evidenceWanted, "\(after) is ahead of the head \(record.head)") }
        if after < record.floor { return .refusal(410, .snapshotNeeded, "entries up to \(record.floor) are compacted") }
        let known =
            after == 0
            ? "" : try reading.entry(record.name, atOrBefore: after).flatMap { $0.sequence == after ? $0.mark : nil }
        guard let known = rules.mark(known, claimed: mark) else {
            return .refusal(410, .snapshotNeeded, "the position \(after) is compacted")
        }
        if known != mark {
            return .refusal(409, .evidenceWanted, "the position \(after) has another mark here")
        }
        return nil
    }

    /// The positions that a request names in other streams of the node, with the records of these.
    private func positions(
        _ request: WireRequest,
        peer: String,
        _ reading: any StoreReading
    ) throws -> [(position: Int64, record: StreamRecord)] {
        try Self.named(of: peer).compactMap { name, stream in
            try request.number(name).map { ($0, try head(stream, reading)) }
        }
    }

    /// The refusal if the node is ahead of this office in another of its streams, which it would never pull again.
    private func ahead(_ others: [(position: Int64, record: StreamRecord)]) -> WireResponse? {
        others.first { $0.position > $0.record.head }.map { position, record in
            .refusal(409, .evidenceWanted, "\(position) is ahead of the head \(record.head) of \(record.name)")
        }
    }

    /// One page of entries with its signed last line; at the head it carries the digest and count of the rows.
    ///
    /// While a new projection is put in force it says `projecting` instead, and the reader compares nothing.
    func page(
        _ record: StreamRecord,
        after: Int64,
        mark: String,
        limit: Int,
        _ request: WireRequest,
        peer: String,
        _ reading: any StoreReading
    ) throws -> WireResponse {
        var writer = try PullPage(self, record, reading, after: after, hint: CatchUp(request))
        let (page, reached) = try writer.write(limit: limit)
        let to = reached?.sequence ?? record.head
        let isHead = to == record.head
        var reply = trailer("pull", record)
        reply["from"] = .integer(after)
        reply["fromMark"] = .string(mark)
        reply["to"] = .integer(isHead ? record.head : to)
        reply["mark"] = .string(isHead ? record.mark : reached?.mark ?? "")
        reply["commit"] = .integer(isHead ? try reading.lastCommit() : reached?.commit ?? 0)
        if isHead {
            if writer.projection.isUnderWay(record.name) {
                reply["projecting"] = true
            } else {
                reply["digest"] = .string(record.digest.hex)
                reply["rows"] = .integer(record.rows)
            }
        }
        var heads = JSONObject()
        for stream in Self.streams(of: peer) { heads[stream] = .integer(try head(stream, reading).head) }
        reply["heads"] = .object(heads)
        return try page.finish(reply, to: request, signer: signer)
    }

    /// A pull's `after` confirms everything up to it; the office stores the latest per node and stream.
    private func confirm(_ peer: String, _ stream: String, _ after: Int64, now: Int64, every interval: Int64) throws {
        if let former = try store.read({ try $0.reader(peer, stream) }) {
            if now - former.at < (former.sequence == after ? ReplicationLimits.readerNoted : interval) { return }
        }
        try store.write(.note) { transaction in
            let held = try transaction.reader(peer, stream)
            try transaction.putReader(
                ReaderRecord(
                    node: peer,
                    stream: stream,
                    sequence: after,
                    at: now,
                    pin: after >= held?.pin ?? -1 ? -1 : held?.pin ?? -1,
                    pinnedAt: held?.pinnedAt ?? 0
                )
            )
        }
    }
}
