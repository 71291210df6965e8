/// Whether a final answer went out in its term.
public enum Timeliness: Hashable, Sendable {
    /// `extensionUnused` when there was an extension and the answer did not need it (C8).
    case onTime(extensionUnused: Bool)
    /// Calendar days after the date that was in force.
    case late(days: Int)

    /// "Виконано 12.05" / "Виконано із запізненням 1 день".
    public func label(dispatched: CivilDate) -> Label {
        switch self {
        case .onTime: Label(uk: "Виконано \(dispatched.ukrainianDayAndMonth)", en: "Done \(dispatched)")
        case .late(let days):
            Label(
                uk: "Виконано із запізненням \(days) \(Plural.days(days))",
                en: "Done \(Plural.english(days, "day")) late"
            )
        }
    }
}
