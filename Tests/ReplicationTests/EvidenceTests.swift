import Appeals
import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Replication

/// An office that was silently put back is found by its own signature; a node that lies is told to begin anew.
@Suite("Evidence")
struct EvidenceTests {
    /// A town whose office was put back after the department had read this, or had that acknowledged.
    private func putBack(_ what: String) throws -> (town: Town, appeal: String) {
        let (town, appeal) = try AccusationTests.town()
        let backup = town.officeStore.copy()
        switch what {
        case "pull": try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "x"])
        case "push": try town.notes("roads", appeal, "Надіслана")
        case "snapshot":
            try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "x"])
            try town["roads"].store.write { transaction in
                for name in town["roads"].department.streams {
                    guard var stream = try transaction.stream(name) else { continue }
                    stream.epoch = ""
                    try transaction.putStream(stream)
                    try transaction.setValue(Values.evidence(name), nil)
                }
            }
            town.restart("roads")
        default: break
        }
        try town.syncAll()
        town.officeStore = backup
        town.rebuildOffice()
        return (town, appeal)
    }

    @Test("of the office's own signature stops it, by whatever page it came", arguments: ["pull", "push", "snapshot"])
    func stops(_ what: String) throws {
        let (town, _) = try putBack(what)
        town.restart("roads")
        try town.sync("roads", steps: 40)
        #expect(try AccusationTests.isStopped(town))
        #expect(try town.greeting("water") == "stopped")
        #expect(try town.tray(town.officeStore, .alarm).contains { $0.text.hasPrefix("office behind") })
        try town.office.declareRestore(now: town.now)
        #expect(try town.greeting("water") == "epoch")
        #expect(try town.syncAll())
        #expect(try town.agrees("roads"))
    }

    @Test("is found also when the office has gone on in another way beyond what it lost")
    func otherHistory() throws {
        let (town, _) = try putBack("pull")
        for _ in 0..<3 { try town.registers(main: "roads") }
        town.restart("roads")
        try town.sync("roads", steps: 40)
        #expect(try AccusationTests.isStopped(town))
    }

    @Test("is found by the office itself at the start, before any node speaks")
    func ownMark() throws {
        let (town, appeal) = try AccusationTests.town()
        let backup = town.officeStore.copy()
        try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "x"])
        let mark = try #require(try town.office.acknowledged())
        #expect(try !town.office.stopIfBelow(epoch: mark.epoch, commit: mark.commit, now: town.now))
        town.officeStore = backup
        town.rebuildOffice()
        #expect(try town.office.stopIfBelow(epoch: mark.epoch, commit: mark.commit, now: town.now))
        #expect(try AccusationTests.isStopped(town))
        try town.office.declareRestore(now: town.now)
        // The mark of an epoch that the store knows to be over was only not written anew.
        #expect(try !town.office.stopIfBelow(epoch: mark.epoch, commit: mark.commit, now: town.now))
        // The store of before another declaration does not know that epoch.
        let other = String(repeating: "e", count: 32)
        #expect(try town.office.stopIfBelow(epoch: other, commit: 1, now: town.now))
    }

    enum FalseLine: String, CaseIterable {
        case foreignSignature, foreignStream, otherEpoch, somebodyElses, oldLine, rubbish
    }

    private func line(_ kind: FalseLine, _ town: Town) throws -> String {
        func signed(_ stream: String, _ epoch: String, _ signer: String) throws -> String {
            let reply: JSONObject = [
                "call": "pull", "stream": .string(stream), "epoch": .string(epoch), "from": 0, "to": 900, "head": 900,
                "mark": "0000000000000000", "commit": 9_000_000,
            ]
            let line = try SignedReply(reply, lines: SHA256.hash([]), signer: TwinSigner(signer)).line
            return String(decoding: line, as: UTF8.self)
        }
        return switch kind {
        case .foreignSignature: try signed("reference", town.epoch, "water")
        case .foreignStream: try signed("slice:roads", town.epoch, "office")
        case .otherEpoch: try signed("reference", String(repeating: "0", count: 32), "office")
        case .somebodyElses: try #require(try town["roads"].store.read { try $0.value(Values.evidence("slice:roads")) })
        case .oldLine: try #require(try town["water"].store.read { try $0.value(Values.evidence("reference")) })
        case .rubbish: "{}"
        }
    }

    @Test("that is false proves nothing", arguments: FalseLine.allCases)
    func falseLine(_ kind: FalseLine) throws {
        let (town, _) = try AccusationTests.town()
        let evidence = try line(kind, town)
        let code = try town.greeting("water") {
            $0.positions[0].sequence += 100
            $0.evidence = [evidence]
        }
        #expect(code == "evidenceWanted")
        #expect(try !AccusationTests.isStopped(town))
    }

    @Test("without the rule the office believes whatever it is told")
    func withoutRule() throws {
        let (town, _) = try AccusationTests.town()
        town.office.rules.evidenceAsked = false
        #expect(try town.greeting("water") { $0.positions[0].sequence += 100 } == "officeBehind")
        #expect(try AccusationTests.isStopped(town))
    }

    // MARK: the operator's word

    /// A node whose store says that the office had acknowledged and published what it never did.
    private func liar() throws -> (town: Town, appeal: String, lost: SignedOperation) {
        let (town, appeal) = try AccusationTests.town()
        let lost = try town.notes("roads", appeal, "Ніби прийнята")
        try town["roads"].store.write { transaction in
            var outcome = Outcome(
                origin: lost.operation.origin,
                number: lost.operation.number,
                id: lost.id,
                status: .accepted,
                commit: 900
            )
            outcome.flags = []
            _ = try transaction.setOutcome(outcome, as: outcome.json.canonicalBytes())
            var record = try #require(try transaction.origin(lost.operation.origin))
            record.acknowledged = lost.operation.number
            try transaction.putOrigin(record)
            var stream = try #require(try transaction.stream("slice:roads"))
            stream.head += 50
            stream.mark = "0000000000000000"
            try transaction.putStream(stream)
        }
        town.restart("roads")
        return (town, appeal, lost)
    }

    @Test("a node that lies without it goes on in a new incarnation once the operator has decided so")
    func distrusted() throws {
        let (town, appeal, lost) = try liar()
        let fresh = try town.notes("roads", appeal, "Ще не передана")
        #expect(try town.office.distrust("roads", by: "boss", reason: "диск", now: town.now) == .noClaim)
        try town.sync("roads", steps: 40)
        #expect(try town.tray(town.officeStore, .alarm).filter { $0.subject == "roads" }.count == 1)
        #expect(try town.office.distrust("parks", by: "boss", reason: "диск", now: town.now) == .unknownNode)
        #expect(try town.office.distrust("roads", by: "boss", reason: "диск", now: town.now) == .told)
        town.now += 600_000
        #expect(try town.syncAll())
        #expect(try town.agrees("roads"))
        #expect(try town.origin("roads").origin != lost.operation.origin)
        let texts = try town.confirmed(appeal).items(.facts).compactMap { $0.item.value["text"]?.string }
        #expect(texts.contains("Ще не передана") && !texts.contains("Ніби прийнята"))
        let quarantined = try town.tray(town["roads"].store, .quarantine)
        #expect(quarantined.map(\.subject) == [lost.operation.write.description])
        #expect(fresh.operation.origin == lost.operation.origin)
        #expect(try !AccusationTests.isStopped(town))
        // Once it has begun anew the decision is spent.
        #expect(try town.officeStore.read { try $0.value(Values.distrusted("roads")) } == nil)
    }

    @Test("the operator cannot call a lie what the office itself has signed")
    func evidenceHolds() throws {
        let (town, _) = try putBack("pull")
        town.restart("roads")
        try town.sync("roads", steps: 40)
        #expect(try town.office.distrust("roads", by: "boss", reason: "диск", now: town.now) == .evidenceHolds)
    }

    @Test("several nodes that claim the same are counted")
    func counted() throws {
        let (town, _) = try AccusationTests.town()
        for name in ["roads", "water"] { _ = try town.greeting(name) { $0.positions[0].sequence += 9 } }
        let alarms = try town.tray(town.officeStore, .alarm)
        #expect(alarms.map(\.subject) == ["roads", "water"])
        #expect(alarms.last?.text.hasSuffix("nodes that claim such a thing: 2") == true)
    }
}
