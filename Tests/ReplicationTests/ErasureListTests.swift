import Appeals
import CanonicalJSON
import Testing

@testable import Replication

@Suite("The list of erasures")
struct ErasureListTests {
    static let count = ReplicationLimits.helloErasures + 500

    private func erases(_ store: MemoryStore, _ ids: [String], at now: Int64) throws {
        try store.write { transaction in for id in ids { try transaction.putErasure(id, at: now) } }
    }

    private func known(_ store: MemoryStore) throws -> Int {
        try store.read { try $0.erasures(after: "", limit: .max).count }
    }

    private func greetings(_ town: Town) -> Int { town["roads"].calls[ProtocolCall.hello.path] ?? 0 }

    @Test("of the office reaches a department page by page, in one session")
    func fromOffice() throws {
        let town = try Town("roads")
        try town.sync("roads")
        let ids = (1...Self.count).map { town.uuid(5_000 + $0) }
        try erases(town.officeStore, ids, at: town.now)
        town.restart("roads")
        let before = greetings(town)
        #expect(try town.sync("roads"))
        #expect(try known(town["roads"].store) == Self.count)
        #expect(greetings(town) - before == 2)
        // The next session is told the list from its beginning again: what was erased meanwhile may lie anywhere in it.
        try erases(town.officeStore, [town.uuid(4_000), town.uuid(9_000)], at: town.now)
        town.restart("roads")
        #expect(try town.sync("roads"))
        #expect(try known(town["roads"].store) == Self.count + 2)
    }

    @Test("has pages of whole thousands as well, and each reply has one page of it")
    func pages() throws {
        let town = try Town("roads")
        try town.sync("roads")
        let ids = (1...(2 * ReplicationLimits.helloErasures)).map { town.uuid(5_000 + $0) }
        try erases(town.officeStore, ids, at: town.now)
        var after = ""
        var told: [String] = []
        for expected in [1_000, 1_000, 0] {
            let reply = try town.reply(try town.hello("roads") { $0.erasuresAfter = after }, peer: "roads")
            let page = try town.lines(reply).compactMap { $0["erased"]?.string }
            #expect(page.count == expected)
            told += page
            after = town.last(reply)["erasuresTo"]?.string ?? ""
        }
        #expect(told == ids && after.isEmpty)
        #expect(try town.reply(try town.hello("roads") { $0.erasuresAfter = "x" }, peer: "roads").status == 400)
        town.restart("roads")
        #expect(try town.sync("roads"))
        #expect(try known(town["roads"].store) == ids.count)
    }

    @Test("of a department reaches an office that was restored page by page, before anything is sent again")
    func fromDepartment() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        let backup = town.officeStore.copy()
        try town.notes("roads", appeal, "Після копії")
        try town.syncAll()
        let ids = (1...Self.count).map { town.uuid(5_000 + $0) }
        let seal = try #require(try town.officeStore.read { try Seal($0) })
        try town["roads"].store.write { transaction in
            for id in ids { try transaction.putErasure(id, seal: seal.erasure(of: id), at: town.now) }
        }
        #expect(try known(town.officeStore) == 0)
        try town.restoreOffice(to: backup)
        var knownAtFirstPush: Int?
        town["roads"].intercept = { request, response in
            if request.call == .push, knownAtFirstPush == nil {
                do { knownAtFirstPush = try self.known(town.officeStore) } catch { Issue.record(error) }
            }
            return response
        }
        #expect(try town.syncAll())
        #expect(try known(town.officeStore) == Self.count)
        #expect(knownAtFirstPush == Self.count)
        #expect(try town.agrees("roads"))
        #expect(try known(town["water"].store) == Self.count)
    }

    @Test("that does not go forward is not asked for again")
    func lyingOffice() throws {
        let town = try Town("roads")
        try town.sync("roads")
        try erases(town.officeStore, (1...1_200).map { town.uuid(5_000 + $0) }, at: town.now)
        town.restart("roads")
        try town["roads"].store.write { try $0.setValue(Values.erasuresLearnt, town.uuid(999_999)) }
        #expect(try town.sync("roads"))
        #expect(try town["roads"].store.read { try $0.value(Values.erasuresLearnt) } == nil)
    }
}
