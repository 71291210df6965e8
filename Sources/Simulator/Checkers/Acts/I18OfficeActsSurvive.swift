import Appeals
import Replication

/// I18: after a restore every act of the office that some reader held is back, replaced by a later one, or before the
/// operator; and what an author was told about held work is what the office goes by.
enum I18OfficeActsSurvive: QuietChecker {
    static let name = "I18 office acts survive a restore"

    static func whenQuiet(_ city: City) throws {
        try decisions(city)
        let told = try ([city.officeStore] + city.sites.map(\.store)).map(leftToPeople).reduce(into: Set()) {
            $0.formUnion($1)
        }
        try city.officeStore.read { reading in
            for memory in city.remembered {
                if try told.contains(memory.key) || reading.isErased(memory.key) { continue }
                let row = try reading.row(memory.space, generation: 0, key: memory.key)?.aggregate()
                guard row?[memory.name]?.commit ?? 0 < memory.item.commit else { continue }
                throw violation(
                    "\(memory.site) held \(memory.name) \(memory.item.write) of \(memory.key), it is not back"
                )
            }
        }
    }

    /// What an operator is asked to look at; at a department what the office took back no more after the days of recovery.
    private static func leftToPeople(_ store: any Store) throws -> Set<String> {
        try store.read { Set(try $0.tray(kind: .recovery, after: 0, limit: .max).map(\.subject)) }
    }

    private static func decisions(_ city: City) throws {
        for site in city.judged {
            let left = try leftToPeople(site.store)
            try site.store.read { reading in
                for origin in try reading.origins(node: site.name) {
                    for record in try reading.operations(origin.origin, after: 0, limit: .max)
                    where !record.isReplaced && record.status == .held
                        && !left.contains("\(origin.origin):\(record.number)")
                    {
                        let stored = try city.officeStore.read { try $0.operation(origin.origin, record.number) }
                        guard let stored, stored.id == record.id, stored.decision != record.decision else { continue }
                        throw violation(
                            "\(origin.origin):\(record.number) is \(record.decision?.rawValue ?? "undecided") here, "
                                + "\(stored.decision?.rawValue ?? "undecided") at the office"
                        )
                    }
                }
            }
        }
    }
}
