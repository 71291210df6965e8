import Appeals
package import CanonicalJSON
package import Replication

/// What of the directory a history is about.
package enum DirectorySubject: Equatable, Sendable {
    case everything
    /// One entry, by its key: `department/zhkg`.
    case entry(String)
    /// A person with all their roles, by id.
    case person(String)

    func contains(_ key: String) -> Bool {
        switch self {
        case .everything: true
        case .entry(let entry): key == entry
        case .person(let user):
            key == "person/" + user
                || key.hasPrefix("role/") && key.split(separator: "/").dropFirst(2).first == user[...]
        }
    }
}

/// One act on the directory.
package struct DirectoryAct {
    /// `urz#5b1e90c2:12`.
    package let write: String
    package let kind: String
    /// The entry that it wrote: `role/zhkg/petrenko/head`.
    package let key: String
    /// Who did it; empty if the owner of the node's directory did.
    package let user: String
    /// Unix milliseconds.
    package let at: Int64
    /// What it says, its personal part too.
    package let fields: JSONObject

    /// Nil of what is no act on the directory, was refused, or was erased.
    init?(_ record: OperationRecord) throws {
        guard record.appeal == nil, record.status == .accepted, !record.bytes.isEmpty else { return nil }
        let line = try JSON(parsing: record.bytes, limits: Limits.operationJSON)
        var fields = line["body"]?.object ?? JSONObject()
        guard let key = Kinds.referenceEntry(record.kind, fields) else { return nil }
        for (name, value) in line["personal"]?.object?.members ?? [] { fields[name] = value }
        write = "\(record.origin):\(record.number)"
        kind = record.kind
        self.key = key
        user = line["operation"]?["actor"]?["user"]?.string ?? ""
        at = record.at
        self.fields = fields
    }
}

/// A page of what was done to the directory, the latest first.
package struct DirectoryHistory {
    package let acts: [DirectoryAct]
    /// Where the next page begins; nil at the end.
    package let next: OperationPlace?
    package let names: PrintedNames
}

extension Desk {
    /// How many operations a page of a history looks through at most, so that a page of a rare entry ends.
    private static let historyLooks = 20_000

    /// At most `limit` acts on the directory before a place; empty at a department, whose log has only its own work.
    ///
    /// A page may have fewer acts and still a next one: what is looked through at once is limited.
    package func directoryHistory(
        of subject: DirectorySubject = .everything,
        before: OperationPlace? = nil,
        limit: Int
    ) throws -> DirectoryHistory {
        try read { reading in
            var acts: [DirectoryAct] = [], place = before, looked = 0
            while isOffice, looked < Self.historyLooks {
                let page = try reading.operationsOfNoAppeal(before: place, limit: 500)
                for record in page {
                    place = OperationPlace(record)
                    looked += 1
                    if let act = try DirectoryAct(record), subject.contains(act.key) { acts.append(act) }
                    if acts.count == limit { break }
                }
                if acts.count == limit { break }
                if page.count < 500 {
                    place = nil
                    break
                }
            }
            return DirectoryHistory(
                acts: acts,
                next: isOffice ? place : nil,
                names: try names(of: Set(acts.flatMap { [$0.user, $0.fields["user"]?.string ?? ""] }), reading)
            )
        }
    }
}

extension OperationPlace {
    /// `7.urz#5b1e90c2:12`, for an address.
    package var text: String { "\(commit).\(write)" }

    /// As `text` writes it; nil if it is not of that form.
    package init?(text: String) {
        let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, let commit = Int64(parts[0]), let write = WriteName(parts[1]) else { return nil }
        self.init(commit: commit, write: write)
    }
}
