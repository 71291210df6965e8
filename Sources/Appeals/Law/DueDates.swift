/// The dates an appeal must be dealt with by, as its home node computes and stores them; other nodes only show them.
public struct DueDates: Hashable, Sendable {
    /// The day of receipt by the body; day 1 of every term is the day after it.
    public let registered: CivilDate
    /// The last day of the law, moved to a working day; overdue is judged by it or by an extension.
    public var statutory: CivilDate
    /// The day shown to executors, moved back to a working day; colours go by it.
    public var control: CivilDate
    /// The 45th day, not moved: the furthest day an extension may reach.
    public let cap: CivilDate
    /// The internal target of phone appeals (R4), nil for other channels.
    public let internalTarget: CivilDate?
    /// To whom it belongs, in five days (Article 7).
    public let forwardBy: CivilDate
    /// Back to the applicant when made wrongly, in ten days (Article 5).
    public let returnBy: CivilDate
    /// By which term of the law.
    public let basis: DeadlineBasis
    /// Which calendar moved the days; kept, so that a later one moves nothing.
    public let calendarVersion: String
    /// Some day of the computation is beyond the calendar's validity, so that only weekends were known there.
    public let isProvisional: Bool

    public init(
        registered: CivilDate,
        statutory: CivilDate,
        control: CivilDate,
        cap: CivilDate,
        internalTarget: CivilDate?,
        forwardBy: CivilDate,
        returnBy: CivilDate,
        basis: DeadlineBasis,
        calendarVersion: String,
        isProvisional: Bool
    ) {
        self.registered = registered
        self.statutory = statutory
        self.control = control
        self.cap = cap
        self.internalTarget = internalTarget
        self.forwardBy = forwardBy
        self.returnBy = returnBy
        self.basis = basis
        self.calendarVersion = calendarVersion
        self.isProvisional = isProvisional
    }
}
