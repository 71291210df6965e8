import Appeals
import CanonicalJSON
import Cryptography
import Testing

@testable import Replication
@testable import Simulator

@Suite("The judges of a city: each names what is planted for it")
struct CheckerTests {
    private typealias Quiet = QuietCity

    @Test("agree with a city in which nothing is wrong, in memory and on disks", arguments: [4, 5] as [UInt64])
    func agree(seed: UInt64) throws {
        for profile in [Simulation.Profile.fast, .disk] {
            let quiet = try Quiet(seed: seed, steps: profile == .fast ? 90 : 40, profile: profile)
            #expect(try Quiet.named { try Checkers.quiet(quiet.city) } == nil)
        }
    }

    @Test("are one for each invariant of the design, and each is in the table")
    func complete() {
        for number in 1...18 { #expect(Checkers.names.contains { $0.hasPrefix("I\(number) ") }, "I\(number)") }
    }

    @Test("I1 names a copy that differs from what the office shows, and a digest that is not that of the rows")
    func convergence() throws {
        let quiet = try Quiet()
        var copy = try quiet.held(by: quiet.roads).aggregate()
        let former = copy
        copy[.registers, "channel"] = Item(value: "post", write: "office#00000000:1", commit: 1)
        try quiet.plant(copy, at: quiet.roads)
        #expect(try Quiet.named { try Checkers.quiet(quiet.city) } == I01Convergence.name)
        try quiet.plant(former, at: quiet.roads)
        try quiet.roads.store.write { transaction in
            var stream = try #require(try transaction.stream(Space.slice("roads")))
            stream.digest = .zero
            try transaction.putStream(stream)
        }
        #expect(try Quiet.named { try I01Convergence.whenQuiet(quiet.city) } == I01Convergence.name)
    }

    @Test("I2 names an appeal sent without a ground, an item beyond the role, a foreign stream and a foreign log")
    func leak() throws {
        let quiet = try Quiet()
        let city = quiet.city, roads = quiet.roads
        func judged(_ line: [UInt8], _ path: String = "/sync/v1/pull", stream: String = "slice:roads") throws -> String?
        {
            let epoch = try city.officeStore.read { try $0.value(Values.epoch) ?? "" }
            let last: JSON = ["reply": ["epoch": .string(epoch)]]
            let response = WireResponse(status: 200, body: line + [10] + last.canonicalBytes() + [10])
            let request = WireRequest("GET", path, query: [("stream", stream), ("origin", "water#00000000")])
            return try Quiet.named { try Checkers.reply(response, to: request, of: roads, in: city) }
        }
        func line(_ appeal: Appeals.Aggregate) -> [UInt8] {
            let line: JSON = ["row": appeal.json, "tenure": 1]
            return line.canonicalBytes()
        }
        let today = Today.date(city.now)
        let appeals = try quiet.appeals()
        let mine = try #require(appeals.first { Holding("roads", $0, today: today)?.role == "main" })
        let foreign = try #require(appeals.first { Holding("roads", $0, today: today) == nil })
        #expect(try judged(line(mine)) == nil)
        #expect(try judged(line(foreign)) == I02NoLeak.name)
        var more = mine
        more[.registers, "applicant.sex"] = Item(value: "f", write: "office#00000000:1", commit: 1)
        #expect(try judged(line(more)) == I02NoLeak.name)
        #expect(try judged(line(mine), stream: "slice:water") == I02NoLeak.name)
        #expect(try judged([123, 125], "/sync/v1/operations") == I02NoLeak.name)
    }

    @Test("I2 holds a co-executor to its open assignment's issue, whatever it was to do before")
    func narrowed() throws {
        var appeal = Appeals.Aggregate(id: "a")
        func put(_ name: String, _ value: JSON) {
            appeal[.registers, name] = Item(value: value, write: "office#00000000:1", commit: 1)
        }
        for (entity, state) in [("1", "superseded"), ("2", "issued")] {
            put("department@" + entity, "roads")
            put("role@" + entity, "co")
            put("state@" + entity, .string(state))
        }
        for issue in ["8", "9"] { put("issue@" + issue, 1) }
        put("issues@2", ["9"])
        put("question@8", "a question of others")
        let today = try #require(CivilDate("2026-02-02"))
        let holding = try #require(Holding("roads", appeal, today: today))
        #expect(!holding.maySee("registers", "question@8") && holding.maySee("registers", "question@9"))
        let view = try #require(Slice.views(of: appeal, today: today, office: "office")["roads"])
        #expect(view.issues == ["9"], "the product narrows it alike")
    }

    @Test("I3 names a word that is gone, an outcome that the design does not allow and an effect that is not there")
    func lostUpdate() throws {
        let quiet = try Quiet()
        let city = quiet.city
        let note = try quiet.decided(of: "office") { $0.kind == "note.added" }
        let id = try #require(note.operation.appeal)
        let after = try #require(try quiet.appeals().first { $0.id == id })
        let without = try Self.without(.facts, "note \(note.operation.write)", after)
        func judged(_ outcome: Outcome, _ after: Appeals.Aggregate) throws -> String? {
            let decided = Decided(record: note.record, operation: note.operation, outcome: outcome)
            let change = Committed.Change(before: without, after: after, isRecovered: false)
            let committed = Committed(operations: [decided], appeals: [id: change])
            return try Quiet.named { try I03NoLostUpdate.judge(committed, in: city) }
        }
        #expect(try judged(note.outcome, after) == nil)
        #expect(try judged(note.outcome, without) == I03NoLostUpdate.name)
        var refused = note.outcome
        refused.status = .refused
        refused.reason = .wrongState
        #expect(try judged(refused, without) == I03NoLostUpdate.name)
        try quiet.plant(without)
        #expect(try Quiet.named { try I03NoLostUpdate.whenQuiet(city) } == I03NoLostUpdate.name)
    }

    @Test("I3 names an author who still waits for what was decided")
    func untoldDecision() throws {
        let quiet = try Quiet()
        let city = quiet.city
        var record = try quiet.decided(of: "roads") { $0.appeal != nil }.record
        var appeal = try #require(try quiet.appeals().first { $0.id == record.appeal })
        let write = try SignedOperation(stored: record.bytes).operation.write
        appeal[.held, write.description] = Item(value: ["state": "adopted"], write: "office#00000000:1", commit: 1)
        try quiet.plant(appeal)
        record.status = .held
        record.decision = .adopted
        for store in [city.officeStore, quiet.roads.store] { try store.write { try $0.putOperation(record) } }
        #expect(try Quiet.named { try I03NoLostUpdate.whenQuiet(city) } == nil)
        record.decision = nil
        try quiet.roads.store.write { try $0.putOperation(record) }
        #expect(try Quiet.named { try I03NoLostUpdate.whenQuiet(city) } == I03NoLostUpdate.name)
    }

    @Test("I4 names a value that went without a trace, and a loser that no row names")
    func overwrite() throws {
        let quiet = try Quiet()
        let decided = try quiet.decided(of: "office") { $0.kind == "appeal.corrected" }
        let id = try #require(decided.operation.appeal)
        let after = try #require(try quiet.appeals().first { $0.id == id })
        var before = after
        before[.registers, "applicant.address"] = Item(value: "elsewhere", write: "roads#00000000:1", commit: 1)
        let change = Committed.Change(before: before, after: after, isRecovered: false)
        let committed = Committed(operations: [decided], appeals: [id: change])
        #expect(
            try Quiet.named { try I04NoSilentOverwrite.judge(committed, in: quiet.city) } == I04NoSilentOverwrite.name
        )
        var record = decided.record
        var outcome = decided.outcome
        outcome.status = .conflict
        outcome.registers = ["channel": .conflict]
        record.status = .conflict
        record.outcome = outcome.json.canonicalBytes()
        try quiet.city.officeStore.write { [record] in try $0.putOperation(record) }
        #expect(try Quiet.named { try I04NoSilentOverwrite.whenQuiet(quiet.city) } == I04NoSilentOverwrite.name)
    }

    @Test("I5 names a word that stands twice, and a log that gets other outcomes when it is sent again")
    func idempotence() throws {
        let quiet = try Quiet()
        let note = try quiet.decided(of: "roads") { $0.status == .accepted }
        var record = note.record
        record.id = String(repeating: "0", count: 64)
        try quiet.city.officeStore.write { [record] in try $0.putOperation(record) }
        #expect(try Quiet.named { try I05Idempotence.whenQuiet(quiet.city) } == I05Idempotence.name)
        let twice = try Quiet()
        var appeal = try #require(try twice.appeals().first { !$0.items(.facts, beginning: "note ").isEmpty })
        let item = try #require(appeal.items(.facts, beginning: "note ").first?.item)
        appeal[.facts, "note roads#00000000:1"] = item
        try twice.plant(appeal)
        #expect(try Quiet.named { try I05Idempotence.whenQuiet(twice.city) } == I05Idempotence.name)
    }

    @Test("I6 names a position that fell")
    func positions() throws {
        let quiet = try Quiet()
        #expect(try Quiet.named { try I06PositionsRise.whileBusy(quiet.city) } == nil)
        try quiet.roads.store.write { transaction in
            var stream = try #require(try transaction.stream(Space.slice("roads")))
            stream.head -= 1
            try transaction.putStream(stream)
        }
        #expect(try Quiet.named { try Checkers.step(0, quiet.city) } == I06PositionsRise.name)
    }

    @Test("I7 names an operation that is committed before the one it follows")
    func numberOrder() throws {
        let quiet = try Quiet()
        let decided = try quiet.decided(of: "roads") { $0.number > 1 }
        var outcome = decided.outcome
        outcome.commit = 1
        let early = Decided(record: decided.record, operation: decided.operation, outcome: outcome)
        let judge = { try I07NumberOrder.judge(Committed(operations: [$0]), in: quiet.city) }
        #expect(try Quiet.named { try judge(decided) } == nil)
        #expect(try Quiet.named { try judge(early) } == I07NumberOrder.name)
    }

    @Test("I8 names an own word that its author does not see")
    func ownEdits() throws {
        let quiet = try Quiet()
        let row = try quiet.held(by: quiet.roads) { !Self.own($0).isEmpty }
        let copy = try row.aggregate()
        try quiet.plant(try Self.without(.facts, Self.own(copy)[0], copy), at: quiet.roads)
        #expect(try Quiet.named { try I08OwnEditsVisible.whileBusy(quiet.city) } == I08OwnEditsVisible.name)
    }

    @Test("I9 names a second main executor")
    func oneMain() throws {
        let quiet = try Quiet()
        var appeal = try #require(try quiet.appeals().first { $0.register("mainExecutor") != nil })
        for (name, value) in [("department", "roads"), ("role", "main"), ("state", "issued")] {
            appeal[.registers, "\(name)@office#00000000:1/1"] = Item(
                value: .string(value),
                write: "office#00000000:1",
                commit: 1
            )
        }
        try quiet.plant(appeal)
        #expect(try Quiet.named { try I09OneMainExecutor.whenQuiet(quiet.city) } == I09OneMainExecutor.name)
    }

    static func own(_ appeal: Appeals.Aggregate) -> [String] {
        appeal.names(.facts).filter { $0.hasPrefix("note roads#") || $0.hasPrefix("answer@") && $0.contains(" roads#") }
    }

    static func without(_ section: Section, _ name: String, _ appeal: Appeals.Aggregate) throws -> Appeals.Aggregate {
        var part = Appeals.Aggregate(id: appeal.id)
        for other in appeal.allNames where other != ItemName(section, name) { part[other] = appeal[other] }
        return try Appeals.Aggregate(parsing: part.bytes)
    }
}
