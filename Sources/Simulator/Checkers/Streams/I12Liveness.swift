import Replication

/// I12: on a fair network every outbox empties, whatever became of any one operation, and every slice is read.
enum I12Liveness: QuietChecker {
    static let name = "I12 liveness"

    static func whenQuiet(_ city: City) throws {
        for site in city.judged {
            try site.store.read { reading in
                guard try reading.stream(Space.slice(site.name)) != nil else {
                    throw violation("\(site.name) never read its slice")
                }
                for origin in try reading.origins(node: site.name) {
                    for record in try reading.operations(origin.origin, after: 0, limit: .max)
                    where !record.isReplaced && record.outcome == nil && !record.bytes.isEmpty {
                        throw violation("\(origin.origin):\(record.number) \(record.kind) has no outcome")
                    }
                }
            }
        }
    }
}
