/// What people read stands in both languages: Ukrainian after `uk:`, English after `en:` (a
/// Ukrainian abbreviation may stand in it), no words in a `Label` of both.
enum Languages {
    static func violations(in source: SwiftSource) -> [Violation] {
        let text = source.lines.joined(separator: "\n")
        return [
            words(after: "uk: \"", in: text).filter { !$0.words.isEmpty && !$0.words.contains(where: isUkrainian) }.map
            {
                Violation(source.path, $0.line, "\"\($0.words)\" is not Ukrainian", remedy: "Say it in Ukrainian")
            },
            words(after: "en: \"", in: text).filter { 2 * $0.words.count(where: isUkrainian) > $0.words.count }.map {
                Violation(source.path, $0.line, "\"\($0.words)\" is not English", remedy: "Say it in English")
            },
            words(after: " Label(\"", in: text).filter { !names.contains($0.words) }.map {
                Violation(source.path, $0.line, "\"\($0.words)\" stands for both", remedy: "Give uk: and en:")
            },
        ].flatMap { $0 }
    }

    /// Names that are the same in both languages.
    private static let names: Set<String> = ["", "csv", "json", "bash", "zsh", "fish"]

    private static func isUkrainian(_ letter: Character) -> Bool {
        letter.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) }
    }

    /// The letters of each literal that follows the mark, without what is interpolated, commands and file names.
    private static func words(after mark: String, in text: String) -> [(line: Int, words: String)] {
        var found: [(line: Int, words: String)] = []
        var line = 1
        for (place, part) in text.split(separator: mark, omittingEmptySubsequences: false).enumerated() {
            if place > 0 { found.append((line, letters(part))) }
            line += part.utf8.count { $0 == 10 }
        }
        return found
    }

    private static func letters(_ text: Substring) -> String {
        var letters = ""
        var depth = 0
        var rest = text[...]
        while let next = rest.popFirst() {
            if depth == 0, next == "\\", rest.first == "(" {
                depth = 1
                rest.removeFirst()
            } else if depth == 0, next == "\\" {
                rest = rest.dropFirst()
            } else if depth > 0 {
                depth += next == "(" ? 1 : next == ")" ? -1 : 0
            } else if next == "\"" {
                break
            } else if next.isLetter {
                letters.append(next)
            }
        }
        return letters
    }
}
