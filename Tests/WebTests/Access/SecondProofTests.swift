import CanonicalJSON
import Cryptography
import Desk
import Testing

@testable import Accounts
@testable import Web

/// Somebody's authenticator, with a clock of its own.
struct TestAuthenticator {
    let password: OneTimePassword
    var ahead: Int64 = 0

    init(_ typed: String) throws {
        password = try OneTimePassword(secret: try #require(Base32.decode(typed, .rfc4648)))
    }

    func code(at now: Int64) throws -> String { try password.code(step: (now + ahead) / OneTimePassword.step) }
}

extension TestBrowser {
    /// Sets up a second proof as the page does; gives the authenticator and the codes on paper.
    func setUp() throws -> (TestAuthenticator, [String]) {
        let proposed = try json("POST", "/api/v1/account/second-proof/proposal").object()
        let authenticator = try TestAuthenticator(try #require(proposed["secret"]?.string))
        let code = try authenticator.code(at: town.now)
        let done = try json("POST", "/api/v1/account/second-proof", ["code": .string(code)])
        #expect(done.status == 201, "\(done.text)")
        self.authenticator = authenticator
        return (authenticator, try #require(done.object()["recovery"]?.array).compactMap(\.string))
    }
}

@Suite("The second proof")
struct SecondProofTests {
    @Test("is asked for when it is set up, each step once, by the phone's clock or not at all")
    func signIn() throws {
        let town = try WebTown()
        let browser = try town.signedIn("koval")
        var (authenticator, recovery) = try browser.setUp()
        #expect(recovery.count == 10 && Set(recovery).count == 10)
        func answer(_ code: String, _ password: String = WebTown.password) throws -> String {
            let reply = try TestBrowser(town).signIn("koval", password, code: code)
            return try reply.object()["code"]?.string ?? "\(reply.status)"
        }
        #expect(try answer("") == "codeWanted")
        #expect(try answer("", "інший пароль зовсім") == "wrongCredentials", "the password comes first")
        #expect(try answer(authenticator.code(at: town.now)) == "codeUsed", "the step that set it up")
        town.now += 60_000
        let code = try authenticator.code(at: town.now)
        #expect(try answer(String(code.prefix(3)) + " " + String(code.suffix(3))) == "201")
        #expect(try answer(code) == "codeUsed", "a code that somebody saw over a shoulder")
        town.now += 60_000
        authenticator.ahead = 600_000
        #expect(try answer(authenticator.code(at: town.now)) == "clocksApart")
        let page = try TestBrowser(town).post(
            "/sign-in",
            ["user": "koval", "password": WebTown.password, "code": try authenticator.code(at: town.now)]
        )
        #expect(page.text.contains("телефон поспішає приблизно на 10 хв"), "\(page.text)")
    }

    @Test("a wrong code is a wrong guess, and the answer does not say which was wrong")
    func guesses() throws {
        let town = try WebTown()
        let browser = try town.signedIn("koval")
        let (authenticator, _) = try browser.setUp()
        town.now += 60_000
        let right = try authenticator.code(at: town.now)
        let wrong = right == "000000" ? "000001" : "000000"
        var answers: Set<String> = []
        for _ in 0...GuessDelay.free {
            answers.insert(try TestBrowser(town).signIn("koval", WebTown.password, code: wrong).text)
        }
        #expect(try answers == [TestBrowser(town).signIn("nobody", "x").text])
        #expect(try TestBrowser(town).signIn("koval", WebTown.password, code: right).status == 429)
    }

    @Test("a code on paper stands in for it, once")
    func recovery() throws {
        let town = try WebTown()
        let browser = try town.signedIn("koval")
        let (_, codes) = try browser.setUp()
        #expect(try TestBrowser(town).signIn("koval", WebTown.password, code: codes[3].lowercased()).status == 201)
        #expect(try TestBrowser(town).signIn("koval", WebTown.password, code: codes[3]).status == 401)
        #expect(try browser.json("GET", "/api/v1/account").object()["recoveryCodes"] == 9)
        let renewed = try browser.json(
            "POST",
            "/api/v1/account/recovery-codes",
            ["password": .string(WebTown.password)]
        )
        #expect(renewed.status == 201)
        #expect(try TestBrowser(town).signIn("koval", WebTown.password, code: codes[4]).status == 401)
    }

    @Test("an administrator, and everybody where the office demands it, sets it up before anything else")
    func demanded() throws {
        let town = try WebTown()
        let admin = try town.signedIn("admin")
        for path in ["/account", "/people-access"] {
            #expect(try admin.get(path).header("location") == "/account/second-proof", "\(path)")
        }
        #expect(try admin.json("POST", "/api/v1/people-access/koval/invite").status == 403)
        _ = try admin.setUp()
        #expect(try admin.get("/people-access").status == 200)
        let removal: JSON = ["password": .string(WebTown.password)]
        #expect(try admin.json("DELETE", "/api/v1/account/second-proof", removal).status == 403)
        let koval = try town.signedIn("koval")
        #expect(try koval.get("/account").status == 200)
        koval.isTOTPForAll = true
        #expect(try koval.get("/account").header("location") == "/account/second-proof")
        _ = try koval.setUp()
        #expect(try koval.get("/account").status == 200)
        koval.isTOTPForAll = false
        #expect(try koval.json("DELETE", "/api/v1/account/second-proof", ["password": "інший"]).status == 403)
        #expect(try koval.json("DELETE", "/api/v1/account/second-proof", removal).status == 204)
        #expect(try TestBrowser(town).signIn("koval", WebTown.password).status == 201)
    }

    @Test("its key is shown to a page that may act, never to a cookie alone")
    func key() throws {
        let town = try WebTown()
        let browser = try town.signedIn("koval")
        let second = browser.second
        browser.second = nil
        #expect(try browser.get("/account/second-proof").status == 200)
        #expect(try browser.post("/account/second-proof/key").status == 403)
        browser.second = second
        let page = try browser.post("/account/second-proof/key")
        #expect(page.status == 200 && page.text.contains("otpauth://totp/Kartoteka%20urz:koval?secret="))
        browser.second = nil
        #expect(try !browser.get("/account/second-proof").text.contains("otpauth"))
    }
}
