import Appeals
import CanonicalJSON
import Cryptography
import Testing

@testable import Replication

/// The hello after one side was restored.
extension HelloTests {
    @Test("a position ahead is a claim also of a node that still has to send again what a former epoch had")
    func aheadBeforeReplay() throws {
        let (town, _) = try town()
        let code = try town.greeting("roads") { hello in
            hello.epoch = String(repeating: "0", count: 32)
            hello.known = town.epoch
            hello.acknowledged = (9, String(repeating: "a", count: 64))
        }
        #expect(code == "known", "of another epoch's log nothing follows")
        let ahead = try town.greeting("roads") { hello in
            hello.epoch = String(repeating: "0", count: 32)
            hello.known = town.epoch
            hello.positions[1].sequence += 1
        }
        #expect(ahead == "evidenceWanted")
    }

    @Test("an office rolled back unknowing is found by the first node that was ahead, and its nodes wait")
    func officeRolledBack() throws {
        let (town, appeal) = try town()
        let backup = town.officeStore.copy()
        try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "x"])
        try town.syncAll()
        town.officeStore = backup
        town.rebuildOffice()
        town.restart("roads")
        try town.sync("roads", steps: 40)
        #expect(try town.officeStore.read { try $0.value(Values.stopped) } != nil)
        #expect(try town.held("roads", appeal)?.names(.facts).contains { $0.hasPrefix("note ") } == true)
    }

    @Test(
        "after a restore of the office its acts come back from readers, and origins send again with their former outcomes"
    )
    func restored() throws {
        let (town, appeal) = try town()
        let backup = town.officeStore.copy()
        let office = try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "Акт Центру"])
        let note = try town.notes("roads", appeal, "Від доріг")
        try town.syncAll()
        let former = try town.status(note)
        let later = try town.registers(main: "roads")
        try town.syncAll()
        let before = try town["roads"].store.read {
            try $0.operation(note.operation.origin, note.operation.number)?.outcome
        }
        try town.restoreOffice(to: backup)
        #expect(try town.syncAll())
        let texts = try town.confirmed(appeal).items(.facts).compactMap { $0.item.value["text"]?.string }
        #expect(texts.contains("Акт Центру") && texts.contains("Від доріг"))
        #expect(try town.confirmed(later).register("mainExecutor") != nil)
        #expect(try town.slice("roads") == [appeal, later])
        #expect(try town.status(note) == former)
        let after = try #require(
            try town["roads"].store.read { try $0.operation(note.operation.origin, note.operation.number)?.outcome }
        )
        let outcome = try #require(Outcome(try JSON(parsing: after)))
        #expect(outcome.flags.contains("replayed"))
        #expect(try outcome.commit == before.flatMap { Outcome(try JSON(parsing: $0)) }?.commit)
        #expect(try town.confirmed(appeal)[.facts, "note \(office.write)"]?.commit == office.commit)
        #expect(try town.agrees("roads") && town.agrees("water"))
    }

    @Test("after a restore write names never repeat, and new commits come after the lost ones")
    func neverRepeats() throws {
        let (town, appeal) = try town()
        let backup = town.officeStore.copy()
        let lost = try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "x"])
        try town.restoreOffice(to: backup)
        let new = try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "x"])
        #expect(new.origin != lost.origin && new.commit > lost.commit)
    }

    @Test("work under an assignment that the restore lost is held, and judged again when a reader brings it back")
    func lostAuthority() throws {
        let (town, appeal) = try town()
        let backup = town.officeStore.copy()
        try town.assigns(appeal, main: "water")
        try town.sync("water")
        let note = try town.notes("water", appeal, "Від води")
        try town.restoreOffice(to: backup)
        #expect(try town.syncAll())
        #expect(try town.syncAll())
        #expect(try town.confirmed(appeal).items(.facts).contains { $0.item.value["text"]?.string == "Від води" })
        #expect(try town.status(note)?.hasPrefix("accepted") == true)
        #expect(try town.agrees("roads") && town.agrees("water"))
    }

    /// The pages of evidence that go before operations when they are sent again.
    func former(_ town: Town, after number: Int64) throws -> String {
        let department = town["roads"].department
        let page = try department.page(of: try town.origin("roads").origin, after: number, limit: 10, resends: true)
        return String(decoding: page?.body ?? [], as: UTF8.self)
    }

    @Test("a page of outcomes that takes another's place leaves it as evidence of what follows")
    func evidenceStays() throws {
        let (town, appeal) = try town()
        for number in 1...3 { try town.notes("roads", appeal, "Примітка \(number)") }
        try town.syncAll()
        let department = town["roads"].department
        let origin = try town.origin("roads").origin
        let page = try #require(try town["roads"].store.read { try $0.outcomePages(origin, from: 1, to: 1).first })
            .bytes
        let shorter = Lines.split(page).enumerated().filter { $0.offset != 1 && $0.offset != 2 }.flatMap {
            $0.element + [10]
        }
        try town["roads"].store.write { transaction in
            let kept = OutcomePage(origin: origin, first: 1, last: 1, isRetransmitted: false, bytes: shorter)
            try department.keep(kept, transaction)
        }
        #expect(try former(town, after: 1).contains(#"{"former":"#))
        let pages = try town["roads"].store.read { try $0.outcomePages(origin, from: 1, to: 3) }
        #expect(pages.map(\.first) == [1, 2] && pages.map(\.bytes) == [shorter, page])
    }

    @Test("what was held and decided later goes with the page in which it was held")
    func evidenceOfHeldWork() throws {
        let (town, appeal) = try town()
        let note = try town.notes("roads", appeal, "Примітка")
        let department = town["roads"].department
        let write = note.operation.write
        func outcome(_ status: OutcomeStatus, commit: Int64) -> Outcome {
            Outcome(origin: write.origin, number: write.number, id: note.id, status: status, commit: commit)
        }
        try town["roads"].store.write { transaction in
            let held = outcome(.held, commit: 7).json.canonicalBytes()
            _ = try transaction.setOutcome(outcome(.held, commit: 7), as: held)
            let bytes = held + [10] + Array("{}".utf8) + [10]
            let page = OutcomePage(origin: write.origin, first: 1, last: 1, isRetransmitted: false, bytes: bytes)
            try department.keep(page, transaction)
            var told = Appeals.Aggregate(id: write.description)
            told[.registers, "outcome"] = Item(
                value: outcome(.accepted, commit: 9).json,
                write: write.description,
                commit: 9
            )
            try department.learn(told, transaction)
        }
        #expect(try town.status(note) == "accepted")
        #expect(try former(town, after: 0).contains(#"\"outcome\":\"held\""#))
    }

    @Test("what an office was given back and lost once more is offered to it again")
    func restoredTwice() throws {
        let (town, appeal) = try town()
        let backup = town.officeStore.copy()
        try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "Після копії"])
        try town.sync("roads")
        func restore() {
            town.officeStore = backup.copy()
            town.rebuildOffice()
            do { try town.office.declareRestore(now: town.now) } catch { Issue.record(error) }
        }
        restore()
        var isLostAgain = false
        town["roads"].intercept = { request, response in
            if request.call == .recovered, !isLostAgain {
                isLostAgain = true
                town.now += 60_000
                restore()
            }
            return response
        }
        #expect(try town.sync("roads"))
        #expect(try town.sync("roads"))
        #expect(isLostAgain)
        #expect(
            try town.confirmed(appeal).items(.facts).contains { $0.item.value["text"]?.string == "Після копії" }
        )
        #expect(try town.agrees("roads"))
        #expect(try town.tray(town["roads"].store, .offered).isEmpty)
    }

    @Test("what is offered beyond the thirty days of a restore, or without one, is not taken")
    func recoveryWindow() throws {
        let (town, appeal) = try town()
        let row = try town.confirmed(appeal)
        let line: JSON = ["stream": .string(Space.slice("roads")), "row": row.json]
        let request = WireRequest(.recovered, body: line.canonicalBytes() + [10])
        #expect(try town.reply(request, peer: "roads").errorCode == .badRequest)
        try town.office.declareRestore(now: town.now)
        #expect(try town.reply(request, peer: "roads").status == 200)
        town.now += ReplicationLimits.recoveryWindow + 1
        #expect(try town.reply(request, peer: "roads").errorCode == .badRequest)
    }

    @Test("who comes back beyond the thirty days of a restore leaves what it had set aside to people, and goes on")
    func backTooLate() throws {
        let (town, appeal) = try town()
        try town.sync("roads")
        let backup = town.officeStore.copy()
        try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "Втрачена"])
        #expect(try town.sync("roads"))
        let note = try town.notes("roads", appeal, "Своя")
        try town.restoreOffice(to: backup)
        town.now += ReplicationLimits.recoveryWindow + 60_000
        #expect(try town.sync("roads"))
        #expect(try town.syncAll())
        #expect(try town.status(note)?.hasPrefix("accepted") == true)
        #expect(try town.tray(town["roads"].store, .recovery).contains { $0.subject == appeal })
        #expect(try town.agrees("roads"))
    }
}
