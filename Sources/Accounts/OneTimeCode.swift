public import Cryptography

/// A code for one use, 128 bits, as it is printed and typed: `7K3M-0Q2X-…`, groups of four.
///
/// It opens the first run, an invitation or an account whose authenticator is gone. A node keeps its hash alone.
public struct OneTimeCode: Hashable, Sendable {
    public static let length = 16
    private static let group = 4

    public let bytes: [UInt8]

    /// Nil unless there are 16 bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = bytes
    }

    /// Reads what a person typed or copied: in any letter case, with or without hyphens and blanks, `O` for `0`, `I` and
    /// `L` for `1`; nil for anything else.
    public init?(typed: String) {
        var plain = ""
        for scalar in typed.uppercased().unicodeScalars {
            switch scalar {
            case "-", " ", "\t", "\n", "\r", "\u{2010}"..."\u{2015}", "\u{A0}": continue
            case "O": plain += "0"
            case "I", "L": plain += "1"
            default: plain.unicodeScalars.append(scalar)
            }
        }
        guard let bytes = Base32.decode(plain, .paper) else { return nil }
        self.init(bytes)
    }

    /// As it is printed.
    public var text: String {
        let characters = Array(Base32.encode(bytes, .paper))
        return stride(from: 0, to: characters.count, by: Self.group).map {
            String(characters[$0..<min($0 + Self.group, characters.count)])
        }.joined(separator: "-")
    }

    /// What a node keeps; a code of 128 random bits needs no slow hash.
    public var hash: SHA256Digest { SHA256.hash(bytes) }
}
