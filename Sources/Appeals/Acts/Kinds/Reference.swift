package import CanonicalJSON

/// Kinds of the `reference` stream: departments, people, roles, the calendar. Each writes one entry.
extension Kinds {
    private static let administrators: [Party: Set<String>] = [.office: ["administrator"]]

    /// A department of the city, by its id; said again it replaces the name and the printed code, which is nobody else's.
    static let departmentPut = Kind(
        "department.put",
        parties: administrators,
        fields: [.required("department", .identifier), .required("name", .string), .optional("code", .string)],
        guards: { context in try context.requireOwnCode() },
        effects: { context throws(Refusal) in [.register("entry", .object(context.factValue(dropping: [])))] }
    )

    /// A person who works at a node; said of another department it is a move.
    ///
    /// Who moves loses every role but those that `keep` names, with a basis; given anew, they are in force again.
    /// Their phone and name are in the personal part, though every node reads `reference`: colleagues must find each
    /// other.
    static let personPut = Kind(
        "person.put",
        parties: administrators,
        fields: [
            .required("user", .identifier), .required("department", .identifier), .optional("position", .string),
            .optional(
                "keep",
                .array(.object([.required("department", .identifier), .required("role", .code(allRoles))]))
            ),
            .optional("basis", .string),
        ],
        personal: [.required("name", .string), .optional("phone", .string)],
        guards: { context in
            try context.requireDepartment()
            try context.requireKept()
        },
        effects: { context throws(Refusal) in
            let entry = Effect.register("entry", .object(context.factValue(dropping: ["keep", "basis"])))
            return [entry] + (context.move.map { [.register(RoleEntry.moved, $0)] } ?? [])
        }
    )

    /// A person works at this city's nodes no more: every role of theirs ends, what they did stays theirs.
    ///
    /// Recorded again they work again, without a role.
    static let personLeft = Kind(
        "person.left",
        parties: administrators,
        fields: [.required("user", .identifier), .required("reason", .string)],
        guards: { context in
            try context.requirePerson()
            try context.requireAnotherAdministrator()
        },
        effects: { context throws(Refusal) in [.register(RoleEntry.left, .object(context.factValue(dropping: [])))] }
    )

    /// Gives a person a role where they work; elsewhere with `substitution`, the basis on which they stand in, which may say from
    /// when and until when (R8).
    static let roleGranted = Kind(
        "role.granted",
        parties: administrators,
        fields: [
            .required("user", .identifier), .required("role", .code(allRoles)),
            .required("department", .identifier), .optional("substitution", .string), .optional("from", .date),
            .optional("through", .date),
        ],
        guards: { context in
            try context.requireBasisOfDays()
            try context.requireDepartment()
            try context.requireRoleOfPlace()
            try context.requireWorksThere(context.requirePerson())
        },
        effects: { context throws(Refusal) in [.register("granted", .object(context.factValue(dropping: [])))] }
    )

    /// Ends a role that is in force, but the last administrator's.
    ///
    /// Work that was done before its author could know of it waits for people; it is not refused.
    static let roleRevoked = Kind(
        "role.revoked",
        parties: administrators,
        fields: [
            .required("user", .identifier), .required("role", .code(allRoles)),
            .required("department", .identifier), .required("reason", .string),
        ],
        guards: { context in
            try context.requireInForce()
            if context.isOfAdministrator { try context.requireAnotherAdministrator() }
        },
        effects: { context throws(Refusal) in [.register("revoked", .object(context.factValue(dropping: [])))] }
    )

    /// An administrator named by whoever owns the directory of the stopped office, with the reason.
    ///
    /// No role is asked of its author, since there may be nobody who has one; who is named must be in the directory.
    static let administratorNamed = Kind(
        "administrator.named",
        parties: administrators,
        isOwners: true,
        fields: [
            .required("user", .identifier), .required("department", .identifier), .required("reason", .string),
        ],
        guards: { context in
            try context.requireOwner()
            try context.requirePerson()
            try context.requireReason()
        },
        effects: { context throws(Refusal) in
            var value = context.factValue(dropping: ["reason"])
            value["role"] = "administrator"
            value["owner"] = true
            value["substitution"] = context.body["reason"]
            return [.register("granted", .object(value))]
        }
    )

    /// A version of the calendar of working days, checked as a whole and written once; versions stand side by side.
    static let calendarPut = Kind(
        "calendar.put",
        parties: administrators,
        fields: [.required("calendar", .any)],
        guards: { context in try context.requireCalendar() },
        effects: { context throws(Refusal) in
            context.isCalendarThere ? [] : [.register("entry", .object(context.factValue(dropping: [])))]
        }
    )

    private static let forms = FieldType.code(Set(StreetEntry.Form.allCases.map(\.rawValue)))

    /// A street of the city: its name, what it was called, its district and houses that lie in another; the same again
    /// changes nothing.
    static let streetPut = Kind(
        "street.put",
        parties: administrators,
        fields: [
            .required("street", .identifier), .required("form", forms), .required("name", .string),
            .optional("district", .string),
            .optional(
                "former",
                .array(
                    .object([.required("name", .string), .optional("form", forms), .optional("until", .date)])
                )
            ),
            .optional(
                "houses",
                .array(
                    .object([
                        .required("from", .integer(1...99_999)), .optional("through", .integer(1...99_999)),
                        .optional("side", .code(Set(StreetEntry.Houses.Side.allCases.map(\.rawValue)))),
                        .required("district", .string),
                    ])
                )
            ),
        ],
        guards: { context in try context.requireStreet() },
        effects: { context throws(Refusal) in
            context.isStreetThere ? [] : [.register("entry", .object(context.factValue(dropping: [])))]
        }
    )

    /// The entry of `reference` that an operation writes.
    public static func referenceEntry(_ operation: Operation) -> String? {
        referenceEntry(operation.kind, operation.body)
    }

    /// The same of a kind and a body.
    package static func referenceEntry(_ kind: String, _ body: JSONObject) -> String? {
        func text(_ key: String) -> String { body[key]?.string ?? "" }
        switch kind {
        case "department.put": return "department/" + text("department")
        case "person.put", "person.left": return "person/" + text("user")
        case "role.granted", "role.revoked": return "role/\(text("department"))/\(text("user"))/\(text("role"))"
        case "administrator.named": return "role/\(text("department"))/\(text("user"))/administrator"
        case "street.put": return "street/" + text("street")
        case "calendar.put": return "calendar/" + (body["calendar"]?["version"]?.string ?? "")
        default: return nil
        }
    }
}
