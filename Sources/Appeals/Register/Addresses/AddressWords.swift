/// The words of an address: closed tables of what kinds of streets, cities and parts of houses are called.
enum AddressWords {
    /// A word of an address, in small letters.
    struct Token: Equatable {
        let text: String
        /// Whether a comma stands before it.
        let isFirst: Bool
    }

    /// Words for kinds of streets, as people write them.
    static let forms: [String: StreetEntry.Form] = {
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
            (
                .microdistrict,
                ["мікрорайон", "мікрорайону", "мікрорайоні", "мкр", "мкрн", "мкр-н", "м-н", "мр-н", "мікр"]
            ),
            (.entrance, ["в'їзд", "в'їзду", "в'їзді"]),
            (.alley, ["алея", "алеї", "алею"]),
        ]
        return Dictionary(uniqueKeysWithValues: words.flatMap { form, words in words.map { ($0, form) } })
    }()

    static let houses: Set<String> = ["будинок", "будинку", "буд", "б", "д", "дом", "№"]
    static let flats: Set<String> = ["квартира", "квартири", "квартирі", "кварт", "кв"]
    static let blocks: Set<String> = ["корпус", "корпусу", "корпусі", "корп", "блок"]
    /// Before the letter of a house.
    static let letters: Set<String> = ["літера", "літери", "літ"]
    /// Parts of a house, each under one name.
    static let parts: [String: String] = {
        let words: [(String, [String])] = [
            ("під'їзд", ["під'їзд", "під'їзду", "під'їзді", "підїзд", "під", "парадне", "парадна"]),
            ("поверх", ["поверх", "поверху", "поверсі", "пов"]), ("секція", ["секція", "секції"]),
            ("офіс", ["офіс", "офісу", "офісі", "оф"]), ("кімната", ["кімната", "кімнати", "кімнаті", "кімн"]),
        ]
        return Dictionary(uniqueKeysWithValues: words.flatMap { part, words in words.map { ($0, part) } })
    }()

    private static let prepositions: Set<String> = ["на", "по", "у", "в", "біля", "за", "адресою", "адресі"]
    private static let cities: Set<String> = [
        "місто", "міста", "місті", "м", "смт", "селище", "село", "с", "г", "город",
    ]
    private static let regions: Set<String> = ["область", "області", "обл", "район", "р-н", "громада", "отг", "тг"]

    /// Words in small letters, as `Sameness` compares them; a point ends an abbreviation, a comma begins a part.
    static func tokens(_ text: String) -> [Token] {
        var plain = ""
        for point in points(of: text) {
            if let scalar = Unicode.Scalar(point) { plain.unicodeScalars.append(scalar) }
        }
        var tokens: [Token] = []
        for part in plain.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == "(" || $0 == ")" }) {
            let words = part.replacing("№", with: " № ").split { " .\"«»“”".contains($0) }.flatMap(apart)
            for (place, word) in words.enumerated() { tokens.append(Token(text: word, isFirst: place == 0)) }
        }
        return tokens
    }

    /// Small letters; a Latin letter by itself, as in `12A`, is the Cyrillic one that it looks like.
    private static func points(of text: String) -> [UInt32] {
        var points = Sameness.folded(text)
        func isLetter(_ place: Int) -> Bool {
            points.indices.contains(place) && Sameness.isLetter(points[place]) && !(0x30...0x39).contains(points[place])
        }
        for place in points.indices where !isLetter(place - 1) && !isLetter(place + 1) {
            points[place] = Sameness.lookAlikes[points[place]] ?? points[place]
        }
        return points.map(NameLookup.lower)
    }

    /// `кв5` is two words.
    private static func apart(_ word: Substring) -> [String] {
        let start = word.prefix { !$0.isNumber }, rest = word.dropFirst(start.count), name = String(start)
        let isName = houses.contains(name) || flats.contains(name) || blocks.contains(name) || parts[name] != nil
        return isName && !rest.isEmpty ? [name, String(rest)] : [String(word)]
    }

    /// The address without its country, region, city and postal code; nil if it lies in another city, or in a village.
    static func withinCity(_ tokens: [Token]) -> [Token]? {
        var parts: [ArraySlice<Token>] = []
        for (place, token) in tokens.enumerated() where token.isFirst {
            let end = tokens[(place + 1)...].firstIndex(where: \.isFirst) ?? tokens.endIndex
            parts.append(tokens[place..<end])
        }
        var within: [Token] = []
        for (place, part) in parts.enumerated() {
            var part = part
            let isOnly = !parts.enumerated().contains { $0.offset != place && namesStreet($0.element) }
            if isElsewhere(&part, isOnly: isOnly) { return nil }
            within += part.enumerated().map { Token(text: $0.element.text, isFirst: $0.offset == 0) }
        }
        while let first = within.first, prepositions.contains(first.text), within.count > 1 { within.removeFirst() }
        return within
    }

    /// Whether a part can be the name of a street.
    private static func namesStreet(_ part: ArraySlice<Token>) -> Bool {
        guard let word = part.first?.text, word.first?.isLetter == true else { return false }
        let isAround = part.prefix(2).contains { regions.contains($0.text) } || prepositions.contains(word)
        let isOfHouse = AddressRest.begins(word) || parts[word] != nil || letters.contains(word)
        return forms[word] != nil || !isAround && !isOfHouse
    }

    /// Takes away what a part says of country, region and own city; true if it names another city.
    ///
    /// In the only part that can be a street `М.` is an initial: `М. Грушевського`.
    private static func isElsewhere(_ part: inout ArraySlice<Token>, isOnly: Bool) -> Bool {
        while let first = part.first?.text {
            let second = part.dropFirst().first?.text ?? ""
            let isCode = first.count == 5 && first.allSatisfy(\.isNumber)
            if first == "україна" || isCode {
                part.removeFirst()
            } else if forms[first] == nil, regions.contains(first) || regions.contains(second) {
                part = part.dropFirst(2)
            } else {
                let isCity = cities.contains(first), name = isCity ? part.dropFirst() : part
                guard isOwnCity(name.map(\.text)) else {
                    return isCity && !name.isEmpty && (first.count > 1 || !isOnly)
                }
                part = name.dropFirst(2)
            }
        }
        return false
    }

    /// `Кривий Ріг`, in any case, also in Russian.
    private static func isOwnCity(_ words: [String]) -> Bool {
        guard words.count > 1 else { return false }
        return words[0].hasPrefix("крив")
            && ["ріг", "рогу", "розі", "рогом", "рог", "роге", "рога"].contains(words[1])
    }

    /// The kind of street that a word means, as people write it.
    static func form(_ word: String) -> StreetEntry.Form? { tokens(word).first.flatMap { forms[$0.text] } }

    /// Takes the kind of the street away from before its name.
    static func takeForm(_ tokens: inout [Token]) -> StreetEntry.Form? {
        guard let first = tokens.first, let form = forms[first.text], tokens.count > 1 else { return nil }
        tokens.removeFirst()
        return form
    }

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
