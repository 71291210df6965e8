/// What follows the name of a street: house, block, flat, and whatever else says where something is.
struct AddressRest {
    private(set) var house: String?
    private(set) var block: String?
    private(set) var flat: String?
    /// The kind of the street, if it stands after the name.
    private(set) var form: StreetEntry.Form?
    /// `під'їзд 2`: parts of a house, and words that are none.
    private var parts: [String] = []
    private var words: [String] = []

    init() {}

    /// Nil unless a house, a part or the end follows the first words, so that no name is cut in two.
    init?(after count: Int, in tokens: [AddressWords.Token]) {
        var left = tokens.dropFirst(count)
        if let next = left.first, !next.isFirst, let form = AddressWords.forms[next.text] {
            self.form = form
            left.removeFirst()
        }
        guard let next = left.first else { return }
        guard next.isFirst || Self.begins(next.text) else { return nil }
        while let token = left.popFirst() { take(token.text, &left) }
    }

    /// Whether a word begins what follows the name of a street.
    static func begins(_ word: String) -> Bool {
        isNumber(word) || AddressWords.houses.contains(word) || AddressWords.flats.contains(word)
            || AddressWords.blocks.contains(word)
    }

    /// The place, on a street.
    func place(on street: String) -> ResolvedAddress {
        let more = (parts.sorted() + words).joined(separator: " ")
        return ResolvedAddress(street: street, house: house, block: block, flat: flat, more: more.isEmpty ? nil : more)
    }

    private mutating func take(_ word: String, _ left: inout ArraySlice<AddressWords.Token>) {
        if AddressWords.flats.contains(word), flat == nil, let number = Self.number(&left) {
            flat = number
        } else if AddressWords.blocks.contains(word), block == nil, let number = Self.numberOrLetter(&left) {
            block = number
        } else if AddressWords.letters.contains(word), let own = house, own.allSatisfy(\.isNumber),
            let letter = Self.letter(&left)
        {
            house = own + letter
        } else if let part = AddressWords.parts[word] {
            parts.append(([part] + [Self.digits(&left)].compactMap(\.self)).joined(separator: " "))
        } else if AddressWords.houses.contains(word), left.first.map({ Self.isNumber($0.text) }) == true {
            return
        } else if Self.isNumber(word) {
            takeNumber(word, &left)
        } else {
            words.append(word)
        }
    }

    /// `3 під'їзд`, the house, or a number after it: the flat.
    private mutating func takeNumber(_ word: String, _ left: inout ArraySlice<AddressWords.Token>) {
        let number = Self.spelled(word, &left)
        guard let number, house != nil else {
            if let number { house = number } else { words.append(word) }
            return
        }
        let isNumbered = left.dropFirst().first.map { Self.isNumber($0.text) && !$0.isFirst } == true
        if let part = left.first.flatMap({ AddressWords.parts[$0.text] }), !isNumbered {
            left.removeFirst()
            parts.append(part + " " + word.prefix { $0.isNumber })
        } else if flat == nil {
            flat = number
        } else {
            words.append(word)
        }
    }

    // MARK: numbers

    static func isNumber(_ word: String) -> Bool { word.first?.isNumber == true }

    private static func number(_ left: inout ArraySlice<AddressWords.Token>) -> String? {
        guard let next = left.first, isNumber(next.text) else { return nil }
        var after = left.dropFirst()
        let number = spelled(next.text, &after)
        if number != nil { left = after }
        return number
    }

    private static func letter(_ left: inout ArraySlice<AddressWords.Token>) -> String? {
        guard let next = left.first?.text, next.count == 1, next.first?.isLetter == true else { return nil }
        left.removeFirst()
        return next.uppercased()
    }

    private static func numberOrLetter(_ left: inout ArraySlice<AddressWords.Token>) -> String? {
        number(&left) ?? letter(&left)
    }

    private static func digits(_ left: inout ArraySlice<AddressWords.Token>) -> String? {
        guard let next = left.first?.text, isNumber(next) else { return nil }
        left.removeFirst()
        return String(next.prefix { $0.isNumber })
    }

    /// `12 к 2`: a letter before another number stands for a word.
    private static func isAbbreviation(_ left: ArraySlice<AddressWords.Token>) -> Bool {
        guard let next = left.first, let after = left.dropFirst().first else { return false }
        return ["б", "д", "к"].contains(next.text) && isNumber(after.text) && !after.isFirst
    }

    /// The number in its one spelling, nil if it is none: `12-а`, `12/а` and `12 а` are `12А`, `12/2` stays as it is.
    private static func spelled(_ word: String, _ left: inout ArraySlice<AddressWords.Token>) -> String? {
        var number = word
        if let next = left.first, !next.isFirst, next.text.count == 1, next.text.first?.isLetter == true,
            word.allSatisfy(\.isNumber), !isAbbreviation(left)
        {
            number += next.text
            left.removeFirst()
        }
        let signs = Array(number)
        var spelled = ""
        for (place, sign) in signs.enumerated() {
            let isBetween = place > 0 && place + 1 < signs.count && signs[place - 1].isNumber
            if isBetween, sign == "-" || sign == "/", signs[place + 1].isLetter { continue }
            spelled.append(sign)
        }
        spelled = spelled.uppercased()
        return ResolvedAddress.isNumber(spelled) ? spelled : nil
    }
}
