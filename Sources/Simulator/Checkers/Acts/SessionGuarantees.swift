import Appeals
import Replication

/// The session guarantees over what people saw and wrote at one node: reads are monotone, one reads what one wrote, writes
/// follow in the office's order what their author had seen, and each other.
///
/// Exceptions, by name: a rollback of the node (its people begin a new session), a restore of the office (a new epoch: what
/// was lost may be older until it is back), a second copy of the disk that runs beside the first, what the office's key lied to a node about, a change of role (another tenure shows more or less).
enum SessionGuarantees: CommitChecker {
    static let name = "session guarantees"

    // MARK: reading

    /// What a department's people see of an appeal now.
    static func read(
        _ appeal: String,
        _ view: (appeal: Appeals.Aggregate?, pending: [OperationRecord]),
        _ site: Site,
        _ city: City
    ) throws {
        guard let shown = view.appeal, !hasCopy(site.name, city) else { return }
        let pending = Set(view.pending.map { "\($0.origin):\($0.number)" })
        var latest = pending.isEmpty ? shown.commit : 0
        for section in Section.allCases where !pending.isEmpty {
            for (_, item) in shown.items(section) where !pending.contains(item.write) {
                latest = max(latest, item.commit)
            }
        }
        let era = try era(appeal, site, city)
        let key = History.key(site.name, appeal)
        // What a broken disk showed, or somebody with the office's key, was no reading of the office's.
        if city.corrupted == 0, !city.weather.liedTo.contains(site.name), let former = city.watch.history.seen[key],
            former.era == era
        {
            let (changed, gone) = shown.difference(from: former.shown)
            for name in changed + gone {
                guard let before = former.shown[name], !former.pending.contains(before.write) else { continue }
                let now = shown[name]?.commit ?? 0
                if now >= before.commit { continue }
                // A value of one's own stands over it for now.
                if let item = shown[name], pending.contains(item.write) { continue }
                throw violation(
                    "monotone reads: \(site.name) saw \(name) of \(appeal) as of \(before.commit), now as of \(now)"
                )
            }
        }
        try readsOwn(appeal, shown, site, city)
        city.watch.history.saw(
            site.name,
            appeal,
            History.Seen(era: era, shown: shown, pending: pending, latest: latest)
        )
    }

    /// Two processes of one node are two sessions, of which one is not its people's.
    private static func hasCopy(_ node: String, _ city: City) -> Bool {
        city.weather.twoHands.contains(node)
    }

    private static func era(_ appeal: String, _ site: Site, _ city: City) throws -> String {
        try site.store.read { reading in
            let stream = try reading.stream(Space.slice(site.name))
            let row = try reading.row(Space.slice(site.name), generation: stream?.generation ?? 0, key: appeal)
            return "\(stream?.epoch ?? "") \(row?.tenure ?? 0) \(city.officeRestores)"
        }
    }

    /// What was written is there: as a fact, or in force, or replaced by what came after it.
    private static func readsOwn(_ appeal: String, _ shown: Appeals.Aggregate, _ site: Site, _ city: City) throws {
        guard let written = city.watch.history.written[History.key(site.name, appeal)] else { return }
        try site.store.read { reading in
            for write in written {
                guard let record = try reading.operation(write.write.origin, write.write.number),
                    record.id == write.id, !record.isReplaced,
                    [nil, .accepted, .acceptedLate].contains(record.status),
                    let fact = try city.watch.read.operation(record).fact
                else { continue }
                guard shown[.facts, fact] != nil else {
                    throw violation("read your writes: \(site.name) does not see its \(fact) on \(appeal)")
                }
            }
        }
    }

    // MARK: writing

    static func judge(_ committed: Committed, in city: City) throws {
        for decided in committed.operations where !decided.isReplayed {
            let write = decided.operation.write
            if hasCopy(write.origin.node, city) { continue }
            if let seen = city.watch.history.seenByWrites[decided.record.id], city.officeRestores == 0,
                city.corrupted == 0,
                decided.outcome.commit <= seen
            {
                throw violation(
                    "writes follow reads: \(write) has the commit \(decided.outcome.commit), its author had seen \(seen)"
                )
            }
            // Within one log the numbers are the order of writing; over two logs of a node the later one is later.
            guard let appeal = decided.operation.appeal,
                let written = city.watch.history.written[History.key(write.origin.node, appeal)],
                let place = written.firstIndex(where: { $0.id == decided.record.id })
            else { continue }
            for earlier in written[..<place] {
                let record = try city.officeStore.read { try $0.operation(earlier.write.origin, earlier.write.number) }
                guard let record, record.id == earlier.id, record.commit > decided.outcome.commit,
                    decided.outcome.commit > 0,
                    city.officeRestores == 0
                else { continue }
                throw violation("monotone writes: \(write) is before \(earlier.write), which its node wrote earlier")
            }
        }
    }
}
