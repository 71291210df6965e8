import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

/// What the table says that a command writes is what it writes.
@Suite("Rows of the table and the kinds that they write")
struct UseCaseKindTests {
    /// Runs commands and notes what each wrote.
    private final class Story {
        let city: CommandCity
        var seen: [String: Set<String>] = [:]
        init(_ city: CommandCity) { self.city = city }

        @discardableResult
        func does(
            _ name: String,
            _ arguments: JSONObject,
            at node: String = "urz",
            _ source: SourceLocation = #_sourceLocation
        ) throws -> JSON {
            let result = try city.expect(name, arguments, at: node, source: source)
            if let kind = try city.kind(of: result, at: node) { seen[name, default: []].insert(kind) }
            return result.json
        }
    }

    @Test("one appeal from its registration to its erasure: each command writes the kinds of its row, and all of them")
    func life() throws {
        let story = Story(try CommandCity())
        try reference(story)
        let index = try card(story)
        try work(story, index)
        try ends(story)
        try story.does("appeal erase", ["appeal": index, "as": "admin", "reason": "Акт", "confirm": index])
        // These decide about cases, which `ConflictCommandTests` opens; what they write is looked at there too.
        let elsewhere: Set = ["held adopt", "held decline", "conflict settle", "import", "street import"]
        for command in Commands.all where !elsewhere.contains(command.name) {
            let writes = command.row.writes
            guard writes.standing == .parties else { continue }
            #expect(story.seen[command.name] == Set(writes.all), "\(command.name)")
        }
    }

    private func reference(_ story: Story) throws {
        try story.does("department add", ["department": "osvita", "as": "admin", "name": "Освіта"])
        try story.does("person add", ["user": "nova", "department": "urz", "name": "Нова", "as": "admin"])
        try story.does("role grant", ["user": "nova", "role": "inspector", "as": "admin"])
        try story.does("role revoke", ["user": "nova", "role": "inspector", "as": "admin", "reason": "Звільнення"])
        try story.does("person leave", ["user": "nova", "as": "admin", "reason": "Звільнення"])
        let street: JSONObject = ["street": "myru", "type": "просп.", "name": "Миру", "as": "admin"]
        try story.does("street put", street)
        let shown = try story.city.expect("calendar show", [:]).json["calendar"] ?? .null
        try story.does("calendar put", ["as": "admin", "file": .string(shown.canonicalText)])
    }

    private func card(_ story: Story) throws -> JSON {
        let words: JSONObject = [
            "as": "koval", "name": "Петренко Іван Іванович", "text": "Немає води", "heading": ["090"],
            "phone": ["+380000000001"], "address": "вул. Спаська, 5",
        ]
        let index = try #require(try story.does("appeal register", words)["registrationIndex"])
        try story.does("contact add", ["appeal": index, "as": "koval", "email": "a@example.com"])
        try story.does("contact remove", ["appeal": index, "as": "koval", "email": "a@example.com"])
        try story.does("appeal note", ["appeal": index, "as": "koval", "text": "Передзвонити"])
        try story.does("appeal correct", ["appeal": index, "as": "koval", "set": ["external=7"]])
        let resolution: JSONObject = [
            "appeal": index, "as": "koval", "author": "vilkul", "text": "Розглянути", "main": "zhkg", "co": ["drim"],
        ]
        try story.does("resolution issue", resolution)
        return index
    }

    private func work(_ story: Story, _ index: JSON) throws {
        let city = story.city
        for node in ["zhkg", "drim"] { try city.sync(node) }
        func does(_ name: String, _ more: JSONObject, _ source: SourceLocation = #_sourceLocation) throws {
            var all = more
            all["appeal"] = index
            if all["as"] == nil { all["as"] = "executor-zhkg" }
            try story.does(name, all, at: "zhkg", source)
        }
        try story.does("assignment decline", ["appeal": index, "as": "head-drim", "reason": "Не наше"], at: "drim")
        try does("assignment accept", ["as": "head-zhkg"])
        try does("assignment person", ["as": "head-zhkg", "person": "executor-zhkg"])
        try does("answer draft", ["text": "Зроблено", "result": "satisfied"])
        try does("answer approve", ["as": "head-zhkg"])
        try does("feedback add", ["how": "phone", "words": "Дякую"])
        try does("document add", ["document": "act", "number": "17"])
        try does("answer submit", [:])
        for node in ["zhkg", "drim"] { try city.sync(node) }
        let review: JSONObject = ["appeal": index, "as": "koval", "assignment": "zhkg"]
        var returned = review
        returned["reason"] = "Додайте дату"
        try story.does("answer return", returned)
        try city.sync("zhkg")
        try does("answer submit", [:])
        try city.sync("zhkg")
        try story.does("answer accept", review)
        let recall: JSONObject = ["appeal": index, "as": "koval", "assignment": "drim", "reason": "Не потрібно"]
        try story.does("assignment recall", recall)
        try city.sync("zhkg")
        try does("answer dispatch", ["to": "applicant", "by": "paper"])
        try city.sync("zhkg")
        let extended: JSONObject = [
            "appeal": index, "as": "koval", "by": "vilkul", "to": "2026-06-25", "reason": "Обстеження",
        ]
        try story.does("term extend", extended)
        let received: JSONObject = [
            "appeal": index, "as": "koval", "received": "13.05.2026 16:40", "reason": "Штамп на конверті",
        ]
        try story.does("receipt correct", received)
        let decides: JSONObject = ["appeal": index, "as": "koval", "author": "vilkul"]
        func decided(_ name: String, _ more: JSONObject) throws {
            try story.does(name, JSONObject(members: decides.members + more.members))
        }
        try decided("control remove", ["basis": "Вирішено"])
        try decided("control return", ["reason": "Заявник скаржиться знову"])
        try decided("control remove", ["basis": "Перевірено на місці"])
    }

    /// What ends without a department, one card after the other.
    private func ends(_ story: Story) throws {
        let told = JSONObject(members: [("reason", "Так вирішено")])
        let endings: [(String, JSONObject)] = [
            ("appeal forward", ["to": "Водоканал"]), ("appeal return", told), ("appeal withdraw", told),
            ("appeal dismiss", ["ground": "repeated", "reason": "Вирішено раніше"]),
            ("appeal explain", ["by": "phone", "text": "Куди звернутися"]),
            ("appeal conclude", ["register": "журнал", "result": "satisfied"]),
        ]
        for (name, more) in endings {
            let words: JSONObject = ["as": "koval", "name": "Сич Ганна", "text": "Немає води", "heading": ["090"]]
            let index = try #require(try story.does("appeal register", words)["registrationIndex"])
            let decides: JSONObject = ["appeal": index, "as": "koval", "author": "vilkul"]
            try story.does("control put", JSONObject(members: decides.members + [("reason", "На контроль")]))
            try story.does(name, JSONObject(members: decides.members + more.members))
            let shown = try story.city.expect("appeal show", ["appeal": index]).text
            #expect(name != "appeal forward" || shown.contains("Надіслано за належністю; Водоканал"), "\(shown)")
        }
    }

    @Test("a command whose row names another kind is seen")
    func planted() throws {
        let city = try CommandCity(departments: [])
        let result = try city.run("department add", ["department": "osvita", "as": "admin", "name": "Освіта"])
        withKnownIssue { try city.expectKind(of: "person add", result, at: "urz") }
    }

    @Test("every code that a correction may set has words")
    func codes() {
        for register in Policy.registers {
            guard case .code(let codes) = register.corrected else { continue }
            for code in codes {
                for language in Language.allCases {
                    let text = ValueWording(language: language).text(register.name, .string(code))
                    #expect(text != code, "\(register.name) \(code): Desk/Words/ValueWording")
                }
            }
        }
    }
}
