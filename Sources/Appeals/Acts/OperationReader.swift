import CanonicalJSON
public import Cryptography

/// Why a line is not an operation: where in it, and the reason.
///
/// Its code in protocol.md is `unreadable`.
public struct UnreadableOperation: Error, Equatable, Sendable, CustomStringConvertible {
    /// The path inside the line (`operation.base`), or empty for the line as a whole.
    public let path: String
    /// In English, for logs and for the peer.
    public let reason: String
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
    public var description: String { path.isEmpty ? reason : "\(path): \(reason)" }
}

extension SignedOperation {
    /// Reads one line strictly: canonical JSON within the limits, a closed envelope, digests that agree.
    ///
    /// The signature is not judged here, since whose key it needs is known only to the caller (`verifies(with:)`).
    public init(line: [UInt8]) throws(UnreadableOperation) {
        guard line.count <= Limits.operation else {
            throw UnreadableOperation(
                path: "",
                reason: "the line has \(line.count) bytes, at most \(Limits.operation) are allowed"
            )
        }
        try self.init(line, within: Limits.operationJSON, bases: Limits.effects)
    }

    /// Reads a line of the node's own store, or of what another node has stored: whatever today's limits are.
    public init(stored: [UInt8]) throws(UnreadableOperation) {
        try self.init(stored, within: Limits.storedJSON, bases: .max)
    }

    private init(_ line: [UInt8], within limits: JSONLimits, bases: Int) throws(UnreadableOperation) {
        let json: JSON
        do { json = try JSON(canonical: line, limits: limits) } catch {
            throw UnreadableOperation(path: "", reason: "byte \(error.offset): \(error.reason)")
        }
        guard let object = json.object else { throw UnreadableOperation(path: "", reason: "it is not an object") }
        for (key, _) in object.members where !Self.members.contains(key) {
            throw UnreadableOperation(path: key, reason: "unknown field of an operation of version \(Limits.version)")
        }
        guard let envelope = object["operation"]?.object else {
            throw UnreadableOperation(path: "operation", reason: "missing, or not an object")
        }
        let body = object["body"]
        if let body, body.object == nil { throw UnreadableOperation(path: "body", reason: "not an object") }
        let personal = object["personal"]
        if let personal, personal.object == nil { throw UnreadableOperation(path: "personal", reason: "not an object") }
        guard let signature = object["signature"]?.string, Base64.decode(signature)?.count == 64 else {
            throw UnreadableOperation(path: "signature", reason: "missing, or not the base64 of 64 bytes")
        }
        var reader = EnvelopeReader(object: envelope, bases: bases)
        let parts = Self.parts(of: line)
        let operation = try reader.read(
            body: body?.object,
            personal: personal?.object,
            bodyDigest: parts.body.map { SHA256.hash(line[$0]).hex },
            personalDigest: parts.personal.map { SHA256.hash(line[$0]).hex }
        )
        self.init(operation: operation, id: SHA256.hash(line[parts.operation]).hex, bytes: line)
    }

    /// The canonical `operation` object, as it stands in the line.
    public var envelope: [UInt8] { Array(bytes[Self.parts(of: bytes).operation]) }

    private static let members: [String] = ["body", "operation", "personal", "signature"]
    private struct Parts {
        var body: Range<Int>?
        var operation = 0..<0
        var personal: Range<Int>?
    }

    /// Where the members of a canonical line stand: their bytes are their canonical text themselves.
    private static func parts(of line: [UInt8]) -> Parts {
        JSONWalker.walk(line.span) { walker in
            var parts = Parts()
            var members = walker.members(of: walker.root)
            while let member = members.next() {
                if walker.holds(member.key, "body") {
                    parts.body = member.value
                } else if walker.holds(member.key, "operation") {
                    parts.operation = member.value
                } else if walker.holds(member.key, "personal") {
                    parts.personal = member.value
                }
            }
            return parts
        }
    }

    /// Whether this key signed these very bytes.
    public func verifies(with key: PublicKey) -> Bool {
        key.verifies(signature, over: Operation.message(envelope: envelope))
    }
}

/// Reads the closed envelope of an operation, field by field.
private struct EnvelopeReader {
    let object: JSONObject
    /// How many registers `base` may name.
    let bases: Int
    private static let known = [
        "actor", "appeal", "authority", "base", "clock", "command", "device", "digests", "kind", "number", "origin",
        "previous", "reissues",
        "schema",
        "seen", "v",
    ]

    /// Body and personal part, with the digests of their bytes; nil for a part that is not in the line.
    mutating func read(
        body: JSONObject?,
        personal: JSONObject?,
        bodyDigest: String?,
        personalDigest: String?
    ) throws(UnreadableOperation) -> Operation {
        for (key, _) in object.members where !Self.known.contains(key) {
            throw refusal(key, "unknown field of the envelope")
        }
        guard object["v"]?.integer == Limits.version else {
            throw refusal("v", "this node speaks version \(Limits.version)")
        }
        guard let origin = try Origin(string("origin")) else { throw refusal("origin", "not node#incarnation") }
        guard let number = object["number"]?.integer, number >= 1 else {
            throw refusal("number", "not a number from 1")
        }
        let previous = try string("previous")
        guard number == 1 ? previous.isEmpty : Names.isHex(previous, count: 64) else {
            throw refusal("previous", "not the id of the operation before (empty at number 1)")
        }
        let appeal = try optional("appeal")
        if let appeal, !Names.isAppeal(appeal) { throw refusal("appeal", "not a UUID in lower case") }
        let kind = try string("kind")
        guard Names.isDotted(kind) else { throw refusal("kind", "not a kind of operation") }
        let authority = try optional("authority")
        if let authority, WriteName(authority) == nil { throw refusal("authority", "not the name of a write") }
        guard let clock = try HybridClock(string("clock")) else { throw refusal("clock", "not a hybrid clock") }
        guard let schema = object["schema"]?.integer, schema >= 1 else {
            throw refusal("schema", "not a number from 1")
        }
        var operation = Operation(
            origin: origin,
            number: number,
            previous: previous,
            appeal: appeal,
            kind: kind,
            authority: authority,
            seen: try seen(),
            clock: clock,
            actor: try actor(),
            body: body ?? JSONObject(),
            personal: personal
        )
        operation.schema = schema
        operation.base = try base()
        operation.reissues = try optional("reissues")
        if let reissues = operation.reissues, !Names.isHex(reissues, count: 64) {
            throw refusal("reissues", "not the id of an operation")
        }
        operation.device = try device()
        operation.command = try optional("command")
        if let command = operation.command, !Names.isAppeal(command) {
            throw refusal("command", "not a UUID in lower case")
        }
        operation.personalDigest = try digests(body: bodyDigest, personal: personalDigest)
        if body == nil { operation.erasedBodyDigest = object["digests"]?["body"]?.string }
        return operation
    }

    private func refusal(_ field: String, _ reason: String) -> UnreadableOperation {
        UnreadableOperation(path: "operation." + field, reason: reason)
    }

    private func string(_ field: String) throws(UnreadableOperation) -> String {
        guard let text = object[field]?.string, text.utf8.count <= 128 else {
            throw refusal(field, "missing, or not a short string")
        }
        return text
    }

    private func optional(_ field: String) throws(UnreadableOperation) -> String? {
        object[field] == nil ? nil : try string(field)
    }

    private func seen() throws(UnreadableOperation) -> Seen {
        guard let seen = object["seen"]?.object, seen.count == 3, let epoch = seen["epoch"]?.string,
            Names.isHex(epoch, count: 32) || epoch.isEmpty,
            let slice = seen["slice"]?.integer, let reference = seen["reference"]?.integer, slice >= 0, reference >= 0
        else { throw refusal("seen", "not {epoch, slice, reference}") }
        return Seen(epoch: epoch, slice: slice, reference: reference)
    }

    private func actor() throws(UnreadableOperation) -> Actor {
        guard let actor = object["actor"]?.object, let user = actor["user"]?.string,
            let role = actor["role"]?.string, Names.isIdentifier(user), Names.isDotted(role),
            actor.count == (actor["via"] == nil ? 2 : 3)
        else { throw refusal("actor", "not {user, role, via}") }
        guard let shown = actor["via"] else { return Actor(user: user, role: role) }
        guard let via = shown.string.flatMap({ Via($0) }) else {
            throw refusal("actor.via", "neither owner nor session, device or token with 16 hexadecimal digits")
        }
        return Actor(user: user, role: role, via: via)
    }

    private func device() throws(UnreadableOperation) -> Device? {
        guard let said = object["device"] else { return nil }
        guard let device = said.object, device.count == 2, let id = device["id"]?.string, Names.isIdentifier(id),
            let at = device["at"]?.integer, at >= 0
        else { throw refusal("device", "not {id, at}") }
        return Device(id: id, at: at)
    }

    private func base() throws(UnreadableOperation) -> [String: String?] {
        guard let base = object["base"]?.object, base.count <= bases else {
            throw refusal("base", "not an object of at most \(bases) registers")
        }
        var result: [String: String?] = [:]
        for (register, value) in base.members {
            guard Names.isRegister(register) else { throw refusal("base." + register, "not the name of a register") }
            if value.isNull {
                result[register] = .some(nil)
            } else {
                guard let write = value.string, WriteName(write) != nil else {
                    throw refusal("base." + register, "neither null nor the name of a write")
                }
                result[register] = write
            }
        }
        return result
    }

    /// A part that is absent beside its digest was erased (or withheld).
    private func digests(body: String?, personal: String?) throws(UnreadableOperation) -> String? {
        guard let digests = object["digests"]?.object, let stated = digests["body"]?.string,
            Names.isHex(stated, count: 64),
            stated == body ?? stated
        else { throw refusal("digests.body", "it is not the SHA-256 of the body") }
        for (key, _) in digests.members where key != "body" && key != "personal" {
            throw refusal("digests." + key, "unknown field")
        }
        let personalDigest = digests["personal"]?.string
        if let personal {
            guard personalDigest == personal else {
                throw refusal("digests.personal", "it is not the SHA-256 of the personal part")
            }
        } else if let personalDigest, !Names.isHex(personalDigest, count: 64) {
            throw refusal("digests.personal", "not a SHA-256")
        }
        return personalDigest
    }
}
