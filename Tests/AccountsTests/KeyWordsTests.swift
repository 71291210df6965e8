import Cryptography
import Testing

@testable import Accounts

/// A node's key as three words that people compare by eye and by ear.
struct KeyWordsTests {
    private static let letters = Set("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")
    /// Marks that are easily overlooked.
    private static let plain: [Character: Character] = ["ї": "і", "ґ": "г", "є": "е", "й": "и", "щ": "ш"]

    @Test("there are 2,048 words of four to seven small letters, each once")
    func list() {
        #expect(KeyWords.list.count == 2_048)
        #expect(Set(KeyWords.list).count == 2_048)
        let odd = KeyWords.list.filter { !(4...7).contains($0.count) || !Set($0).isSubset(of: Self.letters) }
        #expect(odd == [])
    }

    @Test("no word is the beginning of another")
    func prefixes() {
        let sorted = KeyWords.list.sorted()
        let pairs = zip(sorted, sorted.dropFirst()).filter { $1.hasPrefix($0) }.map { "\($0) \($1)" }
        #expect(pairs == [])
    }

    @Test("no two words differ by one letter, one letter too many, or a mark on a letter")
    func lookAlikes() {
        var seen: [String: String] = [:]
        var pairs: [String] = []
        for word in KeyWords.list {
            let characters = word.map { Self.plain[$0] ?? $0 }
            var forms = Set([String(characters)])
            for place in characters.indices {
                var shorter = characters
                shorter.remove(at: place)
                forms.insert(String(shorter))
            }
            for form in forms {
                if let other = seen[form] { pairs.append("\(other) \(word)") }
                seen[form] = word
            }
        }
        #expect(pairs == [])
    }

    @Test("a key has the same three words for ever, and another key has others")
    func words() throws {
        let words = KeyWords.words(of: SHA256Digest.zero)
        #expect(words == [String](repeating: KeyWords.list[0], count: 3))
        var bytes = [UInt8](repeating: 0, count: 32)
        // 11 bits a word: the last one of the first, the first of the second, all of the third.
        (bytes[1], bytes[2], bytes[3], bytes[4]) = (0b0011_0000, 0b0000_0011, 0xFF, 0b1000_0000)
        let others = KeyWords.words(of: try #require(SHA256Digest(bytes)))
        #expect(others == [KeyWords.list[1], KeyWords.list[1 << 10], KeyWords.list[0x7FF]])
        bytes[4] |= 1
        #expect(KeyWords.words(of: try #require(SHA256Digest(bytes))) == others, "33 bits are said, the rest is not")
    }
}
