import Appeals
import CanonicalJSON
import Cryptography

/// Digest and repair at the office: range fingerprints, differing ids, rows (DESIGN.md "Digest and repair").
extension Office {
    /// `POST /sync/v1/probe`: lines `{"from":…,"to":…}`; each gives count and sum, or the ids and digests of a small range.
    func probe(_ request: WireRequest, peer: String) throws -> Handling {
        guard let stream = request["stream"], Self.streams(of: peer).contains(stream) else {
            return .reply(.refusal(403, .foreignStream, "\(peer) does not read this stream"), changed: [])
        }
        let ranges = Lines.split(request.body).compactMap { RangeRequest(Array($0)) }
        guard !ranges.isEmpty, ranges.count <= rules.sizes.probeRanges,
            ranges.count == Lines.split(request.body).count
        else {
            return .reply(
                .refusal(400, .badRequest, "1 to \(rules.sizes.probeRanges) ranges {from,to} are asked"),
                changed: []
            )
        }
        let response: WireResponse = try store.read { reading in
            var page = PageWriter(limit: .max, rules.sizes)
            for range in ranges { page.append(try answer(range, stream: stream, reading)) }
            return try page.finish(try asOf("probe", stream, reading), to: request, signer: signer)
        }
        return .reply(response, changed: [])
    }

    /// One line of the reply: count and sum of a range, with its keys and digests if it is small, else with bounds of
    /// narrower ranges if they are asked for.
    private func answer(_ range: RangeRequest, stream: String, _ reading: any StoreReading) throws -> [UInt8] {
        let isSlice = stream.hasPrefix("slice:")
        let (count, sum) =
            isSlice
            ? try reading.tenureRange(stream, from: range.from, to: range.to)
            : try reading.range(stream, generation: 0, from: range.from, to: range.to)
        var object: JSONObject = [
            "from": .string(range.from), "to": .string(range.to), "count": .integer(count), "sum": .string(sum.hex),
        ]
        let limit = rules.sizes.probeLeaf
        let ids =
            isSlice
            ? try reading.tenureDigests(stream, from: range.from, to: range.to, limit: limit + 1)
            : try reading.digests(stream, generation: 0, from: range.from, to: range.to, limit: limit + 1)
        if ids.count <= limit {
            object["ids"] = .array(ids.map { .array([.string($0.key), .string($0.digest.hex)]) })
        } else if range.splits {
            // The bounds of the sixteen parts, by count: every sixteenth of the keys.
            object["bounds"] = .array(
                try bounds(range, count: Int(count), stream: stream, isSlice: isSlice, reading).map(JSON.string)
            )
        }
        return JSON.object(object).canonicalBytes()
    }

    private func bounds(
        _ range: RangeRequest,
        count: Int,
        stream: String,
        isSlice: Bool,
        _ reading: any StoreReading
    ) throws -> [String] {
        let step = max(1, count / rules.sizes.probeWays)
        var bounds: [String] = []
        var from = range.from
        while bounds.count < rules.sizes.probeWays - 1 {
            let keys =
                isSlice
                ? try reading.tenureDigests(stream, from: from, to: range.to, limit: step + 1)
                : try reading.digests(stream, generation: 0, from: from, to: range.to, limit: step + 1)
            guard keys.count > step, let last = keys.last else { break }
            bounds.append(last.key)
            from = last.key
        }
        return bounds
    }

    /// `POST /sync/v1/fetch`: lines `{"id":…}`; the row as the reader may see it now, or that there is none.
    func fetch(_ request: WireRequest, peer: String) throws -> Handling {
        guard let stream = request["stream"], Self.streams(of: peer).contains(stream) else {
            return .reply(.refusal(403, .foreignStream, "\(peer) does not read this stream"), changed: [])
        }
        let ids = Lines.split(request.body).compactMap { (try? JSON(parsing: Array($0)))?["id"]?.string }
        guard !ids.isEmpty, ids.count <= rules.sizes.pageRecords else {
            return .reply(
                .refusal(400, .badRequest, "1 to \(rules.sizes.pageRecords) ids are asked"),
                changed: []
            )
        }
        let response: WireResponse = try store.read { reading in
            var page = PageWriter(limit: .max, rules.sizes)
            let seal = try Seal(reading)
            for id in ids where !page.isFull {
                if let (tenure, aggregate) = try visible(stream, id, reading) {
                    let bytes = aggregate.bytes
                    let mark = seal?.text(stream, id, SHA256.hash(bytes))
                    page.append(SnapshotPage.line(tenure, bytes, seal: mark))
                } else {
                    let none: JSON = ["none": .string(id)]
                    page.append(none.canonicalBytes())
                }
            }
            return try page.finish(try asOf("fetch", stream, reading), to: request, signer: signer)
        }
        return .reply(response, changed: [])
    }

    /// The last line: head, mark, digest and count as of which the ranges were read, so that a reader elsewhere does
    /// not compare.
    private func asOf(_ call: String, _ stream: String, _ reading: any StoreReading) throws -> JSONObject {
        let record = try head(stream, reading)
        return [
            "call": .string(call), "stream": .string(stream), "epoch": .string(record.epoch),
            "asOf": .integer(record.head),
            "mark": .string(record.mark), "digest": .string(record.digest.hex), "rows": .integer(record.rows),
        ]
    }
}

/// A range of keys, `from <= key`, `key < to` unless `to` is empty.
struct RangeRequest {
    let from: String
    let to: String
    let splits: Bool

    /// Reads `{"from":…,"to":…,"split":…}`; keys have at most 256 bytes.
    init?(_ line: [UInt8]) {
        guard let json = try? JSON(parsing: line), let from = json["from"]?.string, let to = json["to"]?.string,
            from.utf8.count <= 256, to.utf8.count <= 256
        else { return nil }
        self.from = from
        self.to = to
        splits = json["split"]?.bool ?? false
    }
}
