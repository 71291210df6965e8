/// The terms of a phone: the ends of its digits, so that no prefix of a country or a city is needed to find it.
enum PhoneTerm {
    /// Digits of a number within a city, and of one within the country.
    static let short = 7
    static let long = 9

    /// What the index keeps of a phone in any writing: its last seven digits and, where there are as many, its last nine; nothing of fewer.
    static func terms(of phone: String) -> [Letters] {
        let digits = digits(phone)
        return digits.count < short ? [] : ends(digits)
    }

    /// What a query of these digits asks for: nine digits where it has as many, else seven; nil of fewer.
    static func term(asking digits: Letters) -> Letters? { digits.count < short ? nil : ends(digits).last }

    private static func ends(_ digits: Letters) -> [Letters] {
        [short, long].filter { digits.count >= $0 }.map { [Opener.hard] + digits.suffix($0) }
    }

    /// The digits of a text, whatever stands between them.
    static func digits(_ text: String) -> Letters { Letters(text.utf16.filter { (0x30...0x39).contains($0) }) }

    /// Whether a scalar may stand in a phone beside its digits.
    static func isPunctuation(_ scalar: UInt32) -> Bool {
        Folding.isSpace(scalar) || Folding.isHyphen(scalar) || [0x28, 0x29, 0x2B, 0x2E, 0x2F].contains(scalar)
    }

    /// Whether nothing stands in the text but digits and the punctuation of phones.
    static func isPhone(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { (0x30...0x39).contains($0.value) || isPunctuation($0.value) }
    }
}
