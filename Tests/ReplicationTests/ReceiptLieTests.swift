import Appeals
import CanonicalJSON
import Testing

@testable import Replication

/// A receipt counts for the departure that it names, once; of anything else nothing is kept.
@Suite("Receipts that say what is not so")
struct ReceiptLieTests {
    private let town: Town
    private let own: String
    private let gone: String
    private let other: String

    init() throws {
        town = try Town("roads", "water")
        own = try town.registers(main: "roads")
        gone = try town.registers(main: "roads")
        other = try town.registers(main: "water")
        try town.syncAll()
        town["roads"].signsReceipts = false
        try town.assigns(gone, main: "water")
        try town.syncAll()
    }

    private var totals: [DebtTotals] {
        get throws { try town.officeStore.read { store in try DebtRecord.Kind.allCases.map(store.debtTotals) } }
    }

    /// All that the office keeps of receipts.
    private func size() throws -> Int { try town.tray(town.officeStore).count }

    enum Lie: String, CaseIterable {
        case neverHeld, unknown, early, earlyAtHead, otherCommit, otherTenure, formerEpoch, beyondTheHead,
            beforeTheLeave
        case ofNothing
    }

    private func content(_ lie: Lie) throws -> PurgeReceipt.Content {
        let owed = try #require(try town.purge("roads", gone))
        let head = try town.head(Space.slice("roads")).head
        return switch lie {
        case .neverHeld: town.receipt("roads", other)
        case .unknown: town.receipt("roads", town.uuid(777_777))
        case .early: town.receipt("roads", own)
        case .earlyAtHead: town.receipt("roads", own, .head(head))
        case .otherCommit: town.receipt("roads", gone, .leave(commit: owed.commit + 1))
        case .otherTenure: town.receipt("roads", gone, tenure: 2, .leave(commit: owed.commit))
        case .formerEpoch: town.receipt("roads", gone, epoch: "0", .leave(commit: owed.commit))
        case .beyondTheHead: town.receipt("roads", gone, .head(head + 1))
        case .beforeTheLeave: town.receipt("roads", gone, .head(owed.sequence - 1))
        case .ofNothing: town.receipt("roads", gone, tenure: 0)
        }
    }

    @Test("count for nothing and leave nothing but one alarm a day", arguments: Lie.allCases)
    func untrue(_ lie: Lie) throws {
        let before = try (totals, size())
        let lines = try Array(repeating: content(lie), count: 40)
        for _ in 0..<5 {
            let response = try town.tell(lines, by: "roads")
            #expect(response.status == 200)
            #expect(town.last(response)["uncounted"]?.integer == 40)
        }
        #expect(try totals == before.0)
        #expect(try size() <= before.1 + 1)
        #expect(try town.purge("roads", gone)?.state == .open)
    }

    @Test("by the thousand leave the store as it was")
    func many() throws {
        let before = try (totals, size())
        for page in 0..<40 {
            let lines = (0..<500).map { town.receipt("roads", town.uuid(100_000 + page * 500 + $0)) }
            #expect(town.last(try town.tell(lines, by: "roads"))["uncounted"]?.integer == 500)
        }
        #expect(try totals == before.0)
        #expect(try size() == before.1 + 1, "one alarm")
        town.now += ReplicationLimits.receiptAlarm
        _ = try town.tell([town.receipt("roads", town.uuid(1_000_000))], by: "roads")
        #expect(try size() == before.1 + 2, "another one the day after")
    }

    @Test("a receipt counts once, and is no alarm when it is told again")
    func repeated() throws {
        town["roads"].signsReceipts = true
        try town.syncAll()
        let paid = try #require(try town.purge("roads", gone))
        #expect(paid.state == .paid)
        let before = try (totals, size())
        let again = WireRequest(.receipts, body: paid.bytes + [10])
        for _ in 0..<3 {
            #expect(town.last(try town.reply(again, peer: "roads"))["uncounted"]?.integer == 1)
        }
        #expect(try totals == before.0 && size() == before.1)
    }

    @Test("a tenure or a count below 0, or a member that nobody knows, is no receipt")
    func form() throws {
        let owed = try #require(try town.purge("roads", gone))
        for content in [
            town.receipt("roads", gone, tenure: -1, .leave(commit: owed.commit)),
            town.receipt("roads", gone, kept: -1, .leave(commit: owed.commit)),
        ] {
            #expect(try town.tell([content], by: "roads").errorCode == .badRequest)
        }
        #expect(try town.purge("roads", gone)?.state == .open)
    }
}
