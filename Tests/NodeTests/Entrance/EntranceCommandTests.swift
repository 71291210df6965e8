import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

/// What is typed into commands comes through the entrance.
@Suite("Text from outside at commands")
struct EntranceCommandTests {
    @discardableResult
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

    @Test("one number in four spellings is one contact, also when two people add it away from each other")
    func contact() throws {
        let city = try CommandCity(departments: ["zhkg"])
        let index = try #require(
            registered(city, ["phone": ["+380561234567", "056 1234567"]]).json["registrationIndex"]
        )
        func phones(_ node: String = "urz") throws -> [String?] {
            try city.expect("appeal show", ["appeal": index], at: node).json["phones"]?.array?.map {
                $0["value"]?.string
            } ?? []
        }
        #expect(try phones() == ["+380561234567"])
        for typed in ["0561234567", "+38 (056) 123-45-67", "380561234567"] {
            try city.refuse(
                "contact add",
                ["appeal": index, "as": "koval", "phone": .string(typed)],
                code: "contactKnown"
            )
        }
        try city.expect(
            "resolution issue",
            ["appeal": index, "as": "koval", "author": "vilkul", "text": "x", "main": "zhkg"]
        )
        try city.sync("zhkg")
        let added: JSONObject = ["appeal": index, "as": "executor-zhkg", "phone": "050 123 45 67"]
        try city.expect("contact add", added, at: "zhkg")
        try city.expect("contact add", ["appeal": index, "as": "koval", "phone": "+380501234567"])
        try city.sync("zhkg")
        for node in ["urz", "zhkg"] { #expect(try phones(node).count == 2) }
        try city.expect("contact remove", ["appeal": index, "as": "koval", "phone": "0501234567"])
        try city.sync("zhkg")
        for node in ["urz", "zhkg"] { #expect(try phones(node) == ["+380561234567"]) }
    }

    @Test("what was typed for a telephone stands beside it, for those who see the telephone, until it is removed")
    func typedPhones() throws {
        let city = try CommandCity(departments: ["zhkg", "drim"])
        let neighbour = "056 123-45-67 (сусідка, після 18:00)", inner = "056 123-45-67 дод. 12"
        let index = try #require(
            registered(city, ["phone": [.string(neighbour), "050 123-45-67"]]).json["registrationIndex"]
        )
        try city.expect(
            "resolution issue",
            ["appeal": index, "as": "koval", "author": "vilkul", "text": "x", "main": "zhkg", "co": ["drim"]]
        )
        func add(_ phone: String, _ user: String, at node: String = "urz") throws {
            try city.expect("contact add", ["appeal": index, "as": .string(user), "phone": .string(phone)], at: node)
        }
        func expectCard(_ line: String, _ typed: [JSON], at nodes: [String]) throws {
            for node in nodes {
                if node != "urz" { try city.sync(node) }
                let card = try city.expect("appeal show", ["appeal": index], at: node)
                #expect(card.text.contains("Телефон: " + line), "\(node): \(card.text)")
                let phones = card.json["phones"]?.array
                #expect(phones?.first?["value"] == "+380561234567" && phones?.first?["typed"]?.array == typed)
                #expect(phones?.last?["typed"] == nil)
            }
        }
        let main = ["urz", "zhkg"]
        try expectCard("+380561234567 («\(neighbour)»), +380501234567", [.string(neighbour)], at: main)
        try city.sync("drim")
        let hidden = try city.expect("appeal show", ["appeal": index], at: "drim")
        #expect(hidden.text.contains("Телефон: приховано"))
        for text in [hidden.text, hidden.json.canonicalText] { #expect(!text.contains("сусідка")) }

        // The number alone is known, and so are these words in another spelling; other words say more.
        for known in ["0561234567", "056 123-45-67  (сусідка, після 18:00)"] {
            try city.refuse(
                "contact add",
                ["appeal": index, "as": "koval", "phone": .string(known)],
                code: "contactKnown"
            )
        }
        // Two people who do not know of each other: one number, with the words of both.
        try add(inner, "executor-zhkg", at: "zhkg")
        try add("80561234567 донька", "koval")
        let both: [JSON] = [.string(neighbour), "80561234567 донька", .string(inner)]
        try city.sync("zhkg")
        let words = try city.expect("appeal show", ["appeal": index]).json["phones"]?.array?.first?["typed"]?.array
        #expect(Set((words ?? []).map(\.canonicalText)) == Set(both.map(\.canonicalText)))
        try city.expect("contact remove", ["appeal": index, "as": "koval", "phone": "0561234567"])
        for node in main {
            if node != "urz" { try city.sync(node) }
            let card = try city.expect("appeal show", ["appeal": index], at: node)
            #expect(card.json["phones"]?.array?.map { $0["value"] } == ["+380501234567"])
            #expect(!card.text.contains("сусідка") && !card.text.contains("донька"))
        }
    }

    @Test("what came tomorrow is not registered, and a term that is over or beyond the law is not set")
    func days() throws {
        let city = try CommandCity(departments: ["zhkg"])
        let future = try registered(city, ["received": "01.01.2031 10:00"])
        #expect(future.json["error"]?["code"] == "datesDisorder")
        #expect(future.text.contains("2031") && future.text.contains("14.05.2026"))
        let index = try #require(registered(city).json["registrationIndex"])
        func issue(_ term: String) throws -> CommandResult {
            try city.run(
                "resolution issue",
                [
                    "appeal": index, "as": "koval", "author": "vilkul", "text": "x", "main": "zhkg",
                    "term": .string(term),
                ]
            )
        }
        for term in ["2020-01-01", "13.05.2026", "2027-01-01"] {
            let result = try issue(term)
            #expect(result.json["error"]?["code"] == "datesDisorder", "\(term)")
            #expect(result.json["error"]?["field"] == "body.assignments[0].term")
        }
        #expect(try issue("20.05.2026").exit == .ok)
        try city.sync("zhkg")
        for date in ["2099-01-01", "2020-01-01"] {
            try city.refuse(
                "feedback add",
                ["appeal": index, "as": "executor-zhkg", "how": "phone", "words": "x", "date": .string(date)],
                at: "zhkg",
                code: "datesDisorder"
            )
        }
    }

    @Test("a wrong date of receipt is corrected with a new term, which keeps an extension; one to come is refused")
    func receipt() throws {
        let city = try CommandCity(departments: [])
        let index = try #require(registered(city, ["received": "12.05.2026 09:00"]).json["registrationIndex"])
        func due() throws -> JSON? { try city.expect("appeal show", ["appeal": index]).json["registers"] }
        #expect(try due()?["due.statutory"] == "2026-06-12")
        func corrects(_ received: String) throws -> CommandResult {
            try city.run(
                "receipt correct",
                ["appeal": index, "as": "koval", "received": .string(received), "reason": "Штамп на конверті"]
            )
        }
        #expect(try corrects("01.01.2031 10:00").json["error"]?["code"] == "datesDisorder")
        #expect(try corrects("07.05.2026 09:00").exit == .ok)
        #expect(try due()?["due.statutory"] == "2026-06-08" && due()?["registeredOn"] == "2026-05-07")
        try city.expect(
            "term extend",
            ["appeal": index, "as": "koval", "by": "vilkul", "to": "2026-06-15", "reason": "Обстеження"]
        )
        #expect(try corrects("06.05.2026 09:00").exit == .ok)
        #expect(try due()?["due.statutory"] == "2026-06-15")
        let told = try city.expect("appeal show", ["appeal": index]).text
        #expect(told.contains("Виправлення дати надходження"))
    }

    @Test("an appeal is found by its index however it is typed, and by the one it had")
    func lookup() throws {
        let city = try CommandCity(departments: [])
        let index = try #require(registered(city).json["registrationIndex"]?.string)
        #expect(index == "Д-1")
        for typed in ["д-1", " Д-1 ", "Д – 1", "\u{feff}Д\u{2011}1", "д -1"] {
            try city.expect("appeal show", ["appeal": .string(typed)])
        }
        try city.refuse("appeal show", ["appeal": "Д-2"], code: "unknownAppeal")
    }

    @Test("what repeats or duplicates names an appeal, or is kept as a number of another register and said to be one")
    func references() throws {
        let city = try CommandCity(departments: [])
        try registered(city)
        let repeated = try registered(city, ["repeat-of": "д – 1"])
        #expect(!repeated.text.contains("реєстрі немає"))
        let duplicate = try registered(city, ["duplicate-of": "д-1"])
        #expect(duplicate.json["registrationIndex"] == "Д-1/2")
        #expect(try registered(city, ["duplicate-of": "Д-1"]).json["registrationIndex"] == "Д-1/3")
        for option in ["repeat-of", "duplicate-of"] {
            let foreign = try registered(city, JSONObject(members: [(option, "Щ-999")]))
            #expect(foreign.exit == .ok && foreign.text.contains("«Щ-999» у цьому реєстрі немає"))
        }
        let card = try city.expect("appeal show", ["appeal": "Д-2"]).json["registers"]
        #expect(card?["repeatOf"] == "Д-1")
        let corrected = try city.expect("appeal correct", ["appeal": "Д-2", "as": "koval", "set": ["repeatOf=НЕМА-1"]])
        #expect(corrected.text.contains("«НЕМА-1» у цьому реєстрі немає"))
    }

    @Test("a number that was taken is still found by who was told it")
    func former() throws {
        let city = try CommandCity(departments: ["zhkg"])
        let own: JSONObject = ["as": "executor-zhkg", "name": "Гнатюк", "text": "Яма"]
        try city.take("ZHKG-Г-1")
        let told = try #require(city.expect("appeal register", own, at: "zhkg").json["registrationIndex"]?.string)
        try city.sync("zhkg")
        let shown = try city.expect("appeal show", ["appeal": .string(told)], at: "zhkg")
        #expect(shown.json["registers"]?["index"] == .string(told + "-2"))
        #expect(shown.json["registers"]?["formerIndex"] == .string(told))
    }
}

extension CommandCity {
    /// The office has a card of this number already, as from a register that was kept on paper.
    fileprivate func take(_ index: String) throws {
        var card = CardFields()
        card.text = "Яма"
        card.receivedAt = now
        card.issues = [
            CardFields.Issue(heading: CardFields.otherHeading, district: nil, question: nil, problemAddress: nil)
        ]
        let number = try #require(RegistrationIndex(index)), today = try #require(KyivTime.date(at: now))
        let draft = Draft(
            kind: "appeal.registered",
            appeal: Desk.uuid(String(repeating: "7", count: 32), version: "7"),
            actor: Actor(user: "koval", role: "registrar", via: .owner),
            body: card.body(index: number, registered: today, due: nil),
            personal: card.personal
        )
        _ = try office.act(now: now, count: 1) { _, _ in draft }
    }
}
