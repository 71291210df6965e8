import Appeals
import CanonicalJSON
import Cryptography

/// Digest and repair at the reader (DESIGN.md "Digest and repair").
extension Department {
    /// What a page of probes found.
    struct ProbeResult {
        var ranges: [JSON] = []
        var ids: [String] = []
    }

    /// Compares the office's ranges with the own rows: narrower ranges to probe, ids to fetch.
    ///
    /// Nil if the reply is from another epoch: nothing can be compared, and the next pull will be refused with
    /// `epochChanged`. Nil also for a replayed reply from before the reader's position.
    func compare(_ page: VerifiedReply, stream name: String, asked: [String]) throws -> ProbeResult? {
        try store.read { reading in
            let stream = try position(name, reading)
            guard ProtocolCall.probe.isNamed(in: page.reply), page.reply["stream"]?.string == name else {
                throw ReadProblem.notMine
            }
            guard page.reply["epoch"]?.string == stream.epoch, let asOf = page.reply["asOf"]?.integer,
                asOf >= stream.head
            else { return nil }
            guard page.lines.count == asked.count else { throw ReadProblem.notMine }
            var result = ProbeResult()
            for (line, asked) in zip(page.lines, asked) {
                guard let json = try? JSON(parsing: Array(line), limits: Limits.aggregate),
                    let from = json["from"]?.string,
                    let to = json["to"]?.string
                else { throw ReadProblem.malformed("a line is not a range") }
                guard let range = RangeRequest(Array(asked.utf8)), range.from == from, range.to == to else {
                    throw ReadProblem.notMine
                }
                let own = try reading.range(name, generation: stream.generation, from: from, to: to)
                if json["count"]?.integer == own.count, json["sum"]?.string == own.sum.hex { continue }
                if let ids = json["ids"]?.array {
                    result.ids += try differing(ids, from: from, to: to, stream, reading)
                } else if let bounds = json["bounds"]?.array?.compactMap(\.string), !bounds.isEmpty {
                    let edges = [from] + bounds + [to]
                    for (low, high) in zip(edges, edges.dropFirst()) {
                        result.ranges.append(["from": .string(low), "to": .string(high), "split": true])
                    }
                } else {
                    throw ReadProblem.malformed("a differing range has neither ids nor bounds")
                }
            }
            return result
        }
    }

    /// The ranges agree but the digests do not: the stored sum is wrong and is recomputed from the rows.
    ///
    /// False if the stored sum was right, which means that the office's is wrong.
    func resum(stream name: String, now: Int64) throws -> Bool {
        try store.write { transaction in
            var stream = try position(name, transaction)
            let whole = try transaction.range(name, generation: stream.generation, from: "", to: "")
            guard stream.digest != whole.sum || stream.rows != whole.count else { return false }
            stream.digest = whole.sum
            stream.rows = whole.count
            try transaction.putStream(stream)
            try transaction.addTray(
                TrayRecord(kind: .repair, subject: name, text: "the sum of \(whole.count) rows was wrong", at: now)
            )
            return true
        }
    }

    private func differing(
        _ ids: [JSON],
        from: String,
        to: String,
        _ stream: StreamRecord,
        _ reading: any StoreReading
    ) throws -> [String] {
        var theirs: [String: String] = [:]
        for pair in ids {
            if let id = pair.array?.first?.string, let digest = pair.array?.last?.string { theirs[id] = digest }
        }
        var differing: [String] = []
        var after = from
        var isFirst = true
        while true {
            let page = try reading.digests(
                stream.name,
                generation: stream.generation,
                from: after,
                to: to,
                limit: rules.sizes.chunk
            )
            for (key, digest) in isFirst ? page[...] : page.dropFirst()
            where theirs.removeValue(forKey: key) != digest.hex {
                differing.append(key)
            }
            guard page.count == rules.sizes.chunk, let last = page.last else { break }
            after = last.key
            isFirst = false
        }
        return differing + theirs.keys.sorted()
    }

    /// A fetched row replaces the confirmed row whole; one that the office lacks is deleted with a receipt.
    ///
    /// Nothing of a reply from before the reader's position is applied; gives the number of rows repaired.
    func repair(_ page: VerifiedReply, stream name: String, asked: [String], now: Int64) throws -> Int? {
        try store.write { transaction in
            var stream = try position(name, transaction)
            guard ProtocolCall.fetch.isNamed(in: page.reply), page.reply["stream"]?.string == name else {
                throw ReadProblem.notMine
            }
            guard page.reply["epoch"]?.string == stream.epoch, let asOf = page.reply["asOf"]?.integer,
                asOf >= stream.head
            else { return nil }
            // A page may end early but must not be empty: it would be requested for ever.
            guard !page.lines.isEmpty, page.lines.count <= asked.count else { throw ReadProblem.notMine }
            var repaired: [String] = []
            for (line, asked) in zip(page.lines, asked) {
                if let row = StreamLine(line)?.stored {
                    guard row.key == asked else { throw ReadProblem.notMine }
                    let held = try transaction.row(name, generation: stream.generation, key: row.key)
                    if held?.digest == row.digest, held?.tenure == row.tenure,
                        held.map({ SHA256.hash($0.bytes) }) == row.digest
                    {
                        continue
                    }
                    try replace(held, with: row, in: &stream, transaction)
                    try entered(try row.aggregate(), tenure: row.tenure, stream, now: now, transaction)
                    if row.tenure > held?.tenure ?? 1 {
                        try tenureEnded(row.key, row.tenure - 1, nil, in: name, now: now, transaction)
                    }
                    repaired.append(row.key)
                } else if let id = (try? JSON(parsing: Array(line)))?["none"]?.string {
                    guard id == asked else { throw ReadProblem.notMine }
                    guard let held = try transaction.row(name, generation: stream.generation, key: id) else { continue }
                    try leave(held, stub: [:], from: &stream, now: now, transaction)
                    repaired.append(id)
                } else {
                    throw ReadProblem.malformed("a line is not a row")
                }
            }
            try transaction.merge(SeenClocks.latest(in: page.lines, now: now), now: now)
            try transaction.putStream(stream)
            if !repaired.isEmpty {
                try transaction.addTray(
                    TrayRecord(
                        kind: .repair,
                        subject: name,
                        text: "\(repaired.count): " + repaired.prefix(10).joined(separator: " "),
                        at: now
                    )
                )
            }
            return repaired.count
        }
    }

    /// Re-hashes a chunk of rows after `key`: a byte changed on disk shows as a digest that no longer fits its row.
    ///
    /// What differs gets its true digest, so that the stream's digest differs from the office's and repair begins.
    /// Gives the key to go on after, nil at the end, and the keys found broken.
    public func rehash(stream name: String, after key: String, limit: Int) throws -> (next: String?, broken: [String]) {
        try store.write { transaction in
            var stream = try position(name, transaction)
            let rows = try transaction.rows(name, generation: stream.generation, after: key, limit: limit)
            var broken: [String] = []
            for var row in rows {
                let digest = SHA256.hash(row.bytes)
                guard digest != row.digest else { continue }
                stream.digest.subtract(row.digest)
                stream.digest.add(digest)
                row.digest = digest
                try transaction.putRow(name, generation: stream.generation, row)
                broken.append(row.key)
            }
            if !broken.isEmpty { try transaction.putStream(stream) }
            return (rows.count < limit ? nil : rows.last?.key, broken)
        }
    }
}
