/// The name of a node as certificates carry it: the URI `urn:node:<id>`.
enum NodeName {
    static let prefix = "urn:node:"

    /// Whether it is [a-z][a-z0-9-]{0,31}.
    static func isValid(_ node: String) -> Bool {
        let characters = Array(node.utf8)
        guard let first = characters.first, characters.count <= 32, isLetter(first) else { return false }
        return characters.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }

    /// The node of a URI; nil when it is not exactly `urn:node:` and a valid id.
    static func node(ofURI uri: String) -> String? {
        // Bytes, not characters: String equality would accept other spellings of the same text.
        guard uri.utf8.starts(with: prefix.utf8) else { return nil }
        let node = String(decoding: uri.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
        return isValid(node) ? node : nil
    }

    /// Whether it can be a DNS name of a certificate of ours: lowercase labels, no wildcard.
    static func isValidDNS(_ name: String) -> Bool {
        let labels = Array(name.utf8).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return name.utf8.count <= 253
            && labels.allSatisfy { label in
                let hyphen = UInt8(ascii: "-")
                return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
                    && label.allSatisfy { isLetter($0) || isDigit($0) || $0 == hyphen }
            }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
