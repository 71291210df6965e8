package import Appeals

/// Days and moments as people write them.
package enum StatedTime {
    /// `2026-05-14`, `14.05.2026`, `4.5.2026`, and `today` or `сьогодні` for today in Kyiv; nil for anything else.
    package static func day(_ typed: String, today: CivilDate?) -> CivilDate? {
        switch typed.lowercased() {
        case "today", "сьогодні": today
        default: CivilDate(typed) ?? dotted(typed)
        }
    }

    /// RFC 3339, or as a clock in Kyiv shows it, in milliseconds of Unix time; nil for anything else.
    ///
    /// `2026-05-14T09:30:00`, `2026-05-14 9:30`, `14.05.2026 09:30`; a day alone is its beginning.
    package static func moment(_ typed: String, today: CivilDate?) -> Int64? {
        if let instant = KyivTime.parse(rfc3339: typed) ?? KyivTime.parse(kyivLocal: typed) { return instant }
        if let day = day(typed, today: today) { return KyivTime.startOfDay(day) }
        let parts = typed.split(whereSeparator: { $0 == " " || $0 == "T" })
        guard parts.count == 2, let day = day(String(parts[0]), today: today), let clock = clock(parts[1]) else {
            return nil
        }
        return KyivTime.parse(kyivLocal: "\(day)T\(clock)")
    }

    /// `month`, `fifteenDays`, `shortened:5`, `external:31.12.2026`.
    package static func basis(_ typed: String, today: CivilDate?) -> DeadlineBasis? {
        let parts = typed.split(separator: ":", maxSplits: 1).map(String.init)
        if parts.count == 2, parts[0] == "external" {
            return day(ReadableText.line(parts[1]), today: today).map(DeadlineBasis.external)
        }
        return DeadlineBasis(code: typed)
    }

    /// Day, month and year with points between them, with or without leading zeros.
    private static func dotted(_ typed: String) -> CivilDate? {
        let parts = typed.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, (1...2).contains(parts[0].count), (1...2).contains(parts[1].count) else { return nil }
        let digits = parts[0...1].map { $0.count == 1 ? "0" + $0 : String($0) }
        return CivilDate(dotted: (digits + [String(parts[2])]).joined(separator: "."))
    }

    /// `9:30` and `09:30:15` with seconds and two digits.
    private static func clock(_ typed: Substring) -> String? {
        let parts = typed.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), (1...2).contains(parts[0].count) else { return nil }
        let hour = parts[0].count == 1 ? "0" + parts[0] : String(parts[0])
        return ([hour] + parts.dropFirst().map(String.init) + (parts.count == 2 ? ["00"] : [])).joined(separator: ":")
    }
}
