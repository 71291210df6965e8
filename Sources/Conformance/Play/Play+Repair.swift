import Appeals
import CanonicalJSON
import Cryptography
import Glibc
import Node
import Replication

/// Differences of rows: one that can be mended, one that cannot.
extension Play {
    private var slice: String { "slice:" + ProbeIdentity.node }

    /// A page whose digest does not fit: it must be probed, fetched and compared again, once.
    func repair() throws {
        let mark = try woken(address: "вул. Схована, 1") { sync in
            var trick = Trick(.withheld) { sync.isListening($0) }
            trick.dress = { try sync.office.spoilt(.withheld, $0, $1) }
            return trick
        }
        try expect(.probesAll, "a probe of the whole, after a page whose digest differs") { sync in
            sync.requests("probe", since: mark).first.map { probe in
                probe.lines.count == 1 && probe.lines.first??["from"]?.string == ""
                    && probe.lines.first??["to"]?.string == "" && probe.lines.first??["split"]?.bool == true
            } ?? false
        }
        try expect(.fetchesWanted, "a fetch of what differs") { sync in
            guard let fetch = sync.requests("fetch", since: mark).first else { return false }
            let told = sync.requests("probe", since: mark).flatMap(\.replyLines).flatMap { $0["ids"]?.array ?? [] }
                .compactMap { $0.array?.first?.string }
            let wanted = fetch.lines.compactMap { $0?["id"]?.string }
            return !wanted.isEmpty && Set(wanted).isSubset(of: told + [ProbeOffice.id(1)])
        }
        try expect(.repaired, "a pull behind the fetch, and then a poll") { sync in
            guard let fetch = sync.requests("fetch", since: mark).last else { return false }
            return sync.requests("pull", since: fetch.number).contains { $0.stream == slice && $0.isAnswered }
                && (sync.isPolled(since: fetch.number) || sync.hasNoPolls)
        }
        let fetches = try sync.with { $0.requests("fetch", since: mark).count }
        try check(.repaired, "the difference was fetched \(fetches) times") { _ in fetches == 1 }
        try projecting()
        usleep(1_000_000)
        try check(.repaired, "the node told of a difference that it could have mended") { sync in
            sync.requests("receipts", since: mark).allSatisfy { $0.lines.allSatisfy { $0?["differs"] == nil } }
        }
        try inVain()
    }

    /// The office is still projecting: it tells no digest.
    private func projecting() throws {
        let mark = try woken(address: "вул. Схована, 5") { sync in
            var trick = Trick(.projecting) { sync.isListening($0) }
            trick.dress = { _, honest in
                try sync.office.resigned(honest) { _, reply in
                    reply["digest"] = nil
                    reply["rows"] = nil
                    reply["projecting"] = true
                    return true
                }
            }
            return trick
        }
        try expect(.projectingNotCompared, "a pull behind a page that says projecting") { sync in
            sync.afterProjecting(mark) != nil
        }
        try check(.projectingNotCompared, "the page that said projecting was not taken") { sync in
            guard let (page, next) = sync.afterProjecting(mark) else { return false }
            return next.request.number("after") == page.reply?["to"]?.integer
        }
        try rest(from: mark)
        try check(.projectingNotCompared, "it was compared") { $0.requests("probe", since: mark).isEmpty }
    }

    /// What the office says of its digest does not fit what it gives.
    private func inVain() throws {
        let mark = try woken(address: "вул. Схована, 2") { sync in
            var trick = Trick(.otherDigest) { $0.call == "pull" && $0.stream == slice }
            trick.isLasting = true
            trick.dress = { _, honest in
                try sync.office.resigned(honest) { _, reply in
                    guard var digest = reply["digest"]?.string.flatMap({ SHA256Digest(hex: $0) }),
                        let one = SHA256Digest(hex: String(repeating: "0", count: 63) + "1")
                    else { return false }
                    digest.add(one)
                    reply["digest"] = .string(digest.hex)
                    return true
                }
            }
            return trick
        }
        try expect(.differenceTold, within: 30_000, "a line differs in receipts, after a comparison in vain") { sync in
            sync.requests("receipts", since: mark).contains { exchange in
                exchange.lines.contains { $0?["differs"]?["stream"]?.string == slice }
            }
        }
        try rest(from: mark)
        let later = try sync.with { sync in
            try sync.office.correct(1, address: "вул. Схована, 3")
            return sync.exchanges.count
        }
        try rest(from: later)
        try check(.notComparedAgain, "the same difference was probed again") { sync in
            sync.requests("probe", since: later).isEmpty
        }
        try sync.with { sync in
            sync.endTricks()
            try sync.office.correct(1, address: "вул. Схована, 4")
        }
        try rest(from: later)
    }
}

extension SyncHandler {
    /// The page that said projecting, and the pull of the same stream behind it.
    fileprivate func afterProjecting(_ mark: Int) -> (page: Exchange, next: Exchange)? {
        guard let page = exchanges.dropFirst(mark).first(where: { $0.trick == .projecting }),
            let next = requests("pull", since: page.number + 1).first(where: { $0.stream == page.stream })
        else { return nil }
        return (page, next)
    }
}
