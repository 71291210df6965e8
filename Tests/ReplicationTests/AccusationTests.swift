import Appeals
import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Replication

/// What one department says of the office without a proof: it stops nothing, erases nothing, changes nothing for others.
@Suite("Accusations")
struct AccusationTests {
    enum Claim: String, CaseIterable { case foreignStream, nonsense, ahead, otherMark, acknowledged }

    static func town() throws -> (Town, String) {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        try town.notes("roads", appeal)
        try town.syncAll()
        return (town, appeal)
    }

    static func says(_ claim: Claim, _ hello: inout Hello, _ town: Town) {
        switch claim {
        case .foreignStream:
            hello.positions.append(
                Position(stream: "slice:roads", epoch: town.epoch, sequence: 700, mark: "0000000000000000")
            )
        case .nonsense:
            hello.positions.append(
                Position(stream: "nonsense", epoch: town.epoch, sequence: 7, mark: "0000000000000000")
            )
        case .ahead: hello.positions[0].sequence += 100
        case .otherMark: hello.positions[0].mark = "0000000000000000"
        case .acknowledged: hello.acknowledged = (50, String(repeating: "a", count: 64))
        }
    }

    static func isStopped(_ town: Town) throws -> Bool {
        try town.officeStore.read { try $0.value(Values.stopped) } != nil
    }

    @Test("without a proof stop nothing: the others go on, the tray says who claims what", arguments: Claim.allCases)
    func unproved(_ claim: Claim) throws {
        let (town, appeal) = try Self.town()
        let expected = [.foreignStream, .nonsense].contains(claim) ? "badRequest" : "evidenceWanted"
        for _ in 0..<20 { #expect(try town.greeting("water") { Self.says(claim, &$0, town) } == expected) }
        #expect(try !Self.isStopped(town))
        #expect(try town.tray(town.officeStore, .alarm).count == 1)
        try town.notes("roads", appeal, "Далі")
        #expect(try town.syncAll())
        #expect(try town.agrees("roads"))
        #expect(
            try town.confirmed(appeal).items(.facts).contains { $0.item.value["text"]?.string == "Далі" }
        )
    }

    @Test("in a pull is no claim at all: the hello settles it")
    func pull() throws {
        let (town, _) = try Self.town()
        let pull = town.pull("water", after: 500, mark: "0000000000000000")
        #expect(try town.reply(pull, peer: "water").errorCode?.rawValue == "evidenceWanted")
        let poll = town.pull("water", after: 0, more: [("reference", "900")])
        #expect(try town.reply(poll, peer: "water").errorCode?.rawValue == "evidenceWanted")
        #expect(try !Self.isStopped(town))
    }

    @Test(
        "of an erasure by a department that never had the appeal erase nothing, restored or not",
        arguments: [false, true]
    )
    func foreignErasure(isRestored: Bool) throws {
        let (town, appeal) = try Self.town()
        if isRestored {
            try town.office.declareRestore(now: town.now)
            try town.syncAll()
        }
        try town["water"].store.write { try $0.putErasure(appeal, at: town.now) }
        town.restart("water")
        try town.syncAll()
        #expect(try town.officeStore.read { try $0.row(Space.appeals, generation: 0, key: appeal) } != nil)
        #expect(try !town.officeStore.read { try $0.isErased(appeal) })
        #expect(try town.slice("roads") == [appeal])
        #expect(try town.tray(town.officeStore, .alarm).contains { $0.subject == "water" })
    }

    @Test("incarnations by the hundred leave few logs, and the honest node goes on")
    func incarnations() throws {
        let (town, appeal) = try Self.town()
        let before = try town.officeStore.read { try $0.origins(node: "water").count }
        for number in 0..<300 {
            _ = try town.greeting("water") {
                $0.origin = Origin(node: "water", incarnation: String(repeating: "0", count: 5) + String(100 + number))
                $0.last = (0, "")
                $0.acknowledged = (0, "")
            }
        }
        #expect(try town.officeStore.read { try $0.origins(node: "water").count } <= before + 1)
        #expect(try town.tray(town.officeStore, .alarm).filter { $0.subject == "water" }.count == 1)
        town.now += 86_400_000
        try town.assigns(appeal, main: "water")
        #expect(try town.syncAll())
        try town.notes("water", appeal, "Від води")
        #expect(try town.syncAll())
        #expect(try town.agrees("water"))
    }
}
