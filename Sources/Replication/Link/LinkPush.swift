import Appeals
import CanonicalJSON
import Cryptography

/// Own operations on their way to the office, again after a restore.
extension Link {
    /// The log that is pushed now: after a restore each own log in turn, otherwise the one that is written to.
    func currentOrigin() throws -> Origin {
        if let origin = session?.origins.first { return origin }
        return try department.store.read { try department.currentOrigin($0).origin }
    }

    /// The next page of the log that is pushed, at most `limit` operations; with none left, receipts are next.
    ///
    /// After a restore the end of one log leads to the next. Source: protocol.md section 7.2.
    mutating func push(now: Int64) throws -> [LinkAction] {
        guard let session else {
            exchange = .hello
            return try nextExchange(now: now)
        }
        hasNews = false
        let origin = try currentOrigin()
        let resends = session.formerEpoch != nil
        let page = try department.page(
            of: origin,
            after: session.stored,
            limit: limit[.exchange] ?? 1,
            resends: resends
        )
        if !resends, page == nil || status.settled?.origin != origin {
            status.settled = LinkStatus.Settled(origin: origin, number: session.stored)
        }
        if let page {
            exchange = .pushing(origin, first: page.first, last: page.last)
            let chain = try department.store.read { try $0.origin(origin)?.chain } ?? ""
            return send(
                .exchange,
                WireRequest(
                    .push,
                    query: [("epoch", session.epoch), ("origin", origin.description), ("chain", chain)],
                    body: page.body
                )
            )
        }
        if resends { return try replayed(now: now) }
        return try purge(now: now)
    }

    /// One origin's log is back at the office: moves on to the next newer origin, or begins the new epoch after the
    /// last one.
    mutating func replayed(now: Int64) throws -> [LinkAction] {
        let left = Array((session?.origins ?? []).dropFirst())
        if left.isEmpty {
            let epoch = session?.epoch ?? ""
            try department.store.write { try $0.setValue(Values.epoch, epoch) }
            session = nil
        } else {
            session?.origins = left
        }
        exchange = .hello
        return try nextExchange(now: now)
    }

    /// Acts on the answers to a page: goes on after the last outcome, fills a gap, steps over what nobody can read, or
    /// compares the logs after a fork.
    mutating func pushed(_ result: Department.Pushed, of origin: Origin, now: Int64) throws {
        switch result {
        case .upTo(let last): session?.stored = last
        case .unreadable(let number, let reason):
            try department.stepOver(number, of: origin, reason: reason, now: now)
            session = nil
            exchange = .hello
            return
        case .gap(let wanted): session?.stored = wanted - 1
        case .fork(let known):
            lookBack(in: try currentOrigin(), from: known, session?.epoch ?? "")
            return
        }
        exchange = .idle
    }
}
