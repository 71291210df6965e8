import Accounts
import CanonicalJSON
import Cryptography
import Desk

/// The second proof: an authenticator, and codes on paper for when it is gone.
extension Web {
    static let secondProof: [Route] = [
        Route("GET", "/account/second-proof", entry: .settingUp) { $0.secondProofBegin() },
        Route("POST", "/account/second-proof/key", entry: .settingUp, longest: WebCall.longestOfAccess) {
            try $0.secondProofPage()
        },
        Route("POST", "/account/second-proof", entry: .settingUp, longest: WebCall.longestOfAccess) {
            try $0.confirmSecondProof()
        },
        Route("POST", "/api/v1/account/second-proof/proposal", entry: .settingUp) { try $0.proposeSecondProof() },
        Route("POST", "/api/v1/account/second-proof", entry: .settingUp, longest: WebCall.longestOfAccess) {
            try $0.confirmSecondProof()
        },
        Route("POST", "/account/second-proof/remove", lane: .passwords, longest: WebCall.longestOfAccess) {
            try $0.removeSecondProof()
        },
        Route("DELETE", "/api/v1/account/second-proof", lane: .passwords, longest: WebCall.longestOfAccess) {
            try $0.removeSecondProof()
        },
        Route("POST", "/account/recovery-codes", lane: .passwords, longest: WebCall.longestOfAccess) {
            try $0.renewRecovery()
        },
        Route("POST", "/api/v1/account/recovery-codes", lane: .passwords, longest: WebCall.longestOfAccess) {
            try $0.renewRecovery()
        },
    ]
}

extension WebCall {
    /// The key is shown to a page that may act, never to a cookie alone.
    fileprivate func secondProofBegin() -> WebReply {
        guard let person, !person.hasSecondProof else { return .seeOther("/account") }
        return gatePage(say("Одноразові коди", "One-time codes")) {
            tag("p", ["class": person.isToSetUp ? "note note-need" : nil]) {
                person.isToSetUp
                    ? say(
                        "Для вашої ролі вхід підтверджують ще й одноразовим кодом. Налаштуйте його, і можна працювати.",
                        "For your role a one-time code confirms each sign-in. Set it up, and you can work."
                    )
                    : say(
                        "Одноразовий код із телефону захищає вхід, навіть якщо хтось дізнається ваш пароль.",
                        "A one-time code of your phone protects the sign-in even if somebody learns your password."
                    )
            }
            form("/account/second-proof/key") { button(say("Показати ключ", "Show the key")) }
        }
    }

    /// A secret for an application, as text and as a picture.
    fileprivate func secondProofPage(_ faults: [FieldFault] = [], status: Int = 200) throws -> WebReply {
        let title = say("Одноразові коди", "One-time codes")
        guard let person, let proposed = try access.propose(to: person.user) else { return .seeOther("/account") }
        let uri = proposed.uri(node: site.node, account: person.user)
        return gatePage(title, faults, status: status) {
            tag("ol") {
                tag("li") {
                    say(
                        "Відкрийте на телефоні застосунок для одноразових кодів (наприклад, Aegis, FreeOTP, Google Authenticator).",
                        "Open an app for one-time codes on your phone (Aegis, FreeOTP, Google Authenticator or another)."
                    )
                }
                tag("li") {
                    say("Скануйте ним цей малюнок або введіть ключ: ", "Scan this picture with it, or type the key: ")
                    tag("b", ["class": "mono"]) { Self.grouped(proposed.typed) }
                    " "
                    tag("a", ["href": uri]) { say("додати на цьому пристрої", "add it on this device") }
                    qrCode(uri, title: say("Ключ для застосунку", "The key for the app"))
                }
                tag("li") { say("Введіть шість цифр, які він покаже.", "Enter the six digits that it shows.") }
            }
            form("/account/second-proof") {
                field("code", say("Одноразовий код", "One-time code"), autocomplete: "one-time-code", faults)
                button(say("Увімкнути", "Turn on"))
            }
        }
    }

    /// By four characters, as people copy them.
    static func grouped(_ text: String) -> String {
        let characters = Array(text)
        return stride(from: 0, to: characters.count, by: 4).map {
            String(characters[$0..<min($0 + 4, characters.count)])
        }
        .joined(separator: " ")
    }

    /// A secret that is not in force until a code of it was entered.
    fileprivate func proposeSecondProof() throws -> WebReply {
        guard let person, let proposed = try access.propose(to: person.user) else {
            return problem(
                409,
                "hasSecondProof",
                Sentence(uk: "одноразові коди вже увімкнено", en: "one-time codes are on")
            )
        }
        return object([
            "secret": .string(proposed.typed), "uri": .string(proposed.uri(node: site.node, account: person.user)),
        ])
    }

    /// Puts the proposed secret in force, and gives recovery codes.
    fileprivate func confirmSecondProof() throws -> WebReply {
        guard let person else { return WebReply(status: 401) }
        let refused: (code: String, words: Sentence)
        switch try access.confirm(given("code"), of: person.user) {
        case .done(let codes): return try recoveryTold(codes)
        case .wrong:
            refused = (
                "wrongCode",
                Sentence(
                    uk: "Код не підходить; введіть той, що на екрані зараз",
                    en: "The code does not fit; enter the one on the screen now"
                )
            )
        case .clocksApart(let seconds): refused = ("clocksApart", Sentence(clocksApart(seconds)))
        }
        if isAPI { return problem(422, refused.code, refused.words) }
        return try secondProofPage([FieldFault(field: "code", text: say(refused.words))], status: 422)
    }

    /// The codes on paper, told this once.
    private func recoveryTold(_ codes: [String]) throws -> WebReply {
        // Whoever has the only account has just founded the node.
        let isFirst = try desk.setupState().accounts < 2
        if isAPI { return object(["recovery": .array(codes.map(JSON.string))], status: 201) }
        return gatePage(say("Запасні коди", "Recovery codes")) {
            tag("p") {
                say(
                    "Надрукуйте або перепишіть їх і тримайте не біля телефону: кожен один раз замінює одноразовий код. Більше їх не буде показано.",
                    "Print or copy them and keep them away from the phone: each stands in once for a one-time code. They are not shown again."
                )
            }
            tag("ol", ["class": "mono"]) { for code in codes { tag("li") { code } } }
            tag("p") {
                tag("a", ["class": "btn btn-act", "href": isFirst ? SetupPage.path : "/"]) {
                    say("Коди збережено, далі", "They are kept, go on")
                }
            }
        }
    }

    /// The password again, before something that a thief of an open browser would do first; nil: it is right.
    func unproven(_ name: String = "password") throws -> WebReply? {
        guard let person else { return WebReply(status: 401) }
        guard person.token == nil else { return ofSessionsAlone() }
        let asked = Access.Asked(user: person.user, password: Password(given(name)), browser: browser)
        guard let answer = try access.prove(asked) else { return nil }
        return notProven(answer)
    }

    /// That the present password was not shown.
    func notProven(_ answer: Access.Answer) -> WebReply {
        switch answer {
        case .waits(let until):
            let seconds = max(1, (until - now + 999) / 1_000)
            return problemOrPage(
                429,
                "tooManyGuesses",
                Sentence(uk: "Спробуйте через \(seconds) с", en: "Try again in \(seconds) s"),
                headers: [("retry-after", String(seconds))]
            )
        case .wrong, .entered, .codeWanted, .codeUsed, .clocksApart:
            return problemOrPage(
                403,
                "wrongPassword",
                Sentence(uk: "Пароль не підходить", en: "The password does not fit")
            )
        }
    }

    /// That a program does not do this with its token.
    func ofSessionsAlone() -> WebReply {
        problemOrPage(
            403,
            "ofSessionsAlone",
            Sentence(uk: "це робить лише людина, яка увійшла", en: "only a person who signed in does this")
        )
    }

    func problemOrPage(
        _ status: Int,
        _ code: String,
        _ words: Sentence,
        headers: [(String, String)] = []
    ) -> WebReply {
        if isAPI { return problem(status, code, words, headers: headers) }
        let title = say("Не зроблено", "Not done")
        return gatePage(title, [FieldFault(field: "", text: say(words))], status: status, headers: headers) {
            tag("p") { tag("a", ["href": "/account"]) { say("Мій доступ", "My access") } }
        }
    }

    /// Takes the second proof away, where nobody demands it.
    fileprivate func removeSecondProof() throws -> WebReply {
        guard let person else { return WebReply(status: 401) }
        if access.wantsSecondProof(person.roles, ofAll: site.isTOTPForAll) {
            return problemOrPage(
                403,
                "secondProofWanted",
                Sentence(
                    uk: "для вашої ролі одноразові коди обов’язкові",
                    en: "for your role one-time codes are required"
                )
            )
        }
        if let refused = try unproven() { return refused }
        try access.removeSecondProof(of: person.user)
        return isAPI ? WebReply(status: 204) : .seeOther("/account")
    }

    /// Gives other recovery codes; the former ones end.
    fileprivate func renewRecovery() throws -> WebReply {
        if let refused = try unproven() { return refused }
        guard let person else { return WebReply(status: 401) }
        let codes = try access.renewRecovery(of: person.user)
        return codes.isEmpty
            ? problemOrPage(
                409,
                "noSecondProof",
                Sentence(uk: "одноразові коди не увімкнено", en: "one-time codes are off")
            )
            : try recoveryTold(codes)
    }
}
