import Appeals
import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Replication

/// What happens after an appeal left: deadlines, the purge, late work.
extension SliceTests {
    @Test("ends thirty days after removal from control, and not a day sooner")
    func thirtyDays() throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        try town.officeStore.write { transaction in
            let admission = try Admission(town.office, transaction, now: town.now)
            var state = try #require(try transaction.row(Space.appeals, generation: 0, key: appeal)).aggregate()
            let commit = admission.nextCommit()
            for (name, value) in [("control", "removed"), ("removedOn", "2026-02-10")] {
                state[.registers, name] = Item(value: .string(value), write: "office#00000000:1", commit: commit)
            }
            try admission.store(
                Row(state),
                state,
                changed: [ItemName(.registers, "control"), ItemName(.registers, "removedOn")],
                commit: commit
            )
            _ = try admission.finish()
        }
        let removed = town.now
        town.now = removed + 30 * 86_400_000
        #expect(try town.office.upkeep(now: town.now).isEmpty)
        try town.syncAll()
        #expect(try town.slice("roads") == [appeal])
        town.now = removed + 31 * 86_400_000
        #expect(try town.office.upkeep(now: town.now) == [Space.slice("roads")])
        try town.syncAll()
        #expect(try town.slice("roads").isEmpty)
        #expect(try town.agrees("roads"))
    }

    @Test("purged is receipted: signed by the department, verified by the office, with the own operations that stay")
    func receipts() throws {
        let (town, appeal) = try Town.afterMove()
        let purge = try #require(try town.purge("roads", appeal))
        #expect(purge.state == .paid && purge.tenure == 1 && purge.kept == 1)
        let counted = try #require(PurgeReceipt(purge.bytes)).content
        #expect(counted.answered == .leave(commit: purge.commit) && counted.epoch == town.epoch)
        #expect(try town.tray(town["roads"].store).isEmpty)
        let forged = try PurgeReceipt(counted, signer: TwinSigner("water"))
        #expect(
            try town.reply(WireRequest(.receipts, body: forged.line + [10]), peer: "roads").errorCode
                == .badRequest
        )
    }

    @Test("is receipted in the name of its own node alone")
    func receiptOfAnother() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "water")
        try town.syncAll()
        let receipt = try PurgeReceipt(town.receipt("water", appeal), signer: TwinSigner("roads"))
        #expect(
            try town.reply(WireRequest(.receipts, body: receipt.line + [10]), peer: "roads").errorCode
                == .badRequest
        )
    }

    @Test("has no receipt before nothing of it is left on disk")
    func noReceipt() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        town["roads"].signsReceipts = false
        try town.assigns(appeal, main: "water")
        try town.syncAll()
        #expect(try town.purge("roads", appeal)?.state == .open)
        #expect(try town["roads"].store.read { try $0.debtTotals(.receipt).open } == 1)
        town["roads"].signsReceipts = true
        try town.syncAll()
        #expect(try town.purge("roads", appeal)?.state == .paid)
    }

    @Test("once left still takes the department's work: facts late, decisions held, and it hears the decision")
    func lateWork() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        let assignment = try #require(try town.held("roads", appeal)?.register("mainExecutor"))
        try town.does("roads", "assignment.accepted", appeal, "head", ["assignment": assignment])
        try town.syncAll()
        let (draft, approved) = try town.approves("roads", appeal, assignment)
        let version: JSON = .string(draft.operation.write.description)
        let submitted = try town.does(
            "roads",
            "answer.submitted",
            appeal,
            "head",
            ["assignment": assignment, "version": version]
        )
        #expect(try town.shown("roads", appeal)?.register("state@" + (assignment.string ?? ""))?.string == "submitted")
        try town.assigns(appeal, main: "water")
        #expect(try town.syncAll())
        #expect(try town.status(draft) == "acceptedLate")
        #expect(try town.status(approved) == "held authorityEnded")
        #expect(try town.rules(town.confirmed(appeal)) == ["C2 open"])
        #expect(try town.slice("roads").isEmpty)
        try town.act(
            "disagreement.settled",
            appeal,
            by: "iryna",
            "specialist",
            [
                "disagreement": .string("reassigned@" + (assignment.string ?? "")), "choice": "acceptFormer",
                "reason": "Краще",
            ]
        )
        #expect(try town.syncAll())
        #expect(try town.slice("roads") == [appeal] && town.slice("water").isEmpty)
        let decisions = try [approved, submitted].map { signed in
            try town["roads"].store.read {
                try $0.operation(signed.operation.origin, signed.operation.number)?.decision
            }
        }
        #expect(decisions == [.adopted, .adopted])
        #expect(try town.agrees("roads") && town.agrees("water"))
    }

    @Test("a stub is enough to author a fact, under the ended authority")
    func factOnStub() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        let assignment = try town.held("roads", appeal)?.register("mainExecutor")?.string ?? ""
        try town.assigns(appeal, main: "water")
        try town.syncAll()
        let note = try town.does(
            "roads",
            "note.added",
            appeal,
            "clerk",
            personal: ["text": "Ще одне"],
            authority: assignment
        )
        try town.syncAll()
        #expect(try town.status(note) == "acceptedLate")
    }
}
