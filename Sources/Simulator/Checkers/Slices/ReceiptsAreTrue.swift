import Appeals
import Replication

/// A receipt that a department signs says what is so at that moment: nothing of the appeal in that tenure is on its disk,
/// in no generation, and nothing of it is set aside, offered or put before a person.
enum ReceiptsAreTrue: Checker {
    static let name = "a receipt says what is so"

    /// The receipts that are signed and wait to be told, by their numbers.
    static func signed(by site: Site) throws -> Set<Int64> { Set(try debts(of: site).map(\.id)) }

    /// Looks behind those that were signed since.
    static func judge(_ site: Site, since former: Set<Int64>) throws {
        for debt in try debts(of: site) where !former.contains(debt.id) {
            try site.store.read { reading in
                try nothingShown(of: debt, site, reading)
                for kind in [TrayKind.setAside, .offered, .recovery] {
                    for item in try reading.tray(kind: kind, after: 0, limit: .max) where !item.bytes.isEmpty {
                        guard try Appeals.Aggregate(parsing: item.bytes).id == debt.subject else { continue }
                        throw violation("\(site.name) signs for \(debt.subject), of which its tray (\(kind)) has a row")
                    }
                }
            }
        }
    }

    private static func debts(of site: Site) throws -> [DebtRecord] {
        try site.store.read { reading in
            try [DebtRecord.Kind.receipt, .secondReceipt].flatMap {
                try reading.debts(DebtFilter(kind: $0, node: site.name, isSigned: true), after: 0, limit: .max)
            }
        }
    }

    private static func nothingShown(of debt: DebtRecord, _ site: Site, _ reading: any StoreReading) throws {
        guard let stream = try reading.stream(Space.slice(site.name)) else { return }
        for generation in max(0, stream.generation - 1)...(stream.generation + 1) {
            guard let row = try reading.row(stream.name, generation: generation, key: debt.subject),
                debt.tenure == 0 || row.tenure <= debt.tenure
            else { continue }
            throw violation(
                "\(site.name) signs for the tenure \(debt.tenure) of \(debt.subject) and has it (tenure \(row.tenure)) in "
                    + "the generation \(generation) of \(stream.generation)"
            )
        }
    }
}
