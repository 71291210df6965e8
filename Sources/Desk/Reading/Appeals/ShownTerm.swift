package import Appeals
import CanonicalJSON
import Replication

/// How the term of an appeal was counted, and where its card says otherwise.
package struct ShownTerm {
    /// A date of the card that is not the counted one: the rules or the calendar have changed since.
    package struct Difference {
        /// `statutory`, `control` or `cap`.
        package let name: String
        /// As the card has it; empty if it has none.
        package let stored: String
        package let counted: CivilDate

        package init(name: String, stored: String, counted: CivilDate) {
            self.name = name
            self.stored = stored
            self.counted = counted
        }
    }

    /// The appeal's id.
    package let id: String
    package let derivation: Derivation
    package let differences: [Difference]
    /// The calendar of the card's dates, if it is another than the one in force.
    package let formerCalendar: String?
    /// The extensions in their order: who decided, when, why, from which to which day.
    package let extensions: [ShownFact]
    package let names: PrintedNames

    package init(
        id: String,
        derivation: Derivation,
        differences: [Difference],
        formerCalendar: String?,
        extensions: [ShownFact],
        names: PrintedNames
    ) {
        self.extensions = extensions
        self.names = names
        self.id = id
        self.derivation = derivation
        self.differences = differences
        self.formerCalendar = formerCalendar
    }
}

extension Desk {
    /// The calendar in force: the one that was published last, else the one every node starts with.
    package func calendarInForce() throws -> WorkingCalendar { try read { try calendar($0) } }

    /// What the term of an appeal that was received then (unix milliseconds) would be by the calendar in force.
    ///
    /// Throws a `DeadlineRefusal` where the calendar does not reach.
    package func term(receivedAt received: Int64, basis: DeadlineBasis, channel: Channel) throws -> Derivation {
        try Deadlines.derive(
            receivedAt: received,
            basis: basis,
            channel: channel,
            calendar: try calendarInForce()
        )
    }

    /// The term of an appeal, counted again from the card by the calendar in force; the stored dates stay what they are.
    ///
    /// Refused as `card` refuses, and as `noTerm` if the appeal has none; throws a `DeadlineRefusal` where the calendar
    /// does not reach.
    package func term(ofAppeal name: String) throws -> ShownTerm {
        try read { reading in
            let calendar = try calendar(reading)
            let appeal = try shownAppeal(name, reading).appeal
            guard let counted = try derivation(of: appeal, calendar) else {
                throw DeskError(.notFound, "noTerm", uk: "звернення не має строку", en: "the appeal has no term")
            }
            let extensions = ShownFact.all(of: appeal, "extension")
            let derivation = extensions.compactMap(\.grant).reduce(counted) { $0.extended($1) }
            let due = derivation.due
            let last = derivation.extensions.last
            let dates = [
                ("statutory", last?.to ?? due.statutory), ("control", last?.control ?? due.control), ("cap", due.cap),
            ]
            let differences = dates.compactMap { name, date -> ShownTerm.Difference? in
                let stored = appeal.register("due." + name)?.string ?? ""
                return stored == date.description
                    ? nil : ShownTerm.Difference(name: name, stored: stored, counted: date)
            }
            let version = appeal.register("due.calendar")?.string
            return ShownTerm(
                id: appeal.id,
                derivation: derivation,
                differences: differences,
                formerCalendar: version == last?.calendarVersion ?? due.calendarVersion ? nil : version,
                extensions: extensions,
                names: try names(of: Set(extensions.flatMap(\.people)), reading)
            )
        }
    }

    /// The term as it is counted without extensions; nil if the appeal has none.
    func derivation(of appeal: Aggregate, _ calendar: WorkingCalendar) throws -> Derivation? {
        guard let received = appeal.register("receivedAt")?.string.flatMap({ KyivTime.parse(rfc3339: $0) }),
            let basis = appeal.register("due.basis")?.string.flatMap({ DeadlineBasis(code: $0) })
        else { return nil }
        let channel = appeal.register("channel")?.string.flatMap(Channel.init(rawValue:)) ?? .post
        return try Deadlines.derive(receivedAt: received, basis: basis, channel: channel, calendar: calendar)
    }
}

extension ShownFact {
    /// The days of an extension; nil of another fact, or of one that lacks one of them.
    fileprivate var grant: DueExtension? {
        func day(_ field: String) -> CivilDate? { item.value[field]?.string.flatMap { CivilDate($0) } }
        guard let from = day("from"), let to = day("statutory"), let control = day("control"),
            let decidedOn = day("decidedOn")
        else { return nil }
        let calendar = item.value["calendar"]?.string ?? ""
        return DueExtension(from: from, to: to, control: control, decidedOn: decidedOn, calendarVersion: calendar)
    }
}
