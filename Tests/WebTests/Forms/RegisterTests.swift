import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

@Suite("Registration on one screen")
struct RegisterTests {
    /// A call as a registrar hears it.
    private static let call: KeyValuePairs = [
        "phone": "0560000004", "name": "Гнатюк Ірина Василівна", "address": "вул. Староміська, 19",
        "text":
            "На моє звернення відповіли, що освітлення відновлено, але чотири ліхтарі так і не горять.",
        "question.1": "Відновити освітлення", "heading.1": "090",
    ]

    private static var typed: [String: String] {
        Dictionary(call.map { ($0.key, $0.value) }) { first, _ in first }
    }

    /// Fields that the tabulator goes through, in order: what is folded is passed over.
    private static func stops(_ page: Page) -> [Page.Element] {
        var found: [Page.Element] = [], isFolded = false, isIn = false
        for element in page.elements {
            if element.name == "form" { isIn = element.attributes["data-draft"] == "register" }
            if element.name == "details" {
                isFolded = element.attributes["open"] == nil && element.attributes["class"] != "pop"
            }
            if ["div", "aside"].contains(element.name), element.attributes["class"]?.contains("stick") == true {
                isFolded = false
            }
            let isField = ["input", "select", "textarea", "button", "summary"].contains(element.name)
            guard isIn, isField, element.attributes["type"] != "hidden" else { continue }
            if element.name == "summary" || !isFolded { found.append(element) }
        }
        return found
    }

    @Test("a real call is registered by keyboard within a minute: five keys a second, a second for each choice")
    func keys() throws {
        let page = try FormStage().get("/register", as: "koval")
        let stops = Self.stops(page)
        var keys = 0, choices = 0, here = -1
        for (name, value) in Self.call {
            let there = try #require(stops.firstIndex { $0.attributes["name"] == name }, "\(name)")
            #expect(there > here, "\(name) stands before what is asked first")
            keys += there - here
            here = there
            if stops[there].name == "select" { choices += 1 } else { keys += value.count }
        }
        // Ctrl and Enter register from wherever the cursor is.
        keys += 1
        #expect(page.all("button").contains { $0.attributes["data-confirm"] != nil })
        let seconds = Double(keys) / 5 + Double(choices)
        #expect(seconds <= 60, "\(keys) keys and \(choices) choices take \(seconds) s")
    }

    @Test("what is typed becomes a card with its number, and the page that follows tells it")
    func registers() throws {
        let stage = try FormStage()
        let page = try stage.fill("/register", Self.typed, as: "koval")
        #expect(page.status == 303, "\(page.html)")
        let location = try #require(page.location)
        #expect(location.contains("done=appeal-register&how=accepted&number=%D0%93-1"))
        let id = String(location.dropFirst("/cards/".count).prefix(36))
        let card = try Desk(stage.context().place, .named(user: "koval", role: nil)).card(id)
        #expect(card.registers["applicant.name"] == "Гнатюк Ірина Василівна")
        #expect(card.phones.first?.value == "+380560000004")
        #expect(card.registers["channel"] == "mayorPhone")
        #expect(card.issues.map { $0.registers["heading"] } == ["090"])
    }

    @Test("the number and the term are told before it is registered, with how the term is counted")
    func foretold() throws {
        let stage = try FormStage()
        _ = try stage.registered("Гнатюк Ірина Василівна")
        let page = try stage.get(
            "/register",
            [("part", "foretold"), ("name", "Горобець Іван"), ("basis", "fifteenDays")],
            as: "koval"
        )
        #expect(page.html.contains("Г-2"))
        #expect(page.html.contains("29.05.2026") || page.html.contains("29 травня 2026"), "\(page.html)")
        #expect(page.html.contains("Як пораховано"))
    }

    @Test("who calls again is known by telephone and by e-mail, and what they repeat is linked by a button")
    func known() throws {
        let stage = try FormStage()
        _ = try stage.registered()
        for (name, value) in [("phone", "056 000 00 02"), ("email", "bondar@example.com")] {
            let page = try stage.get("/register", [("part", "caller"), (name, value)], as: "koval")
            #expect(page.html.contains("Б-1"), "\(name)")
        }
        let stranger = try stage.get("/register", [("part", "caller"), ("phone", "0560000099")], as: "koval")
        #expect(!stranger.html.contains("Б-1"))
        var fields = try stage.get("/register", as: "koval").fields
        fields.append(("do", "repeat Б-1"))
        let linked = try stage.post("/register", fields, as: "koval")
        #expect(linked.status == 200)
        #expect(linked.element(id: "f-repeat-of")?.attributes["value"] == "Б-1")
        #expect(linked.fields.contains { $0.0 == "sign" && $0.1 == "repeated" })
    }

    @Test("a button adds an issue without a script, and an issue that lacks something keeps its place")
    func issues() throws {
        let stage = try FormStage()
        var fields = try stage.get("/register", as: "koval").fields.filter { Self.typed[$0.0] == nil }
        fields += Self.typed.map { ($0.key, $0.value) } + [("do", "issue")]
        let more = try stage.post("/register", fields, as: "koval")
        #expect(more.names.contains("question.2"))
        #expect(more.fields.contains { $0.0 == "name" && $0.1 == "Гнатюк Ірина Василівна" })
        let second = [
            "question.1": "", "question.2": "Прибрати гілки", "heading.2": "110",
            "problem-address.2": "вул. Спаська, 5",
        ]
        var both = more.fields.filter { second[$0.0] == nil }
        both += second.map { ($0.key, $0.value) }
        let done = try stage.post("/register", both, as: "koval")
        #expect(done.status == 303, "\(done.html)")
        let id = String(try #require(done.location).dropFirst("/cards/".count).prefix(36))
        let card = try Desk(stage.context().place, .named(user: "koval", role: nil)).card(id)
        #expect(card.issues.map { $0.registers["question"]?.string ?? "" } == ["", "Прибрати гілки"])
        #expect(card.issues.map { $0.registers["heading"] } == ["090", "110"])
        #expect(card.addresses.compactMap(\.issue) == [card.issues[1].id])
    }

    @Test("a registration that lacks its words is refused with what was typed, in the words of the fields")
    func missing() throws {
        let stage = try FormStage()
        var typed = Self.typed
        typed["text"] = ""
        typed["phone"] = "12"
        let page = try stage.fill("/register", typed, as: "koval")
        #expect(page.status == 422)
        #expect(page.element(id: "f-text-msg")?.text == "Заповніть: зі слів заявника")
        #expect(page.element(id: "f-phone-msg")?.text.hasPrefix("«Телефон» «12»: це не телефон") == true)
        #expect(page.fields.contains { $0.0 == "name" && $0.1 == "Гнатюк Ірина Василівна" })
        #expect(!page.html.contains("--"))
    }

    @Test("two clicks on the button register one card")
    func twice() throws {
        let stage = try FormStage()
        var fields = try stage.get("/register", as: "koval").fields.filter { Self.typed[$0.0] == nil }
        fields += Self.typed.map { ($0.key, $0.value) }
        let first = try stage.post("/register", fields, as: "koval"),
            second = try stage.post("/register", fields, as: "koval")
        #expect(first.status == 303 && second.status == 303)
        let count = try Desk(stage.context().place, .named(user: "koval", role: nil)).appeals(AppealFilter(), limit: 10)
            .total
        #expect(count == 1)
    }
}
