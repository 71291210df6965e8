import Appeals
import CanonicalJSON
import Simulator
import Testing

@testable import Replication

/// An erasure that a reader tells: with the office's seal it is carried out, without it people decide.
@Suite("Erasures told after a restore")
struct UndecidedErasureTests {
    /// An appeal that the office erased after its backup, in a town whose office was restored without its erasure file.
    private func forgotten() throws -> (town: Town, appeal: String) {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads", text: ErasureTests.secret)
        try town.syncAll()
        let backup = town.officeStore.copy()
        try town.act("appeal.erased", appeal, by: "boss", "administrator", ["reason": "За рішенням"])
        try town.syncAll()
        try town.restoreOffice(to: backup)
        return (town, appeal)
    }

    private func isShown(_ town: Town, _ appeal: String) throws -> Bool {
        let slice = Space.slice("roads")
        let id: JSON = ["id": .string(appeal)]
        let requests = [
            WireRequest(.fetch, query: [("stream", slice)], body: id.canonicalBytes() + [10]),
            WireRequest(.snapshot, query: [("stream", slice), ("epoch", town.epoch), ("after", "")]),
            town.pull("roads", after: 0),
            WireRequest(.operations, query: [("appeal", appeal), ("after", "0")]),
            WireRequest(
                .operations,
                query: [("origin", try town.origin("roads").origin.description), ("after", "0")]
            ),
        ]
        return try requests.contains { request in
            String(decoding: try town.reply(request, peer: "roads").body, as: UTF8.self).contains(ErasureTests.secret)
        }
    }

    @Test("with the office's seal are carried out, whoever tells them", arguments: [false, true])
    func sealed(byHello: Bool) throws {
        let (town, appeal) = try forgotten()
        let teller = byHello ? "water" : "roads"
        #expect(try town["roads"].store.read { try $0.erasures(after: "", limit: 1).first?.seal.isEmpty } == false)
        if byHello {
            let known = try town["roads"].store.read { try $0.erasures(after: "", limit: 9) }
            try town["water"].store.write { for one in known { try $0.putErasure(one.appeal, seal: one.seal, at: 1) } }
        }
        try town.sync(teller)
        #expect(try town.officeStore.read { try $0.isErased(appeal) })
        #expect(try town.confirmed(appeal).isEmpty)
        #expect(try town.syncAll())
    }

    /// `roads` has lost the seal that it kept.
    private func unsealed() throws -> (town: Town, appeal: String) {
        let (town, appeal) = try forgotten()
        try town["roads"].store.write { try $0.putErasure(appeal, seal: "", at: 1) }
        try town.sync("roads")
        return (town, appeal)
    }

    @Test("without it suspend the appeal of one that had it: shown in no exit, not deleted, asked once")
    func suspended() throws {
        let (town, appeal) = try unsealed()
        #expect(try town.confirmed(appeal).isEmpty)
        #expect(try town.officeStore.read { try Office.suspended($0, after: "", limit: 9) } == [appeal])
        #expect(try !isShown(town, appeal))
        #expect(try town.slice("roads").isEmpty)
        town.restart("roads")
        #expect(try town.syncAll())
        #expect(try town.tray(town.officeStore, .alarm).filter { $0.subject == appeal }.count == 1)
        // What arrives meanwhile is judged, kept and shown to nobody.
        try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "Тим часом"])
        #expect(try town.confirmed(appeal).isEmpty)
        #expect(try !isShown(town, appeal))
    }

    @Test("that were no erasures are taken back: the appeal is there with what came meanwhile, and stays")
    func rejected() throws {
        let (town, appeal) = try unsealed()
        try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "Тим часом"])
        #expect(try town.office.rejectErasure(of: appeal, now: town.now) != .notSuspended)
        #expect(try town.office.rejectErasure(of: appeal, now: town.now) == .notSuspended)
        #expect(try town.confirmed(appeal).items(.facts).contains { $0.item.value["text"]?.string == "Тим часом" })
        #expect(try isShown(town, appeal))
        town.restart("roads")
        try town.syncAll()
        #expect(try !town.confirmed(appeal).isEmpty)
        #expect(try town.tray(town.officeStore, .alarm).allSatisfy { $0.subject != appeal })
    }

    @Test("that the operator confirms are carried out by an act of the office")
    func confirmed() throws {
        let (town, appeal) = try unsealed()
        let outcome = try town.act("appeal.erased", appeal, by: "boss", "administrator", ["reason": "Підтверджено"])
        #expect(outcome.status == .accepted)
        #expect(try town.officeStore.read { try $0.isErased(appeal) })
        #expect(try town.officeStore.read { try Office.suspended($0, after: "", limit: 9) } == [])
        #expect(try town.syncAll())
        #expect(try town.tray(town.officeStore, .alarm).allSatisfy { $0.subject != appeal })
    }

    @Test("without the rule whoever names an appeal erases it")
    func withoutRule() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        try town.office.declareRestore(now: town.now)
        town.office.rules.erasureSealAsked = false
        try town["water"].store.write { try $0.putErasure(appeal, at: town.now) }
        try town.syncAll()
        #expect(try town.officeStore.read { try $0.isErased(appeal) })
    }
}
