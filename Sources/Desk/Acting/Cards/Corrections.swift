import Appeals
import CanonicalJSON
import Replication

/// A field of the card and its new value, as people type them.
package struct TypedField {
    /// The register: `applicant.address`; of an issue `heading@ISSUE`, by its name or its place.
    package let name: String
    /// Empty takes the value away.
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// Corrections, notes and the erasure of a card; errors as for every act on an appeal.
extension Desk {
    /// Somebody corrects fields of the card.
    ///
    /// Checked here: that a field can be corrected (`notCorrectable`), that a value has its type (`wrongType`), that an
    /// issue is there (`unknownIssue`). Who may correct which field is checked by the rules.
    package func correct(_ appeal: String, _ fields: [TypedField], reason: String?) throws -> Acted<AboutAppeal> {
        let streets = fields.contains { Self.isAddress($0.name) } ? try addressLookup() : nil
        return try actOnAppeal("appeal.corrected", appeal) { draft, shown, reading in
            var addresses: [UnresolvedAddress] = []
            var open = JSONObject(), personal = JSONObject()
            var notHere: [String] = []
            for field in fields {
                var (full, value, isPersonal) = try correction(field, shown.appeal, reading)
                if Self.references.contains(Names.bare(full)), let typed = value.string {
                    let reference = try reference(typed, reading)
                    value = .string(reference.number)
                    if !reference.isHere { notHere.append(reference.number) }
                }
                if let streets, Self.isAddress(full), let typed = value.string {
                    let (address, unresolved) = streets.resolved(typed, field.name)
                    value = address.json
                    addresses += [unresolved].compactMap(\.self)
                }
                if isPersonal { personal[full] = value } else { open[full] = value }
            }
            if !open.isEmpty { draft.body["fields"] = .object(open) }
            draft.body["reason"] = reason.map(JSON.string)
            draft.personal = personal.isEmpty ? nil : ["fields": .object(personal)]
            return AboutAppeal(title: shown.title, notHere: notHere, unresolvedAddresses: addresses)
        }
    }

    private static func isAddress(_ field: String) -> Bool { Policy.register(Names.bare(field))?.isAddress == true }

    /// Fields that name another appeal.
    private static let references: Set = ["repeatOf", "duplicateOf"]

    /// Somebody notes something for colleagues, which no applicant gets.
    package func addNote(_ appeal: String, text: String) throws -> Acted<AboutAppeal> {
        try actOnAppeal("note.added", appeal) { draft, shown, _ in
            draft.personal = ["text": .string(text)]
            return AboutAppeal(title: shown.title)
        }
    }

    /// The office erases what an appeal says of people, for ever.
    ///
    /// Throws `notConfirmed` unless `confirmation` is what a person calls the appeal.
    package func erase(_ appeal: String, reason: String, confirmation: String) throws -> Acted<AboutAppeal> {
        try actOnAppeal("appeal.erased", appeal) { draft, shown, _ in
            guard confirmation == shown.title else {
                throw DeskError.usage(
                    "notConfirmed",
                    uk: "дані не стерто: \(.input("confirm")) має бути «\(shown.title)»",
                    en: "nothing was erased: \(.input("confirm")) must be \"\(shown.title)\""
                )
            }
            draft.body["reason"] = .string(reason)
            return AboutAppeal(title: shown.title)
        }
    }

    /// A typed field as the register's full name and a value of its type.
    private func correction(
        _ field: TypedField,
        _ appeal: Aggregate,
        _ reading: any StoreReading
    ) throws -> (full: String, value: JSON, isPersonal: Bool) {
        let bare = Names.bare(field.name)
        guard let policy = Policy.register(bare), let type = policy.corrected else {
            let known = Policy.registers.filter { $0.corrected != nil }.map(\.name).joined(separator: ", ")
            throw DeskError.usage(
                "notCorrectable",
                uk: "поле «\(bare)» не виправляється; можна: \(known)",
                en: "\"\(bare)\" cannot be corrected; these can: \(known)"
            )
        }
        let full = try fullName(field.name, appeal)
        let value = field.value.isEmpty ? JSON.null : try corrected(bare, type, field.value, reading)
        return (full, value, policy.personal)
    }

    /// An issue may be named by its place: `heading@1`.
    private func fullName(_ name: String, _ appeal: Aggregate) throws -> String {
        guard let entity = Names.entity(name), let place = Int64(entity) else { return name }
        guard let issue = Self.issue(at: place, of: appeal) else {
            throw DeskError(
                .notFound,
                "unknownIssue",
                uk: "у зверненні немає питання \(place)",
                en: "the appeal has no issue \(place)"
            )
        }
        return Names.bare(name) + "@" + issue
    }

    /// A value as it was typed, in the register's type.
    private func corrected(
        _ bare: String,
        _ type: FieldType,
        _ typed: String,
        _ reading: any StoreReading
    ) throws -> JSON {
        let field = EntranceField.named(bare)
        switch type {
        case .bool: return .bool(try entrance.flag(typed, field))
        case .integer(let range): return .integer(try entrance.number(typed, in: range, field))
        case .array where bare == Complaint.register:
            return .array(try complainedAgainst(typed.split(separator: ",").map(String.init), reading))
        case .array: return .array(typed.split(separator: ",").map { .string(ReadableText.line(String($0))) })
        default:
            guard let input = CorrectedField.type(bare) else { return .string(typed) }
            return .string(try entrance.enter(typed, as: input, into: field))
        }
    }
}
