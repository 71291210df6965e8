import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

/// What a card must tell, to whom.
@Suite("A card tells")
struct CardCommandTests {
    /// A field of a registration and the line that shows it.
    private struct Told {
        let input: String
        let value: JSON
        let line: String
        /// Which departments are shown it, beside the office; to the others it is hidden.
        let shownTo: Set<String>
    }

    private static let all: Set<String> = ["zhkg", "drim"]
    private static let fields = [
        Told(input: "name", value: "Петренко Іван", line: "Заявник: Петренко Іван", shownTo: ["zhkg"]),
        Told(input: "address", value: "вул. Спаська, 5", line: "Адреса: вул. Спаська, 5", shownTo: ["zhkg"]),
        Told(input: "workplace", value: "Порт", line: "Місце роботи: Порт", shownTo: []),
        Told(input: "sex", value: "female", line: "Стать: жіноча", shownTo: []),
        Told(input: "phone", value: ["+380560000001"], line: "Телефон: +380560000001", shownTo: ["zhkg"]),
        Told(input: "signatories", value: 47, line: "Підписів: 47", shownTo: all),
        Told(input: "reply", value: "email", line: "Форма відповіді: ", shownTo: all),
        Told(input: "external", value: "УКЦ-7", line: "Номер надсилача: УКЦ-7", shownTo: all),
    ]

    @Test("each field that it has, in words, or that it is hidden")
    func fields() throws {
        let city = try CommandCity()
        var arguments: JSONObject = [
            "as": "koval", "text": "Немає води", "subject": "collective", "question": ["Труба", "Дорога"],
            "heading": ["090", "090"],
        ]
        for field in Self.fields { arguments[field.input] = field.value }
        let index = try #require(try city.expect("appeal register", arguments).json["registrationIndex"])
        try city.expect(
            "resolution issue",
            [
                "appeal": index, "as": "koval", "author": "vilkul", "text": "До розгляду", "main": "zhkg",
                "co": ["drim"], "issues": ["zhkg=1", "drim=2"], "term": "2026-05-20",
            ]
        )
        for node in ["urz", "zhkg", "drim"] {
            if node != "urz" { try city.sync(node) }
            let card = try city.expect("appeal show", ["appeal": index], at: node).text
            for field in Self.fields {
                let title = String(field.line.prefix { $0 != ":" })
                let isShown = node == "urz" || field.shownTo.contains(node)
                #expect(card.contains(isShown ? field.line : title + ": приховано"), "\(node): \(field.input)\n\(card)")
            }
            #expect(card.contains("питання 1") && card.contains("питання 2") && card.contains("термін 20.05.2026"))
            #expect(card.contains("Оперативний розгляд до "), "\(card)")
        }
        let office = try city.expect("appeal show", ["appeal": index]).text
        #expect(office.contains("Записав: Особа koval (urz)"), "\(office)")
    }

    @Test("whose resolution it is and on which ground they stand in, and who entered it")
    func author() throws {
        let city = try CommandCity()
        try city.expect("person add", ["user": "acting", "department": "urz", "name": "В. о. Гриценко", "as": "admin"])
        let grant: JSONObject = ["user": "acting", "role": "leader", "as": "admin"]
        let days: JSONObject = ["from": "01.05.2026", "through": "2026-05-20"]
        try city.refuse("role grant", grant.with(days), code: "missingField")
        try city.refuse(
            "role grant",
            grant.with(["substitution": "наказ № 5", "from": "2026-05-20", "through": "2026-05-01"]),
            code: "datesDisorder"
        )
        try city.expect("role grant", grant.with(days).with(["substitution": "наказ № 5"]))
        let person = try city.expect("person show", ["user": "acting"])
        #expect(person.text.contains("підстава: наказ № 5 (з 01.05.2026 до 20.05.2026)"), "\(person.text)")
        let role = person.json["person"]?["roles"]?.array?.first
        #expect(role?["from"] == "2026-05-01" && role?["through"] == "2026-05-20")
        let index = JSON.string(try city.register())
        try city.expect(
            "resolution issue",
            [
                "appeal": index, "as": "koval", "author": "acting", "text": "До розгляду", "main": "zhkg",
            ]
        )
        let card = try city.expect("appeal show", ["appeal": index]).text
        let acting = "В. о. Гриценко (керівник міста; на підставі: наказ № 5 (з 01.05.2026 до 20.05.2026))"
        #expect(card.contains("Резолюція — \(acting) (записав: Особа koval, urz)"), "\(card)")
        let english = try city.expect("appeal show", ["appeal": index, "lang": "en"]).text
        #expect(english.contains("by наказ № 5 (from 2026-05-01 until 2026-05-20)"), "\(english)")
        let history = try city.expect("appeal history", ["appeal": index]).text
        #expect(history.contains("рішення: \(acting)"), "\(history)")
        try city.sync("zhkg")
        try city.expect("assignment accept", ["appeal": index, "as": "head-zhkg"], at: "zhkg")
        try city.expect(
            "feedback add",
            ["appeal": index, "as": "head-zhkg", "how": "phone", "words": "Дякую"],
            at: "zhkg"
        )
        try city.expect(
            "document add",
            ["appeal": index, "as": "head-zhkg", "document": "act", "number": "17"],
            at: "zhkg"
        )
        let own = try city.expect("appeal show", ["appeal": index], at: "zhkg").text
        #expect(own.contains("телефоном") && own.contains("акт; 17"), "\(own)")
    }

    @Test("that a term was counted with days which the calendar does not have is said where the term is told")
    func provisional() throws {
        let city = try CommandCity()
        let note = "попередньо: календар має дні"
        for (received, isProvisional) in [
            ("2021-07-24T10:00:00+03:00", true), ("2021-12-31T10:00:00+02:00", true),
            ("2022-01-04T10:00:00+02:00", false),
        ] {
            let arguments: JSONObject = [
                "as": "koval", "name": "Вовк", "text": "Яма", "channel": "post", "received": .string(received),
            ]
            let registered = try city.expect("appeal register", arguments)
            let index = try #require(registered.json["registrationIndex"])
            let card = try city.expect("appeal show", ["appeal": index])
            let explained = try city.expect("deadline explain", ["appeal": index])
            let asked = try city.expect("deadline explain", ["received": .string(received), "channel": "post"])
            for (name, told) in [("register", registered), ("card", card), ("term", explained), ("day", asked)] {
                #expect(told.text.contains(note) == isProvisional, "\(name) of \(received): \(told.text)")
                #expect((told.json["provisional"]?.bool ?? false) == isProvisional, "\(name) of \(received)")
            }
        }
    }

    @Test("what was settled and why, and what ended by itself; so does its history")
    func outcomes() throws {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned())
        try city.sync("zhkg")
        try city.expect(
            "appeal correct",
            ["appeal": index, "as": "head-zhkg", "set": ["applicant.address=вул. Інша, 2", "district=Інгулецький"]],
            at: "zhkg"
        )
        try city.expect(
            "appeal correct",
            ["appeal": index, "as": "koval", "set": ["applicant.address=вул. Наша, 1", "heading@1=100"]]
        )
        try city.sync("zhkg")
        let open = try city.expect("conflict list", ["appeal": index], exit: .conflictsWaiting)
        let row = try #require(open.json["cases"]?.array?.first)
        #expect(open.text.contains("Вирішує") && open.text.contains("реєстратор"), "\(open.text)")
        #expect(open.text.contains("Особа koval") && open.text.contains("до 15.05.2026"), "\(open.text)")
        #expect(row["until"] == "2026-05-15" && row["decides"]?["node"] == "urz")
        try city.expect(
            "conflict settle",
            ["case": try #require(row["id"]), "as": "koval", "choose": "keep", "reason": "Звірено з паспортом"]
        )
        let card = try city.expect("appeal show", ["appeal": index]).text
        #expect(card.contains("залишити чинне значення — Особа koval (urz): Звірено з паспортом"), "\(card)")
        let history = try city.expect("appeal history", ["appeal": index]).text
        #expect(history.contains("залишити чинне значення; причина: Звірено з паспортом"), "\(history)")
        try city.sync("zhkg")
        let told = try city.expect("appeal history", ["appeal": index], at: "zhkg").text
        #expect(told.contains("Звірено з паспортом"), "\(told)")
    }

    @Test("an extension: who, when, why, to which day; the counted term then agrees with the card")
    func extended() throws {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned())
        try city.expect(
            "term extend",
            ["appeal": index, "as": "koval", "by": "vilkul", "to": "2026-06-25", "reason": "Обстеження мережі"]
        )
        let told = try city.expect("deadline explain", ["appeal": index])
        #expect(told.text.contains("Продовження: 25.06.2026"), "\(told.text)")
        #expect(told.text.contains("Продовження строку — Особа vilkul (записав: Особа koval, urz)"), "\(told.text)")
        #expect(told.text.contains("Обстеження мережі") && told.json["differs"] == [])
    }

    @Test("of a number that left: when, and what became of it")
    func departed() throws {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned())
        try city.sync("zhkg")
        let recall: JSONObject = ["appeal": index, "as": "koval", "assignment": "zhkg", "reason": "Не потрібно"]
        try city.expect("assignment recall", recall)
        try city.sync("zhkg")
        for name in ["appeal show", "appeal history", "deadline explain"] {
            let refused = try city.refuse(name, ["appeal": index], at: "zhkg", code: "appealLeft")
            #expect(refused.text.contains("14.05.2026: відкликано"), "\(refused.text)")
        }
        try city.expect("sync explain", ["what": index], at: "zhkg")
        let list = try city.expect("appeal list", ["departed": true], at: "zhkg")
        #expect(list.json["total"] == 1 && list.json["appeals"]?.array?.first?["outcomes"] == ["recalled"])
        #expect(list.text.contains("П-1") && list.text.contains("відкликано"), "\(list.text)")
        let lists = try city.expect("work", ["as": "head-zhkg"], at: "zhkg").json["lists"]?.array ?? []
        #expect(lists.contains { $0["list"] == "departed" && $0["count"] == 1 })
    }

    @Test("of a number that was erased: who, when and by which act, and nothing of what it was about")
    func erased() throws {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned())
        try city.sync("zhkg")
        try city.expect("appeal erase", ["appeal": index, "as": "admin", "reason": "Акт № 5", "confirm": index])
        let refused = try city.refuse("appeal show", ["appeal": index], code: "appealErased")
        #expect(refused.text.contains("стерто 14.05.2026; стер Особа admin, підстава: Акт"), "\(refused.text)")
        #expect(!refused.text.contains("Петренко"))
        #expect(try city.expect("appeal history", ["appeal": index]).text.contains("Дані стерто"))
        try city.sync("zhkg")
        let there = try city.refuse("appeal show", ["appeal": index], at: "zhkg", code: "appealErased")
        #expect(there.text.contains("стерто 14.05.2026"), "\(there.text)")
    }

    @Test("of a number that the office gave to another: the card is found by both, and its department is told")
    func renumbered() throws {
        let city = try CommandCity()
        let told = try #require(
            try city.expect(
                "appeal register",
                ["as": "executor-zhkg", "name": "Граб Семен", "text": "Світло", "addressee": "department"],
                at: "zhkg"
            ).json["registrationIndex"]
        )
        let body: JSONObject = [
            "index": told, "registeredOn": "2026-05-13", "receivedAt": "2026-05-13T09:14:00+03:00",
            "channel": "mayorPhone", "addressee": "mayor", "kind": "complaint", "receiptSign": "first",
            "subjectType": "individual", "issues": [["heading": "090"]],
        ]
        try city.office.act(now: city.now) { _ in
            Draft(
                kind: "appeal.registered",
                appeal: "01995c3a-0000-7000-8000-000000000001",
                actor: Actor(user: "koval", role: "registrar", via: .owner),
                body: body,
                personal: ["text": "Яма", "name": "Гай"]
            )
        }
        try city.sync("zhkg")
        let card = try city.expect("appeal show", ["appeal": told], at: "zhkg")
        #expect(card.json["index"] == .string((told.string ?? "") + "-2"))
        #expect(card.text.contains("Попередній індекс: \(told.string ?? "")"), "\(card.text)")
        let tray = try city.expect("tray list", ["kind": "renumbered"], at: "zhkg")
        #expect(tray.json["items"]?.array?.count == 1 && tray.text.contains("інший індекс"), "\(tray.text)")
    }

    @Test("and the node's state says that it does not run; any request of a node counts as contact")
    func state() throws {
        let city = try CommandCity()
        #expect(try city.expect("status", [:], at: "zhkg").text.contains("Вузол не запущено"))
        func contact() throws -> Int64? { try city.officeStore.read { try $0.node("zhkg")?.contact } }
        let before = try #require(try contact())
        city.now += 600_000
        // What is asked for is refused; that somebody with the key asked is what counts.
        _ = try city.office.handle(WireRequest("GET", "/sync/v1/pull"), peer: "zhkg", now: city.now, mayWait: false)
        #expect(try contact() == city.now && city.now > before)
        let noted = city.now
        _ = try city.office.handle(
            WireRequest("GET", "/sync/v1/pull"),
            peer: "zhkg",
            now: noted + 599_000,
            mayWait: false
        )
        #expect(try contact() == noted, "within ten minutes nothing is written")
    }
}
