import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

@testable import Web

/// Lists that somebody gave a name, and the first page of the day.
struct SavedViewTests {
    private func keep(
        _ town: ShownTown,
        _ name: String,
        _ place: String,
        as person: String = "koval",
        at node: String = "urz"
    ) throws -> WebReply {
        try town.post("/views", [("name", name), ("place", place)], as: person, at: node)
    }

    @Test(
        "a list with filters is kept under a name for its author alone, in the rail and on the first page, until they remove it"
    )
    func own() throws {
        let town = try ShownTown()
        try town.lives()
        let place = "/cards?state=registered&sort=-index"
        let list = try town.page(place, as: "koval")
        #expect(
            list.contains("Зберегти вигляд")
                && list.contains("name=\"place\" value=\"/cards?state=registered&amp;sort=-index\"")
        )
        #expect(try keep(town, "Мої зареєстровані", place).status == 303)
        for page in ["/", "/cards", place] {
            #expect(try town.page(page, as: "koval").contains("Мої зареєстровані"), "\(page)")
            #expect(try !town.page(page, as: "marko").contains("Мої зареєстровані"), "\(page)")
        }
        let opened = try town.page(place, as: "koval")
        #expect(opened.contains("Прибрати вигляд «Мої зареєстровані»") && !opened.contains("Зберегти вигляд"))
        let forget = try #require(opened.firstRange(of: "/views/")).lowerBound
        let path = String(opened[forget...].prefix { $0 != "\"" })
        #expect(try town.post(path, [], as: "marko").status == 303)
        #expect(try town.page("/cards", as: "koval").contains("Мої зареєстровані"))
        #expect(try town.post(path, [], as: "koval").status == 303)
        #expect(try !town.page("/cards", as: "koval").contains("Мої зареєстровані"))
    }

    @Test("the same name is the same view; no more than twenty; a name, and a place that is a list of this site")
    func limits() throws {
        let town = try ShownTown()
        for number in 1...SavedView.most {
            #expect(try keep(town, "Вигляд \(number)", "/cards?main=zhkg").status == 303)
        }
        #expect(try keep(town, "Ще один", "/cards?main=voda").status == 507)
        #expect(try keep(town, "Вигляд 7", "/cards?main=voda").status == 303)
        let page = try town.page("/cards?main=voda", as: "koval")
        #expect(page.contains("Прибрати вигляд «Вигляд 7»"))
        #expect(try keep(town, " \u{200B} ", "/cards").status == 422)
        for wrong in [
            "https://example.com/", "//example.com/cards", "/cards/К-1", "/account", "/cards?a=b c",
            "javascript:alert(1)",
        ] {
            #expect(try keep(town, "Чужий", wrong).status == 400, "\(wrong)")
        }
    }

    @Test("a kept list has no number of an appeal, which would outlive the appeal, and no place within its pages")
    func forgets() throws {
        let town = try ShownTown()
        let index = try town.lives()[0]
        let page = try town.page(
            "/cards?main=zhkg&index=" + WebCall.encoded(String(index.dropLast())) + "&after=2026-01-01/a",
            as: "koval"
        )
        #expect(page.contains("name=\"place\" value=\"/cards?main=zhkg\""))
    }

    @Test(
        "the first page has the lists of the roles of whoever looks: those with work, the most urgent first, and names the empty ones"
    )
    func digest() throws {
        let town = try ShownTown()
        let indices = try town.lives()
        for person in ShownTown.people {
            let page = try town.page("/", as: person.user, at: person.department)
            let queues = try town.page("/cards", as: person.user, at: person.department)
            for list in Digest.order where queues.contains("href=\"/queues/\(list.rawValue)\"") {
                let heading = "<h2><a href=\"/queues/\(list.rawValue)\">"
                let count =
                    try town.page("/queues/\(list.rawValue)", as: person.user, at: person.department)
                    .split(separator: "<tr data-appeal=").count - 1
                if list != .unread { #expect(page.contains(heading) == (count > 0), "\(person.user) \(list)") }
            }
            // A list that is not of their roles is not on their page.
            for list in WorkList.allCases where !queues.contains("href=\"/queues/\(list.rawValue)\"") {
                #expect(!page.contains("/queues/\(list.rawValue)\""), "\(person.user) \(list)")
            }
        }
        let head = try town.page("/", as: "sych", at: "zhkg")
        let places = ["/queues/overdue", "/queues/returned", "/queues/new"].compactMap {
            head.firstRange(of: "<h2><a href=\"\($0)\"")?.lowerBound
        }
        #expect(places.count > 1 && places == places.sorted())
        #expect(head.contains(indices[1]) && head.contains("Сьогодні, 14.05.2026"))
        #expect(try town.page("/", as: "vilkul").contains("У місті прострочено"))
        #expect(!head.contains("У місті прострочено"))
    }

    @Test("the appeal against somebody is in none of the lists of their first page")
    func kept() throws {
        let town = try ShownTown()
        let index = try town.register(["complained-against": ["marko"], "question": ["Скарга на спеціаліста"]])
        #expect(try town.page("/", as: "koval").contains(index))
        #expect(try !town.page("/", as: "marko").contains(index))
    }
}
