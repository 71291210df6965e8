public import CanonicalJSON

/// On which basis somebody stands in for another, and from when until when, as far as that was said (R8).
public struct Substitution: Hashable, Sendable {
    /// `наказ № 5`.
    public let basis: String
    /// Its first day.
    public let from: CivilDate?
    /// Its last day.
    public let through: CivilDate?

    /// Reads the members `substitution`, `from` and `through` of a grant, of an author; nil without a basis.
    public init?(_ value: JSON) {
        guard let basis = value["substitution"]?.string, !basis.isEmpty else { return nil }
        self.basis = basis
        from = value["from"]?.string.flatMap { CivilDate($0) }
        through = value["through"]?.string.flatMap { CivilDate($0) }
    }

    /// `наказ № 5 (з 01.12.2026 до 14.12.2026)`.
    public var label: Label {
        let days = [
            from.map { Label(uk: "з \($0.ukrainianNumbers)", en: "from \($0)") },
            through.map { Label(uk: "до \($0.ukrainianNumbers)", en: "until \($0)") },
        ].compactMap(\.self)
        guard !days.isEmpty else { return Label(basis) }
        return Label(
            uk: "\(basis) (\(days.map(\.uk).joined(separator: " ")))",
            en: "\(basis) (\(days.map(\.en).joined(separator: " ")))"
        )
    }
}
