import Appeals
import CanonicalJSON
import Testing

@testable import Replication

@Suite("Own operations on an appeal that left")
struct KeptOperationTests {
    @Test("are put before the operator after 90 days without durability, and every 90 days again, until they go")
    func alarm() throws {
        let (town, appeal) = try Town.afterMove()
        let store = town["roads"].store
        let left = try #require(try store.read { try $0.stub(appeal) })
        #expect(left.kept == 1)
        func alarms() throws -> Int { try town.tray(store, .alarm).filter { $0.subject == appeal }.count }
        let department = town["roads"].department
        for (days, expected) in [(90, 0), (91, 1), (92, 1), (181, 1), (182, 2)] {
            try department.purgeDurable(now: left.at + Int64(days) * 86_400_000)
            #expect(try alarms() == expected, "day \(days)")
        }
        #expect(try store.read { try $0.stub(appeal)?.at } == left.at)
        try store.write { transaction in
            var origin = try #require(try department.origins(transaction).last)
            origin.durable = origin.last
            try transaction.putOrigin(origin)
        }
        try department.purgeDurable(now: left.at + 400 * 86_400_000)
        #expect(try store.read { try $0.stub(appeal)?.kept } == 0)
        #expect(try store.read { try $0.value(Values.kept(appeal)) } == nil)
        try department.purgeDurable(now: left.at + 800 * 86_400_000)
        #expect(try alarms() == 2)
    }

    @Test("are what the bytes of their record say, also after these were changed")
    func bytes() throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        try town.sync("roads")
        let note = try town.notes("roads", appeal, "Слово")
        var record = OperationRecord(note, at: town.now)
        #expect(try record.signed().bytes == note.bytes)
        record.bytes = note.stripped
        #expect(try record.signed().operation.erasedBodyDigest != nil)
        record.bytes = [0]
        #expect(throws: (any Error).self) { try record.signed() }
    }

    private func content(_ town: Town, _ appeal: String) throws -> Int {
        try town["roads"].store.read { reading in
            try reading.pending(appeal: appeal, node: "roads", beyond: -1, limit: .max)
                .filter { String(decoding: $0.bytes, as: UTF8.self).contains("Слово") }.count
        }
    }

    @Test("that are durable lose their content with the row, and the receipt says that none is kept")
    func durable() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        let other = try town.registers(main: "roads")
        try town.sync("roads")
        let note = try town.notes("roads", appeal, "Слово")
        try town.sync("roads")
        try town.office.markDurable([note.operation.origin: note.operation.number])
        try town.notes("roads", appeal, "Слово, якого ще немає в копії")
        try town.sync("roads")
        #expect(try content(town, appeal) == 2)
        try town.assigns(appeal, main: "water")
        try town.sync("roads")
        #expect(try content(town, appeal) == 1)
        #expect(try town["roads"].store.read { try $0.stub(appeal)?.kept } == 1)
        try town.office.markDurable([note.operation.origin: 99])
        town.now += 60_000
        try town.notes("roads", other, "Щоб спитати")
        try town.sync("roads")
        #expect(try content(town, appeal) == 0)
    }

    @Test(
        "are not durable because the log of a copy is: a number says so only with its id, else the copy's is believed",
        arguments: [true, false]
    )
    func durableOfAnother(namesID: Bool) throws {
        let town = try Town("roads", "water")
        town.rules.durableNamesID = namesID
        town.restart("roads")
        let appeal = try town.registers(main: "roads")
        try town.sync("roads")
        let note = try town.notes("roads", appeal, "Слово")
        let department = town["roads"].department
        var record = try #require(try town["roads"].store.read { try $0.origin(note.operation.origin) })
        try town["roads"].store.write { transaction in
            let other: JSON = ["number": 1, "id": .string(String(repeating: "a", count: 64))]
            try department.learnDurable(other, of: &record, transaction)
            #expect(record.durable == (namesID ? 0 : 1))
            try department.learnDurable(["number": 1, "id": .string(note.id)], of: &record, transaction)
            #expect(record.durable == 1)
        }
    }
}
