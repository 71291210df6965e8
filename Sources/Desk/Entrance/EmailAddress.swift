/// An address of electronic mail, as it was written: mail servers may tell letter cases apart, so nothing is folded.
package struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    package let address: String

    package var description: String { address }

    /// Bytes that an address may have (RFC 5321).
    package static let longest = 254
    /// Bytes that may stand before its sign.
    private static let longestName = 64

    /// Nil unless it looks like one: a name, one `@`, and a domain with a point; letters of any alphabet.
    package init?(typed: String) {
        let parts = typed.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, typed.utf8.count <= Self.longest, Self.isName(parts[0]), Self.isDomain(parts[1]) else {
            return nil
        }
        address = typed
    }

    private static func isName(_ name: Substring) -> Bool {
        !name.isEmpty && name.utf8.count <= longestName && !name.hasPrefix(".") && !name.hasSuffix(".")
            && !name.contains("..")
            && name.unicodeScalars.allSatisfy { isLetter($0) || "!#$%&'*+-/=?^_`{|}~.".unicodeScalars.contains($0) }
    }

    private static func isDomain(_ domain: Substring) -> Bool {
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && (labels.last?.unicodeScalars.count ?? 0) >= 2
            && labels.allSatisfy { label in
                !label.isEmpty && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.unicodeScalars.allSatisfy { isLetter($0) || $0 == "-" }
            }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.generalCategory == .decimalNumber
            || scalar.properties.generalCategory == .nonspacingMark
    }
}
