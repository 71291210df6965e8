import Appeals
import CanonicalJSON
import Desk

/// The forms of a card's acts: one page for each row of the table that stands on a card.
enum ActPages {
    static let routes = [
        Route("GET", "/cards/{appeal+}/acts/{row}") { try $0.actPage() },
        Route("POST", "/cards/{appeal+}/acts/{row}", longest: FormBody.longest) { try $0.act() },
    ]
}

extension WebCall {
    private var appealNamed: String { parameters["appeal"] ?? "" }

    fileprivate func actPage() throws -> WebReply {
        guard let row = CardActs.row(parameters["row"] ?? "") else { return try noSuchPage() }
        let material: FormMaterial
        do { material = try FormMaterial.read(appealNamed, desk) } catch { return try notHere(error) }
        let asked = Dictionary(request.query.map { ($0.0, $0.1) }) { first, _ in first }
        var form = ActForm(row, FieldMaking(row: row, material: material, language: language, asked: asked).fields())
        let draft = try draft(draftName(row, material.card.id))
        if let words = restored(draft) { form = form.filled(from: words) }
        let carried = FormCarried(shown: material.mark, command: newCommand())
        return try page(form, material, carried, draft)
    }

    fileprivate func act() throws -> WebReply {
        guard let row = CardActs.row(parameters["row"] ?? "") else { return try noSuchPage() }
        guard let body = FormBody(request) else { return try unreadable() }
        let material: FormMaterial
        do { material = try FormMaterial.read(appealNamed, desk) } catch { return try notHere(error) }
        let asked = Dictionary(
            ["assignment", "case", "version"].compactMap { name in body.value(name).map { (name, $0) } }
        ) { first, _ in first }
        let making = FieldMaking(row: row, material: material, language: language, asked: asked)
        var form = ActForm(row, making.fields()).filled(from: body)
        form.check(desk.entrance, self)
        let shown = body.value("shown") ?? ""
        if form.hasErrors {
            return try page(form, material, FormCarried(shown: shown, command: body.command ?? newCommand()))
        }
        let arguments = form.arguments(appeal: material.card.id, user: material.user)
        switch run(row, arguments, Asking(command: body.command, shown: material.writes(shown))) {
        case .done(let how, _):
            try forgetDraft(draftName(row, material.card.id))
            return .seeOther(DoneBanner.place(ActPlace.card(material.card.id), row, how))
        case .refused(let errors):
            for error in errors { form.refuse(error, self) }
            // What was refused is decided under its command; the next try is another act.
            return try page(form, material, FormCarried(shown: shown, command: newCommand()))
        }
    }

    // MARK: the page

    private func page(
        _ form: ActForm,
        _ material: FormMaterial,
        _ carried: FormCarried,
        _ draft: Draft? = nil
    ) throws -> WebReply {
        let name = say(ActWords.place(form.row))
        return try formPage(name + " · " + material.card.title, form, on: material, draft: draft) {
            tag("div", ["class": "head"]) {
                tag("div", ["class": "tight"]) {
                    cardLink(material.card)
                    tag("h1") {
                        name
                        if isInner(form.row) {
                            " "
                            icon(.lock)
                        }
                    }
                }
            }
            sending(surface(form.row), carried, draft: draftName(form.row, material.card.id)) {
                tag("div", ["class": isInner(form.row) ? "stack" : "pad stack"]) {
                    above(form, material)
                    removal(form.row, material)
                    if form.row.name == UseCase.appealCorrect.name {
                        tag("div", ["class": "grid pairs"]) { form.fields.map { markup($0) } }
                    } else {
                        form.fields.map { markup($0) }
                    }
                    buttons(form, material)
                }
            }
        }
    }

    /// The act, and the way back; who may not act here reads who may.
    private func buttons(_ form: ActForm, _ material: FormMaterial) -> Markup {
        let row = form.row
        return tag("div", ["class": "row far"]) {
            tag("a", ["class": "btn", "href": ActPlace.card(material.card.id)]) { say("Скасувати", "Cancel") }
            if row.isFor(material.roles), let open = openCase(form, material) {
                otherDecision(row, open, material.card)
            }
            confirmation(row, material) {
                tag("button", ["class": "btn btn-act", "data-confirm": ""]) { say(ActWords.verb(row)) }
            }
        }
    }

    /// Internal notes are dashed and sand; nobody takes them for a letter.
    private func surface(_ row: UseCase) -> String { isInner(row) ? "inner" : "sheet" }

    private func isInner(_ row: UseCase) -> Bool { row.name == UseCase.appealNote.name }

    /// What somebody has to see before they decide: a disagreement with both its sides.
    private func above(_ form: ActForm, _ material: FormMaterial) -> Markup {
        guard let open = openCase(form, material) else { return Markup() }
        return disagreement(open, material.card, office: material.office)
    }

    /// The case that a form settles; nil of another form, and while nobody has chosen which work.
    private func openCase(_ form: ActForm, _ material: FormMaterial) -> OpenCase? {
        let named = form["case"]?.value, held = form["held"]?.value
        return material.card.cases.first { open in
            if case .held(let work) = open.matter { work.write == held } else { open.id == named }
        }
    }

    /// Back to the card: its number and its matter.
    func cardLink(_ card: Card) -> Markup {
        tag("a", ["class": "small", "href": ActPlace.card(card.id)]) {
            icon(.back)
            " " + card.title + " " + card.matter(self)
        }
    }

    /// Under which name the words of a form are kept until it is sent.
    func draftName(_ row: UseCase, _ appeal: String) -> String { row.segment + "-" + appeal }
}

extension FormBody {
    /// The name of the act, if it is one.
    var command: String? { value("command").flatMap { Names.isAppeal($0) ? $0 : nil } }
}
