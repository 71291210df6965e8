import Appeals
import CanonicalJSON
import Desk
import Testing

@testable import Web

@Suite("What is not done is a problem that says why, where and what to do")
struct ProblemTests {
    @Test("all that is wrong with what was given is told at once, each by its path")
    func faults() throws {
        let city = try WebCity()
        let answer = try city.act(
            "appeal-register",
            ["heading": "090", "kind": "заява", "priority": "yes", "signatories": 0, "colour": "red", "phone": ["12"]],
            as: "koval"
        )
        #expect(answer.status == 422)
        #expect(answer.reply.contentType == "application/problem+json")
        #expect(
            answer.faults.sorted() == [
                "/colour unknownOption", "/heading wrongType", "/kind unknownCode", "/phone/0 wrongPhone",
                "/priority wrongType", "/signatories wrongNumber",
            ]
        )
        #expect(answer.json["errors"]?.array?.first { $0["path"] == "/signatories" }?["limit"] == 1)
        #expect(answer.json["type"] == "urn:kartoteka:problem:wrongInput")
        #expect(answer.json["status"] == 422)
    }

    @Test("who acts is said by the session alone")
    func asked() throws {
        let city = try WebCity()
        let answer = try city.act("appeal-register", ["text": "x", "name": "Ім'я", "as": "koval"], as: "marko")
        #expect(answer.faults == ["/as unknownOption"])
        #expect(try city.get("/appeals?as=koval", as: "marko").faults == ["/as unknownOption"])
        #expect(try city.get("/appeals", as: nil).status == 401)
        #expect(try city.act("sync-now", [:], as: nil).code == "signInFirst")
    }

    @Test("a text beyond its limit is refused with the limit and a remedy")
    func limit() throws {
        let city = try WebCity()
        let long = String(repeating: "а", count: 3_000)
        let index = try city.register()
        let answer = try city.act("answer-return", ["appeal": .string(index), "reason": .string(long)], as: "koval")
        #expect(answer.status == 422)
        #expect(answer.json["errors"]?.array?.first?["limit"] == 4096)
        #expect(answer.json["errors"]?.array?.first?["remedy"]?.string?.isEmpty == false)
    }

    @Test("a refusal of the rules has the status of its kind, its reason and what to do")
    func rules() throws {
        let city = try WebCity()
        let index = try city.register()
        let early = try city.act(
            "control-remove",
            ["appeal": .string(index), "author": "vilkul", "basis": "x"],
            as: "koval"
        )
        #expect([409, 422].contains(early.status))
        #expect(early.json["outcome"] == "refused")
        #expect(early.code.flatMap(Reason.init) != nil)
        let unknown = try city.get("/appeals/К-999", as: "koval")
        #expect(unknown.told == "404 unknownAppeal")
        #expect(unknown.json["remedy"]?.string?.contains("GET /api/v1/appeals") == true)
        let stranger = try city.act("appeal-note", ["appeal": .string(index), "text": "x"], as: "head-zhkg")
        #expect(stranger.told == "403 roleMissing")
    }

    @Test("words are in the language that is asked for, Ukrainian first")
    func languages() throws {
        let city = try WebCity()
        func detail(_ header: String?) throws -> String? {
            try city.get("/appeals/К-999", as: "koval", headers: header.map { [("accept-language", $0)] } ?? []).json[
                "title"
            ]?.string
        }
        let (uk, en) = ("Такого тут немає", "There is no such thing here")
        #expect(try detail(nil) == uk)
        #expect(try detail("en-GB,en;q=0.9") == en)
        #expect(try detail("de, en;q=0.5, uk;q=0.8") == uk)
        #expect(try detail("fr") == uk)
        #expect(try detail("en;q=0") == uk)
        #expect(try detail("en;q=nonsense, *;;;=") == uk)
    }

    @Test("no option and no command of the terminal stands in a problem")
    func terminal() throws {
        let city = try WebCity()
        let index = try city.register()
        for (act, body) in [
            ("answer-draft", ["appeal": .string(index)]), ("appeal-register", ["name": "Ім'я"]),
            ("appeal-correct", ["appeal": .string(index), "set": ["x"]]),
            ("resolution-issue", ["appeal": .string(index), "author": "vilkul", "text": "x", "main": "nowhere"]),
            ("resolution-issue", ["appeal": .string(index), "author": "vilkul", "text": "x"]),
        ] as [(String, JSON)] {
            let answer = try city.act(act, body, as: "koval")
            #expect(answer.status >= 400)
            let text = answer.json.canonicalText
            #expect(!text.contains("--") && !text.contains("kartoteka "), "\(act): \(text)")
        }
    }

    @Test("what is no JSON, no object, or not said to be JSON is not read")
    func bodies() throws {
        let city = try WebCity()
        func send(_ body: String, _ type: String = "application/json") throws -> String {
            let reply = try city.web().answer(
                WebRequest(
                    method: "POST",
                    path: "/api/v1/acts/sync-now",
                    headers: [("x-user", "koval"), ("content-type", type)],
                    body: Array(body.utf8)
                )
            )
            let code = try JSON(parsing: reply.body, limits: .general)["code"]?.string
            return "\(reply.status) \(code ?? "")"
        }
        #expect(try send("{") == "400 wrongJSON")
        #expect(try send(#"{"a":1,"a":1}"#) == "400 wrongJSON")
        #expect(try send("[]") == "400 wrongJSON")
        #expect(try send("{}", "text/plain") == "415 wrongType")
        #expect(try !send("{}", "application/json; charset=utf-8").hasPrefix("415"))
    }

    @Test("a place takes its methods alone, and says which")
    func methods() throws {
        let city = try WebCity()
        let answer = try city.ask("DELETE", "/api/v1/appeals", as: "koval")
        #expect(answer.status == 405 && answer.header("allow") == "GET")
        #expect(try city.ask("GET", "/api/v1/nothing", as: "koval").status == 404)
        #expect(
            try city.ask("GET", "/api/v1/appeals/К-1?x=1&y", as: "koval").faults == [
                "/x unknownOption", "/y unknownOption",
            ]
        )
    }

    @Test("every kind of error has a status, and every status that there is a title of its own")
    func statuses() {
        let statuses = Set(DeskError.Kind.allCases.map(\.status)).union([400, 401, 405, 410, 413, 415, 431, 507])
        #expect(statuses.allSatisfy { (400..<600).contains($0) })
        #expect(Set(statuses.map(Problem.title)).count == statuses.count)
    }
}
