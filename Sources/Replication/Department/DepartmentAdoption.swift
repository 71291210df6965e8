import Appeals
import CanonicalJSON
import Cryptography

/// Own operations that the office has and this node lost, fetched back.
extension Department {
    /// The own operations that a branch left to be fetched: origin, number after which, and up to which.
    func unadopted() throws -> (origin: Origin, after: Int64, upTo: Int64)? {
        try store.read { try $0.value(Values.refetching) }
    }

    /// Forgets the pending fetch: the operations are here, or the office no longer has them.
    func endRefetching() throws { try store.write { try $0.setValue(Values.refetching, nil) } }

    /// Whether an operation of the office's log fits the place that it would take in this one.
    ///
    /// An office that was restored after the comparison may have a copy's operations under the same numbers: taken for
    /// one's own, they would overwrite acts that nobody else holds.
    private func continues(
        _ signed: SignedOperation?,
        _ id: String,
        _ number: Int64,
        of origin: Origin,
        _ reading: any StoreReading
    ) throws -> Bool {
        if let own = try reading.operation(origin, number), !own.isReplaced, own.id != id { return false }
        guard let signed, let before = try reading.operation(origin, number - 1) else { return true }
        return signed.operation.previous == before.id
    }

    /// Restores own operations that the office has and this node lost; their ids and signatures are this node's own.
    ///
    /// Returns the page's last number, 0 for an empty page, nil if the office's log does not continue this one.
    func adopt(_ page: VerifiedReply, origin: Origin, now: Int64) throws -> Int64? {
        try store.write { transaction in
            guard var record = try transaction.origin(origin) else { throw ReadProblem.notMine }
            var last: Int64? = 0
            for line in page.lines {
                guard let json = try? JSON(parsing: Array(line), limits: Limits.aggregate),
                    let number = json["number"]?.integer,
                    let id = json["id"]?.string, let outcome = json["outcome"], let status = Outcome(outcome)
                else { throw ReadProblem.malformed("a line is not an operation with its outcome") }
                let bytes = json["operation"]?.canonicalBytes() ?? []
                let signed = bytes.isEmpty ? nil : try? SignedOperation(stored: bytes)
                if let signed, signed.id != id || signed.operation.origin != origin {
                    throw ReadProblem.malformed("another's operation")
                }
                guard try continues(signed, id, number, of: origin, transaction) else {
                    last = nil
                    break
                }
                last = number
                var fetched = OperationRecord(
                    origin: origin,
                    number: number,
                    id: id,
                    appeal: signed?.operation.appeal,
                    kind: signed?.operation.kind ?? "",
                    bytes: bytes,
                    outcome: outcome.canonicalBytes(),
                    status: status.status,
                    commit: status.commit,
                    at: now
                )
                if let operation = signed?.operation, try !transaction.isRepeated(operation) {
                    fetched.command = operation.command
                }
                try transaction.putOperation(fetched)
                try keepOnStub(signed?.operation.appeal, transaction)
                try learn(of: WriteName(origin: origin, number: number), transaction)
                if number > record.last {
                    record.last = number
                    record.lastID = id
                }
                record.acknowledged = max(record.acknowledged, number)
            }
            try transaction.putOrigin(record)
            if last ?? 0 > 0 { try keepEvidence(page, as: origin.description, transaction) }
            return last
        }
    }
}
