import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

/// A card says what is known, what is not shown, what is to do, and where everything is.
struct CardTests {
    private func place(_ index: String) -> String { "/cards/" + WebCall.encoded(index) }

    @Test("a card has the applicant's words, how the term was counted, executors, course and data")
    func whole() throws {
        let city = try ShownTown()
        let index = try city.lives()[0]
        let page = try city.page(place(index), as: "petrenko", at: "zhkg")
        for words in [
            #"<blockquote class="voice"><p>Три тижні не працює ліфт.</p>"#, "Як пораховано",
            "відлік від дня після надходження",
            "Терещенко Валентина Павлівна", "000 000 00 13", "Першочергово", "Петренко О. І.", "КП «Міський водоканал»",
            "Резолюція", "Вжити заходів, відповісти заявниці", "Мельник О. П.", "Диспетчер обіцяє плату до 16:00",
            "Кроки до закриття", "Центром ще не отримано",
        ] {
            #expect(page.replacing("\u{A0}", with: " ").contains(words), "\(words)")
        }
    }

    @Test("an appeal is reached by its index on every page, with a slash in it too, as lists link to it")
    func slash() throws {
        let city = try ShownTown()
        let first = try city.register()
        let index = try city.register(["duplicate-of": .string(first)])
        #expect(index == first + "/2")
        #expect(try city.page("/cards", as: "koval").contains("href=\"\(place(index))\""))
        for path in [place(index), "/cards/" + index] {
            let page = try city.page(path, as: "koval")
            #expect(page.contains(index) && page.contains("Три тижні не працює ліфт"), "\(path)")
            for more in ["/history", "/revision", "/acts/appeal-note", "/acts/resolution-issue"] {
                #expect(try city.get(path + more, as: "koval").status == 200, "\(path)\(more)")
            }
            #expect(try city.get(path + "/nothing", as: "koval").status == 404)
        }
    }

    @Test(
        "the steps to closing are the guards of the act: it is refused for the first that is not ready, and for none when all are"
    )
    func steps() throws {
        let city = try ShownTown()
        let index = try city.lives()[1]
        func missing() throws -> [RemovalStep] {
            let desk = Desk(try city.context().place, .anybody)
            return try desk.summary(ofAppeal: index).removal.filter { $0.refusal != nil }.map(\.step)
        }
        func removal() throws -> String {
            try city.result(
                "control remove",
                ["appeal": .string(index), "as": "koval", "author": "vilkul", "basis": "Звіт"]
            )
            .json["reason"]?.string ?? "done"
        }
        #expect(try missing() == [.answers, .results, .dispatch])
        #expect(try removal() == "answersMissing")
        try city.expect("answer submit", ["appeal": .string(index), "as": "petrenko"], at: "zhkg")
        try city.sync("zhkg")
        try city.expect(
            "feedback add",
            ["appeal": .string(index), "as": "petrenko", "how": "phone", "words": "Так, відкачали"],
            at: "zhkg"
        )
        try city.sync("zhkg")
        try city.expect("answer accept", ["appeal": .string(index), "as": "koval"])
        #expect(try missing() == [.dispatch])
        #expect(try removal() == "notDispatched")
        let dispatch: JSONObject = ["appeal": .string(index), "as": "petrenko", "to": "applicant", "by": "paper"]
        try city.sync("zhkg")
        try city.expect("answer dispatch", dispatch, at: "zhkg")
        try city.sync("zhkg")
        #expect(try missing().isEmpty)
        #expect(try removal() == "done")
        #expect(try city.page(place(index), as: "koval").contains("Знято з контролю"))
    }

    @Test("an act made without the office has both its times once the office has it, and says before that it has not")
    func times() throws {
        let city = try ShownTown()
        let index = try city.lives()[0]
        #expect(try city.page(place(index), as: "petrenko", at: "zhkg").contains("Центром ще не отримано"))
        city.now += 3_600_000
        try city.sync("zhkg")
        #expect(try !city.page(place(index), as: "petrenko", at: "zhkg").contains("Центром ще не отримано"))
        let office = try city.page(place(index), as: "koval")
        #expect(office.contains("записано") && office.contains("отримано Центром"))
    }

    @Test("a card that left says so with the day, one that never was here says that, and neither shows anything of it")
    func gone() throws {
        let city = try ShownTown()
        let index = try city.lives()[4]
        try city.expect(
            "assignment recall",
            ["appeal": .string(index), "as": "koval", "assignment": "zhkg", "reason": "Видано помилково"]
        )
        city.now += 40 * 86_400_000
        for _ in 0..<3 { try city.sync("zhkg") }
        let reply = try city.get(place(index), as: "sych", at: "zhkg")
        #expect(reply.status == 410 && !reply.text.contains("Поліщук") && !reply.text.contains("собак"))
        #expect(reply.text.contains("вибуло") || reply.text.contains("тут немає"))
        let never = try city.get("/cards/%D0%AF-999", as: "sych", at: "zhkg")
        #expect(never.status == 404 && never.text.contains("Звернення «Я-999» тут немає."))
    }

    @Test("a complaint about somebody is not there for them, by any address")
    func complaint() throws {
        let city = try ShownTown()
        let index = try city.register(["complained-against": ["petrenko"], "question": ["Скарга на виконавця"]])
        try city.assign(index, main: "voda")
        #expect(try city.page(place(index), as: "koval").contains("Скарга на виконавця"))
        for address in [place(index), place(index) + "/history", place(index) + "?part=timeline"] {
            let reply = try city.get(address, as: "petrenko")
            #expect(reply.status == 404 && !reply.text.contains("Скарга на виконавця"), "\(address)")
        }
        #expect(try !city.page("/cards", as: "petrenko").contains(index))
    }

    @Test("parts of the card are the same as in the whole page")
    func parts() throws {
        let city = try ShownTown()
        let index = try city.lives()[0]
        let page = try city.page(place(index), as: "petrenko", at: "zhkg")
        for part in ["timeline", "aside", "words"] {
            let fragment = try city.page(place(index) + "?part=" + part, as: "petrenko", at: "zhkg")
            #expect(fragment.contains("data-part=\"\(part)\"") && page.contains(fragment), "\(part)")
        }
    }

    @Test("the timeline is narrowed to letters, decisions, or the exchange, and turned round")
    func narrowed() throws {
        let city = try ShownTown()
        let index = try city.lives()[1]
        func titles(_ query: String) throws -> [String] {
            let part = try city.page(place(index) + "?part=timeline&" + query, as: "koval")
            return part.split(separator: "<h3>").dropFirst().map { String($0.prefix { $0 != "<" }) }
        }
        let all = try titles("show=all"), letters = try titles("show=mail"), decisions = try titles("show=acts")
        #expect(letters.contains("Проєкт відповіді збережено") && !letters.contains("Резолюція"))
        #expect(decisions.contains("Резолюція") && !decisions.contains("Проєкт відповіді збережено"))
        #expect(Set(letters + decisions).isSubset(of: Set(all)))
        #expect(try titles("order=old") == all.reversed())
        #expect(all.last == "Зареєстровано")
    }

    @Test("where each change is stands step by step, and the same steps at the office")
    func paths() throws {
        let city = try ShownTown()
        let index = try city.lives()[0]
        let before = try city.page(place(index) + "/history", as: "petrenko", at: "zhkg")
        #expect(before.contains("Збережено на цьому вузлі") && before.contains("Центр отримав і підтвердив – ще ні"))
        try city.sync("zhkg")
        let after = try city.page(place(index) + "/history", as: "petrenko", at: "zhkg")
        #expect(!after.contains("Центр отримав і підтвердив – ще ні"))
        #expect(try city.page(place(index) + "/history", as: "koval").contains("Прочитав підрозділ"))
    }

    @Test("hostile words on a card come out as they went in, as words")
    func hostile() throws {
        let city = try ShownTown()
        let words = #"</blockquote><script>alert(1)</script>"#
        let index = try city.register([
            "text": .string(words), "name": .string("Коваль " + words), "question": [.string(words)],
        ])
        let page = try city.page(place(index), as: "koval")
        #expect(page.ranges(of: "<script").count == 1 && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    }
}
