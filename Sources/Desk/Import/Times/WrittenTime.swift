package import Appeals

/// A day or a time as registers write it, by its form.
package enum WrittenTime {
    /// How it is written.
    ///
    /// Where a form has a time, the time may be missing: then it is midnight.
    package enum Form: String, CaseIterable, Hashable, Sendable {
        /// 2026-02-03T09:14:00+02:00
        case rfc3339
        /// 2024-04-16T03:03:15.000 or 2024-04-16 03:03:15.0, as dumps of databases have it
        case isoLocal = "iso-local"
        /// 2026-02-03
        case isoDate = "iso-date"
        /// 03.02.2026 or 3.2.2026 9:30
        case dotted = "dd.mm.yyyy"
        /// 02/03/2026 09:30:00 AM, the month first
        case american = "mm/dd/yyyy"
        /// 03/02/2026 9:30, the day first
        case slashed = "dd/mm/yyyy"
        /// 1770102840 or 1770102840000: seconds or milliseconds since 1970
        case unix

        /// A value of this form.
        package var example: String {
            switch self {
            case .rfc3339: "2026-02-03T09:14:00+02:00"
            case .isoLocal: "2026-02-03 09:14:00"
            case .isoDate: "2026-02-03"
            case .dotted: "03.02.2026 9:14"
            case .american: "02/03/2026 09:14:00 AM"
            case .slashed: "03/02/2026 9:14"
            case .unix: "1770102840"
            }
        }

        /// Whether it says the moment itself, and needs no clock.
        var isMoment: Bool { self == .rfc3339 || self == .unix }
    }

    /// From this number on a Unix time is of milliseconds: in seconds it would be the year 5138.
    private static let milliseconds: UInt64 = 100_000_000_000

    /// The moment, in milliseconds of Unix time; nil if there is none such.
    package static func moment(_ text: String, _ form: Form, _ zone: ImportZone) -> Int64? {
        let found: Int64?
        switch form {
        case .rfc3339: found = KyivTime.parse(rfc3339: text)
        case .unix: found = Int64(text).map { $0.magnitude < milliseconds ? $0 * 1_000 : $0 }
        case .isoLocal, .isoDate, .dotted, .american, .slashed:
            found = parts(text, form).flatMap { date, time in
                time.map { zone.milliseconds(date, $0) } ?? midnight(date, zone)
            }
        }
        return found.flatMap { KyivTime.moment(at: $0) == nil ? nil : $0 }
    }

    /// The day; nil if there is none such.
    ///
    /// Of a moment it is the day on the clock of the zone.
    package static func day(_ text: String, _ form: Form, _ zone: ImportZone) -> CivilDate? {
        form.isMoment ? moment(text, form, zone).flatMap(zone.date) : parts(text, form)?.date
    }

    private static func midnight(_ date: CivilDate, _ zone: ImportZone) -> Int64? {
        zone == .kyiv ? KyivTime.startOfDay(date) : TimeOfDay(milliseconds: 0).map { zone.milliseconds(date, $0) }
    }

    private static func parts(_ text: String, _ form: Form) -> (date: CivilDate, time: TimeOfDay?)? {
        let cut = text.firstIndex { $0 == " " || $0 == "T" || $0 == "\u{A0}" } ?? text.endIndex
        guard let date = date(text[..<cut], form) else { return nil }
        guard cut < text.endIndex else { return form == .isoLocal ? nil : (date, nil) }
        guard form != .isoDate, let time = time(text[text.index(after: cut)...]) else { return nil }
        return (date, time)
    }

    private static func date(_ text: Substring, _ form: Form) -> CivilDate? {
        let sign: Character = form == .dotted ? "." : form == .american || form == .slashed ? "/" : "-"
        let parts = text.split(separator: sign, omittingEmptySubsequences: false)
        let numbers = parts.compactMap { number($0, 1...4) }
        guard parts.count == 3, numbers.count == 3 else { return nil }
        let (year, month, day): (Int, Int, Int) =
            switch form {
            case .american: (2, 0, 1)
            case .dotted, .slashed: (2, 1, 0)
            case .isoLocal, .isoDate, .rfc3339, .unix: (0, 1, 2)
            }
        // A year of two digits may be of either century.
        guard parts[year].utf8.count == 4, parts[month].utf8.count <= 2, parts[day].utf8.count <= 2 else { return nil }
        return CivilDate(year: numbers[year], month: numbers[month], day: numbers[day])
    }

    /// `9:30`, `09:30:15`, `09:30:15.000`, `09:30:00 AM`.
    private static func time(_ text: Substring) -> TimeOfDay? {
        let words = text.split { $0 == " " || $0 == "\u{A0}" || $0 == "\u{202F}" }.map(String.init)
        guard let first = words.first, words.count <= 2 else { return nil }
        let halves = first.split(separator: ".", omittingEmptySubsequences: false)
        let parts = halves[0].split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { number($0, 1...2) }
        guard halves.count <= 2, (2...3).contains(parts.count), numbers.count == parts.count else { return nil }
        var fraction = 0
        if halves.count == 2 {
            guard parts.count == 3, number(halves[1], 1...9) != nil else { return nil }
            fraction = number((halves[1] + "00").prefix(3), 3...3) ?? 0
        }
        var hour = numbers[0]
        if words.count == 2 {
            guard (1...12).contains(hour) else { return nil }
            switch words[1].uppercased() {
            case "AM": hour %= 12
            case "PM": hour = hour % 12 + 12
            default: return nil
            }
        }
        return TimeOfDay(
            hour: hour,
            minute: numbers[1],
            second: numbers.count == 3 ? numbers[2] : 0,
            millisecond: fraction
        )
    }

    private static func number(_ text: Substring, _ digits: ClosedRange<Int>) -> Int? {
        digits.contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }
}
