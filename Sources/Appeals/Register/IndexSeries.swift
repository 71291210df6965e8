/// What stands before the number of a registration index: who numbers, and by which mark.
public struct IndexSeries: Hashable, Sendable, CustomStringConvertible {
    /// The body of appeals the number belongs to.
    public enum Mark: Hashable, Sendable {
        /// The first letter of the surname, upper case, Ukrainian, or Latin if no Ukrainian one looks like it.
        case letter(String)
        /// КО
        case collective
        /// БП, no signature
        case anonymous
        /// БІ, a name without a usable letter, or none
        case unnamed
        /// РЗ, given in the call, without a card
        case consultation

        /// As the index shows it.
        public var text: String {
            switch self {
            case .letter(let letter): letter
            case .collective: "КО"
            case .anonymous: "БП"
            case .unnamed: "БІ"
            case .consultation: "РЗ"
            }
        }

        /// Reads it, also typed with look-alike Latin letters; nil for anything that is no mark.
        public init?(text: String) {
            switch IndexSeries.spelled(text) {
            case "КО": self = .collective
            case "БП": self = .anonymous
            case "БІ": self = .unnamed
            case "РЗ": self = .consultation
            default:
                guard let letter = IndexSeries.letters[IndexSeries.spelled(text)] else { return nil }
                self = .letter(letter)
            }
        }

        /// The letter of a surname: its first Ukrainian or Latin letter, others passed over.
        ///
        /// Letters of other alphabets are no mark: a surname without any usable one has a mark of its own, never a letter of
        /// others, nor that of anonymous appeals.
        public static func surname(_ surname: String) -> Mark {
            for character in surname {
                let upper = IndexSeries.spelled(String(String(character).uppercased().prefix(1)))
                if let same = IndexSeries.neighbours[upper] { return .letter(same) }
                if let letter = IndexSeries.letters[upper] { return .letter(letter) }
            }
            return .unnamed
        }
    }

    /// Nil for the office, else the department's id in upper case, as DSP or RVK-SAK.
    public let department: String?
    /// The incarnation's first two hex digits from the second incarnation on, nil in the first.
    public let incarnation: String?
    /// What follows the last hyphen before the number.
    public let mark: Mark

    /// Characters of a department's id.
    public static let longestDepartment = 32

    /// Nil unless the department is an id (ASCII letters, digits, inner hyphens, a letter first; either case) and the
    /// incarnation, if given, is two lower-case hex digits.
    public init?(department: String?, incarnation: String? = nil, mark: Mark) {
        if let department {
            let upper = department.uppercased()
            guard Self.isDepartment(upper) else { return nil }
            self.department = upper
        } else {
            self.department = nil
        }
        if let incarnation, !Self.isIncarnation(incarnation) { return nil }
        guard let mark = Mark(text: mark.text) else { return nil }
        self.incarnation = incarnation
        self.mark = mark
    }

    /// "К", "7f-К", "DSP-Ж", "DSP.5b-Ж".
    public var description: String {
        switch (department, incarnation) {
        case (nil, nil): mark.text
        case (nil, let incarnation?): "\(incarnation)-\(mark.text)"
        case (let department?, nil): "\(department)-\(mark.text)"
        case (let department?, let incarnation?): "\(department).\(incarnation)-\(mark.text)"
        }
    }

    /// Reads what `description` prints; a department's prefix may hold hyphens, the mark is what follows the last.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let last = parts.last, let mark = Mark(text: String(last)) else { return nil }
        let node = parts.dropLast().joined(separator: "-")
        if node.isEmpty {
            guard parts.count == 1 else { return nil }
            self.init(department: nil, mark: mark)
        } else if Self.isIncarnation(node) {
            self.init(department: nil, incarnation: node, mark: mark)
        } else {
            let halves = node.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard halves.count <= 2, Self.isDepartment(halves[0]) else { return nil }
            self.init(department: halves[0], incarnation: halves.count == 2 ? halves[1] : nil, mark: mark)
        }
    }

    /// An id in upper case.
    private static func isDepartment(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count <= longestDepartment else { return false }
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let hyphen = UInt8(ascii: "-")
        return letters.contains(first) && last != hyphen
            && bytes.allSatisfy { letters.contains($0) || digits.contains($0) || $0 == hyphen }
    }

    /// Two hexadecimal digits.
    private static func isIncarnation(_ text: String) -> Bool {
        text.utf8.count == 2
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }

    /// A mark with Cyrillic letters in the place of Latin ones that look the same: `I-1` and `І-1` are one index.
    static func spelled(_ mark: String) -> String {
        var spelled = String.UnicodeScalarView()
        for scalar in mark.unicodeScalars {
            spelled.append(Sameness.lookAlikes[scalar.value].flatMap(Unicode.Scalar.init) ?? scalar)
        }
        return String(spelled)
    }

    /// What stands before a mark with Latin letters in the place of Cyrillic ones that look the same: ids are Latin.
    static func latin(_ node: String) -> String {
        var spelled = String.UnicodeScalarView()
        for scalar in node.unicodeScalars {
            spelled.append(latins[scalar.value].flatMap(Unicode.Scalar.init) ?? scalar)
        }
        return String(spelled)
    }

    private static let latins = Dictionary(uniqueKeysWithValues: Sameness.lookAlikes.map { ($0.value, $0.key) })

    /// Ukrainian letters that can begin a surname, and the Latin ones that look like none of them, to their one spelling in
    /// bytes: a "Й" of two scalars equals a "Й" of one, and an index must not have two spellings.
    ///
    /// Looked up, never iterated.
    private static let letters = Dictionary(
        uniqueKeysWithValues: "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЮЯDFGJLNQRSUVWZ".map {
            (String($0), String($0))
        }
    )

    /// Letters of other Cyrillic alphabets that people write their surnames with, and the Ukrainian ones beside them.
    private static let neighbours = ["Ё": "Є", "Э": "Е", "Ы": "И", "Ў": "У", "Ј": "Й"]
}
