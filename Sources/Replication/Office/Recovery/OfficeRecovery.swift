import Appeals
import CanonicalJSON
import Cryptography

/// After a restore: rows that the office had published and lost come back from their readers (DESIGN.md "A restore of
/// the office").
///
/// A new epoch numbers its commits from a base beyond every former epoch's, so that the commits of the lost stretch
/// keep their place in the order: recovered items keep their commits and are merged by them, like any entry of a
/// stream.
extension Office {
    /// Declares that this store was restored from a backup: a new epoch, a new incarnation, streams begun anew.
    public func declareRestore(now: Int64) throws {
        try store.write { transaction in
            let through = try transaction.lastCommit()
            let epoch = draw(16)
            if let former = try transaction.value(Values.incarnation),
                var origin = try transaction.origin(Origin(node: node, incarnation: former))
            {
                origin.state = .closed
                try transaction.putOrigin(origin)
            }
            let ended = try EpochEnds(transaction)
                .adding(try transaction.value(Values.epoch) ?? "", through: through)
            try transaction.setValue(Values.epochs, ended)
            try transaction.setValue(Values.restoredThrough, through)
            try transaction.setValue(Values.restored, now)
            let base = rules.commitBase(after: through, now: now)
            try transaction.setLastCommit(base)
            try transaction.setValue(Values.commitBase, base)
            try transaction.setValue(Values.stopped, nil)
            try transaction.setValue(Values.accusers, nil)
            try transaction.setValue(Values.accessKey, nil)
            try transaction.eachStream { stream in
                var begun = StreamRecord(name: stream.name, epoch: epoch)
                begun.digest = stream.digest
                begun.rows = stream.rows
                try transaction.clearStream(stream.name)
                try transaction.putStream(begun)
            }
            for node in try allNodes(transaction) {
                var node = node
                node.token = ""
                node.formerToken = ""
                try transaction.setValue(Values.unsealed(node.node), nil)
                try transaction.putNode(node)
                for stream in Self.streams(of: node.node) {
                    if let reader = try transaction.reader(node.node, stream) {
                        try transaction.putReader(
                            ReaderRecord(node: reader.node, stream: stream, sequence: 0, at: reader.at)
                        )
                    }
                }
            }
            try begin(epoch: epoch, incarnation: draw(4), in: transaction)
        }
    }

    /// The first commit of a new epoch: minutes since 2024-01-01 UTC times 2^28, and beyond what this store knows.
    ///
    /// The minutes are there since a store restored twice from one backup does not know the epoch between; an operator's
    /// clock that runs behind can only make two such restores share a base. Stays within 2^53 until 2087.
    static func commitBase(after through: Int64, now: Int64) -> Int64 {
        let minutes = max(0, min((now - 1_704_067_200_000) / 60_000, (1 << 25) - 1))
        return min(max((through >> 28) + 1, minutes), (1 << 25) - 1) << 28
    }

    /// Every node on the allow-list, page by page.
    private func allNodes(_ reading: any StoreReading) throws -> [NodeRecord] {
        var nodes: [NodeRecord] = []
        while true {
            let page = try reading.nodes(after: nodes.last?.node ?? "", limit: rules.sizes.chunk)
            nodes += page
            if page.count < rules.sizes.chunk { return nodes }
        }
    }

    /// `POST /sync/v1/recovered`: lines `{"stream":…,"row":{…}}` of what the reader held beyond `restoredThrough`.
    func recovered(_ request: WireRequest, peer: String, now: Int64) throws -> Handling {
        let lines = Lines.split(request.body)
        guard lines.count <= rules.sizes.pageRecords else {
            return .reply(.refusal(413, .tooLarge, "at most \(rules.sizes.pageRecords) rows a page"), changed: [])
        }
        return try store.write { transaction in
            if let stopped = try stopped(transaction) { return .reply(stopped, changed: []) }
            guard let restored = try transaction.value(Values.restored),
                now - restored <= ReplicationLimits.recoveryWindow,
                let through = try transaction.value(Values.restoredThrough)
            else {
                return .reply(.refusal(409, .badRequest, "no restore was declared in the last 30 days"), changed: [])
            }
            let admission = try Admission(self, transaction, now: now)
            var page = PageWriter(limit: .max, rules.sizes)
            for line in lines {
                let taken = try recover(Array(line), from: peer, through: through, admission)
                let answer: JSON = ["taken": .integer(Int64(taken.taken)), "clashes": .integer(Int64(taken.clashes))]
                page.append(answer.canonicalBytes())
            }
            let response = try page.finish(
                [
                    "call": ProtocolCall.recovered.json, "epoch": .string(admission.epoch),
                    "count": .integer(Int64(lines.count)),
                ],
                to: request,
                signer: signer
            )
            return .reply(response, changed: try admission.finish())
        }
    }

    private func recover(
        _ line: [UInt8],
        from peer: String,
        through: Int64,
        _ admission: Admission
    ) throws -> (taken: Int, clashes: Int) {
        guard let json = try? JSON(parsing: line, limits: Limits.aggregate), let stream = json["stream"]?.string,
            Self.streams(of: peer).contains(stream), let offered = json["row"].flatMap({ Appeals.Aggregate($0) })
        else { return (0, 0) }
        let isReference = stream == Space.reference
        let isDecision = stream == Space.node(peer)
        guard isReference || isDecision || Names.isAppeal(offered.id),
            try !admission.transaction.isErased(offered.id)
        else { return (0, 0) }
        // Commits before the backup can be lost too: items recovered after an earlier restore kept their old places.
        let border = try admission.transaction.value(Values.commitBase) ?? 0
        // Without the seal nothing proves that the office ever said this, and a department must not be able to forge
        // acts of the office.
        guard
            let seal = try Seal(admission.transaction), let mark = json["seal"]?.string,
            rules.isSealed(mark, as: seal.text(stream, offered.id, SHA256.hash(offered.bytes)))
        else { return (0, try leaveToOperator(offered, of: stream, from: peer, border: border, admission)) }
        if isDecision { return (try admission.recover(told: offered, from: peer, border: border), 0) }
        let held =
            try isReference
            ? admission.transaction.row(Space.reference, generation: 0, key: offered.id)?.aggregate()
            : admission.transaction.appealRow(offered.id)?.aggregate()
        var merged = held ?? Appeals.Aggregate(id: offered.id)
        let lost = offered.allNames.filter { name in offered[name].map { $0.commit < border } ?? false }
        var changed = lost.filter { name in offered[name].map { merged.merge($0, as: name) } ?? false }
        var clashes = 0
        for name in lost {
            guard let item = offered[name], let present = merged[name], present.commit >= border,
                present.value != item.value
            else { continue }
            if name.section == .disagreements, Disagreements.stands(item.value, of: name.name, in: merged) {
                merged[name] = Item(value: item.value, write: item.write, commit: admission.nextCommit())
                changed.append(name)
                continue
            }
            clashes += 1
            try admission.transaction.addTray(
                TrayRecord(
                    kind: .recovery,
                    subject: offered.id,
                    text: "\(name): \(peer) holds \(item.write), in force is \(present.write)",
                    bytes: item.json.canonicalBytes(),
                    at: admission.now
                )
            )
        }
        guard !changed.isEmpty else { return (0, clashes) }
        try admission.recover(merged, changed: changed, from: peer, isReference: isReference)
        return (changed.count, clashes)
    }

    /// Rows offered without the office's seal take no effect: an operator reads them and repeats what is true.
    private func leaveToOperator(
        _ offered: Appeals.Aggregate,
        of stream: String,
        from peer: String,
        border: Int64,
        _ admission: Admission
    ) throws -> Int {
        let row =
            try stream == Space.slice(peer)
            ? admission.transaction.appealRow(offered.id)
            : admission.transaction.row(stream, generation: 0, key: offered.id)
        var merged =
            try row?.aggregate()
            ?? Appeals.Aggregate(id: offered.id)
        let news = offered.allNames.filter { name in
            offered[name].map { $0.commit < border && merged.merge($0, as: name) } ?? false
        }
        let isSuspended = try admission.transaction.isSuspended(offered.id)
        guard !news.isEmpty, !isSuspended, try mayLeave(offered.bytes.count, from: peer, admission) else {
            return news.count
        }
        try admission.transaction.addTray(
            TrayRecord(
                kind: .recovery,
                subject: offered.id,
                text: "\(peer) offers \(news.count) items of \(stream) \(TrayRecord.unsealed): "
                    + news.prefix(5).map(\.description).joined(separator: ", "),
                bytes: offered.bytes,
                at: admission.now
            )
        )
        return news.count
    }

    /// Whether a peer may put another row before the operator: rows and bytes are limited for each declared restore.
    ///
    /// One alarm says that there was more; the peer may be a forger, or hold a store whose seals are of another office.
    private func mayLeave(_ bytes: Int, from peer: String, _ admission: Admission) throws -> Bool {
        let left = Values.unsealed(peer)
        let (rows, bytesLeft) = try admission.transaction.value(left) ?? (0, 0)
        let size = bytesLeft + Int64(bytes)
        let isWithin = rows < rules.sizes.unsealedRows && size <= ReplicationLimits.unsealedBytes
        if isWithin {
            try admission.transaction.setValue(left, (rows + 1, size))
        } else if bytesLeft <= ReplicationLimits.unsealedBytes {
            try admission.transaction.setValue(left, (rows, Int64(ReplicationLimits.unsealedBytes) + 1))
            try admission.transaction.addTray(
                TrayRecord(
                    kind: .alarm,
                    subject: peer,
                    text: "\(TrayRecord.flood): \(peer) offers more than \(rows) rows \(TrayRecord.unsealed)",
                    at: admission.now
                )
            )
        }
        return isWithin
    }
}

extension Admission {
    /// Puts a recovered row in force, then the operations that were replayed before the row existed.
    func recover(_ appeal: Appeals.Aggregate, changed: [ItemName], from peer: String, isReference: Bool) throws {
        var appeal = appeal
        var changed = changed
        let commit = nextCommit()
        if isReference {
            try writer.publish(Row(appeal), in: Space.reference, kind: .put, changed: changed, commit: commit)
            world.referenceChanged()
            return
        }
        let before = appeal
        // What is judged again here gets a later commit, and would be met once more behind the rest: it is passed over then.
        try transaction.eachOperation(appeal: appeal.id) { record in
            guard !record.bytes.isEmpty, record.commit > 0, let signed = try? record.signed(),
                let former = record.outcome.flatMap({ Outcome(line: $0) }), former.commit < commit
            else { return }
            if former.reason == .authorityLost {
                try rejudge(signed, record, &appeal)
            } else {
                appeal = Replay.merge(signed, former, on: appeal, world: world, later: nextCommit())
            }
        }
        try reapplyDecisions(in: &appeal)
        try keepOneMainExecutor(in: &appeal, commit: commit)
        changed = Array(Set(changed).union(appeal.names(changedSince: before))).sorted()
        try store(Row(appeal), appeal, changed: changed, commit: commit)
        for name in changed where name.section == .held { try WriteName(name.name).map(tellDecided) }
    }

    /// Keeps one main executor (I9); others that came back beside it go to the operator.
    func keepOneMainExecutor(in appeal: inout Appeals.Aggregate, commit: Int64) throws {
        for entity in Replay.keepOneMainExecutor(in: &appeal, commit: commit) {
            try transaction.addTray(
                TrayRecord(
                    kind: .recovery,
                    subject: appeal.id,
                    text: "\(entity) came back beside a newer main executor: superseded",
                    at: now
                )
            )
        }
    }

    /// Judges an operation again that was held because its authority was lost, now that the authority is back.
    private func rejudge(_ signed: SignedOperation, _ record: OperationRecord, _ appeal: inout Appeals.Aggregate) throws
    {
        let judgement = try Judge(signed, commit: nextCommit(), world: world).judge(on: appeal)
        guard judgement.outcome.reason != .authorityLost else { return }
        if let aggregate = judgement.aggregate { appeal = aggregate }
        try tell(signed, judgement.outcome, of: record)
    }

    /// Gives a held operation its new outcome, in the log and in its author's `node:` stream.
    func tell(_ signed: SignedOperation, _ outcome: Outcome, of record: OperationRecord) throws {
        var record = record
        record.status = outcome.status
        record.outcome = outcome.json.canonicalBytes()
        record.commit = outcome.commit
        if outcome.status == .erased { record.bytes = signed.stripped }
        try transaction.putOperation(record)
        if outcome.status != .held { try decisionCame(signed.operation.write) }
        guard signed.operation.origin.node != office.node else { return }
        let write = signed.operation.write
        try tell(write, "outcome", Item(value: outcome.json, write: write.description, commit: outcome.commit))
    }

    /// An operation of the lost stretch comes again with the outcome that this office had signed: it is in force as it was.
    func readmit(_ signed: SignedOperation, _ former: Outcome, into record: inout OriginRecord) throws -> Outcome {
        let former = try laterOutcome(signed, than: former)
        var outcome = former
        let isErased = try signed.operation.appeal.map(transaction.isErased) ?? false
        guard former.commit < commit, !isErased else {
            return try admit(signed, into: &record)
        }
        outcome.flags = Array(Set(outcome.flags + ["replayed"])).sorted()
        // Purged content was durable: it cannot be put back in force and need not be.
        guard signed.operation.erasedBodyDigest == nil else {
            try conclude(signed, outcome, into: &record)
            return outcome
        }
        // Work held beside an appeal is no part of it.
        let isBeside = former.status == .held && former.reason == .appealExists
        if !isBeside, let appeal = signed.operation.appeal,
            let held = try transaction.appealRow(appeal)?.aggregate()
        {
            var merged = Replay.merge(signed, former, on: held, world: world, later: nextCommit())
            if merged != held { try keepOneMainExecutor(in: &merged, commit: nextCommit()) }
            let changed = merged.names(changedSince: held)
            if !changed.isEmpty { try store(Row(merged), merged, changed: changed, commit: nextCommit()) }
        } else if !isBeside, signed.operation.kind == "appeal.registered" {
            let merged = Replay.merge(signed, former, on: nil, world: world, later: nextCommit())
            if !merged.isEmpty {
                try store(Row(merged), merged, changed: merged.allNames, commit: nextCommit())
            }
        } else if !isBeside, let appeal = signed.operation.appeal {
            // Its content waits in the log for a reader who still has the card; a person must know that.
            try transaction.addTray(
                TrayRecord(
                    kind: .recovery,
                    subject: appeal,
                    text: "\(signed.operation.write) \(signed.operation.kind) came back, its appeal did not",
                    at: now
                )
            )
        }
        try conclude(signed, outcome, into: &record)
        return outcome
    }
}
