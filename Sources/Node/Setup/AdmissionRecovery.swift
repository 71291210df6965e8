import Appeals
import Desk
import Replication

/// Brings the store to what the log says, before anybody is let in: at every opening of an office, and after a restore.
///
/// Where no log reaches the store's last change (the disk died, an old database was copied back), nobody knows who was
/// shut out since: nobody is admitted until the operator has confirmed it.
struct AdmissionRecovery {
    let log: AdmissionLog
    let store: any Store

    /// Compares the log, its copy and the store's mark, and brings the store up to the one that reaches furthest.
    ///
    /// `backupMade` is when the backup was made that the store was restored from (unix milliseconds), nil at an
    /// ordinary opening; the alarm names it as the time since when nobody knows who was shut out.
    func run(backupMade: Int64?, now: Int64) throws {
        let mark = try store.read { try Admissions.Mark($0) }
        let own = try content(log.path)
        let copied = try log.copy.flatMap { try content($0) }
        func reaches(_ content: AdmissionLog.Content?) -> Bool {
            content.map { !$0.isBroken && $0.end.number >= max(1, mark.number) } ?? false
        }
        if let copy = log.copy, let copied, reaches(copied), !reaches(own) || copied.end.number > own?.end.number ?? 0 {
            let bytes = try Files.read(copy, limit: Int(AdmissionLog.limit), doing: Self.doing)
            try Files.write(log.path, bytes, doing: Self.doing)
            return try apply(copied, beyond: mark, now: now)
        }
        if let own, reaches(own) { return try apply(own, beyond: mark, now: now) }
        try doubt(own, mark, asOf: backupMade ?? mark.at, now: now)
    }

    private static let doing = Label(uk: "читання журналу допусків", en: "reading the log of admissions")

    /// A file that cannot be read is no log; why not is told with the alarm that follows.
    private func content(_ path: String) throws -> AdmissionLog.Content? {
        do throws(NodeError) { return try log.read(path) } catch { return nil }
    }

    /// Applies the last line of each node that the store does not know yet.
    private func apply(_ content: AdmissionLog.Content, beyond mark: Admissions.Mark, now: Int64) throws {
        guard content.end.number > mark.number || content.isTorn else { return try log.goOn(content, now: now) }
        try store.write { transaction in
            try put(content, beyond: mark, transaction)
            let at = content.last.values.map(\.at).max() ?? mark.at
            try Admissions.Mark(number: content.end.number, at: at).keep(transaction)
            // A change that was answered is whole; one that is torn was not, unless the disk lost it later.
            if content.isTorn {
                try alarm("the last line of \(log.path) was torn: look whether the last change holds", transaction, now)
            }
        }
        try log.goOn(content, now: now)
    }

    private func put(
        _ content: AdmissionLog.Content,
        beyond mark: Admissions.Mark,
        _ transaction: any StoreTransaction
    ) throws {
        for line in content.last.values.sorted(by: { $0.number < $1.number }) where line.number > mark.number {
            try line.standing.put(line.node, transaction, now: line.at)
        }
    }

    /// Nobody is admitted; what is left of a broken log still counts, since nobody comes in by it.
    private func doubt(_ left: AdmissionLog.Content?, _ mark: Admissions.Mark, asOf: Int64, now: Int64) throws {
        try store.write { transaction in
            if let left { try put(left, beyond: mark, transaction) }
            for invitation in try Invitation.all(transaction) {
                try Invitation.end(invitation.node, transaction, now: now)
            }
            // Beyond every log of before, by the clock: one that turns up later is not taken for what came after this one.
            let number = max(mark.number, left?.end.number ?? 0, now / 1_000)
            var lines = [
                AdmissionLine(number: number + 1, at: now, change: .founded, node: "", standing: AdmissionStanding())
            ]
            for record in try Self.records(transaction) {
                var standing = try AdmissionStanding(record.node, transaction)
                if standing.state == .active { standing.state = .unconfirmed }
                try standing.put(record.node, transaction, now: now)
                lines.append(
                    AdmissionLine(
                        number: number + 1 + Int64(lines.count),
                        at: now,
                        change: .unconfirmed,
                        node: record.node,
                        standing: standing
                    )
                )
            }
            if Files.exists(log.path) { try Files.move(log.path, to: log.path + ".broken", doing: Self.doing) }
            try log.begin(lines)
            try Admissions.Mark(number: number + Int64(lines.count), at: now).keep(transaction)
            guard lines.count > 1 else { return }
            try transaction.setValue(Values.admissionsAsOf, asOf)
            try alarm("who was shut out since \(KyivTime.rfc3339(asOf) ?? "the backup") is not known", transaction, now)
        }
    }

    private func alarm(_ text: String, _ transaction: any StoreTransaction, _ now: Int64) throws {
        try transaction.addTray(TrayRecord(kind: .alarm, subject: "", text: "admissions: " + text, at: now))
    }

    private static func records(_ reading: any StoreReading) throws -> [NodeRecord] {
        var records: [NodeRecord] = []
        while true {
            let page = try reading.nodes(after: records.last?.node ?? "", limit: ReplicationLimits.chunk)
            records += page
            if page.count < ReplicationLimits.chunk { return records }
        }
    }
}
