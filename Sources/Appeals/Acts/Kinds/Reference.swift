import CanonicalJSON

/// Kinds of the `reference` stream: departments, people, roles, the calendar. Each writes one entry.
extension Kinds {
    private static let administrators: [Party: Set<String>] = [.office: ["administrator"]]

    /// A department of the city, by its id; said again it replaces the name and the printed code.
    static let departmentPut = Kind(
        "department.put",
        parties: administrators,
        fields: [.required("department", .identifier), .required("name", .string), .optional("code", .string)],
        effects: { context throws(Refusal) in [.register("entry", .object(context.factValue(dropping: [])))] }
    )

    /// A person who works at a node.
    ///
    /// Their phone and name are in the personal part, though every node reads `reference`: colleagues must find each
    /// other.
    static let personPut = Kind(
        "person.put",
        parties: administrators,
        fields: [.required("user", .identifier), .required("department", .identifier), .optional("position", .string)],
        personal: [.required("name", .string), .optional("phone", .string)],
        effects: { context throws(Refusal) in [.register("entry", .object(context.factValue(dropping: [])))] }
    )

    /// Gives a person a role, at the office or in a department; with `substitution` as somebody's stand-in (R8).
    static let roleGranted = Kind(
        "role.granted",
        parties: administrators,
        fields: [
            .required("user", .identifier), .required("role", .code(officeRoles.union(departmentRoles))),
            .required("department", .identifier), .optional("substitution", .string),
        ],
        effects: { context throws(Refusal) in [.register("granted", .object(context.factValue(dropping: [])))] }
    )

    /// Ends a role.
    ///
    /// Work that was done before its author could know of it waits for people; it is not refused.
    static let roleRevoked = Kind(
        "role.revoked",
        parties: administrators,
        fields: [
            .required("user", .identifier), .required("role", .code(officeRoles.union(departmentRoles))),
            .required("department", .identifier), .required("reason", .string),
        ],
        effects: { context throws(Refusal) in [.register("revoked", .object(context.factValue(dropping: [])))] }
    )

    /// A version of the calendar of working days, checked as a whole; versions stand side by side.
    static let calendarPut = Kind(
        "calendar.put",
        parties: administrators,
        fields: [.required("calendar", .any)],
        guards: { context in
            do { _ = try WorkingCalendar(json: context.body["calendar"] ?? .null) } catch {
                throw Refusal(.wrongType, path: "body.calendar")
            }
        },
        effects: { context throws(Refusal) in [.register("entry", .object(context.factValue(dropping: [])))] }
    )

    /// The entry of `reference` that an operation writes.
    public static func referenceEntry(_ operation: Operation) -> String? {
        let body = operation.body
        func text(_ key: String) -> String { body[key]?.string ?? "" }
        switch operation.kind {
        case "department.put": return "department/" + text("department")
        case "person.put": return "person/" + text("user")
        case "role.granted", "role.revoked": return "role/\(text("department"))/\(text("user"))/\(text("role"))"
        case "calendar.put": return "calendar/" + (body["calendar"]?["version"]?.string ?? "")
        default: return nil
        }
    }
}
