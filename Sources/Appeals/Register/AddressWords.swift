/// The words of an address: closed tables of what kinds of streets, cities and parts of houses are called.
enum AddressWords {
    /// A word of an address, in small letters.
    struct Token: Equatable {
        let text: String
        /// Whether a comma stands before it.
        let isFirst: Bool
    }

    /// What follows the name of a street.
    struct Rest {
        var house: String?
        var flat: String?
        /// The kind of the street, if it stands after the name.
        var form: StreetEntry.Form?
    }

    private static let forms: [String: StreetEntry.Form] = {
        let words: [(StreetEntry.Form, [String])] = [
            (.street, ["вулиця", "вулиці", "вулицю", "вулицею", "вул", "ул", "улица", "в-ця"]),
            (.avenue, ["проспект", "проспекту", "проспекті", "просп", "пр-т", "пр-кт", "прт", "пр", "пр-ту", "пр-ті"]),
            (.lane, ["провулок", "провулку", "пров", "пр-к", "пер", "переулок"]),
            (.boulevard, ["бульвар", "бульвару", "бульварі", "бул", "б-р", "бр", "бульв"]),
            (.square, ["площа", "площі", "площу", "пл", "майдан", "майдану", "майдані"]),
            (.embankment, ["набережна", "набережної", "набережній", "наб"]),
            (.highway, ["шосе", "ш"]),
            (.driveway, ["проїзд", "проїзду", "проїзді", "пр-д"]),
            (.blindAlley, ["тупик", "тупика", "тупику", "туп"]),
            (.descent, ["узвіз", "узвозу", "узвозі"]),
            (.quarter, ["квартал", "кварталу", "кварталі", "кв-л"]),
            (.microdistrict, ["мікрорайон", "мікрорайону", "мікрорайоні", "мкр", "мкрн", "м-н", "мр-н", "мікр"]),
            (.entrance, ["в'їзд", "в'їзду", "в'їзді"]),
            (.alley, ["алея", "алеї", "алею"]),
        ]
        return Dictionary(uniqueKeysWithValues: words.flatMap { form, words in words.map { ($0, form) } })
    }()

    private static let houses: Set<String> = ["будинок", "будинку", "буд", "б", "д", "дом", "№"]
    private static let flats: Set<String> = ["квартира", "квартири", "квартирі", "кв", "офіс", "оф", "кімната", "кімн"]
    private static let parts: Set<String> = ["корпус", "корп", "під'їзд", "під'їзду", "поверх", "секція", "літера"]
    private static let prepositions: Set<String> = ["на", "по", "у", "в", "біля", "за", "адресою", "адресі"]
    private static let cities: Set<String> = ["місто", "міста", "м", "смт", "селище", "село", "с", "г", "город"]
    private static let regions: Set<String> = ["область", "обл", "район", "р-н", "україна", "громада", "отг", "тг"]

    /// Words in small letters, as `Sameness` compares them; a point ends an abbreviation, a comma begins a part.
    static func tokens(_ text: String) -> [Token] {
        var plain = ""
        for scalar in NameLookup.key(text).compactMap(Unicode.Scalar.init) { plain.unicodeScalars.append(scalar) }
        var tokens: [Token] = []
        for part in plain.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == "(" || $0 == ")" }) {
            let words = part.replacing("№", with: " № ").split { " .\"«»“”".contains($0) }
            for (place, word) in words.enumerated() { tokens.append(Token(text: String(word), isFirst: place == 0)) }
        }
        return tokens
    }

    /// The address without its country, region, city and postal code, which stand in parts of their own before the street.
    static func withoutCity(_ tokens: [Token]) -> [Token] {
        var parts: [[Token]] = []
        for token in tokens {
            if token.isFirst || parts.isEmpty { parts.append([]) }
            parts[parts.count - 1].append(token)
        }
        func isAround(_ part: [Token]) -> Bool {
            guard let first = part.first?.text, let last = part.last?.text else { return true }
            let isCode = part.count == 1 && first.count == 5 && first.allSatisfy(\.isNumber)
            return isCode || cities.contains(first) || regions.contains(first) || regions.contains(last)
                || part.map(\.text) == ["кривий", "ріг"]
        }
        while parts.count > 1, let first = parts.first, isAround(first) { parts.removeFirst() }
        // `м. Кривий Ріг вул. Миру, 1`: the city in one part with the street.
        if let first = parts.first, first.map(\.text).prefix(3) == ["м", "кривий", "ріг"] {
            parts[0] = Array(first.dropFirst(3))
        }
        var rest = parts.flatMap(\.self)
        while let first = rest.first, prepositions.contains(first.text), rest.count > 1 { rest.removeFirst() }
        return rest
    }

    /// The kind of street that a word means, as people write it.
    static func form(_ word: String) -> StreetEntry.Form? { tokens(word).first.flatMap { forms[$0.text] } }

    /// Takes the kind of the street away from before its name.
    static func takeForm(_ tokens: inout [Token]) -> StreetEntry.Form? {
        guard let first = tokens.first, let form = forms[first.text], tokens.count > 1 else { return nil }
        tokens.removeFirst()
        return form
    }

    /// What follows the first words: nil unless a house, a part or the end does, so that no name is cut in two.
    static func house(after count: Int, in tokens: [Token]) -> Rest? {
        var rest = Rest()
        var left = tokens.dropFirst(count)
        if let next = left.first, !next.isFirst, let form = forms[next.text] {
            rest.form = form
            left = left.dropFirst()
        }
        guard let next = left.first else { return rest }
        guard next.isFirst || isNumber(next.text) || houses.contains(next.text) || flats.contains(next.text) else {
            return nil
        }
        while let token = left.popFirst() {
            if flats.contains(token.text) {
                rest.flat = left.popFirst()?.text.uppercased() ?? rest.flat
            } else if parts.contains(token.text) {
                _ = left.popFirst()
            } else if isNumber(token.text) {
                if rest.house == nil {
                    rest.house = number(token.text, &left)
                } else if rest.flat == nil {
                    rest.flat = token.text.uppercased()
                }
            }
        }
        return rest
    }

    /// `12-а`, `12 а`, `12а`: one house; `12/2` stays as it is.
    private static func number(_ text: String, _ left: inout ArraySlice<Token>) -> String {
        var house = text
        if let next = left.first, !next.isFirst, next.text.count == 1, next.text.first?.isLetter == true,
            text.allSatisfy(\.isNumber), !houses.contains(next.text) || next.text == "б" || next.text == "д"
        {
            house += next.text
            left = left.dropFirst()
        }
        let digits = house.prefix { $0.isNumber }
        let tail = house.dropFirst(digits.count)
        let isLetter = tail.first == "-" && tail.dropFirst().allSatisfy(\.isLetter)
        return (digits + (isLetter ? tail.dropFirst() : tail)).uppercased().replacing(":", with: "/")
    }

    private static func isNumber(_ text: String) -> Bool { text.first?.isNumber == true }

    /// Endings of nouns and adjectives, longest first: none of them tells two streets apart.
    private static let endings = [
        "ського", "ському", "ською", "ської", "ській", "ський", "ська", "ську", "ього", "ьому", "ьої", "ьою", "ого",
        "ому", "ою", "ої", "ій", "ий", "им", "ім", "ею", "єю", "ем", "ом", "а", "я", "у", "ю", "і", "ї", "и", "о", "е",
    ]

    /// A word without its ending, if three letters of it are left; `ськ` stays, so that `Київська` is no `Київ`.
    static func stem(_ word: String) -> String {
        for ending in endings where word.hasSuffix(ending) && word.count - ending.count >= 3 {
            return word.dropLast(ending.count) + (ending.hasPrefix("ськ") ? "ськ" : "")
        }
        return word
    }
}
