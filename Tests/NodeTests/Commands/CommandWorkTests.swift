import Appeals
import CanonicalJSON
import Commands
import Desk
import Node
import Testing

@Suite("Commands on an appeal")
struct CommandWorkTests {
    @Test("a registration draws dense indices by surname and counts the term")
    func register() throws {
        let city = try CommandCity(departments: [])
        #expect(try city.register() == "П-1")
        #expect(try city.register("Коваль") == "К-1")
        #expect(try city.register() == "П-2")
        let result = try city.expect(
            "appeal register",
            [
                "as": "koval", "subject": "collective", "signatories": 12, "text": "Просимо освітлення",
                "received": "2026-01-30T10:00:00", "verbose": true,
                "question": ["Ліхтарі", "Тротуар"], "heading": ["090"],
            ]
        )
        #expect(result.json["registrationIndex"] == "КО-1")
        #expect(result.json["due"]?["statutory"] == "2026-03-02")
        #expect(result.json["due"]?["control"] == "2026-02-27")
        #expect(result.json["due"]?["cap"] == "2026-03-16")
        #expect(result.text.contains("Як пораховано"))
        let card = try city.expect("appeal show", ["appeal": "КО-1"])
        #expect(card.json["issues"]?.array?.count == 2)
        #expect(card.text.contains("Питання 2: Комунальне господарство; Тротуар"))
    }

    @Test("a registration without a name or words, by somebody without the role, draws no number")
    func refusedRegistration() throws {
        let city = try CommandCity(departments: [])
        try city.refuse("appeal register", ["as": "koval", "text": "x"], code: "missingOption")
        try city.refuse("appeal register", ["as": "koval", "name": "А Б"], code: "missingOption")
        try city.refuse(
            "appeal register",
            ["as": "koval", "name": "А Б", "text": "x", "heading": ["999"]],
            code: "unknownCode"
        )
        try city.refuse(
            "appeal register",
            ["as": "koval", "name": "А Б", "text": "x", "basis": "year"],
            code: "unknownCode"
        )
        let refused = try city.refuse(
            "appeal register",
            ["as": "nobody", "name": "Андрій Б", "text": "x"],
            code: "roleMissing"
        )
        #expect(refused.exit == .permission)
        try city.refuse(
            "appeal register",
            ["as": "vilkul:leader", "name": "Андрій Б", "text": "x"],
            code: "notAuthorised"
        )
        let claimed = try city.refuse(
            "appeal register",
            ["as": "koval:leader", "name": "Андрій Б", "text": "x"],
            code: "roleMissing"
        )
        #expect(claimed.text.contains("не має ролі «leader»"))
        #expect(try city.expect("tray list", [:]).json["items"]?.array == [], "a slip of the hand is no alarm")
        #expect(try city.register("Андрій") == "А-1")
    }

    @Test("a registration takes its fields from a file, and options win over it")
    func fromFile() throws {
        let city = try CommandCity(departments: [])
        let file: JSON = [
            "name": "Шевчук Т Г", "text": "Із файла", "phone": ["+380000000002"], "channel": "website",
            "priority": true,
        ]
        let result = try city.expect(
            "appeal register",
            ["as": "koval", "from": .string(file.canonicalText), "text": "Із параметра"]
        )
        let card = try city.expect("appeal show", ["appeal": try #require(result.json["registrationIndex"])])
        #expect(card.json["registers"]?["text"] == "Із параметра")
        #expect(card.json["registers"]?["channel"] == "website")
        #expect(card.text.contains("Першочергово: так"))
        try city.refuse("appeal register", ["as": "koval", "from": "{\"nmae\":1}"], code: "unknownOption")
        try city.refuse("appeal register", ["as": "koval", "from": "{"], code: "wrongJSON")
    }

    @Test("the whole way: resolution, acceptance, answer, feedback, dispatch, removal from control")
    func wholeWay() throws {
        let (city, index) = try submitted()
        try answered(city, index)
        try removed(city, index)
    }

    private func submitted() throws -> (CommandCity, JSON) {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned(co: ["drim"]))
        #expect(city.woken.contains("slice:zhkg"))
        try city.sync("zhkg")
        let accepted = try city.expect(
            "assignment accept",
            ["appeal": index, "as": "head-zhkg", "person": "executor-zhkg"],
            at: "zhkg"
        )
        #expect(accepted.json["outcome"] == "saved")
        #expect(accepted.text.contains("Збережено, ще не передано"))
        try city.refuse("answer submit", ["appeal": index, "as": "executor-zhkg"], at: "zhkg", code: "unknownVersion")
        try city.expect(
            "answer draft",
            ["appeal": index, "as": "executor-zhkg", "text": "Воду подано", "result": "satisfied"],
            at: "zhkg"
        )
        try city.refuse(
            "answer submit",
            ["appeal": index, "as": "executor-zhkg"],
            at: "zhkg",
            code: "answerNotApproved"
        )
        try city.expect("answer approve", ["appeal": index, "as": "head-zhkg"], at: "zhkg")
        try city.expect("answer submit", ["appeal": index, "as": "executor-zhkg"], at: "zhkg")
        let shown = try city.expect("appeal show", ["appeal": index], at: "zhkg")
        #expect(shown.json["unsent"]?.array?.count == 4)
        #expect(shown.text.contains("Ще не передано:"))
        #expect(try city.expect("appeal list", [:], at: "zhkg").json["appeals"]?.array?.first?["unsent"] == true)
        try city.sync("zhkg")
        #expect(try city.expect("appeal show", ["appeal": index], at: "zhkg").json["unsent"]?.array?.isEmpty == true)
        return (city, index)
    }

    private func answered(_ city: CommandCity, _ index: JSON) throws {
        let refused = try city.refuse(
            "answer accept",
            ["appeal": index, "as": "koval", "assignment": "zhkg"],
            code: "feedbackMissing"
        )
        #expect(refused.text.contains("kartoteka feedback add"))
        try city.expect(
            "feedback add",
            ["appeal": index, "as": "executor-zhkg", "how": "phone", "words": "Дякую"],
            at: "zhkg"
        )
        try city.expect(
            "document add",
            ["appeal": index, "as": "executor-zhkg", "document": "act", "number": "17"],
            at: "zhkg"
        )
        try city.sync("zhkg")
        try city.expect(
            "answer return",
            ["appeal": index, "as": "koval", "assignment": "zhkg", "reason": "Додайте дату"]
        )
        try city.sync("zhkg")
        try city.expect("answer submit", ["appeal": index, "as": "executor-zhkg"], at: "zhkg")
        try city.expect(
            "answer dispatch",
            ["appeal": index, "as": "executor-zhkg", "to": "applicant", "by": "email", "number": "12/3"],
            at: "zhkg"
        )
        try city.sync("zhkg")
        try city.expect("answer accept", ["appeal": index, "as": "koval", "assignment": "zhkg"])
    }

    private func removed(_ city: CommandCity, _ index: JSON) throws {
        try city.refuse(
            "control remove",
            ["appeal": index, "as": "koval", "author": "vilkul", "basis": "Вирішено"],
            code: "answersMissing"
        )
        try city.expect(
            "assignment recall",
            ["appeal": index, "as": "koval", "assignment": "drim", "reason": "Не потрібно"]
        )
        try city.refuse(
            "control remove",
            ["appeal": index, "as": "koval", "author": "marko", "basis": "Вирішено"],
            code: "leaderMissing"
        )
        try city.expect("control remove", ["appeal": index, "as": "koval", "author": "vilkul", "basis": "Вирішено"])
        let card = try city.expect("appeal show", ["appeal": index])
        #expect(card.text.contains("знято з контролю"))
        #expect(card.json["state"] == "removed")
        let history = try city.expect("appeal history", ["appeal": index, "limit": 5])
        #expect(history.json["operations"]?.array?.count == 5)
        let rest = try city.expect(
            "appeal history",
            ["appeal": index, "limit": 50, "after": try #require(history.json["next"])]
        )
        #expect(rest.json["next"] == nil)
        #expect(rest.text.contains("Знято з контролю — Особа koval (реєстратор, urz): Прийнято"))
    }

    @Test("an assignment is declined, and the person who does it is appointed")
    func decline() throws {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned())
        try city.sync("zhkg")
        try city.expect(
            "assignment person",
            ["appeal": index, "as": "head-zhkg", "person": "executor-zhkg"],
            at: "zhkg"
        )
        try city.expect(
            "assignment decline",
            ["appeal": index, "as": "head-zhkg", "reason": "Не наше", "suggested": "drim"],
            at: "zhkg"
        )
        try city.refuse("assignment accept", ["appeal": index, "as": "head-zhkg"], at: "zhkg", code: "wrongState")
        try city.sync("zhkg")
        #expect(try city.expect("appeal show", ["appeal": index]).text.contains("не в компетенції"))
        try city.expect(
            "resolution issue",
            [
                "appeal": index, "as": "koval", "author": "vilkul", "text": "Передати", "main": "drim",
                "supersedes": ["zhkg"], "term": "2026-05-20",
            ]
        )
        try city.sync("zhkg")
        let gone = try city.refuse("appeal show", ["appeal": index], at: "zhkg", code: "appealLeft")
        #expect(gone.exit == .notFound)
    }

    @Test("a second leader's resolution is on the card and in the list with its text until a leader decides")
    func secondResolution() throws {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned())
        let second: JSONObject = [
            "appeal": index, "as": "koval", "author": "vilkul", "text": "Передати дорожникам", "main": "drim",
        ]
        let issued = try city.expect("resolution issue", second, exit: .conflictsWaiting).text
        #expect(issued.contains("Вже є чинна резолюція") && issued.contains("held adopt"), "\(issued)")
        let waiting = try city.expect("appeal show", ["appeal": index]).text
        #expect(waiting.contains("Вже є чинна резолюція") && waiting.contains("Передати дорожникам"), "\(waiting)")
        let row = try #require(
            try city.expect("conflict list", ["appeal": index], exit: .conflictsWaiting).json["cases"]?.array?.first
        )
        #expect(row["decides"]?["roles"] == ["leader"])
        let shown = try city.expect("conflict show", ["case": try #require(row["id"])]).text
        #expect(shown.contains("Передати дорожникам") && shown.contains("Доручає: "), "\(shown)")
        try city.refuse("held adopt", ["appeal": index, "as": "koval"], code: "secondResolution")
        try city.expect("held decline", ["appeal": index, "as": "koval", "reason": "Досить першої"])
        let card = try city.expect("appeal show", ["appeal": index]).text
        #expect(card.contains("Передати дорожникам") && card.contains("Досить першої"), "\(card)")
        try city.expect("resolution issue", second, exit: .conflictsWaiting)
        try city.expect("held adopt", ["appeal": index, "as": "vilkul"])
        let assignments = try city.expect("appeal show", ["appeal": index]).json["assignments"]?.array ?? []
        let standing = assignments.filter { $0["role"] == "main" && $0["state"] != "superseded" }
        #expect(standing.count == 1 && standing.first?["department"] == "drim", "\(assignments)")
    }

    @Test("a resolution needs a leader, a department that exists and one main executor")
    func resolutions() throws {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned())
        let base: JSONObject = ["appeal": index, "as": "koval", "author": "vilkul", "text": "Розглянути"]
        func with(_ change: (inout JSONObject) throws -> Void) rethrows -> JSONObject {
            var arguments = base
            try change(&arguments)
            return arguments
        }
        try city.refuse("resolution issue", base, code: "missingOption")
        try city.refuse(
            "resolution issue",
            with {
                $0["appeal"] = .string(try city.register("Бондар"))
                $0["co"] = ["drim"]
            },
            code: "oneMainExecutor"
        )
        try city.refuse(
            "resolution issue",
            with {
                $0["main"] = "mars"; $0["supersedes"] = ["main"]
            },
            code: "unknownDepartment"
        )
        try city.refuse(
            "resolution issue",
            with {
                $0["main"] = "drim"; $0["author"] = "koval"
            },
            code: "leaderMissing"
        )
        try city.refuse(
            "resolution issue",
            with {
                $0["main"] = "drim"; $0["supersedes"] = ["mars"]
            },
            code: "unknownAssignment"
        )
        let done = try city.expect(
            "resolution issue",
            with {
                $0["main"] = "drim"; $0["supersedes"] = ["main"]; $0["basis"] = "fifteenDays"
            }
        )
        #expect(done.json["outcome"] == "accepted")
        #expect(try city.expect("appeal show", ["appeal": index]).json["registers"]?["due.statutory"] == "2026-05-29")
    }

    @Test("a card is corrected, gets contacts and notes, its term is extended within the cap")
    func corrections() throws {
        let city = try CommandCity(departments: [])
        let index = JSON.string(try city.register())
        try city.expect(
            "appeal correct",
            [
                "appeal": index, "as": "koval",
                "set": ["applicant.address=вул. Нова, 1", "priority=так", "heading@1=100"],
            ]
        )
        try city.expect("contact add", ["appeal": index, "as": "koval", "email": "a@example.com"])
        try city.expect("appeal note", ["appeal": index, "as": "marko", "text": "Передзвонити"])
        let card = try city.expect("appeal show", ["appeal": index])
        for words in ["вул. Нова, 1", "a@example.com", "Передзвонити", "Житлова політика"] {
            #expect(card.text.contains(words))
        }
        try city.refuse(
            "appeal correct",
            ["appeal": index, "as": "koval", "set": ["index=К-9"]],
            code: "notCorrectable"
        )
        try city.refuse(
            "appeal correct",
            ["appeal": index, "as": "koval", "set": ["heading@7=100"]],
            code: "unknownIssue"
        )
        let extended = try city.expect(
            "term extend",
            ["appeal": index, "as": "koval", "by": "vilkul", "to": "2026-06-25", "reason": "Обстеження"]
        )
        #expect(extended.json["statutory"] == "2026-06-25")
        try city.refuse(
            "term extend",
            ["appeal": index, "as": "koval", "by": "vilkul", "to": "2026-08-25", "reason": "Ще"],
            code: "extensionBeyondCap"
        )
        let explained = try city.expect("deadline explain", ["appeal": index])
        #expect(explained.json["differs"] == [] && explained.json["extensions"]?.array?.count == 1)
        #expect(
            try city.expect(
                "deadline explain",
                ["received": "2026-04-13T18:40:00", "channel": "website", "basis": "fifteenDays"]
            ).json["due"]?["statutory"] == "2026-04-29"
        )
    }

    @Test("an erasure wants the index repeated and leaves nothing to show")
    func erase() throws {
        let city = try CommandCity(departments: [])
        let index = JSON.string(try city.register())
        try city.refuse(
            "appeal erase",
            ["appeal": index, "as": "admin", "reason": "Акт", "confirm": "П-9"],
            code: "notConfirmed"
        )
        try city.refuse(
            "appeal erase",
            ["appeal": index, "as": "koval", "reason": "Акт", "confirm": index],
            code: "notAuthorised"
        )
        try city.expect("appeal erase", ["appeal": index, "as": "admin", "reason": "Акт", "confirm": index])
        try city.refuse("appeal show", ["appeal": index], code: "appealErased")
    }

    @Test("a department registers offline under its own series and shows the card at once")
    func offlineRegistration() throws {
        let city = try CommandCity()
        let saved = try city.expect(
            "appeal register",
            ["as": "executor-zhkg", "name": "Жук О П", "text": "Ліфт"],
            at: "zhkg"
        )
        #expect(saved.json["registrationIndex"] == "ZHKG-Ж-1")
        let card = try city.expect("appeal show", ["appeal": "ZHKG-Ж-1"], at: "zhkg")
        #expect(card.text.contains("На ім'я: виконавчий орган міської ради"))
        #expect(try city.expect("appeal list", [:], at: "zhkg").json["appeals"]?.array?.first?["unsent"] == true)
        try city.sync("zhkg")
        #expect(try city.expect("appeal list", [:], at: "zhkg").json["appeals"]?.array?.first?["unsent"] == false)
        #expect(try city.expect("appeal show", ["appeal": "ZHKG-Ж-1"]).json["registers"]?["home"] == "zhkg")
    }
}
