/// Content streams as cairo writes them.
enum ContentMarks {
    /// Operators that put something on the paper (ISO 32000-1, table A.1).
    private static let painting: Set<String> = [
        "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "Tj", "TJ", "'", "\"",
    ]

    /// The same stream in which all that is painted outside of the structure is marked as artifact: rules, frames, numbers of sheets.
    ///
    /// Cairo 1.16 knows no mark for it.
    /// - Throws: `PaperTrouble.failed` where text objects and marks are not nested.
    static func marked(_ stream: [UInt8]) throws -> [UInt8] {
        var result: [UInt8] = []
        var tokens = ContentTokens(stream)
        /// Where the outside began, and where the operands of the present operator.
        var outside = 0, operands: Int?
        var depth = 0, texts = 0, paints = false

        /// Ends what was open, at this byte of the content.
        func close(_ end: Int) throws {
            guard texts == 0 else { throw PaperTrouble.failed("a mark within a text object") }
            let piece = stream[outside..<end]
            result += paints ? Array("/Artifact BMC\n".utf8) + piece + Array("\nEMC\n".utf8) : Array(piece)
        }
        while let token = try tokens.next() {
            guard token.isOperator else {
                if operands == nil { operands = token.start }
                continue
            }
            let word = String(decoding: stream[token.start..<token.end], as: UTF8.self)
            switch word {
            case "BDC", "BMC":
                if depth == 0 {
                    let start = operands ?? token.start
                    try close(start)
                    outside = start
                }
                depth += 1
            case "EMC":
                depth -= 1
                guard depth >= 0 else { throw PaperTrouble.failed("a mark ends that never began") }
                if depth == 0 {
                    result += stream[outside..<token.end] + [10]
                    (outside, paints, texts) = (token.end, false, 0)
                }
            case "BT" where depth == 0: texts += 1
            case "ET" where depth == 0: texts -= 1
            case _ where depth == 0 && painting.contains(word): paints = true
            default: break
            }
            operands = nil
        }
        guard depth == 0 else { throw PaperTrouble.failed("a mark does not end") }
        try close(stream.count)
        return result
    }
}

/// Words of a content stream: operands, of which only their extent is told, and operators.
struct ContentTokens {
    struct Token {
        let start: Int
        let end: Int
        let isOperator: Bool
    }

    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private static func isSpace(_ byte: UInt8) -> Bool { [0, 9, 10, 12, 13, 32].contains(byte) }
    private static let delimiters = Set("()<>[]{}/%".utf8)

    /// - Throws: `PaperTrouble.failed` for images in the stream, which no paper has.
    mutating func next() throws -> Token? {
        while place < bytes.count, Self.isSpace(bytes[place]) { place += 1 }
        guard place < bytes.count else { return nil }
        let start = place
        switch bytes[place] {
        case UInt8(ascii: "("): string()
        case UInt8(ascii: "<") where place + 1 < bytes.count && bytes[place + 1] != UInt8(ascii: "<"):
            while place < bytes.count, bytes[place] != UInt8(ascii: ">") { place += 1 }
            place += 1
        case UInt8(ascii: "/"):
            place += 1
            word()
        case UInt8(ascii: "%"): while place < bytes.count, bytes[place] != 10 { place += 1 }
        case let byte where Self.delimiters.contains(byte): place += 1
        default:
            word()
            let first = bytes[start]
            let isNumber =
                (48...57).contains(first) || [UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ".")].contains(first)
            guard bytes[start..<place] != Array("BI".utf8)[...] else {
                throw PaperTrouble.failed("an image within a content stream")
            }
            return Token(start: start, end: place, isOperator: !isNumber)
        }
        return Token(start: start, end: min(place, bytes.count), isOperator: false)
    }

    /// Goes on to the end of a name, a number or an operator.
    private mutating func word() {
        while place < bytes.count, !Self.isSpace(bytes[place]), !Self.delimiters.contains(bytes[place]) { place += 1 }
    }

    /// Goes on behind the bracket that ends a string; brackets within it are in pairs or escaped.
    private mutating func string() {
        var depth = 0
        repeat {
            switch bytes[place] {
            case UInt8(ascii: "\\"): place += 1
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            default: break
            }
            place += 1
        } while depth > 0 && place < bytes.count
    }
}
