import Appeals
import CanonicalJSON
import Desk

/// What happened, in the past tense: who, when, and where one was offline both times.
extension WebCall {
    func timeline(_ shown: ShownCard) -> Markup {
        let topic = request.parameter("show").flatMap(TimelineItem.Topic.init(rawValue:)) ?? .all
        let isOldestFirst = request.parameter("order") == "old"
        let all = TimelineItem.all(shown.card, shown.history).filter { $0.topics.contains(topic) }
        let items = isOldestFirst ? all : all.reversed()
        return tag("section", ["class": "sheet", "data-part": "timeline", "id": "timeline", "aria-labelledby": "tl-h"])
        {
            tag("header") {
                tag("h2", ["id": "tl-h"]) { say("Хід розгляду", "Course") }
                tag("div", ["class": "row noprint"]) {
                    tag("nav", ["class": "seg", "aria-label": say("Що показати", "What to show")]) {
                        for one in TimelineItem.Topic.allCases { choice(one, topic, isOldestFirst, shown) }
                    }
                    turn(topic, isOldestFirst, shown)
                }
            }
            if items.isEmpty {
                tag("p", ["class": "empty"]) { say("Такого ще не було.", "Nothing of this kind yet.") }
            } else {
                tag("ol", ["class": "tl", "role": "list"]) { for item in items { line(item, shown) } }
            }
            if shown.history.next != nil {
                tag("footer") {
                    say(
                        "Показано перші \(Cards.operations) дій.",
                        "The first \(Cards.operations) acts are shown."
                    )
                    " "
                    tag("a", ["href": shown.place + "/history"]) { say("Усі", "All") }
                }
            }
        }
    }

    private func place(_ topic: TimelineItem.Topic, _ isOldestFirst: Bool, _ shown: ShownCard) -> String {
        Self.address(
            shown.place,
            [("show", topic == .all ? "" : topic.rawValue), ("order", isOldestFirst ? "old" : "")]
        ) + "#timeline"
    }

    private func choice(
        _ one: TimelineItem.Topic,
        _ topic: TimelineItem.Topic,
        _ isOldestFirst: Bool,
        _ shown: ShownCard
    ) -> Markup {
        tag(
            "a",
            [
                "href": place(one, isOldestFirst, shown), "data-swap": "timeline",
                "aria-current": one == topic ? "true" : nil,
            ]
        ) {
            switch one {
            case .all: say("Усе", "All")
            case .mail: say("Листування", "Letters")
            case .acts: say("Рішення", "Decisions")
            case .exchange: say("Обмін", "Exchange")
            }
        }
    }

    private func turn(_ topic: TimelineItem.Topic, _ isOldestFirst: Bool, _ shown: ShownCard) -> Markup {
        tag(
            "a",
            [
                "class": "btn btn-s", "href": place(topic, !isOldestFirst, shown), "data-swap": "timeline",
                "id": "tl-turn",
            ]
        ) { isOldestFirst ? say("Спершу старі", "Oldest first") : say("Спершу нові", "Newest first") }
    }

    private func line(_ item: TimelineItem, _ shown: ShownCard) -> Markup {
        tag("li", ["class": item.isUnsent ? "up" : item.isLegal ? "key" : nil]) {
            tag("h3") { say(item.title) }
            tag("p", ["class": "soft small"]) { byline(item, shown) }
            if let trouble = item.trouble {
                tag("p", ["class": "small amber"]) {
                    icon(.alert)
                    " " + say(trouble)
                }
            }
            if !item.fields.isEmpty {
                tag("p", ["class": "small"]) {
                    item.fields.map { "\(say($0.name)): \(wording.text($0.register, $0.value))" }
                        .joined(separator: " · ")
                }
            }
            for words in item.words { tag("p") { words } }
            if let digest = item.aCase {
                tag("p", ["class": "small noprint"]) {
                    tag("a", ["href": ActPlace.aCase(shown.card.id, digest)]) {
                        say("Показати обидві сторони", "Show both sides")
                    }
                }
            }
            if let voice = item.voice { tag("blockquote", ["class": "voice"]) { voice } }
            if !item.flags.isEmpty {
                tag("p", ["class": "chips"]) { for flag in item.flags { tag("span", ["class": "tag"]) { say(flag) } } }
            }
        }
    }

    /// Who · when · what the office has of it.
    private func byline(_ item: TimelineItem, _ shown: ShownCard) -> Markup {
        let names = shown.names
        var parts: [Markup] = []
        if let decider = item.decider { parts.append(Markup(deciding(decider, names))) }
        if let author = item.author {
            let isDecider = item.decider?.user == author.user
            let person = author.user.isEmpty || isDecider ? "" : names.person(author.user) + ", "
            let entered = item.decider == nil || isDecider ? "" : say("записано: ", "recorded by ")
            parts.append(Markup(entered + person + nodeName(author.node, shown)))
        }
        if let at = item.at {
            let isApart = item.receivedAt != nil || item.isUnsent
            parts.append(Markup((isApart ? say("записано ", "recorded ") : "") + moment(at)))
        } else if let day = item.day {
            parts.append(Markup(day.long(language)))
        }
        if let received = item.receivedAt {
            parts.append(Markup(say("отримано Центром ", "received by the office ") + moment(received)))
        }
        if item.isUnsent {
            parts.append(
                tag("span", ["class": "blue"]) {
                    icon(.up)
                    say(" Центром ще не отримано", " not received by the office yet")
                }
            )
        }
        return Markup(parts.enumerated().flatMap { $0.offset == 0 ? [$0.element] : [Markup(" · "), $0.element] })
    }

    private func deciding(_ decider: Decider, _ names: PrintedNames) -> String {
        let role = decider.role.map { say(Wording.roleOfPerson($0)) }
        let basis = decider.substitution.map { say("на підставі: ", "by ") + $0.label.text(language) }
        let more = [role, basis].compactMap(\.self).joined(separator: "; ")
        return names.person(decider.user) + (more.isEmpty ? "" : " (\(more))")
    }

    /// The printed name of a node; the office is called so.
    func nodeName(_ node: String, _ shown: ShownCard) -> String {
        place(of: node, shown.names, office: shown.office)
    }
}

extension ShownCard {
    /// The names of everybody whom the card and its history mention.
    var names: PrintedNames {
        PrintedNames(
            people: card.names.people.merging(history.names.people) { first, _ in first },
            departments: card.names.departments.merging(
                Dictionary(card.assignments.map { ($0.assignment.department, $0.departmentName) }) { first, _ in first }
            ) { first, _ in first }
        )
    }
}
