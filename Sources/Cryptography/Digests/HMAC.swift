import COpenSSL

/// A keyed digest (RFC 2104).
public enum HMAC {
    /// The hash below it; SHA-1 is for one-time passwords alone, which every authenticator counts with it (RFC 6238).
    public enum Hash: String, Sendable {
        case sha1 = "SHA1"
        case sha256 = "SHA256"

        fileprivate var length: Int { self == .sha1 ? 20 : 32 }
    }

    /// Of a whole message: 20 bytes with SHA-1, 32 with SHA-256.
    public static func of(_ message: [UInt8], key: [UInt8], hash: Hash) throws(CryptographyError) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: hash.length), length = 0
        let doing = "computing an HMAC"
        let result = EVP_Q_mac(
            nil,
            "HMAC",
            nil,
            hash.rawValue,
            nil,
            key,
            key.count,
            message,
            message.count,
            &output,
            output.count,
            &length
        )
        _ = try require(result, doing)
        guard length == hash.length else { throw .refused(doing) }
        return output
    }
}
