package import Appeals
import CanonicalJSON
import Replication

/// A leader's decision to give more time.
package struct ExtensionFields {
    /// The new due date.
    package var to: CivilDate
    /// Nil: today.
    package var decidedOn: CivilDate?
    /// The login or name of who decided; the rules look whether they may.
    package var decidedBy: String
    package var reason: String

    package init(to: CivilDate, decidedOn: CivilDate?, decidedBy: String, reason: String) {
        self.to = to
        self.decidedOn = decidedOn
        self.decidedBy = decidedBy
        self.reason = reason
    }
}

/// When an appeal came indeed.
package struct ReceiptFields {
    /// Milliseconds of Unix time.
    package var receivedAt: Int64
    /// Nil: what the term was counted by so far.
    package var basis: DeadlineBasis?
    package var reason: String

    package init(receivedAt: Int64, basis: DeadlineBasis?, reason: String) {
        self.receivedAt = receivedAt
        self.basis = basis
        self.reason = reason
    }
}

/// What the correction of a receipt was about.
package struct AboutReceipt {
    /// What a person calls the appeal.
    package let title: String
    /// The term that follows; nil if none runs.
    package let due: DueDates?
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
                received: shown.appeal.register("receivedAt")?.string.flatMap { KyivTime.date(rfc3339: $0) },
                calendar: calendar
            )
            draft.body = [
                "statutory": .string(grant.to.description), "control": .string(grant.control.description),
                "decidedOn": .string(grant.decidedOn.description), "reason": .string(fields.reason),
                "decidedBy": .string(try person(fields.decidedBy, reading)), "calendar": .string(grant.calendarVersion),
            ]
            return AboutTerm(title: shown.title, extended: grant)
        }
    }

    /// Corrects when an appeal came: the day of registration and the term follow, by the calendar in force.
    ///
    /// A term that was extended stays extended, within the new cap. Throws `datesDisorder` for a time that is still to come, a
    /// `DeadlineRefusal` where the term cannot be counted.
    package func correctReceipt(_ appeal: String, _ fields: ReceiptFields) throws -> Acted<AboutReceipt> {
        try actOnAppeal("receipt.corrected", appeal) { draft, shown, reading in
            let calendar = try calendar(reading)
            let channel = shown.appeal.register("channel")?.string.flatMap(Channel.init(rawValue:)) ?? .post
            let receipt = try Receipt(receivedAt: fields.receivedAt, channel: channel, calendar: calendar)
            let former = shown.appeal.register("due.basis")?.string.flatMap(DeadlineBasis.init(code:))
            let due = try (fields.basis ?? former).map {
                let derivation = try Deadlines.derive(
                    registered: receipt.registered,
                    basis: $0,
                    channel: channel,
                    calendar: calendar
                )
                return try Self.extended(derivation.due, as: shown.appeal, calendar)
            }
            draft.body = [
                "receivedAt": .string(KyivTime.rfc3339(fields.receivedAt) ?? ""),
                "registeredOn": .string(receipt.registered.description), "reason": .string(fields.reason),
            ]
            draft.body["due"] = due.map(CardFields.due)
            return AboutReceipt(title: shown.title, due: due)
        }
    }

    /// The dates with what an extension gave, as far as the cap lets it.
    private static func extended(
        _ due: DueDates,
        as appeal: Aggregate,
        _ calendar: WorkingCalendar
    ) throws -> DueDates {
        let isExtended = !appeal.items(.facts, beginning: "extension").isEmpty
        let given = isExtended ? appeal.register("due.statutory")?.string.flatMap { CivilDate($0) } : nil
        guard let given, given > due.statutory, due.cap > due.statutory else { return due }
        var later = due
        later.statutory = min(given, due.cap)
        later.control = max(calendar.rollBack(later.statutory) ?? due.control, due.control)
        return later
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
