/// A day of the week; the raw values are those of calendar data.
public enum Weekday: String, CaseIterable, Hashable, Sendable {
    case monday = "mon"
    case tuesday = "tue"
    case wednesday = "wed"
    case thursday = "thu"
    case friday = "fri"
    case saturday = "sat"
    case sunday = "sun"

    /// Two letters in Ukrainian, three in English, as lists have room for.
    public var shortName: Label {
        switch self {
        case .monday: Label(uk: "пн", en: "Mon")
        case .tuesday: Label(uk: "вт", en: "Tue")
        case .wednesday: Label(uk: "ср", en: "Wed")
        case .thursday: Label(uk: "чт", en: "Thu")
        case .friday: Label(uk: "пт", en: "Fri")
        case .saturday: Label(uk: "сб", en: "Sat")
        case .sunday: Label(uk: "нд", en: "Sun")
        }
    }
}
