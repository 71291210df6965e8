import Appeals
import CanonicalJSON
import Testing

@testable import Replication

@Suite("A reader that stays away")
struct AbsenceTests {
    private func town() throws -> (Town, String) {
        let town = try Town("roads", "water")
        let appeal = try town.registers()
        try town.assigns(appeal, main: "roads")
        try town.sync("roads")
        town.now += 3_000
        try town.sync("roads")
        for _ in 0..<10 { try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "x"]) }
        return (town, appeal)
    }

    @Test("keeps its entries until the days are over, and then gets a snapshot, also in the middle of a poll")
    func absence() throws {
        let (town, _) = try town()
        let stream = Space.slice("roads")
        let position = try town.position("roads").head
        town.now += ReplicationLimits.readerAbsence - 60_000
        _ = try town.office.upkeep(now: town.now, keep: 0)
        #expect(try town.head(stream).floor <= position)
        town.now += 120_000
        _ = try town.office.upkeep(now: town.now, keep: 0)
        let floor = try town.head(stream).floor
        #expect(try floor == town.head(stream).head && floor > position)
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
        _ = try town.office.upkeep(now: town.now, keep: 1_000)
        #expect(try town.head(stream).floor == floor)
    }

    @Test("and was revoked keeps nothing")
    func revoked() throws {
        let (town, _) = try town()
        let stream = Space.slice("roads")
        try town.officeStore.write { transaction in
            var node = try #require(try transaction.node("roads"))
            node.state = .revoked
            try transaction.putNode(node)
        }
        _ = try town.office.upkeep(now: town.now, keep: 0)
        #expect(try town.head(stream).floor == town.head(stream).head)
    }

    @Test("a page of more than 500 operations is refused as a whole")
    func page() throws {
        let (town, _) = try town()
        let origin = try town.origin("roads").origin.description
        let body = Array(String(repeating: "{}\n", count: ReplicationLimits.pageRecords + 1).utf8)
        let request = WireRequest(.push, query: [("origin", origin)], body: body)
        #expect(try town.reply(request, peer: "roads").errorCode == .tooLarge)
    }
}
