import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// Lies against the office itself: that it lacks what it had said, that it had erased what it did not.
extension City {
    /// The hello that tells it; nil if the liar lacks what it needs.
    func accusation(_ lie: Lie, of liar: Liar) throws -> WireRequest? {
        let name = liar.site.name
        let mine = [Space.reference, Space.slice(name), Space.node(name)]
        let stream = fifth.pick(mine) ?? Space.reference
        let record = try officeStore.read { try $0.stream(stream) }
        let head = record?.head ?? 0
        var hello = honest(liar)
        func position(_ stream: String, _ sequence: Int64) -> JSON {
            [
                "stream": .string(stream), "epoch": .string(liar.epoch), "sequence": .integer(sequence),
                "mark": .string(fifth.hex(8)),
            ]
        }
        switch lie {
        case .positionInAnothers:
            let others = [Space.slice(liar.other), Space.node(liar.other), "nonsense", "", Space.appeals]
            hello["positions"] = [position(fifth.pick(others) ?? "", Int64(fifth.below(50)))]
        case .otherMark:
            guard head > 0, record?.floor ?? 0 < head else { return nil }
            hello["positions"] = [position(stream, head)]
        case .falseAcknowledged:
            hello["acknowledged"] = ["number": .integer(liar.last.number + 9), "id": .string(fifth.hex(32))]
        case .falseEvidence:
            hello["positions"] = [position(stream, head + 100)]
            hello["evidence"] = .array(try falseEvidence(stream, head: head, liar).map(JSON.string))
        case .unsealedErasure:
            guard try officeStore.read({ try $0.value(Values.restored) }) != nil,
                let told = fifth.chance(0.5) ? liar.own ?? liar.ended : liar.foreign,
                try officeStore.read({ try $0.row(Space.appeals, generation: 0, key: told.appeal) }) != nil
            else { return nil }
            var erasure: JSONObject = ["erased": .string(told.appeal)]
            if fifth.chance(0.5) { erasure["seal"] = .string(fifth.hex(16)) }
            hello["erasures"] = [.object(erasure)]
        case .manyIncarnations:
            hello["origin"] = .string(Origin(node: name, incarnation: fifth.hex(4)).description)
            hello["last"] = ["number": 0, "id": ""]
        default: return nil
        }
        return WireRequest(.hello, body: JSON.object(hello).canonicalBytes() + [10])
    }

    /// Lines that prove nothing: another's signature, another stream, another epoch, a line of a reply to somebody else.
    private func falseEvidence(_ stream: String, head: Int64, _ liar: Liar) throws -> [String] {
        func line(_ stream: String, _ epoch: String, by signer: String) throws -> String {
            let reply: JSONObject = [
                "call": "pull", "stream": .string(stream), "epoch": .string(epoch), "from": 0,
                "to": .integer(head + 100),
                "head": .integer(head + 100), "mark": .string(fifth.hex(8)), "commit": .integer(1 << 52),
            ]
            let signed = try SignedReply(reply, lines: SHA256.hash([]), signer: TwinSigner(signer))
            return String(decoding: signed.line, as: UTF8.self)
        }
        return try [
            line(stream, liar.epoch, by: liar.site.name), line(Space.slice(liar.other), liar.epoch, by: "office"),
            line(stream, fifth.hex(16), by: "office"), "rubbish",
        ]
            + (fifth.pick(sites.filter { $0.name == liar.other }).flatMap { other in
                try other.store.read { try $0.value(Values.evidence(Space.slice(other.name))) }
            }.map { [$0] } ?? [])
    }

    private func honest(_ liar: Liar) -> JSONObject {
        [
            "version": 1, "software": "", "origin": .string(liar.origin.description),
            "key": .string(Base64.encode(TwinSigner(liar.site.name).publicKey)),
            "last": ["number": .integer(liar.last.number), "id": .string(liar.last.id)],
            "acknowledged": ["number": 0, "id": ""], "epoch": .string(liar.epoch), "known": "",
            "token": .string(fifth.hex(16)), "positions": [], "clock": .integer(now), "oldestUnsent": 0, "erasures": [],
        ]
    }

    /// Many hellos, each in a new incarnation: few logs may be left of them.
    func sayHello(anew count: Int, _ request: WireRequest, _ liar: Liar) throws {
        let before = try officeStore.read { try $0.origins(node: liar.site.name).count }
        for _ in 0..<count {
            guard let request = try accusation(.manyIncarnations, of: liar) else { return }
            _ = try serve(request, liar.site)
        }
        let after = try officeStore.read { try $0.origins(node: liar.site.name).count }
        // The one that is open now, and the newest empty one that ended.
        guard after <= before + 2 else {
            throw Violation(invariant: "a lie has no effect", seen: "\(count) hellos left \(after - before) logs")
        }
    }

    /// Either nothing at all, or the one appeal is out of sight and whole; then the operator says that it was a lie.
    func isSuspended(_ liar: Liar, before: Witness, after: Witness, _ response: WireResponse) throws -> Bool {
        if before == after { return true }
        let suspended = try officeStore.read { try Office.suspended($0, after: "", limit: .max) }
        guard suspended.count == 1, before.hasAllBut(suspended[0], after) else { return false }
        for site in sites { try showsNothing(of: suspended[0], to: site) }
        count("point erasure undecided")
        // The operator finds that it was a lie.
        return try runningOffice { try office.rejectErasure(of: suspended[0], now: officeNow) } != .notSuspended
    }

    /// No exit that a department has may hold anything of an appeal that is undecided.
    private func showsNothing(of appeal: String, to site: Site) throws {
        let id: JSON = ["id": .string(appeal)]
        let slice = Space.slice(site.name)
        let epoch = try officeStore.read { try $0.value(Values.epoch) ?? "" }
        let stream = [("stream", slice), ("epoch", epoch), ("after", ""), ("limit", "500")]
        let pull = [("stream", slice), ("epoch", epoch), ("after", "0"), ("mark", "")]
        let requests = [
            WireRequest(.fetch, query: [("stream", slice)], body: id.canonicalBytes() + [10]),
            WireRequest(.snapshot, query: stream), WireRequest(.pull, query: pull),
            WireRequest(.operations, query: [("appeal", appeal), ("after", "0")]),
        ]
        for request in requests {
            let response = try serve(request, site)
            guard response.status == 200 else { continue }
            for line in Lines.split(response.body).dropLast() {
                let json = try JSON(parsing: Array(line), limits: Limits.aggregate)
                if json["row"]?["id"]?.string == appeal || json["operation"]?["operation"]?["appeal"]?.string == appeal
                {
                    throw Violation(
                        invariant: "an undecided erasure is shown to nobody",
                        seen: "\(request.path) gives \(site.name) \(appeal)"
                    )
                }
            }
        }
    }
}
