/// A place in a text and what may be met there: the words (strings, literals, white space) of JSON.
///
/// Works on a raw pointer for speed. Every read is preceded by a comparison with `count`, and `at` never passes it.
struct Scanner {
    let base: UnsafePointer<UInt8>
    let count: Int
    let limits: JSONLimits
    /// Refuse every byte that the canonical writer would not have written.
    let canonical: Bool
    let deepest: Int
    var at = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits, canonical: Bool) throws(JSONError) {
        guard let base = bytes.baseAddress, bytes.count > 0 else {
            throw JSONError(offset: 0, reason: "the text is empty, a value was expected")
        }
        self.base = base
        self.count = bytes.count
        self.limits = limits
        self.canonical = canonical
        self.deepest = min(limits.depth, JSONLimits.deepest)
        guard count <= limits.totalBytes else {
            throw JSONError(offset: limits.totalBytes, reason: "the text has more than \(limits.totalBytes) bytes")
        }
        if count >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF {
            throw JSONError(offset: 0, reason: "a byte order mark, a value was expected")
        }
    }

    /// The byte here; 0, which nothing in JSON may begin with, at the end of the text.
    var byte: UInt8 {
        @inline(__always) get { at < count ? base[at] : 0 }
    }

    /// Canonical text has no white space, so there it is left standing and refused as an unexpected byte.
    @inline(__always)
    mutating func skipSpace() {
        guard !canonical else { return }
        while at < count, Self.isSpace(base[at]) { at += 1 }
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    mutating func literal(_ word: StaticString) throws(JSONError) {
        let letters = word.utf8Start
        for offset in 0..<word.utf8CodeUnitCount {
            guard at + offset < count, base[at + offset] == letters[offset] else {
                throw JSONError(offset: at + offset, reason: "not the word \(word)")
            }
        }
        at += word.utf8CodeUnitCount
    }

    /// The value must be all there is.
    mutating func finish() throws(JSONError) {
        skipSpace()
        guard at == count else { throw JSONError(offset: at, reason: "bytes after the value") }
    }

    func unexpected(_ wanted: StaticString) -> JSONError {
        guard at < count else { return JSONError(offset: count, reason: "the text ends, \(wanted) was expected") }
        if canonical, Self.isSpace(base[at]) {
            return JSONError(offset: at, reason: "white space, which canonical text has none of")
        }
        let hex = String(base[at], radix: 16, uppercase: true)
        return JSONError(offset: at, reason: "byte 0x\(hex.count < 2 ? "0" : "")\(hex), \(wanted) was expected")
    }

    func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
    }
}
