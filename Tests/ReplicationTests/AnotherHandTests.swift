import Appeals
import CanonicalJSON
import Testing

@testable import Replication

/// A copy of a node's disk, or whoever holds its key, goes on with its log at an office that was put back.
@Suite("An own log in two hands after a restore")
struct AnotherHandTests {
    private func town() throws -> (Town, String) {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        return (town, appeal)
    }

    @Test("an own number that a restored office has from another hand is seen at the hello: the own act goes out again")
    func numberOfAnotherHand() throws {
        let (town, appeal) = try town()
        let backup = town.officeStore.copy(), earlier = town["roads"].store.copy(), store = town["roads"].store
        let own = try town.notes("roads", appeal, "Своя")
        // It is acknowledged, and not read back: nobody could give it back but its log.
        town["roads"].intercept = { $0.path == "/sync/v1/pull" ? nil : $1 }
        try town.sync("roads", steps: 20)
        town["roads"].intercept = { $1 }
        #expect(try town.origin("roads").acknowledged == 1)
        // Of the next one no answer tells of the fork: nobody can read it.
        let next = try town.notes("roads", appeal, "Наступна")
        try store.write { transaction in
            var record = try #require(try transaction.operation(next.operation.origin, 2))
            record.bytes = Array(
                String(decoding: record.bytes, as: UTF8.self).replacing("Наступна", with: "наступна").utf8
            )
            try transaction.putOperation(record)
        }
        town.officeStore = backup
        town.rebuildOffice()
        try town.office.declareRestore(now: town.now)
        town.restart("roads", on: earlier)
        let other = try town.notes("roads", appeal, "Чужа")
        #expect(other.operation.write == own.operation.write && other.id != own.id)
        #expect(try town.answers(town.push("roads", [other.bytes])) == ["accepted"])
        town.restart("roads", on: store)
        #expect(try town.syncAll())
        #expect(try Set(words(town, appeal)).isSuperset(of: ["Своя", "Чужа"]))
    }

    /// Roads has an own act that was acknowledged in a log that is not the present one, and the office is put back to before
    /// it.
    private func oldLog() throws -> (town: Town, appeal: String, own: SignedOperation, earlier: MemoryStore) {
        let (town, appeal) = try town()
        let backup = town.officeStore.copy(), earlier = town["roads"].store.copy()
        let own = try town.notes("roads", appeal, "Своя")
        // It is not read back: nobody could give it back but its log.
        town["roads"].intercept = { $0.path == "/sync/v1/pull" ? nil : $1 }
        try town.sync("roads", steps: 20)
        town["roads"].intercept = { $1 }
        #expect(try town.origin("roads").acknowledged == 1)
        try town["roads"].department.branch(
            after: 1,
            of: own.operation.origin,
            adopting: 1,
            upTo: 1,
            now: town.now
        )
        #expect(try town.origin("roads").origin != own.operation.origin)
        town.officeStore = backup
        town.rebuildOffice()
        try town.office.declareRestore(now: town.now)
        return (town, appeal, own, earlier)
    }

    private func words(_ town: Town, _ appeal: String) throws -> [String] {
        try town.confirmed(appeal).items(.facts).compactMap { $0.item.value["text"]?.string }
    }

    @Test("an old log that another hand went on with at a restored office loses nothing: it goes on in the present one")
    func oldLogOfAnotherHand() throws {
        let (town, appeal, own, earlier) = try oldLog()
        let store = town["roads"].store
        town.restart("roads", on: earlier)
        let others = try ["Чужа", "Ще одна"].map { try town.notes("roads", appeal, $0) }
        #expect(
            try town.answers(town.push("roads", others.map(\.bytes), origin: own.operation.origin))
                == ["accepted", "accepted"]
        )
        town.restart("roads", on: store)
        #expect(try town.syncAll())
        #expect(try Set(words(town, appeal)).isSuperset(of: ["Своя", "Чужа", "Ще одна"]))
    }

    @Test(
        "an old log that has ended at a restored office before what was acknowledged of it goes on in the present one"
    )
    func oldLogCutShort() throws {
        let (town, appeal, own, _) = try oldLog()
        // As the greeting of a copy with an incarnation of its own leaves it.
        try town.officeStore.write { transaction in
            var record = try #require(try transaction.origin(own.operation.origin))
            record.state = .closed
            try transaction.putOrigin(record)
        }
        #expect(try town.syncAll())
        #expect(try words(town, appeal).contains("Своя"))
    }
}
