import Appeals
import CanonicalJSON
import Cryptography

/// The office's background check of its own rows: recorded digests and sums are made to fit the rows again.
extension Office {
    /// The spaces that a whole pass goes over.
    public func spaces() throws -> [String] {
        var spaces = [Space.appeals]
        try eachStream { if !$0.hasPrefix("slice:") { spaces.append($0) } }
        return spaces
    }

    /// Re-hashes a chunk of rows after `key`; gives the key to go on after, nil at the end, and the keys found broken.
    ///
    /// A row whose own bytes changed on the disk is put before the operator: the digest is right, and nobody here has the
    /// bytes. A recorded digest of a slice that does not fit what a reader of it would fetch is replaced by the true one,
    /// so that the readers' comparison ends.
    public func rehash(
        _ space: String,
        after key: String,
        limit: Int,
        now: Int64
    ) throws -> (next: String?, broken: [String]) {
        var wrong: [String] = []
        let (rows, broken) = try store.read { reading in
            let rows = try reading.rows(space, generation: 0, after: key, limit: limit)
            let broken = rows.filter { SHA256.hash($0.bytes) != $0.digest }.map(\.key)
            if space == Space.appeals {
                for row in rows where !broken.contains(row.key) {
                    if try !misrecorded(row.key, reading).isEmpty { wrong.append(row.key) }
                }
            }
            return (rows, broken)
        }
        for key in wrong { try record(key, now: now) }
        try alarm(space, broken, among: rows, now: now)
        return (rows.count < limit ? nil : rows.last?.key, broken)
    }

    /// Recomputes sums of streams that do not fit their rows.
    public func resum(now: Int64) throws {
        try eachStream { name in
            guard try store.read({ try sum(of: name, $0) != nil }) else { return }
            try store.write { transaction in
                guard let (count, sum) = try sum(of: name, transaction), var stream = try transaction.stream(name)
                else {
                    return
                }
                stream.rows = count
                stream.digest = sum
                try transaction.putStream(stream)
                try transaction.addTray(
                    TrayRecord(kind: .repair, subject: name, text: "the sum of \(count) rows was wrong", at: now)
                )
            }
        }
    }

    /// Count and sum of a stream's rows, if its record differs.
    private func sum(of name: String, _ reading: any StoreReading) throws -> (count: Int64, sum: SHA256Digest)? {
        guard let stream = try reading.stream(name) else { return nil }
        let whole =
            try name.hasPrefix("slice:")
            ? reading.tenureRange(name, from: "", to: "") : reading.range(name, generation: 0, from: "", to: "")
        return whole.count == stream.rows && whole.sum == stream.digest ? nil : whole
    }

    /// The open tenures of an appeal whose digest is not that of what their readers may see, with the true one.
    ///
    /// Not those of a former projection: they go out anew, each with the receipt of what it showed.
    private func misrecorded(
        _ key: String,
        _ reading: any StoreReading
    ) throws -> [(tenure: TenureRecord, digest: SHA256Digest)] {
        guard let row = try reading.row(Space.appeals, generation: 0, key: key)?.aggregate() else { return [] }
        let projection = try ProjectionInForce(self, reading).published
        return try reading.tenures(key: key).filter { $0.isOpen && $0.projection == projection.version }
            .compactMap { tenure in
                guard let view = View(department: Space.reader(of: tenure.stream), text: tenure.view) else {
                    return nil
                }
                let digest = SHA256.hash(view.project(row, by: [projection]).bytes)
                return digest == tenure.digest ? nil : (tenure, digest)
            }
    }

    private func record(_ key: String, now: Int64) throws {
        try store.write { transaction in
            for (former, digest) in try misrecorded(key, transaction) {
                guard var stream = try transaction.stream(former.stream) else { continue }
                var tenure = former
                stream.digest.subtract(former.digest)
                stream.digest.add(digest)
                tenure.digest = digest
                try transaction.putTenure(tenure)
                try transaction.putStream(stream)
                try transaction.addTray(
                    TrayRecord(kind: .repair, subject: former.stream, text: "1: \(key)", at: now)
                )
            }
        }
    }

    /// One alarm for each row whose bytes changed, until they fit their digest again.
    private func alarm(_ space: String, _ broken: [String], among rows: [Row], now: Int64) throws {
        let known = try store.read { reading in
            Set(try rows.map(\.key).filter { try reading.value(Values.broken(space, $0)) != nil })
        }
        guard known != Set(broken) else { return }
        try store.write { transaction in
            for row in rows {
                let alarmed = Values.broken(space, row.key)
                let isBroken =
                    try transaction.row(space, generation: 0, key: row.key)
                    .map { SHA256.hash($0.bytes) != $0.digest } ?? false
                let isKnown = try transaction.value(alarmed) != nil
                if isBroken == isKnown { continue }
                try transaction.setValue(alarmed, isBroken ? true : nil)
                guard isBroken else { continue }
                try transaction.addTray(
                    TrayRecord(
                        kind: .alarm,
                        subject: row.key,
                        text: "a row of \(space) changed on the disk: restore it from a backup",
                        at: now
                    )
                )
            }
        }
    }
}
