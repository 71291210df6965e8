package import Appeals
import CanonicalJSON
import Replication

/// A leader's decision to give more time.
package struct ExtensionFields {
    /// The new due date.
    package var to: CivilDate
    /// Nil: today.
    package var decidedOn: CivilDate?
    /// The login of who decided; the rules look whether they may.
    package var decidedBy: String
    package var reason: String

    package init(to: CivilDate, decidedOn: CivilDate?, decidedBy: String, reason: String) {
        self.to = to
        self.decidedOn = decidedOn
        self.decidedBy = decidedBy
        self.reason = reason
    }
}

/// What the extension of a term was about.
package struct AboutTerm {
    /// What a person calls the appeal.
    package let title: String
    package let extended: DueExtension
}

/// Terms; errors as for every act on an appeal.
extension Desk {
    /// Extends the term of an appeal, by the calendar in force.
    ///
    /// Counted here, since the rules of deadlines explain themselves better than a refusal of the rules does: throws
    /// `noTerm` if no term runs, a `DeadlineRefusal` if the day is beyond the cap or not later than the term.
    package func extendTerm(_ appeal: String, _ fields: ExtensionFields) throws -> Acted<AboutTerm> {
        try actOnAppeal("term.extended", appeal) { draft, shown, reading in
            let calendar = try calendar(reading)
            let grant = try Deadlines.extend(
                try Self.due(of: shown.appeal, calendar),
                to: fields.to,
                decidedOn: fields.decidedOn ?? today,
                calendar: calendar
            )
            draft.body = [
                "statutory": .string(grant.to.description), "control": .string(grant.control.description),
                "decidedOn": .string(grant.decidedOn.description), "reason": .string(fields.reason),
                "decidedBy": .string(fields.decidedBy), "calendar": .string(grant.calendarVersion),
            ]
            return AboutTerm(title: shown.title, extended: grant)
        }
    }

    private static func due(of appeal: Aggregate, _ calendar: WorkingCalendar) throws(DeskError) -> DueDates {
        func day(_ register: String) -> CivilDate? { appeal.register(register)?.string.flatMap { CivilDate($0) } }
        guard let statutory = day("due.statutory"), let control = day("due.control"), let cap = day("due.cap"),
            let registered = day("registeredOn")
        else {
            throw DeskError(
                .failed,
                "noTerm",
                uk: "звернення не має строку, тож продовжувати нічого",
                en: "the appeal has no term to extend"
            )
        }
        return DueDates(
            registered: registered,
            statutory: statutory,
            control: control,
            cap: cap,
            internalTarget: nil,
            forwardBy: registered,
            returnBy: registered,
            basis: .month,
            calendarVersion: calendar.version,
            isProvisional: false
        )
    }
}
