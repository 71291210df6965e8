import COpenSSL

/// Comparison of secrets whose duration does not tell where they differ.
public enum ConstantTime {
    /// Whether the bytes are the same; the lengths are not secret.
    public static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return CRYPTO_memcmp(left, right, left.count) == 0
    }
}
