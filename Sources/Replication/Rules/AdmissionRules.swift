import Appeals
import CanonicalJSON

/// What the office admits of a department's log, and how it judges it (DESIGN.md "Admission").
///
/// How many schedules go wrong without each: DESIGN.md "What breaks without a rule".
extension Rules {
    // MARK: the log

    /// Whether two operations claim one place of a log.
    ///
    /// Without it another operation takes the number of one that was acknowledged.
    func isFork(_ id: String, beside stored: String) -> Bool { forkCheck && id != stored }

    /// Whether a page was made in this epoch: its push names it.
    ///
    /// A page of before a restore would be taken for what its log says now.
    func isMade(in present: String, named: String?) -> Bool { !pushNamesEpoch || named == present }

    /// The answer to an operation that is here already: its outcome, as it was.
    ///
    /// Without it what is sent again is applied twice.
    func answer(
        toRepeated signed: SignedOperation,
        _ stored: OperationRecord,
        _ admission: Admission
    ) throws -> [UInt8]? {
        guard !deduplication, var record = try admission.record(signed.operation.origin) else { return stored.outcome }
        return try admission.admit(signed, into: &record).json.canonicalBytes()
    }

    /// An own outcome of before a restore, which stands: the author has it signed.
    ///
    /// Judged anew, work that was accepted could be refused because of what came meanwhile.
    func standing(_ former: Outcome?) -> Outcome? { formerOutcomesKept ? former : nil }

    /// The log that has to be finished before the one that says hello, if there is one (DESIGN.md "Logs").
    ///
    /// Without it a later log is admitted before what was written earlier.
    func earlierLog(_ unfinished: () throws -> Origin?) rethrows -> Origin? { logsFinished ? try unfinished() : nil }

    // MARK: the judgement

    /// The judge as the office wants it: it keeps both sides of a clash, and folds what is the same (DESIGN.md "Sameness").
    ///
    /// Without the first the later write silently replaces the earlier; without the second people disagree about values
    /// that look alike.
    func instructed(_ judge: Judge) -> Judge {
        var judge = judge
        if !clashesKept { judge.base = { _, present in present() } }
        if !sameness { judge.sameness = { _, _ in false } }
        return judge
    }

    /// Late work stays as it was judged: accepted late, or held for whoever has the appeal now (DESIGN.md "Held work").
    ///
    /// Without it work that was done before the author could know of the reassignment is thrown away.
    func keepLateWork(_ judgement: inout Judgement) {
        guard !lateWork, judgement.outcome.status == .acceptedLate || judgement.outcome.reason == .authorityEnded
        else { return }
        judgement.outcome.status = .refused
        judgement.aggregate = nil
    }
}
