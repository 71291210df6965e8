import Appeals
import CanonicalJSON
import Desk

/// Registering a call or a letter: `/register`.
enum RegisterPage {
    static let path = "/register"
    static let draft = "register"

    static let routes = [
        Route("GET", path) { try $0.registerPage() },
        Route("POST", path, longest: FormBody.longest) { try $0.register() },
    ]

    /// What a button of the form asks for, beside registering.
    enum Wish: Equatable {
        /// Count the term and look who calls.
        case count
        case issue
        /// It repeats an appeal with this index, or duplicates it.
        case repeats(String)
        case duplicates(String)
        /// The appeal of this id is another matter.
        case differs(String)

        init?(_ text: String?) {
            switch text {
            case "count": self = .count
            case "issue": self = .issue
            case let text?:
                let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
                guard parts.count == 2 else { return nil }
                switch parts[0] {
                case "repeat": self = .repeats(parts[1])
                case "duplicate": self = .duplicates(parts[1])
                case "not": self = .differs(parts[1])
                default: return nil
                }
            default: return nil
            }
        }
    }
}

extension WebCall {
    /// The empty form, or with `part` a piece of the page for what is typed so far.
    fileprivate func registerPage() throws -> WebReply {
        let draft = try draft(RegisterPage.draft)
        let typed = restored(draft) ?? FormBody(request.query.map { (name: $0.0, value: $0.1) })
        let form = registerForm(typed, issues: issues(typed))
        switch request.parameter("part") {
        case "caller": return fragment(try known(form, dismissed(typed)))
        case "foretold": return fragment(try foretold(form))
        default: return try page(form, command: newCommand(), draft, dismissed: dismissed(typed))
        }
    }

    /// How many issues a form had.
    private func issues(_ body: FormBody) -> Int {
        (1...RegisterFields.mostIssues).last { body.has("question.\($0)") } ?? 1
    }

    /// Ids of appeals that whoever types has said to be another matter.
    private func dismissed(_ body: FormBody) -> [String] {
        Array(body.values("dismissed").filter(Names.isAppeal).prefix(Self.dismissedAtMost))
    }

    private static let dismissedAtMost = 40

    /// A piece of the page alone.
    private func fragment(_ markup: Markup) -> WebReply {
        WebReply(status: 200, contentType: "text/html; charset=utf-8", body: markup.bytes)
    }

    /// The form with what was typed, for so many issues.
    private func registerForm(_ body: FormBody, issues: Int) -> ActForm {
        let fields = RegisterFields(isOffice: desk.isOffice, language: language, issues: issues)
        return ActForm(.appealRegister, fields.all).filled(from: body)
    }

    /// Registers, or does what another button asks for.
    fileprivate func register() throws -> WebReply {
        guard let body = FormBody(request) else { return try unreadable() }
        let sent = issues(body)
        let wish = RegisterPage.Wish(body.value("do"))
        var dismissed = dismissed(body)
        var form = registerForm(body, issues: wish == .issue ? min(sent + 1, RegisterFields.mostIssues) : sent)
        if let wish {
            switch wish {
            case .repeats(let index):
                form.set("repeat-of", index)
                form.set("sign", ReceiptSign.repeated.rawValue)
            case .duplicates(let index):
                form.set("duplicate-of", index)
                form.set("sign", ReceiptSign.duplicate.rawValue)
            case .differs(let id): dismissed.append(id)
            case .count, .issue: break
            }
            return try page(form, command: body.command ?? newCommand(), dismissed: dismissed)
        }
        let isNamed = (form["subject"]?.value ?? "") == SubjectType.individual.rawValue
        if !isNamed, let place = form.fields.firstIndex(where: { $0.name == "name" }) {
            form.fields[place].isRequired = false
        }
        form.check(desk.entrance, self)
        if form.hasErrors { return try page(form, command: body.command ?? newCommand(), dismissed: dismissed) }
        let user = person?.user ?? ""
        switch run(.appealRegister, form.arguments(appeal: nil, user: user), Asking(command: body.command)) {
        case .done(let how, let members):
            try forgetDraft(RegisterPage.draft)
            let index = members["registrationIndex"]?.string ?? ""
            let card = members["appeal"]?.string.map { ActPlace.card($0) } ?? RegisterPage.path
            return .seeOther(DoneBanner.place(card, .appealRegister, how, number: index))
        case .refused(let errors):
            for error in errors { form.refuse(error, self) }
            return try page(form, command: newCommand(), dismissed: dismissed)
        }
    }

    // MARK: the page

    /// The page with the form and what is known of the caller.
    private func page(
        _ form: ActForm,
        command: String,
        _ draft: Draft? = nil,
        dismissed: [String]
    ) throws -> WebReply {
        let name = say("Приймання звернення", "A new appeal")
        let fields = RegisterFields(isOffice: desk.isOffice, language: language, issues: 1)
        let issues = form.fields.filter { $0.name.hasPrefix("question.") }.count
        let (aside, foretold) = (try known(form, dismissed), try foretold(form))
        return try formPage(name, form, on: nil, draft: draft) {
            tag("div", ["class": "head"]) { tag("h1") { name } }
            sending(
                "two",
                FormCarried(shown: "", command: command),
                draft: RegisterPage.draft,
                action: RegisterPage.path
            ) {
                tag("div", ["class": "stack"]) {
                    tag("div", ["class": "sheet dense"]) {
                        group(say("Хто звертається", "Who appeals"), named(fields.caller, form), counting)
                        group(say("Про що", "What about"), named([fields.words], form), Markup())
                        (1...issues).map { number in
                            group(
                                say("Питання \(number)", "Issue \(number)"),
                                named(fields.issue(number), form),
                                number == issues ? adding : Markup()
                            )
                        }
                        group(say("Як розглядати", "How it is considered"), named(fields.considered, form), Markup())
                        rare(named(fields.rare, form), isOpen: form.hasRareErrors(fields.rare))
                    }
                    tag("div", ["class": "sheet pad row stick gap-l"]) {
                        foretold
                        tag("span", ["class": "push row"]) {
                            tag("button", ["class": "btn btn-act", "data-confirm": ""]) {
                                say(ActWords.verb(.appealRegister)) + " "
                                tag("kbd") { "Ctrl Enter" }
                            }
                        }
                    }
                }
                tag("aside", ["class": "stack", "aria-label": say("Що вже відомо", "What is known")]) { aside }
            }
        }
    }

    /// The fields of the form with these names, in this order.
    private func named(_ fields: [FormField], _ form: ActForm) -> [FormField] {
        fields.compactMap { field in form[field.name] }
    }

    /// Fields of one question in a talk.
    private func group(_ title: String, _ fields: [FormField], _ last: Markup) -> Markup {
        tag("fieldset", ["class": "pad grid"]) {
            tag("legend", ["class": "sr"]) { title }
            fields.map { markup($0) }
            last
        }
    }

    /// Without script this is how one sees who calls; with it that comes by itself.
    private var counting: Markup {
        tag("p", ["class": "c12", "data-plain": ""]) {
            tag("button", ["class": "btn btn-s", "name": "do", "value": "count"]) {
                say("Показати, що відомо, й порахувати строк", "Show what is known, and count the term")
            }
        }
    }

    private var adding: Markup {
        tag("p", ["class": "c12"]) {
            tag("button", ["class": "btn btn-s", "name": "do", "value": "issue", "data-issue": ""]) {
                say("Ще одне питання", "One more issue")
            }
        }
    }

    /// Fields that few calls need, folded.
    private func rare(_ fields: [FormField], isOpen: Bool) -> Markup {
        tag("details", ["class": "pad", "open": isOpen ? "" : nil]) {
            tag("summary") {
                say(
                    "Рідше потрібне: джерело, колективне, строк надсилача, скарга на когось",
                    "Seldom needed: source, collective, the sender’s term, whom a complaint is about"
                )
            }
            tag("div", ["class": "grid"]) { fields.map { markup($0) } }
        }
    }
}

extension ActForm {
    /// Puts a value into a field.
    mutating func set(_ name: String, _ value: String) {
        guard let place = fields.firstIndex(where: { $0.name == name }) else { return }
        fields[place].values = [value]
    }

    /// Whether something folded must be seen: it has an error, or a value that was chosen by a button.
    fileprivate func hasRareErrors(_ rare: [FormField]) -> Bool {
        rare.contains { self[$0.name]?.error != nil || ($0.values.isEmpty && self[$0.name]?.given.isEmpty == false) }
    }
}
