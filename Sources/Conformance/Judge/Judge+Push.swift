import Appeals
import CanonicalJSON
import Cryptography
import Node
import Replication

/// Pushes: operations, their chain, and where a push begins.
extension Judge {
    /// The members that version 1 of an envelope may have.
    private static let envelope: Set<String> = [
        "v", "origin", "number", "previous", "appeal", "kind", "base", "authority", "seen", "clock", "actor", "device",
        "command", "schema", "reissues", "digests",
    ]

    /// A push, before it is answered.
    ///
    /// Of each operation everything is looked at that the office's engine would, and the chain besides.
    func pushes(_ exchange: Exchange) {
        let request = exchange.request
        let origin = request["origin"] ?? ""
        let operations = zip(Lines.split(request.body), exchange.lines).compactMap { bytes, json in
            json?["operation"] == nil ? nil : json.map { (bytes: Array(bytes), json: $0) }
        }
        let holds =
            request["epoch"] != nil && request["chain"] != nil && (1...500).contains(operations.count)
            && request.body.count <= 1_100_000
        findings.check(.pushForm, holds, "\(exchange.name) with \(operations.count) operations")
        var log = logs[origin] ?? Log()
        looksAtChain(exchange, log)
        let first = operations.first?.json["operation"]?["number"]?.integer
        if let next = log.next, request["epoch"] == epoch, let first {
            findings.check(.pushGoesOn, first == next, "\(exchange.name) begins with \(first), \(next) is next")
        }
        for (bytes, json) in operations { looksAt(bytes, json, origin, &log) }
        logs[origin] = log
    }

    /// `chain` names the last reply of this log that the node has kept: so none of ours can be denied later.
    private func looksAtChain(_ exchange: Exchange, _ log: Log) {
        let chain = exchange.request["chain"] ?? ""
        let isKnown = isPutBack ? log.chains.contains(chain) : chain == log.chain
        let words = "\(exchange.name): the last line of the former reply has \(log.chain.isEmpty ? "none" : log.chain)"
        findings.check(.chainParameter, isKnown, words)
    }

    /// One operation: its bytes, its signature, its number and its place in the chain.
    private func looksAt(_ bytes: [UInt8], _ json: JSON, _ origin: String, _ log: inout Log) {
        guard let envelope = json["operation"]?.object, let number = json["operation"]?["number"]?.integer else {
            return findings.fail(.operationForm, "an operation without envelope or number")
        }
        let name = "\(origin):\(number)"
        let strange = Set(envelope.keys).subtracting(Self.envelope)
        let around = Set(json.object?.keys ?? []).subtracting(["operation", "body", "personal", "signature"])
        let isCanonical = json.canonicalBytes() == bytes
        findings.check(
            .operationForm,
            isCanonical && strange.isEmpty && around.isEmpty && json["operation"]?["origin"]?.string == origin
                && json["operation"]?["v"]?.integer == 1,
            "\(name) is not canonical, of another origin or version, or has \(strange.union(around).sorted())"
        )
        let signed = JSON.object(envelope).canonicalBytes()
        let signature = json["signature"]?.string.flatMap(Base64.decode) ?? []
        let isSigned = verifier.verifies(signature, over: Operation.signedPrefix + signed, by: key)
        findings.check(
            .operationSigned,
            isSigned,
            "the signature of \(name) is not of the node's key over its envelope"
        )
        looksAtDigests(json, name)
        let id = SHA256.hash(signed).hex
        if let former = log.operations[number] {
            findings.check(.numberOnce, former.id == id, "\(name) is \(id), it was \(former.id)")
        }
        let previous = json["operation"]?["previous"]?.string ?? "-"
        if number == 1 {
            findings.check(.operationChain, previous.isEmpty, "\(name) has a previous")
        } else if let before = log.operations[number - 1] {
            findings.check(.operationChain, previous == before.id, "previous of \(name) is not the id of \(number - 1)")
        } else if log.next != nil {
            findings.fail(.operationChain, "\(name) came without the one before it")
        }
        if log.operations[number] == nil { looksAtSeen(envelope, name, &log) }
        log.operations[number] = Log.Pushed(
            id: id,
            bytes: bytes,
            appeal: envelope["appeal"]?.string ?? "",
            kind: envelope["kind"]?.string ?? "",
            reissues: envelope["reissues"]?.string
        )
    }

    /// Each part that is there has the digest that the envelope states, and a salt of its own.
    private func looksAtDigests(_ json: JSON, _ name: String) {
        for part in ["body", "personal"] {
            guard let content = json[part] else { continue }
            let digest = SHA256.hash(content.canonicalBytes()).hex
            let salt = content["salt"]?.string ?? ""
            findings.check(
                .operationDigests,
                json["operation"]?["digests"]?[part]?.string == digest && Names.isHex(salt, count: 32),
                "the digest of \(part) of \(name) is another, or its salt is \"\(salt)\""
            )
        }
    }

    /// `seen` never falls and names places that were told; the clock rises, unless the operation is issued again as
    /// it was.
    private func looksAtSeen(_ envelope: JSONObject, _ name: String, _ log: inout Log) {
        let seen = envelope["seen"]
        let epoch = seen?["epoch"]?.string ?? ""
        let slice = seen?["slice"]?.integer ?? -1, reference = seen?["reference"]?.integer ?? -1
        if let former = log.seen[epoch] {
            findings.check(
                .seenNeverFalls,
                slice >= former.slice && reference >= former.reference,
                "seen of \(name) is \(slice) and \(reference), before it was \(former.slice) and \(former.reference)"
            )
        }
        log.seen[epoch] = (slice, reference)
        if envelope["reissues"] == nil, !epoch.isEmpty {
            let isTold = [("slice:" + ProbeIdentity.node, slice), ("reference", reference)].allSatisfy {
                stream,
                number in
                number == 0 || told.contains { $0.stream == stream && $0.epoch == epoch && $0.sequence == number }
            }
            findings.check(.seenWasRead, isTold, "seen of \(name) is \(slice) and \(reference): nobody told both")
        }
        guard envelope["reissues"] == nil, let clock = envelope["clock"]?.string else { return }
        findings.check(.clockRises, clock > log.clock, "the clock of \(name) is \(clock), before it was \(log.clock)")
        log.clock = clock
    }

    /// What the node knows of its log from the reply: the last outcome, and where the next push begins.
    func pushed(_ exchange: Exchange, _ reply: JSON) {
        let origin = exchange.request["origin"] ?? ""
        guard var log = logs[origin] else { return }
        if let last = exchange.response.flatMap({ Lines.last($0.body) }) {
            log.chain = SHA256.hash(Array(last)).hex
            log.chains.insert(log.chain)
        }
        for line in exchange.replyLines {
            if let answer = line["answer"]?.string {
                if answer == "unreadable", exchange.trick == nil {
                    findings.fail(.operationForm, "the office's engine cannot read it: \(line.canonicalText)")
                }
                log.next = answer == "gap" ? line["wanted"]?.integer : nil
                break
            }
            guard line["outcome"] != nil, let number = line["number"]?.integer else { continue }
            log.acknowledged = max(log.acknowledged, number)
            log.last = max(log.last, number)
            log.next = number + 1
        }
        logs[origin] = log
    }

    /// Own operations or outcomes that were asked for: what the node knows of its log now.
    func gaveBack(_ exchange: Exchange, _ reply: JSON) {
        guard let origin = exchange.request["origin"], let to = reply["to"]?.integer else { return }
        for line in exchange.replyLines where exchange.call == "operations" {
            guard let number = line["number"]?.integer, let id = line["id"]?.string,
                logs[origin]?.operations[number] == nil
            else { continue }
            let bytes = line["operation"]?.canonicalBytes() ?? []
            logs[origin]?.operations[number] = Log.Pushed(id: id, bytes: bytes, appeal: "", kind: "", reissues: nil)
        }
        let last = max(logs[origin]?.last ?? 0, to)
        logs[origin]?.last = last
    }
}
