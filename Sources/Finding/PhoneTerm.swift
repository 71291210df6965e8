/// The terms of a phone: the ends of its digits, so that no prefix of a country or a city is needed to find it.
enum PhoneTerm {
    /// Digits of a number within a city, and of one within the country.
    static let short = 7
    static let long = 9

    /// What the index keeps of phones in any writing: of each its last seven digits and, where it has as many, its last nine.
    ///
    /// Whatever is no digit and no punctuation of phones parts one from the next. Nothing of what has fewer than seven digits.
    static func terms(of phones: String) -> [Letters] {
        phones.unicodeScalars.split { !isPart($0.value) }.flatMap { run in
            let digits = run.map { $0.value }.filter(isDigit).map { UInt16($0) }
            return digits.count < short ? [] : ends(digits)
        }
    }

    /// What a query of these digits asks for: nine digits where it has as many, else seven; nil of fewer.
    static func term(asking digits: Letters) -> Letters? { digits.count < short ? nil : ends(digits).last }

    private static func ends(_ digits: Letters) -> [Letters] {
        [short, long].filter { digits.count >= $0 }.map { [Opener.hard] + digits.suffix($0) }
    }

    /// The digits of a text, whatever stands between them.
    static func digits(_ text: String) -> Letters { text.utf16.filter { isDigit(UInt32($0)) } }

    /// Whether a scalar may stand in a phone: a digit, a space, a hyphen, or one of `()+./`.
    static func isPart(_ scalar: UInt32) -> Bool {
        isDigit(scalar) || Folding.isSpace(scalar) || Folding.isHyphen(scalar)
            || [0x28, 0x29, 0x2B, 0x2E, 0x2F].contains(scalar)
    }

    private static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }
}
