import Appeals
import CanonicalJSON
import Testing

@testable import Replication
@testable import Simulator

/// The audit's own world answers as the store of the office does, also of work that has no place on an appeal.
@Suite("An audit that judges the whole log again")
struct ReplayTests {
    @Test("decides what follows a declined registration with it")
    func followers() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "water")
        try town.syncAll()
        var card = Town.registration("ROADS-К-1")
        card["complainedAgainst"] = nil
        let twice = try town.does("roads", "appeal.registered", appeal, "clerk", card, personal: Town.applicant)
        try town.notes("roads", appeal, "До другої реєстрації")
        try town.syncAll()
        let name = twice.operation.write.description
        let body: JSONObject = ["held": .string(name), "reason": "Таке звернення вже є"]
        #expect(try town.act("held.declined", appeal, by: "iryna", "specialist", body).status == .accepted)
        try town.officeStore.read { reading in
            let today = Today.date(town.now)
            let world = ReplayWorld(epoch: try reading.value(Values.epoch) ?? "", today: today)
            var log: [OperationRecord] = []
            for node in ["office", "roads", "water"] {
                for origin in try reading.origins(node: node) {
                    log += try reading.operations(origin.origin, after: 0, limit: .max)
                }
            }
            for record in log.sorted(by: { $0.commit < $1.commit }) {
                let told = try #require(record.outcome.flatMap { Outcome(line: $0) })
                #expect(try world.judge(record.signed(), as: told, today: Today.date(record.at)) == told.status)
            }
            let waiting = log.filter { $0.origin == twice.operation.origin && $0.status == .held }
            #expect(waiting.map(\.decision) == [.declined, .declined])
            for record in waiting {
                let write = WriteName(origin: record.origin, number: record.number).description
                #expect(try world.outcome(of: write) == .refused, "\(write) waits on in the audit")
            }
        }
    }
}
