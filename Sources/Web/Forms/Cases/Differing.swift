/// Which words of a value are new beside the one that stood there before: what is between the words that both begin and end with.
enum Differing {
    /// A run of words, and whether the former value has it not.
    struct Run: Equatable {
        let words: String
        let isNew: Bool
    }

    /// In order; one run of all words where there was nothing before.
    static func runs(_ words: String, since former: String?) -> [Run] {
        guard let former, !words.isEmpty else { return words.isEmpty ? [] : [Run(words: words, isNew: false)] }
        let new = words.split(separator: " ", omittingEmptySubsequences: false)
        let old = former.split(separator: " ", omittingEmptySubsequences: false)
        let begin = zip(new, old).prefix { $0 == $1 }.count
        let end = zip(new.dropFirst(begin).reversed(), old.dropFirst(begin).reversed()).prefix { $0 == $1 }.count
        let parts = [
            (new.prefix(begin), false), (new.dropFirst(begin).dropLast(end), true), (new.suffix(end), false),
        ]
        return parts.filter { !$0.0.isEmpty }.map { Run(words: $0.0.joined(separator: " "), isNew: $0.1) }
    }
}
