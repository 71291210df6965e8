/// Due dates together with how they were counted: the panel «як пораховано».
public struct Derivation: Hashable, Sendable {
    /// A holiday inside the term, and whether it was a working day.
    public struct ConsideredHoliday: Hashable, Sendable {
        /// Inside the term.
        public let date: CivilDate
        /// As the calendar calls it.
        public let name: Label
        /// True under martial law, when nothing is moved for it.
        public let isWorking: Bool
    }

    /// What came out, without extensions.
    public let due: DueDates
    /// In the order of counting, then those of each extension.
    public let steps: [DerivationStep]
    /// Those from receipt to the later of term and cap, whether or not they moved a date.
    public let holidays: [ConsideredHoliday]
    /// The last one is in force.
    public let extensions: [DueExtension]
    /// The days that the calendar has.
    private let days: ClosedRange<CivilDate>

    init(due: DueDates, steps: [DerivationStep], calendar: WorkingCalendar) {
        self.due = due
        self.steps = steps
        self.extensions = []
        days = calendar.validFrom...calendar.validThrough
        holidays = calendar.holidays(from: due.registered, through: max(due.statutory, due.cap)).map {
            ConsideredHoliday(date: $0.date, name: $0.name, isWorking: calendar.isWorkingDay($0.date))
        }
    }

    private init(_ before: Derivation, adding grant: DueExtension) {
        due = before.due
        holidays = before.holidays
        days = before.days
        extensions = before.extensions + [grant]
        steps =
            before.steps + [
                DerivationStep(rule: .extended(decidedOn: grant.decidedOn), from: grant.from, to: grant.to),
                DerivationStep(rule: .control, from: grant.to, to: grant.control),
            ]
    }

    /// The same with one extension more.
    public func extended(_ grant: DueExtension) -> Derivation {
        Derivation(self, adding: grant)
    }

    /// A line a step, then the holidays considered, the calendar's version and whether there was an extension.
    public func lines(_ language: Language) -> [String] {
        steps.map { $0.text(language) } + [holidayLine(language), calendarLine(language), extensionLine(language)]
    }

    /// The lines as one text.
    public func text(_ language: Language) -> String {
        lines(language).joined(separator: "\n")
    }

    private func holidayLine(_ language: Language) -> String {
        let title = Label(uk: "Враховано свята", en: "Holidays considered").text(language)
        guard !holidays.isEmpty else { return title + ": " + Label(uk: "немає", en: "none").text(language) }
        let days = holidays.map { holiday in
            let kind =
                holiday.isWorking
                ? Label(uk: "робочий день", en: "a working day") : Label(uk: "неробочий день", en: "a day off")
            let date = language == .ukrainian ? holiday.date.ukrainianNumbers : holiday.date.description
            return "\(date) \(holiday.name.text(language)) (\(kind.text(language)))"
        }
        return title + ": " + days.joined(separator: ", ")
    }

    private func calendarLine(_ language: Language) -> String {
        let line = Label(uk: "Календар", en: "Calendar").text(language) + " \(due.calendarVersion)"
        return provisional.map { "\(line) (\($0.text(language)))" } ?? line
    }

    /// That days were counted which the calendar does not have; nil if it has them all.
    public var provisional: Label? {
        guard due.isProvisional else { return nil }
        let (first, last) = (days.lowerBound, days.upperBound)
        return Label(
            uk: "попередньо: календар має дні \(first.ukrainianNumbers) – \(last.ukrainianNumbers)",
            en: "provisional: the calendar has the days \(first) – \(last)"
        )
    }

    private func extensionLine(_ language: Language) -> String {
        let title = Label(uk: "Продовження", en: "Extension").text(language)
        guard let last = extensions.last else { return title + ": " + Label(uk: "немає", en: "no").text(language) }
        return title + ": " + (language == .ukrainian ? last.to.ukrainianNumbers : last.to.description)
    }
}
