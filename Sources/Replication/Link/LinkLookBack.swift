import Appeals
import CanonicalJSON
import Cryptography

/// After a fork or a restore: the office's log of an own origin, compared operation by operation.
extension Link {
    /// Whether a log other than the present one needs no comparison with the office's copy.
    ///
    /// Work that a copy's branch replaced there is sent again in the present log; once per epoch is enough.
    func needsNoComparison(of origin: Origin, _ state: LogState?, _ known: Int64, _ id: String?) throws -> Bool {
        let isOld = try department.store.read { try department.currentOrigin($0).origin != origin }
        switch state {
        case _ where !isOld: return false
        case .closed: return try !department.endsBeforeAcknowledged(origin, at: known, id: id)
        case .fork, .known: return department.rules.wasCompared(lookedBack[origin], in: session?.epoch)
        case .new, .behind, .tokenStale, .epoch, .earlierFirst, .distrusted, .frozen, .tooMany, nil: return true
        }
    }

    /// Begins to compare the office's log of an own origin, as it is in this epoch, operation by operation.
    mutating func lookBack(in origin: Origin, from known: Int64, _ epoch: String) {
        lookedBack[origin] = epoch
        let after = max(0, known - Int64(department.rules.sizes.pageRecords))
        exchange = .comparingLogs(origin, after: after, known: known, common: nil)
    }

    /// Finds the last operation that both have, in a page of the office's log.
    ///
    /// A page may hold fewer operations than requested, and the log may have grown since the office reported its last
    /// number, by a late push or by a copy of this node: while the whole page is common, the search continues after it.
    /// A branch begun too early would do the same work twice, and common operations that were not fetched would have no
    /// outcome.
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
        // Including common operations whose outcomes never arrived here.
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
