import Accounts
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

@testable import Web

@Suite("Signing in")
struct SigningInTests {
    @Test("lets somebody in by name and password, says who they are, and lets them out again")
    func inAndOut() throws {
        let town = try WebTown()
        let browser = try town.signedIn("koval")
        let told = try browser.json("GET", "/api/v1/session").object()
        #expect(told["user"]?.string == "koval" && told["name"]?.string == "Особа koval")
        #expect(told["roles"] == ["registrar"] && told["mayAct"] == true)
        let out = try browser.post("/sign-out")
        #expect(out.status == 303 && out.header("location") == "/sign-in")
        #expect(out.header("clear-site-data") == "\"cache\"" && browser.cookies.isEmpty)
        #expect(try browser.json("GET", "/api/v1/session").status == 401)
    }

    @Test("takes away what has had its time, of every kind but acts that are to begin")
    func sweeps() throws {
        let town = try WebTown()
        let store = try town.store("urz"), ended = try town.context().place.now() - 1
        let spaces: [LocalRecord.Space] = [.draft, .delayed, .asked, .seen]
        try town.account("koval")
        try store.write { transaction in
            for space in spaces {
                try transaction.putLocal(LocalRecord(space, "~ended", until: ended, bytes: []))
                try transaction.putLocal(LocalRecord(space, "~kept", bytes: []))
            }
        }
        #expect(try TestBrowser(town, at: "urz").signIn("koval", WebTown.password).status == 201)
        let left = try store.read { reading in try spaces.filter { try reading.local($0, "~ended") != nil } }
        #expect(left == [.delayed])
        for space in spaces { #expect(try store.read { try $0.local(space, "~kept") } != nil, "\(space)") }
    }

    @Test("whoever only looks is let in while the disk has no room")
    func looksWithoutRoom() throws {
        let town = try WebTown()
        let browser = try town.signedIn("koval")
        town.isFull = true
        // A minute after its last note, each request of a session would note it again.
        town.now += 120_000
        for route in Web.routes where route.method == "GET" && route.lane == .reading && !route.path.contains("{") {
            let status = try browser.get(route.path).status
            #expect(status < 500, "\(route.path): \(status)")
            if route.path == "/cards" { #expect(status == 200) }
        }
        town.isFull = false
        #expect(try browser.get("/cards").status == 200)
    }

    @Test("whoever reads on stays signed in while the disk has no room, and whoever stops does not")
    func readsWithoutRoom() throws {
        let town = try WebTown()
        let reader = try town.signedIn("koval"), idler = try town.signedIn("marko")
        town.isFull = true
        for _ in 0..<10 {
            town.now += Session.idle - 1
            #expect(try reader.get("/cards").status == 200)
        }
        #expect(try idler.get("/cards").status == 303)
        town.isFull = false
        #expect(try reader.get("/cards").status == 200)
        town.now += Session.idle - 1
        #expect(try reader.get("/cards").status == 200)
        town.now += Session.longest
        #expect(try reader.get("/cards").status == 303)
    }

    @Test("a form without a script leads on to the place that was wanted, and nowhere else")
    func form() throws {
        let town = try WebTown()
        try town.account("koval")
        for (next, place) in [
            ("/account", "/account"), ("https://evil.example", "/"), ("//evil.example", "/"), ("/a b", "/"), ("", "/"),
        ] {
            let browser = TestBrowser(town)
            let reply = try browser.post(
                "/sign-in",
                ["user": " Koval ", "password": WebTown.password, "next": next]
            )
            #expect(reply.status == 303 && reply.header("location") == place, "\(next)")
            #expect(browser.cookies.count == 1)
        }
    }

    @Test("names of the wrong and of nobody are answered alike, with as many hashes")
    func nobody() throws {
        let town = try WebTown()
        try town.account("koval")
        // An account without a role, a person without an account, nobody, and what is no name.
        try town.account("marko")
        try town.run("role revoke", ["user": "marko", "role": "specialist", "as": "admin", "reason": "Звільнення"])
        var replies: Set<String> = []
        for user in ["koval", "marko", "vilkul", "nobody", "Не ім'я", ""] {
            let browser = TestBrowser(town)
            browser.address = "10.0.0.1"
            let before = town.hashed
            for _ in 0...GuessDelay.free {
                let reply = try browser.signIn(user, user == "marko" ? WebTown.password : "щось зовсім інше")
                replies.insert("\(reply.status) \(reply.text) \(reply.headers)")
            }
            #expect(town.hashed - before == GuessDelay.free + 1, "\(user)")
            // From here on each of them waits, and nothing is hashed.
            let waits = try browser.signIn(user, WebTown.password)
            #expect(waits.status == 429 && waits.header("retry-after") == "1", "\(user): \(waits.text)")
            #expect(town.hashed - before == GuessDelay.free + 1, "\(user)")
            town.now += 20 * 60_000
        }
        #expect(replies.count == 1, "\(replies)")
        let page = try TestBrowser(town).post("/sign-in", ["user": "koval", "password": "щось зовсім інше"])
        #expect(page.status == 401 && page.text.contains("<title>Помилка: Вхід"))
        #expect(!page.text.contains("Особа"))
    }

    @Test("wrong guesses from one address make it wait, whoever they are about; others go on")
    func address() throws {
        let town = try WebTown()
        try town.account("koval")
        let guesser = TestBrowser(town)
        guesser.address = "10.0.0.66"
        for number in 1...GuessBucket.size { #expect(try guesser.signIn("user\(number)", "x").status == 401) }
        #expect(try guesser.signIn("koval", WebTown.password).status == 429)
        #expect(try TestBrowser(town).signIn("koval", WebTown.password).status == 201)
        town.now += GuessBucket.refill
        #expect(try guesser.signIn("koval", WebTown.password).status == 201)
    }

    @Test("a session ends after half an hour without a request, after twelve hours, and with the role")
    func ends() throws {
        let town = try WebTown()
        let idle = try town.signedIn("koval")
        town.now += Session.idle - 1
        #expect(try idle.json("GET", "/api/v1/session").status == 200)
        town.now += Session.idle - 1
        #expect(try idle.json("GET", "/api/v1/session").status == 200, "a request prolongs it")
        town.now += Session.idle
        #expect(try idle.json("GET", "/api/v1/session").status == 401)
        let long = try town.signedIn("vilkul")
        for twenties in 1..<36 {
            town.now += 20 * 60_000
            #expect(try long.json("GET", "/api/v1/session").status == 200, "\(twenties * 20) min")
        }
        town.now += 20 * 60_000
        #expect(try long.json("GET", "/api/v1/session").status == 401)
        let revoked = try town.signedIn("marko")
        try town.run("role revoke", ["user": "marko", "role": "specialist", "as": "admin", "reason": "Звільнення"])
        #expect(try revoked.json("GET", "/api/v1/session").status == 401)
        try town.run("role grant", ["user": "marko", "role": "specialist", "as": "admin"])
        #expect(try revoked.json("GET", "/api/v1/session").status == 401, "an ended session does not come back")
    }

    @Test(
        "waiting is no use: neither the stream of changes nor what an open page asks by itself keeps a session alive",
        arguments: [(ChangeStream.path, false), ("/parts/chip", false), ("/cards/x/revision", false), ("/cards", true)]
    )
    func waiting(_ path: String, _ isUse: Bool) throws {
        let town = try WebTown()
        let browser = try town.signedIn("koval")
        town.now += Session.idle - 60_000
        #expect(try ![401, 303].contains(browser.get(path).status))
        town.now += 60_000
        #expect(try browser.json("GET", "/api/v1/session").status == (isUse ? 200 : 401))
    }

    @Test(
        "a restore of the node's store ends every session, at the office and at a department",
        arguments: ["urz", "zhkg"]
    )
    func restore(node: String) throws {
        let town = try WebTown()
        let browser = try town.signedIn(node == "urz" ? "koval" : "head-zhkg", at: node)
        let backup = try town.store(node).copy()
        try town.restore(node, to: backup)
        #expect(try browser.json("GET", "/api/v1/session").status == 401)
        browser.second = nil
        #expect(try browser.signIn(node == "urz" ? "koval" : "head-zhkg", WebTown.password).status == 201)
    }

    @Test("the store keeps no secret of a session, and the cookie of another node or port opens nothing")
    func stored() throws {
        let town = try WebTown()
        let browser = try town.signedIn("koval")
        let secret = try #require(browser.cookies["kt-urz-8440"])
        #expect(secret.count == 64)
        let records = try town.officeStore.read { reading in
            try LocalRecord.Space.allCases.flatMap { try reading.locals($0, beginning: "", after: "", limit: 99) }
        }
        for record in records {
            let text = record.key + String(decoding: record.bytes, as: UTF8.self)
            #expect(!text.contains(secret) && !text.contains(WebTown.password))
        }
        browser.cookies = ["kt-zhkg-8440": secret]
        #expect(try browser.json("GET", "/api/v1/session").status == 401)
    }

    @Test("the oldest session ends for one too many")
    func many() throws {
        let town = try WebTown()
        let first = try town.signedIn("koval")
        for _ in 0..<AccessLimits.sessions - 1 {
            town.now += 1
            #expect(try TestBrowser(town).signIn("koval", WebTown.password).status == 201)
        }
        #expect(try first.json("GET", "/api/v1/session").status == 200)
        #expect(try TestBrowser(town).signIn("koval", WebTown.password).status == 201)
        #expect(try first.json("GET", "/api/v1/session").status == 401)
    }
}

@Suite("The second secret of a session")
struct SecondSecretTests {
    @Test("a cookie alone reads, and acts nothing")
    func cookieAlone() throws {
        let town = try WebTown()
        let thief = try town.signedIn("koval")
        let second = try #require(thief.second)
        thief.second = nil
        let told = try thief.json("GET", "/api/v1/session")
        #expect(told.status == 200 && !told.text.contains(second))
        #expect(try !thief.get("/sign-in").text.contains(second))
        #expect(try thief.json("POST", "/api/v1/session/role", ["role": "registrar"]).status == 403)
        #expect(try thief.post("/role", ["role": "registrar", "kt-session": second]).status == 403)
        thief.second = second
        #expect(try thief.json("POST", "/api/v1/session/role", ["role": "registrar"]).status == 204)
        #expect(try thief.json("POST", "/api/v1/session/role", ["role": "leader"]).status == 403)
    }

    @Test(
        "nowhere on the site: each place that changes something refuses it, but those that end the session or ask for the password"
    )
    func everywhere() throws {
        let town = try WebTown()
        let thief = try town.signedIn("koval")
        thief.second = nil
        let changing = Web.routes.filter { $0.method != "GET" && $0.entry != .open && $0.entry != .proving }
        #expect(changing.count > 80)
        for route in changing {
            let place = route.path.replacing(#/\{[a-z]+\+?\}/#, with: "x")
            let type = API.has(place) ? "application/json" : "application/x-www-form-urlencoded"
            let reply = try thief.send(route.method, place, type, API.has(place) ? Array("{}".utf8) : [])
            #expect(reply.status == 403 && reply.header("x-kartoteka-wants") == "second", "\(route.method) \(place)")
        }
        #expect(try thief.json("GET", "/api/v1/session").status == 200, "the session is still there")
    }

    @Test("is told again to whoever shows the password, and guesses count as at the door")
    func toldAgain() throws {
        let town = try WebTown()
        let browser = try town.signedIn("koval")
        let second = try #require(browser.second)
        browser.second = nil
        let told = try browser.json("POST", "/api/v1/session/second", ["password": .string(WebTown.password)])
        #expect(try told.status == 200 && told.object()["second"]?.string == second)
        for _ in 0...GuessDelay.free {
            #expect(try browser.json("POST", "/api/v1/session/second", ["password": "інший пароль"]).status == 403)
        }
        let waits = try browser.json("POST", "/api/v1/session/second", ["password": .string(WebTown.password)])
        #expect(waits.status == 429)
    }

    @Test("over TLS a form carries it, the cookie is bound to the host, and a foreign one acts nothing")
    func secure() throws {
        let town = try WebTown()
        try town.account("koval")
        let browser = TestBrowser(town)
        browser.isSecure = true
        let reply = try browser.signIn("koval", WebTown.password)
        let cookie = try #require(reply.header("set-cookie"))
        #expect(cookie.hasPrefix("__Host-kt=") && cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Strict; Secure"))
        let second = try #require(browser.second)
        browser.second = nil
        #expect(try browser.post("/role", ["role": "registrar"]).status == 403)
        #expect(try browser.post("/role", ["role": "registrar", "kt-session": "\(second.dropLast())0"]).status == 403)
        #expect(try browser.post("/role", ["role": "registrar", "kt-session": second]).status == 303)
    }
}
