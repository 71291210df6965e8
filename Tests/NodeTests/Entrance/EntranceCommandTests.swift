import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

/// What is typed into commands comes through the entrance.
@Suite("Text from outside at commands")
struct EntranceCommandTests {
    private func registered(_ city: CommandCity, _ more: JSONObject = [:]) throws -> CommandResult {
        var arguments: JSONObject = ["as": "koval", "name": "Дубина Олег", "text": "Яма"]
        for (name, value) in more.members { arguments[name] = value }
        return try city.run("appeal register", arguments)
    }

    @Test(
        "a registration of what cannot be is refused, and tells the field",
        arguments: [
            ("name", "\u{200b}", "nothingToSee"), ("text", "\u{200b}\u{2060}", "nothingToSee"),
            ("name", "1234", "wrongName"), ("phone", "не-пошта", "wrongPhone"), ("email", "не-пошта", "wrongEmail"),
            ("heading", "zzz", "unknownCode"), ("received", "31.02.2026 10:00", "wrongTime"),
            ("address", "…", "wrongPlace"),
        ]
    )
    func refused(name: String, value: String, code: String) throws {
        let city = try CommandCity(departments: [])
        let isList = ["phone", "email", "heading"].contains(name)
        let given: JSON = isList ? .array([.string(value)]) : .string(value)
        let result = try registered(city, JSONObject(members: [(name, given)]))
        #expect(result.exit == .usage)
        #expect(result.json["error"]?["code"]?.string == code)
        #expect(result.json["error"]?["field"]?.string == name || result.text.contains("--" + name))
        #expect(try city.run("appeal list", [:]).json["total"] == 0)
    }

    @Test("what a reader cannot see is on no card: neither of an option nor of a file of values")
    func unseen() throws {
        let city = try CommandCity(departments: [])
        let typed = "\u{feff}Дубина\u{a0} Олег\u{202e}\u{1b} "
        let file = "\u{feff}{\"address\": \" вул.  Спаська, 5\\u200b\", \"phone\": [\"056 123-45-67\"]}"
        let index = try #require(
            registered(
                city,
                ["name": .string(typed), "text": "\u{feff}Немає води\r\nдруга\u{0}", "from": .string(file)]
            )
            .json["registrationIndex"]?.string
        )
        let card = try city.expect("appeal show", ["appeal": .string(index)])
        let registers = card.json["registers"]
        #expect(registers?["applicant.name"] == "Дубина Олег")
        #expect(registers?["applicant.address"] == "вул. Спаська, 5")
        #expect(registers?["text"] == "Немає води\nдруга")
        #expect(card.json["phones"]?.array?.first?["value"] == "+380561234567")
        let wrong = try registered(city, ["from": "{\"phone\": [\"1\"]}"])
        #expect(wrong.json["error"]?["code"] == "wrongPhone")
    }

    @Test("a contact is found by its number in another spelling")
    func contact() throws {
        let city = try CommandCity(departments: [])
        let index = try #require(registered(city, ["phone": ["+380561234567"]]).json["registrationIndex"])
        try city.expect("contact remove", ["appeal": index, "as": "koval", "phone": "(056) 123 45 67"])
        #expect(try city.expect("appeal show", ["appeal": index]).json["phones"] == [])
    }
}
