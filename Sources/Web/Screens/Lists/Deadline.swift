import Appeals
import Desk

/// How a term is drawn and said: date and words always together, and the bar of each state has a drawing of its own.
struct Deadline: Equatable {
    let drawing: String
    let day: CivilDate
    let words: Label
    let isLate: Bool

    init(_ term: ListedTerm) {
        day = term.day
        switch term.standing {
        case .provisional:
            (drawing, isLate) = ("due-prov", false)
            words = Label(uk: "Попередньо: Центр ще не отримав", en: "Provisional: the office has not received it")
        case .over(let late):
            (drawing, isLate) = ("due-done", false)
            words = Self.over(late)
        case .open(let state, let workingDays):
            (drawing, isLate, words) = Self.open(state, workingDays, extendedFrom: term.extendedFrom)
        }
    }

    /// Of a card whose state the desk tells.
    init(_ state: DeadlineState, on day: CivilDate, workingDays: Int?, extendedFrom: CivilDate?) {
        self.day = day
        (drawing, isLate, words) = Self.open(state, workingDays, extendedFrom: extendedFrom)
    }

    private static func open(
        _ state: DeadlineState,
        _ workingDays: Int?,
        extendedFrom: CivilDate?
    ) -> (String, Bool, Label) {
        switch state {
        case .overdue(let days):
            ("due-over", true, Label(uk: "Прострочено на ", en: "Overdue by ") + Counted.days(days))
        case .today(let until):
            ("due-today", false, Label(uk: "Строк сьогодні, до \(until)", en: "Due today, until \(until)"))
        case .soon(let days): ("due-soon", false, left(days))
        case .later: ("due-later", false, workingDays.map(left) ?? Label(uk: "Строк нескоро", en: "Due later"))
        case .extended:
            (
                "due-ext", false,
                extendedFrom.map {
                    Label(uk: "Продовжено, було \($0.ukrainianDayAndMonth)", en: "Extended, was \($0.short(.english))")
                } ?? Label(uk: "Продовжено", en: "Extended")
            )
        case .provisional:
            (
                "due-prov", false,
                Label(uk: "Попередньо: Центр ще не отримав", en: "Provisional: the office has not received it")
            )
        }
    }

    private static func left(_ days: Int) -> Label {
        let uk = Counted.form(days, "роб. день", "роб. дні", "роб. днів")
        let verb = Counted.form(days, "Залишився", "Залишилося", "Залишилося")
        return Label(uk: "\(verb) \(days) \(uk)", en: "\(days) working \(days == 1 ? "day" : "days") left")
    }

    private static func over(_ late: Int) -> Label {
        late == 0
            ? Label(uk: "Виконано у строк", en: "Done in time")
            : Label(uk: "Виконано із запізненням на ", en: "Done ") + Counted.days(late) + Label(uk: "", en: " late")
    }
}

extension WebCall {
    /// The term of a row.
    func due(_ term: ListedTerm) -> Markup {
        let deadline = Deadline(term)
        return tag("span", ["class": "due " + deadline.drawing]) { inside(deadline, deadline.day.short(language)) }
    }

    /// The date and the words.
    func inside(_ deadline: Deadline, _ day: String) -> Markup {
        Markup([
            tag("b") { day },
            tag("span") {
                if deadline.isLate {
                    icon(.alert)
                    " "
                }
                say(deadline.words)
            },
        ])
    }

    /// `14.05.2026, 12:40`.
    func moment(_ at: Int64) -> String {
        guard let moment = KyivTime.moment(at: at) else { return "" }
        return say("\(moment.date.ukrainianNumbers), \(moment.time)", "\(moment.date.long(.english)), \(moment.time)")
    }
}

extension CivilDate {
    /// `12.05 вт`, for a row: the year is the present one, or the words beside say how far it is.
    func short(_ language: Language) -> String {
        switch language {
        case .ukrainian: "\(ukrainianDayAndMonth) \(weekday.shortName.uk)"
        case .english: "\(englishDayAndMonth), \(weekday.shortName.en)"
        }
    }

    /// `12.05.2026 вт`.
    func withWeekday(_ language: Language) -> String { "\(long(language)) \(weekday.shortName.text(language))" }
}
