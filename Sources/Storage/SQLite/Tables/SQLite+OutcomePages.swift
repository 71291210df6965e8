import Appeals
import Replication

extension SQLiteReading {
    func outcomePages(_ origin: Origin, from first: Int64, to last: Int64) throws -> [OutcomePage] {
        let sql = """
            SELECT first, last, told_again, bytes FROM outcome_page
            WHERE origin = ? AND first > ? AND first <= ? AND last >= ? ORDER BY first, told_again
            """
        // A page covers no more numbers than this, so one that begins earlier cannot reach so far.
        let before = first - Int64(ReplicationLimits.pageRecords)
        return try connection.all(sql, [.origin(origin), .integer(before), .integer(last), .integer(first)]) {
            OutcomePage(
                origin: origin,
                first: $0.integer(0),
                last: $0.integer(1),
                isRetransmitted: $0.integer(2) == 1,
                bytes: $0.blob(3)
            )
        }
    }
}

extension SQLiteTransaction {
    func putOutcomePage(_ page: OutcomePage) throws {
        try connection.run(
            "INSERT OR REPLACE INTO outcome_page (origin, first, last, told_again, bytes) VALUES (?, ?, ?, ?, ?)",
            [
                .origin(page.origin), .integer(page.first), .integer(page.last), .flag(page.isRetransmitted),
                .blob(page.bytes),
            ]
        )
    }

    /// Pages that lie wholly at or below `last`; gives how many went, fewer than `limit` when none is left.
    func deleteOutcomePages(_ origin: Origin, upTo last: Int64, limit: Int) throws -> Int {
        try connection.run(
            """
            DELETE FROM outcome_page WHERE rowid IN (
                SELECT rowid FROM outcome_page WHERE origin = ? AND first <= ? AND last <= ?
                ORDER BY first, told_again LIMIT ?
            )
            """,
            [.origin(origin), .integer(last), .integer(last), .limit(limit)]
        )
        return connection.changes
    }
}
