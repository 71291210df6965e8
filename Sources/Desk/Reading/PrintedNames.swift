import Appeals
import CanonicalJSON
package import Replication

/// Printed names of the people and departments that a page tells of, by their ids.
package struct PrintedNames {
    package let people: [String: String]
    package let departments: [String: String]

    /// By ids.
    package init(people: [String: String], departments: [String: String]) {
        self.people = people
        self.departments = departments
    }

    /// No names: everybody is called by their id.
    package static let none = PrintedNames(people: [:], departments: [:])

    /// The person's printed name, or the id where the directory has none.
    package func person(_ id: String) -> String { people[id] ?? id }
    /// The department's printed name, or the id where the directory has none.
    package func department(_ id: String) -> String { departments[id] ?? id }
}

extension Desk {
    /// The names of these people and departments in the directory as this node has it.
    package func names(
        of people: Set<String>,
        departments: Set<String> = [],
        _ reading: any StoreReading
    ) throws -> PrintedNames {
        func names(_ prefix: String, _ ids: Set<String>) throws -> [String: String] {
            var found: [String: String] = [:]
            for id in ids.sorted() where !id.isEmpty {
                found[id] = try entry(prefix + id, reading)?.register("entry")?["name"]?.string
            }
            return found
        }
        return PrintedNames(
            people: try names("person/", people),
            departments: try names("department/", departments)
        )
    }
}

extension ShownFact {
    /// The ids of the people whom a line of it names.
    package var people: Set<String> { Set([author?.user, decider?.user].compactMap(\.self)) }
}
