/// Breaks what a person reads into lines of a terminal, between words; a command to be typed stays on one line if it fits.
package enum LineBreaks {
    /// As wide as a terminal is at least.
    package static let width = 80

    /// Lines that are there stay; one that is too wide is broken at spaces, never within a number like `49 152`.
    package static func within(_ text: String, _ width: Int = width) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { broken($0, width) }.joined(separator: "\n")
    }

    /// The same for output with columns and indents: what goes on in the next line stands further in than its beginning.
    ///
    /// A word that is longer than the line stays whole: somebody may have to copy it.
    package static func hanging(_ text: String, _ width: Int = width) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard line.count > width else { return String(line) }
            let indent = String(repeating: " ", count: line.prefix { $0 == " " }.count)
            let inner = indent + "  "
            let rest = broken(line.dropFirst(indent.count), width - inner.count).split(separator: "\n")
            return indent + rest.map { $0.drop { $0 == " " } }.joined(separator: "\n" + inner)
        }.joined(separator: "\n")
    }

    private static func broken(_ line: Substring, _ width: Int) -> String {
        guard line.count > width else { return String(line) }
        var lines: [String] = []
        var present = ""
        for word in TypedCommand.joined(words(line), within: width) {
            if !present.isEmpty, present.count + 1 + word.count > width {
                lines.append(present)
                present = word
            } else {
                present += (present.isEmpty ? "" : " ") + word
            }
        }
        return (lines + [present]).joined(separator: "\n")
    }

    /// Words, of which thousands that stand apart are one.
    private static func words(_ line: Substring) -> [String] {
        var words: [String] = []
        for part in line.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
            if let last = words.last?.last, let first = part.first, isDigit(last), isDigit(first) {
                words[words.count - 1] += " " + part
            } else {
                words.append(part)
            }
        }
        return words
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
