import CanonicalJSON
import Node
import Replication

/// One way in which the scripted office replies otherwise than an honest one would.
struct Trick {
    enum Kind: String, Sendable {
        // No replies: nothing of them may be taken.
        case foreignSignature, changedLine, withoutLast, otherAsk, former, late, otherEpoch, otherPosition, malformed
        case outcomeMissing, lost, refusal, flood
        // Replies: the node takes them for what they say.
        case newer, withheld, otherDigest, gap, earlierFirst, projecting, unreadable, otherID

        /// Whether a node that keeps to the protocol takes it.
        var isReply: Bool {
            switch self {
            case .newer, .withheld, .otherDigest, .gap, .earlierFirst, .projecting, .unreadable, .otherID: true
            default: false
            }
        }
    }

    let kind: Kind
    /// Which request it is for.
    let isFor: (Exchange) -> Bool
    /// Answers before the engine has seen the request; nil: the engine is asked, and `dress` changes its reply.
    var before: ((Exchange) throws -> WireResponse)?
    /// The reply as it is to be sent; nil if it cannot be dressed so, then the next one is tried.
    var dress: (Exchange, WireResponse) throws -> WireResponse? = { _, response in response }
    /// Milliseconds that the reply is held back.
    var delay: Int64 = 0
    /// Whether it stays for further requests.
    var isLasting = false

    init(_ kind: Kind, for isFor: @escaping (Exchange) -> Bool) {
        self.kind = kind
        self.isFor = isFor
    }
}

extension ProbeOffice {
    /// Signs a reply anew after a change, by the office's key or another; nil if there was nothing to change.
    func resigned(
        _ response: WireResponse,
        by signer: (any Signer)? = nil,
        _ change: (inout [[UInt8]], inout JSONObject) throws -> Bool
    ) throws -> WireResponse? {
        try response.resigned(of: identity.signer.publicKey, verifier, by: signer ?? identity.signer, change)
    }

    /// A reply that is none, made of an honest one.
    func spoilt(_ kind: Trick.Kind, _ exchange: Exchange, _ honest: WireResponse) throws -> WireResponse? {
        guard honest.status == 200, honest.errorCode == nil else { return nil }
        switch kind {
        case .foreignSignature: return try resigned(honest, by: identity.stranger) { _, _ in true }
        case .changedLine:
            var body = honest.body
            guard let place = body.indices.dropLast().last(where: { body[$0] == UInt8(ascii: "0") }) else { return nil }
            body[place] = UInt8(ascii: "1")
            return WireResponse(status: 200, body: body)
        case .withoutLast:
            return WireResponse(status: 200, body: Lines.split(honest.body).dropLast().flatMap { Array($0) + [10] })
        case .otherAsk:
            return try resigned(honest) { _, reply in
                reply["ask"] = "00000000deadbeef"
                return true
            }
        case .otherEpoch:
            return try resigned(honest) { _, reply in
                reply["epoch"] = "0123456789abcdef0123456789abcdef"
                return true
            }
        case .otherPosition:
            return try resigned(honest) { _, reply in
                guard let from = reply["from"]?.integer else { return false }
                reply["from"] = .integer(from + 1)
                return true
            }
        case .malformed:
            return try resigned(honest) { lines, _ in
                guard !lines.isEmpty else { return false }
                lines[lines.count - 1] = Array(#"{"entry":"enter"}"#.utf8)
                return true
            }
        case .flood: return WireResponse(status: 200, body: [UInt8](repeating: 10, count: 13 << 20) + honest.body)
        case .outcomeMissing, .withheld:
            return try resigned(honest) { lines, _ in
                guard !lines.isEmpty else { return false }
                lines.removeLast()
                return true
            }
        default: return honest
        }
    }

    /// A signed last line over these lines, in answer to a request.
    func reply(_ reply: JSONObject, over lines: [[UInt8]], to exchange: Exchange) throws -> WireResponse {
        var reply = reply
        reply["ask"] = exchange.request["ask"].map(JSON.string)
        return try .signed(reply, over: lines, by: identity.signer)
    }

    /// What a newer office would add.
    func newer(_ honest: WireResponse) throws -> WireResponse? {
        try resigned(honest) { lines, reply in
            reply["weather"] = ["rain": true]
            for place in lines.indices {
                guard var line = Read.json(lines[place])?.object, line["outcome"] == nil else { continue }
                line["weather"] = 1
                lines[place] = JSON.object(line).canonicalBytes()
            }
            return true
        }
    }
}
