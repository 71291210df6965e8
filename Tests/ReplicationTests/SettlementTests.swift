import Appeals
import CanonicalJSON
import Testing

@testable import Replication

/// Homes registered the appeal and sees all of it; water is its executor and sees the case, not what waits; roads was its
/// executor, and its answer waits for a decision.
@Suite("A settlement that a restore has lost")
struct SettlementTests {
    private let town: Town
    private let appeal: String
    private let write: String
    private let name: String

    init() throws {
        town = try Town("homes", "roads", "water")
        appeal = town.uuid(1)
        try town.syncAll()
        let card = Town.registration("HOMES-К-1")
        try town.does("homes", "appeal.registered", appeal, "clerk", card, personal: Town.applicant)
        try town.syncAll()
        try town.hands(appeal, at: "homes", to: "roads", insteadOf: [])
        try town.sync("homes")
        try town.sync("roads")
        let state = try town.confirmed(appeal)
        let assignment = try #require(state.register("mainExecutor"))
        let approval = try town.approves("roads", appeal, assignment).approval
        write = approval.operation.write.description
        name = "reassigned@" + (assignment.string ?? "")
        try town.hands(appeal, at: "homes", to: "water", insteadOf: [assignment])
        try town.sync("homes")
        try town.syncAll()
    }

    private func settle() throws {
        try town.act(
            "disagreement.settled",
            appeal,
            by: "iryna",
            "specialist",
            ["disagreement": .string(name), "choice": "giveToCurrent", "reason": "так"]
        )
    }

    /// The office settles, these hear of it, and the office is put back to what it was before.
    private func lose(heard: String...) throws -> Item {
        #expect(try state() == ["C2", "open", "waiting"])
        let backup = town.officeStore.copy()
        try settle()
        #expect(try state() == ["C2", "settled", "declined"])
        let settled = try #require(try town.confirmed(appeal)[.disagreements, name])
        for department in heard { try town.sync(department) }
        try town.restoreOffice(to: backup)
        #expect(try state() == ["C2", "open", "waiting"])
        return settled
    }

    private func state() throws -> [String] {
        let row = try town.confirmed(appeal)
        return [
            row[.disagreements, name]?.value["rule"]?.string, row[.disagreements, name]?.value["state"]?.string,
            row[.held, write]?.value["state"]?.string,
        ].map { $0 ?? "" }
    }

    /// What the author's node was told about its work.
    private func heard() throws -> JSON? {
        let place = town["roads"]
        return try place.store.read { reading in
            let stream = try place.department.position(Space.node("roads"), reading)
            return try reading.row(stream.name, generation: stream.generation, key: write)?.aggregate()
                .register("decision")
        }
    }

    @Test("whose row a disk has lost is told again by the repair")
    func repaired() throws {
        try settle()
        try town.sync("roads")
        let place = town["roads"]
        let own = try #require(WriteName(write))
        try place.store.write { transaction in
            var record = try #require(try transaction.operation(own.origin, own.number))
            #expect(record.decision == .declined)
            record.decision = nil
            try transaction.putOperation(record)
            var stream = try #require(try transaction.stream(Space.node("roads")))
            let row = try transaction.row(stream.name, generation: stream.generation, key: write)
            try place.department.remove(try #require(row), from: &stream, transaction)
            try transaction.putStream(stream)
        }
        town.restart("roads")
        #expect(try town.sync("roads"))
        #expect(try town.tray(place.store, .repair).count == 1)
        #expect(try place.store.read { try $0.operation(own.origin, own.number)?.decision } == .declined)
    }

    @Test("comes back without what it decided: the case is open while work waits on it")
    func open() throws {
        _ = try lose(heard: "water")
        try town.sync("water")
        #expect(try state() == ["C2", "open", "waiting"])
        try town.syncAll()
        #expect(try state() == ["C2", "open", "waiting"])
        #expect(try town.held("water", appeal)?[.disagreements, name]?.value["state"] == "open")
        let outcome = try town.act(
            "disagreement.settled",
            appeal,
            by: "iryna",
            "specialist",
            ["disagreement": .string(name), "choice": "giveToCurrent", "reason": "ще раз"]
        )
        #expect(outcome.status == .accepted)
        #expect(try state() == ["C2", "settled", "declined"])
    }

    @Test("stands as it was as soon as its decision is back, whoever brings it and in whatever order")
    func stands() throws {
        let settled = try lose(heard: "water", "homes")
        try town.sync("water")
        #expect(try state() == ["C2", "open", "waiting"])
        try town.sync("homes")
        #expect(try state() == ["C2", "settled", "declined"])
        let item = try #require(try town.confirmed(appeal)[.disagreements, name])
        #expect(item.value == settled.value && item.write == settled.write)
        try town.syncAll()
        #expect(try town.held("water", appeal)?[.disagreements, name]?.value == settled.value)
        #expect(try heard()?["adopted"] == false && heard()?["choice"] == "giveToCurrent")
        #expect(try state() == ["C2", "settled", "declined"])
    }

    @Test("is in force again when its author says what it was told, though a draft is all that is left to note")
    func told() throws {
        _ = try lose(heard: "water", "roads")
        try town.sync("water")
        try town.sync("roads")
        #expect(try state() == ["C2", "settled", "declined"])
        #expect(try town.confirmed(appeal)[.disagreements, name]?.value["choice"] == "giveToCurrent")
    }
}
