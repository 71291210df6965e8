import CanonicalJSON
import Cryptography
import Replication

/// Hello: who is there, and what it says that it knows.
extension Judge {
    /// What every hello has, whatever the node is.
    private static let required = [
        "version", "software", "origin", "key", "last", "acknowledged", "epoch", "known", "token", "positions", "clock",
        "oldestUnsent", "erasures",
    ]
    /// What only some hellos have: a log that is sent again, an office that asked, a list that goes on.
    private static let optional = ["logs", "evidence", "witness", "erasuresAfter"]

    /// A hello, before it is answered: its form, its key, and that it says what the node has shown to know.
    func greets(_ exchange: Exchange) {
        guard let hello = exchange.hello, let members = hello.object, exchange.lines.count == 1 else {
            return findings.fail(.helloForm, "the hello is not one line")
        }
        let missing = Self.required.filter { members[$0] == nil }
        let origin = hello["origin"]?.string ?? ""
        let last = hello["last"]?["number"]?.integer ?? -1
        let acknowledged = hello["acknowledged"]?["number"]?.integer ?? -1
        let holds =
            missing.isEmpty && hello["version"]?.integer == 1 && last >= 0 && acknowledged >= 0
            && origin.hasPrefix(ProbeIdentity.node + "#") && hello["positions"]?.array != nil
        findings.check(
            .helloForm,
            holds,
            "the hello lacks \(missing) or has another form: \(hello.canonicalText.prefix(300))"
        )
        let key = hello["key"]?.string.flatMap(Base64.decode) ?? []
        findings.check(.helloKey, key == self.key, "the hello's key is not the one that joined")
        greetsKnowing(hello, origin)
        looksAt(positions: hello["positions"]?.array ?? [])
        looksAt(token: hello["token"]?.string ?? "")
        looksAt(erasures: hello["erasures"]?.array ?? [])
        if logs[origin] == nil {
            logs[origin] = Log()
            origins.append(origin)
        }
        guard let log = logs[origin], hello["epoch"]?.string == epoch else { return }
        if !isPutBack {
            findings.check(.lastNeverFalls, last >= log.last, "last is \(last) of \(origin), it was \(log.last)")
        }
        logs[origin]?.last = max(last, log.last)
        guard log.next != nil else { return }
        findings.check(
            .helloAcknowledged,
            acknowledged == log.acknowledged,
            "acknowledged is \(acknowledged), outcomes of \(origin) were told up to \(log.acknowledged)"
        )
    }

    /// `known` begins the sending again after a restore, and only then are the logs named.
    private func greetsKnowing(_ hello: JSON, _ origin: String) {
        let known = hello["known"]?.string ?? ""
        findings.check(.helloKnown, known.isEmpty || known == epoch, "known is \(known), the office said \(epoch)")
        let isSentAgain = !known.isEmpty && hello["epoch"]?.string != known
        findings.check(
            .helloForm,
            isSentAgain || hello["logs"] == nil,
            "logs are in a hello that does not begin to send again"
        )
    }

    /// Positions must be places that a reply of ours gave, and never before the one that a pull has shown.
    private func looksAt(positions: [JSON]) {
        var named: Set<String> = []
        for position in positions {
            let place = Place(
                stream: position["stream"]?.string ?? "",
                epoch: position["epoch"]?.string ?? "",
                sequence: position["sequence"]?.integer ?? -1,
                mark: position["mark"]?.string ?? ""
            )
            named.insert(place.stream)
            findings.check(.helloPositions, told.contains(place), "nobody told the position \(place)")
            if let shown = shown[place.stream], shown.epoch == place.epoch {
                findings.check(
                    .helloPositions,
                    place.sequence >= shown.sequence,
                    "the position of \(place.stream) is \(place.sequence), a pull showed \(shown.sequence)"
                )
            }
        }
        unnamed = Set(shown.keys).subtracting(named)
    }

    /// The newest token, but for a node that was put back: it has the one of its old disk.
    private func looksAt(token: String) {
        let isKnown = isPutBack ? token.isEmpty || tokens.contains(token) : token == (tokens.last ?? "")
        if let stale = staleToken {
            // Until the incarnation is drawn, the former one may come again.
            if token == stale {
                findings.pass(.tokenStaleKept)
                staleToken = nil
            }
            return
        }
        findings.check(.helloToken, isKnown, "the token is not the one that the last hello gave")
    }

    /// Every erasure that the node is known to know, with the seal that came with it.
    private func looksAt(erasures: [JSON]) {
        let said = Dictionary(
            erasures.map { ($0["erased"]?.string ?? "", $0["seal"]?.string ?? "") },
            uniquingKeysWith: { one, _ in one }
        )
        for (appeal, seal) in erased.sorted(by: { $0.key < $1.key }) {
            let words = said[appeal] == nil ? "does not tell it" : "tells it with another seal"
            let clause = learnt.contains(appeal) ? Clause.erasureLearnt : .erasureTold
            findings.check(clause, said[appeal] == seal, "\(appeal) was erased, and the hello \(words)")
        }
    }

    /// What the node knows from a hello's reply: epoch, token, erasures.
    func greeted(_ exchange: Exchange, _ reply: JSON) {
        let state = reply["log"]?["state"]?.string ?? ""
        if let told = reply["epoch"]?.string, told != epoch {
            epoch = told
            // What was told of the logs in another epoch may be otherwise in this one.
            for name in logs.keys { logs[name]?.next = nil }
        }
        if let token = reply["token"]?.string {
            switch state {
            case "epoch", "earlierFirst": break
            case "tokenStale", "distrusted":
                staleToken = token
                tokens.append(token)
            default: tokens.append(token)
            }
        }
        for line in exchange.replyLines {
            guard let appeal = line["erased"]?.string else { continue }
            if erased[appeal] == nil { learnt.insert(appeal) }
            erased[appeal] = line["seal"]?.string ?? ""
        }
    }
}
