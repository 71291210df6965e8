import CanonicalJSON

/// What an act on the directory must leave true; each refuses with the id that is wrong.
extension KindContext {
    private var user: String { body["user"]?.string ?? "" }
    private var department: String { body["department"]?.string ?? "" }
    private var role: String { body["role"]?.string ?? "" }

    /// There is such a department; the office is one of its own.
    func requireDepartment() throws {
        guard try department == world.office || world.departmentExists(department) else {
            throw Refusal(.unknownDepartment, path: department)
        }
    }

    /// There is such a person, who has not left.
    @discardableResult
    func requirePerson() throws -> Aggregate {
        guard let person = try world.referenceEntry("person/" + user), person.register("entry") != nil else {
            throw Refusal(.unknownPerson, path: user)
        }
        guard !RoleEntry.hasLeft(person) else { throw Refusal(.personLeft, path: user) }
        return person
    }

    /// The office has its roles, and departments have theirs.
    func requireRoleOfPlace() throws {
        let roles = department == world.office ? Kinds.officeRoles : Kinds.departmentRoles
        guard roles.contains(role) else { throw Refusal(.roleOfAnotherPlace, path: role) }
    }

    /// Nobody has a role where they do not work, unless there is a basis for it.
    func requireWorksThere(_ person: Aggregate) throws {
        let works = person.register("entry")?["department"]?.string
        let isBased = body["substitution"]?.string.map { !Sameness.folded($0).isEmpty } ?? false
        guard works == department || isBased else { throw Refusal(.worksElsewhere, path: works ?? "") }
    }

    /// Days are those of a basis, and in their order.
    func requireBasisOfDays() throws(Refusal) {
        let (from, through) = (body["from"]?.string, body["through"]?.string)
        guard from != nil || through != nil else { return }
        guard let basis = body["substitution"]?.string, !Sameness.folded(basis).isEmpty else {
            throw Refusal(.missingField, path: "body.substitution")
        }
        // Days are written so that their order is that of their texts.
        if let from, let through, through < from { throw Refusal(.datesDisorder, path: "body.through") }
    }

    /// Only what is in force can end.
    func requireInForce(_ role: String, in department: String) throws {
        guard try isInForce(RoleEntry.key(user, role, in: department)) else {
            throw Refusal(.roleNotInForce, path: "\(department)/\(role)")
        }
    }

    /// The role that the act names is in force where it says.
    func requireInForce() throws { try requireInForce(role, in: department) }

    /// Whether the act is about the role of an administrator.
    var isOfAdministrator: Bool { role == "administrator" && department == world.office }

    private func isInForce(_ key: String) throws -> Bool {
        guard let entry = try world.referenceEntry(key) else { return false }
        let person = try RoleEntry.person(ofRole: key).flatMap { try world.referenceEntry($0) }
        return RoleEntry(entry, person: person)?.isInForce ?? false
    }

    /// Somebody else is an administrator, if this person is one: nobody could ever name another.
    func requireAnotherAdministrator() throws {
        let suffix = "/administrator"
        let own = RoleEntry.key(user, "administrator", in: world.office)
        guard try isInForce(own) else { return }
        let isAnother = try world.referenceEntries("role/\(world.office)/").contains {
            try $0.id.hasSuffix(suffix) && $0.id != own && isInForce($0.id)
        }
        guard isAnother else { throw Refusal(.lastAdministrator, path: user) }
    }

    /// The act is of the owner of the directory, and about the office's own administrators.
    func requireOwner() throws(Refusal) {
        guard operation.actor.via == .owner else { throw Refusal(.notAuthorised, path: "operation.actor.via") }
        guard department == world.office else { throw Refusal(.roleOfAnotherPlace, path: department) }
    }

    /// Why it is done is said.
    func requireReason() throws(Refusal) {
        guard let reason = body["reason"]?.string, !Sameness.folded(reason).isEmpty else {
            throw Refusal(.missingField, path: "body.reason")
        }
    }

    // MARK: who moves

    /// The department that the person leaves by this act; nil if they stay where they are, or are new.
    var movesFrom: String? {
        guard let works = appeal.register("entry")?["department"]?.string, works != department else { return nil }
        return works
    }

    private var kept: [JSON] { body["keep"]?.array ?? [] }

    /// Roles are kept by name and with a basis, by who moves and has them; the last administrator keeps theirs.
    func requireKept() throws {
        let isMoving = movesFrom != nil && !RoleEntry.hasLeft(appeal)
        if !kept.isEmpty {
            guard isMoving else { throw Refusal(.staysThere, path: user) }
            guard let basis = body["basis"]?.string, !Sameness.folded(basis).isEmpty else {
                throw Refusal(.missingField, path: "body.basis")
            }
        }
        for role in kept {
            try requireInForce(role["role"]?.string ?? "", in: role["department"]?.string ?? "")
        }
        let keepsOffice = kept.contains {
            $0["role"]?.string == "administrator" && $0["department"]?.string == world.office
        }
        if isMoving, !keepsOffice { try requireAnotherAdministrator() }
    }

    /// What the entry says of a move: from where, and which roles stay.
    var move: JSON? {
        guard let from = movesFrom else { return nil }
        var move: JSONObject = ["by": by, "from": .string(from), "to": .string(department)]
        if !kept.isEmpty { move["kept"] = .array(kept) }
        move["basis"] = body["basis"]
        return .object(move)
    }

    // MARK: codes and calendars

    /// No two departments are called alike by code or id, whatever the case of the letters.
    func requireOwnCode() throws {
        let own = NameLookup.key(department)
        let code = body["code"]?.string
        for other in try world.referenceEntries("department/") {
            let id = String(other.id.dropFirst("department/".count))
            guard id != department else { continue }
            let others = other.register("entry")?["code"]?.string.map(NameLookup.key)
            if others == own { throw Refusal(.codeTaken, path: id) }
            guard let key = code.map(NameLookup.key), key == others || key == NameLookup.key(id) else { continue }
            throw Refusal(.codeTaken, path: id)
        }
    }

    /// Whether the calendar is published already, as it is.
    var isCalendarThere: Bool { appeal.register("entry")?["calendar"] == body["calendar"] }

    /// A version of the calendar is written once, and some calendar has the present day.
    func requireCalendar() throws {
        let given: WorkingCalendar
        do { given = try WorkingCalendar(json: body["calendar"] ?? .null) } catch {
            throw Refusal(.wrongType, path: "body.calendar")
        }
        guard appeal.register("entry") == nil || isCalendarThere else {
            throw Refusal(.calendarWritten, path: given.version)
        }
        let isCovered =
            try given.covers(world.today)
            || world.referenceEntries("calendar/").contains {
                guard let json = $0.register("entry")?["calendar"] else { return false }
                do { return try WorkingCalendar(json: json).covers(world.today) } catch { return false }
            }
        guard isCovered else { throw Refusal(.calendarGap, path: world.today.description) }
    }

    // MARK: streets

    /// Whether the street is published already, as it is.
    var isStreetThere: Bool {
        guard let entry = appeal.register("entry"), let there = StreetEntry(entry) else { return false }
        return there == StreetEntry(.object(body))
    }

    /// A street that an address was resolved to is one of the register: comparisons go by it.
    func requireKnownStreets() throws {
        for street in Kinds.addresses(personal).compactMap({ $0["street"]?.string })
        where try world.referenceEntry("street/" + street)?.register("entry") == nil {
            throw Refusal(.unknownStreet, path: street)
        }
    }

    /// A street has a name that can be read, and its ranges of houses do not end before they begin.
    func requireStreet() throws(Refusal) {
        guard let street = StreetEntry(.object(body)), !AddressWords.tokens(street.name).isEmpty else {
            throw Refusal(.missingField, path: "body.name")
        }
        for (place, houses) in street.houses.enumerated() where houses.through.map({ $0 < houses.from }) == true {
            throw Refusal(.outOfRange, path: "body.houses[\(place)].through")
        }
    }
}
