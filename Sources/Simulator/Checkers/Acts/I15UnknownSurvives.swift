import Appeals
import CanonicalJSON
import Replication

/// I15: what a receiver does not know it keeps byte for byte, shows to nobody and gives back as it came; so does it with
/// all else.
enum I15UnknownSurvives: QuietChecker {
    static let name = "I15 unknown survives"

    static func whenQuiet(_ city: City) throws {
        for site in city.judged {
            try site.store.read { reading in
                for origin in try reading.origins(node: site.name) {
                    for record in try reading.operations(origin.origin, after: 0, limit: .max)
                    where !record.isReplaced && !record.bytes.isEmpty {
                        let stored = try city.officeStore.read { try $0.operation(origin.origin, record.number) }
                        if let stored, stored.id == record.id { try judge(record, stored, of: site, city) }
                    }
                }
            }
        }
    }

    private static func judge(_ own: OperationRecord, _ stored: OperationRecord, of site: Site, _ city: City) throws {
        let write = "\(own.origin):\(own.number)"
        guard !city.weather.damaged.contains(write) else { return }
        // Either side may have destroyed the content, never changed it.
        guard try own.bytes == stored.bytes || own.bytes.count != stored.bytes.count && isStripped(own, stored) else {
            throw violation("\(write) has other bytes at the office than at \(site.name)")
        }
        let operation = try city.watch.read.signed(stored).operation
        guard KindRule.named(own.kind) == nil && Kinds.named(own.kind) == nil || operation.schema > Kinds.schema else {
            return
        }
        guard [.held, .erased].contains(stored.status) else {
            throw violation("\(write) of the unknown kind \(own.kind) is \(stored.status?.rawValue ?? "undecided")")
        }
        let row = try own.appeal.flatMap { id in
            try city.officeStore.read { try $0.row(Space.appeals, generation: 0, key: id) }
        }
        guard let row, let token = Tokens.found(in: own.bytes).first(where: Tokens.found(in: row.bytes).contains) else {
            return
        }
        throw violation("\(write) is of an unknown kind, but its \(token) is shown on \(row.key)")
    }

    private static func isStripped(_ one: OperationRecord, _ other: OperationRecord) throws -> Bool {
        try [one, other].contains { try SignedOperation(stored: $0.bytes).operation.erasedBodyDigest != nil }
    }
}
