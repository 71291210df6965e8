import Appeals
import CanonicalJSON
import Cryptography
import Finding
import Node
import Replication

/// Whether a planted store is as the engine would have left it: by its own checks, and by looking at everything once more.
///
/// Throws with the first thing that does not agree. Holds all rows in memory: for small stores.
struct PlantedCheck {
    private let plan: Plan
    private let node: OpenedNode
    private let office: Office

    static func agree(_ directory: String, _ plan: Plan) throws -> JSON {
        let node = try OpenedNode.open(directory)
        defer { node.close() }
        guard let office = node.office else { throw Failure("\(directory) is no office") }
        let check = PlantedCheck(plan: plan, node: node, office: office)
        try check.files()
        try check.digests()
        let rows = try node.store.read { try $0.rows(Space.appeals, generation: 0, after: "", limit: .max) }
        try check.columns(rows)
        try check.counts(rows)
        try check.log()
        try check.judged(rows)
        try check.searches(rows)
        return ["rows": .integer(Int64(rows.count))]
    }

    private func require(_ isSo: Bool, _ what: @autoclosure () -> String) throws {
        guard isSo else { throw Failure("the planted store: \(what())") }
    }

    /// The database's own check.
    private func files() throws {
        let problems = try node.store.examination?.integrityCheck() ?? []
        try require(problems.isEmpty, problems.joined(separator: "; "))
    }

    /// The office's own pass finds nothing to mend.
    private func digests() throws {
        func state() throws -> [StreamRecord] { try node.store.read { try $0.streams(after: "", limit: 1_000) } }
        func alerts() throws -> Int {
            try node.store.read {
                try $0.tray(kind: .repair, after: 0, limit: 10) + $0.tray(kind: .alarm, after: 0, limit: 10)
            }.count
        }
        let before = try state()
        for space in try office.spaces() {
            var key: String? = ""
            while let after = key {
                let (next, broken) = try office.rehash(space, after: after, limit: 500, now: Machine.now())
                try require(broken.isEmpty, "rows \(broken) are broken")
                key = next
            }
        }
        try office.resum(now: Machine.now())
        try require(try state() == before && alerts() == 0, "its digests were mended")
    }

    /// Each row and what lists show of it are as its bytes say, and there are as many as were planned.
    private func columns(_ rows: [Row]) throws {
        try require(rows.count == plan.appeals + plan.departments, "it has \(rows.count) rows")
        for row in rows { try require(Row(try row.aggregate()) == row, "\(row.key) is not as it is read") }
        let found = Dictionary(uniqueKeysWithValues: rows.map { ($0.key, $0.columns) })
        for ordinal in 0..<plan.appeals {
            let columns = found[plan.id(ordinal)]
            try require(
                columns?.index == plan.index(ordinal) && columns?.formerIndex == ""
                    && columns?.registeredOn == plan.day(ordinal)?.description
                    && columns?.main == plan.names[plan.department(ordinal)],
                "appeal \(ordinal) is not as it was planned"
            )
        }
    }

    /// Counts that are kept against those by looking.
    private func counts(_ rows: [Row]) throws {
        var filters = [ListFilter()]
        for name in plan.names {
            var filter = ListFilter()
            filter.main = name
            filters.append(filter)
        }
        for work in WorkMark.allCases {
            var filter = ListFilter()
            filter.work = [WorkToken.beginning(work)]
            filters.append(filter)
        }
        for filter in filters {
            let kept = try node.store.read { try $0.count(Space.appeals, generation: 0, filter: filter) }
            let looked = rows.count { filter.fits($0.columns) }
            try require(kept == Int64(looked), "\(filter) fits \(looked), not \(kept)")
        }
    }

    /// One chain, each line signed by the office.
    private func log() throws {
        guard let own = try node.store.read({ try $0.origins(node: office.node) }).first else {
            throw Failure("no log")
        }
        let verifier = KeyVerifier()
        var last = "", number: Int64 = 0
        while number < own.last {
            let page = try node.store.read { try $0.operations(own.origin, after: number, limit: 500) }
            try require(!page.isEmpty, "its log ends at \(number)")
            for record in page {
                number += 1
                let signed = try record.signed()
                let message = Operation.message(envelope: JSON.object(signed.operation.envelope).canonicalBytes())
                try require(
                    record.number == number && signed.id == record.id && signed.operation.previous == last
                        && signed.operation.kind == record.kind && signed.operation.appeal == record.appeal,
                    "operation \(number) is not in its place"
                )
                try require(verifier.verifies(signed.signature, over: message, by: own.key), "nobody signed \(number)")
                let outcome = record.outcome.flatMap { Outcome(line: $0) }
                try require(
                    outcome?.id == record.id && outcome?.flags == [] && outcome?.commit == record.commit
                        && outcome?.number == number,
                    "the outcome of \(number) is another's"
                )
                last = signed.id
            }
        }
        try require(own.lastID == last, "its log ends with another operation")
        try require(try node.store.read { try $0.lastCommit() } >= own.last, "commits stand behind")
    }

    /// What the operations say of each appeal is what its row says.
    private func judged(_ rows: [Row]) throws {
        for row in rows {
            let records = try node.store.read { try $0.operations(appeal: row.key, after: nil, limit: 10) }
            try require(records.count == Original.acts, "\(row.key) has \(records.count) operations")
            let appeal = try row.aggregate()
            let texts = try records.map { try $0.signed().operation.personal?["text"]?.string ?? "" }
            try require(appeal.register("text")?.string == texts[0], "\(row.key) has the text of another")
            let writes = Set(records.map { WriteName(origin: $0.origin, number: $0.number).description })
            for name in appeal.allNames {
                let item = appeal[name]
                try require(
                    writes.contains(item?.write ?? ""),
                    "\(name) of \(row.key) is written by \(item?.write ?? "")"
                )
                try require(
                    records.contains { $0.commit == item?.commit },
                    "\(name) of \(row.key) has another's commit"
                )
            }
        }
    }

    /// The index against a look at every row.
    private func searches(_ rows: [Row]) throws {
        let queries = try Queries(plan, Citizens())
        for number in 0..<66 {
            let typed = queries.query(number).typed
            guard let query = SearchQuery(typed) else { throw Failure("«\(typed)» is no query") }
            let search = RowSearch(query)
            var found: [String] = [], place: RowPlace?
            repeat {
                let page = try node.store.read {
                    try $0.find(Space.appeals, generation: 0, search, after: place, limit: 100)
                }
                found += page.rows.map(\.key)
                place = page.next
            } while place != nil
            let looked = try rows.filter { try search.finds($0.soughtTerms()) && search.wants($0) }.map(\.key)
            try require(
                Set(found) == Set(looked) && found.count == looked.count,
                "«\(typed)» finds \(found.count) of \(looked.count)"
            )
        }
    }
}
