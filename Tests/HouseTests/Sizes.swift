/// A function, an initializer, an accessor or a closure kept in a property, with the lines it takes.
struct Function: Equatable {
    let name: String
    let line: Int
    var length: Int
}

/// How large files and functions may be.
enum Sizes {
    static let file = 400
    static let function = 60

    static func violations(in source: SwiftSource) -> [Violation] {
        var found: [Violation] = []
        if source.length > file {
            found.append(
                Violation(
                    source.path,
                    file + 1,
                    "\(source.length) lines, at most \(file)",
                    remedy: "Split it: one main type a file, its extensions beside it"
                )
            )
        }
        for function in Functions.found(in: source) where function.length > Self.function {
            found.append(
                Violation(
                    source.path,
                    function.line,
                    "\(function.name) has \(function.length) lines, at most \(Self.function)",
                    remedy: "Take a step of it out into a function of its own"
                )
            )
        }
        return found
    }

    static func median(_ values: [Int]) -> Int { values.isEmpty ? 0 : values.sorted()[values.count / 2] }
}

/// Finds functions by their braces: outermost bodies only, since what they contain is shorter.
struct Functions {
    private enum Owner: Equatable {
        case type
        case body(String, Int)
        /// A property's value: closures in it are bodies that begin at their own brace.
        case value(String)
    }

    private struct Frame {
        let owner: Owner?
        let parentheses: Int
        let isBody: Bool
        let line: Int
    }

    private var found: [Function] = []
    private var frames: [Frame] = []
    private var owner: Owner?
    private var parentheses = 0
    private var expectsName: Int?
    private var bodies = 0

    static func found(in source: SwiftSource) -> [Function] {
        var scan = Functions()
        for (place, line) in source.code.enumerated() { scan.read(line, place + 1) }
        return scan.found
    }

    private mutating func read(_ text: String, _ line: Int) {
        let bytes = Array(text.utf8)
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            if SwiftSource.isWord(byte) {
                let start = place
                while place < bytes.count, SwiftSource.isWord(bytes[place]) { place += 1 }
                let before = start > 0 ? bytes[start - 1] : 32
                if before != UInt8(ascii: "."), before != UInt8(ascii: "`"), before != UInt8(ascii: "#") {
                    word(String(decoding: bytes[start..<place], as: UTF8.self), line)
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "["): parentheses += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): parentheses -= 1
            case UInt8(ascii: "{"): open(line)
            case UInt8(ascii: "}"): close(line)
            default: break
            }
            place += 1
        }
    }

    /// Words matter between declarations, not in bodies and not in parameter lists.
    private mutating func word(_ word: String, _ line: Int) {
        guard bodies == 0, parentheses == (frames.last?.parentheses ?? 0) else { return }
        if let start = expectsName {
            expectsName = nil
            if case .value = owner { owner = .value(word) } else { owner = .body(word, start) }
            return
        }
        switch word {
        case "struct", "class", "enum", "protocol", "actor", "extension": owner = .type
        case "init", "deinit", "subscript": owner = .body(word, line)
        case "func", "var":
            owner = .body("", line)
            expectsName = line
        case "let":
            owner = .value("")
            expectsName = line
        default: break
        }
    }

    private mutating func open(_ line: Int) {
        expectsName = nil
        let isBody: Bool
        switch owner {
        case .body?, .value?: isBody = true
        case .type?, nil: isBody = false
        }
        frames.append(Frame(owner: owner, parentheses: parentheses, isBody: isBody, line: line))
        if isBody { bodies += 1 } else { owner = nil }
    }

    private mutating func close(_ line: Int) {
        guard let frame = frames.popLast() else { return }
        if frame.isBody {
            bodies -= 1
            if bodies == 0 {
                switch frame.owner {
                case .body(let name, let start)?:
                    found.append(
                        Function(name: name.isEmpty ? "operator" : name, line: start, length: line - start + 1)
                    )
                case .value(let name)?:
                    found.append(
                        Function(name: "a closure of " + name, line: frame.line, length: line - frame.line + 1)
                    )
                case .type?, nil: break
                }
            }
        }
        // Between the closures of one call the property goes on; after a body the next declaration begins.
        let isInside = frame.parentheses > (frames.last?.parentheses ?? 0)
        owner = isInside || bodies > 0 ? frame.owner : nil
    }
}
