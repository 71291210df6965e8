import Appeals
import CanonicalJSON
import Desk
import Testing

@testable import Web

/// Lists: what is on them, in which order, and how each row says by when and what is to be done.
struct ListTests {
    /// The numbers of the rows of a page, in their order.
    private func numbers(_ page: String) -> [String] {
        page.split(separator: "<tr data-appeal=").dropFirst().compactMap { row in
            row.firstRange(of: #"<span class="ix">"#).map { row[$0.upperBound...].prefix { $0 != "<" } }.map(
                String.init
            )
        }
    }

    @Test("a row leads to its card by number and matter, with applicant, executor, term in date and words, and state")
    func row() throws {
        let city = try ShownTown()
        let index = try city.lives()[0]
        let page = try city.page("/queues/inWork", as: "sych", at: "zhkg")
        let row = try #require(page.split(separator: "<tr data-appeal=").first { $0.contains(">\(index)<") })
        #expect(row.contains(#"<a href="/cards/\#(WebCall.encoded(index))">"#))
        for words in [
            "Три тижні не працює ліфт", "вул. Спаська, 28", "Терещенко Валентина Павлівна", "Першочергово",
            "Петренко О. І.", "+ 1 співвиконавець", "29.05 пт", "Залишилося 11 роб. днів", "У роботі",
        ] { #expect(row.contains(words), "\(words)") }
    }

    @Test("each state of a term has a drawing and words of its own")
    func terms() throws {
        let day = try #require(CivilDate("2026-05-12"))
        func told(_ standing: ListedTerm.Standing, _ from: CivilDate? = nil) -> String {
            let deadline = Deadline(ListedTerm(day: day, standing: standing, extendedFrom: from))
            return "\(deadline.drawing) \(deadline.words.uk)"
        }
        func open(_ state: DeadlineState, _ days: Int? = nil, _ from: CivilDate? = nil) -> String {
            told(.open(state, workingDays: days), from)
        }
        let five = try #require(TimeOfDay(hour: 17, minute: 0))
        let all = [
            open(.overdue(days: 2)), open(.today(until: five)), open(.soon(workingDays: 1)), open(.later(day), 11),
            open(.extended(day), 6, CivilDate("2026-04-29")), told(.provisional), told(.over(daysLate: 0)),
        ]
        #expect(
            all == [
                "due-over Прострочено на 2 дні", "due-today Строк сьогодні, до 17:00",
                "due-soon Залишився 1 роб. день", "due-later Залишилося 11 роб. днів",
                "due-ext Продовжено, було 29.04", "due-prov Попередньо: Центр ще не отримав",
                "due-done Виконано у строк",
            ]
        )
        #expect(Set(all.map { $0.prefix { $0 != " " } }).count == 7)
        #expect(told(.over(daysLate: 5)) == "due-done Виконано із запізненням на 5 днів")
        #expect(open(.soon(workingDays: 2)) == "due-soon Залишилося 2 роб. дні")
    }

    @Test("a count of the rail, the rows of its list and the words below it agree, in every queue of every person")
    func counts() throws {
        let city = try ShownTown()
        try city.lives()
        for person in ShownTown.people {
            let home = try city.page("/cards", as: person.user, at: person.department)
            for list in WorkList.allCases where list.isOfRows {
                guard let place = home.firstRange(of: "/queues/\(list.rawValue)\"") else { continue }
                let rest = home[place.upperBound...]
                let count = rest.firstRange(of: #"<span class="n"#).map { rest[$0.upperBound...].drop { $0 != ">" } }
                let number = Int(count?.dropFirst().prefix { $0 != "<" } ?? "")
                let page = try city.page("/queues/\(list.rawValue)", as: person.user, at: person.department)
                #expect(number == numbers(page).count, "\(person.user) \(list)")
                if numbers(page).isEmpty {
                    #expect(page.contains(list.nothing.uk), "\(list)")
                } else {
                    let count = numbers(page).count
                    #expect(page.contains("Показано всі \(count) з \(count)."), "\(person.user) \(list)")
                }
            }
        }
    }

    @Test("the first page counts a list as the rail beside it does, whatever comes in while it is made")
    func oneSnapshot() throws {
        let city = try ShownTown()
        try city.lives()
        city.beforeReading = { _ = try city.register() }
        let page = try city.page("/", as: "koval")
        city.beforeReading = nil
        func number(_ mark: String) throws -> String {
            let end = try #require(page.firstRange(of: mark)).upperBound
            return String(page[end...].prefix { $0 != "<" })
        }
        let short = try #require(Queue("new")).short.uk, long = WorkList.new.label.uk
        let rail = try number("<span>\(short)</span> <span class=\"n hot\">")
        #expect(try number("<h2><a href=\"/queues/new\">\(long)</a></h2><b>") == rail)
        #expect(rail != "1", "something came in while the page was made")
    }

    @Test("the whole state of a list stands in its address: filters, order, page; what is none is refused")
    func address() throws {
        let city = try ShownTown()
        let indices = try city.lives()
        let byNumber = numbers(try city.page("/cards?sort=index", as: "koval"))
        #expect(byNumber.count == 6 && Set(indices).isSubset(of: Set(byNumber)))
        #expect(numbers(try city.page("/cards?sort=-index", as: "koval")) == byNumber.reversed())
        let registered = try city.page("/cards?state=registered", as: "koval")
        #expect(numbers(registered).count == 1 && registered.contains("прибрати фільтр"))
        #expect(registered.contains(#"<a class="chip" href="/cards">"#))
        let water = try city.page("/cards?main=voda", as: "koval")
        #expect(numbers(water) == [indices[2]])
        for wrong in ["state=nothing", "sort=colour", "after=x"] {
            #expect(try city.get("/cards?" + wrong, as: "koval").status == 422, "\(wrong)")
        }
    }

    @Test("a list longer than a page is read by marks, each appeal once")
    func pages() throws {
        let city = try ShownTown()
        var all: Set<String> = []
        for _ in 0..<(Lists.rows + 7) { all.insert(try city.register()) }
        var place: String? = "/queues/new", seen: [String] = []
        while let next = place {
            let page = try city.page(next, as: "koval")
            seen += numbers(page)
            place = page.firstRange(of: #"" rel="next">"#).map { end in
                let before = page[..<end.lowerBound]
                let start = before.lastIndex(of: "\"").map { before.index(after: $0) } ?? before.endIndex
                return String(before[start...]).replacing("&amp;", with: "&")
            }
        }
        #expect(seen.count == all.count && Set(seen) == all)
        #expect(try city.page("/queues/new", as: "koval").contains("Показано 50 із 57"))
    }

    @Test(
        "a row is marked when it has changed since its reader opened it, not by what they never saw, nor by their own node's confirmation"
    )
    func seen() throws {
        let city = try ShownTown()
        let index = try city.lives()[0]
        func isMarked() throws -> Bool {
            try city.page("/queues/inWork", as: "petrenko", at: "zhkg").contains("нові зміни </span>")
        }
        #expect(try !isMarked())
        try city.sees(index, "petrenko", at: "zhkg")
        #expect(try !isMarked())
        try city.sync("zhkg")
        #expect(try !isMarked())
        try city.expect("appeal note", ["appeal": .string(index), "as": "koval", "text": "Подзвонити ще раз"])
        try city.sync("zhkg")
        #expect(try isMarked())
        try city.sees(index, "petrenko", at: "zhkg")
        #expect(try !isMarked())
    }

    @Test("the whole number of an appeal leads to its card, a part of it to the list of what has it")
    func search() throws {
        let city = try ShownTown()
        let index = try city.lives()[0]
        let reply = try city.get("/cards?index=" + WebCall.encoded(index), as: "koval")
        #expect(reply.status == 303 && reply.header("location") == "/cards/" + WebCall.encoded(index))
        let part = String(index.prefix(1))
        #expect(numbers(try city.page("/cards?index=" + WebCall.encoded(part), as: "koval")).contains(index))
    }

    @Test("hostile words of an applicant come out as they went in, as words")
    func hostile() throws {
        let city = try ShownTown()
        let words = #"<img src=x onerror=alert(1)> "'&lt;"#
        _ = try city.register(["question": [.string(words)]])
        let page = try city.page("/queues/new", as: "koval")
        #expect(!page.contains("<img") && page.contains("&lt;img src=x onerror=alert(1)&gt; &quot;&#39;&amp;lt;"))
    }
}
