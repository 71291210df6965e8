import Appeals

extension Language {
    /// Ranges of a header that are looked at.
    private static let mostRanges = 16

    /// The one that `Accept-Language` (RFC 9110, 12.5.4) wants most; `other` if it wants none that there is.
    static func asked(_ header: String?, or other: Language) -> Language {
        var best: (language: Language, weight: Double)?
        for range in (header ?? "").split(separator: ",").prefix(mostRanges) {
            let parts = range.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let tag = parts.first, let language = Language(rawValue: String(tag.prefix { $0 != "-" })) else {
                continue
            }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if weight > 0, weight <= 1, weight > best?.weight ?? 0 { best = (language, weight) }
        }
        return best?.language ?? other
    }
}
