import Appeals
import CanonicalJSON
import Testing

@testable import Replication

@Suite("After an upgrade")
struct UpgradeTests {
    /// A note that an office of an older program has held.
    private func heldAsNewer() throws -> (Town, appeal: String, note: SignedOperation) {
        let town = try Town("roads", "water")
        let appeal = try town.registers()
        try town.assigns(appeal, main: "roads")
        try town.sync("roads")
        let note = try town.notes("roads", appeal, "Від новішої програми")
        // As an office of an older program left it.
        let operation = note.operation
        let held = Outcome(
            origin: operation.origin,
            number: operation.number,
            id: note.id,
            status: .held,
            reason: .newer,
            commit: 1
        )
        try town.officeStore.write { transaction in
            try transaction.putOperation(OperationRecord(note, outcome: held, at: town.now))
            var origin = try #require(try transaction.origin(operation.origin))
            origin.last = operation.number
            origin.lastID = note.id
            try transaction.putOrigin(origin)
        }
        return (town, appeal, note)
    }

    @Test("only a program of a higher schema than the last one judges held work again")
    func higherAlone() throws {
        for (last, schema, judges) in [(1, 1, false), (2, 1, false), (1, 2, true), (0, 1, true)]
            as [(Int64, Int64, Bool)]
        {
            let (town, _, note) = try heldAsNewer()
            try town.officeStore.write { try $0.setValue(Values.schema, last) }
            let changed = try town.office.judgeNewerAgain(now: town.now, schema: schema)
            #expect(changed.isEmpty != judges, "\(last) → \(schema)")
            let record = try town.officeStore.read { try $0.operation(note.operation.origin, note.operation.number) }
            #expect(record?.status == (judges ? .accepted : .held))
            #expect(try town.officeStore.read { try $0.value(Values.schema) } == schema)
        }
    }

    @Test("what was held as newer is judged by itself, once, and its author hears it")
    func newer() throws {
        let (town, appeal, note) = try heldAsNewer()
        #expect(try town.office.judgeNewerAgain(now: town.now) == [Space.node("roads"), Space.slice("roads")])
        #expect(
            try town.confirmed(appeal).items(.facts).contains {
                $0.item.value["text"]?.string == "Від новішої програми"
            }
        )
        #expect(try town.office.judgeNewerAgain(now: town.now).isEmpty)
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
        #expect(try town.status(note) == "accepted")
    }

    @Test(
        "an office that was put back to before it judged again and its author agree, also without refreshing",
        arguments: [true, false],
        [true, false]
    )
    func putBack(refreshes: Bool, isMoved: Bool) throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        town.office.rules.unknownKinds = ["note.added"]
        let note = try town.notes("roads", appeal, "Від новішої програми")
        try town.sync("roads")
        #expect(try town.status(note) == "held newer")
        let backup = town.officeStore.copy()
        town.office.rules.unknownKinds = []
        _ = try town.office.judgeNewerAgain(now: town.now, schema: 9)
        try town.sync("roads")
        #expect(try town.status(note) == "accepted")
        try town.restoreOffice(to: backup)
        if isMoved {
            try town.assigns(appeal, main: "water")
            _ = try town.office.judgeNewerAgain(now: town.now, schema: 9)
        }
        town["roads"].department.rules.outcomesRefreshed = refreshes
        #expect(try town.syncAll())
        // What it said before comes back with the page that proves it; what it says since is told in `node:`.
        #expect(try town.status(note) == (isMoved ? "acceptedLate" : "accepted"))
        let (origin, number) = (note.operation.origin, note.operation.number)
        let stored = try town.officeStore.read { try $0.operation(origin, number) }
        #expect(stored?.status == (isMoved ? .acceptedLate : .accepted))
    }

    @Test("what a newer program made about an erased appeal is erased, not held with its words")
    func erased() throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        try town.sync("roads")
        let note = try town.notes("roads", appeal, "Слово")
        town.office.rules.unknownKinds = ["note.added"]
        try town.act("appeal.erased", appeal, by: "boss", "administrator", ["reason": "За рішенням"])
        _ = try town.push("roads", [note.bytes])
        let record = try town.officeStore.read { try $0.operation(note.operation.origin, note.operation.number) }
        #expect(record?.status == .erased)
        let bytes = record.map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(bytes?.contains("Слово") == false)
    }

    @Test("what came in time is not too late because the office waited for its upgrade")
    func inTime() throws {
        let (town, appeal, note) = try heldAsNewer()
        try town.assigns(appeal, main: "water")
        town.now += Int64(Policy.lateDays + 5) * 86_400_000
        _ = try town.office.judgeNewerAgain(now: town.now)
        let record = try town.officeStore.read { try $0.operation(note.operation.origin, note.operation.number) }
        #expect(record?.status == .acceptedLate)
    }

    @Test("a department numbers its registrations from its own series, whatever the incarnation")
    func series() throws {
        for (index, isTaken) in [("ROADS-І-1", true), ("ROADS.5b-І-1", true), ("WATER-І-1", false), ("І-1", false)] {
            let town = try Town("roads", "water")
            try town.sync("roads")
            let draft = {
                var draft = Draft(
                    kind: "appeal.registered",
                    appeal: town.uuid(7),
                    actor: Actor(user: "clerk", role: "clerk"),
                    body: Town.registration(index),
                    personal: ["text": "Прошу"]
                )
                draft.body["addressee"] = "department"
                return draft
            }()
            do {
                try town["roads"].department.act(now: town.now) { _ in draft }
                #expect(isTaken, "\(index)")
            } catch let refusal as Refusal {
                #expect(!isTaken && refusal.reason == .wrongIndex, "\(index): \(refusal)")
            }
        }
    }
}
