import Appeals
import Desk
import Testing

@testable import Web

/// The manual within the workspace, and the tour.
struct HelpTests {
    @Test("every page of the workspace has a topic of its own kind, and every topic a page in both languages")
    func topics() throws {
        let town = try ShownTown()
        let pages = Web.routes.filter {
            $0.method == "GET"
                && !["/api/", "/assets/", "/parts/", "/openapi", "/help"].contains(where: $0.path.hasPrefix)
        }
        let ofTheDay = pages.map(\.path).filter {
            HelpTopic.of($0.replacing("{appeal+}", with: "К-1").replacing("{row}", with: "x")) == .day
        }
        #expect(Set(ofTheDay) == ["/"], "these have no topic: \(ofTheDay)")
        for topic in HelpTopic.allCases {
            #expect(topic.paragraphs.count > 1, "\(topic)")
            let (ukrainian, english) = (
                try town.page(HelpPages.place(topic), as: "koval"),
                try town.page(HelpPages.place(topic) + "?lang=en", as: "koval")
            )
            for paragraph in topic.paragraphs {
                #expect(
                    ukrainian.contains(Markup(paragraph.uk).text) && english.contains(Markup(paragraph.en).text),
                    "\(paragraph.en)"
                )
            }
        }
        #expect(try town.get("/help/nothing", as: "koval").status == 404)
    }

    @Test("each page leads to what is written about it")
    func ofThePage() throws {
        let town = try ShownTown()
        let index = try town.lives()[0]
        let card = "/cards/" + WebCall.encoded(index)
        for (place, topic) in [
            ("/", HelpTopic.day), ("/queues/new", .lists), ("/queues/decisions", .disagreements),
            ("/register", .register), (card, .card),
            (card + "/acts/resolution-issue", .resolution), (card + "/acts/control-remove", .control),
            ("/directory/people", .directory),
            ("/sync", .exchange), ("/city", .city), (card + "/print", .paper),
        ] {
            let page = try town.get(place, as: "koval").text
            #expect(HelpTopic.of(place) == topic, "\(place)")
            if topic != .paper { #expect(page.contains("href=\"\(HelpPages.place(topic))\""), "\(place)") }
        }
    }

    @Test("the tour has ten steps, each a real page for everybody, and is left at any of them")
    func tour() throws {
        let town = try ShownTown()
        try town.lives()
        #expect(Tour.steps.count == 10)
        for person in ShownTown.people {
            var place = "/?tour=1", seen = 0
            while seen < 10 {
                seen += 1
                let page = try town.page(place, as: person.user, at: person.department)
                let band = try #require(page.firstRange(of: "Крок \(seen) з 10"), "\(person.user) \(place)").lowerBound
                let words = page[band...].prefix(3_000)
                let links = words.split(separator: "href=\"").dropFirst().map {
                    String($0.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
                }
                // The way out is the same page without the band.
                let out = try #require(
                    links.first { !$0.contains("tour=") && !$0.hasPrefix("/cards?after") },
                    "\(words)"
                )
                #expect(try !town.page(out, as: person.user, at: person.department).contains("Крок "), "\(out)")
                guard let next = links.first(where: { $0.hasSuffix("tour=\(seen + 1)") }) else { break }
                place = next
            }
            #expect(seen == 10, "\(person.user)")
        }
        for wrong in ["0", "11", "x", ""] {
            #expect(try !town.page("/?tour=\(wrong)", as: "koval").contains("Крок "), "\(wrong)")
        }
    }

    @Test("a newcomer is offered the tour until they have opened a card")
    func newcomer() throws {
        let town = try ShownTown()
        let index = try town.register()
        #expect(try town.page("/", as: "koval").contains("Огляд за десять кроків"))
        try town.sees(index, "koval", at: "urz")
        #expect(try !town.page("/", as: "koval").contains("Огляд за десять кроків"))
        #expect(try town.page("/help", as: "koval").contains("Огляд за десять кроків"))
    }
}

extension Markup {
    /// As a page has it.
    fileprivate var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// The file of the manual.
struct HelpFileTests {
    @Test("every topic of the file is one of the workspace, each line has its pair: Ukrainian first, then English")
    func pairs() {
        #expect(Set(HelpPage.all.keys) == Set(HelpTopic.allCases.map(\.rawValue)))
        for (name, page) in HelpPage.all {
            for words in [page.title] + page.paragraphs {
                let cyrillic = words.uk.unicodeScalars.count { (0x400...0x4FF).contains($0.value) }
                #expect(cyrillic * 2 > words.uk.count, "\(name): \(words.uk)")
                #expect(
                    !words.en.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) },
                    "\(name): \(words.en)"
                )
                #expect(
                    words.uk.count < words.en.count * 3 && words.en.count < words.uk.count * 3,
                    "\(name): \(words.en)"
                )
            }
        }
    }

    @Test("a line without its pair is no paragraph, and what stands before the first topic is none")
    func reads() {
        let pages = HelpPage.read("слова\n## a\nНазва\nTitle\n\nОдин\nOne\nДва\n## b\n## c\nТри\nThree")
        #expect(pages.keys.sorted() == ["a", "c"] && pages["a"]?.paragraphs == [Label(uk: "Один", en: "One")])
        #expect(pages["c"]?.title.en == "Three")
    }
}
