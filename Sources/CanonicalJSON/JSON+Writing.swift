extension JSON {
    /// The one canonical text of this value (RFC 8785).
    public func canonicalBytes() -> [UInt8] {
        var writer = CanonicalWriter()
        writer.write(self)
        return Array(writer.written)
    }

    /// The same at the end of what a buffer holds, without a copy between.
    public func appendCanonical(to bytes: inout [UInt8]) {
        var writer = CanonicalWriter()
        writer.write(self)
        bytes.append(contentsOf: writer.written)
    }

    /// The same as text.
    public var canonicalText: String {
        var writer = CanonicalWriter()
        writer.write(self)
        return String(decoding: writer.written, as: UTF8.self)
    }
}
