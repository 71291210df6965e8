import Appeals
import CanonicalJSON
import Cryptography

/// What a former generation held beyond the office's backup, offered to the restored office.
extension Link {
    /// Offers what a former generation held beyond the backup, page by page.
    mutating func recover(now: Int64) throws -> [LinkAction] {
        let items = try department.store.read { try $0.tray(kind: .setAside, after: 0, limit: limit[.exchange] ?? 1) }
        guard let last = items.last else {
            exchange = .pushing(try currentOrigin(), first: 0, last: session?.stored ?? 0)
            return try nextExchange(now: now)
        }
        var body: [UInt8] = []
        var sent: Int64 = 0
        for item in items where body.count < department.rules.sizes.pageBytes {
            body += Array(#"{"row":"#.utf8) + item.bytes
            body += Array(#","seal":"\#(item.text)","stream":"\#(item.subject)"}"#.utf8) + [10]
            sent = item.id
        }
        exchange = .recovering(upTo: min(sent, last.id))
        return send(.exchange, WireRequest(.recovered, body: body))
    }

    /// The office no longer takes anything back: what it lost stays here for people to look at, and must not block own
    /// work.
    mutating func escalateUnrecovered(now: Int64) throws {
        try department.store.write { transaction in
            for item in try transaction.tray(kind: .setAside, after: 0, limit: department.rules.sizes.chunk) {
                let row = try Appeals.Aggregate(parsing: item.bytes)
                try transaction.addTray(
                    TrayRecord(
                        kind: .recovery,
                        subject: row.id,
                        text: "the office was restored too long ago to take this row of \(item.subject) back",
                        bytes: item.bytes,
                        at: now
                    )
                )
                try transaction.deleteTray(item.id)
            }
        }
        exchange = .recovering(upTo: 0)
    }

    /// The office has it now, but may be restored once more before this node has read it there.
    func keepOffered(upTo: Int64) throws {
        try department.store.write { transaction in
            try department.eachInTray(.setAside, upTo: upTo, transaction) { item in
                try department.turn(item, into: .offered, transaction)
            }
        }
    }
}
