package import Appeals
package import CanonicalJSON
package import Replication

/// Whom a complaint is about, as people type it: a department by its id or name, `person:koval` or `person:NAME`, anything
/// else is outside.
package struct ComplainedAgainst {
    private static let forms = ["department", "person", "outside"]

    package let departments: NameLookup
    package let people: NameLookup

    package init(departments: NameLookup, people: NameLookup) {
        self.departments = departments
        self.people = people
    }

    /// Each as the operation carries it; `ambiguousName` if a name fits several.
    package func parties(_ texts: [String]) throws(DeskError) -> [JSON] {
        var parties: [JSON] = []
        for text in texts { parties.append(try party(text.trimmed)) }
        return parties
    }

    private func party(_ text: String) throws(DeskError) -> JSON {
        for form in Self.forms where text.lowercased().hasPrefix(form + ":") {
            return try party(form, String(text.dropFirst(form.count + 1)).trimmed)
        }
        if departments.find(text) != .none { return try party("department", text) }
        // What has the form of an id is a department, also in capitals: a mistyped one is no organisation outside.
        return try party(Names.isIdentifier(text.lowercased()) ? "department" : "outside", text)
    }

    private func party(_ form: String, _ text: String) throws(DeskError) -> JSON {
        switch form {
        case "department": [form: .string(try Desk.chosen(departments.find(text), text))]
        case "person":
            [form: .string(Names.isIdentifier(text) ? text : try Desk.chosen(people.find(text), text))]
        default: [form: .string(text)]
        }
    }

    /// A party as it was typed.
    package static func text(_ party: JSON) -> String? {
        forms.compactMap { form in
            party[form]?.string.map { form == "person" ? "person:" + $0 : $0 }
        }.first
    }
}

extension Desk {
    /// The parties that are meant, by the directory as of this snapshot; without texts the directory is not read.
    package func complainedAgainst(_ texts: [String], _ reading: any StoreReading) throws -> [JSON] {
        if texts.isEmpty { return [] }
        let known = ComplainedAgainst(
            departments: try departmentLookup(reading),
            people: try personLookup(reading)
        )
        return try known.parties(texts)
    }
}
