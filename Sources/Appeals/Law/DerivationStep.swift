/// One step from the receipt of an appeal to a due date: which rule led from which day to which.
public struct DerivationStep: Hashable, Sendable {
    /// What a step of a derivation goes by.
    public enum Rule: Hashable, Sendable {
        /// The day on which the appeal counts as received.
        case receipt(Receipt.Rule, at: TimeOfDay, hoursEnd: TimeOfDay)
        /// Day 1 is the day after receipt (Civil Code, Article 253).
        case firstDay
        /// The term of the law, or what stands for it.
        case term(DeadlineBasis)
        /// The last day is a day off: the next working day (Civil Code, Article 254).
        case rollForward
        /// Executors are shown no more than 30 days of a month.
        case thirtyDays
        /// Moved back to a working day, for executors.
        case control
        /// 45 days (Article 20), never moved.
        case cap
        /// 5 days to pass it on (Article 7).
        case forward
        /// 10 days to give it back (Article 5).
        case giveBack
        /// The city's own target in working days (R4).
        case internalTarget(days: Int)
        /// By a decision of the head or deputy (Article 20).
        case extended(decidedOn: CivilDate)
    }

    /// What it goes by.
    public let rule: Rule
    /// The day that it starts from.
    public let from: CivilDate
    /// Where it leads; the same day where nothing had to move.
    public let to: CivilDate

    public init(rule: Rule, from: CivilDate, to: CivilDate) {
        self.rule = rule
        self.from = from
        self.to = to
    }

    /// A stable name of the rule for clients.
    public var code: String {
        switch rule {
        case .receipt(let rule, _, _): "receipt.\(rule.rawValue)"
        case .firstDay: "firstDay"
        case .term: "term"
        case .rollForward: "rollForward"
        case .thirtyDays: "thirtyDays"
        case .control: "control"
        case .cap: "cap"
        case .forward: "forward"
        case .giveBack: "return"
        case .internalTarget: "internalTarget"
        case .extended: "extended"
        }
    }

    /// Where the rule is written.
    public var article: Label {
        switch rule {
        case .receipt: Label(uk: "порядок реєстрації е-звернень", en: "registration of e-appeals")
        case .firstDay: Label(uk: "ЦКУ, ст. 253", en: "Civil Code, Art. 253")
        case .rollForward: Label(uk: "ЦКУ, ст. 254", en: "Civil Code, Art. 254")
        case .term(.external): Label(uk: "№ 315-р, п. 3.4", en: "order No. 315-r, 3.4")
        case .term, .cap, .extended: Label(uk: "Закон № 393/96-ВР, ст. 20", en: "Law 393/96, Art. 20")
        case .thirtyDays, .control: Label(uk: "правило контролю", en: "rule of control")
        case .forward: Label(uk: "Закон № 393/96-ВР, ст. 7", en: "Law 393/96, Art. 7")
        case .giveBack: Label(uk: "Закон № 393/96-ВР, ст. 5", en: "Law 393/96, Art. 5")
        case .internalTarget: Label(uk: "№ 315-р, п. 2.1, 2.3", en: "order No. 315-r, 2.1, 2.3")
        }
    }

    /// What was done and why, in words.
    public var reason: Label {
        switch rule {
        case .receipt(let rule, let time, let hoursEnd): Self.receipt(rule, time, hoursEnd)
        case .firstDay: Label(uk: "відлік від дня після надходження", en: "day 1 is the day after receipt")
        case .term(let basis): Label(uk: "строк: \(basis.label.uk)", en: "term: \(basis.label.en)")
        case .rollForward:
            Label(
                uk: "останній день неробочий, перенесено на наступний робочий",
                en: "the last day is a day off, moved to the next working day"
            )
        case .thirtyDays:
            Label(uk: "для виконавця не пізніше 30 днів", en: "for the executor not later than 30 days")
        case .control:
            Label(
                uk: "контрольний строк для виконавця, робочий день",
                en: "control date for the executor, a working day"
            )
        case .cap:
            Label(uk: "граничний строк 45 днів, не переноситься", en: "the cap of 45 days, never moved")
        case .forward:
            Label(uk: "надіслати за належністю, 5 днів", en: "forward to whom it belongs, 5 days")
        case .giveBack: Label(uk: "повернути заявнику, 10 днів", en: "return to the applicant, 10 days")
        case .internalTarget(let days):
            Label(
                uk: "оперативний розгляд, \(days) роб. \(Plural.days(days))",
                en: "operational mode, \(Plural.english(days, "working day"))"
            )
        case .extended(let decidedOn):
            Label(
                uk: "продовжено рішенням від \(decidedOn.ukrainianNumbers)",
                en: "extended by a decision of \(decidedOn)"
            )
        }
    }

    /// One line of «як пораховано».
    public func text(_ language: Language) -> String {
        let dates: String
        switch language {
        case .ukrainian: dates = from == to ? from.ukrainian : "\(from.ukrainian) → \(to.ukrainian)"
        case .english: dates = from == to ? Self.english(from) : "\(Self.english(from)) → \(Self.english(to))"
        }
        return "\(reason.text(language)): \(dates) (\(article.text(language)))"
    }

    private static func english(_ date: CivilDate) -> String {
        "\(date.weekday.shortName.en) \(date)"
    }

    private static func receipt(_ rule: Receipt.Rule, _ time: TimeOfDay, _ hoursEnd: TimeOfDay) -> Label {
        switch rule {
        case .sameDay: Label(uk: "надійшло о \(time)", en: "received at \(time)")
        case .afterHours:
            Label(
                uk: "надійшло о \(time), після \(hoursEnd): вважається отриманим наступного робочого дня",
                en: "received at \(time), after \(hoursEnd): counts as received on the next working day"
            )
        case .nonWorkingDay:
            Label(
                uk: "надійшло о \(time) неробочого дня: вважається отриманим наступного робочого дня",
                en: "received at \(time) on a day off: counts as received on the next working day"
            )
        }
    }
}
