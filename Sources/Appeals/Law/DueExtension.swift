/// A term set anew by the head or deputy (Article 20); the applicant has to be told.
public struct DueExtension: Hashable, Sendable {
    /// The legal due date until then.
    public let from: CivilDate
    /// The new legal due date.
    public let to: CivilDate
    /// The new day for executors: a working day, never earlier than the one they had.
    public let control: CivilDate
    /// Before `from`: afterwards the term is broken, and no decision mends it.
    public let decidedOn: CivilDate
    /// Of the calendar that moved `control`.
    public let calendarVersion: String

    public init(from: CivilDate, to: CivilDate, control: CivilDate, decidedOn: CivilDate, calendarVersion: String) {
        self.from = from
        self.to = to
        self.control = control
        self.decidedOn = decidedOn
        self.calendarVersion = calendarVersion
    }
}
