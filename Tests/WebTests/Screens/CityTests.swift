import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

@testable import Web

/// The state of the city: each number is the length of the list that it opens, and says what is not known.
struct CityTests {
    private static let hour: Int64 = 3_600_000

    /// The links of a part of a page, each with its words: `("/cards?list=new&of=zhkg", "2")`.
    private func links(_ part: some StringProtocol) -> [(place: String, words: String)] {
        String(part).components(of: "<a href=\"").dropFirst().map { link in
            let words = link.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }
            return (String(link.prefix { $0 != "\"" }).replacing("&amp;", with: "&"), String(words))
        }
    }

    private func part(_ page: String, from start: String, to end: String) -> Substring {
        guard let first = page.firstRange(of: start) else { return "" }
        let rest = page[first.upperBound...]
        return rest[..<(rest.firstRange(of: end)?.lowerBound ?? rest.endIndex)]
    }

    /// How many appeals a list has, as its page says.
    private func length(_ place: String, _ town: ShownTown, as person: String) throws -> Int {
        let page = try town.page(place, as: person)
        return page.components(of: "<tr data-appeal=").count - 1
    }

    private func hears(_ town: ShownTown) { for node in ShownTown.names.keys { town.heard[node] = town.now } }

    @Test("each number of the matrix and of the city opens the list that is so long, for each who may look")
    func numbers() throws {
        let town = try ShownTown()
        try town.lives()
        try town.expect("appeal register", Self.complaint(of: "marko"))
        town.now += 16 * 24 * Self.hour
        hears(town)
        for person in ["vilkul", "koval", "marko"] {
            let page = try town.page("/city", as: person)
            var seen = 0
            for (place, words) in links(part(page, from: "<table class=\"t matrix\">", to: "</table>"))
            where place.hasPrefix("/cards") {
                guard let number = Int(words.filter(\.isNumber)) else { continue }
                #expect(try length(place, town, as: person) == number, "\(person): \(place)")
                seen += 1
            }
            #expect(seen > 12, "\(person)")
            for figure in part(page, from: "<div class=\"figs\">", to: "<section").split(separator: "<a href=\"")
                .dropFirst()
            {
                let place = String(figure.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
                let number = part(String(figure), from: "<b>", to: "</b>")
                #expect(try Int(number) == length(place, town, as: person), "\(person): \(place)")
            }
        }
    }

    @Test("the overview is for leaders, registrars and specialists of the office; to others the place is not there")
    func rights() throws {
        let town = try ShownTown()
        for (user, _, department, role) in ShownTown.people {
            let may = department == "urz" && City.roles.contains(role)
            #expect(try town.get("/city", as: user, at: department).status == (may ? 200 : 404), "\(user)")
            let home = try town.page("/cards", as: user, at: department)
            #expect(home.contains("href=\"/city\"") == may, "\(user)")
        }
    }

    @Test("a node that is silent for a day has bounds: what it last said, and what is so if nothing was done since")
    func bounds() throws {
        let town = try ShownTown()
        try town.lives()
        let lastWord = town.now
        for (node, _) in ShownTown.names { town.heard[node] = lastWord }
        // Nothing was overdue at the department when it last spoke; much is, after a month of silence.
        town.now += 30 * 24 * Self.hour
        town.heard["voda"] = town.now
        let city = try desk(town).city { town.heard[$0] }
        let silent = try #require(city.rows.first { $0.department == "zhkg" })
        let speaking = try #require(city.rows.first { $0.department == "voda" })
        #expect(silent.freshness == .silent && speaking.freshness == .fresh)
        #expect(speaking.numbers.values.allSatisfy { $0.isExact })
        let overdue = try #require(silent.numbers[.overdue])
        #expect(overdue.lower < overdue.upper ?? 0, "\(overdue)")
        let new = try #require(silent.numbers[.new]), inWork = try #require(silent.numbers[.inWork])
        #expect(new.upper == nil && inWork.upper == inWork.lower + new.lower)
        let apart = (overdue.upper ?? 0) - overdue.lower
        #expect(city.total(.overdue).lower == max(0, (city.total(.overdue).upper ?? 0) - apart))
        #expect(city.total(.new).upper == nil)
        let page = try town.page("/city", as: "vilkul")
        let row = part(page, from: "<tr class=\"bound\">", to: "</tr>")
        for words in ["благоустрою", "≥\u{A0}\(new.lower)", "▲ \(overdue.lower)…\(overdue.upper ?? 0)", "30 днів"] {
            #expect(row.contains(words), "\(words): \(row)")
        }
        #expect(page.contains("<b>1 із 2</b>") && page.contains("Заштриховано"))
    }

    @Test("a node that never spoke, one without a node, and the office itself are three things")
    func freshness() throws {
        let town = try ShownTown()
        try town.expect("department add", ["department": "park", "name": "КП «Парк»", "as": "admin"])
        try town.expect("department add", ["department": "light", "name": "КП «Міськсвітло»", "as": "admin"])
        try town.officeStore.write { try $0.putNode(NodeRecord(node: "light", key: String(repeating: "a", count: 64))) }
        hears(town)
        let page = try town.page("/city", as: "vilkul")
        for words in ["без вузла: працює через Центр", "зв’язку ще не було", "цей вузол"] {
            #expect(page.contains(words), "\(words)")
        }
    }

    @Test("rows stand by what is asked, the greatest first, the office last")
    func order() throws {
        let town = try ShownTown()
        try town.lives()
        hears(town)
        func names(_ sort: String) throws -> [String] {
            let page = try town.page("/city" + sort, as: "vilkul")
            return links(part(page, from: "<tbody>", to: "</tbody>")).filter {
                $0.place.hasPrefix("/cards?main=") && !$0.place.contains("list=")
            }.map(\.words)
        }
        let (water, houses) = (try #require(ShownTown.names["voda"]), try #require(ShownTown.names["zhkg"]))
        let byName = try names("?sort=name")
        #expect(byName.prefix(2) == [water, houses])
        let byWork = try names("?sort=inWork")
        #expect(byWork.prefix(2) == [houses, water])
        let page = try town.page("/city", as: "vilkul")
        let place = try #require(page.firstRange(of: "цей вузол")).lowerBound
        for name in [water, houses] { #expect(try #require(page.firstRange(of: name)).lowerBound < place) }
    }

    private func desk(_ town: ShownTown) throws -> Desk {
        Desk(try town.context().place, .named(user: "vilkul", role: nil))
    }

    private static func complaint(of person: String) -> JSONObject {
        [
            "as": "koval", "name": "Кравець Іван Петрович", "text": "Спеціаліст не відповідає.",
            "question": ["Скарга на спеціаліста"], "heading": ["100"], "address": "вул. Спаська, 1",
            "problem-address": ["вул. Спаська, 1"], "phone": ["+380000000014"], "basis": "month",
            "complained-against": [.string(person)],
        ]
    }
}

extension String {
    fileprivate func components(of mark: String) -> [Substring] {
        split(separator: mark, omittingEmptySubsequences: false)
    }
}
