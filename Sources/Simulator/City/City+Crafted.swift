import Appeals
import CanonicalJSON
import Replication

/// Operations that the product's own department would not make: of a newer program, of a broken disk.
extension City {
    /// What a made operation says; the rest is as the log of its author asks for.
    struct Made {
        var kind: String
        var appeal: String?
        var actor: Actor
        var body: JSONObject
        var personal: JSONObject?
        var authority: String?
        var schema: Int64 = Kinds.schema
    }

    /// An appeal that a department holds, with its strongest assignment.
    func heldAppeal(_ site: Site) throws -> (appeal: Appeals.Aggregate, assignment: String)? {
        guard let appeal = try fourth.pick(site.shownRows())?.aggregate() else { return nil }
        let own = appeal.entities(with: "department").filter {
            appeal.register("department@" + $0)?.string == site.name
        }
        guard let assignment = own.last else { return nil }
        return (appeal, assignment)
    }

    /// An operation at the end of a log, signed with its key.
    func made(
        _ made: Made,
        after last: (number: Int64, id: String),
        of origin: Origin,
        seen: Seen,
        at now: Int64
    )
        -> SignedOperation
    {
        var body = made.body
        body["salt"] = .string(fourth.hex(16))
        var personal = made.personal
        if personal != nil { personal?["salt"] = .string(fourth.hex(16)) }
        var operation = Operation(
            origin: origin,
            number: last.number + 1,
            previous: last.id,
            appeal: made.appeal,
            kind: made.kind,
            authority: made.authority,
            seen: seen,
            clock: HybridClock(milliseconds: now),
            actor: made.actor,
            body: body,
            personal: personal
        )
        operation.schema = made.schema
        return signed(operation, by: origin.node)
    }

    func signed(_ operation: Operation, by node: String) -> SignedOperation {
        SignedOperation(operation, sign: TwinSigner(node).sign)
    }

    /// Appends to a department's own log, as its program of a newer version would.
    private func append(_ made: Made, at site: Site) throws {
        let clock = site.clock(now)
        let operation = try running(site) {
            try site.store.write { transaction -> SignedOperation in
                let slice = try transaction.stream(Space.slice(site.name))
                var record = try site.department.currentOrigin(transaction)
                let seen = Seen(
                    epoch: slice?.epoch ?? "",
                    slice: slice?.head ?? 0,
                    reference: try transaction.stream(Space.reference)?.head ?? 0
                )
                let signed = self.made(
                    made,
                    after: (record.last, record.lastID),
                    of: record.origin,
                    seen: seen,
                    at: clock
                )
                try site.department.append(signed, to: &record, now: clock, transaction)
                return signed
            }
        }
        note("\(site.name) \(made.kind) \((made.appeal ?? "").prefix(6)) \(operation.operation.write)")
        try step(site, .acted)
    }

    // MARK: newer programs

    /// A department of a newer version makes what this office has no rules for.
    func makeNewer(_ site: Site) throws {
        guard let (appeal, assignment) = try heldAppeal(site) else { return }
        var made = Made(
            kind: "note.added",
            appeal: appeal.id,
            actor: Actor(user: "clerk-" + site.name, role: "clerk"),
            body: ["weather": "дощ"],
            personal: ["text": "від новішої програми"],
            authority: assignment
        )
        if fourth.chance(0.5) {
            count("unknown kind")
            made.kind = "visit.planned"
            made.personal = nil
        } else {
            count("unknown field of a newer schema")
            made.schema = Kinds.schema + 1
        }
        try append(made, at: site)
    }

    /// The office gets the program that its departments have, and judges again what had to wait for it.
    func upgrade() throws {
        guard !rules.unknownKinds.isEmpty else { return }
        count("upgrade of the office")
        note("the office is upgraded")
        rules.unknownKinds = []
        rebuildOffice()
        weather.schema += 1
        try judgeNewerAgain()
    }

    /// As the node does at every start of a newer program, until it has come through.
    func judgeNewerAgain() throws {
        let schema = weather.schema
        do {
            try runningLong("judging again") { [officeNow] in
                _ = try $0.judgeNewerAgain(now: officeNow, schema: schema)
            }
        } catch is Medium.Stop {
            after(1_000) { city in try city.judgeNewerAgain() }
        }
        // What was held comes into force without a new line in a log: the judges look anew.
        try watch.begin(self)
    }

    // MARK: poison

    /// What the office always refuses, or cannot read: neither may stop what comes after it.
    func poison(_ site: Site) throws {
        switch fourth.below(3) {
        case 0:
            guard let (appeal, assignment) = try heldAppeal(site) else { return }
            count("poison: unknown field")
            try append(poisonous(site, appeal.id, assignment, ["poison": true]), at: site)
        case 1:
            count("poison: unknown appeal")
            let nowhere = uuid()
            try append(poisonous(site, nowhere, nil, [:]), at: site)
        default: try damage(site)
        }
    }

    private func poisonous(_ site: Site, _ appeal: String, _ assignment: String?, _ body: JSONObject) -> Made {
        Made(
            kind: "note.added",
            appeal: appeal,
            actor: Actor(user: "clerk-" + site.name, role: "clerk"),
            body: body,
            personal: ["text": "отрута"],
            authority: assignment
        )
    }

    /// A byte of the last operation that was not sent changes on the disk: nobody can read it any more.
    private func damage(_ site: Site) throws {
        let damaged = try site.store.write { transaction -> [UInt8]? in
            let log = try site.department.currentOrigin(transaction)
            guard var record = try transaction.operation(log.origin, log.last), record.outcome == nil,
                record.bytes.count > 200
            else { return nil }
            let whole = record.bytes
            let place = record.bytes.count - 20
            record.bytes[place] = record.bytes[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            try transaction.putOperation(record)
            weather.damaged.insert("\(log.origin):\(log.last)")
            return whole
        }
        guard let damaged else { return }
        count("poison: unreadable")
        note("\(site.name)'s last operation is damaged")
        // It goes to the quarantine: a person reads it there.
        for token in Tokens.found(in: damaged) { ledger.acts[token] = nil }
    }
}
