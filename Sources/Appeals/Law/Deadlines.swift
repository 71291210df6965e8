/// Due dates by the Law on citizens' appeals: civil dates in Kyiv, computed by the home node only.
///
/// The rules and a table of examples: DESIGN.md "Deadlines and calendar".
public enum Deadlines {
    /// The 45 days of Article 20.
    public static let capDays = 45
    /// To pass an appeal to whom it belongs (Article 7).
    public static let forwardDays = 5
    /// To give one back that was made wrongly (Article 5).
    public static let returnDays = 10
    /// What "operational mode" (R4) means by default (Q3), in working days.
    public static let internalTargetDays = 3

    /// The due dates alone.
    public static func due(
        registered: CivilDate,
        basis: DeadlineBasis,
        channel: Channel,
        calendar: WorkingCalendar,
        internalTargetDays: Int = internalTargetDays
    ) throws(DeadlineRefusal) -> DueDates {
        try derive(
            registered: registered,
            basis: basis,
            channel: channel,
            calendar: calendar,
            internalTargetDays: internalTargetDays
        ).due
    }

    /// The due dates of an appeal from the instant it came, with the steps that led to them.
    public static func derive(
        receivedAt: Int64,
        basis: DeadlineBasis,
        channel: Channel,
        calendar: WorkingCalendar,
        internalTargetDays: Int = internalTargetDays
    ) throws(DeadlineRefusal) -> Derivation {
        let receipt = try Receipt(receivedAt: receivedAt, channel: channel, calendar: calendar)
        return try derive(
            registered: receipt.registered,
            receipt: receipt,
            basis: basis,
            channel: channel,
            calendar: calendar,
            internalTargetDays: internalTargetDays
        )
    }

    /// The due dates counted from a day of receipt, with the steps that led to them: dates and explanation come from
    /// the same computation, so that they cannot tell different stories.
    public static func derive(
        registered: CivilDate,
        receipt: Receipt? = nil,
        basis: DeadlineBasis,
        channel: Channel,
        calendar: WorkingCalendar,
        internalTargetDays: Int = internalTargetDays
    ) throws(DeadlineRefusal) -> Derivation {
        guard (1...30).contains(internalTargetDays) else { throw .internalTarget(days: internalTargetDays) }
        var count = TermCount(registered: registered, calendar: calendar)
        if let receipt { count.note(receipt) }
        let cap = try count.after(days: capDays)
        let end = try count.term(basis, cap: cap)
        let statutory = try count.statutory(end, basis: basis)
        let control = try count.control(statutory: statutory, end: end, basis: basis)
        count.note(.cap, from: registered, to: cap)
        let forwardBy = try count.moved(.forward, days: forwardDays)
        let returnBy = try count.moved(.giveBack, days: returnDays)
        let target = channel.isPhone ? try count.internalTarget(days: internalTargetDays) : nil
        let due = DueDates(
            registered: registered,
            statutory: statutory,
            control: control,
            cap: cap,
            internalTarget: target,
            forwardBy: forwardBy,
            returnBy: returnBy,
            basis: basis,
            calendarVersion: calendar.version,
            isProvisional: !calendar.covers(registered) || !calendar.covers(max(cap, statutory))
        )
        return Derivation(due: due, steps: count.steps, calendar: calendar)
    }

    /// Extends a term by a decision of the head or deputy: later than the current due date, not beyond the cap, and
    /// decided before the current due date.
    ///
    /// `current` is an earlier extension's date when there was one.
    public static func extend(
        _ due: DueDates,
        current: CivilDate? = nil,
        to newDue: CivilDate,
        decidedOn: CivilDate,
        received: CivilDate? = nil,
        calendar: WorkingCalendar
    ) throws(DeadlineRefusal) -> DueExtension {
        let current = current ?? due.statutory
        let earliest = min(received ?? due.registered, due.registered)
        guard decidedOn >= earliest else {
            throw .extensionBeforeReceipt(decidedOn: decidedOn, registered: earliest)
        }
        guard decidedOn < current else { throw .extensionTooLate(decidedOn: decidedOn, current: current) }
        guard newDue > current else { throw .extensionNotLater(newDue, current: current) }
        guard newDue <= due.cap else { throw .extensionBeyondCap(newDue, cap: due.cap) }
        guard let rolled = calendar.rollBack(newDue) else { throw .dateOutOfRange(from: newDue) }
        return DueExtension(
            from: current,
            to: newDue,
            control: max(rolled, due.control),
            decidedOn: decidedOn,
            calendarVersion: calendar.version
        )
    }

    /// Whether a final answer was in time, by the day it was dispatched (C8, C9).
    ///
    /// An answer not later than the old due date is in time and leaves the extension unused; later, the extension
    /// counts if it was decided before the old due date.
    public static func timeliness(
        dispatched: CivilDate,
        statutory: CivilDate,
        extensionDecidedOn: CivilDate? = nil,
        extendedTo: CivilDate? = nil
    ) -> Timeliness {
        if dispatched <= statutory { return .onTime(extensionUnused: extendedTo != nil) }
        guard let decidedOn = extensionDecidedOn, let extendedTo, decidedOn < statutory, extendedTo > statutory else {
            return .late(days: statutory.days(until: dispatched))
        }
        if dispatched <= extendedTo { return .onTime(extensionUnused: false) }
        return .late(days: extendedTo.days(until: dispatched))
    }
}
