import Appeals

/// What a department keeps of its own work, issues again and draws (DESIGN.md "Own work" and "Durable").
///
/// How many schedules go wrong without each: DESIGN.md "What breaks without a rule".
extension Rules {
    // MARK: what is kept

    /// Whether a decided operation is kept: until its number is durable at the office.
    ///
    /// Without it what the office loses with its disk is lost for good.
    func isKept(_ number: Int64, beyond durable: @autoclosure () throws -> Int64) rethrows -> Bool {
        try keptUntilDurable && number > durable()
    }

    /// Own operations that the office has not decided stay when their appeal leaves.
    ///
    /// Without it they are never sent.
    func keepOutbox(_ own: [OperationRecord], _ transaction: any StoreTransaction) throws {
        guard !outboxKeptOnLeave else { return }
        for var record in own where record.status == nil {
            record.bytes = []
            try transaction.putOperation(record)
        }
    }

    // MARK: what the office says of the log

    /// Whether the office means this log's operation: it names the id beside the number.
    ///
    /// What it says of the log of a copy of this node would count for this one.
    func isNamed(_ id: String, by told: String?) -> Bool { id == told || !durableNamesID }

    /// Takes the outcome of another operation under the number of an own one: never, since an outcome names the id.
    ///
    /// Without it an operation counts as decided that the office never saw. True if it was taken.
    func take(
        _ outcome: Outcome,
        _ line: [UInt8],
        ofAnotherThan record: OperationRecord,
        _ transaction: any StoreTransaction
    ) throws -> Bool {
        guard !outcomeNamesID else { return false }
        var record = record
        record.outcome = line
        record.status = outcome.status
        record.commit = outcome.commit
        try transaction.putOperation(record)
        return true
    }

    /// Whether the operation of this number is compared with the office's: every one is, from the first.
    ///
    /// Without it another hand's operation under an own number is found only at the next push.
    func isCompared(_ number: Int64) -> Bool { ownLogsCompared && number > 0 }

    /// Whether an own log was compared in this epoch already: once is enough.
    func wasCompared(_ last: String?, in present: String?) -> Bool { !ownLogsCompared || last == present }

    /// The acknowledged number from which work goes on in the present log, where the office ended the log before it.
    ///
    /// Without it that work stays in a log in which the office accepts nothing more.
    func acknowledged(inEndedLog acknowledged: @autoclosure () throws -> Int64?) rethrows -> Int64? {
        endedLogGoesOn ? try acknowledged() : nil
    }

    // MARK: what is issued again

    /// Operations in the order in which they are issued again: that of their numbers.
    ///
    /// In another the office waits for ever for a number that an operation builds on.
    func inOrder(_ page: [OperationRecord]) -> [OperationRecord] { reissueInOrder ? page : page.reversed() }

    /// Whether an operation is issued again: also if the office had acknowledged it before it lost it.
    func isIssuedAgain(_ old: OperationRecord) -> Bool { reissueAcknowledged || old.outcome == nil }

    // MARK: what is drawn

    /// An appeal with own work drawn over it until the stream has passed its effect.
    ///
    /// Without it own edits flicker: away from the outcome on until the row shows them.
    func drawnUntilVisible(
        _ appeal: String,
        over confirmed: Appeals.Aggregate?,
        of node: String,
        _ reading: any StoreReading,
        _ draw: () throws -> (appeal: Appeals.Aggregate?, pending: [OperationRecord])
    ) throws -> (appeal: Appeals.Aggregate?, pending: [OperationRecord]) {
        guard overlayUntilVisible else {
            return (confirmed, try reading.allPending(appeal: appeal, node: node, beyond: .max))
        }
        return try draw()
    }

    /// Whether the places of decided work can be compared with the row's, so that it yields to what came later: not while
    /// work is sent again after a restore.
    ///
    /// Without it decided work is drawn over later changes while the office projects anew.
    func isComparable(replaying through: @autoclosure () throws -> Int64?) rethrows -> Bool {
        try overlayYields && through() == nil
    }

    /// Where what is visible ends while work is sent again after a restore; nil when all is back.
    ///
    /// Without it own work that the restored office has not got back yet is not drawn.
    func endOfVisible(replaying through: @autoclosure () throws -> Int64?) rethrows -> Int64? {
        overlayUntilReplayed ? try through() : nil
    }
}
