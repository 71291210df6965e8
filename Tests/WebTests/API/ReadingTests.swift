import CanonicalJSON
import Testing

@testable import Web

@Suite("Readings over HTTP")
struct ReadingTests {
    @Test("a list goes on by its marks to the end, each appeal once; a mark of another list is none")
    func marks() throws {
        let city = try WebCity()
        let all = try (0..<5).map { _ in try city.register() }
        var found: [String] = [], after = ""
        repeat {
            let page = try city.get("/appeals?limit=2" + (after.isEmpty ? "" : "&after=" + after), as: "koval")
            #expect(page.json["total"] == 5)
            found += (page.json["appeals"]?.array ?? []).compactMap { $0["index"]?.string }
            after = page.json["next"]?.string ?? ""
            #expect(!after.contains("/"))
        } while !after.isEmpty && found.count < 10
        #expect(found.sorted() == all.sorted())
        let mark = try #require(city.get("/appeals?limit=2", as: "koval").json["next"]?.string)
        for wrong in ["/persons?after=" + mark, "/appeals?after=x", "/appeals?after=A" + mark] {
            #expect(try city.get(wrong, as: "koval").faults == ["/after wrongMark"], "\(wrong)")
        }
    }

    @Test("filters are numbers, flags and codes, as their inputs say")
    func filters() throws {
        let city = try WebCity()
        let index = try city.assigned()
        _ = try city.register()
        #expect(try city.get("/appeals?main=zhkg&state=assigned&overdue=false", as: "koval").json["total"] == 1)
        #expect(try city.get("/appeals?index=" + index, as: "koval").json["total"] == 1)
        #expect(try city.get("/appeals?limit=501", as: "koval").faults == ["/limit wrongNumber"])
        let wrong = try city.get("/appeals?overdue=1&state=gone", as: "koval")
        #expect(wrong.faults.sorted() == ["/overdue wrongType", "/state unknownCode"])
    }

    @Test("a card has a tag, by which nobody is sent it twice; every change of it is another")
    func tag() throws {
        let city = try WebCity()
        let index = try city.register()
        let card = try city.get("/appeals/" + index, as: "koval")
        let tag = try #require(card.header("etag"))
        #expect(card.json["index"]?.string == index)
        for same in [tag, "W/" + tag, "\"x\", " + tag, "*"] {
            let again = try city.get("/appeals/" + index, as: "koval", headers: [("if-none-match", same)])
            #expect(again.status == 304 && again.reply.body.isEmpty && again.header("etag") == tag)
        }
        _ = try city.act("appeal-note", ["appeal": .string(index), "text": "Телефонував"], as: "koval")
        let after = try city.get("/appeals/" + index, as: "koval", headers: [("if-none-match", tag)])
        #expect(after.status == 200 && after.header("etag") != tag)
    }

    @Test("what is said of a card stays with the node: nothing keeps an answer")
    func cached() throws {
        let city = try WebCity()
        let index = try city.register()
        for path in ["/appeals", "/appeals/" + index, "/appeals/x"] {
            #expect(try city.get(path, as: "koval").header("cache-control") == "no-store")
        }
    }
}
