import Appeals
import CanonicalJSON
import Cryptography

/// Outcomes of own operations that change without a push: after a restore of the office, or by a decision in `node:`.
extension Department {
    /// The first own operation up to `last` whose outcome has a commit beyond `commit`: another epoch may have decided
    /// it otherwise.
    func firstDecided(after commit: Int64, in origin: Origin, upTo last: Int64) throws -> Int64? {
        try store.read { reading in
            var after: Int64 = 0
            while true {
                let page = try reading.operations(origin, after: after, limit: rules.sizes.chunk)
                for record in page where record.outcome == nil || record.commit > commit {
                    return record.number <= last ? record.number : nil
                }
                guard page.count == rules.sizes.chunk, let number = page.last?.number else { return nil }
                after = number
            }
        }
    }

    /// Takes the office's present outcomes of own operations.
    ///
    /// Of those that it may have decided in another epoch than this node knew, and of those that this node had lost. The
    /// page is kept as evidence, as that of a push.
    ///
    /// A node that was put back to before a restore holds outcomes of an epoch that is over; the last epoch's are in
    /// force, and the difference is shown to its people. An id that differs is a fork, which is not found here.
    func refresh(_ page: VerifiedReply, body: [UInt8], origin: Origin, now: Int64) throws -> Int64 {
        try store.write { transaction in
            guard ProtocolCall.outcomes.isNamed(in: page.reply), page.reply["origin"]?.string == origin.description
            else {
                throw ReadProblem.notMine
            }
            var (first, last): (Int64, Int64) = (0, 0)
            for line in page.lines {
                guard let outcome = Outcome(line: line) else {
                    throw ReadProblem.malformed("a line is not an outcome")
                }
                guard outcome.origin == origin, outcome.number > last else { throw ReadProblem.notMine }
                last = outcome.number
                if first == 0 { first = last }
                guard var record = try transaction.operation(origin, last), record.id == outcome.id,
                    record.outcome != Array(line)
                else { continue }
                if let former = record.status, former != outcome.status {
                    try transaction.addTray(
                        TrayRecord(
                            kind: .outcome,
                            subject: "\(origin):\(last)",
                            text: "\(record.kind) was \(former.rawValue), after a restore of the office it is "
                                + outcome.status.rawValue,
                            bytes: record.outcome ?? [],
                            at: now
                        )
                    )
                }
                record.outcome = Array(line)
                record.status = outcome.status
                record.commit = outcome.commit
                try transaction.putOperation(record)
            }
            if last > 0 {
                try keepEvidence(page, as: origin.description, transaction)
                let told = OutcomePage(origin: origin, first: first, last: last, isRetransmitted: true, bytes: body)
                try keep(told, transaction)
            }
            return last
        }
    }

    /// The `node:` stream tells what became of a held operation, or that an outcome is another one after a restore.
    func learn(_ told: Appeals.Aggregate, _ transaction: any StoreTransaction) throws {
        guard let write = WriteName(told.id), write.origin.node == node,
            var record = try transaction.operation(write.origin, write.number)
        else { return }
        // Operations re-issued under another name or quarantined for a person stay as they are.
        if let decision = told.register("decision"), !record.isReplaced {
            record.decision = decision["adopted"]?.bool == true ? .adopted : .declined
            // Only held work gets a decision; it may arrive before the outcome itself, if that reply was lost.
            record.status = record.status ?? .held
        }
        if let json = told.register("outcome"), let outcome = Outcome(json), outcome.id == record.id,
            outcome.commit > record.commit
        {
            record.outcome = json.canonicalBytes()
            record.status = outcome.status
            record.commit = outcome.commit
        }
        try transaction.putOperation(record)
    }

    /// What the `node:` stream had said about an operation before it was fetched back.
    func learn(of write: WriteName, _ transaction: any StoreTransaction) throws {
        let stream = try position(Space.node(node), transaction)
        let row = try transaction.row(stream.name, generation: stream.generation, key: write.description)
        if let row { try learn(try row.aggregate(), transaction) }
    }
}
