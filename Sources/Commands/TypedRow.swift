package import Desk

/// How a row is typed at the terminal.
extension UseCase {
    /// `kartoteka appeal show К-101 --as koval`: the example with which its help ends.
    package var typedExample: String { "kartoteka " + typed(example) }

    /// With values of its inputs: operands bare, options behind their names.
    func typed(_ given: KeyValuePairs<String, String>) -> String { typed(given.map { ($0.key, $0.value) }) }

    private func typed(_ given: [(input: String, value: String)]) -> String {
        ([name] + pieces(given)).joined(separator: " ")
    }

    /// The values of the example, each with its option.
    var piecesOfExample: [String] { pieces(example) }

    private func pieces(_ given: [(input: String, value: String)]) -> [String] {
        given.map { input, value in
            let value = Self.isSentence(value) ? "\"\(value)\"" : value
            guard !operands.contains(where: { $0.name == input }) else { return value }
            return "--" + input + (value.isEmpty ? "" : " " + value)
        }
    }

    /// Words, or one that begins like a sentence: shown in quotation marks.
    private static func isSentence(_ value: String) -> Bool {
        let begin = value.prefix(2)
        return value.contains(" ") || (begin.first?.isUppercase == true && begin.last?.isLowercase == true)
    }

    /// The row whose example also shows an option of the terminal.
    func shown(with flag: String) -> UseCase {
        var row = self
        row.example.append((input: flag, value: ""))
        return row
    }
}
