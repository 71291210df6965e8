import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

@Suite("Accounts at the terminal")
struct AccountCommandTests {
    @Test("the owner of the directory resets access by a code, and the list says that it was the owner")
    func reset() throws {
        let town = try WebTown()
        let koval = try town.signedIn("koval")
        let listed = try town.run("account list", [:]).json["people"]?.array ?? []
        #expect(listed.map { $0["user"]?.string } == ["admin", "koval", "marko", "vilkul"])
        #expect(listed.map { $0["access"]?.string } == ["none", "active", "none", "none"])
        let given = try town.run("account reset", ["user": "koval"])
        #expect(try koval.json("GET", "/api/v1/session").status == 401)
        #expect(try town.run("account list", [:]).json["people"]?.array?[1]["access"]?.string == "reset")
        let code = try #require(given.json["code"]?.string)
        let taken = try koval.json(
            "POST",
            "/api/v1/invitations",
            ["code": .string(code), "new": "новий пароль влітку"]
        )
        #expect(taken.status == 201)
        koval.second = try taken.object()["second"]?.string
        let page = try koval.get("/account").text
        #expect(page.contains("Доступ скинуто") && page.contains("Зробив власник вузла"), "\(page)")
    }

    @Test("nobody without an account is reset, and nobody who signed in plays the owner")
    func refused() throws {
        let town = try WebTown()
        let reset = try #require(Commands.named("account reset"))
        func code(_ context: CommandContext, _ user: JSON) -> String {
            reset.run(context, ["user": user]).json["error"]?["code"]?.string ?? "done"
        }
        #expect(try code(town.context(), "koval") == "noAccount")
        #expect(try code(town.context(), "nobody") == "unknownPerson")
        try town.account("koval")
        let via = try #require(Via("session:0123456789abcdef"))
        let admin = try town.context().asked(by: .proven(user: "admin", role: nil, via: via))
        #expect(code(admin, "koval") == "ofTheMachine")
        #expect(try code(town.context("zhkg"), "koval") == "unknownPerson", "a node knows its own people alone")
    }
}
