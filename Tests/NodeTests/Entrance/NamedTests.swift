import CanonicalJSON
import Commands
import Desk
import Testing

/// What commands name is found as a clerk names it.
@Suite("What is named")
struct NamedTests {
    @Test("who decided is named by login or name")
    func deciders() throws {
        let city = try CommandCity()
        let card: JSONObject = ["as": "koval", "name": "Дубина", "text": "Яма"]
        let index = try #require(city.expect("appeal register", card).json["registrationIndex"])
        let decided: JSONObject = ["appeal": index, "as": "koval", "author": "особа  VILKUL", "reason": "Важливе"]
        try city.expect("control put", decided)
        try city.expect(
            "term extend",
            ["appeal": index, "as": "koval", "by": "Особа vilkul", "to": "20.06.2026", "reason": "Обстеження"]
        )
        let shown = try city.expect("appeal show", ["appeal": index]).json
        #expect(shown["facts"]?.array?.contains { $0["decidedBy"] == "vilkul" } == true)
    }

    @Test("of several assignments of a department the one at work is meant")
    func assignments() throws {
        let city = try CommandCity()
        let card: JSONObject = ["as": "koval", "name": "Дубина", "text": "Яма"]
        let index = try #require(city.expect("appeal register", card).json["registrationIndex"])
        let resolution: JSONObject = ["appeal": index, "as": "koval", "author": "vilkul", "text": "x", "main": "zhkg"]
        try city.expect("resolution issue", resolution)
        var again = resolution
        again["supersedes"] = ["main"]
        try city.expect("resolution issue", again)
        try city.sync("zhkg")
        let told: JSONObject = ["appeal": index, "as": "executor-zhkg", "how": "phone", "words": "Дякую"]
        let feedback = try city.expect("feedback add", told, at: "zhkg")
        let accepted = try city.expect("assignment accept", ["appeal": index, "as": "head-zhkg"], at: "zhkg")
        #expect(feedback.json["assignment"] != nil && feedback.json["assignment"] == accepted.json["assignment"])
    }
}
