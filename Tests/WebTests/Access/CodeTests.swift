import Accounts
import CanonicalJSON
import Cryptography
import Desk
import Replication
import Testing

@testable import Web

@Suite("The first run")
struct FirstRunTests {
    /// A code as `init` puts it into the store.
    private func start(_ town: WebTown, _ node: String) throws -> String {
        let code = try #require(OneTimeCode(Hex.decode(town.draw(16)) ?? []))
        try town.store(node).write {
            try $0.putLocal(LocalRecord(.code, code.hash.hex, bytes: Array(#"{"kind":"start"}"#.utf8)))
        }
        return code.text
    }

    @Test("makes the account of an administrator of the office, who sets up a second proof first")
    func office() throws {
        let town = try WebTown()
        let code = try start(town, "urz")
        let browser = TestBrowser(town)
        #expect(try browser.get("/first-run").status == 200)
        let reply = try browser.post(
            "/first-run",
            ["code": code.lowercased(), "user": "Admin", "new": WebTown.password, "again": WebTown.password]
        )
        #expect(reply.status == 303, "\(reply.text)")
        #expect(try browser.get("/account").header("location") == "/account/second-proof")
        #expect(try browser.json("GET", "/api/v1/account").status == 403, "a second proof comes first")
        // Used once, and closed for good.
        let second = TestBrowser(town)
        #expect(try second.get("/first-run").status == 410)
        let again: JSON = ["code": .string(code), "user": "admin", "new": .string(WebTown.password)]
        #expect(try second.json("POST", "/api/v1/first-run", again).status == 404)
        let other = try start(town, "urz")
        let third: JSON = ["code": .string(other), "user": "admin", "new": .string(WebTown.password)]
        #expect(try second.json("POST", "/api/v1/first-run", third).status == 404, "an account exists")
    }

    @Test("names at a department which head gets the account, and nobody else")
    func department() throws {
        let town = try WebTown()
        let code = try start(town, "zhkg")
        let browser = TestBrowser(town, at: "zhkg")
        for user in ["executor-zhkg", "head-drim", "admin", "nobody", ""] {
            let reply = try browser.json(
                "POST",
                "/api/v1/first-run",
                ["code": .string(code), "user": .string(user), "new": .string(WebTown.password)]
            )
            #expect(try reply.status == 403 && reply.object()["code"]?.string == "notManaging", "\(user)")
        }
        let reply = try browser.json(
            "POST",
            "/api/v1/first-run",
            ["code": .string(code), "user": "head-zhkg", "new": .string(WebTown.password)]
        )
        #expect(reply.status == 201)
        browser.second = try reply.object()["second"]?.string
        #expect(try browser.json("GET", "/api/v1/session").object()["mayAct"] == true)
    }

    @Test("a foreign code, one of another node, and a weak password open nothing and use nothing up")
    func refused() throws {
        let town = try WebTown()
        let code = try start(town, "zhkg")
        let browser = TestBrowser(town, at: "zhkg")
        func answer(_ code: String, _ password: String) throws -> WebReply {
            try browser.json(
                "POST",
                "/api/v1/first-run",
                ["code": .string(code), "user": "head-zhkg", "new": .string(password)]
            )
        }
        let hashed = town.hashed
        for wrong in ["", "code", "0000-0000-0000-0000-0000-0000-00", try start(town, "drim")] {
            #expect(try answer(wrong, WebTown.password).status == 404, "\(wrong)")
        }
        for weak in ["коротке", "password1234", "йцукен123456", "head-zhkg-26", "aaaaaaaaaaaa", ""] {
            #expect(try answer(code, weak).status == 422, "\(weak)")
        }
        #expect(town.hashed == hashed, "nothing was hashed for what opens nothing")
        let differ = try browser.post(
            "/first-run",
            ["code": code, "user": "head-zhkg", "new": WebTown.password, "again": "інший пароль зовсім"]
        )
        #expect(differ.status == 422 && differ.text.contains("Паролі не збігаються"))
        #expect(try answer(code, WebTown.password).status == 201)
    }
}
