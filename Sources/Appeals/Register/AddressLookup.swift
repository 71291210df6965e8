/// A place that the register of streets knows: comparisons go by it, never by how it was typed.
public struct ResolvedAddress: Hashable, Sendable, CustomStringConvertible {
    /// The street's id.
    public let street: String
    /// `30А`, `12/2`; nil if none was typed.
    public let house: String?
    public let flat: String?

    public init(street: String, house: String?, flat: String?) {
        self.street = street
        self.house = house
        self.flat = flat
    }

    /// `heroiv-ato:30А:5`; without a flat and a house `heroiv-ato`.
    public var description: String { [street, house, flat].compactMap(\.self).joined(separator: ":") }

    /// Reads what `description` gives; nil if it is anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let street = parts.first, Names.isIdentifier(street), parts.count <= 3, !parts.contains("") else {
            return nil
        }
        self.init(street: street, house: parts.count > 1 ? parts[1] : nil, flat: parts.count > 2 ? parts[2] : nil)
    }
}

/// Finds the street of an address as people type it: by its name or a former one, whatever its kind is called and
/// whatever the case of its letters and endings.
///
/// Knows closed tables only (`AddressWords`); what fits several streets is for a person to choose, what fits none stays
/// as it was typed.
public struct AddressLookup: Sendable {
    /// What was found.
    public enum Found: Hashable, Sendable {
        case none
        case one(ResolvedAddress)
        /// Several streets fit, or one of another kind than was typed: their ids.
        case several([String])
    }

    private struct Name: Sendable {
        let street: String
        let form: StreetEntry.Form
    }

    /// Names by their words as they are written, and by their stems.
    private let exact: [[String]: [Name]]
    private let stems: [[String]: [Name]]
    private let longest: Int

    /// Each street by its name and its former names.
    public init(_ streets: [StreetEntry]) {
        var exact: [[String]: [Name]] = [:], stems: [[String]: [Name]] = [:]
        for street in streets {
            let names = [(street.name, street.form)] + street.former.map { ($0.name, $0.form ?? street.form) }
            for (name, form) in names {
                let words = AddressWords.tokens(name).map(\.text)
                exact[words, default: []].append(Name(street: street.id, form: form))
                stems[Self.stems(of: words), default: []].append(Name(street: street.id, form: form))
            }
        }
        (self.exact, self.stems) = (exact, stems)
        longest = exact.keys.map(\.count).max() ?? 0
    }

    /// The place that is meant.
    public func find(_ typed: String) -> Found {
        var tokens = AddressWords.withoutCity(AddressWords.tokens(typed))
        let form = AddressWords.takeForm(&tokens)
        for isExact in [true, false] {
            for count in stride(from: min(longest, tokens.count), to: 0, by: -1) {
                let words = tokens.prefix(count).map(\.text)
                let names = isExact ? exact[words] : stems[Self.stems(of: words)]
                guard let found = names, let rest = AddressWords.house(after: count, in: tokens) else { continue }
                return chosen(found, form ?? rest.form, rest)
            }
        }
        return .none
    }

    /// Without endings and in any order: `Поля Олександра`.
    private static func stems(of words: [String]) -> [String] { words.map(AddressWords.stem).sorted() }

    private func chosen(_ found: [Name], _ form: StreetEntry.Form?, _ rest: AddressWords.Rest) -> Found {
        let fitting = Set(found.filter { form == nil || $0.form == form }.map(\.street))
        guard fitting.count == 1, let street = fitting.first else {
            return .several(Set(found.map(\.street)).sorted())
        }
        return .one(ResolvedAddress(street: street, house: rest.house, flat: rest.flat))
    }
}
