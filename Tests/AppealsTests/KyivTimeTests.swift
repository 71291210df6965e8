import Appeals
import Foundation
import Testing

@Suite("Kyiv time")
struct KyivTimeTests {
    @Test(
        "clocks turn at 01:00 UTC of the last Sundays of March and October",
        arguments: [
            ("2026-03-29T00:59:59.999Z", "2026-03-29T02:59:59.999+02:00"),
            ("2026-03-29T01:00:00Z", "2026-03-29T04:00:00+03:00"),
            ("2026-10-25T00:59:59Z", "2026-10-25T03:59:59+03:00"),
            ("2026-10-25T01:00:00Z", "2026-10-25T03:00:00+02:00"),
            ("2024-03-31T01:00:00Z", "2024-03-31T04:00:00+03:00"),
            ("2027-10-31T01:00:00Z", "2027-10-31T03:00:00+02:00"),
            ("2026-12-31T22:00:00Z", "2027-01-01T00:00:00+02:00"),
        ]
    )
    func turns(utc: String, kyiv: String) {
        #expect(KyivTime.rfc3339(instant(utc)) == kyiv)
        #expect(KyivTime.parse(rfc3339: kyiv) == instant(utc))
    }

    @Test("every day from 1997 to 2199 begins at its own midnight")
    func starts() {
        var wrong: [CivilDate] = []
        var date = day("1997-01-01")
        while let next = date.adding(days: 1) {
            let start = KyivTime.startOfDay(date)
            let moment = KyivTime.moment(at: start)
            if moment?.date != date || moment?.time.milliseconds != 0 || KyivTime.date(at: start - 1) == date {
                wrong.append(date)
            }
            date = next
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    }

    @Test("the hour October shows twice is taken the first time, the hour March skips as if not turned")
    func doubtfulHours() {
        #expect(KyivTime.parse(kyivLocal: "2026-10-25T03:30:00") == instant("2026-10-25T00:30:00Z"))
        #expect(KyivTime.parse(kyivLocal: "2026-10-25T04:00:00") == instant("2026-10-25T02:00:00Z"))
        #expect(KyivTime.parse(kyivLocal: "2026-03-29T03:30:00") == instant("2026-03-29T01:30:00Z"))
        #expect(KyivTime.parse(kyivLocal: "2024-04-16T03:03:15.000") == instant("2024-04-16T03:03:15+03:00"))
        #expect(KyivTime.parse(utcLocal: "2024-04-16T03:03:15") == instant("2024-04-16T03:03:15Z"))
    }

    @Test(
        "only RFC 3339 with an offset is read",
        arguments: [
            "", "2026-02-03", "2026-02-03T09:14:00", "2026-02-03 09:14:00+02:00", "2026-02-03t09:14:00z",
            "2026-02-03T09:14+02:00", "2026-02-03T24:00:00+02:00", "2026-02-03T09:60:00+02:00",
            "2026-02-03T23:59:60Z", "2026-02-03T09:14:00+0200", "2026-02-03T09:14:00-00:00",
            "2026-02-03T09:14:00+24:00", "2026-02-03T09:14:00.+02:00", "2026-02-03T09:14:00.1234567890Z",
            "2026-02-30T09:14:00Z", "2026-02-03T09:14:00ZZ", "2026-02-03T+9:14:00Z", "1900-01-01T00:00:00+02:00",
        ]
    )
    func refused(text: String) {
        #expect(KyivTime.parse(rfc3339: text) == nil)
    }

    @Test("fractions are kept to the millisecond")
    func fractions() {
        #expect(instant("1970-01-01T00:00:00.5Z") == 500)
        #expect(instant("1970-01-01T00:00:00.001999Z") == 1)
        #expect(instant("1969-12-31T23:59:59.999Z") == -1)
        #expect(instant("1970-01-01T02:30:00-05:30") == 8 * 3_600_000)
    }

    @Test("an instant beyond the calendar has no date and traps nothing", arguments: [Int64.max, .min, 1 << 55])
    func beyond(milliseconds: Int64) {
        #expect(KyivTime.moment(at: milliseconds) == nil)
        #expect(KyivTime.rfc3339(milliseconds) == nil)
    }

    @Test("20,000 random instants agree with the system's time zone data, where it is installed")
    func systemZone() {
        guard let zone = TimeZone(identifier: "Europe/Kyiv") ?? TimeZone(identifier: "Europe/Kiev") else { return }
        var random = SplitMix(state: 17)
        var wrong: [Int64] = []
        let range = instant("1998-01-01T00:00:00Z")...instant("2036-12-31T00:00:00Z")
        for _ in 0..<20_000 {
            let milliseconds = Int64.random(in: range, using: &random)
            let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
            if KyivTime.moment(at: milliseconds)?.offsetHours != offset / 3600 { wrong.append(milliseconds) }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    }
}
