import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

/// Whom a complaint is about: found in the directory, chosen by a person, or visibly not resolved.
@Suite("Who is complained against")
struct PartyTests {
    private func complaint(_ city: CommandCity, _ whom: String) throws -> CommandResult {
        try city.run(
            "appeal register",
            [
                "as": "koval", "name": "Царук Ганна", "text": "Скарга", "kind": "complaint",
                "complained-against": [.string(whom)],
            ]
        )
    }

    private func assigns(_ city: CommandCity, _ index: JSON, to department: String) throws -> CommandResult {
        try city.run(
            "resolution issue",
            ["appeal": index, "as": "koval", "author": "vilkul", "text": "x", "main": .string(department)]
        )
    }

    @Test(
        "a department however it is typed is found, or has to be chosen, and never gets the complaint",
        arguments: [
            ("zhkg", "found"), ("ZHKG", "found"), (" zhkg\u{200b}", "found"), ("Департамент zhkg", "found"),
            ("департамент  ZHKG", "found"), ("department: департамент zhkg", "found"),
            ("Департаментом zhkg", "ambiguousName"),
            ("департаменту zhkg", "ambiguousName"), ("Департамент", "ambiguousName"), ("zhgk", "unknownDepartment"),
            ("АТ «Газ»", "unresolved"), ("unresolved:департаментом", "unresolved"), ("outside:АТ «Газ»", "outside"),
            ("vilkul", "found"), ("person:vilkul", "found"), ("Особа vilkul", "found"),
            ("особою vilkul", "ambiguousName"),
            ("person:nobody", "unknownDepartment"), ("person:executor-zhkg", "found"),
        ]
    )
    func typed(whom: String, right: String) throws {
        let city = try CommandCity()
        let result = try complaint(city, whom)
        guard let index = result.json["registrationIndex"] else {
            #expect(result.json["error"]?["code"] == .string(right), "\(result.text)")
            return
        }
        let shown = try city.expect("appeal show", ["appeal": index, "as": "koval"])
        let party = shown.json["registers"]?["complainedAgainst"]?.array?.first?.object
        let told = [
            "department": "Департамент zhkg",
            "person": whom.contains("executor") ? "Особа executor-zhkg" : "Особа vilkul",
            "outside": "АТ «Газ»", "unresolved": "(не з'ясовано, хто це)",
        ]
        let line = shown.text.split(separator: "\n").first { $0.hasPrefix("На кого скаржаться: ") } ?? ""
        #expect(line.hasSuffix(told[party?.keys.first ?? ""] ?? "-"), "\(line)")
        #expect(
            party?.keys == [
                right == "found" ? (whom.contains("zhkg") || whom.contains("ZHKG") ? "department" : "person") : right
            ]
                || whom == "person:executor-zhkg"
        )
        let given = try assigns(city, index, to: "zhkg")
        switch right {
        case "unresolved":
            #expect(result.text.contains("не з'ясовано"))
            #expect(given.json["reason"] == "partyUnresolved")
            #expect(given.text.contains("kartoteka appeal correct"))
            #expect(try assigns(city, index, to: "drim").json["reason"] == "partyUnresolved")
            let fields: JSON = ["complainedAgainst=outside:АТ «Газ»"]
            try city.expect("appeal correct", ["appeal": index, "as": "koval", "set": fields])
            #expect(try assigns(city, index, to: "zhkg").exit == .ok)
        case "outside": #expect(given.exit == .ok)
        default:
            if party?["department"] != nil { #expect(given.json["reason"] == "complainedAgainst") }
        }
    }

    @Test("a correction chooses in the same way")
    func corrected() throws {
        let city = try CommandCity()
        let index = try #require(complaint(city, "outside:х").json["registrationIndex"])
        for (typed, code) in [("Департаментом zhkg", "ambiguousName"), ("zhgk", "unknownDepartment")] {
            let fields: JSON = [.string("complainedAgainst=" + typed)]
            try city.refuse("appeal correct", ["appeal": index, "as": "koval", "set": fields], code: code)
        }
        try city.expect(
            "appeal correct",
            ["appeal": index, "as": "koval", "set": ["complainedAgainst=Департамент ZHKG"]]
        )
        #expect(try assigns(city, index, to: "zhkg").json["reason"] == "complainedAgainst")
    }

    @Test("an imported complaint is kept, goes to nobody, and waits until it is resolved")
    func imported() throws {
        let city = try CommandCity()
        let mapping: JSON = [
            "source": "csv", "delimiter": ";", "key": "n",
            "constants": [
                "channel": "post", "kind": "complaint", "subjectType": "individual", "deadlineBasis": "month",
            ],
            "fields": [
                "receivedAt": ["column": "d", "format": "iso-date"], "text": "t", "lastName": "s",
                "complainedAgainst": "a",
                "department": "w",
            ],
        ]
        let rows = """
            n;s;d;t;a;w
            1;Щур;2026-05-12;Скарга;Департаментом zhkg;zhkg
            2;Щур;2026-05-12;Скарга;ZHKG;drim
            """
        try city.expect(
            "import",
            ["file": .string(rows), "mapping": .string(mapping.canonicalText), "as": "koval", "source": "s"]
        )
        let waiting = try city.expect("appeal show", ["appeal": "Щ-1"])
        #expect(waiting.json["registers"]?["complainedAgainst"] == [["unresolved": "Департаментом zhkg"]])
        #expect(waiting.json["state"] == "registered")
        #expect(try assigns(city, "Щ-1", to: "drim").json["reason"] == "partyUnresolved")
        #expect(try city.expect("appeal show", ["appeal": "Щ-2"]).json["state"] == "assigned")
    }
}
