/// A Swift file as written, and the same with comments and the contents of strings blanked, line by line.
struct SwiftSource {
    let path: String
    let lines: [String]
    /// Only code: what stands in comments and strings is spaces, so that a word found here is a word of the program.
    let code: [String]

    init(_ path: String, _ text: String) {
        self.path = path
        lines = Self.split(text)
        var blanking = Blanking(Array(text.utf8))
        code = Self.split(String(decoding: blanking.run(), as: UTF8.self))
    }

    private static func split(_ text: String) -> [String] {
        text.utf8.split(separator: 10, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Lines that hold something; a file's last line feed does not begin another.
    var length: Int { lines.last == "" ? lines.count - 1 : lines.count }

    /// The folder below Sources or Tests: the target.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The identifiers and keywords of a line of code, `@` kept before attributes.
    static func words(_ line: String) -> [String] {
        line.utf8.split { !isWord($0) && $0 != UInt8(ascii: "@") }.map { String(decoding: $0, as: UTF8.self) }
    }

    static func isWord(_ byte: UInt8) -> Bool {
        (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte == 95
            || byte >= 128
    }
}

/// Blanks comments and the contents of strings; what is interpolated stays, since it is code.
private struct Blanking {
    private let bytes: [UInt8]
    private var place = 0
    private var output: [UInt8] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        output.reserveCapacity(bytes.count)
    }

    mutating func run() -> [UInt8] {
        code(endsAtParenthesis: false)
        return output
    }

    private func byte(_ offset: Int = 0) -> UInt8 { place + offset < bytes.count ? bytes[place + offset] : 0 }

    private mutating func keep() {
        output.append(bytes[place])
        place += 1
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where place < bytes.count {
            output.append(bytes[place] == 10 ? 10 : 32)
            place += 1
        }
    }

    private mutating func code(endsAtParenthesis: Bool) {
        var depth = 0
        while place < bytes.count {
            switch byte() {
            case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"):
                while place < bytes.count, byte() != 10 { blank() }
            case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"): blockComment()
            case UInt8(ascii: "#") where quoteAfterHashes() != nil: string(hashes: quoteAfterHashes() ?? 0)
            case UInt8(ascii: "\""): string(hashes: 0)
            case UInt8(ascii: "(") where endsAtParenthesis:
                depth += 1
                keep()
            case UInt8(ascii: ")") where endsAtParenthesis:
                if depth == 0 { return blank() }
                depth -= 1
                keep()
            default: keep()
            }
        }
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            if byte() == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
                depth += 1
                blank(2)
            } else if byte() == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && place < bytes.count
    }

    /// How many `#` stand before a quote here; nil if they are something else.
    private func quoteAfterHashes() -> Int? {
        var count = 0
        while byte(count) == UInt8(ascii: "#") { count += 1 }
        return count > 0 && byte(count) == UInt8(ascii: "\"") ? count : nil
    }

    private func hasHashes(_ count: Int, at offset: Int) -> Bool {
        (0..<count).allSatisfy { byte(offset + $0) == UInt8(ascii: "#") }
    }

    private mutating func string(hashes: Int) {
        blank(hashes)
        let isLong = byte(1) == UInt8(ascii: "\"") && byte(2) == UInt8(ascii: "\"")
        let quotes = isLong ? 3 : 1
        blank(quotes)
        while place < bytes.count {
            if byte() == UInt8(ascii: "\\"), hasHashes(hashes, at: 1) {
                let isInterpolation = byte(1 + hashes) == UInt8(ascii: "(")
                blank(2 + hashes)
                if isInterpolation { code(endsAtParenthesis: true) }
            } else if (0..<quotes).allSatisfy({ byte($0) == UInt8(ascii: "\"") }), hasHashes(hashes, at: quotes) {
                return blank(quotes + hashes)
            } else if byte() == 10, !isLong {
                return
            } else {
                blank()
            }
        }
    }
}
