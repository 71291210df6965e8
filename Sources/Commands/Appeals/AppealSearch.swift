import Appeals
import CanonicalJSON
import Desk
import Replication

/// `search`: by number, name, address, telephone or words, the newest first.
extension Commands {
    static let appealSearch = Command(.appealSearch) { call in
        let page = try call.desk.search(
            call.text("query") ?? "",
            after: try call.appealMark(),
            limit: try call.limit()
        )
        var members: JSONObject = [
            "appeals": .array(page.cards.map { $0.json(today: call.today) }), "whole": .bool(page.isWhole),
        ]
        var text = page.cards.flatMap { $0.lines(call) }
        if page.cards.isEmpty, page.next == nil {
            text = [call.say("Нічого не знайдено.", "Nothing was found.")]
            if !call.desk.isOffice {
                text.append(
                    call.say(
                        "Тут шукають серед звернень цього підрозділу; решта — у Центрі.",
                        "This looks among the appeals of this department; the others are at the office."
                    )
                )
            }
        }
        if !page.isWhole {
            text.append(
                call.say(
                    "Покажчик слів ще будується: знайдено може бути не все.",
                    "The index of words is still being made: there may be more."
                )
            )
        }
        if let next = page.next {
            members["next"] = .string(next.description)
            if page.cards.isEmpty {
                text.append(call.say("Серед переглянутих немає.", "Not among those that were looked at."))
            }
            text.append(call.say("Далі: ", "Next page: ") + call.again(after: next.description))
        }
        return CommandResult(members, lines: text)
    }
}

extension FoundCard {
    func json(today: CivilDate) -> JSON {
        guard case .object(var object) = listed.json(today: today) else { return .null }
        object["appeal"] = .string(listed.id)
        object["registrationIndex"] = .string(listed.index)
        object["quote"] = quote.map { .string($0.text) }
        return .object(object)
    }

    /// The number, the day and whose it is; what it is about and where; the words that were asked for.
    fileprivate func lines(_ call: Call) -> [String] {
        let day = CivilDate(listed.registeredOn).map { call.say($0.ukrainianNumbers, $0.description) }
        let state = AppealState(rawValue: listed.state).map { call.say(Wording.appealState($0)) } ?? listed.state
        let head = [
            listed.index.isEmpty ? listed.id : listed.index, day, state,
            listed.applicant ?? call.say("заявника не показано", "the applicant is not shown"),
        ]
        let heading = listed.subject.map { ValueWording(language: call.language).text("heading", $0) }
        let about = [card.question ?? heading, card.address].compactMap(\.self).filter { !$0.isEmpty }
        let mark = listed.isUnsent ? "⇡ " : ""
        var lines = [mark + head.compactMap(\.self).joined(separator: " · ")]
        if !about.isEmpty { lines.append("  " + about.joined(separator: " · ")) }
        if let quote { lines.append("  «" + quote.text + "»") }
        return lines.map(PlainText.line)
    }
}
