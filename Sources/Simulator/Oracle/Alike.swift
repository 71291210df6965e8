import Appeals
import CanonicalJSON
import Replication

/// Says once more, from the table of protocol.md alone, whether a reader can tell two values apart.
enum Alike {
    /// Registers of words that people type.
    private static let words: Set<String> = [
        "applicant.name", "applicant.address", "applicant.category", "applicant.workplace", "applicant.socialStatus",
        "district", "problemAddress",
    ]

    static func areAlike(_ register: String, _ one: JSON, _ other: JSON) -> Bool {
        guard words.contains(Holding.bare(register)) else { return false }
        if let one = place(one), let other = place(other) { return one == other }
        return plain(one["typed"] ?? one) == plain(other["typed"] ?? other)
    }

    /// Where an address is that its author found in the register of streets; nil of words alone.
    private static func place(_ value: JSON) -> [JSON?]? {
        guard value["street"] != nil else { return nil }
        return ["street", "house", "block", "flat"].map { value[$0] } + [value["more"].map(plain)]
    }

    /// Whether two names say the same, wherever they stand.
    static func areAlike(_ one: String, _ other: String) -> Bool { plain(one) == plain(other) }

    private static func plain(_ value: JSON) -> JSON {
        switch value {
        case .string(let text): .string(plain(text))
        case .array(let elements): .array(elements.map(plain))
        default: value
        }
    }

    private static let apostrophes = "'`´ʹʻʼʽʾˈˊˋ‘’‛′‵＇"
    private static let latin = Array("ABCEHIKMOPTXYËÏaceiopxyëï".unicodeScalars)
    private static let cyrillic = Array("АВСЕНІКМОРТХУЁЇасеіорхуёї".unicodeScalars)
    private static let marked: [(String, String)] = [
        ("И\u{306}", "Й"), ("и\u{306}", "й"), ("У\u{306}", "Ў"), ("у\u{306}", "ў"), ("І\u{308}", "Ї"),
        ("і\u{308}", "ї"), ("Е\u{308}", "Ё"), ("е\u{308}", "ё"),
    ]

    private static func plain(_ text: String) -> String {
        var words: [[Unicode.Scalar]] = [[]]
        for scalar in text.unicodeScalars {
            if " \t\n\u{B}\u{C}\r\u{85}".unicodeScalars.contains(scalar) || isWide(scalar.value) {
                words.append([])
            } else if apostrophes.unicodeScalars.contains(scalar) {
                words[words.count - 1].append("'")
            } else if !isHidden(scalar.value) {
                words[words.count - 1].append(scalar)
            }
        }
        return words.filter { !$0.isEmpty }.map(spelled).joined(separator: " ")
    }

    private static func isWide(_ point: UInt32) -> Bool {
        [0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000].contains(point) || (0x2000...0x200A).contains(point)
    }

    private static func isHidden(_ point: UInt32) -> Bool {
        point < 0x20 || (0x7F...0x9F).contains(point) || [0xAD, 0x34F, 0x61C, 0xFEFF].contains(point)
            || (0x180B...0x180E).contains(point) || (0x200B...0x200F).contains(point)
            || (0x202A...0x202E).contains(point) || (0x2060...0x206F).contains(point)
            || (0xFE00...0xFE0F).contains(point) || (0xFFF9...0xFFFB).contains(point)
            || (0xE0000...0xE007F).contains(point) || (0xE0100...0xE01EF).contains(point)
    }

    /// What stands between two spaces, each run of letters by itself.
    private static func spelled(_ word: [Unicode.Scalar]) -> String {
        var text = ""
        for run in word.split(omittingEmptySubsequences: false, whereSeparator: { !isLetter($0.value) }) {
            let isCyrillic = run.contains { (0x400...0x52F).contains($0.value) }
            var spelled = String(
                String.UnicodeScalarView(
                    run.map { letter in
                        guard isCyrillic, let place = latin.firstIndex(of: letter) else { return letter }
                        return cyrillic[place]
                    }
                )
            )
            for (pair, letter) in marked { spelled = replaced(spelled, pair, letter) }
            text += spelled
            if run.endIndex < word.endIndex { text.unicodeScalars.append(word[run.endIndex]) }
        }
        return text
    }

    /// By code points: to Swift a letter with its mark is the letter already.
    private static func replaced(_ text: String, _ pair: String, _ letter: String) -> String {
        var scalars = Array(text.unicodeScalars)
        let pair = Array(pair.unicodeScalars), letter = Array(letter.unicodeScalars)
        var place = 0
        while place + 1 < scalars.count {
            if scalars[place] == pair[0], scalars[place + 1] == pair[1] {
                scalars.replaceSubrange(place...place + 1, with: letter)
            }
            place += 1
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func isLetter(_ point: UInt32) -> Bool {
        point == 0x27 || (0x41...0x5A).contains(point) || (0x61...0x7A).contains(point)
            || (0xC0...0x24F).contains(point) || (0x300...0x36F).contains(point) || (0x400...0x52F).contains(point)
    }
}

extension Oracle {
    /// Whether the author saw the value in force: its write is the base, or the base is an own write that was told later than
    /// that value came that it says the same.
    func saw(_ full: String, _ operation: Operation, _ current: Item?) throws -> Bool {
        let base = operation.base[full] ?? nil
        if current?.write == base { return true }
        guard let current, let name = base.flatMap({ WriteName($0) }), name.origin == operation.origin else {
            return false
        }
        let line = try city.officeStore.read { try $0.operation(name.origin, name.number)?.outcome }
        guard let line, let told = Outcome(line: line), told.registers[full]?.rawValue == "same" else { return false }
        return current.commit < told.commit
    }

    /// Whether what an operation writes leaves a register as it is: a reader cannot tell it from what is in force, which
    /// the author had not seen, or may only propose to change.
    func staysTheSame(
        _ full: String,
        _ value: JSON,
        _ operation: Operation,
        _ parties: Set<String>,
        _ file: CaseFile
    ) throws -> Bool {
        guard let current = file.register(full), Alike.areAlike(full, current.value, value) else { return false }
        let mayWrite = Policy.register(Holding.bare(full))?.writes.contains { parties.contains($0.rawValue) } == true
        return try !mayWrite || !saw(full, operation, current)
    }
}
