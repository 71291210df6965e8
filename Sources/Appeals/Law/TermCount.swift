/// Counts the terms of one appeal and notes each step.
struct TermCount {
    let registered: CivilDate
    let calendar: WorkingCalendar
    private(set) var steps: [DerivationStep] = []

    init(registered: CivilDate, calendar: WorkingCalendar) {
        self.registered = registered
        self.calendar = calendar
    }

    mutating func note(_ rule: DerivationStep.Rule, from: CivilDate, to: CivilDate) {
        steps.append(DerivationStep(rule: rule, from: from, to: to))
    }

    mutating func note(_ receipt: Receipt) {
        note(
            .receipt(receipt.rule, at: receipt.moment.time, hoursEnd: calendar.workingHoursEnd),
            from: receipt.moment.date,
            to: receipt.registered
        )
    }

    func after(days: Int) throws(DeadlineRefusal) -> CivilDate {
        guard let date = registered.adding(days: days) else { throw .dateOutOfRange(from: registered) }
        return date
    }

    /// The last day of the term before any move.
    mutating func term(_ basis: DeadlineBasis, cap: CivilDate) throws(DeadlineRefusal) -> CivilDate {
        let end: CivilDate
        switch basis {
        case .fifteenDays: end = try after(days: 15)
        case .month:
            guard let month = registered.adding(months: 1) else { throw .dateOutOfRange(from: registered) }
            end = month
        case .shortened(let days):
            guard DeadlineBasis.shortenedDays.contains(days) else { throw .shortenedTerm(days: days) }
            end = try after(days: days)
        case .external(let date):
            guard date > registered else { throw .externalDateNotAfterReceipt(date, registered: registered) }
            guard date <= cap else { throw .externalDateBeyondCap(date, cap: cap) }
            end = date
        }
        note(.firstDay, from: registered, to: try after(days: 1))
        note(.term(basis), from: registered, to: end)
        return end
    }

    /// A last day off moves to the next working day (Civil Code 254); a date another body set is not ours to move.
    mutating func statutory(_ end: CivilDate, basis: DeadlineBasis) throws(DeadlineRefusal) -> CivilDate {
        if case .external = basis { return end }
        guard let rolled = calendar.rollForward(end) else { throw .dateOutOfRange(from: end) }
        if rolled != end { note(.rollForward, from: end, to: rolled) }
        return rolled
    }

    /// For executors: clerks' software counts 30 days for a month, so the earlier of the two, moved back.
    mutating func control(
        statutory: CivilDate,
        end: CivilDate,
        basis: DeadlineBasis
    ) throws(DeadlineRefusal) -> CivilDate {
        var last = end
        if basis == .month {
            last = min(end, try after(days: 30))
            if last != end { note(.thirtyDays, from: end, to: last) }
        }
        // NB: a term of one day from a Friday would be moved back to the day of receipt; then the legal date stands.
        guard let rolled = calendar.rollBack(last), rolled > registered else {
            note(.control, from: last, to: statutory)
            return statutory
        }
        note(.control, from: last, to: rolled)
        return rolled
    }

    mutating func moved(_ rule: DerivationStep.Rule, days: Int) throws(DeadlineRefusal) -> CivilDate {
        let end = try after(days: days)
        guard let rolled = calendar.rollForward(end) else { throw .dateOutOfRange(from: end) }
        note(rule, from: registered, to: rolled)
        return rolled
    }

    mutating func internalTarget(days: Int) throws(DeadlineRefusal) -> CivilDate {
        guard let target = calendar.addingWorkingDays(days, to: registered) else {
            throw .dateOutOfRange(from: registered)
        }
        note(.internalTarget(days: days), from: registered, to: target)
        return target
    }
}
