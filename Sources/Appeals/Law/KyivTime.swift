/// Europe/Kyiv by the European rule: UTC+2, and UTC+3 from 01:00 UTC of the last Sunday of March to 01:00 UTC of the
/// last Sunday of October.
///
/// Exact for the years since 1997; earlier instants, which only old registers hold, get the same rule. Instants are
/// Unix milliseconds.
public enum KyivTime {
    /// A date and time of day on a Kyiv clock, and how far that clock was ahead of UTC.
    public struct Moment: Hashable, Sendable {
        /// The day in Kyiv.
        public let date: CivilDate
        /// What the clock on the wall shows.
        public let time: TimeOfDay
        /// 2 in winter, 3 in summer.
        public let offsetHours: Int
    }

    static let hour: Int64 = 3_600_000
    static let day: Int64 = 86_400_000

    /// Nil when the Kyiv date is outside 1900…2199.
    public static func moment(at milliseconds: Int64) -> Moment? {
        guard let utc = split(milliseconds) else { return nil }
        // The offset is decided by the UTC year; at a turn of the year both neighbours are in winter time.
        let offset = isSummer(milliseconds, year: utc.date.year) ? 3 : 2
        guard let local = split(milliseconds + Int64(offset) * hour) else { return nil }
        return Moment(date: local.date, time: local.time, offsetHours: offset)
    }

    /// The Kyiv date of an instant.
    public static func date(at milliseconds: Int64) -> CivilDate? {
        moment(at: milliseconds)?.date
    }

    /// The first millisecond of a civil day in Kyiv.
    ///
    /// The clocks never turn at midnight.
    public static func startOfDay(_ date: CivilDate) -> Int64 {
        let midnight = Int64(date.dayNumber) * day
        let winter = midnight - 2 * hour
        return isSummer(winter, year: date.year) ? midnight - 3 * hour : winter
    }

    /// The instant a Kyiv clock shows this.
    ///
    /// Of the hour that October shows twice the first is taken; the hour that March skips is read as if the clocks had
    /// not turned yet (03:30 → 04:30).
    public static func milliseconds(_ date: CivilDate, _ time: TimeOfDay) -> Int64 {
        let local = Int64(date.dayNumber) * day + Int64(time.milliseconds)
        let summer = local - 3 * hour
        return isSummer(summer, year: date.year) ? summer : local - 2 * hour
    }

    /// The instant a UTC clock shows this.
    public static func milliseconds(utc date: CivilDate, _ time: TimeOfDay) -> Int64 {
        Int64(date.dayNumber) * day + Int64(time.milliseconds)
    }

    /// "2026-02-03T09:14:00+02:00" in Kyiv's offset; milliseconds are printed only when there are any.
    public static func rfc3339(_ milliseconds: Int64) -> String? {
        guard let moment = moment(at: milliseconds) else { return nil }
        let seconds = Digits.fixed(moment.time.second, to: 2)
        let fraction = moment.time.millisecond == 0 ? "" : "." + Digits.fixed(moment.time.millisecond, to: 3)
        return "\(moment.date)T\(moment.time):\(seconds)\(fraction)+0\(moment.offsetHours):00"
    }

    /// RFC 3339 with an offset or `Z`, upper case, no leap second, no `-00:00`; fractions beyond a millisecond are cut.
    public static func parse(rfc3339 text: some StringProtocol) -> Int64? {
        let bytes = Array(text.utf8.prefix(64))
        guard bytes.count >= 20 else { return nil }
        let offsetStart = bytes.last == UInt8(ascii: "Z") ? bytes.count - 1 : bytes.count - 6
        guard offsetStart >= 19, let local = localMilliseconds(bytes[..<offsetStart]),
            let offset = offsetMilliseconds(bytes[offsetStart...]),
            let utc = split(local - offset), utc.date.year >= CivilDate.years.lowerBound
        else { return nil }
        return local - offset
    }

    /// The Kyiv date of an instant that is written so; nil if it is none.
    public static func date(rfc3339 text: some StringProtocol) -> CivilDate? {
        parse(rfc3339: text).flatMap { date(at: $0) }
    }

    /// "2024-04-16T03:03:15" or "2024-04-16T03:03:15.000", without an offset, as a clock on the wall in Kyiv.
    public static func parse(kyivLocal text: some StringProtocol) -> Int64? {
        localParts(text).map { milliseconds($0.date, $0.time) }
    }

    /// The same form on a UTC clock.
    public static func parse(utcLocal text: some StringProtocol) -> Int64? {
        localParts(text).map { milliseconds(utc: $0.date, $0.time) }
    }

    private static func localParts(_ text: some StringProtocol) -> (date: CivilDate, time: TimeOfDay)? {
        let bytes = Array(text.utf8.prefix(64))
        return localMilliseconds(bytes[...]).flatMap(split)
    }

    private static func localMilliseconds(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let bytes = Array(bytes)
        guard bytes.count >= 19, let date = CivilDate(String(decoding: bytes[..<10], as: UTF8.self)),
            bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let hour = Digits.number(bytes[11..<13]), let minute = Digits.number(bytes[14..<16]),
            let second = Digits.number(bytes[17..<19]), let fraction = fractionMilliseconds(bytes[19...]),
            let time = TimeOfDay(hour: hour, minute: minute, second: second, millisecond: fraction)
        else { return nil }
        return Int64(date.dayNumber) * day + Int64(time.milliseconds)
    }

    private static func fractionMilliseconds(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let point = bytes.first else { return 0 }
        let digits = bytes.dropFirst()
        guard point == UInt8(ascii: "."), (1...9).contains(digits.count), Digits.number(digits) != nil
        else { return nil }
        let three = Array(digits.prefix(3)) + Array(repeating: UInt8(ascii: "0"), count: max(0, 3 - digits.count))
        return Digits.number(three)
    }

    private static func offsetMilliseconds(_ slice: ArraySlice<UInt8>) -> Int64? {
        let bytes = Array(slice)
        if bytes == [UInt8(ascii: "Z")] { return 0 }
        guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
            bytes[3] == UInt8(ascii: ":"), let hours = Digits.number(bytes[1..<3]),
            let minutes = Digits.number(bytes[4..<6]), hours < 24, minutes < 60
        else { return nil }
        let negative = bytes[0] == UInt8(ascii: "-")
        // RFC 3339 4.3: -00:00 says "the offset is not known", and then the civil date is not known either.
        if negative && hours == 0 && minutes == 0 { return nil }
        let size = Int64(hours * 60 + minutes) * 60_000
        return negative ? -size : size
    }

    private static func split(_ milliseconds: Int64) -> (date: CivilDate, time: TimeOfDay)? {
        let days = milliseconds >= 0 ? milliseconds / day : (milliseconds + 1) / day - 1
        guard let date = CivilDate(dayNumber: Int(days)),
            let time = TimeOfDay(milliseconds: Int(milliseconds - days * day))
        else { return nil }
        return (date, time)
    }

    private static func isSummer(_ milliseconds: Int64, year: Int) -> Bool {
        milliseconds >= turn(year: year, month: 3) && milliseconds < turn(year: year, month: 10)
    }

    /// 01:00 UTC of the last Sunday of a month of 31 days.
    private static func turn(year: Int, month: Int) -> Int64 {
        guard let last = CivilDate(year: year, month: month, day: 31) else {
            preconditionFailure("the year of a clock turn comes from a date and is in 1900…2199, not \(year)")
        }
        let sinceSunday = ((last.dayNumber + 4) % 7 + 7) % 7
        return Int64(last.dayNumber - sinceSunday) * day + hour
    }
}
