import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

@Suite("What is known of a caller, while they still speak")
struct KnownAppealsTests {
    private func staged() throws -> FormStage {
        let stage = try FormStage()
        for (id, type, name) in [("spaska", "вул.", "Спаська"), ("myru", "просп.", "Миру")] {
            try stage.command(
                "street put",
                ["street": .string(id), "type": .string(type), "name": .string(name), "as": "admin"]
            )
        }
        return stage
    }

    /// What stands beside the form for what is typed so far.
    private func aside(
        _ stage: FormStage,
        _ typed: [(String, String)],
        at node: String = "urz",
        as user: String = "koval"
    ) throws -> Page {
        let page = try stage.get("/register", [("part", "caller")] + typed, as: user, at: node)
        #expect(page.status == 200)
        return page
    }

    /// The parts of the aside in which this card stands, by their headings.
    private func places(_ page: Page, _ index: String) -> [String] {
        var heading = "", places: [String] = []
        for piece in page.html.split(separator: "<").map(String.init) {
            for title in [
                "Схоже на повторне", "Схоже на те, що вже розглядають", "Інші звернення цього заявника",
                "Заявники з таким прізвищем", "Поряд, за",
            ]
            where piece.contains(title) { heading = title }
            if piece.contains("class=\"ix\">" + index), !places.contains(heading) { places.append(heading) }
        }
        return places
    }

    @Test("the person is known by any of telephone, e-mail, name in any case, and by the surname alone")
    func person() throws {
        let stage = try staged()
        _ = try stage.registered()
        let reasons = [
            ("phone", "056 000 00 02", "той самий телефон"), ("email", "bondar@example.com", "та сама пошта"),
            ("name", "Бондар Ольга", "те саме ім’я"), ("name", "Бондарю О. П.", "те саме ім’я"),
            ("name", "Бондар", "те саме прізвище"), ("name", "Бонд", "те саме прізвище"),
            ("name", "Бондар Оль", "те саме ім’я"), ("name", "Бондар О", "те саме ім’я"),
        ]
        for (field, value, reason) in reasons {
            let page = try aside(stage, [(field, value)])
            let place = reason == "те саме прізвище" ? "Заявники з таким прізвищем" : "Інші звернення цього заявника"
            #expect(places(page, "Б-1") == [place], "\(value): \(page.html)")
            #expect(page.html.contains(reason), "\(value)")
        }
        for (field, value) in [
            ("phone", "0560000099"), ("name", "Бо"), ("name", "Бондаренко Ольга"), ("name", "Бондар Олю"),
            ("name", "Бондар І"), ("text", "немає води"),
        ] {
            #expect(try places(aside(stage, [(field, value)]), "Б-1") == [], "\(value)")
        }
    }

    @Test("the same person and matter is suspected with its reasons: considered, or decided or late")
    func suspected() throws {
        let stage = try staged()
        _ = try stage.registered(more: ["problem-address": ["вул. Спаська, 5"]])
        let typed = [
            ("phone", "+380560000002"), ("text", "Знову немає води, вже тиждень"), ("name", "Бондар Ольга Петрівна"),
        ]
        let considered = try aside(stage, typed)
        #expect(places(considered, "Б-1") == ["Схоже на те, що вже розглядають"], "\(considered.html)")
        #expect(considered.html.contains("Чому:") && considered.html.contains("той самий телефон"))
        #expect(considered.html.contains("value=\"duplicate Б-1\""))
        // What is the same is told side by side.
        #expect(
            considered.html.contains("Немає води з понеділка")
                && considered.html.contains("Знову немає води, вже тиждень")
        )
        // By the name and the address, without a telephone.
        let named = [("name", "Бондар О. П."), ("address", "Спаська 5"), ("problem-address.1", "на Спаській, 5")]
        let byName = try aside(stage, named)
        #expect(places(byName, "Б-1") == ["Схоже на те, що вже розглядають"], "\(byName.html)")
        #expect(byName.html.contains("та сама адреса") && byName.html.contains("той самий будинок"))
        // What stands in every appeal tells nothing of its matter.
        let asked = JSON.string("Прошу допомогти: немає води з понеділка, вже тиждень")
        _ = try stage.registered(
            "Ткач Іван",
            more: ["text": asked, "phone": ["+380560000044"], "email": ["t@example.com"]]
        )
        let polite = [("phone", "+380560000044"), ("text", "Прошу допомогти: вже тиждень немає світла у під'їзді")]
        #expect(try places(aside(stage, polite), "Т-1") == ["Інші звернення цього заявника"])
        // Another matter of the same person is history alone.
        let other = try aside(stage, [("phone", "+380560000002"), ("text", "Просимо підрізати тополі у сквері")])
        #expect(places(other, "Б-1") == ["Інші звернення цього заявника"])
        stage.now += 40 * 86_400_000
        let late = try aside(stage, typed)
        #expect(places(late, "Б-1") == ["Схоже на повторне"], "\(late.html)")
        #expect(late.html.contains("value=\"repeat Б-1\""))
    }

    @Test("what others told of the house or the street lately is near, the house first; what is older is not")
    func near() throws {
        let stage = try staged()
        _ = try stage.registered(
            "Ткач Іван Ілліч",
            more: ["problem-address": ["вул. Спаська, 9"], "phone": ["+380560000011"], "email": ["a@example.com"]]
        )
        _ = try stage.registered(
            "Гай Яна Юріївна",
            more: ["problem-address": ["вул. Спаська, 5"], "phone": ["+380560000012"], "email": ["b@example.com"]]
        )
        _ = try stage.registered(
            "Лис Олег Ілліч",
            more: ["problem-address": ["просп. Миру, 5"], "phone": ["+380560000013"], "email": ["c@example.com"]]
        )
        let typed = [("problem-address.1", "Спаська, 5")]
        let page = try aside(stage, typed)
        #expect(
            places(page, "Т-1") == ["Поряд, за"] && places(page, "Г-1") == ["Поряд, за"] && places(page, "Л-1") == []
        )
        let order = page.html.matches(of: /class="ix">([ТГ]-1)/).map { String($0.1) }
        #expect(order == ["Г-1", "Т-1"])
        #expect(page.html.contains("той самий будинок") && page.html.contains("та сама вулиця, буд. 9"))
        stage.now += 31 * 86_400_000
        let later = try aside(stage, typed)
        #expect(places(later, "Т-1") == [] && places(later, "Г-1") == [], "\(later.html)")
    }

    @Test(
        "linked by a button, it becomes a duplicate under the first number with a fraction; nothing is linked by itself"
    )
    func linked() throws {
        let stage = try staged()
        _ = try stage.registered()
        var fields = try stage.get("/register", as: "koval").fields.filter {
            !["phone", "name", "text", "heading.1"].contains($0.0)
        }
        fields += [
            ("phone", "+380560000002"), ("name", "Бондар Ольга Петрівна"), ("text", "Немає води з понеділка"),
            ("heading.1", "090"),
        ]
        let linked = try stage.post("/register", fields + [("do", "duplicate Б-1")], as: "koval")
        #expect(linked.element(id: "f-duplicate-of")?.attributes["value"] == "Б-1")
        let done = try stage.post("/register", linked.fields, as: "koval")
        #expect(done.location?.contains("number=%D0%91-1%2F2") == true, "\(done.location ?? done.html)")
        // The same call again, under a command of its own.
        let command = try stage.get("/register", as: "koval").fields.filter { $0.0 == "command" }
        let alone = try stage.post("/register", fields.filter { $0.0 != "command" } + command, as: "koval")
        #expect(alone.location?.contains("number=%D0%91-2") == true, "\(alone.location ?? alone.html)")
    }

    @Test("what is said to be another matter is not shown again, and stays so in the form")
    func dismissed() throws {
        let stage = try staged()
        let id = try stage.registered()
        var fields = try stage.get("/register", as: "koval").fields.filter { $0.0 != "phone" }
        fields += [("phone", "+380560000002"), ("do", "not " + id)]
        let page = try stage.post("/register", fields, as: "koval")
        #expect(page.status == 200 && places(page, "Б-1") == [])
        #expect(page.fields.contains { $0.0 == "dismissed" && $0.1 == id })
        #expect(try places(aside(stage, [("phone", "+380560000002"), ("dismissed", id)]), "Б-1") == [])
        // What is no id is nothing.
        #expect(try places(aside(stage, [("phone", "+380560000002"), ("dismissed", "Б-1")]), "Б-1") != [])
    }

    @Test("a department looks through its slice and says so; what is kept from whoever types is not there")
    func kept() throws {
        let stage = try staged()
        let id = try stage.assigned()
        _ = try stage.registered("Бондар Петро Петрович")
        try stage.sync()
        let there = try aside(stage, [("name", "Бондар")], at: "zhkg", as: "petrenko")
        #expect(there.html.contains("цей підрозділ") && places(there, "Б-1") != [] && places(there, "Б-2") == [])
        let here = try aside(stage, [("name", "Бондар")])
        #expect(here.html.contains("усе місто") && places(here, "Б-1") != [] && places(here, "Б-2") != [])
        try stage.command(
            "appeal correct",
            ["appeal": .string(id), "as": "koval", "set": ["complainedAgainst=person:petrenko"]]
        )
        try stage.sync()
        for typed in [("name", "Бондар"), ("phone", "+380560000002"), ("email", "bondar@example.com")] {
            #expect(try places(aside(stage, [typed], at: "zhkg", as: "petrenko"), "Б-1") == [])
        }
    }
}
