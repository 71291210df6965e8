import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// Judges of a run, independent of the code they judge where they can be.
enum Checkers {
    typealias Violation = City.Violation

    /// I2: no line of a reply shows an appeal to a node that has no ground now, by a model of slices of its own.
    static func leak(_ response: WireResponse, _ request: WireRequest, _ site: Site, _ city: City) throws {
        guard response.status == 200, ["/sync/v1/pull", "/sync/v1/snapshot", "/sync/v1/fetch"].contains(request.path),
            request["stream"] == "slice:" + site.name
        else { return }
        for line in Lines.split(response.body) {
            guard let json = try? JSON(parsing: Array(line), limits: Limits.aggregate), let row = json["row"],
                let id = row["id"]?.string
            else { continue }
            let appeal = try city.officeStore.read { try $0.row(Space.appeals, generation: 0, key: id)?.aggregate() }
            guard let appeal, hasGround(site.name, appeal) else {
                throw Violation(invariant: "I2 no leak", seen: "\(site.name) was sent \(id) without a ground")
            }
            if row["registers"]?["applicant.name"] != nil, !isMain(site.name, appeal) {
                throw Violation(invariant: "I2 no leak", seen: "\(site.name) was sent a name of \(id) as co-executor")
            }
        }
    }

    private static func assignments(_ department: String, _ appeal: Appeals.Aggregate) -> [String] {
        appeal.entities(with: "department").filter {
            appeal.register("department@" + $0)?.string == department
                && !["recalled", "superseded"].contains(appeal.register("state@" + $0)?.string ?? "")
        }
    }

    static func hasGround(_ department: String, _ appeal: Appeals.Aggregate) -> Bool {
        appeal.register("home")?.string == department || !assignments(department, appeal).isEmpty
    }

    private static func isMain(_ department: String, _ appeal: Appeals.Aggregate) -> Bool {
        appeal.register("home")?.string == department
            || assignments(department, appeal).contains { appeal.register("role@" + $0)?.string == "main" }
    }

    /// What must hold when everything is quiet.
    static func quiet(_ city: City) throws {
        // Of a node that was found twice (sync.md section 8) all waits for its operator.
        let frozen = try city.officeStore.read { reading in
            Set(try city.sites.map(\.name).filter { try reading.node($0)?.state == .frozen })
        }
        city.remembered.removeAll { frozen.contains($0.site) }
        for site in city.sites where !frozen.contains(site.name) {
            try converged(site, city)
            try everyActHasItsOutcome(site, city)
        }
        try nothingLost(city, but: frozen)
        try oneMain(city)
        try Remembered.isBack(city)
        if city.corrupted == 0, !city.weather.hasLied { try noRepair(city) }
    }

    /// I1: the department's rows are byte for byte what the office would show it; digests agree.
    private static func converged(_ site: Site, _ city: City) throws {
        let stream = "slice:" + site.name
        let wanted = try city.officeStore.read { reading in
            var wanted: [String: [UInt8]] = [:]
            for row in try reading.rows(Space.appeals, generation: 0, after: "", limit: .max) {
                let appeal = try row.aggregate()
                guard let view = Slice.views(of: appeal, today: Today.date(city.now), office: "office")[site.name]
                else { continue }
                wanted[row.key] = view.project(appeal).bytes
            }
            return wanted
        }
        try site.store.read { reading in
            guard let record = try reading.stream(stream) else {
                throw Violation(invariant: "I12 liveness", seen: "\(site.name) never read its slice")
            }
            let rows = try reading.rows(stream, generation: record.generation, after: "", limit: .max)
            for row in rows where wanted[row.key] != row.bytes {
                throw Violation(
                    invariant: "I1 convergence",
                    seen:
                        "\(site.name) has of \(row.key) (tenure \(row.tenure)): \(try difference(row, wanted[row.key]))"
                )
            }
            for key in wanted.keys.sorted() where !rows.contains(where: { $0.key == key }) {
                throw Violation(invariant: "I1 convergence", seen: "\(site.name) lacks \(key)")
            }
            var sum = SHA256Digest.zero
            for row in rows { sum.add(row.digest) }
            guard sum == record.digest, Int64(rows.count) == record.rows else {
                throw Violation(invariant: "I1 convergence", seen: "\(site.name)'s digest is not that of its rows")
            }
        }
    }

    /// What a department's row has more, less or other than the office shows it.
    private static func difference(_ row: Row, _ wanted: [UInt8]?) throws -> String {
        guard let wanted else { return "the office shows nothing" }
        let own = try row.aggregate()
        let office = try Appeals.Aggregate(parsing: wanted)
        let names = Set(own.allNames).union(office.allNames).sorted().filter { own[$0] != office[$0] }
        return names.prefix(4).map { name in
            "\(name): \(own[name]?.json.canonicalText ?? "-") here, \(office[name]?.json.canonicalText ?? "-") at the office"
        }.joined(separator: "; ")
    }

    /// I3: every operation of the present log has exactly one outcome, and the office has the same one.
    private static func everyActHasItsOutcome(_ site: Site, _ city: City) throws {
        try site.store.read { reading in
            for origin in try reading.origins(node: site.name) {
                for record in try reading.operations(origin.origin, after: 0, limit: .max)
                where !record.isReplaced {
                    guard record.outcome != nil || record.bytes.isEmpty else {
                        throw Violation(
                            invariant: "I12 liveness",
                            seen: "\(origin.origin):\(record.number) \(record.kind) has no outcome"
                        )
                    }
                    let stored = try city.officeStore.read { try $0.operation(origin.origin, record.number) }
                    guard let stored, stored.id == record.id else {
                        if record.bytes.isEmpty || city.mayLack(site) { continue }
                        throw Violation(
                            invariant: "I3 no lost update",
                            seen: "the office lacks \(origin.origin):\(record.number) \(record.kind)"
                        )
                    }
                    if stored.status != record.status {
                        throw Violation(
                            invariant: "I3 no lost update",
                            seen:
                                "\(origin.origin):\(record.number) is \(record.status?.rawValue ?? "-") here, \(stored.status?.rawValue ?? "-") at the office"
                        )
                    }
                    if record.status == .held, stored.decision != record.decision {
                        throw Violation(
                            invariant: "I18 decisions survive a restore",
                            seen:
                                "\(origin.origin):\(record.number) is \(record.decision ?? "undecided") here, \(stored.decision ?? "undecided") at the office"
                        )
                    }
                }
            }
        }
    }

    /// I3–I5: what was saved is at the office once: as a fact, in force, beside it, or waiting; or refused by name.
    private static func nothingLost(_ city: City, but frozen: Set<String>) throws {
        var text: [String: String] = [:]
        var logged: [String: OutcomeStatus] = [:]
        var detail: [String: String] = [:]
        try city.officeStore.read { reading in
            for row in try reading.rows(Space.appeals, generation: 0, after: "", limit: .max) {
                text[row.key] = String(decoding: row.bytes, as: UTF8.self)
            }
            for node in city.sites.map(\.name) + ["office"] {
                for origin in try reading.origins(node: node) {
                    for record in try reading.operations(origin.origin, after: 0, limit: .max) {
                        for token in Tokens.found(in: String(decoding: record.bytes, as: UTF8.self)) {
                            logged[token] = record.status
                            detail[token] = String(decoding: record.outcome ?? [], as: UTF8.self)
                        }
                    }
                }
            }
        }
        for token in city.ledger.acts.keys.sorted() {
            guard let act = city.ledger.acts[token], !city.ledger.erased.contains(act.appeal),
                !frozen.contains(act.site)
            else { continue }
            if act.site == "office" && city.officeRestores > 0 { continue }
            guard let status = logged[token] else {
                throw Violation(
                    invariant: "I3 no lost update",
                    seen: "\(act.site)'s \(act.kind) \(token) on \(act.appeal) is nowhere at the office"
                )
            }
            // Under a ground that ended more than 30 days ago even a fact is refused (sync.md section 4).
            let isFact = isFact(act.kind) && detail[token]?.contains("lateTooOld") != true
            if status == .refused, isFact, city.officeRestores == 0 {
                throw Violation(
                    invariant: "I3 no lost update",
                    seen: "\(act.site)'s \(act.kind) \(token) was refused, though it is a fact: \(detail[token] ?? "")"
                )
            }
            // A correction that was in force may be replaced by one that had seen it: its operation stays in the log.
            if status == .refused || status == .erased || act.kind == "appeal.corrected" { continue }
            if status == .held && (city.officeRestores > 0 || text[act.appeal] == nil) { continue }
            let places = text[act.appeal]?.components(of: token) ?? 0
            if text[act.appeal] == nil, try isTold(act.appeal, city) { continue }
            guard places >= 1 else {
                throw Violation(
                    invariant: "I3 no lost update",
                    seen:
                        "\(act.kind) \(token) was \(status.rawValue) but is not on \(act.appeal): \(detail[token] ?? "")"
                )
            }
            if places > 1, ["note.added", "feedback.recorded"].contains(act.kind), status != .held,
                city.rules.deduplication == false
            {
                throw Violation(
                    invariant: "I5 idempotence",
                    seen: "\(act.kind) \(token) stands \(places) times on \(act.appeal)"
                )
            }
        }
    }

    private static func isFact(_ kind: String) -> Bool {
        ["note.added", "feedback.recorded", "answer.drafted"].contains(kind)
    }

    /// After a restore nobody held the card any more: the words are in the log, and the operator's tray says so.
    private static func isTold(_ appeal: String, _ city: City) throws -> Bool {
        guard city.officeRestores > 0 else { return false }
        return try city.officeStore.read { try $0.tray(kind: "recovery", after: 0, limit: .max) }
            .contains { $0.subject == appeal }
    }

    /// I9: one main executor.
    private static func oneMain(_ city: City) throws {
        try city.officeStore.read { reading in
            for row in try reading.rows(Space.appeals, generation: 0, after: "", limit: .max) {
                let appeal = try row.aggregate()
                let mains = appeal.entities(with: "role").filter {
                    appeal.register("role@" + $0)?.string == "main"
                        && !["recalled", "superseded"].contains(appeal.register("state@" + $0)?.string ?? "")
                }
                if mains.count > 1 {
                    throw Violation(
                        invariant: "I9 one main executor",
                        seen:
                            "\(row.key): \(mains.map { "\($0) \(appeal[.registers, "state@" + $0]?.json.canonicalText ?? "-")" }), in force \(appeal[.registers, "mainExecutor"]?.json.canonicalText ?? "-")"
                    )
                }
            }
        }
    }

    /// No row needed repair though nothing was corrupted: the streams alone must suffice.
    private static func noRepair(_ city: City) throws {
        for site in city.sites {
            let repairs = try site.store.read { try $0.tray(kind: "repair", after: 0, limit: 1) }
            if let repair = repairs.first {
                throw Violation(invariant: "no repair without corruption", seen: "\(site.name) repaired \(repair.text)")
            }
        }
    }

    /// I6: a reader's position never falls within an epoch.
    static func positionsRise(_ city: City) throws {
        for site in city.sites {
            for stream in try site.store.read({ try $0.streams() }) {
                let name = stream.name + " " + stream.epoch
                if let former = site.positions[name], stream.head < former {
                    throw Violation(
                        invariant: "I6 positions monotone",
                        seen: "\(site.name) fell from \(former) to \(stream.head) in \(stream.name)"
                    )
                }
                site.positions[name] = stream.head
            }
        }
    }

    /// I8: an own note is visible on its author's node as long as the appeal is, until it is refused.
    static func ownEditsVisible(_ city: City) throws {
        for site in city.sites {
            let mine = city.ledger.acts.values.filter { $0.site == site.name && $0.kind == "note.added" }.sorted {
                $0.token < $1.token
            }
            guard !mine.isEmpty else { continue }
            try site.store.read { reading in
                let present = Tokens.undecidedOrAccepted(reading, node: site.name)
                for act in mine where present.contains(act.token) {
                    let view = try site.department.view(act.appeal, reading, now: city.now)
                    guard let appeal = view.appeal else { continue }
                    let held = appeal.items(.held).contains { "\($0.item.value.canonicalText)".contains(act.token) }
                    if !held, !String(decoding: appeal.bytes, as: UTF8.self).contains(act.token) {
                        throw Violation(
                            invariant: "I8 own edit visible",
                            seen: "\(site.name) does not see its \(act.token) on \(act.appeal)"
                        )
                    }
                }
            }
        }
    }
}

extension Tokens {
    static func undecidedOrAccepted(_ reading: any StoreReading, node: String) -> Set<String> {
        var tokens: Set<String> = []
        for origin in (try? reading.origins(node: node)) ?? [] {
            for record in (try? reading.operations(origin.origin, after: 0, limit: .max)) ?? []
            where !record.isReplaced {
                guard record.status == nil || record.status == .accepted || record.status == .acceptedLate else {
                    continue
                }
                tokens.formUnion(found(in: String(decoding: record.bytes, as: UTF8.self)))
            }
        }
        return tokens
    }
}

extension String {
    /// How often `part` stands in this text.
    func components(of part: String) -> Int {
        let text = Array(utf8)
        let wanted = Array(part.utf8)
        guard !wanted.isEmpty, text.count >= wanted.count else { return 0 }
        var found = 0
        for start in 0...(text.count - wanted.count)
        where text[start] == wanted[0] && text[start..<(start + wanted.count)].elementsEqual(wanted) {
            found += 1
        }
        return found
    }
}
