import Appeals

/// Numbers with the words that they want.
enum Counted {
    /// The form after a number in Ukrainian: 1 зміна, 2 зміни, 5 змін.
    static func form(_ count: Int, _ one: String, _ few: String, _ many: String) -> String {
        let lastTwo = count.magnitude % 100
        if (11...14).contains(lastTwo) { return many }
        switch lastTwo % 10 {
        case 1: return one
        case 2...4: return few
        default: return many
        }
    }

    private static func number(
        _ count: Int,
        uk: (one: String, few: String, many: String),
        en: (one: String, many: String)
    ) -> Label {
        Label(uk: "\(count) \(form(count, uk.one, uk.few, uk.many))", en: "\(count) \(count == 1 ? en.one : en.many)")
    }

    static func appeals(_ count: Int) -> Label {
        number(count, uk: ("звернення", "звернення", "звернень"), en: ("appeal", "appeals"))
    }

    static func changes(_ count: Int) -> Label {
        number(count, uk: ("зміну", "зміни", "змін"), en: ("change", "changes"))
    }

    /// The same of what did not come: `не отримано 1 зміни`.
    static func changesOf(_ count: Int) -> Label {
        number(count, uk: ("зміни", "змін", "змін"), en: ("change", "changes"))
    }

    static func needs(_ count: Int) -> Label {
        number(count, uk: ("потребує дії", "потребують дії", "потребують дії"), en: ("needs action", "need action"))
    }

    static func disputes(_ count: Int) -> Label {
        number(count, uk: ("розбіжність", "розбіжності", "розбіжностей"), en: ("disagreement", "disagreements"))
    }

    static func days(_ count: Int) -> Label {
        number(count, uk: ("день", "дні", "днів"), en: ("day", "days"))
    }

    static func saved(_ count: Int) -> Label {
        Label(uk: "Офлайн. ", en: "Offline. ") + changes(count)
            + Label(uk: " збережено тут", en: " saved here")
    }

    static func unsent(_ count: Int) -> Label {
        number(
            count,
            uk: ("зміну ще не передано Центру", "зміни ще не передано Центру", "змін ще не передано Центру"),
            en: ("change is not with the office yet", "changes are not with the office yet")
        )
    }

    static func entries(_ count: Int) -> Label {
        number(count, uk: ("запис", "записи", "записів"), en: ("entry", "entries"))
    }

    static func others(_ count: Int) -> Label {
        number(count, uk: ("співвиконавець", "співвиконавці", "співвиконавців"), en: ("co-executor", "co-executors"))
    }

    /// The first that is not acknowledged, of all since there was last nothing to send.
    static func sending(_ unsent: Int, sent: Int) -> Label {
        Label(uk: "Надсилання \(sent + 1) з \(sent + unsent)", en: "Sending \(sent + 1) of \(sent + unsent)")
    }

    /// `12:40` on a Kyiv clock.
    static func time(_ at: Int64) -> String { KyivTime.moment(at: at).map { "\($0.time)" } ?? "" }
}
