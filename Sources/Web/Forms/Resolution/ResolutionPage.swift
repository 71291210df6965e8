import Appeals
import CanonicalJSON
import Desk
import Replication

/// A leader's resolution: the appeal, who executes it, and the queue of those that wait.
enum ResolutionPage {
    static let path = "/cards/{appeal+}/acts/\(UseCase.resolutionIssue.segment)"

    static let routes = [
        Route("GET", path) { try $0.resolutionPage() },
        Route("POST", path, longest: FormBody.longest) { try $0.resolve() },
    ]

    /// Appeals that wait, beside the one at hand.
    static let waitingAtMost = 30
}

extension WebCall {
    fileprivate func resolutionPage() throws -> WebReply {
        let material: FormMaterial
        do { material = try FormMaterial.read(parameters["appeal"] ?? "", desk) } catch { return try notHere(error) }
        let carried = FormCarried(shown: material.mark, command: newCommand())
        let draft = try draft(draftName(.resolutionIssue, material.card.id))
        return try page(ResolutionForm(material, language, restored(draft)), material, carried, draft)
    }

    fileprivate func resolve() throws -> WebReply {
        guard let body = FormBody(request) else { return try unreadable() }
        let material: FormMaterial
        do { material = try FormMaterial.read(parameters["appeal"] ?? "", desk) } catch { return try notHere(error) }
        var form = ResolutionForm(material, language, body)
        let shown = body.value("shown") ?? ""
        let again = FormCarried(shown: shown, command: body.command ?? newCommand())
        if body.value("do") == "row" {
            form.executors.add()
            return try page(form, material, again)
        }
        form.check(self)
        if form.hasErrors { return try page(form, material, again) }
        let card = material.card
        let arguments = form.arguments(appeal: card.id, user: material.user)
        switch run(.resolutionIssue, arguments, Asking(command: body.command, shown: material.writes(shown))) {
        case .done(let how, _):
            try forgetDraft(draftName(.resolutionIssue, card.id))
            let next = body.value("do") == "next" ? try waiting().first { $0.id != card.id } : nil
            let place = next.map { ActPlace.of(.resolutionIssue, $0.id) } ?? ActPlace.card(card.id)
            return .seeOther(DoneBanner.place(place, .resolutionIssue, how, number: card.title))
        case .refused(let errors):
            for error in errors { form.form.refuse(error, self) }
            return try page(form, material, FormCarried(shown: shown, command: newCommand()))
        }
    }

    /// Appeals without an executor, those that are due first before the others.
    private func waiting() throws -> [ListedAppeal] {
        var filter = AppealFilter()
        filter.list = .new
        return try desk.appeals(filter, limit: ResolutionPage.waitingAtMost).appeals
    }

    // MARK: the page

    private func page(
        _ form: ResolutionForm,
        _ material: FormMaterial,
        _ carried: FormCarried,
        _ draft: Draft? = nil
    ) throws -> WebReply {
        let name = say("Чекають резолюції", "Wait for a resolution"), card = material.card, waiting = try waiting()
        var shown = form.form
        if let fault = form.fault { shown.fault = (id: "f-\(fault.field).\(fault.row + 1)", words: say(fault.words)) }
        return try formPage(name + " · " + card.title, shown, on: material, draft: draft) {
            try tag("div", ["class": "head"]) {
                try tag("div", ["class": "tight"]) {
                    tag("h1") { name }
                    try asOf()
                }
                tag("p", ["class": "hint"]) {
                    waiting.count < ResolutionPage.waitingAtMost
                        ? say(Counted.appeals(waiting.count))
                        : say("Показано перші \(waiting.count)", "The first \(waiting.count) are shown")
                }
            }
            tag("div", ["class": "two two-l"]) {
                queue(waiting, card)
                tag("article", ["class": "stack"]) {
                    matter(card)
                    sending("sheet", carried, draft: draftName(.resolutionIssue, card.id)) {
                        tag("div", ["class": "pad stack"]) { fields(form, material) }
                    }
                }
            }
        }
    }

    private func queue(_ waiting: [ListedAppeal], _ card: Card) -> Markup {
        tag("nav", ["class": "sheet", "aria-label": say("Звернення без резолюції", "Appeals without a resolution")]) {
            tag("ul", ["class": "list"]) {
                waiting.map { appeal in
                    let isHere = appeal.id == card.id
                    let matter = appeal.subject.map { heading($0) } ?? ""
                    let due = CivilDate(appeal.due)?.ukrainianNumbers ?? ""
                    return tag("li") {
                        tag(
                            "a",
                            ["href": ActPlace.of(.resolutionIssue, appeal.id), "aria-current": isHere ? "true" : nil]
                        ) {
                            tag("b", ["class": "ix"]) { appeal.index }
                            tag("span") { matter }
                            tag("span", ["class": "small soft"]) {
                                (appeal.applicant ?? "") + (due.isEmpty ? "" : " · " + due)
                            }
                        }
                    }
                }
            }
        }
    }

    /// What the leader decides about: who asks, in which words, until when.
    private func matter(_ card: Card) -> Markup {
        let due = card.registers["due.statutory"]?.string.flatMap { CivilDate($0) }
        return tag("div") {
            tag("span", ["class": "tab ix"]) { card.title }
            tag("div", ["class": "id pad stack"]) {
                tag("div", ["class": "split"]) {
                    tag("div", ["class": "tight"]) {
                        tag("h2", ["class": "h1"]) { card.matter(self) }
                        tag("p") {
                            [
                                card.registers["applicant.name"]?.string,
                                card.issues.first?.registers["problemAddress"].flatMap { Address($0)?.typed },
                            ].compactMap(\.self).joined(separator: " · ")
                        }
                        tag("p", ["class": "chips"]) {
                            card.registers["kind"].map { kind in
                                tag("span", ["class": "tag"]) { wording.text("kind", kind) }
                            }
                            card.registers["priority"] == true
                                ? tag("span", ["class": "tag tag-hot"]) { say("Першочергово", "First of all") }
                                : Markup()
                        }
                    }
                    due.map { day in
                        tag("span", ["class": "due due-later"]) {
                            tag("b") { say(day.ukrainian, day.description) }
                            tag("span") { card.registers["due.basis"].map { wording.text("due.basis", $0) } ?? "" }
                        }
                    }
                }
                tag("blockquote", ["class": "voice"]) { card.registers["text"]?.string ?? "" }
            }
        }
    }
}
