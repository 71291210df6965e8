import Appeals
import Replication

/// What the office counts as purged is purged: of each departure whose receipt it counted the department's store has no row
/// of any generation, and nothing that was set aside.
enum PurgedIsPurged: StepChecker, QuietChecker {
    static let name = "what the office counts as purged is purged"
    static let every = 1

    static func whileBusy(_ city: City) throws {
        // A copy signs with the same key of a disk of its own; and who was given an entry that never was may have a row of it
        // until its repair.
        let apart = city.weather.copied.union(city.weather.liedTo)
        for site in city.sites where !apart.contains(site.name) {
            let (paid, staying) = try city.officeStore.read { try counted(of: site.name, $0) }
            let epoch = try city.officeStore.read { try $0.value(Values.epoch) }
            if paid.isEmpty { continue }
            try site.store.read { reading in
                guard let stream = try reading.stream(Space.slice(site.name)) else { return }
                for debt in paid.values {
                    // A disk that was put back has not read of the departure again.
                    let hasRead = stream.epoch == epoch && (debt.epoch != epoch || stream.head >= debt.sequence)
                    if site.putBacks > 0, !hasRead { continue }
                    // In a stretch that this office has lost another office gave the appeal again.
                    if stream.epoch != epoch, stream.epoch != debt.epoch { continue }
                    try judge(site, debt, stream, reading)
                }
                // What a restored office lost since: it may have been given the appeal again, and offers it.
                let gone = paid.filter {
                    !city.weather.countedBefore.contains(name(of: $0.value)) && site.putBacks == 0
                        && !staying.contains($0.key)
                }
                try nothingAside(site, gone, reading)
            }
        }
    }

    static func whenQuiet(_ city: City) throws { try whileBusy(city) }

    private static func name(of debt: DebtRecord) -> String { "\(debt.node) \(debt.subject) \(debt.tenure)" }

    /// What an office that was just put back had counted already.
    static func counted(by reading: any StoreReading, _ nodes: [String]) throws -> Set<String> {
        Set(try nodes.flatMap { try counted(of: $0, reading).paid.values.map(name(of:)) })
    }

    /// The last tenure of each appeal that has ended, where its receipt was counted; and the appeals whose next tenure
    /// followed at once.
    private static func counted(
        of node: String,
        _ reading: any StoreReading
    ) throws -> (paid: [String: DebtRecord], staying: Set<String>) {
        var paid: [String: DebtRecord] = [:]
        var staying: Set<String> = []
        for row in try reading.rows(Space.appeals, generation: 0, after: "", limit: .max) {
            guard let debt = try reading.debt(.purge, node: node, subject: row.key), debt.state == .paid,
                let tenure = try reading.tenure(Space.slice(node), key: row.key),
                debt.tenure == (tenure.isOpen ? tenure.tenure - 1 : tenure.tenure)
            else { continue }
            paid[row.key] = debt
            if tenure.isOpen { staying.insert(row.key) }
        }
        return (paid, staying)
    }

    private static func judge(
        _ site: Site,
        _ debt: DebtRecord,
        _ stream: StreamRecord,
        _ reading: any StoreReading
    ) throws {
        for generation in max(0, stream.generation - 1)...(stream.generation + 1) {
            guard let row = try reading.row(stream.name, generation: generation, key: debt.subject),
                row.tenure <= debt.tenure
            else { continue }
            throw violation(
                "\(site.name) has \(debt.subject) (tenure \(row.tenure)) in the generation \(generation) of "
                    + "\(stream.generation), at \(stream.head) of \(stream.epoch.prefix(4)); counted is \(debt.tenure), "
                    + "at \(debt.sequence) of \(debt.epoch.prefix(4)): \(String(decoding: debt.bytes, as: UTF8.self).prefix(300))"
            )
        }
    }

    private static func nothingAside(
        _ site: Site,
        _ paid: [String: DebtRecord],
        _ reading: any StoreReading
    ) throws {
        guard !paid.isEmpty else { return }
        for kind in [TrayKind.setAside, .offered, .recovery] {
            for item in try reading.tray(kind: kind, after: 0, limit: .max) where !item.bytes.isEmpty {
                let row = try Appeals.Aggregate(parsing: item.bytes)
                if paid[row.id] != nil { throw violation("\(site.name)'s tray (\(kind)) has \(row.id)") }
            }
        }
    }
}

/// Every purge that is owed is shown as owed, and none other: counted from the tenures, which know nothing of debts.
///
/// What was opened is closed or open, of every kind, at every node, after every restore.
enum PurgesAreOwed: StepChecker, QuietChecker {
    static let name = "what is owed is a row"
    static let every = 7

    static func whileBusy(_ city: City) throws {
        try city.officeStore.read { reading in
            try isWhole("office", reading)
            var keys = try reading.rows(Space.appeals, generation: 0, after: "", limit: .max).map(\.key)
            keys += try reading.rows(Space.suspended, generation: 0, after: "", limit: .max).map(\.key)
            keys += try reading.erasures(after: "", limit: .max).map(\.appeal)
            var departures: Int64 = 0
            for key in Set(keys) {
                for tenure in try reading.tenures(key: key) where tenure.stream.hasPrefix("slice:") {
                    departures += tenure.isOpen ? tenure.tenure - 1 : tenure.tenure
                    try judge(tenure, reading)
                }
            }
            let opened = try reading.debtTotals(.purge).opened
            guard opened == departures else { throw violation("\(departures) departures, \(opened) were ever owed") }
        }
        for site in city.sites { try site.store.read { try isWhole(site.name, $0) } }
    }

    static func whenQuiet(_ city: City) throws {
        try whileBusy(city)
        // From whom a `leave` was withheld is asked for its receipt by the next hello, which a quiet city has no need of.
        for site in city.judged where !city.weather.liedTo.contains(site.name) {
            // What a person is still to look at stays on the disk, and its receipt stays owed.
            if try !site.store.read({ try $0.tray(kind: .recovery, after: 0, limit: 1).isEmpty }) { continue }
            let owed = try city.officeStore.read {
                try $0.debts(DebtFilter(kind: .purge, node: site.name), after: 0, limit: 1)
            }
            if let debt = owed.first {
                let there = try site.store.read { try Self.told(of: debt, site, $0) }
                throw violation(
                    "\(site.name) never said that \(debt.subject) is purged (tenure \(debt.tenure), at \(debt.sequence) "
                        + "of \(debt.epoch.prefix(4))); \(there)"
                )
            }
        }
    }

    /// What the node itself knows of a departure.
    private static func told(of debt: DebtRecord, _ site: Site, _ reading: any StoreReading) throws -> String {
        let stream = try reading.stream(Space.slice(site.name))
        let row = try reading.row(Space.slice(site.name), generation: stream?.generation ?? 0, key: debt.subject)
        let own = try reading.debt(.receipt, node: site.name, subject: debt.subject)
        let aside = try [TrayKind.setAside, .offered].map { try reading.tray(kind: $0, after: 0, limit: 9).count }
        return "it is at \(stream?.head ?? 0) of \(stream?.epoch.prefix(4) ?? ""), has tenure \(row?.tenure ?? 0), "
            + "owes \(own.map { "\($0.tenure) \($0.state)" } ?? "nothing"), aside \(aside)"
    }

    private static func isWhole(_ node: String, _ reading: any StoreReading) throws {
        for kind in DebtRecord.Kind.allCases {
            let totals = try reading.debtTotals(kind)
            guard totals.opened == totals.closed + totals.open else {
                throw violation(
                    "\(node): \(totals.opened) \(kind) opened, \(totals.closed) closed, \(totals.open) open"
                )
            }
        }
    }

    private static func judge(_ tenure: TenureRecord, _ reading: any StoreReading) throws {
        let node = String(tenure.stream.dropFirst("slice:".count))
        let debt = try reading.debt(.purge, node: node, subject: tenure.key)
        if try tenure.isOpen || reading.isErased(tenure.key) {
            // Of a tenure that the present one followed at once the receipt is owed while the row stays.
            let isFormer = tenure.isOpen && debt?.tenure == tenure.tenure - 1
            guard debt?.state != .open || isFormer else {
                throw violation("\(node) owes the purge of \(tenure.key), which it has")
            }
            return
        }
        guard let debt, debt.tenure == tenure.tenure, debt.state != .dropped else {
            throw violation("nobody owes the purge of \(tenure.key) by \(node), tenure \(tenure.tenure)")
        }
    }
}
