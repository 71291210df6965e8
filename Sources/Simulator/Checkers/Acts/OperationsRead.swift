import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// What the judges read of operations and rows, once for the same bytes: parsing is what takes their time.
struct OperationsRead {
    /// Of an operation what most judges ask.
    struct Short {
        let tokens: Set<String>
        /// The name of the fact that it adds, if it adds one whatever else happens.
        let fact: String?
    }
    private var known: [String: (bytes: [UInt8], short: Short)] = [:]
    private var signed: [String: SignedOperation] = [:]
    private var aggregates: [SHA256Digest: Appeals.Aggregate] = [:]

    /// What is read of an operation; what was read of other bytes under its id does not count.
    mutating func operation(_ record: OperationRecord) throws -> Short {
        if let found = known[record.id], found.bytes == record.bytes { return found.short }
        let short = try Self.read(record)
        known[record.id] = (record.bytes, short)
        return short
    }

    /// The whole of an operation.
    mutating func signed(_ record: OperationRecord) throws -> SignedOperation {
        if let found = signed[record.id], found.bytes == record.bytes { return found }
        let read = try SignedOperation(stored: record.bytes)
        signed[record.id] = read
        return read
    }

    /// The aggregate of a row, whatever its digest says.
    mutating func aggregate(_ row: Row) throws -> Appeals.Aggregate {
        if let found = aggregates[row.digest], found.bytes == row.bytes { return found }
        let read = try row.aggregate()
        if aggregates.count > 1_000 { aggregates = [:] }
        aggregates[row.digest] = read
        return read
    }

    /// Parses once; later calls compare bytes.
    private static func read(_ record: OperationRecord) throws -> Short {
        let kinds = [
            "note.added": "note", "feedback.recorded": "feedback", "answer.drafted": "answer",
            "document.recorded": "document", "answer.dispatched": "dispatch",
        ]
        let tokens = Tokens.said(in: record.bytes)
        guard let fact = kinds[record.kind], !record.bytes.isEmpty else { return Short(tokens: tokens, fact: nil) }
        let body = try JSON(parsing: record.bytes)["body"]
        guard let body else { return Short(tokens: tokens, fact: nil) }
        let entity = body["assignment"]?.string.map { "@" + $0 } ?? ""
        return Short(tokens: tokens, fact: "\(fact)\(entity) \(record.origin):\(record.number)")
    }
}
