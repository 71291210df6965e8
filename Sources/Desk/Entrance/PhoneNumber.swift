/// A telephone on which an applicant can be called from anywhere: E.164, in which telephones are kept and compared, beside what
/// was typed where that says more.
package struct PhoneNumber: Hashable, Sendable, CustomStringConvertible {
    /// `+380561234567`.
    package let number: String
    /// `056 123-45-67 (сусідка, після 18:00)`: nil where it is the number alone in one of its usual spellings.
    package let typed: String?

    package var description: String { number }
    /// What goes on: reading it again gives the same telephone.
    package var text: String { typed ?? number }

    /// Digits behind the code of Ukraine.
    private static let national = 9
    /// Digits of a number of another country, its code included (E.164).
    private static let foreign = 8...15

    /// Reads a number as people write it: `056 123-45-67`, `+38 (056) 123-45-67`, `380561234567`, `80561234567`,
    /// `561234567` (without the zero that spreadsheets drop), one of another country behind `+` or `00`, each with words
    /// beside it: an extension, hours, whose it is.
    ///
    /// Nil for anything else: several numbers, a number without the code of its area, an emergency or short number, on which
    /// nobody is reached who wrote an appeal. The dropped zero is guessed of a number that stands alone.
    package init?(typed: String) {
        if let (number, isGuessed) = Self.read(typed) {
            self.number = number
            self.typed = isGuessed ? typed : nil
            return
        }
        guard let number = Self.amongWords(typed) else { return nil }
        self.number = number
        self.typed = typed
    }

    /// Reads what a card has, of whatever program.
    package init?(kept: String) { self.init(typed: ReadableText.line(kept)) }

    /// A text of digits and what separates them; whether a zero was guessed.
    private static func read(_ text: String) -> (number: String, isGuessed: Bool)? {
        var digits = "", isInternational = false
        for scalar in text.unicodeScalars {
            if isDigit(scalar) {
                digits.unicodeScalars.append(scalar)
            } else if scalar == "+", digits.isEmpty, !isInternational {
                isInternational = true
            } else if !isSeparator(scalar) {
                return nil
            }
        }
        if !isInternational, digits.hasPrefix("00") {
            digits.removeFirst(2)
            isInternational = true
        }
        if let number = international(digits, isInternational) { return (number, false) }
        let isGuessed = !isInternational && digits.count == national && !digits.hasPrefix("0")
        return isGuessed ? ("+380" + digits, true) : nil
    }

    private static func international(_ digits: String, _ isInternational: Bool) -> String? {
        let rest = digits.hasPrefix("380") ? digits.dropFirst(3) : nil
        if isInternational {
            if let rest { return rest.count == national ? "+" + digits : nil }
            return foreign.contains(digits.count) && !digits.hasPrefix("0") ? "+" + digits : nil
        }
        if let rest, rest.count == national { return "+" + digits }
        for (prefix, count) in [("80", 11), ("0", 10)] where digits.hasPrefix(prefix) && digits.count == count {
            return "+380" + digits.dropFirst(prefix.count)
        }
        return nil
    }

    // MARK: among words

    /// The one number of a text; nil if there is none, or something that may be another.
    private static func amongWords(_ text: String) -> String? {
        var found: Set<String> = []
        for run in runs(text) {
            let (number, rest) = beginning(run, cutsAtSpaces: text.unicodeScalars.contains { !isOfRun($0) })
            if let number { found.insert(number) }
            guard rest.unicodeScalars.count(where: isDigit) < national else { return nil }
        }
        return found.count == 1 ? found.first : nil
    }

    /// Digits with what separates them, each as long as it can be.
    private static func runs(_ text: String) -> [String] {
        var runs: [String] = [], run = ""
        for scalar in text.unicodeScalars {
            let begins = scalar == "+" && run.unicodeScalars.contains(where: isDigit)
            if begins || !isOfRun(scalar) {
                runs.append(run)
                run = ""
            }
            if isOfRun(scalar) { run.unicodeScalars.append(scalar) }
        }
        return runs + [run]
    }

    /// The longest beginning of a run that is a number, up to a bracket or, among words, a space; and what follows it.
    private static func beginning(_ run: String, cutsAtSpaces: Bool) -> (number: String?, rest: String) {
        var part = run[...]
        while true {
            if let (number, isGuessed) = read(String(part)), !isGuessed {
                return (number, String(run[part.endIndex...]))
            }
            guard let cut = part.lastIndex(where: { $0 == "(" || (cutsAtSpaces && $0 == " ") }) else {
                return (nil, run)
            }
            part = part[..<cut]
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isOfRun(_ scalar: Unicode.Scalar) -> Bool {
        isDigit(scalar) || isSeparator(scalar) || scalar == "+"
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "(", ")", "-", ".", "/", "\u{2010}"..."\u{2015}", "\u{2212}": true
        default: false
        }
    }
}
