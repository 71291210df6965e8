package import Appeals
import CanonicalJSON
package import Replication

/// Departments and people as they are typed: by id, or by a name as a reader would recognise it.
extension Desk {
    /// The directory of departments: ids, printed codes and names, whatever the case of their letters.
    package func departmentLookup(_ reading: any StoreReading) throws -> NameLookup {
        var known = try directory("department/", reading).flatMap { id, entry in
            [(id, id)] + ["code", "name"].compactMap { field in entry?[field]?.string.map { (id, $0) } }
        }
        if isOffice { known.append((place.node, place.node)) }
        return NameLookup(known.map { (id: $0.0, name: $0.1) })
    }

    /// The departments of the directory with their printed names, in the order of the names.
    package func departmentChoices() throws -> [(id: String, name: String)] {
        try read { reading in
            try directory("department/", reading).map { ($0.id, $0.entry?["name"]?.string ?? $0.id) }
                .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        }
    }

    /// The directory of people; their ids are logins, and never fold.
    package func personLookup(_ reading: any StoreReading) throws -> NameLookup {
        NameLookup(
            try directory("person/", reading).compactMap { id, entry in
                entry?["name"]?.string.map { (id: id, name: $0) }
            }
        )
    }

    /// Logins of all who have or had a role.
    package func loginsWithRoles(_ reading: any StoreReading) throws -> Set<String> {
        // `role/zhkg/petrenko/head`
        Set(
            try directory("role/", reading).compactMap { id, _ in
                id.split(separator: "/").dropFirst().first.map(String.init)
            }
        )
    }

    func directory(_ prefix: String, _ reading: any StoreReading) throws -> [(id: String, entry: JSON?)] {
        var found: [(id: String, entry: JSON?)] = [], after = ""
        while true {
            let page = try entries(prefix, after: after, limit: 500, reading)
            found += page.map { (id: String($0.id.dropFirst(prefix.count)), entry: $0.register("entry")) }
            guard page.count == 500, let last = page.last else { return found }
            after = last.id
        }
    }

    /// The id of the department that is meant; what fits none stays as it was typed, for the rules to refuse.
    package func department(_ typed: String, _ reading: any StoreReading) throws -> String {
        try Self.chosen(try departmentLookup(reading).find(typed), typed)
    }

    /// The login of the person who is meant; what fits none stays as it was typed, for the rules to refuse.
    ///
    /// Throws `ambiguousName` if a name fits several.
    package func person(_ typed: String, _ reading: any StoreReading) throws -> String {
        // A login is typed as it is.
        if Names.isIdentifier(typed) { return typed }
        return try Self.chosen(try personLookup(reading).find(typed), typed)
    }

    /// What was found; refused with all of them if there are several.
    package static func chosen(_ found: NameLookup.Found, _ typed: String) throws(DeskError) -> String {
        switch found {
        case .none: return typed
        case .one(let id): return id
        case .several(let ids):
            let list = ids.joined(separator: ", ")
            throw .usage(
                "ambiguousName",
                uk: "«\(typed)» — це і \(list); вкажіть id",
                en: "\"\(typed)\" fits \(list); give the id"
            )
        }
    }
}
