import Appeals
import CanonicalJSON
import Commands
import Desk
import Foundation
import Testing

/// Every way in which registers write a time, and whose clock it is of.
@Suite("A time that a register has")
struct WrittenTimeTests {
    private func moment(_ text: String, _ form: WrittenTime.Form, _ zone: ImportZone = .kyiv) -> String? {
        WrittenTime.moment(text, form, zone).flatMap(KyivTime.rfc3339)
    }

    private static func zone(_ name: String) throws -> ImportZone {
        let file = try #require(FileManager.default.contents(atPath: "/usr/share/zoneinfo/" + name))
        return .table(try #require(ZoneTable(file: Array(file))))
    }

    @Test(
        "is read in its form",
        arguments: [
            ("2026-02-03T09:14:00+02:00", .rfc3339, "2026-02-03T09:14:00+02:00"),
            ("2024-04-16T03:03:15.000", .isoLocal, "2024-04-16T03:03:15+03:00"),
            ("2012-01-01 15:41:22.0", .isoLocal, "2012-01-01T15:41:22+02:00"),
            ("2012-01-01 15:41", .isoLocal, "2012-01-01T15:41:00+02:00"),
            ("15.05.2026 9:30", .dotted, "2026-05-15T09:30:00+03:00"),
            ("5.5.2026 09:30:15", .dotted, "2026-05-05T09:30:15+03:00"),
            ("15.05.2026", .dotted, "2026-05-15T00:00:00+03:00"),
            ("2/3/2026", .american, "2026-02-03T00:00:00+02:00"),
            ("02/03/2026 12:05:00 AM", .american, "2026-02-03T00:05:00+02:00"),
            ("02/03/2026 12:05 PM", .american, "2026-02-03T12:05:00+02:00"),
            ("03/02/2026 17:00", .slashed, "2026-02-03T17:00:00+02:00"),
            ("1770102840", .unix, "2026-02-03T09:14:00+02:00"), ("1770102840000", .unix, "2026-02-03T09:14:00+02:00"),
            ("2026-02-03", .isoDate, "2026-02-03T00:00:00+02:00"),
        ] as [(String, WrittenTime.Form, String)]
    )
    func forms(text: String, form: WrittenTime.Form, wanted: String) {
        #expect(moment(text, form) == wanted)
        for other in WrittenTime.Form.allCases { _ = WrittenTime.moment(text, other, .kyiv) }
    }

    @Test(
        "that is none is refused",
        arguments: [
            ("31.02.2026", .dotted), ("15.05.26", .dotted), ("15.05.2026 25:00", .dotted), ("13/13/2026", .american),
            ("02/03/2026 13:00 PM", .american), ("2026-02-03", .isoLocal), ("2026-02-03T", .isoLocal), ("1e9", .unix),
            ("-9223372036854775808", .unix), ("99999999999999999", .unix), ("", .unix), ("2026-02-03 10:00", .isoDate),
            ("2026-02-03T09:14:00", .rfc3339), ("..2026", .dotted), ("1.2.3.2026", .dotted),
        ] as [(String, WrittenTime.Form)]
    )
    func refused(text: String, form: WrittenTime.Form) { #expect(moment(text, form) == nil) }

    @Test("is of the clock of any zone, also where it was turned")
    func zones() throws {
        let york = try Self.zone("America/New_York")
        #expect(moment("2026-01-15 12:00:00", .isoLocal, york) == "2026-01-15T19:00:00+02:00")
        #expect(moment("2026-07-15 12:00:00", .isoLocal, york) == "2026-07-15T19:00:00+03:00")
        // The hour that comes twice is the first of the two; the one that never comes is after the turn.
        #expect(moment("2025-11-02 01:30:00", .isoLocal, york) == "2025-11-02T07:30:00+02:00")
        #expect(moment("2025-03-09 02:30:00", .isoLocal, york) == "2025-03-09T09:30:00+02:00")
        #expect(WrittenTime.day("1770093000", .unix, york)?.description == "2026-02-02")
        #expect(moment("15.05.2026 9:30", .dotted, try #require(ImportZone("-04:00"))) == "2026-05-15T16:30:00+03:00")
        #expect(moment("15.05.2026 9:30", .dotted, try #require(ImportZone("UTC"))) == "2026-05-15T12:30:00+03:00")
        let kyiv = try Self.zone("Europe/Kyiv")
        for text in ["2026-03-29 02:59:59", "2026-03-29 04:00:00", "2025-10-26 03:30:00", "2012-06-01 12:00:00"] {
            #expect(moment(text, .isoLocal, kyiv) == moment(text, .isoLocal))
        }
        #expect(ZoneTable(file: []) == nil && ZoneTable(file: Array("TZif2".utf8)) == nil)
    }

    @Test("of a mapping's zone goes with the mapping, and one that nobody knows is refused")
    func mappings() throws {
        let city = try CommandCity()
        func arguments(_ zone: String) -> JSONObject {
            let mapping: JSON = [
                "source": "csv", "key": "id", "name": "open data",
                "constants": ["channel": "import", "kind": "заява (клопотання)", "subjectType": "unknown"],
                "fields": [
                    "receivedAt": ["column": "when", "format": "mm/dd/yyyy", "zone": .string(zone)], "text": "what",
                ],
            ]
            return ["mapping": .string(mapping.canonicalText), "as": "koval"]
        }
        let file = Array("id,when,what\n1,05/01/2026 11:30:00 PM,Pothole\n".utf8)
        let wrong = try city.imported(file, arguments("America/Nowhere"))
        #expect(wrong.exit == .usage && wrong.text.contains("tzdata"), "\(wrong.text)")
        #expect(try city.imported(file, arguments("../etc/passwd")).exit == .usage)
        let done = try city.imported(file, arguments("America/Chicago"))
        #expect(done.json["imported"] == 1, "\(done.text)")
        let card = try city.expect("appeal show", ["appeal": "БІ-1"]).json["registers"]
        #expect(card?["receivedAt"] == "2026-05-02T07:30:00+03:00", "\(card?.canonicalText ?? "")")
    }
}
