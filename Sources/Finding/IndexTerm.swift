/// The terms of registration indexes: `К-318`, `РЗ-000318`, `7f-К-1`, `DSP-Ж-17/2`, `DSP.5b-Ж-1`.
///
/// A term is `ъъ`, who numbers, `ъ`, the mark, `ъ` and the number: hyphens within a department's id are `ъ` too, before an
/// incarnation and a duplicate stands `ы`. None of these is a letter of an id or a mark, so different indexes have different terms.
struct IndexTerm {
    /// Latin letters, digits, hyphens; empty for the office.
    private let department: Letters
    /// Two hexadecimal digits, or empty.
    private let incarnation: Letters
    private let mark: Letters
    /// Without leading zeros.
    private let number: Letters
    private let duplicate: Letters
    /// Whether the department could be an incarnation of the office, and was typed as one.
    private let isIncarnation: Bool

    // MARK: terms

    /// What the index keeps of a registration index as the card prints it, and of its number alone; nothing of what is none.
    static func terms(ofPrinted text: String) -> [Letters] {
        guard let index = IndexTerm(text) else { return [] }
        let isOffice = index.isIncarnation
        return [index.term(asOffice: isOffice), numberTerm(index.number)]
    }

    /// What a typed index asks for, wholly or by how the term begins: it and its duplicates.
    ///
    /// Two hexadecimal digits before the mark may be an incarnation's or a department's id, whatever their case.
    static func asked(_ text: String) -> (wholes: [Letters], beginnings: [Letters])? {
        guard let index = IndexTerm(text) else { return nil }
        let wholes = index.readings.map(index.term)
        return (wholes, index.duplicate.isEmpty ? wholes.map { $0 + [Opener.initial] } : [])
    }

    /// The term of an index's number alone, without leading zeros.
    static func numberTerm(_ number: Letters) -> Letters { [Opener.hard, Opener.initial] + number }

    /// The term that bare digits ask for, nil where no index has such a number.
    static func asked(number digits: Letters) -> Letters? { self.number(digits).map(numberTerm) }

    private func term(asOffice: Bool) -> Letters {
        var term = [Opener.hard, Opener.hard]
        let node = asOffice ? [] : department
        let first = asOffice ? department : incarnation
        term += node
        if !first.isEmpty { term += [Opener.initial] + first }
        term += [Opener.hard] + mark + [Opener.hard] + number
        if !duplicate.isEmpty { term += [Opener.initial] + duplicate }
        return term
    }

    /// The readings of what stands before the mark: as an incarnation of the office, as a department's id.
    private var readings: [Bool] {
        guard Self.isHex(department), incarnation.isEmpty else { return [false] }
        return Self.isDepartment(department) ? [true, false] : [true]
    }

    // MARK: reading

    /// Reads an index in letters of any case and keyboard; nil for what is none.
    init?(_ text: String) {
        // Of the words of a text nearly none ends with a digit.
        guard text.utf8.count <= Self.longest, let end = text.utf8.last, (0x30...0x39).contains(end),
            let parts = Self.parts(text), parts.count >= 2
        else { return nil }
        let last = parts[parts.count - 1].letters.split(separator: Self.stroke, omittingEmptySubsequences: false)
        guard last.count <= 2, let number = Self.number(Letters(last[0])) else { return nil }
        self.number = number
        if last.count == 2 {
            guard let duplicate = Self.number(Letters(last[1])), duplicate.count <= 3 else { return nil }
            self.duplicate = duplicate
        } else {
            duplicate = []
        }
        mark = parts[parts.count - 2].letters.map(Folding.alike)
        guard Self.marks.contains(mark) else { return nil }
        let nodes = parts.dropLast(2)
        let node = Letters(nodes.map { $0.letters.map(Self.latin) }.joined(separator: [Opener.hard]))
        let halves = node.split(separator: Self.stop, omittingEmptySubsequences: false).map(Letters.init)
        department = halves.first ?? []
        incarnation = halves.count == 2 ? halves[1] : []
        isIncarnation =
            Self.isHex(department) && incarnation.isEmpty
            && (!Self.isDepartment(department) || !nodes.contains(where: \.hasCapital))
        guard halves.count <= 2, halves.count < 2 || Self.isHex(incarnation),
            nodes.isEmpty || isIncarnation || Self.isDepartment(department)
        else { return nil }
    }

    /// What stands between the hyphens: folded letters, digits, full stops and strokes; nil where anything else stands.
    private static func parts(_ text: String) -> [(letters: Letters, hasCapital: Bool)]? {
        var parts: [(letters: Letters, hasCapital: Bool)] = [([], false)]
        for scalar in text.unicodeScalars {
            let last = parts.count - 1
            if Folding.isHyphen(scalar.value) {
                parts.append(([], false))
                continue
            }
            switch Folding.kind(scalar.value) {
            // Words read `ґ` as `г`; marks keep them apart: `Ґ-1` is not `Г-1`.
            case .letter where scalar.value == 0x490 || scalar.value == 0x491: parts[last].letters.append(0x491)
            case .letter(let letter), .digit(let letter): parts[last].letters.append(letter)
            case .nothing:
                if let before = parts[last].letters.last, let letter = Folding.combined(before, scalar.value) {
                    parts[last].letters[parts[last].letters.count - 1] = letter
                }
            case .apostrophe: return nil
            case .gap:
                guard scalar.value == UInt32(stroke) || scalar.value == UInt32(stop) else { return nil }
                parts[last].letters.append(UInt16(scalar.value))
            }
            if Folding.isCapital(scalar.value) { parts[last].hasCapital = true }
        }
        return parts
    }

    /// Digits without leading zeros: one to nine of them, nil for anything else.
    private static func number(_ digits: Letters) -> Letters? {
        let number = Letters(digits.drop { $0 == 0x30 })
        return (1...9).contains(number.count) && number.allSatisfy(isDigit) ? number : nil
    }

    private static func isDigit(_ unit: UInt16) -> Bool { (0x30...0x39).contains(unit) }
    private static func isLatin(_ unit: UInt16) -> Bool { (0x61...0x7A).contains(unit) }

    private static func isHex(_ letters: Letters) -> Bool {
        letters.count == 2 && letters.allSatisfy { isDigit($0) || (0x61...0x66).contains($0) }
    }

    /// Latin letters, digits and inner hyphens, a letter first; at most 32.
    private static func isDepartment(_ id: Letters) -> Bool {
        guard let first = id.first, let last = id.last, id.count <= 32 else { return false }
        return isLatin(first) && last != Opener.hard
            && id.allSatisfy { isLatin($0) || isDigit($0) || $0 == Opener.hard }
    }

    /// The Latin letter that looks like a Cyrillic one.
    private static func latin(_ letter: UInt16) -> UInt16 { latins[letter] ?? letter }

    // MARK: the tables

    private static let longest = 200
    private static let stop: UInt16 = 0x2E
    private static let stroke: UInt16 = 0x2F
    private static let latins = Dictionary(
        uniqueKeysWithValues: zip("авсенікмортху".letters, "abcehikmoptxy".letters)
    )

    /// Letters that a surname can begin with, and what stands where there is none.
    private static let marks: Set<Letters> = Set(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщюяdfgjlnqrsuvwz".letters.map { [$0] }
            + ["ко", "бп", "бі", "рз"].map(\.letters)
    )
}
