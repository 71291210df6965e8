import Appeals
import CanonicalJSON
import Cryptography
import Testing

@testable import Replication

@Suite("Hello, rollback, clones, restores")
struct HelloTests {
    private func town() throws -> (Town, String) {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        return (town, appeal)
    }

    @Test("a new incarnation is recorded, the former one is closed at its last number")
    func new() throws {
        let (town, appeal) = try town()
        try town.notes("roads", appeal)
        try town.sync("roads")
        let former = try town.origin("roads").origin
        try town["roads"].department.declareRestore()
        #expect(try town.greeting("roads") == "new")
        let record = try town.officeStore.read { try $0.origin(former) }
        #expect(record?.state == .closed && record?.last == 1)
    }

    @Test("a log that both know is known; one that the office has more of is behind")
    func knownAndBehind() throws {
        let (town, appeal) = try town()
        #expect(try town.greeting("roads") == "known")
        try town.notes("roads", appeal)
        let disk = town["roads"].store.copy()
        try town.notes("roads", appeal)
        try town.sync("roads")
        town.restart("roads", on: disk)
        #expect(try town.greeting("roads") { $0.token = "" } == "tokenStale")
        let token = try #require(try town.officeStore.read { try $0.node("roads")?.token })
        #expect(try town.greeting("roads") { $0.token = token } == "behind")
    }

    @Test("the same number with another id is a fork")
    func fork() throws {
        let (town, appeal) = try town()
        let disk = town["roads"].store.copy()
        try town.notes("roads", appeal, "Одна")
        try town.sync("roads")
        town.restart("roads", on: disk)
        town.now += 1
        try town.notes("roads", appeal, "Інша")
        let token = try #require(try town.officeStore.read { try $0.node("roads")?.token })
        #expect(try town.greeting("roads") { $0.token = token } == "fork")
    }

    @Test("a node rolled back unknowing goes on under a new incarnation: nothing of either branch is lost")
    func rollback() throws {
        let (town, appeal) = try town()
        try town.notes("roads", appeal, "Спільна")
        try town.sync("roads")
        let disk = town["roads"].store.copy()
        try town.notes("roads", appeal, "Надіслана")
        try town.sync("roads")
        town.restart("roads", on: disk)
        town.now += 1
        let other = try town.notes("roads", appeal, "Інша гілка")
        try town.notes("roads", appeal, "І далі")
        #expect(try town.syncAll())
        let texts = try Set(town.confirmed(appeal).items(.facts).compactMap { $0.item.value["text"]?.string })
        #expect(texts.isSuperset(of: ["Спільна", "Надіслана", "Інша гілка", "І далі"]))
        #expect(try town.origin("roads").origin != other.operation.origin)
        #expect(try town.agrees("roads"))
        let again = try town["roads"].store.read { try $0.operations(town.origin("roads").origin, after: 0, limit: 9) }
        #expect(try SignedOperation(stored: again[0].bytes).operation.reissues == other.id)
    }

    @Test("a clone with operations beyond the end of a closed incarnation is frozen, for a person to decide")
    func clone() throws {
        let (town, appeal) = try town()
        let disk = town["roads"].store.copy()
        try town["roads"].department.declareRestore()
        town.restart("roads")
        try town.notes("roads", appeal)
        try town.sync("roads")
        town.restart("roads", on: disk)
        try town.notes("roads", appeal, "Двійник")
        #expect(try town.greeting("roads") == "frozen")
        #expect(try town.greeting("roads") == "frozen")
        #expect(try town.tray(town.officeStore, .alarm).contains { $0.text.hasPrefix("clone") })
        #expect(try town.officeStore.read { try $0.node("roads")?.state } == .frozen)
    }

    @Test("a clone that was let in again goes on under a new incarnation, with all that it had done")
    func readmitted() throws {
        let (town, appeal) = try town()
        let disk = town["roads"].store.copy()
        try town["roads"].department.declareRestore()
        town.restart("roads")
        try town.notes("roads", appeal, "Одна копія")
        try town.sync("roads")
        town.restart("roads", on: disk)
        try town.notes("roads", appeal, "Інша копія")
        #expect(try town.greeting("roads") == "frozen")
        // The operator destroys the other copy and lets this one join with its key.
        try town.officeStore.write { transaction in
            var node = try #require(try transaction.node("roads"))
            node.state = .active
            try transaction.putNode(node)
        }
        town.restart("roads")
        #expect(try town.sync("roads"))
        let texts = try town.confirmed(appeal).items(.facts).compactMap { $0.item.value["text"]?.string }
        #expect(Set(texts).isSuperset(of: ["Одна копія", "Інша копія"]))
        #expect(try town.agrees("roads"))
    }

    @Test("the last common operation is found beyond a page that was full, and nothing is issued twice")
    func looksBackBeyondAPage() throws {
        let (town, appeal) = try town()
        let long = String(repeating: "я", count: 20_000)
        for place in 0..<30 { try town.notes("roads", appeal, "\(place) " + long) }
        #expect(try town.sync("roads"))
        let disk = town["roads"].store.copy()
        try town.notes("roads", appeal, "Надіслана")
        #expect(try town.sync("roads"))
        town.restart("roads", on: disk)
        town.now += 1
        try town.notes("roads", appeal, "Інша гілка")
        #expect(try town.syncAll())
        let texts = try town.confirmed(appeal).items(.facts).compactMap { $0.item.value["text"]?.string }
        #expect(texts.count == Set(texts).count)
        #expect(texts.count { $0.hasSuffix(long) } == 30 && texts.contains("Інша гілка") && texts.contains("Надіслана"))
        #expect(try town.agrees("roads"))
    }

    /// Another copy sends these between the hello that says that this one is old and its look back.
    private func sends(_ sent: [SignedOperation], afterHelloOf town: Town) {
        var isSent = false
        town["roads"].intercept = { request, response in
            guard request.call == .hello, !isSent else { return response }
            isSent = true
            do {
                let answers = try town.answers(town.push("roads", sent.map(\.bytes)))
                #expect(answers == sent.map { _ in "accepted" })
            } catch { Issue.record(error) }
            return response
        }
    }

    /// Its token is one that the office has forgotten.
    private func isOld(_ town: Town) throws {
        try town["roads"].store.write { try $0.setValue(Values.token, String(repeating: "0", count: 32)) }
    }

    @Test("what comes to the office while a node looks back has its outcome, beyond a full page too, and nothing twice")
    func looksBackWhileTheLogGrows() throws {
        let (town, appeal) = try town()
        let notes = try ["Перша", "Друга", "Третя"].map { try town.notes("roads", appeal, $0) }
        try isOld(town)
        town.restart("roads")
        town["roads"].link.limit[.exchange] = 1
        sends(notes, afterHelloOf: town)
        #expect(try town.syncAll())
        #expect(try notes.map { try town.status($0) } == ["accepted", "accepted", "accepted"])
        let texts = try town.confirmed(appeal).items(.facts).compactMap { $0.item.value["text"]?.string }
        #expect(texts.filter { ["Перша", "Друга", "Третя"].contains($0) }.count == 3)
        #expect(try town.origin("roads").origin != notes[0].operation.origin)
        #expect(try town.agrees("roads"))
    }

    @Test("another branch that comes to the office while a node looks back is fetched as its own work")
    func branchGrowsWhileLookingBack() throws {
        let (town, appeal) = try town()
        let common = try town.notes("roads", appeal, "Спільна")
        let disk = town["roads"].store.copy()
        let theirs = try town.notes("roads", appeal, "Двійника")
        town.restart("roads", on: disk)
        town.now += 1
        try town.notes("roads", appeal, "Власна")
        try isOld(town)
        sends([common, theirs], afterHelloOf: town)
        #expect(try town.syncAll())
        #expect(try town.status(common) == "accepted" && town.status(theirs) == "accepted")
        let texts = try town.confirmed(appeal).items(.facts).compactMap { $0.item.value["text"]?.string }
        #expect(texts.filter { ["Спільна", "Двійника", "Власна"].contains($0) }.count == 3)
        #expect(try town.agrees("roads"))
    }

    @Test("a token whose reply was lost still counts once; an older one is stale")
    func tokens() throws {
        let (town, _) = try town()
        let first = try #require(try town["roads"].store.read { try $0.value(Values.token) })
        #expect(try town.greeting("roads") == "known")
        #expect(try town.greeting("roads") { $0.token = first } == "known")
        #expect(try town.greeting("roads") { $0.token = String(repeating: "0", count: 32) } == "tokenStale")
    }

    @Test("a node that is not on the allow-list, or speaks another version, is refused")
    func strangers() throws {
        let (town, _) = try town()
        let request = try town.hello("roads")
        #expect(try town.reply(request, peer: "water").errorCode == .badRequest)
        #expect(try town.greeting("roads") { $0.version = 2 } == "badRequest")
        let stranger = try Town("parks")
        let body = try stranger.hello("parks").body
        #expect(
            try town.reply(WireRequest(.hello, body: body), peer: "parks").errorCode == .notAllowed
        )
    }

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
    private func former(_ town: Town, after number: Int64) throws -> String {
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
