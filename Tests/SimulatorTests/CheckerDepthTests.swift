import Appeals
import CanonicalJSON
import Cryptography
import Testing

@testable import Replication
@testable import Simulator

@Suite("The judges of what stays, comes back and repeats itself")
struct CheckerDepthTests {
    private typealias Quiet = QuietCity

    /// A word of others on an appeal that roads does not hold.
    private func foreignWord(_ quiet: QuietCity) throws -> String {
        let held = Set(
            try quiet.appeals().filter { Holding("roads", $0, today: Today.date(quiet.city.now)) != nil }.map(\.id)
        )
        let act = quiet.city.ledger.acts.values.filter { $0.site != "roads" && !held.contains($0.appeal) }
            .min { $0.token < $1.token }
        return try #require(act).token
    }

    @Test("I10 names what is left of an appeal that went: in a stub, in the tray, in a generation that nobody sees")
    func purge() throws {
        let quiet = try Quiet()
        let word = try foreignWord(quiet)
        try quiet.plant(.alarm, word, at: quiet.roads)
        #expect(try Quiet.named { try I10PurgeLeavesNothing.whenQuiet(quiet.city) } == I10PurgeLeavesNothing.name)
        let other = try Quiet()
        try other.roads.store.write { transaction in
            try transaction.putStub(StubRecord(appeal: "x", bytes: Array(word.utf8), at: 1, kept: 0))
        }
        #expect(try Quiet.named { try I10PurgeLeavesNothing.whenQuiet(other.city) } == I10PurgeLeavesNothing.name)
        let third = try Quiet()
        let row = try third.held(by: third.roads)
        try third.roads.store.write { try $0.putRow(Space.slice("roads"), generation: 2, row) }
        #expect(try Quiet.named { try I10PurgeLeavesNothing.whenQuiet(third.city) } == I10PurgeLeavesNothing.name)
    }

    @Test("I10 finds on a disk what no table shows")
    func purgeOfDisk() throws {
        let quiet = try Quiet(steps: 70, profile: .disk)
        #expect(try Quiet.named { try I10PurgeLeavesNothing.whenQuiet(quiet.city) } == nil)
        let word = #"{"text":"theirs \#(try foreignWord(quiet))"}"#
        try quiet.plant(.recovery, word, at: quiet.roads)
        #expect(try Quiet.named { try I10PurgeLeavesNothing.whenQuiet(quiet.city) } == nil)
        try quiet.roads.store.write { transaction in
            for item in try transaction.tray(kind: .recovery, after: 0, limit: 1) {
                try transaction.deleteTray(item.id)
            }
            try transaction.setValue("anything", word)
        }
        #expect(try Quiet.named { try I10PurgeLeavesNothing.whenQuiet(quiet.city) } == I10PurgeLeavesNothing.name)
    }

    @Test("I11 names a word of an erased appeal, at the office and at a department")
    func erasure() throws {
        let quiet = try Quiet()
        let appeal = try #require(quiet.city.ledger.acts.values.map(\.appeal).min())
        quiet.city.ledger.erased.insert(appeal)
        #expect(try Quiet.named { try I11ErasureReachesAll.whenQuiet(quiet.city) } == I11ErasureReachesAll.name)
        let other = try Quiet()
        let act = try #require(other.city.ledger.acts.values.min { $0.token < $1.token })
        other.city.ledger.erased.insert("an appeal that was")
        other.city.ledger.acts["w0w"] = Ledger.Act(token: "w0w", site: act.site, appeal: "an appeal that was", kind: "")
        try other.plant(.alarm, "w0w", at: other.roads)
        #expect(try Quiet.named { try I11ErasureReachesAll.whenQuiet(other.city) } == I11ErasureReachesAll.name)
    }

    @Test("I12 names an operation that never gets an outcome")
    func liveness() throws {
        let quiet = try Quiet()
        quiet.roads.isCut = true
        _ = try note(quiet)
        try quiet.city.run(until: quiet.city.now + 100_000)
        #expect(try Quiet.named { try Checkers.quiet(quiet.city) } == I12Liveness.name)
    }

    /// A note of roads, written and not yet sent; gives what was signed.
    private func note(_ quiet: QuietCity, kind: String = "note.added") throws -> SignedOperation {
        let appeal = try quiet.held(by: quiet.roads).key
        return try quiet.roads.department.act(now: quiet.city.now) { _ in
            Draft(
                kind: kind,
                appeal: appeal,
                actor: Actor(user: "clerk-roads", role: "clerk"),
                body: [:],
                personal: ["text": "w900w"]
            )
        }
    }

    @Test("I13 names a decision that is not the advice, and an advice that refuses what the office takes")
    func samePolicy() throws {
        let quiet = try Quiet()
        quiet.roads.isCut = true
        let signed = try note(quiet)
        let outcome = Outcome(
            origin: signed.operation.origin,
            number: signed.operation.number,
            id: signed.id,
            status: .refused,
            reason: .wrongState,
            commit: 0
        )
        let refused = try Quiet.named { try I13SamePolicy.refused(signed, outcome, by: quiet.roads, in: quiet.city) }
        #expect(refused == I13SamePolicy.name)
        quiet.city.watch.advice[signed.id] = Advice(
            status: .conflict,
            reason: nil,
            date: Today.date(quiet.city.now),
            isAlone: true
        )
        quiet.roads.isCut = false
        #expect(try Quiet.named { try quiet.city.run(until: quiet.city.now + 60_000) } == I13SamePolicy.name)
    }

    @Test("I14 names a copy that a snapshot would not give")
    func anyCut() throws {
        let quiet = try Quiet()
        for site in quiet.city.sites where try quiet.holds(site) {
            var copy = try quiet.held(by: site).aggregate()
            copy[.registers, "channel"] = Item(value: "post", write: "office#00000000:1", commit: 1)
            try quiet.plant(copy, at: site)
        }
        #expect(try Quiet.named { try I14AnyCut.whenQuiet(quiet.city) } == I14AnyCut.name)
    }

    @Test("I15: a kind that nobody knows yet is kept byte for byte, shown to nobody and comes back; else it is named")
    func unknown() throws {
        let quiet = try Quiet()
        let signed = try note(quiet, kind: "drone.flown")
        try quiet.city.run(until: quiet.city.now + 60_000)
        #expect(try Quiet.named { try Checkers.quiet(quiet.city) } == nil)
        let write = signed.operation.write
        var record = try #require(try quiet.city.officeStore.read { try $0.operation(write.origin, write.number) })
        #expect(record.status == .held && record.bytes == signed.bytes)
        let row = try #require(
            try quiet.appeals().first { $0.id == signed.operation.appeal }
        )
        var shown = row
        shown[.facts, "note \(write)"] = Item(value: "w900w", write: "\(write)", commit: 1)
        try quiet.plant(shown)
        #expect(try Quiet.named { try I15UnknownSurvives.whenQuiet(quiet.city) } == I15UnknownSurvives.name)
        try quiet.plant(row)
        record.bytes = Array(String(decoding: record.bytes, as: UTF8.self).replacing("w900w", with: "w901w").utf8)
        try quiet.city.officeStore.write { [record] in try $0.putOperation(record) }
        #expect(try Quiet.named { try I15UnknownSurvives.whenQuiet(quiet.city) } == I15UnknownSurvives.name)
    }

    @Test("I16 names a row that its log does not make, and an outcome that judging again does not give")
    func audit() throws {
        let quiet = try Quiet()
        let row = try #require(try quiet.appeals().first)
        var other = row
        other[.registers, "channel"] = Item(value: "post", write: "office#00000000:1", commit: 1)
        try quiet.plant(other)
        #expect(try Quiet.named { try I16AuditReplay.whenQuiet(quiet.city) } == I16AuditReplay.name)
        try quiet.plant(row)
        var record = try quiet.decided(of: "roads") { $0.status == .accepted }.record
        record.status = .held
        try quiet.city.officeStore.write { [record] in try $0.putOperation(record) }
        #expect(try Quiet.named { try I16AuditReplay.whenQuiet(quiet.city) } == I16AuditReplay.name)
    }

    @Test("I17: the same seed gives the same trace and the same bytes; another end is told from it")
    func sameTrace() {
        var simulation = Simulation(seed: 11)
        simulation.steps = 60
        #expect(simulation.repeatsItself() == nil)
        let one = simulation.run()
        #expect(one.fingerprint == simulation.run().fingerprint)
        var other = Simulation(seed: 12)
        other.steps = 60
        #expect(I17SameTrace.difference(one, other.run()) != nil)
    }

    @Test("I18 names an act of the office that a reader held and that is not back, and a decision told otherwise")
    func survive() throws {
        let quiet = try Quiet()
        let key = try quiet.held(by: quiet.roads).key
        let item = Item(value: "post", write: "office#00000000:1", commit: 1 << 40)
        let name = ItemName(.registers, "channel")
        quiet.city.remembered = [Remembered(site: "roads", space: Space.appeals, name: name, key: key, item: item)]
        #expect(try Quiet.named { try Checkers.quiet(quiet.city) } == I18OfficeActsSurvive.name)
    }

    @Test("A repair without corruption, and what was forged, are named")
    func others() throws {
        let quiet = try Quiet()
        try quiet.plant(.repair, "a row", at: quiet.roads)
        #expect(try Quiet.named { try NoRepair.whenQuiet(quiet.city) } == NoRepair.name)
        let told = try Quiet()
        let site = told.roads
        let slice = try #require(try site.store.read { try $0.stream(Space.slice(site.name)) })
        let difference = try #require(Difference(office: slice.digest, slice.rows + 1, own: slice))
        try site.department.remember(difference, of: slice.name, now: 0)
        #expect(try Quiet.named { try NoRepair.whenQuiet(told.city) } == NoRepair.name)
        var appeal = try #require(try quiet.appeals().first)
        appeal[.registers, "external"] = Item(value: .string(Lie.forged), write: "office#00000000:7", commit: 1)
        try quiet.plant(appeal)
        #expect(try Quiet.named { try NothingForged.whenQuiet(quiet.city) } == NothingForged.name)
    }

    @Test("Session guarantees: a read that goes back, an own word that is not read, a write before what it had seen")
    func sessions() throws {
        let quiet = try Quiet()
        let city = quiet.city, roads = quiet.roads
        let row = try quiet.held(by: roads) { !CheckerTests.own($0).isEmpty }
        func read() throws -> String? {
            let view = try roads.store.read { try roads.department.view(row.key, $0, now: city.now) }
            return try Quiet.named { try SessionGuarantees.read(row.key, view, roads, city) }
        }
        #expect(try read() == nil)
        let copy = try row.aggregate()
        try quiet.plant(try CheckerTests.without(.facts, CheckerTests.own(copy)[0], copy), at: roads)
        #expect(try read() == SessionGuarantees.name)
        try quiet.plant(copy, at: roads)
        let decided = try quiet.decided(of: "roads") { $0.appeal == row.key }
        let former = try #require(city.watch.history.seen[History.key("roads", row.key)])
        city.watch.history.saw(
            "roads",
            row.key,
            History.Seen(era: former.era, shown: copy, pending: [], latest: 1 << 40)
        )
        city.watch.history.wrote("roads", row.key, decided.operation.write, id: decided.record.id)
        let judged = try Quiet.named { try SessionGuarantees.judge(Committed(operations: [decided]), in: city) }
        #expect(judged == SessionGuarantees.name)
    }
}
