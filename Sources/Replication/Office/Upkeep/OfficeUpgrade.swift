public import Appeals
import CanonicalJSON

/// After an upgrade: operations held because a newer program had made them are judged by the rules now known.
extension Office {
    /// Judges held operations of a newer schema again, once a program's schema is higher than its last run's; gives the
    /// streams that changed.
    ///
    /// One transaction per operation, log by log, so that it may be interrupted anywhere: judged operations are no
    /// longer held.
    public func judgeNewerAgain(now: Int64, schema: Int64 = Kinds.schema) throws -> [String] {
        let last = try store.read { try $0.value(Values.schema) }
        guard last != schema else { return [] }
        var changed: Set<String> = []
        if schema > last ?? 0 {
            for origin in try store.read({ try allOrigins($0) }) {
                changed.formUnion(try judgeNewerAgain(of: origin, now: now))
            }
        }
        try recordErasures()
        try store.write { try $0.setValue(Values.schema, schema) }
        return changed.sorted()
    }

    /// Every origin of every node on the allow-list, page by page.
    private func allOrigins(_ reading: any StoreReading) throws -> [Origin] {
        var origins: [Origin] = []
        var after = ""
        while true {
            let nodes = try reading.nodes(after: after, limit: rules.sizes.chunk)
            for node in nodes { origins += try reading.origins(node: node.node).map(\.origin) }
            guard nodes.count == rules.sizes.chunk, let node = nodes.last else { return origins }
            after = node.node
        }
    }

    /// Decides on the operation's present state: somebody may have decided it since it was listed.
    private func judgeNewerAgain(_ origin: Origin, _ number: Int64, now: Int64) throws -> [String] {
        try store.write { transaction in
            guard let record = try transaction.operation(origin, number), record.status == .held,
                record.decision == nil, !record.bytes.isEmpty
            else { return [] }
            let admission = try Admission(self, transaction, now: now)
            try admission.judgeNewer(record)
            return try admission.finish()
        }
    }

    private func judgeNewerAgain(of origin: Origin, now: Int64) throws -> Set<String> {
        var changed: Set<String> = []
        var after: Int64 = 0
        while true {
            let page = try store.read { try $0.operations(origin, after: after, limit: rules.sizes.chunk) }
            for record in page where record.status == .held && record.decision == nil && !record.bytes.isEmpty {
                changed.formUnion(try judgeNewerAgain(record.origin, record.number, now: now))
            }
            guard page.count == rules.sizes.chunk, let number = page.last?.number else { return changed }
            after = number
        }
    }
}

extension Admission {
    /// One operation that was held as `newer`; others stay as they are.
    fileprivate func judgeNewer(_ record: OperationRecord) throws {
        let (signed, former): (SignedOperation, Outcome?)
        do {
            signed = try record.signed()
            former = Outcome(try JSON(parsing: record.outcome ?? []))
        } catch {
            throw StoreError(
                .corrupt,
                doing: "judging \(record.origin):\(record.number) again",
                found: "\(error)"
            )
        }
        guard former?.reason == .newer, !office.rules.unknownKinds.contains(record.kind) else { return }
        var judgement = try Judge(signed, commit: nextCommit(), world: world(receivedAt: record.at)).judge(
            on: try aggregate(of: signed.operation)
        )
        guard judgement.outcome.reason != .newer else { return }
        try carryOut(signed.operation, &judgement)
        try tell(signed, judgement.outcome, of: record)
    }
}
