import Appeals
import CanonicalJSON
import Cryptography
import Node
import Replication

/// Looks at every request with what was told before it, and at every reply for what the node will know from it.
///
/// Touched on the queue of `SyncHandler` only.
final class Judge {
    /// What became of each clause so far.
    var findings = Findings()
    /// The key that joined.
    var key: [UInt8] = []
    /// Why a request could not be answered.
    var trouble: String?
    /// Keeps parsed keys.
    let verifier = KeyVerifier()

    // MARK: what requests showed

    /// Everything that requests were asked under.
    private var asks: Set<String> = []
    /// The node was just started: the next request begins a session.
    var beginsSession = true
    /// Of each stream the place that the node last showed.
    var shown: [String: Place] = [:]
    /// Streams whose position the last hello lacked: only who reads them anew has none.
    var unnamed: Set<String> = []
    /// By origin, those that were greeted or pushed.
    var logs: [String: Log] = [:]
    /// Origins in the order in which they were first greeted.
    var origins: [String] = []

    // MARK: what replies told

    /// All places that a reply of ours ever gave.
    var told: Set<Place> = []
    /// Of each stream the place that the newest good page gave.
    var offered: [String: Place] = [:]
    /// Places that only bad replies gave: who asks from one is ahead of itself.
    var lies: Set<Place> = []
    /// Of each stream the head that a reply told last.
    var heads: [String: Int64] = [:]
    /// Snapshots under way: the place of the first page, and the key to go on after.
    var snapshots: [String: Snapshot] = [:]
    /// In the order in which hellos gave them.
    var tokens: [String] = []
    /// The token of `tokenStale`, until a hello shows one.
    var staleToken: String?
    /// The epoch that the newest hello's reply told.
    var epoch = ""
    /// Erasures that the node is known to know, with their seals.
    var erased: [String: String] = [:]
    /// Of these the ones that only the reply of a hello had told.
    var learnt: Set<String> = []
    /// Erasures that came as entries, until their place is confirmed.
    var erasing: [(place: Place, appeal: String, seal: String)] = []
    /// The node was put back to an old copy of its disk: what it knew may be gone.
    var isPutBack = false
    /// Departures that were told, by appeal: tenure and commit of the leave.
    var departures: [String: (tenure: Int64, commit: Int64)] = [:]

    /// A position in a stream as both sides name it.
    struct Place: Hashable {
        let stream: String
        let epoch: String
        let sequence: Int64
        let mark: String
    }

    /// A snapshot that the node is reading.
    struct Snapshot {
        var first: Place
        var next: String?
    }

    /// What is known of one log of the node.
    struct Log {
        /// One operation as it came.
        struct Pushed {
            let id: String
            let bytes: [UInt8]
            let appeal: String
            let kind: String
            let reissues: String?
        }
        var operations: [Int64: Pushed] = [:]
        /// The number that the next push has to begin with; nil if that cannot be said.
        var next: Int64? = 1
        /// The last number with an outcome that the node was told.
        var acknowledged: Int64 = 0
        var last: Int64 = 0
        var chain = ""
        var chains: Set<String> = [""]
        var seen: [String: (slice: Int64, reference: Int64)] = [:]
        var clock = ""
    }

    /// The calls of version 1 with their methods.
    private static let calls = [
        "hello": "POST", "push": "POST", "pull": "GET", "snapshot": "POST", "probe": "POST", "fetch": "POST",
        "receipts": "POST", "recovered": "POST", "operations": "GET", "outcomes": "GET",
    ]

    /// A request, before it is answered.
    func asked(_ exchange: Exchange) {
        let request = exchange.request
        let isKnown = request.path == "/sync/v1/" + exchange.call && Self.calls[exchange.call] == request.method
        findings.check(.knownCalls, isKnown, exchange.name)
        guard isKnown else { return }
        let ask = request["ask"] ?? ""
        findings.check(.askForm, Names.isHex(ask, count: 16), "\(exchange.name) asks under \"\(ask)\"")
        findings.check(.askFresh, asks.insert(ask).inserted, "\(exchange.name) asks under \(ask) once more")
        let isOfLines = request.body.isEmpty || request.body.last == 10 && exchange.lines.allSatisfy { $0 != nil }
        findings.check(.bodyLines, isOfLines, "\(exchange.name) has a body that is not lines of JSON")
        if ["pull", "snapshot", "operations", "outcomes"].contains(exchange.call) {
            let limit = request.number("limit") ?? 0
            findings.check(.limitGiven, (1...500).contains(limit), "\(exchange.name) has no limit of 1 to 500")
        }
        if beginsSession {
            findings.check(.helloFirst, exchange.call == "hello", "\(exchange.name) came before a hello")
            beginsSession = false
        }
        switch exchange.call {
        case "hello": greets(exchange)
        case "pull": pulls(exchange)
        case "snapshot": asksForRows(exchange)
        case "push": pushes(exchange)
        case "receipts": tellsReceipts(exchange)
        default: break
        }
    }

    /// What was sent.
    func answered(_ exchange: Exchange) {
        guard let reply = exchange.reply else { return }
        if let place = place(in: reply, of: exchange) {
            if exchange.isAnswered { told.insert(place) } else { lies.insert(place) }
        }
        if !exchange.isAnswered, let honest = exchange.honest.flatMap({ Read.reply($0) }),
            let place = place(in: honest, of: exchange)
        {
            lies.insert(place)
        }
        guard exchange.isAnswered else { return }
        switch exchange.call {
        case "hello": greeted(exchange, reply)
        case "pull": pulled(exchange, reply)
        case "snapshot": gaveRows(exchange, reply)
        case "push": pushed(exchange, reply)
        case "operations", "outcomes": gaveBack(exchange, reply)
        case "receipts": tookReceipts(exchange, reply)
        default: break
        }
    }

    /// Where a reply leaves its reader.
    private func place(in reply: JSON, of exchange: Exchange) -> Place? {
        let sequence = exchange.call == "pull" ? reply["to"]?.integer : reply["head"]?.integer
        guard ["pull", "snapshot"].contains(exchange.call), let sequence, let epoch = reply["epoch"]?.string,
            let mark = reply["mark"]?.string
        else { return nil }
        return Place(stream: exchange.stream, epoch: epoch, sequence: sequence, mark: mark)
    }

    /// The node's disk was put back: what it showed and what it was told counts for nothing.
    func putBack() {
        isPutBack = true
        beginsSession = true
        shown = [:]
        unnamed = []
        erased = [:]
        erasing = []
        snapshots = [:]
        for name in logs.keys {
            logs[name]?.next = nil
            logs[name]?.acknowledged = 0
            logs[name]?.last = 0
        }
    }
}
