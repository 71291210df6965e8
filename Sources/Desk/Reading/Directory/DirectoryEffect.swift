package import Appeals
package import CanonicalJSON
import Replication

/// What an act on the directory would change, asked before it is done.
package struct DirectoryEffect: Equatable {
    /// A field of the entry: by its name in the act, what it is and what it would be; nil where there is none.
    package struct Change: Equatable {
        package let field: String
        package let former: JSON?
        package let present: JSON?
    }

    /// Fields that differ, in the order of their names; all of them for an entry that is new.
    package var changes: [Change] = []
    package var isNew = false
    /// `zhkg/head`: roles that end.
    package var endingRoles: [String] = []
    /// Appeals in which the person is named and something is to be done.
    package var openWork: Int64 = 0
    /// Appeals whose main executor the department is: their cards show the new name.
    package var appeals: Int64 = 0
    /// Days that would be working days, or no more; of a calendar.
    package var days: [(day: CivilDate, isWorking: Bool)] = []

    /// Whether the entry says all that already.
    package var isNothing: Bool { !isNew && changes.isEmpty && endingRoles.isEmpty && days.isEmpty }

    /// With the same of everything.
    package static func == (a: DirectoryEffect, b: DirectoryEffect) -> Bool {
        a.changes == b.changes && a.isNew == b.isNew && a.endingRoles == b.endingRoles && a.openWork == b.openWork
            && a.appeals == b.appeals && a.days.elementsEqual(b.days, by: ==)
    }
}

extension Desk {
    /// What a department would be called, and on how many cards.
    package func effect(ofDepartment id: String, name: String, code: String?) throws -> DirectoryEffect {
        try read { reading in
            var effect = try changes(
                "department/" + id,
                ["name": .string(name), "code": code.map(JSON.string)],
                reading
            )
            if !effect.isNew, !effect.changes.isEmpty {
                var filter = ListFilter()
                filter.main = id
                effect.appeals = try listed(reading).count(filter)
            }
            return effect
        }
    }

    /// What would be written of a person; a move to another department ends the roles that are not kept.
    package func effect(ofPerson person: PersonFields) throws -> DirectoryEffect {
        try read { reading in
            let department = try department(person.department, reading)
            let fields: [(String, JSON?)] = [
                ("department", .string(department)), ("name", .string(person.name)),
                ("phone", person.phone.map(JSON.string)), ("position", person.position.map(JSON.string)),
            ]
            var effect = try changes("person/" + person.user, Dictionary(fields) { first, _ in first }, reading)
            let kept = Set(try person.keep.map { try keptRole($0, reading) }.map { $0.department + "/" + $0.role })
            if !effect.isNew, effect.changes.contains(where: { $0.field == "department" }) {
                effect.endingRoles = try inForce(person.user, reading).filter { !kept.contains($0) }
            }
            return effect
        }
    }

    /// What ends when a person leaves, and how much work is theirs.
    package func effect(ofLeaving user: String) throws -> DirectoryEffect {
        try read { reading in
            var effect = DirectoryEffect()
            effect.endingRoles = try inForce(user, reading)
            effect.openWork = try openWork(of: user, reading)
            return effect
        }
    }

    /// What ends when a role is revoked.
    package func effect(ofRevoking role: String, of user: String, in department: String) throws -> DirectoryEffect {
        try read { reading in
            var effect = DirectoryEffect()
            effect.endingRoles = try inForce(user, reading).filter { $0 == department + "/" + role }
            effect.openWork = try openWork(of: user, reading)
            return effect
        }
    }

    /// What a street would be.
    package func effect(ofStreet street: StreetEntry) throws -> DirectoryEffect {
        try read { reading in
            var fields: [String: JSON?] = [:]
            for name in ["form", "name", "district", "former", "houses"] { fields[name] = .some(street.json[name]) }
            return try changes("street/" + street.id, fields, reading)
        }
    }

    /// Which days would be working days by a calendar and are not by the one in force, and the other way round.
    ///
    /// Of the days for which one of them was made; at most `days` of them.
    package func effect(ofCalendar calendar: WorkingCalendar, days: Int = 400) throws -> DirectoryEffect {
        try read { reading in
            let former = try self.calendar(reading)
            var effect = DirectoryEffect(), day = max(calendar.validFrom, today)
            effect.isNew = former.version != calendar.version
            for _ in 0..<days {
                guard day <= max(calendar.validThrough, former.validThrough) else { break }
                let isWorking = calendar.kind(of: day).isWorking
                if former.kind(of: day).isWorking != isWorking { effect.days.append((day, isWorking)) }
                guard let next = day.adding(days: 1) else { break }
                day = next
            }
            return effect
        }
    }

    private func changes(
        _ key: String,
        _ fields: [String: JSON?],
        _ reading: any StoreReading
    ) throws -> DirectoryEffect {
        let entry = try entry(key, reading)?.register("entry")
        var effect = DirectoryEffect()
        effect.isNew = entry == nil
        effect.changes = fields.sorted { $0.key < $1.key }.compactMap { name, value in
            let former = entry?[name]
            return former == value ? nil : DirectoryEffect.Change(field: name, former: former, present: value)
        }
        return effect
    }

    private func inForce(_ user: String, _ reading: any StoreReading) throws -> [String] {
        try heldRoles(of: user, reading).filter { $0.ending == nil }.map(\.typed)
    }

    private func openWork(of user: String, _ reading: any StoreReading) throws -> Int64 {
        var filter = ListFilter()
        filter.person = user
        return try listed(reading).count(filter)
    }
}
