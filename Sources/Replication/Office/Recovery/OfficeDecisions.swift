import Appeals
import CanonicalJSON

/// After a restore: decisions about held work that the office had already told to authors, so that nobody has to decide
/// twice.
extension Admission {
    /// Recovers a row of the peer's `node:` stream; returns how many of its items had been lost.
    func recover(told offered: Appeals.Aggregate, from peer: String, border: Int64) throws -> Int {
        guard let write = WriteName(offered.id), write.origin.node == peer else { return 0 }
        let stream = Space.node(peer)
        var told =
            try transaction.row(stream, generation: 0, key: offered.id)?.aggregate()
            ?? Appeals.Aggregate(id: offered.id)
        let outcome = ItemName(.registers, "outcome")
        let changed = try offered.allNames.filter { name in
            guard let item = offered[name], item.commit < border else { return false }
            if name == outcome, try !isInForce(item, write) { return false }
            return told.merge(item, as: name)
        }
        guard !changed.isEmpty else { return 0 }
        try writer.publish(Row(told), in: stream, kind: .outcome, changed: changed, commit: nextCommit())
        try reapplyDecisions(write)
        return changed.count
    }

    /// Whether an outcome told later still applies: its operation is not here yet, or is still held as it was then.
    ///
    /// Decisions that the backup made differently stay; held work takes effect as it had.
    private func isInForce(_ told: Item, _ write: WriteName) throws -> Bool {
        guard var record = try transaction.operation(write.origin, write.number) else { return true }
        guard record.status == .held, record.decision == nil, let outcome = Outcome(told.value),
            outcome.id == record.id, outcome.commit > record.commit
        else { return false }
        record.status = outcome.status
        record.outcome = told.value.canonicalBytes()
        record.commit = outcome.commit
        try transaction.putOperation(record)
        if outcome.status != .held { try decisionCame(write) }
        guard let id = record.appeal, !record.bytes.isEmpty,
            let appeal = try transaction.appealRow(id)?.aggregate()
        else { return true }
        let signed: SignedOperation
        do { signed = try record.signed() } catch {
            throw StoreError(.corrupt, doing: "putting \(write) back in force", found: "\(error)")
        }
        var merged = Replay.merge(signed, outcome, on: appeal, world: world, later: nextCommit())
        try keepOneMainExecutor(in: &merged, commit: nextCommit())
        let changed = merged.allNames.filter { appeal[$0] != merged[$0] }
        if !changed.isEmpty { try store(Row(merged), merged, changed: changed, commit: nextCommit()) }
        return true
    }

    /// Held work that was decided in a lost stretch gets the same decision again, once its operation is here.
    func reapplyDecisions(_ write: WriteName) throws {
        try tellDecided(write)
        guard var record = try transaction.operation(write.origin, write.number), record.status == .held,
            record.decision == nil,
            let told = try transaction.row(Space.node(write.origin.node), generation: 0, key: write.description)?
                .aggregate(), let item = told[.registers, "decision"]
        else { return }
        let adopted = item.value["adopted"]?.bool == true
        record.decision = adopted ? .adopted : .declined
        try transaction.putOperation(record)
        try decisionCame(write)
        guard let id = record.appeal,
            let appeal = try transaction.appealRow(id)?.aggregate()
        else { return }
        var settled = appeal
        settle(write, as: item, in: &settled)
        try keepOneMainExecutor(in: &settled, commit: nextCommit())
        let changed = settled.allNames.filter { appeal[$0] != settled[$0] }
        if !changed.isEmpty { try store(Row(settled), settled, changed: changed, commit: nextCommit()) }
    }

    /// A decision that came back with its appeal from a reader other than the author, who may not have heard of it.
    func tellDecided(_ write: WriteName) throws {
        guard var record = try transaction.operation(write.origin, write.number), record.status == .held,
            record.decision == nil, let id = record.appeal,
            let appeal = try transaction.appealRow(id)?.aggregate(),
            let held = appeal[.held, write.description], let state = held.value.heldState, state != .waiting,
            try transaction.row(Space.node(write.origin.node), generation: 0, key: write.description)?.aggregate()
                .register("decision") == nil
        else { return }
        record.decision = state == .adopted ? .adopted : .declined
        try transaction.putOperation(record)
        try decisionCame(write)
        guard write.origin.node != office.node else { return }
        var value: JSONObject = ["adopted": .bool(state == .adopted), "reason": held.value["decision"] ?? ""]
        let disputed = appeal[.disagreements, "reassigned@" + (held.value["assignment"]?.string ?? "")]
        if disputed?.write == held.write { value["choice"] = disputed?.value["choice"] }
        let item = Item(value: .object(value), write: held.write, commit: held.commit)
        try tell(write, "decision", item, commit: nextCommit())
    }

    /// If the work was held again with a later commit than the decision told before, the decision is given again.
    private func settle(_ write: WriteName, as told: Item, in appeal: inout Appeals.Aggregate) {
        let name = write.description
        guard let held = appeal[.held, name], held.value.heldState == .waiting else { return }
        Replay.settle(
            name,
            as: told.value,
            write: told.write,
            commit: held.commit < told.commit ? told.commit : nextCommit(),
            later: nextCommit(),
            on: &appeal
        )
    }

    /// Decisions on work that comes back together with its appeal.
    func reapplyDecisions(in appeal: inout Appeals.Aggregate) throws {
        for name in appeal.names(.held) where appeal[.held, name]?.value.heldState == .waiting {
            guard let write = WriteName(name),
                let told = try transaction.row(Space.node(write.origin.node), generation: 0, key: name)?.aggregate(),
                let item = told[.registers, "decision"]
            else { continue }
            settle(write, as: item, in: &appeal)
        }
    }

    /// The outcome, if any, that the office told after the one that it had signed for the push.
    func laterOutcome(_ signed: SignedOperation, than former: Outcome) throws -> Outcome {
        let write = signed.operation.write
        let told = try transaction.row(Space.node(write.origin.node), generation: 0, key: write.description)
        guard let json = try told?.aggregate().register("outcome"), let later = Outcome(json), later.id == signed.id,
            later.commit > former.commit
        else { return former }
        return later
    }
}
