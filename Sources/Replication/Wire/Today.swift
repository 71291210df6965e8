public import Appeals

/// The civil date in Kyiv of an instant; a clock outside 1900…2199 counts as its nearest end.
public enum Today {
    /// The day in Kyiv at `now` (unix ms).
    public static func date(_ now: Int64) -> CivilDate {
        if let date = KyivTime.date(at: now) { return date }
        guard let end = CivilDate(now < 0 ? "1900-01-01" : "2199-12-31") else {
            preconditionFailure("both ends are dates")
        }
        return end
    }
}
