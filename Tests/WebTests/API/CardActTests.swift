import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

@testable import Web

@Suite("An act is based on the card that its author saw")
struct CardActTests {
    private func correct(_ index: String, _ text: String, _ register: String = "applicant.name") -> JSON {
        ["appeal": .string(index), "set": [.string("\(register)=\(text)")]]
    }

    private func name(_ city: WebCity, _ index: String) throws -> String? {
        try city.get("/appeals/" + index, as: "koval").json["registers"]?["applicant.name"]?.string
    }

    @Test(
        "by a tag of before a colleague's correction it clashes, by the policy of the register, and overwrites nothing silently"
    )
    func clash() throws {
        let city = try WebCity()
        let index = try city.register(["name": "Сич Ганна Олегівна"])
        let seen = try #require(city.get("/appeals/" + index, as: "koval").header("etag"))
        #expect(
            try city.act("appeal-correct", correct(index, "Сичова Ганна Олегівна"), as: "marko").json["outcome"]
                == "accepted"
        )
        let late = try city.act(
            "appeal-correct",
            correct(index, "Січ Ганна Олегівна"),
            as: "koval",
            headers: [("if-match", seen)]
        )
        #expect(late.status == 200)
        #expect(late.json["outcome"] == "conflict", "\(late.json)")
        #expect(try city.get("/conflicts?appeal=" + index, as: "koval").json["cases"]?.array?.isEmpty == false)
    }

    @Test("by the tag of now it is accepted, as it is without one")
    func current() throws {
        let city = try WebCity()
        let index = try city.register(["name": "Сич Ганна Олегівна"])
        #expect(
            try city.act("appeal-correct", correct(index, "Сичова Ганна Олегівна"), as: "marko").json["outcome"]
                == "accepted"
        )
        let seen = try #require(city.get("/appeals/" + index, as: "koval").header("etag"))
        let now = try city.act(
            "appeal-correct",
            correct(index, "Січ Ганна Олегівна"),
            as: "koval",
            headers: [("if-match", seen)]
        )
        #expect(now.json["outcome"] == "accepted")
        #expect(
            try city.act("appeal-correct", correct(index, "Сич-Коваль Ганна"), as: "marko").json["outcome"]
                == "accepted"
        )
        #expect(try name(city, index) == "Сич-Коваль Ганна")
    }

    @Test("a register that was empty on the screen is one that nobody saw, though it is filled now")
    func empty() throws {
        let city = try WebCity()
        let index = try city.register()
        let codes = [InputCode].categories.map(\.code)
        let seen = try #require(city.get("/appeals/" + index, as: "koval").header("etag"))
        func set(_ code: String, as user: String, _ headers: [(String, String)] = []) throws -> JSON? {
            let body = correct(index, code, "applicant.category")
            return try city.act("appeal-correct", body, as: user, headers: headers).json["outcome"]
        }
        #expect(try set(codes[0], as: "marko") == "accepted")
        #expect(try set(codes[1], as: "koval", [("if-match", seen)]) == "conflict")
    }

    @Test("where the policy lets the later value stand, an old tag changes nothing of that")
    func later() throws {
        let city = try WebCity()
        let index = try city.register(["workplace": "Школа № 1"])
        let seen = try #require(city.get("/appeals/" + index, as: "koval").header("etag"))
        func set(_ text: String, as user: String, _ headers: [(String, String)] = []) throws -> JSON? {
            let body = correct(index, text, "applicant.workplace")
            return try city.act("appeal-correct", body, as: user, headers: headers).json["outcome"]
        }
        #expect(try set("Школа № 2", as: "marko") == "accepted")
        #expect(try set("Школа № 3", as: "koval", [("if-match", seen)]) == "accepted")
    }

    @Test("a tag of another appeal, of nothing, several at once, or on an act of no card is refused by its header")
    func wrong() throws {
        let city = try WebCity()
        let (index, other) = (try city.register(), try city.register())
        let tag = try #require(city.get("/appeals/" + other, as: "koval").header("etag"))
        for header in [
            tag, "\"x.0000000000000000\"", "*", "", tag + ", " + tag, "W/" + tag, String(repeating: "a", count: 9_000),
        ] {
            let answer = try city.act(
                "appeal-correct",
                correct(index, "x"),
                as: "koval",
                headers: [("if-match", header)]
            )
            #expect(answer.faults == ["/If-Match wrongTag"], "\(header)")
        }
        let answer = try city.act(
            "department-add",
            ["department": "new", "name": "Новий"],
            as: "admin",
            headers: [("if-match", tag)]
        )
        #expect(answer.faults == ["/If-Match notOnCard"])
    }

    @Test("a mark gives back the write of each register, within its limit; cut or lengthened it is none")
    func mark() throws {
        let city = try WebCity()
        let index = try city.assigned()
        let desk = try Desk(city.context("urz").place, .named(user: "koval", role: nil))
        let shown = try desk.read { try desk.shownAppeal(index, $0) }
        let mark = try #require(CardMark(shown))
        #expect(shown.writes.count > 20)
        #expect(CardMark.writes(mark.text, of: shown) == shown.writes)
        #expect(mark.text.utf8.count < 800, "\(mark.text.utf8.count)")
        for count in 1..<12 {
            #expect(CardMark.writes(String(mark.text.dropLast(count * 3)), of: shown) != shown.writes)
        }
        #expect(CardMark.writes(mark.text + "AA", of: shown) == nil)
        #expect(CardMark.writes("", of: shown) == nil)
    }

    @Test("a card with more registers than a mark holds has none")
    func longest() throws {
        var appeal = Aggregate(id: "01995c3a-0000-7000-8000-000000000001")
        func shown() -> ShownAppeal { ShownAppeal(id: appeal.id, appeal: appeal, pending: []) }
        for number in 0..<400 {
            appeal[.registers, "heading@urz#00000000:1/\(number)"] = Item(
                value: "090",
                write: "urz#00000000:1",
                commit: 1
            )
        }
        let mark = try #require(CardMark(shown()))
        #expect(CardMark.writes(mark.text, of: shown())?.count == 400)
        for number in 400..<2_000 {
            appeal[.registers, "heading@urz#00000000:1/\(number)"] = Item(
                value: "090",
                write: "urz#00000000:1",
                commit: 1
            )
        }
        #expect(CardMark(shown()) == nil)
    }
}
