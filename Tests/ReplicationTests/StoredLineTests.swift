import CanonicalJSON
import Simulator
import Testing

@testable import Appeals
@testable import Replication

@Suite("Lines that were stored under other limits")
struct StoredLineTests {
    /// An own operation of the office that no node would take from another: its text is over the limit.
    private func plant(_ town: Town, on appeal: String) throws -> OperationRecord {
        try town.officeStore.write { transaction in
            let origin = Origin(node: "office", incarnation: try transaction.value(Values.incarnation) ?? "")
            var record = try #require(try transaction.origin(origin))
            let operation = Operation(
                origin: origin,
                number: record.last + 1,
                previous: record.lastID,
                appeal: appeal,
                kind: "note.added",
                authority: nil,
                seen: record.seen,
                clock: HybridClock(milliseconds: town.now),
                actor: Actor(user: "olena", role: "registrar"),
                body: ["salt": .string(String(repeating: "a", count: 32))],
                personal: [
                    "salt": .string(String(repeating: "b", count: 32)),
                    "text": .string(String(repeating: "ї", count: 40_000)),
                ]
            )
            let signed = SignedOperation(operation, sign: TwinSigner("office").sign)
            let stored = OperationRecord(
                origin: origin,
                number: record.last + 1,
                id: signed.id,
                appeal: appeal,
                kind: "note.added",
                bytes: signed.bytes,
                outcome: nil,
                status: .refused,
                commit: 0,
                at: town.now
            )
            try transaction.putOperation(stored)
            record.last += 1
            record.lastID = signed.id
            try transaction.putOrigin(record)
            return stored
        }
    }

    @Test("are read from the store, not from a peer; what follows them goes on, and an erasure strips them")
    func read() throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        let planted = try plant(town, on: appeal)
        #expect(throws: UnreadableOperation.self) { try SignedOperation(line: planted.bytes) }
        #expect(try planted.signed().id == planted.id)
        #expect(
            try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "Далі"]).status == .accepted
        )
        try town.act("appeal.erased", appeal, by: "boss", "administrator", ["reason": "За рішенням"])
        let left = try #require(try town.officeStore.read { try $0.operation(planted.origin, planted.number) })
        let read = try left.signed()
        #expect(read.id == planted.id && read.operation.personal == nil && left.bytes.count < 2_000)
    }
}
