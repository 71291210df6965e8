import Appeals
import CanonicalJSON
package import Replication

/// What is kept from whoever reads: to a person complained against the appeal is not there (Art. 7), in any command; nor is
/// to a program that is limited to some departments what another has as the main executor.
///
/// Where nobody is named as the reader, anybody of this node may look on: then what is kept from one of
/// them is shown to none.
extension Desk {
    private var reader: String? { who.user }

    /// Whether an appeal about these persons is kept from the reader.
    package func isKept(_ persons: Set<String>, _ reading: any StoreReading) throws -> Bool {
        if persons.isEmpty { return false }
        if let reader { return persons.contains(reader) }
        return try persons.contains { try !entries("role/\(place.node)/\($0)/", limit: 1, reading).isEmpty }
    }

    /// Whether this appeal is kept from the reader, by what is confirmed or by own work over it.
    package func isKept(_ id: String, _ reading: any StoreReading) throws -> Bool {
        let spaces = try spaces(reading)
        let row = try reading.row(spaces.appeals, generation: spaces.appealsGeneration, key: id)
        let view = try place.department.flatMap { try $0.view(id, reading, now: now).0 }
        if !who.departments.isEmpty {
            guard let columns = view.map({ RowColumns($0) }) ?? row?.columns, isWithin(columns) else { return true }
        }
        return try isKept(Set(row?.columns.barred ?? []).union(view.map { Complaint($0).persons } ?? []), reading)
    }

    /// Whether a row is of the departments to which whoever reads is limited.
    func isWithin(_ columns: RowColumns) -> Bool {
        who.departments.isEmpty || who.departments.contains(columns.main)
    }

    /// Whether something about an appeal, or about an operation on one, is kept from the reader.
    package func isKept(subject: String, _ reading: any StoreReading) throws -> Bool {
        if Names.isAppeal(subject) { return try isKept(subject, reading) }
        guard let write = WriteName(subject) else { return false }
        return try reading.operation(write.origin, write.number)?.appeal.map { try isKept($0, reading) } ?? false
    }

    /// All people who have, or had, a role at this node.
    private func people(_ reading: any StoreReading) throws -> [String] {
        let prefix = "role/\(place.node)/"
        var people: [String] = [], after = ""
        while true {
            let page = try entries(prefix, after: after, limit: 500, reading)
            for entry in page {
                let user = entry.id.dropFirst(prefix.count).prefix { $0 != "/" }
                if people.last.map({ $0 != user }) ?? true { people.append(String(user)) }
            }
            guard page.count == 500, let last = page.last else { return people }
            after = last.id
        }
    }

    // MARK: lists and counts

    /// From whom lists and counts keep what is about them: from the reader, or from all people of the node.
    func hiddenFrom(_ reading: any StoreReading) throws -> [String] { try reader.map { [$0] } ?? people(reading) }

    /// The appeals that the reader may know of, in this snapshot.
    package func listed(_ reading: any StoreReading) throws -> ListedRows { try ListedRows(self, reading) }

    /// How many appeals are kept from the reader.
    package func kept(_ reading: any StoreReading) throws -> Int64 { try listed(reading).kept() }
}
