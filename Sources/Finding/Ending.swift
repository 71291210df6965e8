/// An ending or a theme: how long it is, and what must be left of a word without it.
struct Ending: Sendable, Equatable {
    let length: Int
    /// Letters that must be left.
    let least: Int
    /// Endings: whether it took the theme of a verb along.
    ///
    /// Themes: whether they can go behind such an ending.
    let isVerb: Bool
    /// Whether three letters left are enough without a vowel among them.
    let needsNoVowel: Bool
    /// The letter of an ending of one letter, for the alternations that depend on it; else 0.
    let letter: UInt16

    /// No ending.
    static let none = Ending("", least: 0)

    private init(_ text: String, least: Int, isVerb: Bool = false, needsNoVowel: Bool = false) {
        let letters = text.letters
        length = letters.count
        letter = length == 1 ? letters[0] : 0
        self.least = least
        self.isVerb = isVerb
        self.needsNoVowel = needsNoVowel
    }

    // MARK: the 91 endings

    static let table = EndingTree(
        endings(
            """
            ого ому ими ої ою єю ею ий ій їй их им ами ями ам ям ах ях ові еві єві ом ем єм ів їв
            а я о е є и і ї у ю ь й
            """,
            least: 2
        )
            + endings(
                """
                ього ьому ьої ьою іми іх ім їх їм ей ьми
                ати яти ити іти ути ала яла ила іла ула ало яло ило іло уло али яли или іли ули
                уть ють ять ать ить їть єть емо ємо имо ете єте ите еш єш иш овано ано яно ено єно ито
                """,
                least: 3
            )
    )

    private static func endings(_ list: String, least: Int) -> [(text: Letters, ending: Ending)] {
        list.split { $0 == " " || $0 == "\n" }.map {
            let text = String($0)
            let ending = Ending(
                text,
                least: least,
                isVerb: takesTheme(text.letters),
                needsNoVowel: ["ом", "ам", "ами"].contains(text)
            )
            return (text.letters, ending)
        }
    }

    /// Endings in which the theme of a verb stands: `-ати`, `-ила`, `-ано`, `-ито`, `-ить`, `-иш`, `-имо`, `-ите`.
    private static func takesTheme(_ ending: Letters) -> Bool {
        func ends(_ ends: String, after vowels: String) -> Bool {
            ends.split(separator: " ").contains { end in
                let end = String(end).letters
                return ending.ends(with: end) && ending.count > end.count
                    && LetterSet(vowels).contains(ending[ending.count - end.count - 1])
            }
        }
        return ends("ти ла ло ли", after: "аяиіїую") || ends("но", after: "аяеєи") || ends("то", after: "и")
            || ends("ть", after: "иї") || ends("ш мо те", after: "и")
    }

    // MARK: the 25 themes

    static let themes = EndingTree(
        themes("ував ював ав яв ив ал ил ат ят ит ут ах а я и у ю е", least: 3)
            + themes("ув юв", least: 3, isVerb: true) + themes("ам ом ем им і", least: 4)
    )

    private static func themes(_ list: String, least: Int, isVerb: Bool = false) -> [(text: Letters, ending: Ending)] {
        list.split(separator: " ").map { (String($0).letters, Ending(String($0), least: least, isVerb: isVerb)) }
    }
}

/// Endings by their letters from the last to the first, so that one walk finds all that a word ends with.
struct EndingTree: Sendable {
    /// For each node and letter the next node; 0 is none, the root is never a next one.
    private var next: [UInt16]
    private var endings: [Ending?] = [nil]
    private static let width = 40

    init(_ all: [(text: Letters, ending: Ending)]) {
        next = Array(repeating: 0, count: Self.width)
        for (text, ending) in all {
            var node = 0
            for letter in text.reversed() {
                guard let place = Self.place(letter) else { preconditionFailure("endings are of Ukrainian letters") }
                let step = node * Self.width + place
                if next[step] == 0 {
                    next[step] = UInt16(endings.count)
                    endings.append(nil)
                    next.append(contentsOf: repeatElement(0, count: Self.width))
                }
                node = Int(next[step])
            }
            endings[node] = ending
        }
    }

    /// How many endings there are.
    var count: Int { endings.count { $0 != nil } }

    /// The longest ending of the word that the condition lets pass.
    func longest(in word: Letters, where condition: (Ending) -> Bool) -> Ending? {
        var longest: Ending?
        var node = 0
        var left = word.count
        while left > 0, let place = Self.place(word[left - 1]) {
            left -= 1
            node = Int(next[node * Self.width + place])
            if node == 0 { break }
            if let ending = endings[node], condition(ending) { longest = ending }
        }
        return longest
    }

    private static func place(_ letter: UInt16) -> Int? {
        (0x430...0x457).contains(letter) ? Int(letter - 0x430) : nil
    }
}
