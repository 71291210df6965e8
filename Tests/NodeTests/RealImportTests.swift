import Appeals
import CanonicalJSON
import Commands
import Desk
import Foundation
import Node
import Testing

@Suite("The registers we have")
struct RealImportTests {
    @Test("all thousand rows of New York become cards, whatever the pieces they come in")
    func newYork() throws {
        let bytes = try Fixtures.data("nyc311-2024-04.csv")
        var csv = try CSVImport(mapping: Fixtures.mapping("nyc311"))
        var outcomes: [ImportOutcome] = []
        for start in stride(from: 0, to: bytes.count, by: 4099) {
            outcomes += try csv.read(Array(bytes[start..<min(start + 4099, bytes.count)]))
        }
        outcomes += try csv.finish()
        #expect(outcomes.refusals.isEmpty, "\(outcomes.refusals.prefix(3))")
        let cards = outcomes.cards
        #expect(cards.count == 1000)
        #expect(Set(cards.map(\.key)).count == 1000)
        let departments = Set(cards.compactMap(\.department)).sorted()
        #expect(
            departments == ["dcwp", "dep", "dhs", "dohmh", "dot", "dpr", "dsny", "edc", "hpd", "nypd", "tlc"]
        )
        let first = try #require(cards.first)
        #expect(first.key == "60879417")
        #expect(first.department == "dot")
        #expect(first.heading == "030")
        #expect(first.district == "QUEENS")
        #expect(first.problemAddress == "133 AVENUE, 231 STREET, QUEENS")
        #expect(
            first.text
                == "Street Condition. Pothole. 133 AVENUE. 231 STREET. The Department of Transportation referred this "
                + "complaint to the appropriate Maintenance Unit for repair."
        )
        #expect(KyivTime.rfc3339(first.receivedAt) == "2024-04-16T03:03:15+03:00")
        // What the source has done with is history; one of them has no day.
        #expect(cards.filter(\.isClosed).count == 293)
        #expect(cards.compactMap(\.closedOn).count == 292)
        #expect(cards.allSatisfy { $0.isClosed || $0.closedOn == nil })
        for card in cards {
            #expect(card.channel == .import && card.subjectType == .unknown && card.lastName == nil)
            _ = try Deadlines.derive(
                receivedAt: card.receivedAt,
                basis: try #require(card.deadlineBasis),
                channel: card.channel,
                calendar: .initial
            )
        }
    }

    @Test("all thirty samples become cards")
    func samples() throws {
        let json = try JSON(parsing: Fixtures.data("sample-appeals.json"), limits: .general)
        let outcomes = try JSONImport.read(json, mapping: Fixtures.mapping("samples"))
        #expect(outcomes.refusals.isEmpty, "\(outcomes.refusals)")
        let cards = outcomes.cards
        #expect(cards.count == 30)
        let first = try #require(cards.first)
        #expect(first.lastName == "Коваленко")
        #expect(first.department == "ubzhp")
        #expect(first.coDepartments == ["ktc"])
        #expect(first.socialStatus == "8.1")
        #expect(first.sex == .female)
        #expect(first.expectedStatutory?.description == "2026-02-18")
        #expect(cards.filter(\.isConsultation).map(\.key) == ["s03"])
        #expect(cards.filter(\.isConfidential).map(\.key) == ["s28"])
        #expect(cards.first { $0.key == "s11" }?.signatories == 48)
        #expect(cards.first { $0.key == "s22" }?.deadlineBasis == .shortened(days: 5))
        #expect(cards.first { $0.key == "s17" }?.registrationIndex?.duplicate == 2)
        #expect(cards.first { $0.key == "s28" }?.category == "7.21")
        let checked = try cards.compactMap { card -> Bool? in
            guard let basis = card.deadlineBasis, basis != .shortened(days: 5) else { return nil }
            let due = try Deadlines.derive(
                receivedAt: card.receivedAt,
                basis: basis,
                channel: card.channel,
                calendar: .initial
            ).due
            return due.registered == card.registeredOn && due.statutory == card.expectedStatutory
                && due.control == card.expectedControl && due.cap == card.expectedCap
        }
        #expect(checked.count == 27 && checked.allSatisfy { $0 })
    }
}
