import Appeals
import CanonicalJSON
import Cryptography

/// Snapshot: a stream's rows in key order, for a reader that has no position.
extension Office {
    /// One page of rows in key order.
    ///
    /// The first page fixes the position from which the reader pulls afterwards; rows of later pages may be newer,
    /// which pulling from that position makes good.
    func snapshot(_ request: WireRequest, peer: String, now: Int64) throws -> Handling {
        if let refusal = refusal(of: request, peer: peer) { return .reply(refusal, changed: []) }
        guard let stream = request["stream"], let after = request["after"], after.utf8.count <= 256 else {
            return .reply(.refusal(400, .badRequest, "stream and after are required"), changed: [])
        }
        let limit = Int(request.number("limit") ?? Int64(rules.sizes.pageRecords))
        let response: WireResponse = try store.read { reading in
            let record = try head(stream, reading)
            guard rules.isSameEpoch(request["epoch"], as: record.epoch) else {
                return .refusal(409, .epochChanged, "the stream is in the epoch \(record.epoch)")
            }
            let page = try SnapshotPage(office: self, record: record, reading: reading).write(
                after: after,
                limit: limit
            )
            var reply = trailer("snapshot", record)
            reply["after"] = .string(after)
            reply["next"] = page.next.map(JSON.string) ?? .null
            reply["mark"] = .string(record.mark)
            reply["commit"] = .integer(try reading.lastCommit())
            reply["restoredThrough"] = try reading.value(Values.restoredThrough).map(JSON.integer)
            return try page.writer.finish(reply, to: request, signer: signer)
        }
        if response.status == 200 { try pin(peer, stream, isFirst: after.isEmpty, now: now) }
        return .reply(response, changed: [])
    }

    /// An unfinished snapshot pins the compaction floor at the position it began with.
    ///
    /// Every further page makes the pin younger, an hour at a time.
    func pin(_ peer: String, _ stream: String, isFirst: Bool, now: Int64) throws {
        if !isFirst {
            guard let held = try store.read({ try $0.reader(peer, stream) }), held.pin >= 0,
                now - held.pinnedAt > 3_600_000
            else { return }
        }
        try store.write(.note) { transaction in
            let head = try head(stream, transaction).head
            let held = try transaction.reader(peer, stream)
            let pin = held.map { $0.pin >= 0 ? min($0.pin, head) : head } ?? head
            try transaction.putReader(
                ReaderRecord(
                    node: peer,
                    stream: stream,
                    sequence: held?.sequence ?? 0,
                    at: now,
                    pin: pin,
                    pinnedAt: now
                )
            )
        }
    }
}
