/// The names of nodes, origins, writes and registers, as text that the protocol fixes.
///
/// All of them are printable ASCII, checked at the door, so that Swift's canonical equivalence of strings and SQLite's
/// comparison of bytes agree on them.
public enum Names {
    /// `[a-z][a-z0-9-]{0,31}`: nodes, departments, users.
    public static func isIdentifier(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= Limits.identifier, isLetter(first) else { return false }
        return bytes.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }

    /// `lowercase-words.with.dots`: kinds of operation, registers, reasons.
    public static func isDotted(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= 64, isLetter(first) else { return false }
        return bytes.allSatisfy { isLetter($0) || isCapital($0) || isDigit($0) || $0 == UInt8(ascii: ".") }
    }

    /// A UUID in lower case, as it names an appeal.
    public static func isAppeal(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 36 else { return false }
        for (place, byte) in bytes.enumerated() {
            if [8, 13, 18, 23].contains(place) {
                guard byte == UInt8(ascii: "-") else { return false }
            } else {
                guard isHex(byte) else { return false }
            }
        }
        return true
    }

    /// Lower-case hexadecimal digits, exactly `count` of them.
    public static func isHex(_ text: String, count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy { isHex($0) }
    }

    /// `bare` or `bare@write`: the full name of a register.
    public static func isRegister(_ text: String) -> Bool {
        guard isDotted(bare(text)) else { return false }
        return entity(text).map { WriteName($0) != nil } ?? true
    }

    /// The bare name of a full register name: `state@zhkg#5b1e90c2:3/1` → `state`.
    public static func bare(_ full: String) -> String {
        guard let at = full.utf8.firstIndex(of: UInt8(ascii: "@")) else { return full }
        return String(full[..<at])
    }

    /// The entity of a full register name, if it has one: `state@zhkg#5b1e90c2:3/1` → `zhkg#5b1e90c2:3/1`.
    public static func entity(_ full: String) -> String? {
        guard let at = full.utf8.firstIndex(of: UInt8(ascii: "@")) else { return nil }
        return String(full[full.utf8.index(after: at)...])
    }

    static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
    static func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte >= 0x61 && byte <= 0x66) }
}

/// An author's log: a node and one of its incarnations, written `zhkg#5b1e90c2`.
public struct Origin: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The id of the node, which is its department's id too.
    public let node: String
    /// Eight hexadecimal digits that the node drew itself.
    public let incarnation: String

    /// From parts that are known to be right; text from outside is read by the other initializer.
    public init(node: String, incarnation: String) {
        precondition(
            Names.isIdentifier(node) && Names.isHex(incarnation, count: 8),
            "an origin is a node id and 8 hex digits"
        )
        self.node = node
        self.incarnation = incarnation
    }

    /// Reads `node#incarnation`; nil if the text is not exactly that.
    public init?(_ text: String) {
        guard let hash = text.utf8.firstIndex(of: UInt8(ascii: "#")) else { return nil }
        let node = String(text[..<hash])
        let incarnation = String(text[text.utf8.index(after: hash)...])
        guard Names.isIdentifier(node), Names.isHex(incarnation, count: 8) else { return nil }
        self.node = node
        self.incarnation = incarnation
    }

    public var description: String { node + "#" + incarnation }
    /// By node, then by incarnation: an order to walk in, not the order in which incarnations were drawn.
    public static func < (a: Origin, b: Origin) -> Bool { (a.node, a.incarnation) < (b.node, b.incarnation) }
}

/// One write for ever: an origin and a number in its log, written `zhkg#5b1e90c2:1839`.
public struct WriteName: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The log that it is in.
    public let origin: Origin
    /// Its place there, dense from 1.
    public let number: Int64

    /// Unchecked: numbers come from a log or were read.
    public init(origin: Origin, number: Int64) {
        self.origin = origin
        self.number = number
    }

    /// Reads `origin:number`, also of an entity's name (`…:number/k`), whose `/k` is passed over.
    public init?(_ text: String) {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        guard let origin = Origin(String(text[..<colon])) else { return nil }
        var digits = text[text.utf8.index(after: colon)...]
        if let slash = digits.utf8.firstIndex(of: UInt8(ascii: "/")) {
            guard WriteName.number(digits[digits.utf8.index(after: slash)...].utf8) != nil else { return nil }
            digits = digits[..<slash]
        }
        guard let number = WriteName.number(digits.utf8) else { return nil }
        self.origin = origin
        self.number = number
    }

    /// A positive decimal number without sign or leading zero, at most 2^53−1.
    static func number(_ digits: some Collection<UInt8>) -> Int64? {
        guard let first = digits.first, first != UInt8(ascii: "0"), digits.count <= 16 else { return nil }
        var value: Int64 = 0
        for digit in digits {
            guard Names.isDigit(digit) else { return nil }
            value = value * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return value <= 9_007_199_254_740_991 ? value : nil
    }

    public var description: String { "\(origin):\(number)" }
    /// By log and number; says nothing about which was committed first.
    public static func < (a: WriteName, b: WriteName) -> Bool { (a.origin, a.number) < (b.origin, b.number) }
}
