import CanonicalJSON
import Testing

@testable import Replication

@Suite("A lane that waits for the other one")
struct LaneWaitTests {
    @Test("does not look by itself several times a second: a node without a network would do so for weeks")
    func sleepsLong() throws {
        let town = try Town("roads")
        town.restart("roads")
        #expect(try town["roads"].link.step(.woke(.read), now: town.now) == [.sleep(.read, until: town.now + 60_000)])
    }

    @Test("reads at once when the office has greeted")
    func wokenByHello() throws {
        let town = try Town("roads")
        try town.registers(main: "roads")
        #expect(try town.sync("roads"))
        town.restart("roads")
        let place = town["roads"]
        _ = try place.link.step(.woke(.read), now: town.now)
        guard case .send(.exchange, let hello)? = try place.link.step(.woke(.exchange), now: town.now).first else {
            Issue.record("no hello is sent")
            return
        }
        let reply = try town.reply(hello, peer: "roads")
        #expect(try place.link.step(.replied(.exchange, reply), now: 9).contains(.sleep(.read, until: 9)))
    }

    @Test("gives back what the office lost as soon as the last snapshot after a restore is there")
    func wokenBySnapshots() throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        let backup = town.officeStore.copy()
        #expect(try town.syncAll())
        _ = try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "Акт Центру"])
        #expect(try town.syncAll())
        try town.restoreOffice(to: backup)
        let began = town.now
        town["roads"].calls = [:]
        #expect(try town.sync("roads", rest: 50_000))
        #expect(town["roads"].calls[ProtocolCall.recovered.path] == 1)
        #expect(town.now - began < 10_000, "nothing waited for its minute")
    }
}
