import Appeals
import CanonicalJSON
import Replication

/// A reader that lags behind with its slice is sent what it lacks, once: at most half as much again in bytes, and a
/// constant a line and a page.
///
/// What it lacks is counted from the entries beyond its position: of an appeal that entered all that is shown of it, of
/// another the items that changed, each once; what changes while it reads is added.
enum CatchUpCost: ReplyChecker {
    static let name = "a catch-up costs what is lacking"

    /// A last line with heads, digest and signature.
    private static let perPage = 2_048
    /// What stands around a row in its line; a `leave` with its stub.
    private static let perLine = 512

    /// What a catch-up was sent, and what it was due.
    struct Meter {
        /// The position of the last page that was counted, where it led, and the head that it named.
        var from: Int64
        var reached: Int64
        var head: Int64
        var due = 0
        var bytes = 0
        var pages = 0
    }

    static func judge(_ response: WireResponse, to request: WireRequest, of site: Site, in city: City) throws {
        switch request.call {
        // The reader begins anew, and has forgotten where its catch-up began.
        case .hello, .snapshot: site.catchUp = nil
        case .pull where request["stream"] == Space.slice(site.name) && response.status == 200:
            // Others ask with the same key, or made it ask for what it has.
            guard !city.weather.twoHands.contains(site.name), !city.weather.liedTo.contains(site.name) else { return }
            try page(response, request, site, city)
        case .pull, .push, .probe, .fetch, .receipts, .recovered, .operations, .outcomes, nil: break
        }
    }

    private static func page(
        _ response: WireResponse,
        _ request: WireRequest,
        _ site: Site,
        _ city: City
    ) throws {
        guard site.catchUp != nil || Lines.split(response.body).count > 1, let after = request.number("after"),
            let last = Lines.last(response.body), let reply = SignedReply(Array(last))?.reply,
            let to = reply["to"]?.integer, let head = reply["head"]?.integer
        else { return }
        var meter = Meter(from: after, reached: after, head: after)
        if let former = site.catchUp, former.reached == after { meter = former }
        // The same page again: its reply was lost, or the request came twice.
        if let former = site.catchUp, former.from <= after, after < former.reached { return }
        if head > meter.head {
            meter.due += try due(request["stream"] ?? "", after: max(after, meter.head), upTo: head, city)
        }
        meter.bytes += response.body.count
        meter.pages += 1
        guard meter.bytes <= meter.due + meter.pages * perPage else {
            throw violation(
                "\(site.name) was sent \(meter.bytes) bytes in \(meter.pages) pages up to \(to) of \(head), "
                    + "\(meter.due) were due"
            )
        }
        (meter.from, meter.reached, meter.head) = (after, to, head)
        site.catchUp = to < head ? meter : nil
    }

    /// What entries of a stream are due a reader who has none of them.
    private static func due(_ stream: String, after: Int64, upTo head: Int64, _ city: City) throws -> Int {
        try city.officeStore.read { reading in
            var changed: [String: Set<ItemName>] = [:]
            var whole: Set<String> = []
            var groups: Set<String> = []
            for entry in try reading.entries(stream, after: after, limit: .max) where entry.sequence <= head {
                if entry.kind == .none { continue }
                groups.insert("\(entry.key) \(entry.kind == .put ? .enter : entry.kind) \(entry.tenure)")
                if entry.kind == .enter { whole.insert(entry.key) }
                changed[entry.key, default: []].formUnion(entry.changed)
            }
            var bytes = 0
            for key in changed.keys {
                guard let row = try reading.row(Space.appeals, generation: 0, key: key) else { continue }
                if whole.contains(key) {
                    bytes += row.bytes.count
                } else {
                    let appeal = try city.watch.read.aggregate(row)
                    for name in changed[key] ?? [] {
                        bytes += name.name.utf8.count + (appeal[name]?.json.canonicalText.utf8.count ?? 0)
                    }
                }
            }
            return bytes * 3 / 2 + groups.count * perLine
        }
    }
}
