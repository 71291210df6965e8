/// What a reader accepts at most; everything beyond is refused with its offset.
public struct JSONLimits: Sendable {
    /// The deepest nesting any reader goes into, whatever `depth` says: recursion must have a bound.
    public static let deepest = 256
    /// The greatest whole number every JSON reader keeps exactly, 2^53 − 1.
    public static let greatestInteger: Int64 = 9_007_199_254_740_991

    /// Arrays and objects inside each other.
    public var depth = 32
    /// UTF-8 bytes of a key, escapes resolved.
    public var keyBytes = 128
    /// UTF-8 bytes of a string, escapes resolved.
    public var stringBytes: Int
    /// Refuse fractions, exponents, `-0` and anything beyond ±(2^53 − 1).
    public var integersOnly: Bool
    /// Bytes of the whole text.
    public var totalBytes: Int

    /// The defaults of depth and key are those of protocol.md "Limits".
    public init(depth: Int = 32, keyBytes: Int = 128, stringBytes: Int, integersOnly: Bool, totalBytes: Int) {
        self.depth = depth
        self.keyBytes = keyBytes
        self.stringBytes = stringBytes
        self.integersOnly = integersOnly
        self.totalBytes = totalBytes
    }

    /// What the replication protocol allows.
    public static let protocolProfile = JSONLimits(stringBytes: 48 << 10, integersOnly: true, totalBytes: 8 << 20)
    /// Any JSON of a reasonable size, fractions too.
    public static let general = JSONLimits(
        depth: 128,
        keyBytes: 64 << 10,
        stringBytes: 16 << 20,
        integersOnly: false,
        totalBytes: 64 << 20
    )
}
