import Appeals
import Desk
import Replication

/// How ages, counts and states of nodes are said; what nobody told is said as such.
extension WebCall {
    private static let minute: Int64 = 60_000
    private static let hour: Int64 = 3_600_000
    static let day: Int64 = 86_400_000

    /// `2 дні 4 год`, `11 хв`.
    func age(_ span: Int64) -> String {
        let span = max(0, span)
        let (minutes, hours, days) = (span / Self.minute, span / Self.hour, span / Self.day)
        if minutes < 1 { return say("менше хвилини", "less than a minute") }
        if hours < 1 { return "\(minutes)\u{A0}" + say("хв", "min") }
        if days < 1 { return "\(hours)\u{A0}" + say("год", "h") }
        let rest = hours % 24
        return say(Counted.days(Int(clamping: days))) + (rest == 0 ? "" : " \(rest)\u{A0}" + say("год", "h"))
    }

    /// `11 хв тому`.
    func ago(_ at: Int64) -> String {
        now - at < Self.minute ? say("щойно", "just now") : age(now - at) + say(" тому", " ago")
    }

    /// Days until then, `прострочено` behind it; a sign where it is less than a month.
    func daysLeft(until end: Int64) -> Markup {
        guard end > now else {
            return tag("b", ["class": "red"]) { say("прострочено на ", "expired by ") + age(now - end) }
        }
        let days = Int(clamping: (end - now) / Self.day)
        let words = say(Counted.days(days))
        return Markup(days < Self.shortDays ? words + " ▲" : words)
    }

    /// A certificate that ends sooner should have been renewed long ago: it is renewed at half of its time.
    static let shortDays = 30

    /// A count that is known: a link to its list unless it is nothing.
    func counted(_ count: Int64, at place: String, isBound: Bool = false) -> Markup {
        let words = (isBound ? "≥\u{A0}" : "") + grouped(count)
        return count == 0 && !isBound ? Markup(words) : tag("a", ["href": place]) { words }
    }

    /// That nobody told it.
    func unknown(_ words: String) -> Markup { tag("span", ["class": "soft"]) { words } }

    var notHeard: Markup { unknown(say("не чули", "not heard")) }

    /// A standing in a drawing and in words.
    func words(_ state: NodeRecord.State?) -> (drawing: String, words: String) {
        switch state {
        case .active: ("st-ok", say("допущено", "admitted"))
        case .revoked: ("", say("скасовано", "revoked"))
        case .frozen: ("st-do", say("заморожено", "frozen"))
        case .unconfirmed: ("st-do", say("чекає підтвердження", "waits to be confirmed"))
        case nil: ("st-wait", say("ще не приєднався", "not joined yet"))
        }
    }

    /// How a node stands: its admission, and that it has been silent.
    func state(_ node: NodeStanding) -> Markup {
        var (drawing, words) = words(node.record?.state)
        if node.isAdmitted {
            switch node.heard {
            case .silent: (drawing, words) = ("st-now", say("давно не на зв’язку", "silent for long"))
            case .never: (drawing, words) = ("st-wait", say("допущено, ще не обмінювався", "admitted, not heard yet"))
            case .quiet: drawing = "st-wait"
            case .now: break
            }
        }
        return tag("span", ["class": "st " + drawing]) { words }
    }

    /// When a node was heard of.
    func heard(_ node: NodeStanding) -> Markup {
        switch node.heard {
        case .never: notHeard
        case .now(let at): Markup(ago(at))
        case .quiet(let at): Markup(ago(at))
        case .silent(let at): tag("b") { ago(at) }
        }
    }

    /// What a node has not sent, by its own word: a bound while it is not in contact.
    func unsent(_ node: NodeStanding, at place: String) -> Markup {
        guard let unsent = node.unsent else { return notHeard }
        if case .now = node.heard { return counted(unsent.count, at: place) }
        return counted(unsent.count, at: place, isBound: true)
    }

    /// The page of a node.
    func nodePlace(_ node: String, _ part: String = "") -> String {
        "/node/\(Self.encoded(node))" + (part.isEmpty ? "" : "#" + part)
    }

    /// A fact of a list of them.
    func fact(_ name: String, _ value: Markup) -> Markup {
        Markup([tag("dt") { name }, tag("dd") { value }])
    }

    func fact(_ name: String, _ value: String) -> Markup { fact(name, Markup(value)) }

    /// `6,1 ГБ`.
    func bytes(_ count: Int64) -> String {
        let units = [say("Б", "B"), say("КБ", "kB"), say("МБ", "MB"), say("ГБ", "GB"), say("ТБ", "TB")]
        var tenths = count * 10, unit = 0
        while tenths >= 10_000, unit < units.count - 1 {
            tenths /= 1_000
            unit += 1
        }
        let (whole, tenth) = (tenths / 10, tenths % 10)
        let digits = whole >= 10 || tenth == 0 ? "\(whole)" : "\(whole)" + say(",", ".") + "\(tenth)"
        return digits + "\u{A0}" + units[unit]
    }
}
