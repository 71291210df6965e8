import Appeals
import CanonicalJSON
import Cryptography

/// What the office's rows of a stream have that a reader's have not: the sums mod 2^256 and the counts, subtracted.
///
/// It does not depend on the rows that both have: while only other rows change it stays the same.
struct Difference: Equatable, Sendable {
    let sum: SHA256Digest
    let rows: Int64

    /// Nil if there is none.
    init?(office sum: SHA256Digest, _ rows: Int64, own: StreamRecord) {
        var sum = sum
        sum.subtract(own.digest)
        self.sum = sum
        self.rows = rows - own.rows
        if sum == .zero, self.rows == 0 { return nil }
    }

    /// As it is kept: the same difference gives the same text.
    var text: String { "\(sum.hex) \(rows)" }
}

/// A comparison of a stream's rows that is under way.
struct Comparison: Equatable, Sendable {
    let difference: Difference
    /// Rows repaired since it began.
    var repaired = 0
}

/// The line of `receipts` by which a reader tells of a difference that a comparison did not mend.
package struct ToldDifference: Equatable, Sendable {
    /// How the alarm ends that it leaves at the reader and at the office.
    package static let inVain = "a comparison mended nothing"

    let stream: String
    /// `sum rows`, as the reader keeps it.
    let text: String

    /// The line about a difference that stayed.
    init(_ difference: Difference, of stream: String) {
        self.stream = stream
        text = difference.text
    }

    /// Nil if the line is another one.
    init?(_ line: [UInt8]) {
        let json: JSON
        do { json = try JSON(parsing: line) } catch { return nil }
        guard let differs = json["differs"], let stream = differs["stream"]?.string,
            let sum = differs["sum"]?.string, SHA256Digest(hex: sum) != nil, let rows = differs["rows"]?.integer
        else { return nil }
        self.stream = stream
        text = "\(sum) \(rows)"
    }

    var line: [UInt8] {
        let parts = text.split(separator: " ")
        let object: JSON = [
            "differs": [
                "stream": .string(stream), "sum": .string(parts.first.map(String.init) ?? ""),
                "rows": .integer(parts.last.flatMap { Int64($0) } ?? 0),
            ]
        ]
        return object.canonicalBytes()
    }
}

extension Department {
    /// How the rows differ from what the office says of its head, unless a comparison already found that it cannot mend
    /// just this.
    func news(_ reply: JSONObject, of stream: StreamRecord, _ transaction: any StoreTransaction) throws -> Difference? {
        guard let sum = reply["digest"]?.string.flatMap({ SHA256Digest(hex: $0) }), let rows = reply["rows"]?.integer
        else { throw ReadProblem.malformed("the last line of a pull at the head lacks the digest") }
        let kept = Values.difference(stream.name)
        let known = try transaction.value(kept)
        guard let difference = Difference(office: sum, rows, own: stream) else {
            if known != nil { try transaction.setValue(kept, nil) }
            return nil
        }
        return difference.text == known ? nil : difference
    }

    /// Differences that the office was not told of yet, in order; at most one a stream.
    func differencesToTell(_ reading: any StoreReading, limit: Int) throws -> [TrayRecord] {
        try reading.tray(kind: .differs, after: 0, limit: limit)
    }

    /// A whole comparison mended nothing: one alarm here and one at the office, and nothing is asked again while it stays.
    func remember(_ difference: Difference, of stream: String, now: Int64) throws {
        try store.write { transaction in
            try transaction.setValue(Values.difference(stream), difference.text)
            try transaction.addTray(
                TrayRecord(
                    kind: .alarm,
                    subject: stream,
                    text: "the rows differ from the office's by \(difference.rows), and \(ToldDifference.inVain)",
                    at: now
                )
            )
            let told = ToldDifference(difference, of: stream)
            // Of two differences that wait the newer one is enough.
            for item in try differencesToTell(transaction, limit: rules.sizes.chunk) where item.subject == stream {
                try transaction.deleteTray(item.id)
            }
            try transaction.addTray(
                TrayRecord(kind: .differs, subject: stream, text: told.text, bytes: told.line, at: now)
            )
        }
    }
}

extension Office {
    /// Takes the lines that tell of differences out of a page of receipts.
    static func differences(in lines: [ArraySlice<UInt8>]) -> (told: [ToldDifference], others: [ArraySlice<UInt8>]) {
        var told: [ToldDifference] = []
        var others: [ArraySlice<UInt8>] = []
        for line in lines {
            if let difference = ToldDifference(Array(line)) { told.append(difference) } else { others.append(line) }
        }
        return (told, others)
    }

    /// One alarm for each stream and difference of a reader; if a reader keeps reporting new ones, once a day.
    func note(_ told: [ToldDifference], of peer: String, _ transaction: any StoreTransaction, now: Int64) throws {
        for difference in told where Self.streams(of: peer).contains(difference.stream) {
            let kept = Values.differenceTold(peer, difference.stream)
            if let former = try transaction.value(kept),
                former.text == difference.text || now - former.at < ReplicationLimits.differenceTold
            {
                continue
            }
            try transaction.setValue(kept, (now, difference.text))
            try transaction.addTray(
                TrayRecord(
                    kind: .alarm,
                    subject: "\(peer) \(difference.stream)",
                    text: "the rows differ from what this office says of them, and \(ToldDifference.inVain)",
                    at: now
                )
            )
        }
    }
}
