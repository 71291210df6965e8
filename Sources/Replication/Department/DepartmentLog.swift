import Appeals
import CanonicalJSON
import Cryptography

/// The department's own log: pages to push, and the outcomes that come back (DESIGN.md "Logs").
extension Department {
    // MARK: push

    /// A page of own operations after `number`, with the former outcomes of those that were acknowledged in a lost epoch.
    func page(
        of origin: Origin,
        after number: Int64,
        limit: Int,
        resends: Bool
    ) throws -> (body: [UInt8], first: Int64, last: Int64)? {
        try store.read { reading in
            guard let own = try reading.origin(origin) else { return nil }
            // A re-issued branch is sent only under its new names.
            let records = try reading.operations(origin, after: number, limit: limit).prefix { record in
                record.decision != .reissued && (own.state != .closed || record.number <= own.acknowledged)
            }
            guard let first = records.first else { return nil }
            var body: [UInt8] = []
            var last = number
            let pages = FormerPages(
                resends ? try reading.outcomePages(origin, from: first.number, to: records.last?.number ?? 0) : []
            )
            var former: Int?
            for record in records {
                if last > number, body.count + record.bytes.count > rules.sizes.pageBytes { break }
                if let place = pages.place(of: record), place != former {
                    former = place
                    body += pages.line(place) + [10]
                }
                body += record.bytes
                body.append(10)
                last = record.number
            }
            return (body, first.number, last)
        }
    }

    /// What follows from a page of answers.
    enum Pushed: Equatable {
        case upTo(Int64)
        case unreadable(Int64, reason: String)
        /// The office's last number.
        case fork(known: Int64)
        case gap(wanted: Int64)
    }

    /// Records verified outcomes; an operation gets its outcome by origin, number *and* id.
    func apply(_ page: VerifiedReply, body: [UInt8], origin: Origin, first: Int64, last: Int64) throws -> Pushed {
        try store.write { transaction in
            guard ProtocolCall.push.isNamed(in: page.reply), page.reply["origin"]?.string == origin.description,
                var record = try transaction.origin(origin), let stored = page.reply["stored"]?.integer
            else { throw ReadProblem.malformed("the last line of a push lacks a field") }
            var result = Pushed.upTo(last)
            var number = first
            for line in page.lines {
                guard let json = try? JSON(parsing: Array(line)) else {
                    throw ReadProblem.malformed("an answer is not JSON")
                }
                if let outcome = Outcome(json) {
                    // The reply belongs to another page.
                    guard outcome.origin == origin, outcome.number == number else { throw ReadProblem.notMine }
                    guard try learn(outcome, Array(line), transaction) else {
                        result = .fork(known: stored)
                        break
                    }
                    record.acknowledged = max(record.acknowledged, outcome.number)
                } else if let problem = Self.problem(json, number, stored: stored) {
                    result = problem
                    break
                } else {
                    // If it were skipped, its operation would never get an outcome.
                    throw ReadProblem.malformed("an answer is neither an outcome nor about the log")
                }
                number += 1
            }
            if case .upTo = result, number <= last { throw ReadProblem.notMine }
            try learnDurable(page.reply["durable"], of: &record, transaction)
            record.chain = SHA256.hash(page.evidence).hex
            try transaction.putOrigin(record)
            if number > first {
                try keepEvidence(page, as: origin.description, transaction)
                let told = OutcomePage(
                    origin: origin,
                    first: first,
                    last: number - 1,
                    isRetransmitted: false,
                    bytes: body
                )
                try keep(told, transaction)
            }
            return result
        }
    }

    /// Believes the office about durability only if it names the id of this log's operation under that number: about
    /// the log of a copy of this node it would say nothing of this one.
    func learnDurable(
        _ told: JSON?,
        of record: inout OriginRecord,
        _ transaction: any StoreTransaction
    ) throws {
        if let number = told?["number"]?.integer, number > record.durable,
            let own = try transaction.operation(record.origin, number),
            rules.isNamed(own.id, by: told?["id"]?.string)
        {
            record.durable = number
        }
        // Durable operations are never sent again, so their evidence is no longer needed.
        try transaction.deleteOutcomePages(record.origin, upTo: record.durable, limit: rules.sizes.chunk)
    }

    /// What an answer says about the log; nil if it is no such answer.
    private static func problem(_ json: JSON, _ number: Int64, stored: Int64) -> Pushed? {
        switch json["answer"]?.string.flatMap(PushAnswer.init) {
        case .fork: .fork(known: stored)
        case .gap: .gap(wanted: json["wanted"]?.integer ?? number)
        case .unreadable: .unreadable(number, reason: "\(json["path"]?.string ?? ""): \(json["reason"]?.string ?? "")")
        case nil: nil
        }
    }

    /// False if the office has another operation under this number.
    func learn(_ outcome: Outcome, _ line: [UInt8], _ transaction: any StoreTransaction) throws -> Bool {
        if try transaction.setOutcome(outcome, as: line) {
            if outcome.flags.contains("indexTaken") { try tellRenumbered(outcome, transaction) }
            return true
        }
        guard let record = try transaction.operation(outcome.origin, outcome.number) else { return true }
        return try rules.take(outcome, line, ofAnotherThan: record, transaction)
    }

    /// People are told once that a card of theirs has another index than the one they gave to the applicant.
    private func tellRenumbered(_ outcome: Outcome, _ transaction: any StoreTransaction) throws {
        guard let record = try transaction.operation(outcome.origin, outcome.number), let appeal = record.appeal,
            try transaction.tray(kind: .renumbered, subject: appeal, after: 0, limit: 1).isEmpty
        else { return }
        let index = try record.signed().operation.body["index"]?.string ?? ""
        try transaction.addTray(TrayRecord(kind: .renumbered, subject: appeal, text: index, at: record.at))
    }
}
