/// The target of a request: a path from the root, and a query.
struct HTTPTarget {
    let path: String
    let query: [(String, String)]
    /// The host of an absolute form.
    let authority: String?

    /// `encodedSlashes`: whether `%2F` in a path is taken, as a slash.
    init(_ target: ArraySlice<UInt8>, encodedSlashes: Bool) throws(HTTPRefusal) {
        let (authority, target) = Self.parts(target)
        guard target.first == UInt8(ascii: "/") else {
            throw .malformed("target_form", "the target must be a path beginning with a slash")
        }
        let mark = target.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
        path = try Self.path(target[..<mark], encodedSlashes)
        query = mark < target.endIndex ? try Self.query(target[(mark + 1)...]) : []
        self.authority = authority
    }

    /// The host of a target in absolute form (RFC 9112 section 3.2.2), and what follows it.
    private static func parts(_ target: ArraySlice<UInt8>) -> (authority: String?, rest: ArraySlice<UInt8>) {
        for scheme in ["http://", "https://"] {
            let start = target.prefix(scheme.utf8.count)
            guard HTTPBytes.lowercased(start).elementsEqual(scheme.utf8) else { continue }
            let rest = target.dropFirst(start.count)
            let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
            guard end > rest.startIndex, rest[..<end].allSatisfy(HTTPHeadReader.isHostByte) else {
                return (nil, target)
            }
            let path = rest[end...].first == UInt8(ascii: "/") ? rest[end...] : [UInt8(ascii: "/")] + rest[end...]
            return (HTTPBytes.text(rest[..<end]), path)
        }
        return (nil, target)
    }

    private static func path(_ bytes: ArraySlice<UInt8>, _ encodedSlashes: Bool) throws(HTTPRefusal) -> String {
        var segments: [String] = []
        for part in bytes.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            let segment = try decoded(part, plusIsSpace: false)
            let pieces = segment.split(separator: "/", omittingEmptySubsequences: false)
            // A dot segment would make two different texts of one address, and so does an encoded slash.
            guard pieces.count == 1 || encodedSlashes, !pieces.contains("."), !pieces.contains("..") else {
                throw .malformed("target_path", "the path holds a dot segment or an encoded slash")
            }
            segments.append(segment)
        }
        return "/" + segments.joined(separator: "/")
    }

    private static func query(_ bytes: ArraySlice<UInt8>) throws(HTTPRefusal) -> [(String, String)] {
        var items: [(String, String)] = []
        if bytes.isEmpty { return items }
        for part in bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
            let equals = part.firstIndex(of: UInt8(ascii: "="))
            let name = try decoded(part[..<(equals ?? part.endIndex)], plusIsSpace: true)
            let value = try equals.map { at throws(HTTPRefusal) in try decoded(part[(at + 1)...], plusIsSpace: true) }
            guard !name.isEmpty else { throw .malformed("query_name", "a parameter of the query has no name") }
            guard !items.contains(where: { $0.0.utf8.elementsEqual(name.utf8) }) else {
                throw .malformed("query_duplicate", "the query names one parameter twice")
            }
            guard items.count < 64 else { throw .malformed("query_count", "the query has more than 64 parameters") }
            items.append((name, value ?? ""))
        }
        return items
    }

    /// Percent-decodes; the result is UTF-8 without control characters.
    private static func decoded(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool) throws(HTTPRefusal) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(HTTPBytes.hexDigit),
                    let low = rest.popFirst().flatMap(HTTPBytes.hexDigit)
                else { throw .malformed("percent", "a percent sign of the target lacks its two hexadecimal digits") }
                result.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: result.append(0x20)
            case 0x21...0x7e where !isExcluded(byte): result.append(byte)
            default: throw .malformed("target_byte", "the target holds a byte that must be percent-encoded")
            }
        }
        guard let text = HTTPBytes.text(result), !result.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
            throw .malformed("target_text", "the target is not UTF-8 text, or holds a control character")
        }
        return text
    }

    private static func isExcluded(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
            UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            true
        default: false
        }
    }
}
