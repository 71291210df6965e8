import Appeals
import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Replication

@Suite("A command, a witness and what is reserved")
struct CommandTests {
    /// A repetition asked for its draft.
    private struct Repeated: Error {}

    private static let command = "01995c3a-0000-7000-8000-0000000000c1"

    private func note(_ appeal: String, _ text: String, by user: (String, String)) -> Draft {
        Draft(
            kind: "note.added",
            appeal: appeal,
            actor: Actor(user: user.0, role: user.1, via: .owner),
            body: [:],
            personal: ["text": .string(text)]
        )
    }

    @Test("repeated at the office is answered from its operation, also under a new incarnation")
    func office() throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        let draft = note(appeal, "перша", by: ("olena", "registrar"))
        let first = try town.office.act(now: town.now, command: Self.command) { _ in draft }.outcome
        // Nothing is drafted again: a number drawn for it would be a gap in its series.
        let again = try town.office.act(now: town.now + 5_000, command: Self.command) { _ in throw Repeated() }
        #expect(again.outcome == first && again.changed.isEmpty)
        try town.restoreOffice(to: town.officeStore)
        #expect(try town.office.act(now: town.now + 9_000, command: Self.command) { _ in draft }.outcome == first)
        #expect(try town.confirmed(appeal).items(.facts, beginning: "note").count == 1)
    }

    @Test("repeated at a department is answered from its operation, also after the office has decided")
    func department() throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        let department = town["roads"].department
        let first = try department.act(now: town.now, command: Self.command) { _ in
            note(appeal, "перша", by: ("clerk", "clerk"))
        }
        #expect(first.operation.command == Self.command && first.operation.actor.via == .owner)
        try town.syncAll()
        let again = try department.act(now: town.now, command: Self.command) { _ in throw Repeated() }
        #expect(again.id == first.id)
        try department.declareRestore()
        #expect(
            try department.act(now: town.now, command: Self.command) { _ in
                note(appeal, "третя", by: ("clerk", "clerk"))
            }.id == first.id
        )
    }

    @Test("of two operations of one log is a lie of its node: the second is refused and keeps its place")
    func twice() throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        let first = try town["roads"].department.act(now: town.now, command: Self.command) { _ in
            note(appeal, "перша", by: ("clerk", "clerk"))
        }
        var second = first.operation
        second.number = first.operation.number + 1
        second.previous = first.id
        let signed = SignedOperation(second, sign: TwinSigner("roads").sign)
        #expect(
            try town.answers(try town.push("roads", [first.bytes, signed.bytes])) == [
                "accepted", "refused commandUsed",
            ]
        )
        let record = try town.officeStore.read { try $0.operation(second.origin, second.number) }
        #expect(record?.command == nil && record?.bytes == signed.bytes)
    }

    // MARK: witness

    /// An Ed25519 key in its DER form (RFC 8032, test 1).
    private static let key: [UInt8] =
        [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
        + [
            0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1,
            0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
        ]

    @Test("of a witness the key is kept with its incarnation, and ends with it; another signature is a bad request")
    func witness() throws {
        let town = try Town("roads", "water")
        let origin = try town.origin("roads").origin
        func greets(_ signer: String, _ of: Origin) throws -> String {
            try town.greeting("roads") {
                $0.witness = try Witness(key: Self.key, origin: of, signer: TwinSigner(signer))
            }
        }
        let other = Origin(node: "roads", incarnation: "ffffffff")
        #expect(try greets("water", origin) == "badRequest" && greets("roads", other) == "badRequest")
        #expect(try town.officeStore.read { try town.office.witness(of: origin, $0) } == nil)
        #expect(try greets("roads", origin) == "new")
        #expect(try town.officeStore.read { try town.office.witness(of: origin, $0) } == Self.key)
        try town["roads"].department.declareRestore()
        try town.sync("roads")
        #expect(try town.officeStore.read { try town.office.witness(of: origin, $0) } == nil)
    }

    @Test("of a witness any other form is refused")
    func witnessForm() throws {
        let signature = JSON.string(Base64.encode([UInt8](repeating: 1, count: 64)))
        func isRead(_ key: [UInt8], _ more: JSONObject = [:]) -> Bool {
            var object: JSONObject = ["key": .string(Base64.encode(key)), "signature": signature]
            for (name, value) in more.members { object[name] = value }
            return Witness(.object(object)) != nil
        }
        #expect(isRead(Self.key))
        #expect(!isRead(Array(Self.key.dropLast())) && !isRead(Self.key + [0]) && !isRead([]))
        #expect(!isRead(Self.key, ["more": 1]) && !isRead(Self.key, ["signature": "AAAA"]))
    }

    // MARK: reserved

    @Test("that are reserved are answered as unknown, and say that they are reserved")
    func reserved() throws {
        let town = try Town("roads")
        for name in ReservedCalls.names.sorted() + ["blobs/0123"] {
            let reply = try town.reply(WireRequest("GET", ProtocolCall.prefix + name), peer: "roads")
            #expect(reply.errorCode == .unknownCall)
            #expect(String(decoding: reply.body, as: UTF8.self).contains("reserved"), "\(name)")
        }
        let other = try town.reply(WireRequest("GET", "/sync/v1/blobsy"), peer: "roads")
        #expect(!String(decoding: other.body, as: UTF8.self).contains("reserved"))
    }
}
