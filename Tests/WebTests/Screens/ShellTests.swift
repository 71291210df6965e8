import Appeals
import Testing

@testable import Web

/// What stands around every page, and what every reply says to the browser.
struct ShellTests {
    @Test("the rail has the queues of the roles that a person has, each with its count, and the open one is marked")
    func rail() throws {
        let city = try ShownTown()
        _ = try city.register()
        let page = try city.page("/queues/new", as: "koval")
        #expect(page.contains(#"<a href="/queues/new" aria-current="page">"#))
        #expect(page.contains(#"<span>Нові</span> <span class="n hot">1</span>"#))
        #expect(!page.contains("/queues/inWork"))
        let head = try city.page("/queues/inWork", as: "sych", at: "zhkg")
        let name = try #require(ShownTown.names["zhkg"])
        #expect(head.contains("/queues/inWork") && head.contains(name))
    }

    @Test("whoever is not signed in is led to the sign-in page, and is shown no name of anybody")
    func nobody() throws {
        let city = try ShownTown()
        let reply = try city.get("/queues/new", as: nil)
        #expect(reply.status == 303 && reply.header("location") == "/sign-in?next=%2Fqueues%2Fnew")
        let none = try city.get("/nowhere", as: nil)
        #expect(none.status == 404)
        for person in ShownTown.people { #expect(!none.text.contains(person.name)) }
    }

    @Test("every reply forbids what no page needs: inline code, other hosts, frames, guesses of the type, caches")
    func headers() throws {
        let city = try ShownTown()
        for place in ["/queues/new", "/nowhere", Assets.address("workspace.js")] {
            let reply = try city.get(place, as: "koval")
            let policy = try #require(reply.header("content-security-policy"))
            #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("*"))
            #expect(reply.header("x-content-type-options") == "nosniff")
            #expect(reply.header("referrer-policy") == "same-origin")
            #expect(reply.header("cross-origin-opener-policy") == "same-origin")
            #expect(reply.header("cross-origin-resource-policy") == "same-origin")
        }
        let page = try city.get("/queues/new", as: "koval")
        #expect(page.header("cache-control") == "no-store")
        #expect(page.header("content-security-policy")?.contains("require-trusted-types-for 'script'") == true)
        #expect(!page.text.contains("style=") && !page.text.contains("onclick"))
        #expect(page.text.ranges(of: "<script").count == 1)
    }

    @Test("every file of a page is there under its version, for ever, and nothing of another version")
    func assets() throws {
        let city = try ShownTown()
        let page = try city.page("/queues/new", as: "koval")
        let places = page.split(separator: "\"").filter { $0.hasPrefix("/assets/") }
        #expect(places.count == 3)
        for place in places + Assets.files.keys.map({ Assets.address($0)[...] }) {
            let reply = try city.get(String(place), as: nil)
            let isForEver = reply.header("cache-control")?.contains("immutable") == true
            #expect(reply.status == 200 && isForEver, "\(place)")
            let name = String(place.split(separator: "/").last ?? "")
            #expect(reply.contentType == Assets.type(of: name))
        }
        #expect(try city.get("/assets/0123456789abcdef/workspace.css", as: nil).status == 404)
        let former = try city.site(formerAssets: Former()).answer(
            WebRequest(method: "GET", path: "/assets/0123456789abcdef/workspace.css")
        )
        #expect(former.status == 200 && former.text == "old")
    }

    private struct Former: FormerAssets {
        func file(_ name: String, of version: String) -> Assets.File? {
            version == "0123456789abcdef" ? Assets.File(name: name, type: "text/css", bytes: Array("old".utf8)) : nil
        }
    }

    @Test(
        "a page is in the language that was asked for, chosen before, preferred by the browser, or the node's, in this order"
    )
    func language() throws {
        func language(_ query: [(String, String)], _ headers: [(String, String)]) -> Language {
            Tongue.language(of: WebRequest(method: "GET", path: "/", query: query, headers: headers), else: .ukrainian)
        }
        #expect(language([], []) == .ukrainian)
        #expect(language([], [("accept-language", "en-GB,en;q=0.9,uk;q=0.8")]) == .english)
        #expect(language([], [("accept-language", "en;q=0.4, uk-UA;q=0.85, de")]) == .ukrainian)
        #expect(language([], [("accept-language", "de, pl;q=0.9")]) == .ukrainian)
        #expect(language([], [("accept-language", "en"), ("cookie", "lang=uk")]) == .ukrainian)
        #expect(language([("lang", "en")], [("cookie", "lang=uk")]) == .english)
        #expect(language([("lang", "xx")], [("cookie", "lang=uk")]) == .ukrainian)
        let city = try ShownTown()
        let reply = try city.get("/queues/new?lang=en", as: "koval")
        #expect(reply.text.contains(#"<html lang="en">"#) && reply.text.contains("Queues"))
        #expect(reply.header("set-cookie")?.hasPrefix("lang=en;") == true)
    }

    @Test("every symbol that code names is in the sprite, and the sprite has no other")
    func icons() throws {
        let sprite = String(decoding: try #require(Assets.files["icons.svg"]).bytes, as: UTF8.self)
        let names = sprite.split(separator: "id=\"i-").dropFirst().map { String($0.prefix { $0 != "\"" }) }
        #expect(Set(names) == Set(Icon.allCases.map(\.rawValue)) && names.count == Icon.allCases.count)
    }
}
