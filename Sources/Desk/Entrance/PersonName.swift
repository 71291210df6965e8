import Appeals

/// How somebody is called: at least one letter, of whatever alphabet.
package struct PersonName: Hashable, Sendable, CustomStringConvertible {
    package let name: String

    package var description: String { name }

    /// Nil for what is no name: digits and marks alone.
    package init?(typed: String) {
        guard typed.unicodeScalars.contains(where: \.properties.isAlphabetic) else { return nil }
        name = typed
    }
}
