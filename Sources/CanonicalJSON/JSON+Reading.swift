extension JSON {
    /// Reads one value of strict RFC 8259 JSON: each key once, valid UTF-8, nothing before or after it but white space.
    public init(parsing bytes: Span<UInt8>, limits: JSONLimits = .protocolProfile) throws(JSONError) {
        self = try Self.read(bytes, limits, canonical: false)
    }

    public init(parsing bytes: [UInt8], limits: JSONLimits = .protocolProfile) throws(JSONError) {
        self = try Self.read(bytes.span, limits, canonical: false)
    }

    /// Offsets of a refusal count from the start of the slice.
    public init(parsing bytes: ArraySlice<UInt8>, limits: JSONLimits = .protocolProfile) throws(JSONError) {
        self = try Self.read(bytes.span, limits, canonical: false)
    }

    /// Reads one value and refuses every byte that `canonicalBytes` would not have written just so.
    public init(canonical bytes: Span<UInt8>, limits: JSONLimits = .protocolProfile) throws(JSONError) {
        self = try Self.read(bytes, limits, canonical: true)
    }

    public init(canonical bytes: [UInt8], limits: JSONLimits = .protocolProfile) throws(JSONError) {
        self = try Self.read(bytes.span, limits, canonical: true)
    }

    /// Offsets of a refusal count from the start of the slice.
    public init(canonical bytes: ArraySlice<UInt8>, limits: JSONLimits = .protocolProfile) throws(JSONError) {
        self = try Self.read(bytes.span, limits, canonical: true)
    }

    private static func read(_ bytes: Span<UInt8>, _ limits: JSONLimits, canonical: Bool) throws(JSONError) -> JSON {
        try bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) -> JSON in
            var scanner = try Scanner(bytes, limits, canonical: canonical)
            scanner.skipSpace()
            let value = try scanner.value(0)
            try scanner.finish()
            return value
        }
    }
}
