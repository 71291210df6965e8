public import CanonicalJSON
import Cryptography

/// Who did it: a person in a role, by their ids.
public struct Actor: Hashable, Sendable {
    /// The id of the person in the directory.
    public let user: String
    /// One of `Kinds.officeRoles` or `Kinds.departmentRoles`, in which the person acts this time.
    public let role: String
    /// Through what; nil where the node does not say.
    public var via: Via?

    public init(user: String, role: String, via: Via? = nil) {
        self.user = user
        self.role = role
        self.via = via
    }

    var json: JSON {
        var object: JSONObject = ["role": .string(role), "user": .string(user)]
        object["via"] = via.map { .string($0.description) }
        return .object(object)
    }
}

/// What an author had seen: the positions in its slice and in reference.
///
/// Never falls along an origin's chain.
public struct Seen: Hashable, Sendable {
    /// Epoch of the slice; empty before the first snapshot.
    public var epoch: String
    /// Sequence read in the own slice.
    public var slice: Int64
    /// Sequence read in `reference`: it says which roles the author's node knew of.
    public var reference: Int64

    public init(epoch: String, slice: Int64, reference: Int64) {
        self.epoch = epoch
        self.slice = slice
        self.reference = reference
    }
}

/// One edit by one person, authored on one node, immutable and signed (DESIGN.md "Operations").
///
/// `Operation` is what was read from a line; `id` is the SHA-256 of the canonical `operation` object, and the
/// signature covers `Operation.signedPrefix` followed by that object.
public struct Operation: Sendable {
    /// The author's log.
    public var origin: Origin
    /// Its place in that log, from 1, without a hole.
    public var number: Int64
    /// The id of the operation before it in the log; empty at number 1.
    public var previous: String
    /// The appeal, or nil for an operation on reference.
    public var appeal: String?
    /// May be one that this version does not know.
    public var kind: String
    /// Register full name → write name of the value that the author was looking at, null if there was none.
    public var base: [String: String?]
    /// What entitles the author: an assignment, or the registration; nil for acts of the office and registrations.
    public var authority: String?
    /// What the author's node had read when it was made.
    public var seen: Seen
    /// When, by the node's clock: for display and order among facts, never for who wins.
    public var clock: HybridClock
    /// Who did it.
    public var actor: Actor
    /// The version of the body's form.
    public var schema: Int64
    /// The id of the operation that this one issues again, after a fork.
    public var reissues: String?
    /// The device on which it was made, if not on the node.
    public var device: Device?
    /// The command that it became (a UUID): decided once in a log.
    public var command: String?
    /// What was done, with its salt; what describes a person is in `personal`.
    public var body: JSONObject
    /// Stated instead of a body that was erased.
    public var erasedBodyDigest: String?
    /// Nil when erased or withheld.
    public var personal: JSONObject?
    /// Stated instead of a personal part that was erased or withheld.
    public var personalDigest: String?

    /// The name of what it writes, for ever.
    public var write: WriteName { WriteName(origin: origin, number: number) }
    /// The name of the k-th entity that this operation makes, from 1.
    public func entity(_ k: Int) -> String { "\(write)/\(k)" }

    /// What a signature's message begins with, so that no signed thing can be taken for another.
    public static let signedPrefix = Array("kartoteka operation 1\n".utf8)

    public init(
        origin: Origin,
        number: Int64,
        previous: String,
        appeal: String?,
        kind: String,
        authority: String?,
        seen: Seen,
        clock: HybridClock,
        actor: Actor,
        body: JSONObject,
        personal: JSONObject?
    ) {
        self.origin = origin
        self.number = number
        self.previous = previous
        self.appeal = appeal
        self.kind = kind
        self.base = [:]
        self.authority = authority
        self.seen = seen
        self.clock = clock
        self.actor = actor
        self.schema = Kinds.schema(of: kind, body, personal)
        self.body = body
        self.personal = personal
    }

    /// The canonical `operation` object, with the digests of its parts.
    public var envelope: JSONObject {
        var base = JSONObject()
        for (register, write) in self.base { base[register] = write.map(JSON.string) ?? .null }
        var digests: JSONObject = ["body": .string(erasedBodyDigest ?? Self.digest(body))]
        if let personalDigest = personal.map(Self.digest) ?? personalDigest {
            digests["personal"] = .string(personalDigest)
        }
        var object: JSONObject = [
            "actor": actor.json, "base": .object(base),
            "clock": .string(clock.description), "digests": .object(digests), "kind": .string(kind),
            "number": .integer(number), "origin": .string(origin.description), "previous": .string(previous),
            "schema": .integer(schema),
            "seen": [
                "epoch": .string(seen.epoch), "reference": .integer(seen.reference), "slice": .integer(seen.slice),
            ],
            "v": .integer(Limits.version),
        ]
        if let appeal { object["appeal"] = .string(appeal) }
        if let authority { object["authority"] = .string(authority) }
        if let reissues { object["reissues"] = .string(reissues) }
        if let device { object["device"] = ["at": .integer(device.at), "id": .string(device.id)] }
        if let command { object["command"] = .string(command) }
        return object
    }

    /// SHA-256 of the canonical text of a part.
    public static func digest(_ part: JSONObject) -> String { SHA256.hash(JSON.object(part).canonicalBytes()).hex }

    /// The message that the author's key signs.
    public static func message(envelope: [UInt8]) -> [UInt8] { signedPrefix + envelope }
}

/// An operation as it stands in a log: its parsed form, its id and the very bytes of its line.
public struct SignedOperation: Sendable {
    /// What the line says.
    public let operation: Operation
    /// 64 hexadecimal digits.
    public let id: String
    /// The canonical line, without the line feed.
    public let bytes: [UInt8]

    /// Signs what `operation` says; `sign` gets the message and gives 64 bytes r‖s.
    public init(_ operation: Operation, sign: ([UInt8]) throws -> [UInt8]) rethrows {
        let envelope = JSON.object(operation.envelope).canonicalBytes()
        let signature = try sign(Operation.message(envelope: envelope))
        self.operation = operation
        id = SHA256.hash(envelope).hex
        var line = Array("{".utf8)
        // One whose content was erased is signed again without it, when its log is issued again.
        if operation.erasedBodyDigest == nil {
            line += Array(#""body":"#.utf8)
            JSON.object(operation.body).appendCanonical(to: &line)
            line.append(UInt8(ascii: ","))
        }
        line += Array(#""operation":"#.utf8)
        line += envelope
        if let personal = operation.personal {
            line += Array(#","personal":"#.utf8)
            JSON.object(personal).appendCanonical(to: &line)
        }
        line += Self.beforeSignature
        line += Array(Base64.encode(signature).utf8)
        line += Self.afterSignature
        bytes = line
    }

    /// The signature is the last member of a canonical line: 64 bytes in base64 between these.
    private static let beforeSignature = Array(#","signature":""#.utf8)
    private static let afterSignature = Array("\"}".utf8)
    private static let signatureLength = 88

    /// What a canonical line says, without its signature.
    package static func unsigned(_ line: [UInt8]) -> ArraySlice<UInt8> {
        line.dropLast(beforeSignature.count + signatureLength + afterSignature.count)
    }

    /// The signature, 64 bytes r‖s.
    public var signature: [UInt8] {
        let text = bytes.dropLast(Self.afterSignature.count).suffix(Self.signatureLength)
        return Base64.decode(String(decoding: text, as: UTF8.self)) ?? []
    }

    /// The line without its content: what is left of an own operation on an erased appeal.
    ///
    /// Chain and signature still hold.
    public var stripped: [UInt8] { without(body: true, personal: true) }

    /// The line without parts that its reader may not see, whose digests stand for them.
    public func without(body: Bool, personal: Bool) -> [UInt8] {
        var line: JSONObject = [
            "operation": .object(operation.envelope), "signature": .string(Base64.encode(signature)),
        ]
        if !body, operation.erasedBodyDigest == nil { line["body"] = .object(operation.body) }
        if !personal { line["personal"] = operation.personal.map(JSON.object) }
        return JSON.object(line).canonicalBytes()
    }

    init(operation: Operation, id: String, bytes: [UInt8]) {
        self.operation = operation
        self.id = id
        self.bytes = bytes
    }
}
