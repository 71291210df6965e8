/// Passwords that many people have: a common word with digits and signs around it, runs of keys, digits alone; in either
/// layout of a Ukrainian keyboard.
public enum CommonPasswords {
    /// Digits and signs around a common word that still leave it common: `Dragon-2024!`.
    static let longestTail = 8

    private static let latin = Array("qwertyuiop[]asdfghjkl;'zxcvbnm,.`")
    private static let cyrillic = Array("йцукенгшщзхїфівапролджєячсмитьбю'")
    private static let rows = ["1234567890", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,."].map(Array.init)
    private static let likeLetters: [Character: Character] = [
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s",
    ]

    /// Whether this password, in small letters, is such a one.
    public static func contain(_ small: String) -> Bool {
        let text = Array(small)
        let onLatin = moved(text, from: cyrillic, to: latin)
        if text.allSatisfy({ !$0.isLetter }) || isRun(onLatin) { return true }
        return [text, onLatin, moved(text, from: latin, to: cyrillic)].contains(where: isWord)
    }

    /// What the same keys give in the other layout.
    private static func moved(_ text: [Character], from: [Character], to: [Character]) -> [Character] {
        text.map { character in from.firstIndex(of: character).map { to[$0] } ?? character }
    }

    /// A common word, once or several times, with little around it.
    private static func isWord(_ text: [Character]) -> Bool {
        guard let first = text.firstIndex(where: \.isLetter), let last = text.lastIndex(where: \.isLetter),
            text.count - (last - first + 1) <= longestTail
        else { return false }
        let core = Array(text[first...last])
        return isRepeatedWord(core) || isRepeatedWord(core.map { likeLetters[$0] ?? $0 })
    }

    private static func isRepeatedWord(_ core: [Character]) -> Bool {
        (1...core.count).contains { length in
            core.count % length == 0 && core.indices.allSatisfy { core[$0] == core[$0 % length] }
                && CommonWords.all.contains(String(core[..<length]))
        }
    }

    /// Keys beside one another, or the same again, but for one step in four.
    private static func isRun(_ keys: [Character]) -> Bool {
        let places = keys.map { key in
            rows.enumerated().compactMap { row, keys in keys.firstIndex(of: key).map { (row, $0) } }.first
        }
        let jumps = zip(places, places.dropFirst()).filter { from, to in
            guard let from, let to else { return true }
            return from.0 != to.0 || abs(from.1 - to.1) > 1
        }
        return keys.count > 1 && jumps.count * 4 <= keys.count - 1
    }
}
