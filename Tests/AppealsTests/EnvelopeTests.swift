import CanonicalJSON
import Testing

@testable import Appeals

@Suite("What an envelope may say besides")
struct EnvelopeTests {
    private static let command = "01995c3a-0000-7000-8000-0000000000c1"

    private func line(_ change: (inout Operation) -> Void = { _ in }) -> SignedOperation {
        var operation = Operation(
            origin: Origin(node: "roads", incarnation: "00000000"),
            number: 1,
            previous: "",
            appeal: Scene.appeal,
            kind: "note.added",
            authority: nil,
            seen: Seen(epoch: "", slice: 0, reference: 0),
            clock: HybridClock(milliseconds: 1),
            actor: Actor(user: "clerk", role: "clerk"),
            body: ["salt": "00000000000000000000000000000000"],
            personal: nil
        )
        change(&operation)
        return SignedOperation(operation) { _ in [UInt8](repeating: 7, count: 64) }
    }

    /// The line with one member of its envelope replaced, as nobody's program would write it.
    private func read(_ member: String, _ value: JSON) -> String {
        var envelope = line().operation.envelope
        envelope[member] = value
        let forged: JSON = [
            "body": .object(line().operation.body), "operation": .object(envelope),
            "signature": .string(String(repeating: "A", count: 86) + "=="),
        ]
        do {
            _ = try SignedOperation(line: forged.canonicalBytes())
            return "read"
        } catch { return error.path }
    }

    @Test("is read as it was written: through what, on which device, by which command")
    func roundTrip() throws {
        for via in ["owner", "session:0123456789abcdef", "device:0123456789abcdef", "token:0123456789abcdef"] {
            let signed = line {
                $0.actor.via = Via(via)
                $0.device = Device(id: "tablet-1", at: 1_770_714_000_000)
                $0.command = Self.command
            }
            let read = try SignedOperation(line: signed.bytes)
            #expect(read.operation.actor.via?.description == via)
            #expect(read.operation.device == signed.operation.device && read.operation.command == Self.command)
            #expect(read.id == signed.id && read.operation.envelope == signed.operation.envelope)
        }
        #expect(try SignedOperation(line: line().bytes).operation.actor.via == nil)
    }

    @Test("is closed: another form, a member more or an unknown one makes the line unreadable")
    func closed() {
        func actor(_ via: JSON) -> JSON { ["role": "clerk", "user": "clerk", "via": via] }
        for via in [
            "owner:0123456789abcdef", "session", "session:", "session:0123", "token:0123456789ABCDEF",
            "portal:0123456789abcdef",
            "", 1, .null,
        ] as [JSON] {
            #expect(read("actor", actor(via)) == "operation.actor.via", "\(via)")
        }
        #expect(read("actor", actor("owner")) == "read")
        #expect(read("actor", ["role": "clerk", "user": "clerk", "more": "x"]) == "operation.actor")
        for device in [
            [:], ["id": "tablet"], ["id": "tablet", "at": -1], ["id": "Tablet", "at": 1], ["id": "tablet", "at": "1"],
            ["id": "tablet", "at": 1, "more": 1], "tablet", .null,
        ] as [JSON] {
            #expect(read("device", device) == "operation.device", "\(device)")
        }
        #expect(read("device", ["id": "tablet", "at": 1]) == "read")
        for command in ["", "x", .string(Self.command.uppercased()), 1] as [JSON] {
            #expect(read("command", command) == "operation.command", "\(command)")
        }
        #expect(read("command", .string(Self.command)) == "read")
        #expect(read("reserved", "x") == "operation.reserved")
    }
}
