public import Cryptography

/// A node's key as three words, by which people see that a screen is of the node that they mean.
///
/// Thirty-three bits of the fingerprint: enough for eyes, not for a proof; the fingerprint itself is for that.
public enum KeyWords {
    /// Bits that a word says.
    private static let bits = 11

    /// The three words of a key's fingerprint, always the same ones.
    public static func words(of fingerprint: SHA256Digest) -> [String] {
        let number = fingerprint.array.prefix(5).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return (0..<3).map { place in
            let shift = 40 - bits * (place + 1)
            return list[Int(number >> UInt64(shift)) & (1 << bits - 1)]
        }
    }
}
