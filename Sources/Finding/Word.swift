/// A word or a number of a text, folded, with what stood around it.
struct Word: Equatable {
    /// The folded letters of a word, or the digits of a number; never empty.
    var letters: Letters
    var isNumber: Bool
    /// The letter of a house, behind a number: `а` of 14-А.
    var house: UInt16?
    /// Where it stands in the text: UTF-8 offsets.
    var bytes: Range<Int>
    /// Whether its first letter is a capital.
    var isCapital: Bool
    /// Whether it is one letter as typed.
    var isLetter: Bool
    /// Whether a full stop or an asterisk stands directly behind it.
    var hasStop = false
    var hasStar = false

    /// Whether it is an initial: one capital with a full stop.
    var isInitial: Bool { isLetter && isCapital && hasStop }

    /// A number with its letter, the digits alone without one.
    var numbered: Letters { house.map { letters + [$0] } ?? letters }

    /// The words of a text in their order.
    static func read(_ text: String) -> [Word] {
        var reader = WordReader()
        for scalar in text.unicodeScalars { reader.read(scalar) }
        reader.close()
        return reader.words
    }
}

/// Cuts a text into words, scalar by scalar: letters with inner apostrophes, or digits; a hyphen parts words.
private struct WordReader {
    private(set) var words: [Word] = []
    private var place = 0
    /// The word that is being read; no letters: none is.
    private var letters: Letters = []
    private var isNumber = false
    private var start = 0
    private var end = 0
    private var isCapital = false
    private var length = 0
    /// An apostrophe behind the letters, which is part of the word only if a letter follows.
    private var hasApostrophe = false
    /// What stands between the last word and here.
    private var gap = Gap()

    /// Whether a letter behind a number is still the letter of its house: nothing, spaces, or one hyphen or stroke.
    private struct Gap {
        var spaces = 0
        var strokes = 0
        var others = 0

        var isEmpty: Bool { spaces + strokes + others == 0 }
        var joins: Bool { others == 0 && (strokes == 0 || strokes == 1 && spaces == 0) }
    }

    mutating func read(_ scalar: Unicode.Scalar) {
        let width = UTF8.width(scalar)
        defer { place += width }
        switch Folding.kind(scalar.value) {
        case .letter(let letter): append(letter, isNumber: false, scalar.value, width)
        case .digit(let digit): append(digit, isNumber: true, scalar.value, width)
        case .nothing:
            guard let last = letters.last, !isNumber else { return }
            if let letter = Folding.combined(last, scalar.value) { letters[letters.count - 1] = letter }
            if !hasApostrophe { end = place + width }
        case .apostrophe:
            if letters.isEmpty || isNumber || hasApostrophe {
                part(by: scalar.value)
            } else {
                hasApostrophe = true
            }
        case .gap: part(by: scalar.value)
        }
    }

    private mutating func append(_ unit: UInt16, isNumber: Bool, _ scalar: UInt32, _ width: Int) {
        if !letters.isEmpty, self.isNumber != isNumber { close() }
        if letters.isEmpty {
            self.isNumber = isNumber
            start = place
            isCapital = !isNumber && Folding.isCapital(scalar)
        }
        hasApostrophe = false
        if letters.count < Reduction.longestWord { letters.append(unit) }
        length += 1
        end = place + width
    }

    private mutating func part(by scalar: UInt32) {
        close()
        if gap.isEmpty, let last = words.indices.last {
            if scalar == 0x2E { words[last].hasStop = true }
            if scalar == 0x2A { words[last].hasStar = true }
        }
        if Folding.isSpace(scalar) {
            gap.spaces += 1
        } else if Folding.isHyphen(scalar) || scalar == 0x2F {
            gap.strokes += 1
        } else {
            gap.others += 1
        }
    }

    /// Ends the word that is being read.
    mutating func close() {
        guard !letters.isEmpty else { return }
        let folded = isNumber ? letters : Folding.word(letters)
        let isLetter = length == 1 && !isNumber
        let quoted = hasApostrophe
        defer {
            letters = []
            length = 0
            hasApostrophe = false
            // An apostrophe behind a word is no part of it and stands between it and the next one.
            if quoted { gap.others += 1 }
        }
        if isLetter, let last = words.indices.last, words[last].isNumber, words[last].house == nil, gap.joins,
            let letter = folded.first
        {
            words[last].house = Folding.alike(letter)
            words[last].bytes = words[last].bytes.lowerBound..<end
            words[last].hasStop = false
            gap = Gap()
            return
        }
        // A word of signs that begin none leaves nothing.
        guard !folded.isEmpty else {
            gap.others += 1
            return
        }
        gap = Gap()
        words.append(
            Word(
                letters: folded,
                isNumber: isNumber,
                bytes: start..<end,
                isCapital: isCapital,
                isLetter: isLetter
            )
        )
    }
}
