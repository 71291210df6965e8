import Appeals
import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Replication

@Suite("Admission at the office")
struct AdmissionTests {
    /// Roads knows its appeal and has greeted the office.
    private func town(_ count: Int = 1) throws -> (Town, [String]) {
        let town = try Town("roads", "water")
        let appeals = try (0..<count).map { _ in try town.registers(main: "roads") }
        try town.sync("roads")
        return (town, appeals)
    }

    @Test("each line of a page gets its outcome, in order")
    func outcomes() throws {
        let (town, appeals) = try town()
        let notes = try (1...3).map { try town.notes("roads", appeals[0], "Примітка \($0)").bytes }
        #expect(try town.answers(town.push("roads", notes)) == ["accepted", "accepted", "accepted"])
        #expect(try town.confirmed(appeals[0]).names(.facts).filter { $0.hasPrefix("note ") }.count == 3)
    }

    @Test("an unreadable line is answered by its place, nothing of it is stored, the lines after it get a gap")
    func unreadable() throws {
        let (town, appeals) = try town()
        let notes = try (1...4).map { try town.notes("roads", appeals[0], "Примітка \($0)").bytes }
        let broken = Array("{\"operation\":".utf8)
        let response = try town.push("roads", [notes[0], broken, notes[2], notes[3]])
        #expect(try town.answers(response) == ["accepted", "unreadable 1 ", "gap 2", "gap 2"])
        #expect(town.last(response)["stored"]?.integer == 1)
    }

    @Test("a skipped number gets a gap with the number wanted")
    func gap() throws {
        let (town, appeals) = try town()
        let notes = try (1...3).map { try town.notes("roads", appeals[0], "Примітка \($0)").bytes }
        #expect(try town.answers(town.push("roads", [notes[2]])) == ["gap 1"])
        #expect(try town.answers(town.push("roads", [notes[0], notes[2]])) == ["accepted", "gap 2"])
    }

    @Test("a repeated operation gets its stored outcome byte for byte, and has no second effect")
    func duplicate() throws {
        let (town, appeals) = try town()
        let note = try town.notes("roads", appeals[0]).bytes
        let first = try town.push("roads", [note])
        let before = try town.confirmed(appeals[0])
        town.now += 5_000
        let second = try town.push("roads", [note, note])
        let line = Lines.split(first.body)[0]
        #expect(Array(Lines.split(second.body)[0]) == Array(line) && Array(Lines.split(second.body)[1]) == Array(line))
        let isSame = try town.confirmed(appeals[0]) == before
        #expect(isSame)
    }

    @Test("another operation under a number that is there is a fork, also with another former one")
    func fork() throws {
        let (town, appeals) = try town()
        let disk = town["roads"].store.copy()
        let first = try town.notes("roads", appeals[0], "Одна").bytes
        try #require(try town.answers(town.push("roads", [first])) == ["accepted"])
        town.restart("roads", on: disk)
        town.now += 1
        let other = try town.notes("roads", appeals[0], "Інша").bytes
        let next = try town.notes("roads", appeals[0], "Друга").bytes
        #expect(try town.answers(town.push("roads", [other, next])) == ["fork 1", "gap 2"])
        #expect(try town.answers(town.push("roads", [next])) == ["fork 1"])
    }

    @Test("a signature of another key, or of another operation, is unreadable")
    func forged() throws {
        let (town, appeals) = try town()
        let signed = try town.notes("roads", appeals[0])
        let forged = SignedOperation(signed.operation, sign: TwinSigner("water").sign)
        #expect(try town.answers(town.push("roads", [forged.bytes])) == ["unreadable 0 signature"])
        var other = signed.operation
        other.actor = Actor(user: "head", role: "head")
        let moved = SignedOperation(other) { _ in signed.signature }
        #expect(try town.answers(town.push("roads", [moved.bytes])) == ["unreadable 0 signature"])
        #expect(try town.answers(town.push("roads", [signed.bytes])) == ["accepted"])
    }

    @Test("a page of a foreign origin is refused, a foreign line in one's own page is unreadable")
    func foreignOrigin() throws {
        let (town, appeals) = try town()
        try town.sync("water")
        let note = try town.notes("roads", appeals[0]).bytes
        #expect(try town.answers(town.push("roads", [note], peer: "water")) == ["badRequest"])
        #expect(try town.answers(town.push("water", [note])) == ["unreadable 0 operation.origin"])
    }

    @Test("a page of another epoch is not admitted")
    func epoch() throws {
        let (town, appeals) = try town()
        let note = try town.notes("roads", appeals[0]).bytes
        #expect(
            try town.answers(town.push("roads", [note], epoch: String(repeating: "0", count: 32))) == ["epochChanged"]
        )
        #expect(try town.answers(town.push("roads", [note])) == ["accepted"])
    }

    @Test("an incarnation that the office has not greeted needs a hello")
    func unknownIncarnation() throws {
        let (town, appeals) = try town()
        try town["roads"].department.declareRestore()
        let note = try town.notes("roads", appeals[0]).bytes
        #expect(try town.answers(town.push("roads", [note])) == ["helloNeeded"])
    }

    @Test("a closed or frozen incarnation takes nothing more", arguments: [OriginRecord.State.closed, .frozen])
    func ended(state: OriginRecord.State) throws {
        let (town, appeals) = try town()
        let note = try town.notes("roads", appeals[0]).bytes
        let origin = try town.origin("roads").origin
        try town.officeStore.write { transaction in
            var record = try #require(try transaction.origin(origin))
            record.state = state
            try transaction.putOrigin(record)
        }
        #expect(try town.answers(town.push("roads", [note])) == [state == .frozen ? "frozen" : "clone"])
    }

    @Test("an operation for a foreign appeal is refused and counted as a lie")
    func foreignAppeal() throws {
        let (town, appeals) = try town()
        let foreign = try town.registers(main: "water")
        var operation = try town.notes("roads", appeals[0]).operation
        operation.appeal = foreign
        let signed = SignedOperation(operation, sign: TwinSigner("roads").sign)
        #expect(try town.answers(town.push("roads", [signed.bytes])) == ["refused authorityUnknown"])
        #expect(try town.confirmed(foreign).names(.facts).allSatisfy { !$0.hasPrefix("note ") })
        #expect(
            try town.tray(town.officeStore, .alarm).contains {
                $0.subject == "roads" || $0.subject.hasPrefix("roads#")
            }
        )
    }

    @Test("an operation for an unknown appeal is refused, and the next one goes on")
    func unknownAppeal() throws {
        let (town, appeals) = try town()
        var operation = try town.notes("roads", appeals[0]).operation
        operation.appeal = town.uuid(999)
        let signed = SignedOperation(operation, sign: TwinSigner("roads").sign)
        var next = try town.notes("roads", appeals[0]).operation
        next.previous = signed.id
        let second = SignedOperation(next, sign: TwinSigner("roads").sign)
        #expect(
            try town.answers(town.push("roads", [signed.bytes, second.bytes])) == ["refused unknownAppeal", "accepted"]
        )
    }

    @Test("a line that the office cannot read never stops the next ones: it is stepped over, the rest is issued again")
    func poison() throws {
        let (town, appeals) = try town()
        let first = try town.notes("roads", appeals[0], "Перша")
        let poison = try town.notes("roads", appeals[0], "Отрута")
        try town.notes("roads", appeals[0], "Третя")
        try town["roads"].store.write { transaction in
            var record = try #require(try transaction.operation(poison.operation.origin, 2))
            record.bytes = Array("{\"operation\":null}".utf8)
            try transaction.putOperation(record)
        }
        #expect(try town.sync("roads"))
        let texts = try town.confirmed(appeals[0]).items(.facts).compactMap { $0.item.value["text"]?.string }
        #expect(texts.contains("Перша") && texts.contains("Третя") && !texts.contains("Отрута"))
        let quarantined = try town.tray(town["roads"].store, .quarantine)
        #expect(quarantined.map(\.subject) == [poison.operation.write.description])
        #expect(try town.origin("roads").origin != first.operation.origin)
        #expect(try town.status(first) == "accepted")
    }

    @Test("too large a page is refused as a whole")
    func pageSize() throws {
        let (town, _) = try town()
        let lines = [[UInt8]](repeating: Array("{}".utf8), count: 1_001)
        #expect(try town.answers(town.push("roads", lines)) == ["tooLarge"])
    }

    @Test("of two equal registration indices the later gets a new one and keeps the old")
    func equalIndex() throws {
        let (town, _) = try town()
        let second = town.uuid(50)
        try town.act(
            "appeal.registered",
            second,
            by: "olena",
            "registrar",
            Town.registration("К-1"),
            personal: Town.applicant
        )
        #expect(try town.confirmed(second).register("index")?.string == "К-1-2")
        #expect(try town.confirmed(second).register("formerIndex")?.string == "К-1")
    }

    @Test("an appeal that would exceed 4 MiB takes no more, and says so")
    func full() throws {
        let (town, appeals) = try town()
        let text: JSONObject = ["text": .string(String(repeating: "x", count: Limits.text))]
        try town.officeStore.write { transaction in
            var state = try #require(try transaction.row(Space.appeals, generation: 0, key: appeals[0])).aggregate()
            for number in 1...84 {
                state[.facts, "note office#00000000:\(number)"] = Item(
                    value: .object(text),
                    write: "office#00000000:\(number)",
                    commit: 1
                )
            }
            try transaction.putRow(Space.appeals, generation: 0, Row(state))
        }
        func note() throws -> String {
            do {
                return try town.act("note.added", appeals[0], by: "olena", "registrar", personal: text).status.rawValue
            } catch let refusal as Refusal { return refusal.reason.rawValue }
        }
        #expect(try note() == "accepted")
        #expect(try note() == "appealFull")
        let size = try town.officeStore.read {
            try $0.row(Space.appeals, generation: 0, key: appeals[0])?.bytes.count ?? 0
        }
        #expect(size <= Limits.appeal)
    }

    @Test("what a verified backup holds is durable, up to what is there, and never less")
    func durable() throws {
        let (town, appeals) = try town()
        let notes = try (1...3).map { try town.notes("roads", appeals[0], "Примітка \($0)").bytes }
        let origin = try town.origin("roads").origin
        #expect(town.last(try town.push("roads", [notes[0], notes[1]]))["durable"] == nil)
        try town.office.markDurable([origin: 9])
        #expect(town.last(try town.push("roads", [notes[2]]))["durable"]?["number"]?.integer == 2)
        try town.office.markDurable([origin: 1])
        #expect(town.last(try town.push("roads", [notes[2]]))["durable"]?["number"]?.integer == 2)
    }

    @Test("a node's unsigned word erases nothing at an office that was not restored")
    func erasuresOfAHello() throws {
        let (town, appeals) = try town()
        let foreign = try town.registers(main: "water")
        #expect(try town.greeting("roads") { $0.erasures = [ErasureRecord(appeal: foreign, seal: "")] } == "known")
        #expect(try town.confirmed(foreign).register("index") != nil)
        #expect(try town.confirmed(appeals[0]).register("index") != nil)
    }

    @Test("a call that is none, and a body that is no hello, are refused with what to do")
    func badCalls() throws {
        let (town, _) = try town()
        #expect(try town.reply(WireRequest("GET", "/sync/v1/push"), peer: "roads").errorCode == .unknownCall)
        for body in ["", "{}", "[]", "{\"version\":1}"] {
            #expect(
                try town.reply(WireRequest(.hello, body: Array(body.utf8)), peer: "roads").errorCode
                    == .badRequest,
                "\(body)"
            )
        }
        var twice = try town.hello("roads")
        twice.body += twice.body
        #expect(try town.reply(twice, peer: "roads").errorCode == .badRequest)
        for code in ErrorCode.allCases { #expect(!code.remedy.isEmpty) }
    }
}
