import CanonicalJSON
import Testing

@testable import Web

/// Who sees how the nodes stand: at the office its administrators, at a department its heads; by HTTP, every place of the room.
@Suite("Rights: the pages of the nodes")
struct NodeRightsTests {
    private static let people = [
        ("admin", "urz"), ("vilkul", "urz"), ("koval", "urz"), ("marko", "urz"), ("head-zhkg", "zhkg"),
        ("executor-zhkg", "zhkg"),
    ]

    /// A place of a route, with something that is there for each of its braces.
    private static func place(_ route: Route, at node: String) -> String {
        route.path.replacing("{node}", with: node == "urz" ? "zhkg" : node).replacing("{item}", with: "1")
            .replacing("{table}", with: "stream").replacing("{nodeAct}", with: "invite")
    }

    private func signedIn(_ user: String, _ node: String, _ town: WebTown) throws -> TestBrowser {
        let browser = try town.signedIn(user, at: node)
        if user == "admin" { _ = try browser.setUp() }
        return browser
    }

    @Test("whoever looks after the node comes in everywhere, nobody else anywhere, and nobody without a session")
    func everyPlace() throws {
        let town = try WebTown()
        #expect(NodeScreens.routes.count > 10)
        for (user, node) in Self.people {
            let browser = try signedIn(user, node, town)
            let isOperator = user == "admin" || user == "head-zhkg"
            for route in NodeScreens.routes {
                let isOfOffice = route.path.hasPrefix("/nodes/acts/")
                let place = Self.place(route, at: node)
                let reply = try route.method == "GET" ? browser.get(place) : browser.post(place)
                let isLetIn = isOperator && (!isOfOffice || node == "urz")
                #expect((reply.status == 403) == !isLetIn, "\(user) \(route.method) \(place): \(reply.status)")
            }
        }
        for route in NodeScreens.routes where route.method == "GET" {
            let reply = try TestBrowser(town).get(Self.place(route, at: "urz"))
            #expect(reply.status == 303, "\(route.path)")
        }
    }

    @Test("the way there stands in the rail of whoever looks after the node, and of nobody else")
    func rail() throws {
        let town = try WebTown()
        for (user, node) in Self.people {
            let page = try signedIn(user, node, town).get("/account").text
            #expect(page.contains(#"<a href="/nodes""#) == (user == "admin" || user == "head-zhkg"), "\(user)")
        }
    }

    @Test("an administrator whose access was reset lets nobody in for an hour, and may shut out")
    func reset() throws {
        let town = try WebTown()
        town.running = RunningCity()
        try town.person("second", of: "urz", "administrator")
        let second = try signedInAsAdministrator("second", town)
        let given = try second.json("POST", "/api/v1/people-access/admin/invite")
        let code = try #require(try given.object()["code"])
        let admin = TestBrowser(town)
        let taken = try admin.json("POST", "/api/v1/invitations", ["code": code, "new": .string(WebTown.password)])
        admin.second = try taken.object()["second"]?.string
        _ = try admin.setUp()
        let again = try second.json("POST", "/api/v1/people-access/admin/reset")
        let fresh = TestBrowser(town)
        let reply = try fresh.json(
            "POST",
            "/api/v1/invitations",
            ["code": try #require(try again.object()["code"]), "new": "інший пароль восени"]
        )
        fresh.second = try reply.object()["second"]?.string
        _ = try fresh.setUp()
        let refused = try fresh.post("/nodes/acts/invite", ["department": "zhkg"])
        #expect(refused.status == 422 && refused.text.contains("ваш доступ скинуто"), "\(refused.status)")
        #expect(town.running?.invited == [])
        #expect(try fresh.post("/nodes/acts/node-renew", ["node": "zhkg"]).status == 422)
        let revoked = try fresh.post("/nodes/acts/node-revoke", ["node": "zhkg", "typed": "zhkg"])
        #expect(revoked.status == 303, "\(revoked.text)")
    }

    private func signedInAsAdministrator(_ user: String, _ town: WebTown) throws -> TestBrowser {
        let browser = try town.signedIn(user)
        _ = try browser.setUp()
        return browser
    }
}
