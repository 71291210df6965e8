import COpenSSL

/// Random bytes fit for keys, salts and tokens.
public enum RandomBytes {
    /// As many as are asked for, at most 1 MiB at a time.
    public static func bytes(_ count: Int) -> [UInt8] {
        precondition(count >= 0 && count <= 1 << 20, "Between 0 and 1 MiB of random bytes can be asked for.")
        var bytes = [UInt8](repeating: 0, count: count)
        // A machine without randomness must not go on: every key it makes would be guessable.
        precondition(RAND_bytes(&bytes, Int32(count)) == 1, "The system's random generator failed.")
        return bytes
    }

    /// Twice as many lowercase hexadecimal digits as `count` says.
    public static func hex(_ count: Int) -> String { Hex.encode(bytes(count)) }
}
