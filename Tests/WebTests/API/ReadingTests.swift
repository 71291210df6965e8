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

    @Test(
        "a list is in the order that is asked for, up and down, over its pages; a mark is of one query and its order alone"
    )
    func orders() throws {
        let city = try WebCity()
        // Eleven, so that a number is more than a word; each a day later than the one before.
        let all = try (0..<11).map { _ in
            city.now += 86_400_000
            return try city.register()
        }
        func found(_ query: String) throws -> [String] {
            var found: [String] = [], after = ""
            repeat {
                let page = try city.get(
                    "/appeals?limit=4&\(query)" + (after.isEmpty ? "" : "&after=" + after),
                    as: "koval"
                )
                #expect(page.status == 200 && page.json["total"] == 11, "\(query)")
                found += (page.json["appeals"]?.array ?? []).compactMap { $0["index"]?.string }
                after = page.json["next"]?.string ?? ""
            } while !after.isEmpty && found.count < 20
            return found
        }
        for sort in ["registered", "index", "due"] {
            #expect(try found("sort=\(sort)") == all, "\(sort)")
            #expect(try found("sort=\(sort)&descending=true") == all.reversed(), "\(sort)")
        }
        // Of one state all, by their terms.
        #expect(try found("sort=state") == all && found("sort=state&descending=true") == all.reversed())
        for none in ["applicant", "main"] {
            #expect(try city.get("/appeals?sort=\(none)", as: "koval").faults == ["/sort unknownCode"])
        }
        let mark = try #require(city.get("/appeals?sort=index&limit=4", as: "koval").json["next"]?.string)
        #expect(try city.get("/appeals?sort=index&limit=9&after=" + mark, as: "koval").status == 200)
        for other in ["sort=due&", "", "sort=index&descending=true&", "sort=index&state=registered&"] {
            let answer = try city.get("/appeals?\(other)limit=4&after=" + mark, as: "koval")
            #expect(answer.faults == ["/after wrongMark"], "\(other)")
            #expect(answer.json["remedy"]?.string?.isEmpty == false)
        }
        let departed = try city.get("/appeals?departed=true&sort=index", as: "head-zhkg", at: "zhkg")
        #expect(departed.told == "422 orderedByTime")
    }

    @Test("filters are numbers, flags and codes, as their inputs say")
    func filters() throws {
        let city = try WebCity()
        let index = try city.assigned()
        _ = try city.register()
        #expect(try city.get("/appeals?main=zhkg&state=assigned&overdue=false", as: "koval").json["total"] == 1)
        #expect(try city.get("/appeals?index=" + index, as: "koval").json["total"] == 1)
        #expect(try city.get("/appeals?limit=501", as: "koval").faults == ["/limit wrongNumber"])
        for number in ["+5", "05", "5.0", "-0", " 5", ""] {
            #expect(try city.get("/appeals?limit=" + number, as: "koval").faults == ["/limit wrongType"], "\(number)")
        }
        #expect(try city.get("/appeals?main=&index=", as: "koval").faults == ["/main emptyValue", "/index emptyValue"])
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
