public import CanonicalJSON

/// A day that an act states, and between which others it lies: one row for each such field of every kind.
///
/// People are refused at their own node what lies outside; what reaches the office all the same is a fact that somebody
/// stated, and is flagged (`implausibleDate`), never refused.
public struct StatedDate: Sendable {
    /// A day that is known beside the stated one.
    public enum Bound: String, CaseIterable, Sendable {
        /// On which the appeal came, in Kyiv; of a registration, the one that it states itself.
        case received
        /// On which the act is done or judged.
        case today
        /// The term by law in force, or the one that the act sets; while it lies ahead.
        case statutory
    }

    /// A day that lies outside its bounds.
    public struct Breach: Equatable, Sendable {
        /// The field: `body.date`, `body.assignments[0].term`.
        public let path: String
        public let date: CivilDate
        /// What it lies before or after, and the day of that.
        public let bound: Bound
        public let limit: CivilDate

        /// Whether it is too early, not too late.
        public var isEarly: Bool { date < limit }
    }

    /// What an outcome is flagged with for a day that cannot be.
    public static let flag = "implausibleDate"
    /// What an outcome is flagged with, and what its fact says, for a day of which nobody was told in time.
    public static let lateFlag = "toldLate"
    /// So many working days after the day what was done on it is still told in time.
    public static let toldWithin = 3

    /// The kind of operation.
    public let kind: String
    /// Where the day stands in the body: `date`, `assignments.term`.
    public let field: String
    /// It is not before this; nil if it may be any day.
    public let from: Bound?
    /// It is not after this; nil if it may be any day.
    public let through: Bound?
    /// Whether on this day something was done that the register is to be told of within `toldWithin` working days.
    public let isTold: Bool

    private init(_ kind: String, _ field: String, from: Bound? = nil, through: Bound? = nil, isTold: Bool = false) {
        self.kind = kind
        self.field = field
        self.from = from
        self.through = through
        self.isTold = isTold
    }

    /// On this day something was done about the appeal, which is told afterwards.
    private static func done(_ kind: String, _ field: String = "date") -> StatedDate {
        StatedDate(kind, field, from: .received, through: .today, isTold: true)
    }

    /// Every field of every kind that is a day or a moment, once.
    public static let all: [StatedDate] =
        [
            // What is registered came before; weekends and an import let days lie between, in either order.
            StatedDate("appeal.registered", "receivedAt", through: .today),
            StatedDate("appeal.registered", "registeredOn"),
            StatedDate("appeal.registered", "due.statutory", from: .received),
            StatedDate("appeal.registered", "due.control"), StatedDate("appeal.registered", "due.cap", from: .received),
            StatedDate("receipt.corrected", "receivedAt", through: .today),
            StatedDate("receipt.corrected", "registeredOn"),
            StatedDate("receipt.corrected", "due.statutory", from: .received),
            StatedDate("receipt.corrected", "due.control"), StatedDate("receipt.corrected", "due.cap", from: .received),
            StatedDate("resolution.issued", "assignments.term", from: .today, through: .statutory),
            // Of whom the author stands in for; what was signed in time may be written down later.
            StatedDate("resolution.issued", "author.from"), StatedDate("resolution.issued", "author.through"),
            StatedDate("resolution.issued", "due.statutory", from: .received),
            StatedDate("resolution.issued", "due.control"), StatedDate("resolution.issued", "due.cap", from: .received),
            StatedDate("term.extended", "statutory", from: .received), StatedDate("term.extended", "control"),
            done("term.extended", "decidedOn"), done("answer.dispatched"), done("feedback.recorded"),
            // A certificate or a contract may be older than the appeal that it answers.
            StatedDate("document.recorded", "date", through: .today),
        ]
        + Ending.allCases.map { ending in
            let kind = "appeal." + ending.rawValue
            // What was over in another register was told there.
            return ending == .concluded ? StatedDate(kind, "date", from: .received, through: .today) : done(kind)
        }

    /// The rows with bounds, by kind: looked up for every act that is judged.
    private static let bounded = Dictionary(
        grouping: all.filter { $0.from != nil || $0.through != nil },
        by: \.kind
    )

    /// Whether acts of this kind state a day that has bounds.
    public static func binds(_ kind: String) -> Bool { bounded[kind] != nil }

    /// The days of an act that lie outside their bounds, in the order of the table.
    ///
    /// - Parameters:
    ///   - appeal: what the act meets; nil for a registration.
    ///   - today: the day in Kyiv.
    public static func breaches(
        in body: JSONObject,
        of kind: String,
        on appeal: Aggregate?,
        today: CivilDate
    ) -> [Breach] {
        (bounded[kind] ?? []).flatMap { row in
            row.stated(in: body).flatMap { path, date in
                [row.from, row.through].enumerated().compactMap { place, bound -> Breach? in
                    guard let bound, let limit = bound.day(body, appeal, today) else { return nil }
                    let isOutside = place == 0 ? date < limit : date > limit
                    return isOutside ? Breach(path: path, date: date, bound: bound, limit: limit) : nil
                }
            }
        }
    }

    /// Whether an act tells of what was done more than `toldWithin` working days before: a day that cannot be is flagged as that
    /// alone.
    ///
    /// `calendar` is asked only of an act that may be late.
    static func isToldLate(
        _ body: JSONObject,
        of kind: String,
        on appeal: Aggregate?,
        today: CivilDate,
        calendar: () throws -> WorkingCalendar
    ) rethrows -> Bool {
        let days = (bounded[kind] ?? []).filter(\.isTold).flatMap { $0.stated(in: body).map(\.date) }
        let old = days.filter { $0.days(until: today) > toldWithin }
        guard !old.isEmpty, breaches(in: body, of: kind, on: appeal, today: today).isEmpty else { return false }
        let calendar = try calendar()
        return old.contains { calendar.workingDays(after: $0, through: today) > toldWithin }
    }

    /// The days that stand in this field: none where it is left out, several in a list.
    private func stated(in body: JSONObject) -> [(path: String, date: CivilDate)] {
        let parts = field.split(separator: ".").map(String.init)
        var found: [(String, JSON)] = [("body", .object(body))]
        for part in parts {
            found = found.flatMap { path, value -> [(String, JSON)] in
                guard let member = value[part] else { return [] }
                guard let elements = member.array else { return [(path + "." + part, member)] }
                return elements.enumerated().map { ("\(path).\(part)[\($0.offset)]", $0.element) }
            }
        }
        return found.compactMap { path, value in value.string.flatMap(Self.day).map { (path, $0) } }
    }

    /// The day of a date or of a moment.
    fileprivate static func day(_ text: String) -> CivilDate? {
        CivilDate(text) ?? KyivTime.date(rfc3339: text)
    }
}

extension StatedDate.Bound {
    /// The day itself; nil where it is not known, or binds no more.
    fileprivate func day(_ body: JSONObject, _ appeal: Aggregate?, _ today: CivilDate) -> CivilDate? {
        switch self {
        case .received: (body["receivedAt"] ?? appeal?.register("receivedAt"))?.string.flatMap(StatedDate.day)
        case .today: today
        case .statutory:
            // What is overdue must still be done by some day.
            (body["due"]?["statutory"] ?? appeal?.register("due.statutory"))?.string.flatMap(StatedDate.day).flatMap {
                $0 < today ? nil : $0
            }
        }
    }

    /// As a refusal says it: «раніше за …», «пізніше за …».
    public var label: Label {
        switch self {
        case .received: Label(uk: "надходження звернення", en: "the receipt of the appeal")
        case .today: Label(uk: "сьогодні", en: "today")
        case .statutory: Label(uk: "строк за законом", en: "the term by law")
        }
    }
}

extension StatedDate.Breach {
    /// What a person reads: «дата надсилання 01.01.2020: раніше за надходження звернення 28.11.2026».
    public func label(kind: String) -> Label {
        let field = FieldNames.label(path, kind: kind)
        let order = isEarly ? Label(uk: "раніше, ніж", en: "before") : Label(uk: "пізніше, ніж", en: "after")
        return Label(
            uk: "«\(field.uk)» \(date.ukrainianNumbers) — \(order.uk) \(bound.label.uk) (\(limit.ukrainianNumbers))",
            en: "“\(field.en)” \(date) is \(order.en) \(bound.label.en) (\(limit))"
        )
    }
}
