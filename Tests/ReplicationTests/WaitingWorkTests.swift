import Appeals
import CanonicalJSON
import Testing

@testable import Replication

/// Work that is held beside an appeal can always be decided.
@Suite("Work that waits without a place on an appeal")
struct WaitingWorkTests {
    private let town: Town
    private let appeal: String
    private let twice: SignedOperation

    init() throws {
        town = try Town("roads", "water")
        appeal = try town.registers(main: "water")
        try town.syncAll()
        twice = try Self.registers(town, appeal, "1")
        try town.notes("roads", appeal, "До другої реєстрації")
        try town.syncAll()
    }

    private static func registers(_ town: Town, _ appeal: String, _ number: String) throws -> SignedOperation {
        var card = Town.registration("ROADS-К-\(number)")
        card["complainedAgainst"] = nil
        return try town.does("roads", "appeal.registered", appeal, "clerk", card, personal: Town.applicant)
    }

    private func record(_ number: Int64) throws -> OperationRecord? {
        try town.officeStore.read { try $0.operation(twice.operation.origin, number) }
    }

    private var owed: DebtTotals { get throws { try town.officeStore.read { try $0.debtTotals(.decision) } } }

    @Test("an id under which a node has worked is not registered there again, also after the appeal has left")
    func ownWork() throws {
        let other = try town.registers(main: "roads")
        try town.syncAll()
        try town.notes("roads", other)
        try town.syncAll()
        try town.assigns(other, main: "water")
        try town.syncAll()
        #expect(try town.shown("roads", other) == nil)
        let refusal = try #require(throws: Refusal.self) { try Self.registers(town, other, "9") }
        #expect(refusal.reason == .appealExists && refusal.path == "operation.appeal")
    }

    @Test("a registration of an id that exists, and what follows it, is declined by the office; its author hears it")
    func declined() throws {
        #expect(try record(1)?.status == .held && record(2)?.status == .held)
        #expect(try owed.open == 2)
        let body: JSONObject = ["held": .string(twice.operation.write.description), "reason": "Таке звернення вже є"]
        let adopted = try town.act("held.adopted", appeal, by: "iryna", "specialist", ["held": body["held"] ?? ""])
        #expect(adopted.status == .refused && adopted.reason == .appealExists)
        let before = try town.confirmed(appeal)
        #expect(try town.act("held.declined", appeal, by: "iryna", "specialist", body).status == .accepted)
        #expect(try town.confirmed(appeal) == before, "nothing of it comes onto the other's card")
        #expect(try record(1)?.decision == .declined && record(2)?.decision == .declined)
        #expect(try owed == DebtTotals(opened: 2, closed: 2, open: 0))
        try town.syncAll()
        let own = try town["roads"].store.read { try $0.operation(twice.operation.origin, 1) }
        #expect(own?.decision == .declined)
        #expect(try town.act("held.declined", appeal, by: "iryna", "specialist", body).status == .refused)
    }

    @Test("its own node takes it back; another does not")
    func takenBack() throws {
        let body: JSONObject = ["held": .string(twice.operation.write.description), "reason": "Помилка"]
        try town.does("roads", "held.declined", appeal, "head", body)
        try town.syncAll()
        #expect(try record(1)?.decision == .declined)
        #expect(try owed.open == 0)
    }

    @Test("one node leaves so much of it and no more: the rest is refused with the reason")
    func bounded() throws {
        town.office.rules.sizes.waitingWork = 3
        let first = try town.registers(main: "water"), second = try town.registers(main: "water")
        _ = try Self.registers(town, first, "2")
        try town.syncAll()
        let refused = try Self.registers(town, second, "3")
        try town.syncAll()
        #expect(try town.status(refused) == "refused tooMuchWaits")
        #expect(try owed.open == 3)
    }

    /// The office loses the registration that met the card, or the card too, and a decision that it had told or not.
    @Test(
        "after a restore it waits beside the card again, or is declined as its author was told, never on the card",
        arguments: [false, true],
        [Decline.none, .byOffice, .byItsNode]
    )
    func restored(losesCard: Bool, decline: Decline) throws {
        let town = try Town("roads", "water")
        let before = town.officeStore.copy()
        let appeal = try town.registers(main: "water")
        try town.syncAll()
        let backup = losesCard ? before : town.officeStore.copy()
        let twice = try Self.registers(town, appeal, "1")
        try town.notes("roads", appeal, "До другої реєстрації")
        try town.syncAll()
        let body: JSONObject = ["held": .string(twice.operation.write.description), "reason": "Уже є"]
        switch decline {
        case .none: break
        case .byOffice:
            #expect(try town.act("held.declined", appeal, by: "iryna", "specialist", body).status == .accepted)
        case .byItsNode: try town.does("roads", "held.declined", appeal, "head", body)
        }
        try town.syncAll()
        let card = try town.confirmed(appeal)
        #expect(card.items(.held).isEmpty)
        try town.restoreOffice(to: backup)
        for _ in 0..<3 { try town.syncAll() }
        #expect(try town.confirmed(appeal).items(.held).isEmpty)
        #expect(try town.confirmed(appeal).register("home") == "office")
        let records = try town.officeStore.read { reading in
            try (1...2).compactMap { try reading.operation(twice.operation.origin, $0) }
        }
        #expect(records.map(\.status) == [.held, .held])
        let open = try town.officeStore.read { try $0.debtTotals(.decision) }.open
        if decline == .none {
            #expect(records.map(\.decision) == [nil, nil] && open == 2)
            #expect(try town.act("held.declined", appeal, by: "iryna", "specialist", body).status == .accepted)
            #expect(try town.officeStore.read { try $0.debtTotals(.decision) }.open == 0)
        } else {
            #expect(records.map(\.decision) == [.declined, .declined] && open == 0)
        }
        #expect(try town.agrees("roads") && town.agrees("water"))
    }

    enum Decline: CaseIterable { case none, byOffice, byItsNode }

    @Test("an erased appeal leaves nothing of it to decide")
    func erased() throws {
        try town.act("appeal.erased", appeal, by: "boss", "administrator", ["reason": "Рішення суду"])
        #expect(try owed.open == 0)
    }
}
