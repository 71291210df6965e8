import CanonicalJSON
import Testing

@testable import Appeals
@testable import Replication

@Suite("The directory cannot lie")
struct DirectoryMatrixTests {
    private static let roles: [DirectoryRow] = [
        DirectoryRow(
            "a role where the person works",
            before: [.person("anna", at: "roads")],
            .grant("anna", "executor", at: "roads"),
            "accepted"
        ),
        DirectoryRow("a role for nobody", .grant("nobody", "executor", at: "roads"), "refused unknownPerson"),
        DirectoryRow(
            "a role in no department",
            before: [.person("anna", at: "roads")],
            .grant("anna", "executor", at: "nodept", basis: "наказ"),
            "refused unknownDepartment"
        ),
        DirectoryRow(
            "a role where somebody else works",
            before: [.person("anna", at: "roads")],
            .grant("anna", "executor", at: "water"),
            "refused worksElsewhere"
        ),
        DirectoryRow(
            "the same with a basis",
            before: [.person("anna", at: "roads")],
            .grant("anna", "executor", at: "water", basis: "Наказ 12-к"),
            "accepted"
        ),
        DirectoryRow(
            "the same with an empty basis",
            before: [.person("anna", at: "roads")],
            .grant("anna", "executor", at: "water", basis: "  "),
            "refused worksElsewhere"
        ),
        DirectoryRow(
            "a leader in a department",
            before: [.person("anna", at: "roads")],
            .grant("anna", "leader", at: "roads"),
            "refused roleOfAnotherPlace"
        ),
        DirectoryRow(
            "a head at the office",
            before: [.person("anna", at: "office")],
            .grant("anna", "head", at: "office"),
            "refused roleOfAnotherPlace"
        ),
        DirectoryRow(
            "an inspector in a department",
            before: [.person("anna", at: "roads")],
            .grant("anna", "inspector", at: "roads"),
            "accepted"
        ),
        DirectoryRow(
            "an inspector at the office",
            before: [.person("anna", at: "office")],
            .grant("anna", "inspector", at: "office"),
            "accepted"
        ),
        DirectoryRow(
            "a role for who left",
            before: [.person("anna", at: "roads"), .leaves("anna")],
            .grant("anna", "executor", at: "roads"),
            "refused personLeft"
        ),
        DirectoryRow(
            "revoking what was never given",
            before: [.person("anna", at: "roads")],
            .revoke("anna", "executor", at: "roads"),
            "refused roleNotInForce"
        ),
        DirectoryRow(
            "revoking in another place",
            before: [.person("anna", at: "roads"), .grant("anna", "executor", at: "roads")],
            .revoke("anna", "executor", at: "water"),
            "refused roleNotInForce"
        ),
        DirectoryRow(
            "revoking what is in force",
            before: [.person("anna", at: "roads"), .grant("anna", "executor", at: "roads")],
            .revoke("anna", "executor", at: "roads"),
            "accepted"
        ),
        DirectoryRow(
            "revoking twice",
            before: [
                .person("anna", at: "roads"), .grant("anna", "executor", at: "roads"),
                .revoke("anna", "executor", at: "roads"),
            ],
            .revoke("anna", "executor", at: "roads"),
            "refused roleNotInForce"
        ),
    ]

    private static let people: [DirectoryRow] = [
        DirectoryRow("a person of no department", .person("anna", at: "nodept"), "refused unknownDepartment"),
        DirectoryRow(
            "a person said again",
            before: [.person("anna", at: "roads")],
            .person("anna", at: "roads"),
            "accepted"
        ),
        DirectoryRow(
            "who moves loses the role",
            before: [
                .person("anna", at: "roads"), .grant("anna", "executor", at: "roads"), .person("anna", at: "water"),
            ],
            .revoke("anna", "executor", at: "roads"),
            "refused roleNotInForce"
        ),
        DirectoryRow(
            "who moves keeps a role by a stated act",
            before: [
                .person("anna", at: "roads"), .grant("anna", "executor", at: "roads"),
                .person("anna", at: "water", keep: ["roads/executor"], basis: "Наказ 12-к"),
            ],
            .revoke("anna", "executor", at: "roads"),
            "accepted"
        ),
        DirectoryRow(
            "what is not named is not kept",
            before: [
                .person("anna", at: "roads"), .grant("anna", "executor", at: "roads"),
                .grant("anna", "clerk", at: "roads"),
                .person("anna", at: "water", keep: ["roads/executor"], basis: "Наказ 12-к"),
            ],
            .revoke("anna", "clerk", at: "roads"),
            "refused roleNotInForce"
        ),
        DirectoryRow(
            "who moves on keeps it no longer",
            before: [
                .person("anna", at: "roads"), .grant("anna", "executor", at: "roads"),
                .person("anna", at: "water", keep: ["roads/executor"], basis: "Наказ 12-к"),
                .person("anna", at: "office"),
            ],
            .revoke("anna", "executor", at: "roads"),
            "refused roleNotInForce"
        ),
        DirectoryRow(
            "who comes back has to be given the role again",
            before: [
                .person("anna", at: "roads"), .grant("anna", "executor", at: "roads"), .person("anna", at: "water"),
                .person("anna", at: "roads"),
            ],
            .revoke("anna", "executor", at: "roads"),
            "refused roleNotInForce"
        ),
        DirectoryRow(
            "and is",
            before: [
                .person("anna", at: "roads"), .grant("anna", "executor", at: "roads"), .person("anna", at: "water"),
                .person("anna", at: "roads"), .grant("anna", "executor", at: "roads"),
            ],
            .revoke("anna", "executor", at: "roads"),
            "accepted"
        ),
        DirectoryRow(
            "keeping without a basis",
            before: [.person("anna", at: "roads"), .grant("anna", "executor", at: "roads")],
            .person("anna", at: "water", keep: ["roads/executor"]),
            "refused missingField"
        ),
        DirectoryRow(
            "keeping what is not there",
            before: [.person("anna", at: "roads")],
            .person("anna", at: "water", keep: ["roads/executor"], basis: "Наказ"),
            "refused roleNotInForce"
        ),
        DirectoryRow(
            "keeping without moving",
            before: [.person("anna", at: "roads"), .grant("anna", "executor", at: "roads")],
            .person("anna", at: "roads", keep: ["roads/executor"], basis: "Наказ"),
            "refused staysThere"
        ),
        DirectoryRow("nobody leaves", .leaves("nobody"), "refused unknownPerson"),
        DirectoryRow(
            "leaving twice",
            before: [.person("anna", at: "roads"), .leaves("anna")],
            .leaves("anna"),
            "refused personLeft"
        ),
        DirectoryRow(
            "who leaves loses the role",
            before: [.person("anna", at: "roads"), .grant("anna", "executor", at: "roads"), .leaves("anna")],
            .revoke("anna", "executor", at: "roads"),
            "refused roleNotInForce"
        ),
        DirectoryRow(
            "who left may come again",
            before: [.person("anna", at: "roads"), .leaves("anna")],
            .person("anna", at: "roads"),
            "accepted"
        ),
        DirectoryRow(
            "and gets no role by that",
            before: [
                .person("anna", at: "roads"), .grant("anna", "executor", at: "roads"), .leaves("anna"),
                .person("anna", at: "roads"),
            ],
            .revoke("anna", "executor", at: "roads"),
            "refused roleNotInForce"
        ),
    ]

    private static let administrators: [DirectoryRow] = [
        DirectoryRow(
            "the last administrator is not revoked",
            .revoke("boss", "administrator", at: "office"),
            "refused lastAdministrator"
        ),
        DirectoryRow(
            "nor leaves",
            before: [.person("boss", at: "office")],
            .leaves("boss"),
            "refused lastAdministrator"
        ),
        DirectoryRow(
            "nor moves",
            before: [.person("boss", at: "office")],
            .person("boss", at: "roads"),
            "refused lastAdministrator"
        ),
        DirectoryRow(
            "unless the role is kept",
            before: [.person("boss", at: "office")],
            .person("boss", at: "roads", keep: ["office/administrator"], basis: "Наказ"),
            "accepted"
        ),
        DirectoryRow(
            "one of two is revoked",
            before: [.person("anna", at: "office"), .grant("anna", "administrator", at: "office")],
            .revoke("boss", "administrator", at: "office"),
            "accepted"
        ),
        DirectoryRow(
            "one of two leaves",
            before: [.person("anna", at: "office"), .grant("anna", "administrator", at: "office")],
            .leaves("anna"),
            "accepted"
        ),
        DirectoryRow(
            "who moved away is no second one",
            before: [
                .person("anna", at: "office"), .grant("anna", "administrator", at: "office"),
                .person("anna", at: "roads"),
            ],
            .revoke("boss", "administrator", at: "office"),
            "refused lastAdministrator"
        ),
    ]

    private static let departments: [DirectoryRow] = [
        DirectoryRow("a code of its own", .department("parks", code: "ПАР"), "accepted"),
        DirectoryRow(
            "a code said again",
            before: [.department("parks", code: "ПАР")],
            .department("parks", code: "ПАР"),
            "accepted"
        ),
        DirectoryRow(
            "another's code",
            before: [.department("parks", code: "ПАР")],
            .department("zoo", code: "ПАР"),
            "refused codeTaken"
        ),
        DirectoryRow(
            "another's code in small letters",
            before: [.department("parks", code: "ПАР")],
            .department("zoo", code: "пар"),
            "refused codeTaken"
        ),
        DirectoryRow(
            "another's code with a Latin letter",
            before: [.department("parks", code: "ПАР")],
            .department("zoo", code: "ПAР"),
            "refused codeTaken"
        ),
        DirectoryRow("another's id as a code", .department("zoo", code: "Roads"), "refused codeTaken"),
        DirectoryRow("its own id as a code", .department("zoo", code: "ZOO"), "accepted"),
        DirectoryRow(
            "an id that is another's code",
            before: [.department("parks", code: "ZOO")],
            .department("zoo"),
            "refused codeTaken"
        ),
        DirectoryRow("no code beside no code", before: [.department("parks")], .department("zoo"), "accepted"),
    ]

    private static let calendars: [DirectoryRow] = [
        DirectoryRow("a calendar of this year", .calendar("a", from: "2026-01-01", through: "2026-12-31"), "accepted"),
        DirectoryRow(
            "the same again",
            before: [.calendar("a", from: "2026-01-01", through: "2026-12-31")],
            .calendar("a", from: "2026-01-01", through: "2026-12-31"),
            "accepted"
        ),
        DirectoryRow(
            "another under its version",
            before: [.calendar("a", from: "2026-01-01", through: "2026-12-31")],
            .calendar("a", from: "2026-01-01", through: "2026-12-31", hours: "18:00"),
            "refused calendarWritten"
        ),
        DirectoryRow(
            "another version",
            before: [.calendar("a", from: "2026-01-01", through: "2026-12-31")],
            .calendar("b", from: "2026-01-01", through: "2026-12-31", hours: "18:00"),
            "accepted"
        ),
        DirectoryRow(
            "one of next year alone",
            .calendar("a", from: "2027-01-01", through: "2027-12-31"),
            "refused calendarGap"
        ),
        DirectoryRow(
            "one of next year beside this year's",
            before: [.calendar("a", from: "2026-01-01", through: "2026-12-31")],
            .calendar("b", from: "2027-01-01", through: "2027-12-31"),
            "accepted"
        ),
    ]

    @Test("each act on each directory", arguments: roles + people + administrators + departments + calendars)
    func row(_ row: DirectoryRow) throws {
        let town = try Town("roads", "water")
        for act in row.before {
            let outcome = try town.reference(act.kind, act.body, personal: act.personal)
            try #require(outcome.status == .accepted, "\(act): \(Self.told(outcome))")
        }
        let outcome = try town.reference(row.act.kind, row.act.body, personal: row.act.personal)
        #expect(Self.told(outcome) == row.comes)
    }

    private static func told(_ outcome: Outcome) -> String {
        outcome.status.rawValue + (outcome.reason.map { " " + $0.rawValue } ?? "")
    }
}
