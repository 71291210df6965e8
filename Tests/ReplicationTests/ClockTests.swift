import Appeals
import CanonicalJSON
import Simulator
import Testing

@testable import Replication

@Suite("The order in which facts are shown")
struct ClockTests {
    private static let ahead: Int64 = 240_000

    private func clock(_ signed: SignedOperation) -> HybridClock { signed.operation.clock }

    /// The clock of the last act of the office.
    private func officeClock(_ town: Town) throws -> HybridClock {
        let record = try town.officeStore.read { reading in
            try reading.origins(node: "office").flatMap { try reading.operations($0.origin, after: 0, limit: .max) }
                .last
        }
        return clock(try #require(try record?.signed()))
    }

    @Test(
        "an answer is later than the question that its author read, though the device's clock is minutes behind",
        arguments: [false, true]
    )
    func department(bySnapshot: Bool) throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        if !bySnapshot { try town.syncAll() }
        town.now += Self.ahead
        try town.act(
            "note.added",
            appeal,
            by: "olena",
            "registrar",
            personal: ["text": "{\"clock\":\"ffffffffffff-ffff"]
        )
        town.now -= Self.ahead
        let asked = try officeClock(town)
        try town.syncAll()
        let answer = clock(try town.notes("roads", appeal))
        #expect(answer > asked && answer.milliseconds == asked.milliseconds)
        town.now += 2 * Self.ahead
        #expect(clock(try town.notes("roads", appeal)).milliseconds == town.now)
    }

    @Test("a decision of the office is later than the work that it admitted")
    func office() throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        town.now += Self.ahead
        let note = clock(try town.notes("roads", appeal))
        town.now -= Self.ahead
        try town.syncAll()
        try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "Бачили"])
        #expect(try officeClock(town) > note)
    }

    @Test("a clock that is more than five minutes ahead moves nobody's")
    func mad() throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        let before = town.now
        town.now += HybridClock.toleratedSkew + 60_000
        try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "Завтра"])
        town.now = before
        try town.syncAll()
        #expect(clock(try town.notes("roads", appeal)).milliseconds < before + 60_000)
    }
}
