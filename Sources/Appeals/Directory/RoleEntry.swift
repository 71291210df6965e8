import CanonicalJSON

/// A role that somebody was given, and how it ended: by the entry of the role, and by that of its person.
///
/// Who leaves loses every role; who moves loses those that the act did not keep by name. Given again, it is in force again.
public struct RoleEntry: Sendable {
    /// Why a role is in force no more.
    public enum Ending: Sendable, Equatable, CaseIterable { case revoked, left, moved }

    /// The register of the person's entry that a move writes: `from`, `to`, `kept` with its `basis`.
    static let moved = "moved"
    /// The register of the person's entry that leaving writes.
    static let left = "left"

    /// The grant: who gave it, and in whose stead.
    public let granted: Item
    /// The earliest end after the grant, and its commit; nil while the role is in force.
    public let end: (how: Ending, commit: Int64)?

    /// Reads an entry `role/DEPARTMENT/USER/ROLE` and what the directory has of its person; nil if it was never granted.
    public init?(_ role: Aggregate, person: Aggregate?) {
        guard let granted = role[.registers, "granted"] else { return nil }
        self.granted = granted
        var ends: [(how: Ending, commit: Int64)] = []
        if let item = role[.registers, "revoked"] { ends.append((.revoked, item.commit)) }
        if let item = person?[.registers, Self.left] { ends.append((.left, item.commit)) }
        if let item = person?[.registers, Self.moved], !Self.keeps(item, role.id) { ends.append((.moved, item.commit)) }
        end = ends.filter { $0.commit > granted.commit }.min { $0.commit < $1.commit }
    }

    /// Whether the person has the role now.
    public var isInForce: Bool { end == nil }

    /// The entry of a role.
    public static func key(_ user: String, _ role: String, in department: String) -> String {
        "role/\(department)/\(user)/\(role)"
    }

    /// The person's entry that an entry of a role is about; nil if it is none of a role.
    public static func person(ofRole key: String) -> String? {
        let parts = key.split(separator: "/")
        return parts.count == 4 && parts[0] == "role" ? "person/" + parts[2] : nil
    }

    /// Whether the person of this entry works here no more.
    public static func hasLeft(_ person: Aggregate) -> Bool {
        (person[.registers, left]?.commit ?? -1) > (person[.registers, "entry"]?.commit ?? -1)
    }

    private static func keeps(_ move: Item, _ key: String) -> Bool {
        let user = key.split(separator: "/").dropFirst(2).first.map(String.init) ?? ""
        return (move.value["kept"]?.array ?? []).contains { kept in
            Self.key(user, kept["role"]?.string ?? "", in: kept["department"]?.string ?? "") == key
        }
    }
}
