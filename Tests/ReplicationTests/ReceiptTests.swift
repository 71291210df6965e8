import Appeals
import CanonicalJSON
import Simulator
import Testing

@testable import Replication

/// Departures and their receipts: each is owed until its word came, whatever was restored meanwhile.
@Suite("Receipts of departures")
struct ReceiptTests {
    /// Every purge that the office still waits for.
    private func owed(_ town: Town) throws -> [String] {
        try town.officeStore.read { try $0.debts(DebtFilter(kind: .purge), after: 0, limit: .max) }
            .map { "\($0.node) \($0.subject)" }
    }

    private func isWhole(_ store: MemoryStore) throws -> Bool {
        try store.read { reading in
            try DebtRecord.Kind.allCases.allSatisfy {
                let totals = try reading.debtTotals($0)
                return totals.opened == totals.closed + totals.open
            }
        }
    }

    @Test("an appeal that comes back drops what was owed of before, on both sides")
    func back() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        town["roads"].signsReceipts = false
        try town.assigns(appeal, main: "water")
        try town.sync("roads")
        #expect(try owed(town) == ["roads \(appeal)"])
        try town.assigns(appeal, main: "roads")
        #expect(!(try owed(town).contains("roads \(appeal)")))
        try town.sync("roads")
        #expect(
            try town["roads"].store.read { try $0.debt(.receipt, node: "roads", subject: appeal)?.state } == .dropped
        )
        town["roads"].signsReceipts = true
        try town.syncAll()
        #expect(try town.purge("roads", appeal)?.state == .dropped)
        #expect(try isWhole(town.officeStore) && isWhole(town["roads"].store))
    }

    @Test("what came and went while the node was away is owed and told, though no row ever was there")
    func neverRead() throws {
        let town = try Town("roads", "water")
        try town.syncAll()
        let appeal = try town.registers(main: "roads")
        try town.assigns(appeal, main: "water")
        #expect(try owed(town) == ["roads \(appeal)"])
        try town.syncAll()
        #expect(try owed(town).isEmpty)
        #expect(try town.purge("roads", appeal)?.state == .paid)
    }

    @Test("what came and went below the floor is asked for at the next hello, and told")
    func compacted() throws {
        let town = try Town("roads", "water")
        let other = try town.registers(main: "roads")
        try town.syncAll()
        let offline = town["roads"].store.copy()
        let appeal = try town.registers(main: "roads")
        try town.assigns(appeal, main: "water")
        for _ in 0..<5 { try town.act("note.added", other, by: "olena", "registrar", personal: ["text": "x"]) }
        try town.officeStore.write { transaction in
            let head = try #require(try transaction.stream(Space.slice("roads"))).head
            try transaction.putReader(
                ReaderRecord(node: "roads", stream: Space.slice("roads"), sequence: head, at: town.now)
            )
        }
        _ = try town.office.upkeep(now: town.now, keep: 0)
        town.restart("roads", on: offline)
        try town.syncAll()
        town.restart("roads")
        try town.syncAll()
        #expect(try owed(town).isEmpty)
        let paid = try #require(try town.purge("roads", appeal))
        if case .leave = try #require(PurgeReceipt(paid.bytes)).content.answered { Issue.record("its leave is gone") }
    }

    @Test(
        "a receipt that the office lost with its disk is told again as history, and counts for the old departure",
        arguments: [false, true]
    )
    func restored(hasAgain: Bool) throws {
        let (town, appeal) = try Town.afterMove()
        // The backup has the departure and not its receipt.
        let second = try town.registers(main: "roads")
        try town.syncAll()
        town["roads"].signsReceipts = false
        try town.assigns(second, main: "water")
        try town.syncAll()
        let backup = town.officeStore.copy()
        town["roads"].signsReceipts = true
        try town.syncAll()
        #expect(try town.purge("roads", second)?.state == .paid)
        if hasAgain {
            // In the stretch that is lost the node gets it again.
            try town.assigns(second, main: "roads")
            try town.syncAll()
        }
        try town.restoreOffice(to: backup)
        #expect(try owed(town) == ["roads \(second)"])
        let former = town.epoch
        try town.syncAll()
        town.now += 60_000
        town.restart("roads")
        try town.syncAll()
        #expect(try owed(town).isEmpty || hasAgain)
        let debt = try #require(try town.purge("roads", second))
        if hasAgain {
            // It came back with what the node offered: nothing is owed of the departure before.
            #expect(try town.slice("roads").contains(second) == (debt.state == .dropped))
        } else {
            let told = try #require(PurgeReceipt(debt.bytes)).content
            #expect(told.epoch == former && told.former != nil && told.former != former)
        }
        #expect(try town.purge("roads", appeal)?.state == .paid)
        #expect(try isWhole(town.officeStore))
    }

    @Test("the second receipt names the first, and pays what that left owed")
    func second() throws {
        let (town, appeal) = try Town.afterMove()
        let first = try #require(try town.purge("roads", appeal))
        #expect(first.kept == 1)
        #expect(try town.officeStore.read { try $0.debtTotals(.secondReceipt).open } == 1)
        let origin = try town.origin("roads")
        try town.office.markDurable([origin.origin: origin.last])
        town.now += 60_000
        town.restart("roads")
        try town.syncAll()
        let second = try #require(
            try town.officeStore.read { try $0.debt(.secondReceipt, node: "roads", subject: appeal) }
        )
        #expect(second.state == .paid)
        let content = try #require(PurgeReceipt(second.bytes)).content
        #expect(content.tenure == 0 && content.kept == 0 && content.answered == .leave(commit: first.commit))
        #expect(try isWhole(town["roads"].store))
    }

    @Test("is not signed while something of the appeal is set aside for a restored office", arguments: [true, false])
    func aside(waits: Bool) throws {
        let town = try Town("roads", "water")
        town.rules.receiptWaitsForAside = waits
        town.restart("roads")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        let department = town["roads"].department
        try town.assigns(appeal, main: "water")
        town["roads"].signsReceipts = false
        try town.sync("roads")
        let row = try town.confirmed(appeal)
        try town["roads"].store.write {
            try $0.addTray(TrayRecord(kind: .setAside, subject: "slice:roads", text: "", bytes: row.bytes, at: 0))
        }
        #expect(try department.signReceipts(now: town.now) == !waits)
    }

    @Test(
        "is not signed while a row of it is here or in a snapshot that comes, whatever the office asks for",
        arguments: [0, 1] as [Int64],
        [0, 2] as [Int64]
    )
    func here(_ generation: Int64, tenure: Int64) throws {
        let (town, appeal) = try Town.afterMove()
        let origin = try town.origin("roads")
        try town.office.markDurable([origin.origin: origin.last])
        town.now += 60_000
        town.restart("roads")
        try town.syncAll()
        let (department, store) = (town["roads"].department, town["roads"].store)
        let row = Row(try town.confirmed(appeal), tenure: 2)
        let slice = try store.read { try department.position(Space.slice("roads"), $0) }
        try store.write { try $0.putRow(slice.name, generation: slice.generation + generation, row) }
        try department.learnOwed([[.string(appeal), .integer(tenure)]], epoch: town.epoch, now: town.now)
        let kind: DebtRecord.Kind = tenure == 0 ? .secondReceipt : .receipt
        let isOwed = try store.read { try $0.debt(kind, node: "roads", subject: appeal)?.state == .open }
        #expect(isOwed == (generation == 1), "an office asks for what it is not owed")
        if !isOwed {
            var debt = DebtRecord(kind, node: "roads", subject: appeal, at: town.now)
            debt.tenure = tenure
            _ = try store.write { try $0.openDebt(debt) }
        }
        #expect(try !department.signReceipts(now: town.now))
        try store.write { try $0.deleteRow(slice.name, generation: slice.generation + generation, key: appeal) }
        #expect(try department.signReceipts(now: town.now))
    }

    @Test("of a tenure that the present one followed is still owed when the stub of before goes")
    func stubOfBefore() throws {
        let (town, appeal) = try Town.afterMove()
        let (department, store) = (town["roads"].department, town["roads"].store)
        let stub = try #require(try store.read { try $0.stub(appeal) })
        #expect(stub.kept > 0)
        // A snapshot brought it back in the next tenure but one; the stub was not looked at since.
        let row = Row(try town.confirmed(appeal), tenure: 3)
        try store.write { transaction in
            let slice = try department.position(Space.slice("roads"), transaction)
            try transaction.putRow(slice.name, generation: slice.generation, row)
            try department.oweReceipt(appeal, tenure: 2, nil, now: town.now, transaction)
        }
        try department.purgeDurable(now: town.now)
        let owed = try #require(try store.read { try $0.debt(.receipt, node: "roads", subject: appeal) })
        #expect(owed.state == .open && owed.tenure == 2)
        #expect(try store.read { try $0.stub(appeal) } == nil)
    }

    @Test("is told of the departure that is read, where the row of the next tenure came before by a repair")
    func repairedBefore() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        try town.assigns(appeal, main: "water", co: "roads", ownIssue: true)
        let place = town["roads"], slice = Space.slice("roads")
        let fetched = try town.reply(
            WireRequest(
                .fetch,
                query: [("stream", slice)],
                body: Array(#"{"id":"\#(appeal)"}"#.utf8) + [10]
            ),
            peer: "roads"
        )
        let page = try #require(
            VerifiedReply(fetched.body, key: TwinSigner("office").publicKey, verifier: TwinVerifier())
        )
        #expect(try place.department.repair(page, stream: slice, asked: [appeal], now: town.now) == 1)
        // It is told of the place at which this node stands, which is before the departure.
        #expect(try place.department.signReceipts(now: town.now))
        try place.department.receiptsTold(upTo: .max, differences: 0, now: town.now)
        #expect(try owed(town) == ["roads \(appeal)"])
        try town.syncAll()
        #expect(try owed(town).isEmpty)
        // Read again, it is owed no more.
        let told = place.calls[ProtocolCall.receipts.path]
        try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "Ще"])
        try town.syncAll()
        #expect(place.calls[ProtocolCall.receipts.path] == told)
    }
}
