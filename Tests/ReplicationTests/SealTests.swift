import Appeals
import CanonicalJSON
import Cryptography
import Testing

@testable import Replication

@Suite("The seal on rows")
struct SealTests {
    private func offered(_ town: Town, _ stream: String, _ row: JSON, _ seal: String) throws -> JSON {
        let line: JSON = ["stream": .string(stream), "row": row, "seal": .string(seal)]
        let request = WireRequest(.recovered, body: line.canonicalBytes() + [10])
        let reply = try town.reply(request, peer: "roads")
        return try JSON(parsing: Array(try #require(Lines.split(reply.body).first)))
    }

    private func held(_ town: Town, _ stream: String, _ key: String) throws -> Row {
        try #require(
            try town["roads"].store.read {
                try $0.row(stream, generation: try $0.stream(stream)?.generation ?? 0, key: key)
            }
        )
    }

    @Test("lets an act of the office come back after a restore, and nothing that a department made up")
    func forgery() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers()
        try town.assigns(appeal, main: "roads")
        try town.sync("roads")
        let backup = town.officeStore.copy()
        try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "Прийнято після копії"])
        try town.sync("roads")
        let row = try held(town, Space.slice("roads"), appeal)
        try town.restoreOffice(to: backup)
        let through = try town.officeStore.read { try $0.value(Values.restoredThrough) ?? 0 }
        var forged = try row.aggregate()
        forged[.registers, "control"] = Item(value: "removed", write: "office#00000000:9", commit: through + 1)
        var role = Aggregate(id: "role/office/clerk/administrator")
        role[.registers, "granted"] = Item(value: true, write: "office#00000000:9", commit: through + 1)
        for (stream, lie) in [(Space.slice("roads"), forged), (Space.reference, role)] {
            for seal in [row.seal, "", String(repeating: "0", count: 32)] {
                let answer = try offered(town, stream, lie.json, seal)
                #expect(answer["taken"]?.integer == 0 && answer["clashes"]?.integer ?? 0 > 0)
            }
        }
        // A seal is of one stream: another's slice is not the peer's to offer, its own is not `reference`.
        #expect(try offered(town, Space.slice("water"), row.aggregate().json, row.seal)["taken"]?.integer == 0)
        #expect(try offered(town, Space.reference, row.aggregate().json, row.seal)["taken"]?.integer == 0)
        #expect(try town.confirmed(appeal).register("control")?.string != "removed")
        let tray = try town.officeStore.read { try $0.tray(kind: .recovery, after: 0, limit: 99) }
        #expect(tray.contains { $0.subject == role.id && $0.text.contains("without this office's seal") })
        #expect(try offered(town, Space.slice("roads"), row.aggregate().json, row.seal)["taken"]?.integer ?? 0 > 0)
        #expect(String(decoding: try town.confirmed(appeal).bytes, as: UTF8.self).contains("Прийнято після копії"))
    }

    @Test("of a decision on held work is taken from its author alone, and nobody is asked twice")
    func decision() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers()
        try town.assigns(appeal, main: "roads")
        try town.sync("roads")
        let backup = town.officeStore.copy()
        let incarnations = try #require(try town["roads"].store.read { try $0.value(Values.incarnations) })
        let write = "roads#\(incarnations.joined()):1"
        var told = Aggregate(id: write)
        told[.registers, "decision"] = Item(
            value: ["adopted": false, "reason": "ні"],
            write: "office#00000000:9",
            commit: 10
        )
        try town.restoreOffice(to: backup)
        let stream = Space.node("roads")
        #expect(try offered(town, stream, told.json, "")["taken"]?.integer == 0)
        let seal = try #require(try town.officeStore.read { try Seal($0) })
        let mark = seal.text(stream, write, SHA256.hash(told.bytes))
        #expect(try offered(town, stream, told.json, mark)["taken"]?.integer == 1)
        #expect(try offered(town, stream, told.json, mark)["taken"]?.integer == 0)
        let foreign = seal.text(Space.node("water"), write, SHA256.hash(told.bytes))
        #expect(try offered(town, Space.node("water"), told.json, foreign)["taken"]?.integer == 0)
    }

    @Test(
        "missing on more rows than an operator can read: the rest is not kept, one alarm says so, and erasure takes all"
    )
    func flood() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        try town.office.declareRestore(now: town.now)
        let row = try held(town, Space.slice("roads"), appeal).aggregate()
        let limit = ReplicationLimits.unsealedRows
        func offers(_ count: Int, _ peer: String) throws {
            for first in stride(from: 0, to: count, by: ReplicationLimits.pageRecords) {
                let lines = (first..<min(count, first + ReplicationLimits.pageRecords)).map { number -> [UInt8] in
                    var forged = row
                    forged[.registers, "text"] = Item(
                        value: .string("Підробка \(number)"),
                        write: "office#00000000:9",
                        commit: 1 << 29
                    )
                    let line: JSON = ["stream": .string(Space.slice(peer)), "row": forged.json, "seal": ""]
                    return line.canonicalBytes()
                }
                let body = Array(lines.joined(separator: [10])) + [10]
                let reply = try town.reply(WireRequest(.recovered, body: body), peer: peer)
                #expect(
                    try town.lines(reply).allSatisfy { $0["taken"]?.integer == 0 && $0["clashes"]?.integer ?? 0 > 0 }
                )
            }
        }
        try offers(limit + 20, "roads")
        #expect(try town.tray(town.officeStore, .recovery).count == limit)
        let alarms = { try town.tray(town.officeStore, .alarm).filter { $0.text.hasPrefix(TrayRecord.flood) } }
        #expect(try alarms().map(\.subject) == ["roads"])
        // Another peer has its own share, and a new restore begins anew.
        try offers(1, "water")
        #expect(try town.tray(town.officeStore, .recovery).count == limit + 1)
        try town.office.declareRestore(now: town.now)
        try offers(1, "roads")
        #expect(try town.tray(town.officeStore, .recovery).count == limit + 2)
        #expect(try alarms().count == 1)
        try town.act("appeal.erased", appeal, by: "boss", "administrator", ["reason": "За рішенням"])
        #expect(try town.tray(town.officeStore, .recovery).isEmpty)
    }
}
