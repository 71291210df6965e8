import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// A department node written by hand, without any of the product's own: only operations, signed and numbered.
struct RawNode {
    let origin: Origin
    let signer: RecordedSigner
    let epoch: String
    var number: Int64 = 0
    var lastID = ""
    var clock = HybridClock(milliseconds: 1_772_434_800_000)

    /// The next operation of its log.
    mutating func next(
        _ kind: String,
        _ appeal: String,
        user: String = "sydorenko",
        role: String = "head",
        authority: String?,
        base: [String: String] = [:],
        _ body: JSONObject,
        _ personal: JSONObject? = nil,
        schema: Int64 = 1
    ) throws -> SignedOperation {
        let made = try operation(
            kind,
            appeal,
            user: user,
            role: role,
            authority: authority,
            base: base,
            body,
            personal,
            schema: schema
        )
        number += 1
        lastID = made.id
        return made
    }

    func operation(
        _ kind: String,
        _ appeal: String,
        user: String = "sydorenko",
        role: String = "head",
        authority: String?,
        base: [String: String] = [:],
        _ body: JSONObject,
        _ personal: JSONObject? = nil,
        schema: Int64 = 1
    ) throws -> SignedOperation {
        var body = body
        body["salt"] = .string(String(SHA256.hash(Array("body \(number + 1)".utf8)).hex.prefix(32)))
        var personal = personal
        if personal != nil {
            personal?["salt"] = .string(String(SHA256.hash(Array("personal \(number + 1)".utf8)).hex.prefix(32)))
        }
        var operation = Operation(
            origin: origin,
            number: number + 1,
            previous: lastID,
            appeal: appeal,
            kind: kind,
            authority: authority,
            seen: Seen(epoch: epoch, slice: 0, reference: 12),
            clock: clock,
            actor: Actor(user: user, role: role),
            body: body,
            personal: personal
        )
        operation.schema = schema
        for (register, write) in base { operation.base[register] = .some(write) }
        return try SignedOperation(operation, sign: signer.sign)
    }

    func push(_ lines: [[UInt8]], chain: String = "") -> WireRequest {
        WireRequest(
            .push,
            query: [("epoch", epoch), ("origin", origin.description), ("chain", chain)],
            body: lines.flatMap { $0 + [10] }
        )
    }

    func hello(known: String = "") -> WireRequest {
        let hello: JSON = [
            "version": 1, "software": "by hand", "origin": .string(origin.description),
            "key": .string(Base64.encode(signer.publicKey)),
            "last": ["number": .integer(number), "id": .string(lastID)],
            "acknowledged": ["number": 0, "id": ""], "epoch": "", "known": .string(known), "token": "", "positions": [],
            "clock": .integer(clock.milliseconds), "oldestUnsent": 0, "erasures": [],
        ]
        return WireRequest(.hello, body: hello.canonicalBytes() + [10])
    }
}
