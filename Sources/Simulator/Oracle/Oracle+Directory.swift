import Appeals
import CanonicalJSON
import Replication

/// The directory said once more, from its rows alone: who works where, which roles are in force, what an act may become.
struct DirectoryFile {
    /// Rows of `reference` by key.
    let entries: [String: Appeals.Aggregate]

    private static let places: [String: [String]] = [
        "office": ["administrator", "inspector", "leader", "registrar", "specialist"],
        "department": ["clerk", "deputy", "executor", "head", "inspector"],
    ]

    /// The commit at which a role that was granted ended: it was taken away, its person left, or moved without keeping it.
    static func end(ofRole entry: Appeals.Aggregate, person: Appeals.Aggregate?) -> Int64? {
        let parts = entry.id.split(separator: "/").map(String.init)
        let granted = entry[.registers, "granted"]?.commit ?? 0
        var ends = [entry[.registers, "revoked"]?.commit, person?[.registers, "left"]?.commit].compactMap(\.self)
        if let move = person?[.registers, "moved"] {
            let isKept = (move.value["kept"]?.array ?? []).contains {
                $0["department"]?.string == parts[1] && $0["role"]?.string == parts[3]
            }
            if !isKept { ends.append(move.commit) }
        }
        return ends.filter { $0 > granted }.min()
    }

    private func has(_ user: String, _ role: String, _ department: String) -> Bool {
        guard let entry = entries["role/\(department)/\(user)/\(role)"], entry[.registers, "granted"] != nil else {
            return false
        }
        return Self.end(ofRole: entry, person: entries["person/" + user]) == nil
    }

    private func isThere(_ department: String) -> Bool {
        department == "office" || entries["department/" + department] != nil
    }

    /// Where somebody works, or why they do not.
    private func works(_ user: String) -> (department: String?, reason: Reason?) {
        guard let person = entries["person/" + user], let entry = person[.registers, "entry"] else {
            return (nil, .unknownPerson)
        }
        let left = person[.registers, "left"]?.commit ?? 0
        return (entry.value["department"]?.string, left > entry.commit ? .personLeft : nil)
    }

    /// Whether nobody else is an administrator while this person is one.
    private func isLast(_ user: String) -> Bool {
        guard has(user, "administrator", "office") else { return false }
        let others = entries.keys.compactMap { key -> String? in
            let parts = key.split(separator: "/").map(String.init)
            return parts.count == 4 && parts[0] == "role" && parts[3] == "administrator" ? parts[2] : nil
        }
        return !others.contains { $0 != user && has($0, "administrator", "office") }
    }

    /// Every administrator in force.
    var administrators: [String] {
        entries.keys.compactMap { key in
            let parts = key.split(separator: "/").map(String.init)
            guard parts.count == 4, parts[0] == "role", parts[3] == "administrator" else { return nil }
            return has(parts[2], parts[3], parts[1]) ? parts[2] : nil
        }
    }

    /// The roles in force where their person does not work, without a basis.
    var unfounded: [String] {
        entries.values.compactMap { entry in
            let parts = entry.id.split(separator: "/").map(String.init)
            guard parts.count == 4, parts[0] == "role", has(parts[2], parts[3], parts[1]) else { return nil }
            let basis = entry[.registers, "granted"]?.value["substitution"]?.string ?? ""
            let kept = entries["person/" + parts[2]]?[.registers, "moved"]?.value["kept"]?.array ?? []
            let isKept = kept.contains { $0["department"]?.string == parts[1] && $0["role"]?.string == parts[3] }
            return works(parts[2]).department == parts[1] || !basis.isEmpty || isKept ? nil : entry.id
        }.sorted()
    }

    /// The refusal that the directory demands of an act; nil if there is none.
    ///
    /// Of the calendar nothing is said.
    func refusal(_ operation: Operation) -> Reason? {
        func field(_ name: String) -> String { operation.body[name]?.string ?? "" }
        let user = field("user"), department = field("department"), role = field("role")
        switch operation.kind {
        case "role.granted":
            if !isThere(department) { return .unknownDepartment }
            let place = department == "office" ? "office" : "department"
            if Self.places[place]?.contains(role) != true { return .roleOfAnotherPlace }
            if let reason = works(user).reason { return reason }
            return works(user).department == department || !field("substitution").isEmpty ? nil : .worksElsewhere
        case "role.revoked":
            if !has(user, role, department) { return .roleNotInForce }
            return role == "administrator" && department == "office" && isLast(user) ? .lastAdministrator : nil
        case "person.left": return works(user).reason ?? (isLast(user) ? .lastAdministrator : nil)
        case "person.put":
            if !isThere(department) { return .unknownDepartment }
            let isMove = works(user).reason == nil && works(user).department != department
            let kept = operation.body["keep"]?.array ?? []
            for role in kept {
                guard isMove else { return .staysThere }
                let (name, place) = (role["role"]?.string ?? "", role["department"]?.string ?? "")
                if !has(user, name, place) { return .roleNotInForce }
            }
            let staysChief = kept.contains { $0["role"] == "administrator" && $0["department"] == "office" }
            return isMove && !staysChief && isLast(user) ? .lastAdministrator : nil
        case "department.put":
            let wanted = [department] + [operation.body["code"]?.string].compactMap(\.self)
            let taken = entries.keys.filter { $0.hasPrefix("department/") && $0 != "department/" + department }
                .contains { key in
                    let id = String(key.dropFirst("department/".count))
                    let code = entries[key]?[.registers, "entry"]?.value["code"]?.string
                    return wanted.contains { $0.lowercased() == code?.lowercased() }
                        || wanted.dropFirst().contains { $0.lowercased() == id }
                }
            return taken ? .codeTaken : nil
        default: return nil
        }
    }
}
