import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

@Suite("What people must settle, on pages")
struct CaseTests {
    /// Without the blanks at which no line breaks.
    private func plain(_ text: String) -> String { text.replacing("\u{A0}", with: " ") }

    @Test("a disagreement names both authors, each with department and time")
    func both() throws {
        let stage = try FormStage()
        try stage.command(
            "person add",
            ["user": "lys", "department": "urz", "name": "Лис Галина Романівна", "as": "admin"]
        )
        try stage.command("role grant", ["user": "lys", "role": "registrar", "as": "admin"])
        let id = try stage.registered()
        var fields = try stage.get(ActPlace.of(.appealCorrect, id), as: "koval").fields
        try stage.command("appeal correct", ["appeal": .string(id), "as": "lys", "set": ["kind=complaint"]])
        let first = try #require(KyivTime.moment(at: stage.now))
        fields.removeAll { $0.0 == "set.kind" }
        fields.append(("set.kind", "proposal"))
        stage.now += 3_600_000
        #expect(try stage.post(ActPlace.of(.appealCorrect, id), fields, as: "koval").status == 303)
        let second = try #require(KyivTime.moment(at: stage.now))
        let page = try stage.get(ActPlace.of(.conflictSettle, id), as: "koval")
        for (name, moment) in [("Лис Галина Романівна", first), ("Коваль Ірина Петрівна", second)] {
            let time = String(moment.time.description.prefix(5))
            let line = "\(name), Центр, \(moment.date.ukrainianNumbers), \(time)"
            #expect(page.elements.contains { plain($0.text) == line }, "\(line) in \(page.html)")
        }
        let card = try stage.get(ActPlace.card(id), as: "koval")
        #expect(plain(card.html).contains("Порівняти й вирішити"))
        let leader = try stage.get(ActPlace.card(id), as: "vilkul")
        #expect(!plain(leader.html).contains("Порівняти й вирішити") && plain(leader.html).contains("Вирішують: "))
    }

    @Test("who stands in for the leader and signs himself is shown with the ground on which he does, once")
    func standsIn() throws {
        let stage = try FormStage()
        let id = try stage.registered()
        let resolution: JSONObject = [
            "appeal": .string(id), "as": "vilkul", "author": "vilkul",
            "substitution": "розпорядження № 12-р <б> «відпустка»",
            "text": "Розглянути", "main": "zhkg",
        ]
        let issued = try #require(Commands.named("resolution issue")).run(stage.context(), resolution)
        #expect(issued.json["outcome"] == "accepted", "\(issued.text)")
        let card = try stage.get(ActPlace.card(id), as: "koval")
        let lines = card.elements.map { plain($0.text) }.filter {
            $0.contains("на підставі: розпорядження № 12-р <б> «відпустка»")
        }
        let line = try #require(lines.min { $0.count < $1.count })
        #expect(line.ranges(of: "Савчук").count == 1 && !line.contains("записано"), "\(line)")
    }

    @Test("work that waits is offered to whoever decides, with its words and whose it is, and both ways to decide")
    func held() throws {
        let stage = try FormStage()
        let id = try stage.assigned()
        let second: JSONObject = [
            "appeal": .string(id), "as": "koval", "author": "vilkul", "text": "Передати дорожникам", "main": "drim",
        ]
        let issued = try #require(Commands.named("resolution issue")).run(stage.context(), second)
        #expect(issued.json["outcome"] == "held", "\(issued.text)")
        try stage.sync()
        let card = try stage.get(ActPlace.card(id), as: "vilkul")
        // What waits is read where it stands among the acts, also once it was declined.
        #expect(plain(card.html).contains("Передати дорожникам"))
        let open = try stage.openCase(id)
        #expect(card.all("a").contains { $0.attributes["href"] == ActPlace.aCase(open) })
        let page = try stage.get(ActPlace.of(.heldAdopt, id), [("case", open.id)], as: "vilkul")
        #expect(
            plain(page.html).contains("Передати дорожникам")
                && plain(page.html).contains("Коваль Ірина Петрівна, Центр, ")
        )
        #expect(plain(page.html).contains("Чому чекає: вже є чинна резолюція"))
        let other = page.all("a").first { plain($0.text) == "Відхилити роботу" }
        #expect(other?.attributes["href"]?.contains("/acts/held-decline?case=") == true)
        let declined = try stage.fill(
            ActPlace.of(.heldDecline, id),
            ["reason": "Лишаємо першу"],
            query: [("case", open.id)],
            as: "vilkul"
        )
        #expect(declined.status == 303, "\(declined.html)")
        let after = plain(try stage.get(ActPlace.card(id), as: "vilkul").html)
        #expect(!after.contains("Порівняти й вирішити") && after.contains("Передати дорожникам"))
        let executor = try stage.get(ActPlace.card(id), as: "sydor", at: "zhkg")
        #expect(!plain(executor.html).contains("Прийняти роботу"))
    }
}
