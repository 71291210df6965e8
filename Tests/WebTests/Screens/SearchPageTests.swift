import Appeals
import CanonicalJSON
import Commands
import Desk
import Finding
import Testing

@testable import Web

@Suite("What the field at the top finds")
struct SearchPageTests {
    private func found(
        _ stage: FormStage,
        _ typed: String,
        at node: String = "urz",
        as user: String = "koval"
    ) throws -> Page {
        let page = try stage.get("/search", [("q", typed)], as: user, at: node)
        #expect(page.status == 200, "\(typed)")
        return page
    }

    /// The numbers of the cards that are shown, from the first on.
    private func indexes(_ page: Page) -> [String] {
        page.html.matches(of: /class="ix">(?:<mark>)?([^<]+)/).map { String($0.1) }
    }

    private func marks(_ page: Page) -> [String] { page.html.matches(of: /<mark>([^<]*)</).map { String($0.1) } }

    @Test("is shown newest first, with the words that were asked for marked where they stand")
    func shown() throws {
        let stage = try FormStage()
        _ = try stage.registered()
        stage.now += 86_400_000
        _ = try stage.registered(
            "Мельник Ганна Іванівна",
            more: ["text": "Прорвало трубу з гарячою водою", "question": ["Полагодити трубу"]]
        )
        let water = try found(stage, "вода")
        #expect(indexes(water) == ["М-1", "Б-1"])
        // In a quotation of the text, and in the matter, which is shown anyhow.
        #expect(marks(water) == ["водою", "воду", "води"], "\(water.html)")
        #expect(try marks(found(stage, "Мельник")) == ["Мельник"])
        #expect(try indexes(found(stage, "\"прорвало трубу\"")) == ["М-1"])
        #expect(
            try indexes(found(stage, "трубу прорвало")) == ["М-1"] && indexes(found(stage, "\"трубу прорвало\"")) == []
        )
        #expect(try indexes(found(stage, "Бондарю О. П.")) == ["Б-1"])
        #expect(
            try indexes(found(stage, "050 000 00 02")) == []
                && indexes(found(stage, "056 000 00 02")) == ["М-1", "Б-1"]
        )
    }

    @Test("leads to the card where a whole number was typed, and says what to do where there is nothing")
    func number() throws {
        let stage = try FormStage()
        let id = try stage.registered()
        let page = try stage.get("/search", [("q", "б-1")], as: "koval")
        #expect(page.status == 303 && page.location?.hasPrefix("/cards/") == true, "\(id)")
        let nothing = try found(stage, "жирафа")
        #expect(indexes(nothing) == [] && nothing.html.contains("Нічого не знайдено"))
        #expect(try found(stage, "").html.contains("Що можна ввести"))
        let signs = try found(stage, "?!")
        #expect(
            signs.html.contains("емає чого шукати") && signs.element(id: "query")?.attributes["aria-invalid"] == "true"
        )
        let long = String(repeating: "слово ", count: SearchQuery.mostWords + 1)
        #expect(try found(stage, long).html.contains("апит задовгий"))
    }

    @Test("goes on by pages from the newest to the oldest, none twice and none left out")
    func pages() throws {
        let stage = try FormStage()
        for _ in 0..<(Lists.rows + 7) { _ = try stage.registered() }
        var shown: [String] = [], place: String? = "/search?q=вода"
        while let next = place {
            let parts = next.split(separator: "?", maxSplits: 1).map(String.init)
            let pairs = parts[1].split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map { String($0) } }
            let page = try stage.get(
                parts[0],
                pairs.map { ($0[0], $0[1].replacing("%2F", with: "/").removingPercents) },
                as: "koval"
            )
            shown += indexes(page)
            place = page.elements.first { $0.name == "a" && $0.attributes["rel"] == "next" }?.attributes["href"]
        }
        #expect(shown.count == Lists.rows + 7 && Set(shown).count == shown.count)
        #expect(shown.first == "Б-\(Lists.rows + 7)" && shown.last == "Б-1")
    }

    @Test("has a department's own work before the office has it, and says that it looked in the slice alone")
    func own() throws {
        let stage = try FormStage()
        _ = try stage.registered()
        let card: JSONObject = [
            "as": "sydor", "name": "Бондар Петро", "text": "Криниця замулена", "heading": ["090"],
            "channel": "departmentEmail",
        ]
        try stage.command("appeal register", card, at: "zhkg")
        #expect(try indexes(found(stage, "криницею", at: "zhkg", as: "petrenko")) == ["ZHKG-Б-1"])
        #expect(try indexes(found(stage, "Бондаря", at: "zhkg", as: "petrenko")) == ["ZHKG-Б-1"])
        #expect(try indexes(found(stage, "криницею")) == [])
        #expect(
            try found(stage, "опалення", at: "zhkg", as: "petrenko").html.contains("серед звернень цього підрозділу")
        )
        try stage.sync()
        #expect(try indexes(found(stage, "криницею")) == ["ZHKG-Б-1"])
        #expect(try indexes(found(stage, "криницею", at: "zhkg", as: "petrenko")) == ["ZHKG-Б-1"])
    }

    @Test("a long text is cut around the first word that was asked for, at spaces")
    func quoted() throws {
        let stage = try FormStage()
        let before = String(repeating: "перед цим сказано багато ", count: 30),
            after = String(repeating: " і ще багато потім", count: 30)
        _ = try stage.registered(more: ["text": .string(before + "ліхтар" + after)])
        let page = try found(stage, "ліхтарі")
        let quote = try #require(page.elements.first { $0.attributes["class"] == "voice" }).text
        #expect(quote.hasPrefix("… ") && marks(page) == ["ліхтар"])
        let html = try #require(page.html.firstMatch(of: /class="voice">(.*?)<\/span>/)).1
        #expect(html.hasSuffix(" …") && html.count < 330 && html.contains("багато <mark>ліхтар</mark> і ще"), "\(html)")
    }
}
