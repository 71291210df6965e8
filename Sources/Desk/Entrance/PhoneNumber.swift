/// A telephone on which an applicant can be called from anywhere: E.164, in which telephones are kept and compared.
package struct PhoneNumber: Hashable, Sendable, CustomStringConvertible {
    /// `+380561234567`.
    package let number: String

    package var description: String { number }

    /// Digits behind the code of Ukraine.
    private static let national = 9
    /// Digits of a number of another country, its code included (E.164).
    private static let foreign = 8...15

    /// Reads a number as people write it: `056 123-45-67`, `+38 (056) 123-45-67`, `380561234567`, `80561234567`,
    /// `561234567` (without the zero that spreadsheets drop), one of another country behind `+` or `00`.
    ///
    /// Nil for anything else: letters, several numbers, a number without the code of its area, an emergency or short
    /// number, on which nobody is reached who wrote an appeal.
    package init?(typed: String) {
        var digits = "", isInternational = false
        for scalar in typed.unicodeScalars {
            switch scalar {
            case "0"..."9": digits.unicodeScalars.append(scalar)
            case "+" where digits.isEmpty && !isInternational: isInternational = true
            case " ", "(", ")", "-", ".", "/", "\u{2010}"..."\u{2015}", "\u{2212}": continue
            default: return nil
            }
        }
        if !isInternational, digits.hasPrefix("00") {
            digits.removeFirst(2)
            isInternational = true
        }
        guard let number = Self.international(digits, isInternational) else { return nil }
        self.number = number
    }

    /// Reads what a card has, of whatever program.
    package init?(kept: String) { self.init(typed: ReadableText.line(kept)) }

    private static func international(_ digits: String, _ isInternational: Bool) -> String? {
        let rest = digits.hasPrefix("380") ? digits.dropFirst(3) : nil
        if isInternational {
            if let rest { return rest.count == national ? "+" + digits : nil }
            return foreign.contains(digits.count) && !digits.hasPrefix("0") ? "+" + digits : nil
        }
        if let rest, rest.count == national { return "+" + digits }
        let prefixes = [("80", 11), ("0", 10)]
        for (prefix, count) in prefixes where digits.hasPrefix(prefix) && digits.count == count {
            return "+380" + digits.dropFirst(prefix.count)
        }
        return digits.count == national && !digits.hasPrefix("0") ? "+380" + digits : nil
    }
}
