import Accounts
import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// A person's own access: password, sessions, second proof.
extension Web {
    static let account: [Route] = [
        Route("GET", "/account") { try $0.accountPage() },
        Route("GET", "/api/v1/account") { try $0.accountTold() },
        Route("POST", "/account/password", lane: .passwords, longest: WebCall.longestOfAccess) {
            try $0.changePassword()
        },
        Route("POST", "/api/v1/account/password", lane: .passwords, longest: WebCall.longestOfAccess) {
            try $0.changePassword()
        },
        Route("POST", "/account/sessions/{session}/end", longest: WebCall.longestOfAccess) { try $0.endSession() },
        Route("DELETE", "/api/v1/account/sessions/{session}") { try $0.endSession() },
    ]
}

extension WebCall {
    /// What the page and its twin show.
    private struct Own {
        let sessions: [AccessSession]
        let tokens: [AccessToken]
        let audit: [AuditLine]
        /// Codes on paper that are left.
        let recovery: Int
        let names: PrintedNames
    }

    /// What belongs to whoever asks: sessions, tokens, what happened to their access.
    private func own(_ person: SignedIn) throws -> Own {
        try site.context.store.read { reading in
            let audit = try access.auditLines(of: person.user, limit: 20, reading)
            return Own(
                sessions: try access.sessions(of: person.user, reading),
                tokens: try access.tokens(of: person.user, reading),
                audit: audit,
                recovery: try access.account(person.user, reading)?.recovery.count ?? 0,
                names: try names(of: audit, reading)
            )
        }
    }

    /// `14.05.2026, 10:00`.
    func dated(_ milliseconds: Int64) -> String {
        KyivTime.rfc3339(milliseconds).map { wording.dated($0) } ?? ""
    }

    /// One’s own access on a page.
    fileprivate func accountPage() throws -> WebReply {
        guard let person else { return WebReply(status: 401) }
        let own = try own(person)
        return try page(say("Мій доступ", "My access")) {
            tag("h1") { say("Мій доступ", "My access") }
            if let reset = person.reset { resetNote(reset) }
            tag("dl", ["class": "kv"]) {
                tag("dt") { say("Працівник", "Person") }
                tag("dd") { "\(person.name) (\(person.user))" }
                tag("dt") { say("Ролі на цьому вузлі", "Roles at this node") }
                tag("dd") { person.roles.map { say(Wording.roleOfPerson($0)) }.joined(separator: ", ") }
            }
            tag("div", ["class": "row"]) {
                form("/sign-out", "row") { tag("button", ["class": "btn"]) { say("Вийти", "Sign out") } }
                if person.roles.contains(access.managing) {
                    tag("a", ["class": "btn", "href": "/people-access"]) {
                        say("Доступ працівників", "People’s access")
                    }
                }
            }
            if person.roles.count > 1 { roleForm(person) }
            sessionSheet(own.sessions, person)
            passwordSheet()
            secondProofSheet(person, own.recovery)
            try tokenSheet(own.tokens)
            auditSheet(
                own.audit,
                say("Що відбувалося з вашим доступом", "What happened to your access"),
                own.names,
                isOfAll: false
            )
        }
    }

    /// That somebody gave the person a new start, and what they do not do for now.
    func resetNote(_ reset: Account.Reset) -> Markup {
        let until = KyivTime.rfc3339(reset.at + AccessLimits.barred).map { String($0.dropFirst(11).prefix(5)) } ?? ""
        return tag("p", ["class": "note note-need"]) {
            say(
                "Ваш доступ скинуто, новий пароль задано \(dated(reset.at)). До \(until) ви нічого не затверджуєте й не підписуєте. "
                    + "Якщо просили не ви – повідомте адміністратора.",
                "Your access was reset, the new password was set \(dated(reset.at)). Until \(until) you approve and sign nothing. "
                    + "If it was not you who asked, tell an administrator."
            )
        }
    }

    /// The roles to act in, where somebody has several.
    private func roleForm(_ person: SignedIn) -> Markup {
        form("/role") {
            tag("div", ["class": "f"]) {
                tag("label", ["for": "role"]) { say("Діяти як", "Act as") }
                tag("select", ["id": "role", "name": "role"]) {
                    option("", say("за потребою дії", "as the act needs"), person.role ?? "")
                    for role in person.roles { option(role, say(Wording.roleOfPerson(role)), person.role ?? "") }
                }
            }
            tag("input", ["type": "hidden", "name": "next", "value": "/account"])
            button(say("Обрати", "Choose"))
        }
    }

    /// Sessions that go on, each with its end.
    private func sessionSheet(_ sessions: [AccessSession], _ person: SignedIn) -> Markup {
        tag("section", ["class": "sheet pad stack"]) {
            tag("h2") { say("Де ви увійшли", "Where you are signed in") }
            for session in sessions {
                form("/account/sessions/\(session.hash.prefix(16))/end", "row far") {
                    tag("span") {
                        tag("b") { BrowserWords(session.browser).told(self) }
                        " · \(session.address) · "
                        say("з \(dated(session.session.began))", "since \(dated(session.session.began))")
                    }
                    if session.hash == person.hash {
                        tag("span", ["class": "soft"]) { say("Цей сеанс", "This session") }
                    } else {
                        tag("button", ["class": "btn btn-s"]) { say("Завершити", "End") }
                    }
                }
            }
        }
    }

    /// A new password, with the one so far.
    private func passwordSheet() -> Markup {
        tag("section", ["class": "sheet pad stack"]) {
            tag("h2") { say("Пароль", "Password") }
            form("/account/password", "stack") {
                field(
                    "password",
                    say("Теперішній пароль", "Present password"),
                    type: "password",
                    autocomplete: "current-password"
                )
                newPassword([])
                tag("p", ["class": "hint"]) {
                    say("Інші ваші сеанси буде завершено.", "Your other sessions will be ended.")
                }
                button(say("Змінити пароль", "Change the password"))
            }
        }
    }

    /// Whether there is a second proof, and how many recovery codes are left.
    private func secondProofSheet(_ person: SignedIn, _ recovery: Int) -> Markup {
        tag("section", ["class": "sheet pad stack"]) {
            tag("h2") { say("Одноразові коди", "One-time codes") }
            if person.hasSecondProof {
                tag("p") {
                    say("Увімкнено. Запасних кодів лишилося: \(recovery).", "On. Recovery codes left: \(recovery).")
                }
                form("/account/recovery-codes", "stack") {
                    field("password", say("Пароль", "Password"), type: "password", autocomplete: "current-password")
                    tag("div", ["class": "row"]) {
                        tag("button", ["class": "btn"]) { say("Видати нові запасні коди", "Make new recovery codes") }
                        if !access.wantsSecondProof(person.roles, ofAll: site.isTOTPForAll) {
                            tag("button", ["class": "btn", "formaction": "/account/second-proof/remove"]) {
                                say("Вимкнути", "Turn off")
                            }
                        }
                    }
                }
            } else {
                tag("p") { tag("a", ["href": "/account/second-proof"]) { say("Налаштувати", "Set up") } }
            }
        }
    }

    /// The printed names of those whom lines name.
    func names(of lines: [AuditLine], _ reading: any StoreReading) throws -> PrintedNames {
        try desk.names(of: Set(lines.flatMap { [$0.user, $0.by] }.filter { !$0.isEmpty }), reading)
    }

    /// What was done to the access of one person, or of all; the last first.
    func auditSheet(_ lines: [AuditLine], _ title: String, _ names: PrintedNames, isOfAll: Bool) -> Markup {
        tag("section", ["class": "sheet"]) {
            tag("header") { tag("h2") { title } }
            tag("ul", ["class": "steps pad"]) {
                for line in lines {
                    tag("li") {
                        tag("span") {
                            tag("span") {
                                say(line.act.label)
                                if isOfAll { ": " + names.person(line.user) }
                                if line.by != line.user {
                                    tag("br")
                                    tag("span", ["class": "soft small"]) {
                                        line.by.isEmpty
                                            ? say("Зробив власник вузла", "By the owner of the node")
                                            : say("Хто зробив: ", "By ") + names.person(line.by)
                                    }
                                }
                            }
                        }
                        tag("span", ["class": "soft nw"]) { dated(line.at) }
                    }
                }
            }
        }
    }
}

// MARK: acts

extension WebCall {
    /// The same for programs.
    fileprivate func accountTold() throws -> WebReply {
        guard let person else { return WebReply(status: 401) }
        let own = try own(person)
        return object([
            "user": .string(person.user), "hasSecondProof": .bool(person.hasSecondProof),
            "recoveryCodes": .integer(Int64(own.recovery)),
            "sessions": .array(
                own.sessions.map { session in
                    [
                        "session": .string(String(session.hash.prefix(16))), "address": .string(session.address),
                        "browser": .string(session.browser), "began": .integer(session.session.began),
                        "isThis": .bool(session.hash == person.hash),
                    ]
                }
            ),
            "tokens": .array(own.tokens.map { told($0) }),
            "audit": .array(
                own.audit.map { ["act": .string($0.act.rawValue), "at": .integer($0.at), "by": .string($0.by)] }
            ),
        ])
    }

    /// Sets another password; all other sessions end.
    fileprivate func changePassword() throws -> WebReply {
        guard let person else { return WebReply(status: 401) }
        guard person.token == nil else { return ofSessionsAlone() }
        if differsAgain {
            return problemOrPage(422, "differing", Sentence(uk: "Паролі не збігаються", en: "The passwords differ"))
        }
        let asked = Access.Asked(user: person.user, password: Password(given("password")), browser: browser)
        switch try access.change(asked, to: Password(given("new")), session: person.hash) {
        case .done: return isAPI ? WebReply(status: 204) : .seeOther("/account")
        case .notProven(let answer): return notProven(answer)
        case .weak(let faults):
            let text = words(faults).joined(separator: "; ")
            return problemOrPage(422, "weakPassword", Sentence(uk: "\(text)", en: "\(text)"))
        }
    }

    /// Ends one session of one’s own.
    fileprivate func endSession() throws -> WebReply {
        guard let person else { return WebReply(status: 401) }
        guard person.token == nil else { return ofSessionsAlone() }
        let isEnded = try access.endSession(of: person.user, parameters["session"] ?? "", by: person.user)
        return done(isEnded)
    }

    /// Back to the page, or that there is no such thing.
    func done(_ isDone: Bool) -> WebReply {
        if isAPI { return WebReply(status: isDone ? 204 : 404) }
        return .seeOther("/account")
    }
}
