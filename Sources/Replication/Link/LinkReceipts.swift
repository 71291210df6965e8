import Appeals
import CanonicalJSON
import Cryptography

/// Purge receipts, and the differences that go with them.
extension Link {
    /// What is next when the log is pushed: erasures not told yet, own work that became durable, receipts, then sleep.
    ///
    /// Receipts are signed only after `.purge` has wiped the disk (protocol.md "Stored, durable, purge, erasure").
    mutating func purge(now: Int64) throws -> [LinkAction] {
        if missedErasures {
            exchange = .hello
            return try nextExchange(now: now)
        }
        if try department.store.read({ try $0.stubs(after: "", limit: 1).isEmpty }) == false {
            try department.purgeDurable(now: now)
        }
        let (isDue, isSigned) = try department.store.read { reading in
            (
                try !department.receiptsDue(reading, limit: 1).isEmpty,
                try !department.receiptsSigned(reading, limit: 1).isEmpty
                    || !department.differencesToTell(reading, limit: 1).isEmpty
            )
        }
        if isSigned {
            exchange = .receipts(upTo: 0, differences: 0)
            return try nextExchange(now: now)
        }
        exchange = .idle
        if isDue { return [.sleep(.exchange, until: now + idleSleep), .purge] }
        return hasNews ? try push(now: now) : [.sleep(.exchange, until: now + idleSleep)]
    }

    /// A page of signed receipts, after the differences that are still to be told; together at most `limit` lines.
    ///
    /// Source: protocol.md section 7.6.
    mutating func receipts(now: Int64) throws -> [LinkAction] {
        let limit = limit[.exchange] ?? 1
        let (told, items) = try department.store.read { reading in
            let told = try department.differencesToTell(reading, limit: limit)
            return (told, try department.receiptsSigned(reading, limit: max(0, limit - told.count)))
        }
        guard !told.isEmpty || !items.isEmpty else {
            exchange = .idle
            return try push(now: now)
        }
        exchange = .receipts(upTo: items.last?.id ?? 0, differences: told.last?.id ?? 0)
        let lines = told.map(\.bytes) + items.map(\.bytes)
        let body = lines.flatMap { (line: [UInt8]) -> [UInt8] in line + [10] }
        return send(.exchange, WireRequest(.receipts, body: body))
    }
}
