import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// An operation that the office has decided, read again from its log.
struct Decided {
    /// As it lies in the log.
    let record: OperationRecord
    /// What its line says.
    let operation: Operation
    /// What the office recorded.
    let outcome: Outcome
    /// Put back in force as it was before a restore, not judged anew.
    var isReplayed: Bool { outcome.flags.contains("replayed") }
}

/// What one step of the office committed: operations in its order, and the appeals that they were about, before and after.
struct Committed {
    /// An appeal before and after a step of the office.
    struct Change {
        let before: Appeals.Aggregate?
        let after: Appeals.Aggregate?
        /// After a restore a row may also change by what readers bring back: then it is taken as it is.
        let isRecovered: Bool
    }
    var operations: [Decided] = []
    var appeals: [String: Change] = [:]
    /// The directory before the step, if the step was about it alone.
    var directory: [String: Appeals.Aggregate]?
}

/// What the judges remember of a run between two commits of the office.
final class Watch {
    /// The last number of each log that was looked at.
    private var lasts: [Origin: Int64] = [:]
    private var commit: Int64?
    /// The appeals as they were after the last commit.
    private(set) var appeals: [String: Row] = [:]
    private var aggregates: [String: Appeals.Aggregate] = [:]
    /// The directory as it was after the last commit, by key.
    private(set) var directory: [String: Appeals.Aggregate] = [:]
    private var directoryHead: Int64?
    private var isBegun = false
    /// What people saw and wrote.
    var history = History()
    /// What is read of operations, by their ids.
    var read = OperationsRead()
    /// What the advice of an author's own node was, by the id of the operation.
    var advice: [String: Advice] = [:]
    /// What may be seen of an appeal by its state and reader: asked for each line of each reply.
    var holdings: [Reading: Holding?] = [:]

    /// A reader of an appeal in one state, on one day, by some programs' projections.
    struct Reading: Hashable {
        let department: String
        let digest: SHA256Digest
        let today: CivilDate
        let versions: [Int64]
    }

    /// Looks what the office's log has more than at the last time; nil if nothing was committed.
    func look(at city: City) throws -> Committed? {
        guard isBegun else {
            try begin(city)
            return nil
        }
        return try city.officeStore.read { reading in
            let commit = try reading.value(Values.commit)
            guard commit != self.commit else { return nil }
            self.commit = commit
            var committed = Committed()
            for node in city.nodeNames {
                for origin in try reading.origins(node: node) where origin.last > lasts[origin.origin] ?? 0 {
                    for number in ((lasts[origin.origin] ?? 0) + 1)...origin.last {
                        guard let decided = try decided(origin.origin, number, reading) else { continue }
                        committed.operations.append(decided)
                    }
                    lasts[origin.origin] = origin.last
                }
            }
            committed.operations.sort {
                ($0.outcome.commit, $0.operation.write) < ($1.outcome.commit, $1.operation.write)
            }
            try compare(&committed, reading, isRestored: city.officeRestores > 0)
            if committed.operations.allSatisfy({ $0.operation.appeal == nil }) { committed.directory = directory }
            try readDirectory(reading)
            return committed
        }
    }

    private func decided(_ origin: Origin, _ number: Int64, _ reading: any StoreReading) throws -> Decided? {
        guard let record = try reading.operation(origin, number), let line = record.outcome,
            let outcome = Outcome(try JSON(parsing: line))
        else { throw City.Violation(invariant: I03NoLostUpdate.name, seen: "\(origin):\(number) has no outcome") }
        // An older program's record of what was erased holds nothing to judge.
        guard !record.bytes.isEmpty else { return nil }
        return Decided(record: record, operation: try read.signed(record).operation, outcome: outcome)
    }

    private func compare(_ committed: inout Committed, _ reading: any StoreReading, isRestored: Bool) throws {
        var names = Set(committed.operations.compactMap(\.operation.appeal))
        if isRestored {
            for row in try reading.rows(Space.appeals, generation: 0, after: "", limit: .max)
            where appeals[row.key]?.digest != row.digest {
                names.insert(row.key)
            }
        }
        let replayed = Set(committed.operations.filter(\.isReplayed).compactMap(\.operation.appeal))
        let judged = Set(committed.operations.compactMap(\.operation.appeal))
        for name in names {
            let row = try reading.row(Space.appeals, generation: 0, key: name)
            let after = try row.map { try read.aggregate($0) }
            committed.appeals[name] = Committed.Change(
                before: aggregates[name],
                after: after,
                isRecovered: replayed.contains(name) || !judged.contains(name)
            )
            appeals[name] = row
            aggregates[name] = after
        }
    }

    private func readDirectory(_ reading: any StoreReading) throws {
        let head = try reading.stream(Space.reference)?.head
        guard head != directoryHead else { return }
        directoryHead = head
        let rows = try reading.rows(Space.reference, generation: 0, after: "", limit: .max)
        directory = Dictionary(uniqueKeysWithValues: try rows.map { ($0.key, try read.aggregate($0)) })
    }

    /// The office begins, or goes on from a backup: what its store holds now is where the next look starts.
    func begin(_ city: City) throws {
        isBegun = true
        lasts = [:]
        appeals = [:]
        aggregates = [:]
        holdings = [:]
        directoryHead = nil
        try city.officeStore.read { reading in
            try readDirectory(reading)
            commit = try reading.value(Values.commit)
            for node in city.nodeNames {
                for origin in try reading.origins(node: node) { lasts[origin.origin] = origin.last }
            }
            for row in try reading.rows(Space.appeals, generation: 0, after: "", limit: .max) {
                appeals[row.key] = row
                aggregates[row.key] = try read.aggregate(row)
            }
        }
    }

    /// Hears the advice of a department's node.
    func listen(to site: Site, in city: City) {
        site.department.onAdvice = { [unowned self, unowned site, unowned city] signed, outcome, reading in
            guard outcome.status != .refused else {
                return try I13SamePolicy.refused(signed, outcome, by: site, in: city)
            }
            let others = try signed.operation.appeal.map {
                try reading.pending(appeal: $0, node: site.name, beyond: .max, limit: 1)
            }
            advice[signed.id] = Advice(
                status: outcome.status,
                reason: outcome.reason,
                date: Today.date(site.clock(city.now)),
                isAlone: others?.isEmpty ?? true
            )
        }
    }

    /// An appeal as the office has it now.
    func appeal(_ id: String) -> Appeals.Aggregate? { aggregates[id] }

    func learn(_ committed: Committed) {
        for decided in committed.operations { advice[decided.record.id] = nil }
    }
}

extension City {
    /// The office first: its acts are what others wait for.
    var nodeNames: [String] { ["office"] + sites.map(\.name) }
}
