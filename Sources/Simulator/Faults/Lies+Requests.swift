import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// How each lie is told.
extension City {
    /// The request that tells a lie; nil if the liar lacks what it needs for it.
    func request(_ lie: Lie, of liar: Liar) throws -> WireRequest? {
        switch lie {
        case .forgedAuthor, .missingRole, .foreignAppeal, .backdatedAuthority, .wrongBase:
            return try pretended(lie, of: liar).map { push([$0.bytes], of: liar) }
        case .forgedSignature, .brokenChain, .skippedNumber, .repeatedNumber, .unknownField:
            return try broken(lie, of: liar).map { push([$0], of: liar) }
        case .oversizedLine:
            return push([Array(repeating: UInt8(ascii: "x"), count: Limits.operation + 1)], of: liar)
        case .oversizedPage:
            return push(Array(repeating: Array("{}".utf8), count: rules.sizes.pageRecords + 1), of: liar)
        case .malformed: return push([fourth.pick(Self.malformed) ?? []], of: liar)
        case .wrongEpoch:
            var request = push([Array("{}".utf8)], of: liar)
            request.query[0].1 = fourth.hex(16)
            return request
        case .unknownLog:
            var request = push([Array("{}".utf8)], of: liar)
            request.query[1].1 = Origin(node: liar.site.name, incarnation: fourth.hex(4)).description
            return request
        case .foreignOrigin:
            let origin = Origin(node: liar.other, incarnation: liar.origin.incarnation)
            return WireRequest(
                .push,
                query: [("epoch", liar.epoch), ("origin", origin.description)],
                body: Array("{}\n".utf8)
            )
        case .replay: return try replay(of: liar)
        case .unknownCall: return WireRequest("POST", ProtocolCall.prefix + "appeals")
        case .foreignStream: return foreignStream(liar)
        case .foreignEvidence:
            let origin = Origin(node: liar.other, incarnation: liar.origin.incarnation).description
            let asked = liar.foreign.map { ("appeal", $0.appeal) } ?? ("origin", origin)
            return WireRequest(.operations, query: [asked, ("after", "0")])
        case .forgedReceipt: return try forgedReceipt(liar)
        case .forgedPosition: return try pull(beyondTheHeadOf: Space.slice(liar.site.name), liar)
        case .aheadOfOffice, .forgedToken, .forgedKey, .inventedErasure: return try hello(lie, of: liar)
        case .positionInAnothers, .otherMark, .falseAcknowledged, .falseEvidence, .unsealedErasure, .manyIncarnations:
            return try accusation(lie, of: liar)
        case .forgedRecovered:
            guard officeRestores > 0 else { return nil }
            try forge(liar.site)
            return WireRequest(.recovered, body: Array("{}\n".utf8))
        }
    }

    private func push(_ lines: [[UInt8]], of liar: Liar) -> WireRequest {
        WireRequest(
            .push,
            query: [("epoch", liar.epoch), ("origin", liar.origin.description)],
            body: lines.flatMap { $0 + [10] }
        )
    }

    /// What is no line of the protocol.
    private static let malformed: [[UInt8]] = [
        Array(#"{"body":{"salt":"#.utf8), Array(#"{"body":{},"body":{}}"#.utf8), [0xFF, 0xFE, 0x7B, 0x7D],
        Array((String(repeating: "[", count: 600) + String(repeating: "]", count: 600)).utf8),
        Array(#"{"operation":{"number":1e3}}"#.utf8), Array(#"{"operation":{"number":99999999999999999999}}"#.utf8),
        Array("\u{FEFF}{}".utf8), Array("null".utf8), Array(#"{"operation":"\ud800"}"#.utf8),
    ]

    // MARK: operations

    /// A whole and signed operation that says what is not so.
    private func pretended(_ lie: Lie, of liar: Liar) throws -> SignedOperation? {
        let clerk = Actor(user: "clerk-" + liar.site.name, role: "clerk")
        var made = Made(kind: "note.added", appeal: nil, actor: clerk, body: [:], personal: ["text": "forged"])
        var clock = now
        switch lie {
        case .forgedAuthor, .missingRole:
            guard let own = liar.own else { return nil }
            (made.appeal, made.authority) = (own.appeal, own.assignment)
            made.actor =
                lie == .forgedAuthor
                ? fourth.pick([
                    Actor(user: "mayor", role: "leader"), Actor(user: "clerk-" + liar.other, role: "clerk"),
                ]) ?? clerk : Actor(user: clerk.user, role: "administrator")
        case .foreignAppeal:
            guard let foreign = liar.foreign else { return nil }
            (made.appeal, made.authority) = (foreign.appeal, foreign.assignment)
        case .backdatedAuthority:
            guard let ended = liar.ended else { return nil }
            clock = now - 40 * 86_400_000
            (made.appeal, made.authority) = (ended.appeal, ended.assignment)
            made.personal = ["text": "до того"]
            if fourth.chance(0.5) {
                made.kind = "assignment.accepted"
                made.body = ["assignment": .string(ended.assignment)]
                made.personal = nil
            }
        default:
            guard let own = liar.own else { return nil }
            (made.appeal, made.authority) = (own.appeal, own.assignment)
            made.kind = "appeal.corrected"
            made.personal = ["fields": ["applicant.name": .string("Хтось \(fourth.hex(2))")]]
        }
        return self.made(made, after: liar.last, of: liar.origin, seen: liar.seen, at: clock)
    }

    /// An operation whose place, chain, form or signature is wrong.
    private func broken(_ lie: Lie, of liar: Liar) throws -> [UInt8]? {
        var made = Made(
            kind: "note.added",
            appeal: liar.own?.appeal ?? uuid(),
            actor: Actor(user: "clerk-" + liar.site.name, role: "clerk"),
            body: [:],
            personal: ["text": "forged"]
        )
        made.authority = liar.own?.assignment
        var last = liar.last
        let any = fourth.hex(32)
        switch lie {
        case .brokenChain:
            guard last.number > 0 else { return nil }
            last.id = any
        case .skippedNumber: last = (last.number + 1, any)
        case .repeatedNumber:
            guard last.number > 1 else { return nil }
            last = (last.number - 1, any)
        default: break
        }
        let whole = self.made(made, after: last, of: liar.origin, seen: liar.seen, at: now)
        switch lie {
        case .forgedSignature: return signed(whole.operation, by: liar.other).bytes
        case .unknownField:
            let json = try JSON(parsing: whole.bytes, limits: Limits.operationJSON)
            guard var line = json.object, var envelope = line["operation"]?.object else { return nil }
            envelope["weight"] = 1
            line["operation"] = .object(envelope)
            return JSON.object(line).canonicalBytes()
        default: return whole.bytes
        }
    }

    /// A page of the log once more.
    private func replay(of liar: Liar) throws -> WireRequest? {
        let records = try officeStore.read {
            try $0.operations(liar.origin, after: 0, limit: rules.sizes.pageRecords)
        }
        guard !records.isEmpty, records.allSatisfy({ !$0.bytes.isEmpty }) else { return nil }
        return push(records.map(\.bytes), of: liar)
    }

    // MARK: streams

    private func foreignStream(_ liar: Liar) -> WireRequest {
        let stream =
            fourth.pick([
                Space.slice(liar.other), Space.node(liar.other), Space.appeals, "slice:", "slice:../" + liar.other,
                "SLICE:" + liar.site.name, "",
            ]) ?? ""
        let query = [
            ("stream", stream), ("epoch", liar.epoch), ("after", "0"), ("mark", ""), ("limit", "10"),
        ]
        switch fourth.below(4) {
        case 0: return WireRequest(.pull, query: query)
        case 1: return WireRequest(.snapshot, query: query)
        case 2:
            let range = Array(#"{"from":"","split":true,"to":""}"#.utf8) + [10]
            return WireRequest(.probe, query: query, body: range)
        default:
            let id: JSON = ["id": .string(liar.foreign?.appeal ?? uuid())]
            return WireRequest(.fetch, query: query, body: id.canonicalBytes() + [10])
        }
    }

    private func pull(beyondTheHeadOf stream: String, _ liar: Liar) throws -> WireRequest {
        let head = try officeStore.read { try $0.stream(stream)?.head ?? 0 }
        return WireRequest(
            .pull,
            query: [
                ("stream", stream), ("epoch", liar.epoch), ("after", String(head + 7)), ("mark", fourth.hex(8)),
                ("limit", "10"),
            ]
        )
    }

    private func forgedReceipt(_ liar: Liar) throws -> WireRequest {
        // Under a key that is not the department's; or of another department under the own one.
        let isOther = fourth.chance(0.5)
        let content = PurgeReceipt.Content(
            node: isOther ? liar.other : liar.site.name,
            appeal: liar.own?.appeal ?? uuid(),
            tenure: 1,
            kept: 0,
            at: now,
            epoch: liar.epoch,
            answered: .leave(commit: 1)
        )
        let receipt = try PurgeReceipt(content, signer: TwinSigner(isOther ? liar.site.name : liar.other))
        return WireRequest(.receipts, body: receipt.line + [10])
    }

    private func hello(_ lie: Lie, of liar: Liar) throws -> WireRequest? {
        let (head, erasures, restored) = try officeStore.read { reading in
            (
                try reading.stream(Space.slice(liar.site.name))?.head ?? 0,
                try reading.rows(Space.appeals, generation: 0, after: "", limit: 3).map(\.key),
                try reading.value(Values.restored) != nil
            )
        }
        // After a restore what a department that has the appeal says of it goes before the operator: `unsealedErasure`.
        let named = restored ? [liar.foreign?.appeal].compactMap { $0 } : erasures
        if lie == .inventedErasure, named.isEmpty { return nil }
        let position: JSON = [
            "stream": .string(Space.slice(liar.site.name)), "epoch": .string(liar.epoch),
            "sequence": .integer(head + 100), "mark": .string(fourth.hex(8)),
        ]
        let key = TwinSigner(lie == .forgedKey ? liar.other : liar.site.name).publicKey
        let hello: JSON = [
            "version": 1, "software": "", "origin": .string(liar.origin.description),
            "key": .string(Base64.encode(key)),
            "last": ["number": .integer(liar.last.number), "id": .string(liar.last.id)],
            "acknowledged": ["number": .integer(0), "id": ""], "epoch": .string(liar.epoch), "known": "",
            "token": .string(fourth.hex(16)), "positions": .array(lie == .aheadOfOffice ? [position] : []),
            "clock": .integer(now), "oldestUnsent": 0,
            "erasures": .array(lie == .inventedErasure ? named.map { ["erased": .string($0)] } : []),
        ]
        return WireRequest(.hello, body: hello.canonicalBytes() + [10])
    }
}
