import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// A row that became no card.
struct ImportReject {
    let row: Int
    let key: String
    let reasons: [String]
    /// Its values in the order of the columns, or an item of a JSON text; null where they may not be kept.
    let content: JSON

    /// As the command tells it, with the content of its row.
    init(_ told: JSON, content: JSON) {
        row = Int(told["row"]?.integer ?? 0)
        key = told["key"]?.string ?? ""
        reasons = (told["reasons"]?.array ?? []).compactMap(\.string)
        self.content = content
    }

    /// As `record` keeps it.
    init(_ record: LocalRecord) throws {
        let value = try JSON(parsing: record.bytes, limits: .general)
        self.init(value, content: value["content"] ?? .null)
    }

    /// As `RejectedFile` reads it.
    var json: JSON {
        [
            "row": .integer(Int64(row)), "key": .string(key), "reasons": .array(reasons.map(JSON.string)),
            "content": content,
        ]
    }

    /// As the store keeps it: it goes with the appeal of its key, and nothing of an appeal that was erased comes back.
    func record(of job: ImportJob, _ reading: any StoreReading) throws -> LocalRecord {
        let appeal = job.card(key)
        var kept = self
        if let appeal, try reading.isErased(appeal) { kept = ImportReject(json, content: .null) }
        return job.record(
            ImportJob.key(job.rejects, row),
            appeals: [appeal].compactMap(\.self),
            kept.json.canonicalBytes()
        )
    }
}

/// What is wrong with a row, by the field that it is about.
struct ImportFault {
    let words: String
    /// The field of the card; nil where it is about the whole row.
    let field: ImportField?
    /// The columns that the mapping makes the field of.
    let columns: [String]

    /// A reason as the command tells it: it begins with the name of its field, or tells of the key.
    init(_ reason: String, _ mapping: ImportMapping?) {
        let name = reason.prefix { $0.isASCII && $0.isLetter }
        field = ImportField(rawValue: String(name))
        if let field {
            words = String(reason.dropFirst(name.count).drop { ": —".contains($0) })
            columns = mapping?.fields[field]?.columns ?? []
        } else {
            words = reason
            columns = [mapping?.key].compactMap(\.self).filter { reason.contains("\"\($0)\"") }
        }
    }
}
