import COpenSSL

/// The password hash scrypt (RFC 7914).
public enum Scrypt {
    /// The most memory one derivation may take.
    private static let memoryLimit = 1 << 31

    /// Derives `length` bytes; `logN` is the binary logarithm of the cost N.
    public static func derive(
        password: [UInt8],
        salt: [UInt8],
        logN: Int,
        r: Int,
        p: Int,
        length: Int
    ) throws(CryptographyError) -> [UInt8] {
        guard (1...20).contains(logN), (1...64).contains(r), (1...64).contains(p), (1...1024).contains(length) else {
            throw .refused("deriving a key with scrypt: logN=\(logN) r=\(r) p=\(p) length=\(length) is out of bounds")
        }
        let cost = 1 << logN
        // NB: OpenSSL's own limit (maxmem 0) is 32 MiB and refuses N=2^15 with r=8: say what is really needed.
        let memory = 128 * r * (cost + p + 2) + (1 << 20)
        guard memory <= memoryLimit else {
            throw .refused("deriving a key with scrypt: logN=\(logN) r=\(r) p=\(p) needs \(memory) bytes of memory")
        }
        var output = [UInt8](repeating: 0, count: length)
        let result = password.withUnsafeBytes { bytes in
            EVP_PBE_scrypt(
                bytes.bindMemory(to: CChar.self).baseAddress,
                password.count,
                salt,
                salt.count,
                UInt64(cost),
                UInt64(r),
                UInt64(p),
                UInt64(memory),
                &output,
                length
            )
        }
        try require(result, "deriving a key with scrypt")
        return output
    }
}
