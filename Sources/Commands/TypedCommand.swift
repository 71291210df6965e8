import Appeals
import Desk

/// A command within a sentence, found by the table of commands: what a person selects and types as a whole.
enum TypedCommand {
    /// Other programs that a remedy names, with how many words follow.
    private static let programs = ["chmod": 2, "chown": 2, "df": 2, "ls": 2]

    /// Words of a sentence, of which those of a command that fits into a line are one.
    static func joined(_ words: [String], within width: Int) -> [String] {
        var joined: [String] = []
        var place = 0
        while place < words.count {
            let count = length(words[place...])
            let command = words[place..<(place + count)].joined(separator: " ")
            // A comma behind it may stand beyond the edge.
            let isWhole = count > 1 && command.count - (command.last == "," || command.last == "." ? 1 : 0) <= width
            if isWhole { joined.append(command) } else { joined += words[place..<(place + count)] }
            place += count
        }
        return joined
    }

    /// How many words belong together from the first on; one if no command begins here.
    private static func length(_ words: ArraySlice<String>) -> Int {
        guard let first = words.first.map(opened) else { return 1 }
        if let following = programs[first] { return min(words.count, 1 + following) }
        guard first == "kartoteka" else { return 1 }
        var typed = Reader(words.dropFirst())
        typed.read()
        return 1 + typed.count
    }

    /// Without what stands before a command in a sentence: `(kartoteka`.
    private static func opened(_ word: String) -> String { String(word.drop { "(«\"`".contains($0) }) }

    /// Goes over a name, operands and options until the sentence goes on.
    private struct Reader {
        private var rest: ArraySlice<String>
        private(set) var count = 0
        private var isOver = false

        init(_ words: ArraySlice<String>) { rest = words }

        mutating func read() {
            guard let command = name() else { return }
            for _ in command.name.split(separator: " ") { take() }
            for _ in command.operands where !isOver && rest.first.map(Self.isOperand) == true { takeValue() }
            while !isOver, let word = rest.first, word.hasPrefix("--") {
                take()
                let option = (command.options + Commands.common).first { word == "--" + $0.name }
                if let option, option.form != .flag, !isOver { takeValue() }
            }
        }

        /// The longest name of a command that stands here.
        private func name() -> Command? {
            (1...3).reversed().lazy.compactMap { count in
                let words = rest.prefix(count).enumerated().map { place, word in
                    place == min(count, rest.count) - 1 ? Self.bare(word) : word
                }
                return words.count == count ? Commands.named(words.joined(separator: " ")) : nil
            }.first
        }

        private static let ends: Set<Character> = [",", ";", ":", ".", ")", "»", "!", "?"]

        /// `status,` is `status`, and its sentence goes on.
        private static func bare(_ word: String) -> String {
            var word = word
            while let last = word.last, ends.contains(last) { word.removeLast() }
            return word
        }

        /// Placeholders, names and numbers; no word of a sentence, which is Cyrillic or stands in parentheses.
        private static func isOperand(_ word: String) -> Bool {
            !word.hasPrefix("--") && !word.hasPrefix("(") && !word.hasPrefix("—")
        }

        private mutating func take() {
            guard let word = rest.popFirst() else { return }
            count += 1
            isOver = word.last.map { Self.ends.contains($0) && word != "…" } ?? true
        }

        /// One word, or several in quotation marks.
        private mutating func takeValue() {
            guard let first = rest.first else { return }
            let quotes = { (word: String) in word.filter { $0 == "\"" }.count }
            var open = quotes(first) % 2 == 1
            take()
            while open, let word = rest.first {
                open = quotes(word) % 2 == 0
                take()
            }
        }
    }
}
