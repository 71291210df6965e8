/// A view into canonical bytes that finds and copies values by their ranges, without building a tree.
///
/// Precondition: `CanonicalText.validate` or `JSON(canonical:)` accepted the bytes. On other bytes the answers make
/// no sense, but nothing outside the bytes is read and every walk ends. The walker does not own the bytes: use it
/// inside `withUnsafeBufferPointer`, or through `JSONWalker.walk`, and do not keep it.
public struct JSONWalker {
    /// A member of an object: the key without its quotes, escapes as they stand in the text.
    public struct Member {
        /// Between the quotes; escapes are left as they stand.
        public let key: Range<Int>
        /// The whole value, its quotes or brackets included.
        public let value: Range<Int>

        /// Key with its quotes, colon and value, as they stand in the text.
        public var whole: Range<Int> { (key.lowerBound - 1)..<value.upperBound }
    }

    let bytes: UnsafeBufferPointer<UInt8>

    /// The bytes must be canonical, and must outlive the walker; on others it finds something or nothing, but never
    /// beyond their end.
    public init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Lends a walker over the bytes to a closure.
    public static func walk<Result, Failure: Error>(
        _ bytes: Span<UInt8>,
        _ body: (JSONWalker) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try bytes.withUnsafeBufferPointer { (bytes) throws(Failure) in try body(JSONWalker(bytes)) }
    }

    /// The whole value.
    public var root: Range<Int> { 0..<bytes.count }

    /// The members of the object at a range, none where it is no object.
    public func members(of object: Range<Int>) -> Members {
        Members(walker: self, at: begin(object, UInt8(ascii: "{")))
    }

    /// The elements of the array at a range, none where it is no array.
    public func elements(of array: Range<Int>) -> Elements {
        Elements(walker: self, at: begin(array, UInt8(ascii: "[")))
    }

    /// The value of a member by its key, which must be ASCII without anything to escape.
    public func value(of key: StaticString, in object: Range<Int>) -> Range<Int>? {
        find(UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount), in: object)
    }

    /// The value of a member by the bytes of its key as they stand in the text.
    public func value(of key: [UInt8], in object: Range<Int>) -> Range<Int>? {
        key.withUnsafeBufferPointer { find($0, in: object) }
    }

    /// Whether the key or value at a range is these bytes.
    public func holds(_ range: Range<Int>, _ text: StaticString) -> Bool {
        isSame(range, UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// The integer at a range, nil for any other value.
    public func integer(at range: Range<Int>) -> Int64? {
        guard let first = byte(range.lowerBound), first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") < 10 else {
            return nil
        }
        var value: Int64 = 0
        for byte in part(range) where byte != UInt8(ascii: "-") {
            let digit = byte &- UInt8(ascii: "0")
            let (tens, overflows) = value.multipliedReportingOverflow(by: 10)
            // Downwards, since the least integer has no positive counterpart.
            let (sum, isBeyond) = tens.subtractingReportingOverflow(Int64(digit))
            guard digit < 10, !overflows, !isBeyond else { return nil }
            value = sum
        }
        if first == UInt8(ascii: "-") { return value }
        return value == .min ? nil : -value
    }

    /// Whether a range is printable ASCII with nothing to escape, as the names of a protocol are.
    public func isPlain(_ range: Range<Int>) -> Bool {
        part(range).allSatisfy { byte in
            byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        }
    }

    /// The text of the string at a range of a value, escapes resolved; nil for any other value.
    public func string(at range: Range<Int>) -> String? {
        guard range.count >= 2, byte(range.lowerBound) == UInt8(ascii: "\"") else { return nil }
        return text((range.lowerBound + 1)..<(range.upperBound - 1))
    }

    /// The text of a member's key, escapes resolved.
    public func text(_ key: Range<Int>) -> String {
        let bytes = part(key)
        return bytes.contains(UInt8(ascii: "\\")) ? Escapes.decoded(bytes) : String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the bytes of a range as they stand.
    public func copy(_ range: Range<Int>, to output: inout [UInt8]) {
        output.append(contentsOf: part(range))
    }

    /// The first byte of a value, which tells its type; nil outside the bytes.
    public func byte(_ place: Int) -> UInt8? {
        bytes.indices.contains(place) ? bytes[place] : nil
    }
}
