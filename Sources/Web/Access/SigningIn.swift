import Accounts
import Appeals
import CanonicalJSON
import Desk

/// Signing in and out, and the session at hand.
extension Web {
    static let signingIn: [Route] = [
        Route("GET", "/sign-in", entry: .open) { $0.signInPage() },
        Route("POST", "/sign-in", lane: .passwords, entry: .open, longest: WebCall.longestOfAccess) { try $0.signIn() },
        Route("POST", "/api/v1/session", lane: .passwords, entry: .open, longest: WebCall.longestOfAccess) {
            try $0.signIn()
        },
        Route("GET", "/api/v1/session", entry: .settingUp) { $0.sessionTold() },
        Route("POST", "/api/v1/session/second", lane: .passwords, entry: .proving, longest: WebCall.longestOfAccess) {
            try $0.secondTold()
        },
        Route("POST", "/sign-out", entry: .proving, longest: WebCall.longestOfAccess) { try $0.signOut() },
        Route("DELETE", "/api/v1/session", entry: .proving) { try $0.signOut() },
        Route("POST", "/role", longest: WebCall.longestOfAccess) { try $0.chooseRole() },
        Route("POST", "/api/v1/session/role", longest: WebCall.longestOfAccess) { try $0.chooseRole() },
        Route("POST", "/language", entry: .settingUp, longest: WebCall.longestOfAccess) { try $0.chooseLanguage() },
    ]
}

extension WebCall {
    /// The form of signing in, which names nobody.
    fileprivate func signInPage(
        _ faults: [FieldFault] = [],
        status: Int = 200,
        headers: [(String, String)] = []
    ) -> WebReply {
        // Where to go on: only a place of this node.
        let next = local(request.parameter("next") ?? given("next"))
        return gatePage(say("Вхід", "Sign in"), faults, status: status, headers: headers, about: aboutNode) {
            form("/sign-in") {
                if next != "/" { tag("input", ["type": "hidden", "name": "next", "value": next]) }
                if request.parameter("kept") != nil {
                    tag("p", ["class": "note note-need", "role": "status"]) {
                        say(
                            "Сеанс завершився. Увійдіть ще раз: набране збережено, ви повернетеся до форми.",
                            "The session is over. Sign in again: what you typed is kept, and you come back to the form."
                        )
                    }
                }
                field(
                    "user",
                    say("Ім’я користувача", "User name"),
                    value: given("user"),
                    autocomplete: "username",
                    faults
                )
                field("password", say("Пароль", "Password"), type: "password", autocomplete: "current-password", faults)
                field(
                    "code",
                    say("Одноразовий код (необов’язково)", "One-time code (optional)"),
                    autocomplete: "one-time-code",
                    hint: say(
                        "Якщо ви його налаштували: шість цифр із застосунку або запасний код",
                        "If you have set it up: six digits of the app, or a recovery code"
                    ),
                    faults
                )
                button(say("Увійти", "Sign in"))
            }
            tag("p", ["class": "hint"]) {
                say(
                    "Не можете увійти? Новий код дасть адміністратор Центру або начальник вашого підрозділу.",
                    "You cannot sign in? An administrator of the office or the head of your department gives you a new code."
                )
            }
            if !request.isSecure {
                tag("noscript") {
                    tag("p", ["class": "hint"]) {
                        say(
                            "Без сценаріїв ви зможете лише читати: цей комп’ютер відкриває сторінку без шифрування.",
                            "Without scripts you can only read: this computer opens the page without encryption."
                        )
                    }
                }
            }
        }
    }

    /// By what people know that it is their node: three words that the command `status` shows too.
    private var aboutNode: Markup {
        guard !site.keyWords.isEmpty else { return Markup() }
        return tag("dl", ["class": "kv small"]) {
            tag("dt") { say("Ключ вузла", "The node’s key") }
            tag("dd") { site.keyWords.joined(separator: " · ") }
        }
    }

    /// A path of this node that was given as the way on; the first page for anything else.
    private func local(_ path: String) -> String {
        path.hasPrefix("/") && !path.hasPrefix("//") && !path.contains("\\") && path.utf8.allSatisfy { $0 > 0x20 }
            ? path : "/"
    }

    /// Opens a session, or says the same of everything that does not fit.
    fileprivate func signIn() throws -> WebReply {
        let asked = Access.Asked(
            user: given("user"),
            password: Password(given("password")),
            code: given("code"),
            browser: browser
        )
        switch try access.signIn(asked) {
        case .entered(let begun): return try entered(begun, next: local(given("next")))
        case .wrong:
            return notEntered(
                401,
                "wrongCredentials",
                "password",
                uk: "Ім’я, пароль або код не підходять",
                en: "Name, password or code do not fit"
            )
        case .waits(let until):
            let seconds = max(1, (until - now + 999) / 1_000)
            return notEntered(
                429,
                "tooManyGuesses",
                "",
                uk: "Забагато невдалих спроб. Спробуйте через \(seconds) с",
                en: "Too many wrong attempts. Try again in \(seconds) s",
                headers: [("retry-after", String(seconds))]
            )
        case .codeWanted:
            return notEntered(
                401,
                "codeWanted",
                "code",
                uk: "Введіть одноразовий код із застосунку",
                en: "Enter the one-time code of your app"
            )
        case .codeUsed:
            return notEntered(
                401,
                "codeUsed",
                "code",
                uk: "Цей код уже використано; дочекайтеся наступного",
                en: "This code was used already; wait for the next one"
            )
        case .clocksApart(let seconds):
            let apart = clocksApart(seconds)
            return notEntered(401, "clocksApart", "code", uk: "\(apart.uk)", en: "\(apart.en)")
        }
    }

    /// That the clock of the person's phone and the node's do not agree.
    func clocksApart(_ seconds: Int64) -> Label {
        let time = KyivTime.rfc3339(now).map { String($0.dropFirst(11).prefix(8)) } ?? ""
        let minutes = max(1, abs(seconds) / 60)
        return Label(
            uk:
                "Годинники розійшлися: телефон \(seconds > 0 ? "поспішає" : "відстає") приблизно на \(minutes) хв від вузла, "
                + "на якому зараз \(time). Виправте той, що йде неправильно, і введіть новий код",
            en:
                "The clocks disagree: the phone is about \(minutes) min \(seconds > 0 ? "ahead of" : "behind") the node, "
                + "where it is \(time) now. Set the wrong one right and enter a new code"
        )
    }

    /// Why there is no session, without saying who exists.
    private func notEntered(
        _ status: Int,
        _ code: String,
        _ field: String,
        uk: Phrase,
        en: Phrase,
        headers: [(String, String)] = []
    ) -> WebReply {
        let sentence = Sentence(uk: uk, en: en)
        if isAPI { return problem(status, code, sentence, headers: headers) }
        return signInPage([FieldFault(field: field, text: say(sentence))], status: status, headers: headers)
    }

    /// Somebody came in: the cookie, and for a script the second secret.
    func entered(_ begun: Access.Begun, next: String = "/") throws -> WebReply {
        let cookie = site.setCookie(begun.secret, isSecure: request.isSecure)
        // A new start is shown before anything else.
        let isReset = try access.person(ofSession: begun.secret, isUse: false)?.reset != nil
        let next = isReset ? "/account" : next
        guard isAPI || isByScript else { return .seeOther(next, headers: [cookie]) }
        var members: JSONObject = ["user": .string(begun.session.user), "next": .string(next)]
        members["second"] = try access.second(of: begun.secret).map(JSON.string)
        return object(members, status: 201, headers: [cookie])
    }

    /// Who is signed in, for a script.
    fileprivate func sessionTold() -> WebReply {
        guard let person else { return WebReply(status: 401) }
        var members: JSONObject = [
            "user": .string(person.user), "name": .string(person.name), "roles": .array(person.roles.map(JSON.string)),
            "mayAct": .bool(person.mayAct), "isBarred": .bool(person.isBarred), "isToSetUp": .bool(person.isToSetUp),
        ]
        members["role"] = person.role.map(JSON.string)
        return object(members)
    }

    /// The second secret again, for a tab that has none: who asks shows the password.
    fileprivate func secondTold() throws -> WebReply {
        guard let person, let secret = request.cookie(site.cookie(isSecure: request.isSecure)) else {
            return WebReply(status: 401)
        }
        let asked = Access.Asked(user: person.user, password: Password(given("password")), browser: browser)
        switch try access.prove(asked) {
        case nil:
            guard let second = try access.second(of: secret) else { return WebReply(status: 401) }
            return object(["second": .string(second)])
        case .waits(let until)?:
            let seconds = max(1, (until - now + 999) / 1_000)
            return problem(
                429,
                "tooManyGuesses",
                Sentence(uk: "Спробуйте через \(seconds) с", en: "Try again in \(seconds) s"),
                headers: [("retry-after", String(seconds))]
            )
        case .wrong?, .entered?, .codeWanted?, .codeUsed?, .clocksApart?:
            return problem(403, "wrongPassword", Sentence(uk: "Пароль не підходить", en: "The password does not fit"))
        }
    }

    /// Ends the session: cookies and cache are cleared, what is typed and not sent stays.
    fileprivate func signOut() throws -> WebReply {
        if let person, person.token == nil { try access.endSession(of: person.user, person.hash, by: person.user) }
        let headers = [site.setCookie(nil, isSecure: request.isSecure), ("clear-site-data", "\"cache\"")]
        return isAPI ? WebReply(status: 204, headers: headers) : .seeOther("/sign-in", headers: headers)
    }

    /// The role to act in from now on.
    fileprivate func chooseRole() throws -> WebReply {
        guard let person, person.token == nil else { return WebReply(status: 401) }
        let role = given("role")
        guard try access.choose(role: role.isEmpty ? nil : role, hash: person.hash) else {
            return refused(
                DeskError(
                    .permission,
                    "roleMissing",
                    uk: "у вас немає цієї ролі на вузлі \(site.node)",
                    en: "you do not have this role at the node \(site.node)"
                )
            )
        }
        return isAPI ? WebReply(status: 204) : .seeOther(local(given("next")))
    }

    /// The language of the pages from now on.
    fileprivate func chooseLanguage() throws -> WebReply {
        if let person, let language = Language(rawValue: given("language")) {
            try access.choose(language, of: person.user)
        }
        return .seeOther(local(given("next")))
    }
}
