/// Where the switches of `Rules` are read: in their room each, and nowhere else in the product.
///
/// The names are taken from the type as it is written. Outside of the room no value of `Rules` has another name than
/// `rules`, so that a switch is only reached by that word.
struct SwitchReadings {
    static let room = "Sources/Replication/Rules/"
    static let type = room + "Rules.swift"
    /// What takes rules away.
    private static let setting: Set<String> = ["Simulator", "simulate"]
    private static let remedy = "Ask a function of \(room) that is named after what the rule says"

    /// The switches, in the order of the type.
    let switches: [String]

    init(_ type: [SwiftSource]) {
        switches = type.flatMap(\.code).compactMap { line in
            let words = SwiftSource.words(line)
            guard words.count > 3, words[0] == "package", words[1] == "var", ["true", "false"].contains(words.last)
            else {
                return nil
            }
            return words[2]
        }
    }

    /// Whether a source is the product's.
    static func isJudged(_ source: SwiftSource) -> Bool {
        source.path.hasPrefix("Sources/") && !setting.contains(source.target)
    }

    /// A word or another sign of the code, with its line.
    private struct Token {
        var text: String
        let line: Int
    }

    private static func tokens(_ source: SwiftSource) -> [Token] {
        var tokens: [Token] = []
        for (place, code) in source.code.enumerated() {
            var isWithin = false
            for byte in code.utf8 {
                let isWord = SwiftSource.isWord(byte)
                let text = String(UnicodeScalar(byte))
                if isWord, isWithin {
                    tokens[tokens.count - 1].text += text
                } else if byte != UInt8(ascii: " ") {
                    tokens.append(Token(text: text, line: place + 1))
                }
                isWithin = isWord
            }
        }
        return tokens
    }

    /// Switches that are read outside of the room, and other ways to reach one.
    func outside(_ source: SwiftSource) -> [Violation] {
        guard !source.path.hasPrefix(Self.room) else { return [] }
        let tokens = Self.tokens(source)
        func text(_ place: Int) -> String { tokens.indices.contains(place) ? tokens[place].text : "" }
        return tokens.indices.compactMap { place in
            let found: String? =
                switch tokens[place].text {
                case "rules" where text(place + 1) == "." && switches.contains(text(place + 2)):
                    "the switch \(text(place + 2)) is read here"
                case "rules" where Self.isRenamed(tokens.map(\.text), place): "the rules go by another name here"
                case "Rules" where text(place - 1) == ":" && text(place - 2) != "rules":
                    "the rules are called \(text(place - 2)) here"
                case "Rules" where text(place - 1) == "\\": "a key path leads to a switch"
                case "Rules" where text(place - 1) == "extension": "the rules are extended outside of their room"
                default: nil
                }
            return found.map { Violation(source.path, tokens[place].line, $0, remedy: Self.remedy) }
        }
    }

    /// Whether `let NAME = ….rules` ends at this place, and the name is another.
    private static func isRenamed(_ tokens: [String], _ place: Int) -> Bool {
        var first = place
        while first > 1, tokens[first - 1] == "." || tokens[first - 1] == "?" {
            first -= tokens[first - 1] == "." ? 2 : 1
        }
        guard first > 2, tokens[first - 1] == "=", ["let", "var"].contains(tokens[first - 3]) else { return false }
        let isWhole = !tokens.indices.contains(place + 1) || ![".", "?", "("].contains(tokens[place + 1])
        return isWhole && tokens[first - 2] != "rules"
    }

    /// Switches that no file of the room reads beside their declarations.
    func unread(in sources: [SwiftSource]) -> [Violation] {
        let files = sources.filter { $0.path.hasPrefix(Self.room) && $0.path != Self.type }
        var read: Set<String> = []
        for file in files {
            let tokens = Self.tokens(file).map(\.text)
            for (place, token) in tokens.enumerated() where switches.contains(token) {
                let isMember = place > 1 && tokens[place - 1] == "." && tokens[place - 2] != "self"
                let isLabel = place + 1 < tokens.count && tokens[place + 1] == ":" && tokens[max(0, place - 1)] != "?"
                if !isMember, !isLabel { read.insert(token) }
            }
        }
        return switches.filter { !read.contains($0) }.map {
            Violation(
                Self.type,
                "nothing reads \($0)",
                remedy: "A rule that is built has a reader in the room; else delete it"
            )
        }
    }
}
