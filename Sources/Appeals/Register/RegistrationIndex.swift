/// The number an appeal is known by: `К-101`, `КО-12`, `РЗ-000318`, `DSP-Ж-17`, `DSP.5b-Ж-1`, `7f-К-1`, `Б-57/2`.
///
/// Numbers are dense in each series of each incarnation of a node, so that nodes without contact never draw the same.
public struct RegistrationIndex: Hashable, Sendable, CustomStringConvertible {
    /// Who numbers, and by which mark.
    public let series: IndexSeries
    /// Dense in its series.
    public let number: Int
    /// The fraction of a duplicate of the same matter, nil for the first appeal.
    public let duplicate: Int?

    /// Nine digits: more than a city registers in its life.
    public static let numbers = 1...999_999_999
    /// The appeal itself counts as the first.
    public static let duplicates = 1...999

    /// Nil when the number or the fraction is out of range.
    public init?(series: IndexSeries, number: Int, duplicate: Int? = nil) {
        guard Self.numbers.contains(number) else { return nil }
        if let duplicate, !Self.duplicates.contains(duplicate) { return nil }
        self.series = series
        self.number = number
        self.duplicate = duplicate
    }

    /// Reads exactly what `description` prints and nothing else.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 80 else { return nil }
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count <= 2, let hyphen = halves[0].lastIndex(of: "-"),
            let series = IndexSeries(halves[0][..<hyphen]),
            let number = Digits.number(Array(halves[0][halves[0].index(after: hyphen)...].utf8))
        else { return nil }
        var duplicate: Int?
        if halves.count == 2 {
            guard let fraction = Digits.number(Array(halves[1].utf8)) else { return nil }
            duplicate = fraction
        }
        self.init(series: series, number: number, duplicate: duplicate)
        // Leading zeros and the like: two spellings of one index would be two indices to a unique key.
        guard description.utf8.elementsEqual(text.utf8) else { return nil }
    }

    /// The index that a person means who types it with another keyboard or in small letters: `o-1` is `О-1`,
    /// `dsp-ж-17` is `DSP-Ж-17`; nil if it cannot be one.
    public init?(typed: String) {
        guard let first = Self.meant(by: typed).first else { return nil }
        self = first
    }

    /// All that a person can mean who types it with another keyboard, in letters of any case, with spaces or another dash: none,
    /// one, or two where two hexadecimal digits before the mark may be an incarnation's or a department's id.
    public static func meant(by typed: String) -> [RegistrationIndex] {
        guard typed.utf8.count <= longestTyped else { return [] }
        if let exact = RegistrationIndex(typed) { return [exact] }
        var line = String.UnicodeScalarView()
        for scalar in typed.unicodeScalars where !Sameness.isSpace(scalar.value) && !Sameness.isInvisible(scalar.value)
        {
            line.append(dashes.contains(scalar.value) ? "-" : scalar)
        }
        let parts = String(line).split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, let number = parts.last else { return [] }
        let mark = IndexSeries.spelled(parts[parts.count - 2].uppercased())
        return nodes(parts.dropLast(2).map(IndexSeries.latin).joined(separator: "-")).compactMap { node in
            RegistrationIndex((node.isEmpty ? "" : node + "-") + mark + "-" + number)
        }
    }

    private static let longestTyped = 200
    /// Hyphens and dashes that keyboards and word processors make of a hyphen.
    private static let dashes: Set<UInt32> = [0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE63, 0xFF0D]

    /// What can stand before the mark: the department's id in capitals, with the hexadecimal incarnation in small letters, or the
    /// office's incarnation alone.
    private static func nodes(_ typed: String) -> [String] {
        if typed.isEmpty { return [""] }
        let halves = typed.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let department = ([halves[0].uppercased()] + halves.dropFirst().map { $0.lowercased() }).joined(separator: ".")
        return Names.isHex(typed.lowercased(), count: 2) ? [typed.lowercased(), department] : [department]
    }

    /// The spellings of a part of an index that a person may mean who types it so: as it stands, and in capitals with
    /// Cyrillic letters in the place of Latin ones that look the same.
    public static func parts(typed: String) -> [String] {
        let bare = typed.split(separator: " ").joined()
        let pieces = bare.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        let meant = pieces.map { IndexSeries.spelled($0.uppercased()) }
        var parts = [bare, bare.uppercased(), meant.joined(separator: "-")]
        // Before the mark may stand a department's id, or an incarnation in small letters.
        if pieces.count > 1, let node = pieces.first {
            parts += [node.uppercased(), node.lowercased()].map { ([$0] + meant.dropFirst()).joined(separator: "-") }
        }
        if let whole = RegistrationIndex(typed: bare) { parts.append(whole.description) }
        return parts.filter { !$0.isEmpty }.uniqued()
    }

    /// The one spelling; a consultation's number has six digits.
    public var description: String {
        let digits = series.mark == .consultation ? Digits.fixed(number, to: 6) : String(number)
        let fraction = duplicate.map { "/\($0)" } ?? ""
        return "\(series)-\(digits)\(fraction)"
    }

    /// The index after the last one drawn from a series, `last` nil or 0 when none was; nil when it is used up.
    public static func next(in series: IndexSeries, after last: Int?) -> RegistrationIndex? {
        let (number, overflow) = (last ?? 0).addingReportingOverflow(1)
        return overflow ? nil : RegistrationIndex(series: series, number: number)
    }

    /// The index after the greatest of those taken in a series; others are passed over.
    public static func next(
        in series: IndexSeries,
        taken: some Sequence<RegistrationIndex>
    ) -> RegistrationIndex? {
        var last = 0
        for index in taken where index.series == series { last = max(last, index.number) }
        return next(in: series, after: last)
    }

    /// The index of the next duplicate of this appeal: the appeal itself counts as the first, so `/2` comes first.
    public func nextDuplicate(taken: some Sequence<RegistrationIndex> = []) -> RegistrationIndex? {
        var last = 1
        for index in taken where index.series == series && index.number == number {
            last = max(last, index.duplicate ?? 1)
        }
        return RegistrationIndex(series: series, number: number, duplicate: last + 1)
    }
}
