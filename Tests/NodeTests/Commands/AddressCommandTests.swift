import Appeals
import CanonicalJSON
import Testing

@testable import Commands
@testable import Desk

@Suite("Addresses of cards by commands")
struct AddressCommandTests {
    private static let streets = """
        id,type,name,district,former,houses
        heroiv-ato,вул.,Героїв АТО,Металургійний,вул. Димитрова,60- = Саксаганський
        sadova,вул.,Садова,Довгинцівський,,
        zoriana-1,вул.,Зоряна,Тернівський,,
        zoriana-2,вул.,Зоряна,Інгулецький,,
        """

    private func city(_ streets: String = streets) throws -> CommandCity {
        let city = try CommandCity()
        try city.expect("street import", ["file": .string(streets), "as": "admin"])
        for node in ["zhkg", "drim"] { try city.sync(node) }
        return city
    }

    private func registered(_ city: CommandCity, _ typed: String, problem: String? = nil) throws -> CommandResult {
        var arguments: JSONObject = [
            "as": "koval", "name": "Петренко Іван", "text": "Немає води", "heading": ["090"], "address": .string(typed),
        ]
        if let problem { arguments["problem-address"] = [.string(problem)] }
        return try city.expect("appeal register", arguments)
    }

    private func card(_ city: CommandCity, _ index: JSON?, at node: String = "urz") throws -> CommandResult {
        try city.expect("appeal show", ["appeal": try #require(index)], at: node)
    }

    @Test("the place stands beside what was typed, on the card and for machines")
    func resolved() throws {
        let city = try city()
        let done = try registered(city, "вул. Димитрова, 62а, кв. 5", problem: "вул. Садова, 3, під'їзд 2")
        #expect(done.json["unresolvedAddresses"] == nil && !done.text.contains("розпізнано"))
        let shown = try card(city, done.json["registrationIndex"])
        #expect(
            shown.text.contains("вул. Димитрова, 62а, кв. 5 → вул. Героїв АТО, 62А, кв. 5 (Саксаганський)"),
            "\(shown.text)"
        )
        #expect(shown.text.contains("вул. Садова, 3, під'їзд 2 (Довгинцівський)"), "\(shown.text)")
        #expect(shown.json["registers"]?["applicant.address"] == "вул. Димитрова, 62а, кв. 5")
        #expect(shown.json["issues"]?.array?.first?["problemAddress"] == "вул. Садова, 3, під'їзд 2")
        let address = try #require(shown.json["addresses"]?.array?.first)
        #expect(
            address == [
                "register": "applicant.address", "typed": "вул. Димитрова, 62а, кв. 5", "resolved": true,
                "street": "heroiv-ato", "house": "62А", "flat": "5", "district": "Саксаганський",
                "title": "вул. Героїв АТО, 62А, кв. 5",
            ]
        )
    }

    @Test("one that nothing fits says so at once and on the card")
    func unknown() throws {
        let city = try city()
        let done = try registered(city, "вул. Невідома, 5")
        #expect(done.text.contains("адресу не розпізнано: «вул. Невідома, 5»"), "\(done.text)")
        #expect(done.json["unresolvedAddresses"]?.array?.first?["streets"] == [])
        let shown = try card(city, done.json["registrationIndex"])
        #expect(shown.text.contains("Адреса: вул. Невідома, 5 (не розпізнано)"), "\(shown.text)")
        #expect(shown.json["addresses"]?.array?.first?["resolved"] == false)
    }

    @Test("of several the answer offers each, with the whole command that says which")
    func several() throws {
        let city = try city()
        let done = try registered(city, "Садова, 3", problem: "вул. Зоряна, 7")
        let index = try #require(done.json["registrationIndex"]?.string)
        let command = "kartoteka appeal correct \(index) --as … --set 'problemAddress@1=вул. Зоряна, 7 #zoriana-2'"
        #expect(done.text.contains("вул. Зоряна (Інгулецький): " + command), "\(done.text)")
        #expect(try card(city, .string(index)).text.contains("вул. Зоряна, 7 (не розпізнано)"))
        let chosen = try city.expect(
            "appeal correct",
            ["appeal": .string(index), "as": "koval", "set": ["problemAddress@1=вул. Зоряна, 7 #zoriana-2"]]
        )
        #expect(!chosen.text.contains("розпізнано"))
        let shown = try card(city, .string(index))
        #expect(shown.text.contains("вул. Зоряна, 7 (Інгулецький)"), "\(shown.text)")
        #expect(shown.json["issues"]?.array?.first?["problemAddress"] == "вул. Зоряна, 7")
    }

    @Test("two spellings of one place are no disagreement, two places are")
    func disagreements() throws {
        for (one, other, isOne) in [
            ("вул. Димитрова, 30", "Героїв АТО, буд. 30", true), ("вул. Садова, 12а", "Садова 12-А", true),
            ("вул. Садова, 12", "вул. Садова, 12, корп. 2", false),
        ] {
            let city = try city()
            let index = JSON.string(try city.assigned())
            try city.sync("zhkg")
            try city.expect(
                "appeal correct",
                ["appeal": index, "as": "head-zhkg", "set": [.string("applicant.address=" + one)]],
                at: "zhkg"
            )
            try city.expect(
                "appeal correct",
                ["appeal": index, "as": "koval", "set": [.string("applicant.address=" + other)]]
            )
            try city.sync("zhkg")
            let list = try city.run("conflict list", ["appeal": index])
            #expect(list.json["cases"]?.array?.isEmpty == isOne, "\(one) \(other): \(list.text)")
        }
    }

    @Test("a street that is renamed or added later rewrites no card: it shows the new name, or is corrected")
    func later() throws {
        let city = try city()
        let old = try registered(city, "вул. Садова, 3").json["registrationIndex"]
        let unknown = try registered(city, "вул. Нова, 3").json["registrationIndex"]
        let table = "id,type,name,district,former\nsadova,вул.,Квітнева,,вул. Садова\nnova,вул.,Нова,,\n"
        try city.expect("street import", ["file": .string(table), "as": "admin"])
        #expect(try card(city, old).text.contains("вул. Садова, 3 → вул. Квітнева, 3"))
        #expect(try card(city, unknown).text.contains("вул. Нова, 3 (не розпізнано)"))
        let set: JSON = ["applicant.address=вул. Нова, 3"]
        try city.expect("appeal correct", ["appeal": try #require(unknown), "as": "koval", "set": set])
        #expect(try card(city, unknown).json["addresses"]?.array?.first?["street"] == "nova")
    }

    @Test("without a register of streets nothing is told at the act, and the card says it all the same")
    func empty() throws {
        let city = try CommandCity()
        let done = try registered(city, "вул. Садова, 3")
        #expect(!done.text.contains("розпізнано") && done.json["unresolvedAddresses"] == nil)
        #expect(try card(city, done.json["registrationIndex"]).text.contains("вул. Садова, 3 (не розпізнано)"))
    }

    @Test("a department that is not shown the address is not shown the place either")
    func hidden() throws {
        let city = try city()
        let index = JSON.string(try city.assigned(co: ["drim"]))
        try city.expect(
            "appeal correct",
            ["appeal": index, "as": "koval", "set": ["applicant.address=вул. Димитрова, 62, кв. 5"]]
        )
        for node in ["zhkg", "drim"] { try city.sync(node) }
        let main = try card(city, index, at: "zhkg"), co = try card(city, index, at: "drim")
        #expect(main.json["addresses"]?.array?.first?["street"] == "heroiv-ato")
        #expect(main.text.contains("→ вул. Героїв АТО, 62, кв. 5"), "\(main.text)")
        #expect(co.json["addresses"] == [])
        #expect(!co.text.contains("Героїв") && co.text.contains("Адреса: приховано"), "\(co.text)")
    }
}
