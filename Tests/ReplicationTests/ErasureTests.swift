import Appeals
import CanonicalJSON
import Cryptography
import Testing

@testable import Replication

@Suite("Erasure")
struct ErasureTests {
    static let secret = "Таємниця заявника"

    /// Every byte and text that a store holds.
    private func everything(_ store: MemoryStore) throws -> String {
        try store.read { reading in
            guard let state = (reading as? MemoryTransaction)?.state else { return "" }
            var text = state.values.inOrder.joined(separator: "\n")
            func add(_ bytes: [UInt8]) { text += String(decoding: bytes, as: UTF8.self) + "\n" }
            for table in state.rows.values { for (_, row) in table.all { add(row.bytes) } }
            for log in state.operations.values {
                for record in log.records { add(record.bytes + (record.outcome ?? [])) }
            }
            for (_, stub) in state.stubs.all { add(stub.bytes) }
            for (_, record) in state.locals.all { add(record.bytes) }
            for item in state.tray {
                text += item.text
                add(item.bytes)
            }
            return text
        }
    }

    /// Somebody types words about an appeal at a node and does not send them.
    private func drafts(_ store: MemoryStore, _ appeal: String, _ text: String) throws {
        try store.write {
            for space in [LocalRecord.Space.draft, .delayed] {
                try $0.putLocal(LocalRecord(space, "koval/" + appeal, appeals: [appeal], bytes: Array(text.utf8)))
            }
        }
    }

    private func erase(_ town: Town, _ appeal: String) throws {
        #expect(
            try town.act("appeal.erased", appeal, by: "boss", "administrator", ["reason": "За рішенням"]).status
                == .accepted
        )
    }

    @Test("reaches every table of both stores, own operations that were never sent included")
    func everywhere() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads", text: Self.secret)
        let other = try town.registers(main: "roads")
        try town.syncAll()
        try town.notes("roads", appeal, Self.secret)
        try town.syncAll()
        try town.notes("roads", appeal, Self.secret)
        let kept = try town.notes("roads", other, "Лишається")
        for store in [town.officeStore, town["roads"].store] {
            try drafts(store, appeal, Self.secret)
            try drafts(store, other, "Лишається")
        }
        try erase(town, appeal)
        #expect(try town.syncAll())
        #expect(try !everything(town.officeStore).contains(Self.secret))
        #expect(try !everything(town["roads"].store).contains(Self.secret))
        #expect(try town.slice("roads") == [other])
        #expect(try town.confirmed(other).items(.facts).contains { $0.item.value["text"]?.string == "Лишається" })
        #expect(kept.operation.appeal == other)
        for store in [town.officeStore, town["roads"].store] {
            let left = try store.read { try $0.locals(.draft, beginning: "", after: "", limit: 9) }
            #expect(left.map(\.appeals) == [[other]], "words about another appeal stay")
        }
        #expect(try town.agrees("roads"))
    }

    @Test("reaches a department that the appeal has left")
    func afterLeave() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads", text: Self.secret)
        try town.syncAll()
        try town.notes("roads", appeal, Self.secret)
        try town.syncAll()
        try town.assigns(appeal, main: "water")
        try town.syncAll()
        try erase(town, appeal)
        #expect(try town.syncAll())
        for store in [town.officeStore, town["roads"].store, town["water"].store] {
            #expect(try !everything(store).contains(Self.secret))
        }
        #expect(try town["roads"].store.read { try $0.stub(appeal) } == nil)
    }

    @Test("reaches a department whose snapshot took the place of the entry that said so", arguments: [true, false])
    func behindCompaction(isHeld: Bool) throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads", text: Self.secret)
        let other = try town.registers(main: "roads")
        try town.syncAll()
        try town.notes("roads", appeal, Self.secret)
        try town.syncAll()
        if !isHeld {
            try town.assigns(appeal, main: "water")
            try town.syncAll()
        }
        try erase(town, appeal)
        town.now += ReplicationLimits.readerAbsence + 1
        for _ in 0..<3 { try town.act("note.added", other, by: "olena", "registrar", personal: ["text": "x"]) }
        _ = try town.office.upkeep(now: town.now, keep: 0)
        town["roads"].calls = [:]
        #expect(try town.sync("roads"))
        #expect(town["roads"].calls[ProtocolCall.snapshot.path] ?? 0 > 0)
        #expect(town["roads"].calls[ProtocolCall.hello.path] == 1)
        #expect(try !everything(town["roads"].store).contains(Self.secret))
        #expect(try town.agrees("roads"))
    }

    @Test("reaches what was left to people of a restore that the office declared too long ago")
    func leftToPeople() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads", text: Self.secret)
        let other = try town.registers(main: "roads")
        try town.syncAll()
        let backup = town.officeStore.copy()
        for appeal in [appeal, other] {
            try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": .string(Self.secret)])
        }
        try town.syncAll()
        try town.restoreOffice(to: backup)
        town.now += ReplicationLimits.recoveryWindow + 60_000
        try town.syncAll()
        #expect(try town.tray(town["roads"].store, .recovery).map(\.subject).sorted() == [appeal, other].sorted())
        try erase(town, appeal)
        try town.syncAll()
        #expect(try town.tray(town["roads"].store, .recovery).map(\.subject) == [other])
    }

    @Test("beats late work: what comes afterwards is answered erased, and not kept")
    func lateWork() throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        let note = try town.notes("roads", appeal, Self.secret)
        try erase(town, appeal)
        #expect(try town.answers(town.push("roads", [note.bytes])) == ["erased erased"])
        #expect(try !everything(town.officeStore).contains(Self.secret))
    }

    @Test("outlives a restore of the office, and the log that has a hole is sent to its end")
    func restored() throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads", text: Self.secret)
        let other = try town.registers(main: "roads")
        try town.syncAll()
        let backup = town.officeStore.copy()
        try town.notes("roads", appeal, Self.secret)
        let note = try town.notes("roads", other, "Лишається")
        try town.syncAll()
        try erase(town, appeal)
        try town.syncAll()
        town.officeStore = backup
        try town.officeStore.write { try $0.putErasure(appeal, at: town.now) }
        town.rebuildOffice()
        try town.office.declareRestore(now: town.now)
        try town.office.reapplyErasures(now: town.now)
        #expect(try town.syncAll())
        for store in [town.officeStore, town["roads"].store] { #expect(try !everything(store).contains(Self.secret)) }
        #expect(try town.confirmed(other).items(.facts).contains { $0.item.value["text"]?.string == "Лишається" })
        #expect(try town.status(note)?.hasPrefix("accepted") == true)
        #expect(try town.agrees("roads"))
    }

    @Test("is not undone by an operation that comes again with its former outcome")
    func readmitted() throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        let backup = town.officeStore.copy()
        let note = try town.notes("roads", appeal, Self.secret)
        try town.syncAll()
        let disk = town["roads"].store.copy()
        let page = try town["roads"].store.read { try $0.outcomePages(note.operation.origin, from: 1, to: 1).first }
        try erase(town, appeal)
        town.officeStore = backup
        try town.officeStore.write { try $0.putErasure(appeal, at: town.now) }
        town.rebuildOffice()
        try town.office.declareRestore(now: town.now)
        try town.office.reapplyErasures(now: town.now)
        var lines = Lines.split(page?.bytes ?? []).map { String(decoding: $0, as: UTF8.self) }
        let last = lines.popLast() ?? ""
        let former: JSON = ["former": ["lines": .array(lines.map(JSON.string)), "last": .string(last)]]
        #expect(try disk.read { try $0.isErased(appeal) } == false)
        #expect(try town.answers(town.push("roads", [former.canonicalBytes(), note.bytes])) == ["erased erased"])
        #expect(try !everything(town.officeStore).contains(Self.secret))
    }
}
