/// Finds the street of an address as people type it: by its name or a former one, whatever its kind is called and
/// whatever the case of its letters and endings; by its id; or by the id that a person chose (`вул. Зоряна, 5 #zoriana-2`).
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
        /// Nil: the id, which is no name of any kind.
        let form: StreetEntry.Form?
    }

    private let streets: [String: StreetEntry]
    /// Names by their words as they are written, and by their stems.
    private let exact: [[String]: [Name]]
    private let stems: [[String]: [Name]]
    /// Ids by the stem of the last word of a name of several: too little to be sure.
    private let last: [String: Set<String>]
    private let longest: Int

    /// Each street by its id, its name and its former names, also with an initial: `М. Грушевського`.
    public init(_ streets: [StreetEntry]) {
        var exact: [[String]: [Name]] = [:], stems: [[String]: [Name]] = [:], last: [String: Set<String>] = [:]
        for street in streets {
            let names = [(street.name, street.form)] + street.former.map { ($0.name, $0.form ?? street.form) }
            for (name, form) in names {
                let words = AddressWords.tokens(name).map(\.text)
                for words in [words] + Self.shortened(words) {
                    exact[words, default: []].append(Name(street: street.id, form: form))
                    stems[Self.stems(of: words), default: []].append(Name(street: street.id, form: form))
                }
                if words.count > 1, let word = words.last {
                    last[AddressWords.stem(word), default: []].insert(street.id)
                }
            }
            exact[AddressWords.tokens(street.id).map(\.text), default: []].append(Name(street: street.id, form: nil))
        }
        self.streets = Dictionary(streets.map { ($0.id, $0) }) { _, last in last }
        (self.exact, self.stems, self.last) = (exact, stems, last)
        longest = exact.keys.map(\.count).max() ?? 0
    }

    /// Whether there are no streets: nothing can be found.
    public var isEmpty: Bool { streets.isEmpty }

    /// A street by its id.
    public func street(_ id: String) -> StreetEntry? { streets[id] }

    /// The words of an address, and the id of the street that a person chose for them; what is no id of a street is words.
    private func parted(_ typed: String) -> (words: String, choice: String?) {
        guard let mark = typed.lastIndex(of: "#") else { return (typed, nil) }
        let choice = Sameness.text(String(typed[typed.index(after: mark)...]))
        let words = typed[..<mark].reversed().drop { $0 == " " }.reversed()
        return streets[choice] == nil || words.isEmpty ? (typed, nil) : (String(words), choice)
    }

    /// The address as a card keeps it: resolved where one street fits.
    public func address(_ typed: String) -> Address {
        let words = parted(typed).words
        guard case .one(let place) = find(typed) else { return Address(typed: words) }
        return Address(typed: words, place: place, district: streets[place.street]?.district(ofHouse: place.house))
    }

    /// Streets of which a person has to choose one; none where one fits, or nothing does.
    public func candidates(_ typed: String) -> [StreetEntry] {
        guard case .several(let ids) = find(typed) else { return [] }
        return ids.compactMap { streets[$0] }
    }

    /// The place that is meant.
    public func find(_ typed: String) -> Found {
        let (words, choice) = parted(typed)
        guard var tokens = AddressWords.withinCity(AddressWords.tokens(words)) else { return .none }
        let form = AddressWords.takeForm(&tokens)
        for isExact in [true, false] {
            for count in stride(from: min(longest, tokens.count), to: 0, by: -1) {
                let words = tokens.prefix(count).map(\.text)
                let names = isExact ? exact[words] : stems[Self.stems(of: words)]
                guard let found = names, let rest = AddressRest(after: count, in: tokens) else { continue }
                guard let choice else { return one(of: found, form ?? rest.form, rest) }
                if found.contains(where: { $0.street == choice }) { return .one(rest.place(on: choice)) }
            }
        }
        guard let choice else { return meant(tokens) }
        // The person says which street it is, whatever it was called.
        let start = tokens.firstIndex { AddressRest.begins($0.text) } ?? tokens.count
        return .one((AddressRest(after: start, in: tokens) ?? AddressRest()).place(on: choice))
    }

    /// Streets that a person may mean by a part of their name: `Грушевського`.
    private func meant(_ tokens: [AddressWords.Token]) -> Found {
        guard let word = tokens.first?.text, let found = last[AddressWords.stem(word)],
            AddressRest(after: 1, in: tokens) != nil
        else { return .none }
        return .several(found.sorted())
    }

    /// With the first of several words as its initial.
    private static func shortened(_ words: [String]) -> [[String]] {
        guard words.count > 1, let first = words[0].first, first.isLetter, words[0].count > 1 else { return [] }
        return [[String(first)] + words.dropFirst()]
    }

    /// Without endings and in any order: `Поля Олександра`.
    private static func stems(of words: [String]) -> [String] { words.map(AddressWords.stem).sorted() }

    private func one(of found: [Name], _ form: StreetEntry.Form?, _ rest: AddressRest) -> Found {
        let fitting = Set(found.filter { form == nil || $0.form == nil || $0.form == form }.map(\.street))
        guard fitting.count == 1, let street = fitting.first else {
            return .several(Set(found.map(\.street)).sorted())
        }
        return .one(rest.place(on: street))
    }
}
