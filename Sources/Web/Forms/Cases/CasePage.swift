import Appeals
import CanonicalJSON
import Cryptography
import Desk

/// A case of a card: what was, what stands against what, and the way to settle it; once it is settled, what came of it.
extension WebCall {
    private var appealNamed: String { parameters["appeal"] ?? "" }
    private var caseNamed: String { parameters["case"] ?? "" }

    /// What `body` answers about the case of the address and what its card's forms are filled from; a case that is not shown here is no page.
    private func ofCase(_ body: (ComparedCase, FormMaterial) throws -> WebReply) throws -> WebReply {
        let material: FormMaterial, compared: ComparedCase
        do {
            material = try FormMaterial.read(appealNamed, desk)
            compared = try desk.comparedCase(material.card.id, caseNamed)
        } catch { return try notHere(error) }
        return try body(compared, material)
    }

    /// A case with all its sides, whatever became of it; one that is not shown here is no page.
    func casePage() throws -> WebReply { try ofCase(shown) }

    private func shown(_ compared: ComparedCase, _ material: FormMaterial) throws -> WebReply {
        var form = CaseForm(compared, material, self)
        let draft = compared.isOpen ? try draft(draftName(compared)) : nil
        if let words = restored(draft) { form = form.filled(from: words) }
        return try page(form, material, FormCarried(shown: material.mark, command: newCommand()), draft: draft)
    }

    /// Takes the decision of the form, by the body of the row that settles.
    func settleCase() throws -> WebReply {
        guard let body = FormBody(request) else { return try unreadable() }
        return try ofCase { try settled($0, $1, body) }
    }

    private func settled(_ compared: ComparedCase, _ material: FormMaterial, _ body: FormBody) throws -> WebReply {
        guard compared.isOpen else { return try tooLate(compared, material) }
        let shown = body.value("shown") ?? ""
        var form = CaseForm(compared, material, self).filled(from: body)
        if hasChanged(compared, material, shown) {
            form.choice = ""
            let carried = FormCarried(shown: material.mark, command: newCommand())
            return try page(form, material, carried, status: 409, above: changedWords)
        }
        form.check(self)
        if form.act.hasErrors {
            return try page(form, material, FormCarried(shown: shown, command: body.command ?? newCommand()))
        }
        let command = body.command ?? newCommand()
        switch decide(form, material, Asking(command: command, shown: material.writes(shown))) {
        case .done(let how, _):
            try forgetDraft(draftName(compared))
            return .seeOther(DoneBanner.place(ActPlace.aCase(compared.found), done(form.choice), how))
        case .refused(let errors):
            let now = try desk.comparedCase(material.card.id, caseNamed)
            if !now.isOpen { return try tooLate(now, material) }
            for error in errors { form.act.refuse(error, self) }
            return try page(form, material, FormCarried(shown: shown, command: newCommand()))
        }
    }

    /// Under which row a choice is told once it is made.
    private func done(_ choice: String) -> UseCase {
        switch choice {
        case "adopt": .heldAdopt
        case "decline": .heldDecline
        default: .conflictSettle
        }
    }

    /// Whether the value in force is another one than the form showed.
    private func hasChanged(_ compared: ComparedCase, _ material: FormMaterial, _ shown: String) -> Bool {
        guard let values = compared.values, let writes = material.writes(shown) else { return false }
        return writes[values.register] != values.inForce.write
    }

    private var changedWords: Markup {
        note(.need, .sync) {
            tag("b") {
                say("Чинне значення щойно змінили.", "The value in force was changed just now.")
            }
            say(
                " Ваш вибір не збережено: подивіться на нове й виберіть ще раз.",
                " Your choice was not saved: look at the new one and choose again."
            )
        }
    }

    /// A value of one's own is a correction first; then the case is settled by what is in force.
    private func decide(_ form: CaseForm, _ material: FormMaterial, _ asking: Asking) -> ActOutcome {
        let found = form.compared.found, reason = form.act["reason"]?.value ?? ""
        var choice = form.choice
        if choice == CaseForm.own, let values = form.compared.values, let own = form.act[CaseForm.own] {
            let outcome = correct(values.register, to: own.value, why: reason, material, asking, "own")
            guard case .done(let how, _) = outcome, how != .held else { return outcome }
            choice = "keep"
        }
        var arguments: JSONObject = [
            "case": .string(found.id), "as": .string(material.user), "choose": .string(choice),
        ]
        if !reason.isEmpty { arguments["reason"] = .string(reason) }
        let outcome = run(.conflictSettle, arguments, asking)
        // What was written says the same as the other side: nothing is left to settle.
        if form.choice == CaseForm.own, case .refused(let errors) = outcome,
            errors.contains(where: { $0.code == "nothingToSettle" })
        {
            return .done(desk.isOffice ? .accepted : .saved, JSONObject())
        }
        return outcome
    }

    /// Corrects one register of the card, under a name of its own that is made of the form's.
    private func correct(
        _ register: String,
        to value: String,
        why: String,
        _ material: FormMaterial,
        _ asking: Asking,
        _ part: String
    ) -> ActOutcome {
        var arguments: JSONObject = [
            "appeal": .string(material.card.id), "as": .string(material.user),
            "set": .array([.string(register + "=" + value)]),
        ]
        if !why.isEmpty { arguments["reason"] = .string(why) }
        let name = asking.command.map { command in
            Desk.uuid(String(SHA256.hash(Array((command + part).utf8)).hex.prefix(32)), version: "4")
        }
        return run(.appealCorrect, arguments, Asking(command: name, shown: asking.shown))
    }

    /// Puts a value back that lost: by a correction, which stands in the history like any other.
    func putBack() throws -> WebReply {
        guard let body = FormBody(request) else { return try unreadable() }
        return try ofCase { try putBack($0, $1, body) }
    }

    private func putBack(_ compared: ComparedCase, _ material: FormMaterial, _ body: FormBody) throws -> WebReply {
        let which = body.value("which") ?? ""
        guard !compared.isOpen, let values = compared.values, values.isCorrectable,
            let lost = values.lost.first(where: { $0.write == which })
        else { return try noSuchPage() }
        let asking = Asking(command: body.command, shown: material.writes(body.value("shown") ?? ""))
        let why = say("Повернуто значення, яке не діяло", "A value that was not in force was put back")
        switch correct(values.register, to: FieldMaking.typed(lost.value), why: why, material, asking, "back") {
        case .done(let how, _):
            return .seeOther(DoneBanner.place(ActPlace.aCase(compared.found), .appealCorrect, how))
        case .refused(let errors):
            var form = CaseForm(compared, material, self)
            for error in errors { form.act.refuse(error, self) }
            return try page(form, material, FormCarried(shown: material.mark, command: newCommand()))
        }
    }

    // MARK: the page

    /// Somebody was there first: their decision is shown, and that the one of this page was not saved.
    private func tooLate(_ compared: ComparedCase, _ material: FormMaterial) throws -> WebReply {
        let words = note(.need, .differ) {
            tag("b") { say("Це вже вирішено без вас.", "This was settled already.") }
            say(
                " Ваш вибір не збережено; що вирішено і ким, показано нижче.",
                " Your choice was not saved; what was decided, and by whom, stands below."
            )
        }
        let form = CaseForm(compared, material, self)
        let carried = FormCarried(shown: material.mark, command: newCommand())
        return try page(form, material, carried, status: 409, above: words)
    }

    /// The sides, the form to decide where the reader may, else who decides.
    private func page(
        _ form: CaseForm,
        _ material: FormMaterial,
        _ carried: FormCarried,
        status: Int = 200,
        above: Markup = Markup(),
        draft: Draft? = nil
    ) throws -> WebReply {
        let compared = form.compared
        let merged = try desk.mergedAlone(material.card.id)
        let others = try otherCases(than: compared.found)
        let title = say(title(of: compared))
        var reply = try formPage(
            title + " · " + material.card.title,
            form.act,
            on: material,
            draft: draft,
            here: "/queues/decisions"
        ) {
            tag("div", ["class": "head"]) {
                tag("div", ["class": "tight"]) {
                    cardLink(material.card)
                    tag("h1") { title }
                    tag("p", ["class": "asof"]) { say(standing(of: compared)) }
                    if compared.isOpen { whoDecides(compared.deciders, office: material.office) }
                }
                if compared.isOpen, let term = compared.deciders.term { decideBy(term) }
            }
            above
            if compared.isOpen {
                open(form, material, carried)
            } else {
                decided(compared, material)
            }
            mergedSheet(merged, material.restorable)
            others
        }
        if status != 200 { reply.status = status }
        return reply
    }

    /// What the case is about.
    private func title(of compared: ComparedCase) -> Label {
        switch compared.found.matter {
        case .values where compared.state == .noted:
            Label(uk: "Об’єднано без участі людини", en: "Merged without anybody")
        case .values:
            Label(uk: "Двоє працівників змінили картку незалежно", en: "Two people changed the card independently")
        case .disagreement, .held: Wording.rule(compared.found.rule)
        }
    }

    /// Whether it waits, and what became of it.
    private func standing(of compared: ComparedCase) -> Label {
        switch compared.state {
        case .open:
            switch compared.found.matter {
            case .values:
                Label(
                    uk:
                        "Обидві зміни збережено. Поки не вирішено, діє значення з позначкою «зараз». Решта картки працює.",
                    en:
                        "Both changes are kept. Until it is settled, the value marked “now” is in force. The rest of the card goes on."
                )
            case .disagreement, .held:
                Label(
                    uk: "Нічого не втрачено: усе, що зроблено, збережено. Решта картки працює.",
                    en: "Nothing is lost: all that was done is kept. The rest of the card goes on."
                )
            }
        case .noted:
            Label(
                uk: "Ніхто не мусить вирішувати; обидва записи лишилися.",
                en: "Nobody has to decide; both stay recorded."
            )
        case .settled:
            Label(
                uk: "Вирішено. Усе, що не обрано, лишилося в історії.",
                en: "Settled. What was not chosen stays in the history."
            )
        }
    }

    /// Under which name what is typed is kept.
    func draftName(_ compared: ComparedCase) -> String { "case-\(compared.found.digest)-" + compared.found.appeal }
}
