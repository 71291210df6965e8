import Appeals
import CanonicalJSON
import Desk
import Replication

/// Work that waits and has no place on a card: it can only be declined, with a word to its author.
extension WebCall {
    /// Work that waits for a card that is not here, with all that it says.
    func waitingPage() throws -> WebReply {
        guard let work = try waitingWork() else { return try noSuchPage() }
        return try page(work, declining(), newCommand())
    }

    /// Declines it, with a reason that its author is told.
    func declineWaiting() throws -> WebReply {
        guard let body = FormBody(request) else { return try unreadable() }
        guard let work = try waitingWork() else { return try noSuchPage() }
        var form = declining().filled(from: body)
        form.check(desk.entrance, self)
        if form.hasErrors { return try page(work, form, body.command ?? newCommand()) }
        let user = person?.user ?? ""
        var arguments = form.arguments(appeal: work.record.appeal, user: user)
        arguments["held"] = .string(work.write)
        switch run(.heldDecline, arguments, Asking(command: body.command)) {
        case .done(let how, _): return .seeOther(DoneBanner.place("/queues/decisions", .heldDecline, how))
        case .refused(let errors):
            for error in errors { form.refuse(error, self) }
            return try page(work, form, newCommand())
        }
    }

    /// Nil if the operation does not wait, or is about an appeal that is kept from the reader.
    private func waitingWork() throws -> WaitingWork? {
        let write = request.parameter("held") ?? ""
        return try desk.read { reading in
            guard let work = try WaitingWork(write, reading), let appeal = work.record.appeal,
                try !desk.isKept(appeal, reading)
            else { return nil }
            return work
        }
    }

    /// The form of declining.
    private func declining() -> ActForm {
        let reason = UseCase.heldDecline.inputs.first { $0.name == "reason" }
        return ActForm(
            .heldDecline,
            [reason].compactMap(\.self).map { FormField($0, FieldWords.label(.heldDecline, $0), .line(mode: nil)) }
        )
    }

    /// What waits, and the form.
    private func page(_ work: WaitingWork, _ form: ActForm, _ command: String) throws -> WebReply {
        let told = ToldOperation(work.record), user = person?.user ?? ""
        let (names, roles, people) = try desk.read { reading in
            (
                try desk.names(of: [told.user], departments: [told.node], reading),
                try desk.roles(of: user, in: site.node, reading),
                try desk.people([told.user], reading)
            )
        }
        let title = say("Робота очікує рішення", "Work waits for a decision")
        return try formPage(title, form, on: nil) {
            tag("div", ["class": "tight"]) {
                tag("a", ["class": "small", "href": "/queues/decisions"]) {
                    icon(.back)
                    " " + say(WorkList.decisions.label)
                }
                tag("h1") { title }
            }
            tag(
                "form",
                [
                    "class": "sheet", "method": "post", "data-session": "",
                    "action": Self.address("/waiting", [("held", work.write)]),
                ]
            ) {
                sessionField
                hidden("command", command)
                tag("div", ["class": "pad stack"]) {
                    account(of: work, told, names, people[told.user]?.phone ?? "")
                    tag("p") {
                        say(
                            "На картці цієї роботи немає, тому прийняти її нікуди: її можна лише відхилити, автор прочитає чому.",
                            "No card has this work, so it cannot be adopted: it can only be declined, and its author reads why."
                        )
                    }
                    if UseCase.heldDecline.isFor(Set(roles)), desk.isOffice {
                        form.fields.map { markup($0) }
                        tag("div", ["class": "row"]) {
                            tag("button", ["class": "btn btn-act", "data-confirm": ""]) {
                                say(ActWords.verb(.heldDecline))
                            }
                        }
                    } else {
                        tag("p", ["class": "hint"]) {
                            say("Вирішують: ", "Who decides: ") + say(UseCase.heldDecline.writes.whoMay)
                        }
                    }
                }
            }
        }
    }

    /// What was done, by whom, when, and why it waits.
    private func account(of work: WaitingWork, _ told: ToldOperation, _ names: PrintedNames, _ phone: String) -> Markup
    {
        tag("dl", ["class": "kv"]) {
            tag("dt") { say("Що зроблено", "What was done") }
            tag("dd") { say(Wording.kind(told.kind)) }
            tag("dt") { say("Хто", "Who") }
            tag("dd") {
                [names.person(told.user), names.department(told.node)].filter { !$0.isEmpty }.joined(separator: ", ")
                telephone(phone)
            }
            tag("dt") { say("Коли", "When") }
            tag("dd") { at(told.authoredAt ?? told.at) }
            if let reason = work.reason {
                tag("dt") { say("Чому чекає", "Why it waits") }
                tag("dd") { say(Label(uk: reason.ukrainian, en: reason.english)) }
            }
        }
    }
}
