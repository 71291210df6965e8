import Appeals
import CanonicalJSON
import Replication

/// What the judges read of an operation's line, once for each: parsing is what takes their time.
struct OperationsRead {
    struct Short {
        let tokens: Set<String>
        /// The name of the fact that it adds, if it adds one whatever else happens.
        let fact: String?
    }
    private var known: [String: Short] = [:]

    /// Nothing is left of an operation whose content was erased.
    mutating func operation(_ record: OperationRecord) throws -> Short {
        // What was stripped is much shorter than what was written.
        let key = record.id + (record.bytes.count < 200 ? "" : String(record.bytes.count))
        if let short = known[key] { return short }
        let short = try Self.read(record)
        known[key] = short
        return short
    }

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
