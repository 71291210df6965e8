import Appeals
import CanonicalJSON
import Desk

/// Keys for programs, each in the name of the person who made it, within a scope.
extension Web {
    static let tokens: [Route] = [
        Route("POST", "/account/tokens", longest: WebCall.longestOfAccess) { try $0.makeToken() },
        Route("POST", "/api/v1/account/tokens", longest: WebCall.longestOfAccess) { try $0.makeToken() },
        Route("POST", "/account/tokens/{token}/end", longest: WebCall.longestOfAccess) { try $0.endToken() },
        Route("DELETE", "/api/v1/account/tokens/{token}") { try $0.endToken() },
        Route("POST", "/account/tokens/{token}/confirm", longest: WebCall.longestOfAccess) { try $0.confirmToken() },
        Route("POST", "/api/v1/account/tokens/{token}/confirm", longest: WebCall.longestOfAccess) {
            try $0.confirmToken()
        },
    ]
}

extension WebCall {
    /// Tokens of programs, each with what it may and its end.
    func tokenSheet(_ tokens: [AccessToken]) throws -> Markup {
        let departments = try desk.departmentChoices()
        return tag("section", ["class": "sheet pad stack"]) {
            tag("h2") { say("Ключі для програм", "Tokens for programs") }
            for token in tokens {
                form("/account/tokens/\(token.hash.prefix(16))/end", "row far") {
                    tag("span") {
                        "\(token.name) · "
                        token.scope.acts ? say("читає й діє", "reads and acts") : say("лише читає", "reads only")
                        token.scope.rows.isEmpty ? "" : " · " + token.scope.rows.joined(separator: ", ")
                        ofDepartments(token.scope, departments)
                        say(" · до \(dated(token.until))", " · until \(dated(token.until))")
                        token.isConfirmed
                            ? "" : say(" · не підтверджено після відновлення", " · not confirmed after a restore")
                    }
                    tag("span", ["class": "row"]) {
                        if !token.isConfirmed {
                            tag(
                                "button",
                                [
                                    "class": "btn btn-s",
                                    "formaction": "/account/tokens/\(token.hash.prefix(16))/confirm",
                                ]
                            ) { say("Підтвердити", "Confirm") }
                        }
                        tag("button", ["class": "btn btn-s"]) { say("Скасувати", "End it") }
                    }
                }
            }
            form("/account/tokens", "stack") {
                field("name", say("Для чого", "What for"), autocomplete: "off")
                tag("label", ["class": "ck"]) {
                    tag("input", ["type": "checkbox", "name": "acts", "value": "yes"])
                    " " + say("Може діяти, не лише читати", "May act, not only read")
                }
                if departments.count > 1 { departmentTicks(departments) }
                button(say("Видати ключ", "Make a token"))
            }
        }
    }

    /// Whose appeals alone it sees; nothing of one that sees all.
    private func ofDepartments(_ scope: TokenScope, _ departments: [(id: String, name: String)]) -> String {
        if scope.departments.isEmpty { return "" }
        let names = scope.departments.map { id in departments.first { $0.id == id }?.name ?? id }
        return say(" · лише звернення: ", " · appeals of ") + names.joined(separator: ", ")
    }

    /// To whose appeals alone a token comes.
    private func departmentTicks(_ departments: [(id: String, name: String)]) -> Markup {
        tag("details") {
            tag("summary") { say("Лише звернення підрозділів…", "Only appeals of departments…") }
            tag("p", ["class": "hint"]) {
                say(
                    "Програма бачить лише звернення, за які відповідає один із вибраних підрозділів, і діє лише на них. Нічого не вибрано – усі.",
                    "The program sees only appeals of which one of the chosen departments is the main executor, and acts on them alone. Nothing chosen: all."
                )
            }
            for department in departments {
                tag("label", ["class": "ck"]) {
                    tag("input", ["type": "checkbox", "name": "departments", "value": department.id])
                    " " + department.name
                }
            }
        }
    }
}

// MARK: acts

extension WebCall {
    /// A token as programs are told of it, without its secret.
    func told(_ token: AccessToken) -> JSON {
        var object: JSONObject = [
            "token": .string(String(token.hash.prefix(16))), "name": .string(token.name),
            "acts": .bool(token.scope.acts), "rows": .array(token.scope.rows.map(JSON.string)),
            "departments": .array(token.scope.departments.map(JSON.string)), "made": .integer(token.made),
            "until": .integer(token.until), "isConfirmed": .bool(token.isConfirmed),
        ]
        object["role"] = token.role.map(JSON.string)
        return .object(object)
    }

    /// Makes a token and shows its secret once.
    fileprivate func makeToken() throws -> WebReply {
        guard let person else { return WebReply(status: 401) }
        guard person.token == nil else { return ofSessionsAlone() }
        // What is not understood would widen the scope.
        if let fault = strange(texts: ["name", "acts", "role"], lists: ["rows", "departments"]) {
            return Problem([fault]).reply(language)
        }
        let role = given("role")
        do {
            let made = try access.makeToken(
                given("name"),
                TokenScope(
                    acts: given("acts") == "yes",
                    rows: givenAll("rows"),
                    departments: givenAll("departments").uniqued()
                ),
                role: role.isEmpty ? nil : role,
                of: person.user
            )
            if isAPI { return object(["secret": .string(made.secret), "token": told(made.token)], status: 201) }
            return gatePage(say("Ключ для програми", "A token for a program")) {
                tag("p") {
                    say("Скопіюйте його зараз: більше його не буде показано.", "Copy it now: it is not shown again.")
                }
                tag("p", ["class": "mono"]) { made.secret }
                tag("p") { tag("a", ["href": "/account"]) { say("Мій доступ", "My access") } }
            }
        } catch let error as DeskError { return refused(error) }
    }

    /// Ends a token of one’s own.
    fileprivate func endToken() throws -> WebReply {
        guard let person else { return WebReply(status: 401) }
        guard person.token == nil else { return ofSessionsAlone() }
        return done(try access.endToken(parameters["token"] ?? "", of: person.user))
    }

    /// Asks once more before a token is made.
    fileprivate func confirmToken() throws -> WebReply {
        guard let person else { return WebReply(status: 401) }
        guard person.token == nil else { return ofSessionsAlone() }
        return done(try access.confirmToken(parameters["token"] ?? "", of: person.user))
    }
}
