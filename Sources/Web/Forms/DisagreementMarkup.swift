import Appeals
import CanonicalJSON
import Desk

/// A disagreement with its sides, nothing chosen.
extension WebCall {
    func disagreement(_ open: OpenCase, _ card: Card) -> Markup {
        let by = open.author.map { card.names.person($0.user) } ?? ""
        return tag("div", ["class": "note note-need"]) {
            tag("div", ["class": "tight"]) {
                tag("b") { say(Wording.rule(open.rule)) }
                if !by.isEmpty {
                    tag("p", ["class": "small soft"]) {
                        [by, open.since.map(at) ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
                    }
                }
                matter(open, card)
            }
        }
    }

    private func matter(_ open: OpenCase, _ card: Card) -> Markup {
        switch open.matter {
        case .values(let register, let inForce, let other):
            let wording = ValueWording(language: language)
            func value(_ value: JSON?) -> String { value.map { wording.text(register, $0) } ?? "–" }
            return tag("dl", ["class": "kv"]) {
                tag("dt") { say(Wording.register(register)) + say(", зараз", ", now") }
                tag("dd") { value(inForce) }
                tag("dt") { say(Wording.register(register)) + say(", інше значення", ", the other value") }
                tag("dd") { value(other) }
            }
        case .disagreement(let assignment, let facts, let work):
            let department = assignment.map { card.names.department($0.department) } ?? ""
            let lines =
                facts.map { say(Wording.fact($0.name.kind)) + ($0.at.map { ", " + at($0) } ?? "") }
                + work.map { say(Wording.kind($0.kind)) }
            return Markup([
                department.isEmpty ? Markup() : tag("p") { department },
                tag("ul") { lines.map { line in tag("li") { line } } },
            ])
        case .held(let work): return tag("p") { say(Wording.kind(work.kind)) }
        }
    }

    /// `14.05.2026, 11:20` in Kyiv.
    func at(_ instant: Int64) -> String {
        guard let moment = KyivTime.moment(at: instant) else { return "" }
        return moment.date.ukrainianNumbers + ", " + String(moment.time.description.prefix(5))
    }
}
