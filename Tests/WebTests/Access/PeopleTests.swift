import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

@testable import Web

@Suite("Whoever lets others in")
struct PeopleTests {
    private func manager(_ town: WebTown, _ node: String) throws -> TestBrowser {
        guard node == "urz" else { return try town.signedIn("head-\(node)", at: node) }
        let admin = try town.signedIn("admin")
        _ = try admin.setUp()
        return admin
    }

    private func code(_ reply: WebReply) throws -> JSON { try #require(try reply.object()["code"]) }

    @Test("invites by a code that opens once, within a day", arguments: [("urz", "koval"), ("zhkg", "executor-zhkg")])
    func invite(node: String, user: String) throws {
        let town = try WebTown()
        let manager = try self.manager(town, node)
        let given = try manager.json("POST", "/api/v1/people-access/\(user)/invite")
        #expect(given.status == 201, "\(given.text)")
        let code = try self.code(given)
        let accept: JSON = ["code": code, "new": .string(WebTown.password)]
        town.now += AccessLimits.code
        #expect(try TestBrowser(town, at: node).json("POST", "/api/v1/invitations", accept).status == 404)
        let again = try manager.signInAgain(manager.node == "urz" ? "admin" : "head-zhkg")
        let second = try self.code(try again.json("POST", "/api/v1/people-access/\(user)/invite"))
        let browser = TestBrowser(town, at: node)
        let taken = try browser.json("POST", "/api/v1/invitations", ["code": second, "new": .string(WebTown.password)])
        #expect(taken.status == 201, "\(taken.text)")
        #expect(try browser.json("GET", "/api/v1/session").object()["user"]?.string == user)
        let twice: JSON = ["code": second, "new": .string(WebTown.password)]
        #expect(try TestBrowser(town, at: node).json("POST", "/api/v1/invitations", twice).status == 404)
        #expect(try again.json("POST", "/api/v1/people-access/\(user)/invite").status == 409, "they have an account")
    }

    @Test("nobody else does, nobody invites people of other nodes, and a page says so")
    func refused() throws {
        let town = try WebTown()
        let koval = try town.signedIn("koval")
        for path in ["marko/invite", "marko/reset", "marko/end-sessions"] {
            let reply = try koval.json("POST", "/api/v1/people-access/" + path)
            #expect(try reply.status == 403 && reply.object()["code"]?.string == "notManaging", "\(path)")
        }
        #expect(try koval.get("/people-access").status == 403)
        let head = try manager(town, "zhkg")
        for user in ["executor-drim", "admin", "nobody"] {
            #expect(try head.json("POST", "/api/v1/people-access/\(user)/invite").status == 404, "\(user)")
        }
        let page = try head.get("/people-access")
        #expect(page.status == 200 && page.text.contains("Особа executor-zhkg") && !page.text.contains("Особа koval"))
    }

    @Test("a reset ends sessions, opens by its code alone, is shown, and bars approvals for an hour")
    func reset() throws {
        let town = try WebTown()
        let admin = try manager(town, "urz")
        let leader = try town.signedIn("vilkul")
        let given = try admin.json("POST", "/api/v1/people-access/vilkul/reset")
        #expect(given.status == 201)
        #expect(try leader.json("GET", "/api/v1/session").status == 401)
        #expect(try TestBrowser(town).signIn("vilkul", WebTown.password).status == 401, "the password is gone")
        let reply = try leader.json("POST", "/api/v1/invitations", ["code": code(given), "new": "новий пароль влітку"])
        #expect(reply.status == 201, "\(reply.text)")
        leader.second = try reply.object()["second"]?.string
        #expect(try reply.object()["next"]?.string == "/account", "where it is said")
        #expect(try leader.json("GET", "/api/v1/session").object()["isBarred"] == true)
        #expect(try leader.get("/account").text.contains("Ваш доступ скинуто"))
        let audit = try admin.json("GET", "/api/v1/people-access").object()["audit"]?.array ?? []
        #expect(audit.prefix(2).map { $0["act"]?.string } == ["resetUsed", "resetGiven"])
        #expect(audit[1]["by"]?.string == "admin" && audit[1]["user"]?.string == "vilkul")

        let index = try town.registered()
        #expect(try resolution(town, index) == "recentlyReset")
        town.now += AccessLimits.barred
        #expect(try resolution(town, index) == "done")
        #expect(try leader.json("GET", "/api/v1/session").status == 401, "an hour without a request")
    }

    /// What becomes of a resolution by somebody who proved that they are the leader.
    private func resolution(_ town: WebTown, _ index: String) throws -> String {
        let who = try #require(Via("session:0123456789abcdef"))
        let context = try town.context().asked(by: .proven(user: "vilkul", role: nil, via: who))
        let arguments: JSONObject = [
            "appeal": .string(index), "as": "vilkul", "author": "vilkul", "text": "Розглянути", "main": "zhkg",
        ]
        let result = try #require(Commands.named("resolution issue")).run(context, arguments)
        return result.json["error"]?["code"]?.string ?? "done"
    }

    @Test("sessions end at a manager's word, and at their owner's")
    func sessions() throws {
        let town = try WebTown()
        let admin = try manager(town, "urz")
        let koval = try town.signedIn("koval")
        #expect(try admin.json("POST", "/api/v1/people-access/koval/end-sessions").object()["ended"] == 2)
        #expect(try koval.json("GET", "/api/v1/session").status == 401)
        let here = TestBrowser(town), there = TestBrowser(town)
        try here.signIn("koval", WebTown.password)
        town.now += 1
        try there.signIn("koval", WebTown.password)
        let sessions = try here.json("GET", "/api/v1/account").object()["sessions"]?.array ?? []
        let other = try #require(sessions.first { $0["isThis"] == false }?["session"]?.string)
        #expect(sessions.count == 2)
        #expect(try here.json("DELETE", "/api/v1/account/sessions/\(other)").status == 204)
        #expect(try there.json("GET", "/api/v1/session").status == 401)
        #expect(try admin.json("DELETE", "/api/v1/account/sessions/\(other)").status == 404, "a foreign one")
    }

    @Test("a new password ends all other sessions; a wrong, a weak and a differing one change nothing")
    func password() throws {
        let town = try WebTown()
        let here = try town.signedIn("koval")
        let there = TestBrowser(town)
        try there.signIn("koval", WebTown.password)
        func change(_ old: String, _ new: String) throws -> Int {
            try here.json(
                "POST",
                "/api/v1/account/password",
                ["password": .string(old), "new": .string(new)]
            ).status
        }
        #expect(try change("інший пароль зовсім", "новий пароль влітку") == 403)
        #expect(try change(WebTown.password, "коротке") == 422)
        #expect(try there.json("GET", "/api/v1/session").status == 200)
        #expect(try change(WebTown.password, "новий пароль влітку") == 204)
        #expect(try there.json("GET", "/api/v1/session").status == 401)
        #expect(try here.json("GET", "/api/v1/session").status == 200)
        #expect(try TestBrowser(town).signIn("koval", WebTown.password).status == 401)
        #expect(try TestBrowser(town).signIn("koval", "новий пароль влітку").status == 201)
    }
}

@Suite("Tokens of programs")
struct TokenTests {
    private func made(_ browser: TestBrowser, _ body: JSONObject) throws -> (secret: String, token: String) {
        let reply = try browser.json("POST", "/api/v1/account/tokens", .object(body))
        #expect(reply.status == 201, "\(reply.text)")
        let json = try reply.object()
        return (try #require(json["secret"]?.string), try #require(json["token"]?["token"]?.string))
    }

    @Test("stand for a person, within their scope, until they are ended or the role is")
    func scope() throws {
        let town = try WebTown()
        let koval = try town.signedIn("koval")
        let (secret, token) = try made(
            koval,
            ["name": "Скрипт", "acts": "yes", "rows": ["appeal list", "appeal note"]]
        )
        #expect(secret.hasPrefix("kt_") && secret.count == 67)
        let program = TestBrowser(town)
        program.bearer = secret
        #expect(try program.json("GET", "/api/v1/session").object()["user"]?.string == "koval")
        let person = try #require(try town.site().access.person(ofToken: secret))
        let scope = try #require(person.token)
        #expect(person.via.form == .token)
        #expect(try program.json("GET", "/api/v1/appeals").status == 200)
        let beyond = try program.json("GET", "/api/v1/calendar")
        #expect(try beyond.status == 403 && beyond.object()["code"]?.string == "beyondScope")
        #expect(scope.covers(.appealList) && scope.covers(.appealNote) && !scope.covers(.appealShow))
        #expect(!TokenScope(acts: false).covers(.appealNote) && TokenScope(acts: false).covers(.appealShow))
        for (method, path) in [
            ("POST", "/api/v1/account/tokens"), ("POST", "/api/v1/account/password"),
            ("POST", "/api/v1/people-access/marko/invite"), ("DELETE", "/api/v1/account/tokens/\(token)"),
        ] {
            #expect(try program.json(method, path, [:]).status == 403, "\(path)")
        }
        for wrong in ["", "kt_", String(secret.dropLast()) + "0", String(secret.dropFirst(3))] {
            program.bearer = wrong
            #expect(try program.json("GET", "/api/v1/session").status == 401, "\(wrong)")
        }
        program.bearer = secret
        #expect(try koval.json("DELETE", "/api/v1/account/tokens/\(token)").status == 204)
        #expect(try program.json("GET", "/api/v1/session").status == 401)
    }

    @Test(
        "is limited to departments as it is made, on the page and by a script, and told so; what is not understood makes none"
    )
    func departments() throws {
        let town = try WebTown()
        let koval = try town.signedIn("koval")
        let (secret, _) = try made(koval, ["name": "Кабінет", "departments": ["zhkg"]])
        let program = TestBrowser(town)
        program.bearer = secret
        #expect(try program.json("GET", "/api/v1/appeals").status == 200)
        #expect(try program.json("GET", "/api/v1/status").object()["code"]?.string == "beyondScope")
        let told = try koval.json("GET", "/api/v1/account").object()["tokens"]?.array?.first
        #expect(told?["departments"] == ["zhkg"] && told?["acts"] == false)
        #expect(try koval.get("/account").text.contains("лише звернення: Департамент zhkg"))
        let wrong: [(JSONObject, String)] = [
            (["name": "x", "departments": ["nowhere"]], "wrongScope"), (["name": "x", "departments": 5], "wrongType"),
            (["name": "x", "department": ["zhkg"]], "unknownOption"), (["name": "x", "departments": [5]], "wrongType"),
            (["name": "x", "acts": true], "wrongType"),
        ]
        for (body, code) in wrong {
            let reply = try koval.json("POST", "/api/v1/account/tokens", .object(body))
            #expect(try reply.status == 422 && reply.object()["code"]?.string == code, "\(body)")
        }
        let page = try koval.post("/account/tokens", ["name": "Сайт", "departments": "drim", "departments": "zhkg"])
        #expect(page.status == 200 && page.text.contains("kt_"))
        let all = try koval.json("GET", "/api/v1/account").object()["tokens"]?.array ?? []
        #expect(all.count == 2 && all.contains { $0["departments"] == ["drim", "zhkg"] })
        // The secret is nowhere but in the answer to the one who made it.
        let secrets = try koval.get("/account").text + koval.json("GET", "/api/v1/account").text
        #expect(!secrets.contains("kt_") && !secrets.contains(secret.dropFirst(3)))
    }

    @Test("is for the API alone: no page is shown to it, and no form acts for it")
    func pages() throws {
        let town = try WebTown()
        let (secret, _) = try made(try town.signedIn("koval"), ["name": "Скрипт"])
        let program = TestBrowser(town)
        program.bearer = secret
        for path in ["/", "/cards", "/account", "/acts/appeal-register", "/sync"] {
            #expect(try program.get(path).status == (Web.place(of: "GET", path) == nil ? 404 : 403), "\(path)")
        }
        for path in ["/cards/x/acts/appeal-note", "/drafts/x", "/role", "/account/tokens", "/cards/x/seen"] {
            let reply = try program.post(path, ["text": "Слова"])
            #expect(reply.status == 403, "\(path)")
        }
    }

    @Test("wait after a restore until their owner confirms them")
    func restore() throws {
        let town = try WebTown()
        let koval = try town.signedIn("koval")
        let (secret, token) = try made(koval, ["name": "Скрипт"])
        let program = TestBrowser(town)
        program.bearer = secret
        try town.restore("urz", to: town.officeStore.copy())
        #expect(try program.json("GET", "/api/v1/session").status == 401)
        let again = try koval.signInAgain("koval")
        let tokens = try again.json("GET", "/api/v1/account").object()["tokens"]?.array ?? []
        #expect(tokens.map { $0["isConfirmed"] } == [false])
        #expect(try again.json("POST", "/api/v1/account/tokens/\(token)/confirm").status == 204)
        #expect(try program.json("GET", "/api/v1/session").status == 200)
        town.now += AccessLimits.token
        #expect(try program.json("GET", "/api/v1/session").status == 401)
    }
}

extension TestBrowser {
    /// A new browser of somebody whose session has ended.
    func signInAgain(_ user: String) throws -> TestBrowser {
        let browser = TestBrowser(town, at: node)
        let reply = try browser.signIn(user, WebTown.password)
        guard reply.status != 201 else { return browser }
        let code = try #require(authenticator).code(at: town.now)
        #expect(try browser.signIn(user, WebTown.password, code: code).status == 201)
        return browser
    }
}

extension WebTown {
    /// An appeal at the office; gives its index.
    func registered() throws -> String {
        let result = try run(
            "appeal register",
            [
                "as": "koval", "name": "Петренко Іван Іванович", "text": "Немає води з понеділка", "heading": ["090"],
                "phone": ["+380000000001"], "address": "вул. Спаська, 5",
            ]
        )
        return try #require(result.json["registrationIndex"]?.string)
    }
}
