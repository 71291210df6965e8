package import Appeals
package import CanonicalJSON
package import Replication

/// Whom a complaint is about, as people type it: a department or a person by id, code or name, `person:NAME` and
/// `department:NAME` where that has to be said, `outside:NAME` for anybody else.
///
/// Who is none of these, or fits several, is not resolved: somebody has to choose, and until then the appeal goes to nobody.
package struct ComplainedAgainst {
    private enum Form: String, CaseIterable { case department, person, outside, unresolved }

    /// How many that may be meant a refusal lists.
    private static let longestList = 8

    package let departments: NameLookup
    package let people: NameLookup
    /// Logins that have or had a role; not all of them are in the directory of people.
    package let logins: Set<String>

    package init(departments: NameLookup, people: NameLookup, logins: Set<String>) {
        self.departments = departments
        self.people = people
        self.logins = logins
    }

    /// Each as the operation carries it.
    ///
    /// Throws `ambiguousName` with all that may be meant, where there are such, and `unknownDepartment` for what has the form of
    /// an id and is none; a name of nobody is kept unresolved. With
    /// `keeping`, as for rows of an import, every name that is not resolved is kept.
    package func parties(_ texts: [String], keeping: Bool = false) throws(DeskError) -> [JSON] {
        var parties: [JSON] = []
        for text in texts { parties.append(try party(ReadableText.line(text), keeping: keeping)) }
        return parties
    }

    private func party(_ typed: String, keeping: Bool) throws(DeskError) -> JSON {
        let parts = typed.split(separator: ":", maxSplits: 1).map { ReadableText.line(String($0)) }
        let form = parts.count == 2 ? Form(rawValue: parts[0].lowercased()) : nil
        let name = form == nil ? typed : parts[1]
        switch form {
        case .outside: return Self.json(.outside, name)
        case .unresolved: return Self.json(.unresolved, name)
        case .department, .person, nil: break
        }
        var exact: [JSON] = [], near: [JSON] = []
        if form != .person {
            exact += Self.found(departments.find(name)).map { Self.json(.department, $0) }
            near += departments.similar(name).map { Self.json(.department, $0) }
        }
        if form != .department {
            var found = Self.found(people.find(name))
            if found.isEmpty, form == .person, logins.contains(name) { found = [name] }
            exact += found.map { Self.json(.person, $0) }
            near += people.similar(name).map { Self.json(.person, $0) }
        }
        if exact.count == 1 { return exact[0] }
        let meant = exact.isEmpty ? near : exact
        guard keeping || meant.isEmpty else { throw Self.ambiguous(typed, meant) }
        // A mistyped id is no name of somebody outside.
        if !keeping, Names.isIdentifier(name.lowercased()) { throw Self.unknown(typed) }
        return Self.json(.unresolved, name)
    }

    private static func found(_ found: NameLookup.Found) -> [String] {
        switch found {
        case .none: []
        case .one(let id): [id]
        case .several(let ids): ids
        }
    }

    private static func json(_ form: Form, _ name: String) -> JSON { [form.rawValue: .string(name)] }

    private static func unknown(_ typed: String) -> DeskError {
        DeskError(
            .notFound,
            Reason.unknownDepartment.rawValue,
            uk: "«\(typed)»: немає такого підрозділу чи працівника",
            en: "\"\(typed)\": there is no such department or person",
            remedy: DeskError.remedy(of: .unknownDepartment),
            details: ["field": .string(Complaint.register), "value": .string(typed)]
        )
    }

    private static func ambiguous(_ typed: String, _ meant: [JSON]) -> DeskError {
        let list =
            meant.prefix(longestList).compactMap(text).joined(separator: ", ")
            + (meant.count > longestList ? ", …" : "")
        return DeskError(
            .usage,
            "ambiguousName",
            uk: "«\(typed)»: невідомо, хто це; можливо: \(list)",
            en: "\"\(typed)\" names nobody for certain; perhaps: \(list)",
            remedy: Sentence(
                uk: "Вкажіть id; кого в місті немає — outside:ТЕКСТ; хто це, з'ясується згодом — unresolved:ТЕКСТ",
                en:
                    "Give an id; for somebody who is not the city's outside:TEXT, for who is found out later unresolved:TEXT"
            ),
            details: ["field": .string(Complaint.register), "value": .string(typed)]
        )
    }

    /// A party as it would be typed; one that is not resolved says so.
    package static func text(_ party: JSON) -> String? {
        Form.allCases.compactMap { form in
            party[form.rawValue]?.string.map { name in
                switch form {
                case .department, .outside: name
                case .person, .unresolved: form.rawValue + ":" + name
                }
            }
        }.first
    }

    /// A party as a card tells it: by its printed name.
    package static func told(_ party: JSON, _ names: PrintedNames) -> Label? {
        Form.allCases.compactMap { form in
            party[form.rawValue]?.string.map { name in
                switch form {
                case .department: Label(names.department(name))
                case .person: Label(names.person(name))
                case .outside: Label(name)
                case .unresolved: Label(uk: name + " (не з'ясовано, хто це)", en: name + " (not known who that is)")
                }
            }
        }.first
    }

    /// Those of an operation's parties of whom it is not known who they are.
    package static func unresolved(_ parties: [JSON]) -> [String] {
        parties.compactMap { $0[Form.unresolved.rawValue]?.string }
    }
}

extension Desk {
    /// The directory in which parties are looked up, as of this snapshot.
    package func partyLookup(_ reading: any StoreReading) throws -> ComplainedAgainst {
        ComplainedAgainst(
            departments: try departmentLookup(reading),
            people: try personLookup(reading),
            logins: try loginsWithRoles(reading)
        )
    }

    /// The parties that are meant, by the directory as of this snapshot; without texts the directory is not read.
    package func complainedAgainst(_ texts: [String], _ reading: any StoreReading) throws -> [JSON] {
        texts.isEmpty ? [] : try partyLookup(reading).parties(texts)
    }
}
