/// Checks of canonical text (RFC 8785) that build nothing.
public enum CanonicalText {
    /// Refuses what `JSON(canonical:)` refuses, with the same offset and reason, without building the value.
    public static func validate(_ bytes: Span<UInt8>, limits: JSONLimits = .protocolProfile) throws(JSONError) {
        try bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) in
            var scanner = try Scanner(bytes, limits, canonical: true)
            try scanner.check(0)
            try scanner.finish()
        }
    }
}
