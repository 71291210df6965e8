import Appeals
import CanonicalJSON
import Cryptography

/// After a fork or a restore: the office's log of an own origin, compared operation by operation.
extension Link {
    /// Whether there is nothing to look back for in a log that is not the present one.
    ///
    /// What another hand's branch took the place of there is sent again in the present log; once is enough in an epoch.
    func needsNoComparison(of origin: Origin, _ state: String, _ known: Int64, _ id: String?) throws -> Bool {
        let isOld = try department.store.read { try department.currentOrigin($0).origin != origin }
        switch state {
        case _ where !isOld: return false
        case "closed": return try !department.endsBeforeAcknowledged(origin, at: known, id: id)
        case "fork", "known": return !department.rules.ownLogsCompared || lookedBack[origin] == session?.epoch
        default: return true
        }
    }

    /// Begins to compare the office's log of an own origin, as it is in this epoch, operation by operation.
    mutating func lookBack(in origin: Origin, from known: Int64, _ epoch: String) {
        lookedBack[origin] = epoch
        let after = max(0, known - Int64(department.rules.sizes.pageRecords))
        exchange = .comparingLogs(origin, after: after, known: known, common: nil)
    }

    /// Looks in a page of the office's log for the last operation that both have.
    ///
    /// A page may hold fewer than were asked for, and the log may have grown since the office told its last number, by a
    /// push that came late or by a copy of this node: while all of a page is common the search goes on after it. A branch
    /// that began too early would do the same work twice, and what is common but not fetched would have no outcome.
    mutating func lookBack(
        _ page: VerifiedReply,
        _ origin: Origin,
        after: Int64,
        known: Int64,
        former: Int64?,
        now: Int64
    ) throws {
        let found = try department.common(page, origin: origin)
        let reached = page.reply["to"]?.integer ?? after
        let known = max(known, reached)
        if let found, found == reached, reached > after {
            exchange = .comparingLogs(origin, after: reached, known: known, common: found)
            return
        }
        guard let common = found ?? former ?? (after == 0 ? 0 : nil) else {
            let before = max(0, after - Int64(department.rules.sizes.pageRecords))
            exchange = .comparingLogs(origin, after: before, known: known, common: nil)
            return
        }
        let acknowledged = try department.store.read { try $0.origin(origin)?.acknowledged ?? 0 }
        // Also what is common but whose outcome never arrived here.
        try department.branch(
            after: common,
            of: origin,
            refetching: min(common, acknowledged),
            upTo: known,
            token: staleToken,
            now: now
        )
        staleToken = nil
        exchange = .hello
        session = nil
    }
}
