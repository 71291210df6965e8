import Appeals
import CanonicalJSON
import Desk
import Replication

/// Lists of cases: the queue of all that waits for a decision, and what waits beside the case of a page.
extension WebCall {
    /// The queue: each case with what happened, who decides and until when.
    func decisions() throws -> WebReply {
        let mark = request.parameter("after") ?? ""
        let after = CaseMark(mark)
        guard mark.isEmpty || after != nil else {
            throw DeskError.usage(
                "unknownFilter",
                uk: "в адресі списку є те, чого немає: «\(mark)»",
                en: "the address of the list has what there is not: \"\(mark)\""
            )
        }
        let cases = try desk.cases(after: after, limit: Lists.rows)
        let office = try officeName()
        let title = say(WorkList.decisions.label)
        return try page(title) {
            try tag("div", ["class": "tight"]) {
                tag("h1") { title }
                try asOf()
            }
            try tag("div", ["class": "sheet"]) {
                if cases.isEmpty {
                    try nothingToDecide()
                } else {
                    table(cases, cases.cases, office)
                }
                if cases.next != nil || after != nil {
                    tag("footer") {
                        if after != nil {
                            tag("a", ["href": request.path]) { say("З початку", "From the beginning") }
                        }
                        if let next = cases.next {
                            tag(
                                "a",
                                ["href": Self.address(request.path, [("after", next.description)]), "rel": "next"]
                            ) {
                                say("Далі", "Next")
                            }
                        }
                    }
                }
            }
        }
    }

    /// The office's id.
    private func officeName() throws -> String {
        desk.isOffice ? site.node : try desk.read { try $0.value(Values.office) ?? "" }
    }

    /// That the list is empty, as of when and at which node.
    private func nothingToDecide() throws -> Markup {
        let name = try desk.read { try nodeName($0) }
        return tag("div", ["class": "empty"]) {
            tag("p") { tag("b") { say(WorkList.decisions.nothing) } }
            tag("p") {
                say("Дані станом на ", "Data as of ") + Counted.time(now) + say(", вузол ", ", node ") + name + "."
            }
        }
    }

    /// What waits besides a case: of the same card first, then of the others.
    func otherCases(than found: OpenCase) throws -> Markup {
        let cases = try desk.cases(limit: Self.othersShown)
        let others = cases.cases.filter { $0.id != found.id }
        let own = others.filter { $0.appeal == found.appeal } + others.filter { $0.appeal != found.appeal }
        guard !own.isEmpty else { return Markup() }
        let office = try officeName()
        return try tag("section", ["class": "sheet", "aria-labelledby": "others-h"]) {
            try tag("header") {
                tag("h2", ["id": "others-h"]) { say("Чекають рішення ще", "Also wait for a decision") }
                try asOf()
            }
            table(cases, own, office)
            if cases.next != nil {
                tag("footer") { tag("a", ["href": "/queues/decisions"]) { say("Усі", "All") } }
            }
        }
    }

    private static let othersShown = 6

    /// What waits for a decision, a row each.
    private func table(_ page: CasePage, _ cases: [OpenCase], _ office: String) -> Markup {
        let heads = [
            say("Звернення", "Appeal"), say("Що сталося", "What happened"), say("Хто вирішує", "Who decides"),
            say("Строк", "Term"),
        ]
        return tag("table", ["class": "t cards"]) {
            tag("caption", ["class": "sr"]) { say("Що чекає на рішення", "What waits for a decision") }
            tag("thead") { tag("tr") { for head in heads { tag("th", ["scope": "col"]) { head } } } }
            tag("tbody") {
                for open in cases { row(open, page, heads, office) }
                for work in page.waiting { row(work, heads, page.names, office) }
            }
        }
    }

    /// One case: the card, what it is about, who decides and until when.
    private func row(_ open: OpenCase, _ page: CasePage, _ heads: [String], _ office: String) -> Markup {
        let deciders = page.deciders[open.id], matter = page.matters[open.appeal]
        let roles = deciders?.roles.map { say(Wording.roleOfPerson($0)) } ?? []
        return tag("tr") {
            tag("th", ["scope": "row"]) {
                tag("a", ["href": ActPlace.aCase(open)]) {
                    tag("span", ["class": "ix"]) { open.title }
                    " "
                    matter?.question ?? matter?.heading.map { heading($0) } ?? ""
                }
            }
            tag("td", ["data-l": heads[1]]) { happened(open, page.names, office) }
            tag("td", ["data-l": heads[2]]) {
                (deciders.map { place(of: $0, office: office) } ?? "")
                    + (roles.isEmpty ? "" : ": " + roles.joined(separator: ", "))
            }
            tag("td", ["data-l": heads[3]]) { if let term = deciders?.term { decideBy(term) } }
        }
    }

    /// What it is about in a line, and who brought it about.
    private func happened(_ open: OpenCase, _ names: PrintedNames, _ office: String) -> Markup {
        var words = say(Wording.rule(open.rule))
        switch open.matter {
        case .values(let register, _, _): words += ": " + say(Wording.register(register)).lowercasedFirst
        case .held(let work): words += ": " + say(Wording.kind(work.kind)).lowercasedFirst
        case .disagreement: break
        }
        let person = open.author.map { $0.user.isEmpty ? "" : names.person($0.user) } ?? ""
        let node = open.author.map { place(of: $0.node, names, office: office) } ?? ""
        let who = [person, node, open.since.map { at($0) } ?? ""].filter { !$0.isEmpty }
        return Markup([
            Markup(words), tag("br"), tag("span", ["class": "small soft"]) { who.joined(separator: ", ") },
        ])
    }

    /// Work that has no place on a card.
    private func row(_ work: WaitingWork, _ heads: [String], _ names: PrintedNames, _ office: String) -> Markup {
        let told = ToldOperation(work.record)
        return tag("tr") {
            tag("th", ["scope": "row"]) {
                tag("a", ["href": Self.address("/waiting", [("held", work.write)])]) {
                    say("Робота без картки", "Work without a card")
                }
            }
            tag("td", ["data-l": heads[1]]) {
                say(Wording.kind(told.kind))
                    + (work.reason.map { ": " + say(Label(uk: $0.ukrainian, en: $0.english)).lowercasedFirst } ?? "")
                tag("br")
                tag("span", ["class": "small soft"]) {
                    place(of: told.node, names, office: office) + ", " + at(told.authoredAt ?? told.at)
                }
            }
            tag("td", ["data-l": heads[2]]) { say("Центр", "the office") }
            tag("td", ["data-l": heads[3]])
        }
    }
}
