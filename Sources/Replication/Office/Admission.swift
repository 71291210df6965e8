import Appeals
import CanonicalJSON
import Cryptography

/// Admits operations in one transaction of the office (DESIGN.md "Admission"): all effects of an operation, its outcome
/// included, commit together, and only then does anybody get an answer.
final class Admission {
    let office: Office
    let transaction: any StoreTransaction
    let now: Int64
    let today: CivilDate
    let epoch: String
    let writer: StreamWriter
    let world: StoreWorld
    private(set) var commit: Int64
    private var origins: [Origin: OriginRecord] = [:]
    private var erased: [String] = []
    /// The latest clock among the admitted operations, ignoring those too far ahead.
    private var seenClock = HybridClock(milliseconds: 0)

    /// An admission within `transaction`, at `now` (unix ms): commits go on from the store's last one.
    init(_ office: Office, _ transaction: any StoreTransaction, now: Int64) throws {
        self.office = office
        self.transaction = transaction
        self.now = now
        today = office.today(now)
        epoch = try transaction.value(Values.epoch) ?? ""
        precondition(!epoch.isEmpty, "an office has an epoch")
        commit = try transaction.lastCommit()
        writer = StreamWriter(
            transaction,
            office: office.node,
            epoch: epoch,
            rules: office.rules,
            projection: try ProjectionInForce(office, transaction).published,
            now: now
        )
        world = Self.world(of: office, transaction, epoch: epoch, today: today)
    }

    /// The judge's view of the office's own rows on a day.
    private static func world(
        of office: Office,
        _ transaction: any StoreTransaction,
        epoch: String,
        today: CivilDate
    ) -> StoreWorld {
        StoreWorld(
            transaction,
            office: office.node,
            today: today,
            advises: false,
            epoch: epoch,
            appeals: (Space.appeals, 0),
            reference: (Space.reference, 0)
        )
    }

    /// The judge's view as of the day on which the office received an operation that it could not judge then: nobody is
    /// late because the office waited for its upgrade.
    func world(receivedAt time: Int64) -> StoreWorld {
        Self.world(of: office, transaction, epoch: epoch, today: office.today(time))
    }

    /// Writes back what the transaction kept in memory; gives the streams that changed.
    func finish() throws -> [String] {
        if !erased.isEmpty { try office.note(erased: erased, transaction) }
        try writer.flush()
        try transaction.merge(seenClock, now: now)
        for origin in origins.keys.sorted() { if let record = origins[origin] { try transaction.putOrigin(record) } }
        try transaction.setLastCommit(commit)
        return writer.streams
    }

    /// An origin's record as this admission has it so far.
    func record(_ origin: Origin) throws -> OriginRecord? { try origins[origin] ?? transaction.origin(origin) }

    /// Keeps a changed record; `finish` writes it.
    func keep(_ record: OriginRecord) { origins[record.origin] = record }

    /// The next commit number: every outcome has one, and so has every publication of the office's own.
    func nextCommit() -> Int64 {
        commit += 1
        return commit
    }

    // MARK: the office's own acts

    /// Composes, signs and admits an act of the office's own people: the same steps as for a department's.
    ///
    /// A repeated command is answered from its first operation; nothing is drafted then.
    func act(command: String? = nil, _ draft: () throws -> Draft) throws -> Outcome {
        if let known = try transaction.operation(ofCommand: command, node: office.node),
            let outcome = known.outcome.flatMap({ Outcome(line: $0) })
        {
            return outcome
        }
        var draft = try draft()
        draft.command = command
        let origin = Origin(node: office.node, incarnation: try transaction.value(Values.incarnation) ?? "")
        guard var record = try record(origin) else { preconditionFailure("an office has the record of its own origin") }
        try Form.check(kind: draft.kind, body: draft.body, personal: draft.personal)
        let appeal = try draft.appeal.flatMap {
            try transaction.appealRow($0)?.aggregate()
        }
        let seen = Seen(epoch: epoch, slice: 0, reference: try transaction.stream(Space.reference)?.head ?? 0)
        let composer = Composer(node: office.node, signer: office.signer, draw: office.draw, world: world)
        let signed = try composer.compose(
            draft,
            origin: record,
            seen: seen,
            clock: try tick(),
            now: now,
            appeal: appeal,
            reference: try Composer.entry(of: draft).flatMap {
                try transaction.row(Space.reference, generation: 0, key: $0)?.aggregate()
            }
        )
        try OwnLine.check(signed, key: office.signer.publicKey, office.verifier)
        let outcome = try admit(signed, into: &record)
        // An act over a limit is reported and not stored: the transaction is rolled back.
        if let reason = outcome.reason, let size = outcome.size {
            throw Refusal(reason, path: outcome.path, size: size, kind: draft.kind)
        }
        return outcome
    }

    /// The next value of the office's hybrid clock.
    private func tick() throws -> HybridClock {
        let former = try transaction.clock()
        let clock = former.ticked(now: now)
        try transaction.setClock(clock)
        return clock
    }

    // MARK: one operation

    /// Judges, applies and records one operation whose envelope, signature and place in the chain have been checked.
    func admit(_ signed: SignedOperation, into record: inout OriginRecord) throws -> Outcome {
        let operation = signed.operation
        seenClock = seenClock.merged(operation.clock, now: now)
        var judge = office.rules.instructed(Judge(signed, commit: nextCommit(), world: world))
        let found = try aggregate(of: operation)
        judge.unknownKinds = office.rules.unknownKinds
        var judgement = try judge.judge(on: found, isRepeated: transaction.isRepeated(operation))
        if operation.seen.epoch == record.seen.epoch, !(operation.seen >= record.seen) {
            judgement.outcome.flags.append("seenFell")
        }
        try plausible(operation, &judgement)
        if judgement.isLie {
            let reason = judgement.outcome.reason?.rawValue ?? ""
            try transaction.addTray(
                TrayRecord(
                    kind: .alarm,
                    subject: operation.origin.node,
                    text: "lie: \(operation.write) \(reason)",
                    at: now
                )
            )
        }
        office.rules.keepLateWork(&judgement)
        if judgement.outcome.status == .held, judgement.aggregate == nil, try !mayWait(operation.origin.node) {
            judgement.outcome.status = .refused
            judgement.outcome.reason = .tooMuchWaits
        }
        try carryOut(operation, &judgement)
        try conclude(signed, judgement.outcome, into: &record)
        return judgement.outcome
    }

    /// The confirmed state that an operation acts on: its appeal, or its entry of reference; nil if there is none.
    func aggregate(of operation: Operation) throws -> Appeals.Aggregate? {
        if let appeal = operation.appeal {
            return try transaction.appealRow(appeal)?.aggregate()
        }
        return try Kinds.referenceEntry(operation).flatMap {
            try transaction.row(Space.reference, generation: 0, key: $0)?.aggregate()
        }
    }

    /// Step 8: implausible operations are flagged, never refused.
    private func plausible(_ operation: Operation, _ judgement: inout Judgement) throws {
        if abs(operation.clock.milliseconds - now) > HybridClock.toleratedSkew, operation.clock.milliseconds > now {
            judgement.outcome.flags.append("clockAhead")
        }
        guard operation.kind == "appeal.registered", var aggregate = judgement.aggregate else { return }
        let index = aggregate.register("index")?.string ?? ""
        guard let other = try transaction.key(Space.appeals, generation: 0, index: index), other != aggregate.id else {
            return
        }
        // The office's unique index is the last word: the later of two equal indices gets a new one.
        var number = 2
        while try transaction.key(Space.appeals, generation: 0, index: "\(index)-\(number)") != nil { number += 1 }
        let write = operation.write.description
        aggregate[.registers, "formerIndex"] = Item(
            value: .string(index),
            write: write,
            commit: judgement.outcome.commit
        )
        aggregate[.registers, "index"] = Item(
            value: .string("\(index)-\(number)"),
            write: write,
            commit: judgement.outcome.commit
        )
        judgement.aggregate = aggregate
        judgement.changed = aggregate.allNames
        judgement.outcome.flags.append("indexTaken")
    }

    /// Rows, entries, decisions, erasure.
    func carryOut(_ operation: Operation, _ judgement: inout Judgement) throws {
        if judgement.erases, let appeal = operation.appeal {
            return try erase(appeal, commit: judgement.outcome.commit)
        }
        guard let aggregate = judgement.aggregate else {
            // Work without a place on an appeal is decided without changing any appeal.
            for decision in judgement.decisions {
                try tell(decision, by: operation, commit: judgement.outcome.commit)
            }
            return
        }
        let row = Row(aggregate)
        guard row.bytes.count <= Limits.appeal else {
            judgement.outcome.status = .refused
            judgement.outcome.reason = .appealFull
            judgement.outcome.size = Size(row.bytes.count, limit: Limits.appeal)
            judgement.aggregate = nil
            return
        }
        if operation.appeal == nil {
            try writer.publish(
                row,
                in: Space.reference,
                kind: .put,
                changed: judgement.changed,
                commit: judgement.outcome.commit
            )
            world.referenceChanged()
            if try transaction.value(Values.founded) == nil, operation.kind == "role.granted" {
                try transaction.setValue(Values.founded, true)
            }
            return
        }
        try store(row, row.read ?? aggregate, changed: judgement.changed, commit: judgement.outcome.commit)
        for decision in judgement.decisions {
            try tell(decision, by: operation, commit: judgement.outcome.commit)
        }
    }

    /// Stores an appeal and publishes what changed to every slice that sees it.
    ///
    /// While a restored office waits for an appeal's lost history, the row is only set aside.
    func store(_ row: Row, _ aggregate: Appeals.Aggregate, changed: [ItemName], commit: Int64) throws {
        if try transaction.isSuspended(row.key) {
            return try transaction.putRow(Space.suspended, generation: 0, row)
        }
        try transaction.putRow(Space.appeals, generation: 0, row)
        try writer.publish(aggregate, changed: changed, commit: commit, today: today)
    }

    /// Tells the author of a held operation that it was decided, in its `node:` stream, whatever its tenure.
    private func tell(_ decision: HeldDecision, by settler: Operation, commit: Int64) throws {
        guard let write = WriteName(decision.write), var record = try transaction.operation(write.origin, write.number)
        else { return }
        record.decision = decision.adopted ? .adopted : .declined
        try transaction.putOperation(record)
        try decisionCame(write)
        guard write.origin.node != office.node else { return }
        var value: JSONObject = ["adopted": .bool(decision.adopted), "reason": .string(decision.reason)]
        // The settled case with its choice: told again after a restore, it closes the case as well.
        if settler.kind == "disagreement.settled" { value["choice"] = settler.body["choice"] }
        try tell(write, "decision", Item(value: .object(value), write: settler.write.description, commit: commit))
    }

    /// Adds one register to what a node is told about its own operation; what it was told before stays.
    func tell(_ write: WriteName, _ register: String, _ item: Item, commit: Int64? = nil) throws {
        let stream = Space.node(write.origin.node)
        var told =
            try transaction.row(stream, generation: 0, key: write.description)?.aggregate()
            ?? Appeals.Aggregate(id: write.description)
        let name = ItemName(.registers, register)
        told[name] = item
        try writer.publish(Row(told), in: stream, kind: .outcome, changed: [name], commit: commit ?? item.commit)
    }

    /// Destroys an appeal's content: row, operations' content, entries; digests of operations stay.
    func erase(_ appeal: String, commit: Int64) throws {
        erased.append(appeal)
        var authors: Set<String> = []
        try transaction.eachOperation(appeal: appeal) { authors.insert($0.origin.node) }
        authors.remove(office.node)
        try writer.erase(appeal, authors: authors, commit: commit)
        var erasure = ErasureRecord(appeal: appeal, seal: "")
        for space in [Space.appeals, Space.suspended] {
            erasure.index = try transaction.row(space, generation: 0, key: appeal)?.columns.index ?? erasure.index
            try transaction.deleteRow(space, generation: 0, key: appeal)
        }
        try forgetUndecided(appeal)
        try transaction.deleteLocals(of: appeal)
        try transaction.putErasure(erasure, at: now)
        // The tray still holds complete rows that departments offered of it after a restore.
        try clearTray(.recovery, of: appeal)
        try transaction.settleDebt(.letter, node: office.node, subject: appeal, as: .dropped, at: now)
        try transaction.eachOperation(appeal: appeal) { record in
            var record = record
            if record.status == .held {
                try decisionCame(WriteName(origin: record.origin, number: record.number), as: .dropped)
            }
            if !record.bytes.isEmpty { record.bytes = try record.signed().stripped }
            try transaction.putOperation(record)
        }
    }

    /// Records the operation with its outcome, and advances the origin's record.
    func conclude(_ signed: SignedOperation, _ outcome: Outcome, into record: inout OriginRecord) throws {
        let operation = signed.operation
        try transaction.putOperation(OperationRecord(signed, outcome: outcome, at: now))
        record.last = operation.number
        record.lastID = signed.id
        record.seen = operation.seen
        record.acknowledged = operation.number
        keep(record)
        if outcome.status == .held { try reapplyDecisions(operation.write) }
        try settleDebts(of: operation, outcome)
    }
}

extension Seen {
    /// Never decreases along a chain within one epoch.
    static func >= (a: Seen, b: Seen) -> Bool { a.slice >= b.slice && a.reference >= b.reference }
}
