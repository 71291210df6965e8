import Appeals
import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Replication

@Suite("A page gives way to others who write")
struct PaceTests {
    /// A millisecond passes whenever somebody looks.
    private func pace() -> Pace {
        let clock = Ticks()
        return Pace(longest: 4) {
            clock.now += 1
            return clock.now
        }
    }

    /// Of one thread.
    private final class Ticks: @unchecked Sendable { var now: Int64 = 0 }

    private func page(_ count: Int) throws -> (town: Town, appeal: String, notes: [SignedOperation]) {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        try town.sync("roads")
        return (town, appeal, try (0..<count).map { try town.notes("roads", appeal, "Примітка \($0)") })
    }

    private func push(_ town: Town, _ notes: [SignedOperation]) throws -> WireRequest {
        WireRequest(
            .push,
            query: [("epoch", town.epoch), ("origin", try town.origin("roads").origin.description)],
            body: Array(notes.map(\.bytes).joined(separator: [10])) + [10]
        )
    }

    @Test(
        "in pieces while somebody waits: one signed page, in order, and an act of the office between",
        arguments: [true, false]
    )
    func pieces(_ isWanted: Bool) throws {
        let (town, appeal, notes) = try page(30)
        let store = InterleavedStore(town.officeStore)
        store.isWanted = isWanted
        let office = town.interleavedOffice(store)
        office.pace = pace()
        var between: [(stored: Int64, commit: Int64)] = []
        store.between = { _ in
            let stored = try town.officeStore.read { try $0.origin(notes[0].operation.origin)?.last ?? 0 }
            guard stored > 0, stored < 30 else { return }
            let act = try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "Між частинами"])
            between.append((stored, act.commit))
        }
        let (replies, changed) = try office.handle(pushes: [(try push(town, notes), "roads")], now: town.now)
        let outcomes = try town.lines(replies[0]).compactMap { Outcome($0) }
        #expect(outcomes.map(\.number) == notes.map(\.operation.number))
        #expect(outcomes.allSatisfy { $0.status == .accepted })
        #expect(zip(outcomes, outcomes.dropFirst()).allSatisfy { $0.commit < $1.commit })
        #expect(town.last(replies[0])["stored"]?.integer == 30)
        #expect(changed == [Space.slice("roads")])
        #expect(between.isEmpty == !isWanted)
        #expect(between.count >= 6 || !isWanted, "\(between.count) acts went between")
        for act in between {
            // A piece has no more operations than the clock lets it, and the next one begins after the act.
            #expect(outcomes[Int(act.stored) - 1].commit < act.commit && act.commit < outcomes[Int(act.stored)].commit)
        }
        for (one, other) in zip(between, between.dropFirst()) { #expect(other.stored - one.stored <= 4) }
        #expect(try town.published() == [])
    }

    @Test("what was admitted before the power went is found when the page comes again")
    func cut() throws {
        struct Power: Error {}
        let (town, _, notes) = try page(12)
        let store = InterleavedStore(town.officeStore)
        store.isWanted = true
        let office = town.interleavedOffice(store)
        office.pace = pace()
        store.between = { _ in
            let stored = try town.officeStore.read { try $0.origin(notes[0].operation.origin)?.last ?? 0 }
            if stored > 4 { throw Power() }
        }
        #expect(throws: Power.self) {
            try office.handle(pushes: [(try push(town, notes), "roads")], now: town.now)
        }
        #expect(
            try town.answers(town.reply(push(town, notes), peer: "roads")) == Array(repeating: "accepted", count: 12)
        )
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
    }

    @Test(
        "a restore, a stop or a frozen key between two pieces refuses the rest",
        arguments: ["stopped", "restore", "frozen"]
    )
    func refused(_ what: String) throws {
        let (town, _, notes) = try page(12)
        let store = InterleavedStore(town.officeStore)
        store.isWanted = true
        let office = town.interleavedOffice(store)
        office.pace = pace()
        var isDone = false
        store.between = { _ in
            let origin = try town.officeStore.read { try $0.origin(notes[0].operation.origin) }
            guard let origin, origin.last > 0, !isDone else { return }
            isDone = true
            switch what {
            case "restore": try town.office.declareRestore(now: town.now)
            case "stopped": try town.officeStore.write { try $0.setValue(Values.stopped, "1") }
            default:
                var frozen = origin
                frozen.state = .frozen
                try town.officeStore.write { try $0.putOrigin(frozen) }
            }
        }
        let (replies, _) = try office.handle(pushes: [(try push(town, notes), "roads")], now: town.now)
        let expected: [String: ErrorCode] = ["restore": .epochChanged, "stopped": .stopped, "frozen": .frozen]
        #expect(replies[0].errorCode == expected[what])
    }

    @Test("acts of an import too, at the boundaries that it names", arguments: [true, false])
    func acts(_ isWanted: Bool) throws {
        let (town, appeal, _) = try page(0)
        let store = InterleavedStore(town.officeStore)
        store.isWanted = isWanted
        let office = town.interleavedOffice(store)
        office.pace = pace()
        var pieces: [Int] = []
        var left = 40
        while left > 0 {
            let done = try office.actInTurn(now: town.now, count: left, isWhole: { $0 % 3 == 0 || $0 == left }) {
                _,
                number in
                var draft = Draft(
                    kind: "note.added",
                    appeal: appeal,
                    actor: Actor(user: "olena", role: "registrar"),
                    body: JSONObject()
                )
                draft.personal = ["text": .string("Примітка \(number)")]
                return draft
            }
            #expect(done.outcomes.allSatisfy { $0.status == .accepted } && done.changed == [Space.slice("roads")])
            pieces.append(done.outcomes.count)
            left -= done.outcomes.count
        }
        #expect(pieces.reduce(0, +) == 40 && pieces.dropLast().allSatisfy { $0 % 3 == 0 }, "\(pieces)")
        #expect(isWanted ? pieces.count >= 4 && pieces.allSatisfy { $0 <= 12 } : pieces == [40], "\(pieces)")
        #expect(try town.published() == [])
    }

    @Test("rows of a former projection too: a chunk ends when somebody waits", arguments: [true, false])
    func projects(_ isWanted: Bool) throws {
        let town = try Town("roads")
        for _ in 0..<12 { _ = try town.registers(main: "roads") }
        try town.syncAll()
        let store = InterleavedStore(town.officeStore)
        store.isWanted = isWanted
        let office = town.interleavedOffice(store)
        office.projection = ProjectionTests.narrowed
        town.office.projection = office.projection
        try office.switchProjection()
        office.pace = pace()
        var chunks = 0
        while try !office.reproject(now: town.now).isThrough, chunks < 100 { chunks += 1 }
        #expect(isWanted ? chunks >= 3 : chunks <= 2, "\(chunks)")
        #expect(try town.published() == [])
        #expect(try town.syncAll() && town.agrees("roads"))
    }
}
