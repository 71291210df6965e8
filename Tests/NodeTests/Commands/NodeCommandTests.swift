import Appeals
import CanonicalJSON
import Cryptography
import Replication
import Testing

@testable import Commands
@testable import Desk
@testable import Node

@Suite("Commands on a node")
struct NodeCommandTests {
    @Test("a role is found from reference; with several that fit one must be named")
    func roles() throws {
        let city = try CommandCity(departments: [])
        try city.expect("role grant", ["user": "koval", "role": "specialist", "as": "admin"])
        let refused = try city.refuse(
            "appeal register",
            ["as": "koval", "name": "Ю Я", "text": "x"],
            code: "ambiguousRole"
        )
        #expect(refused.text.contains("--as koval:registrar · --as koval:specialist"))
        try city.expect("appeal register", ["as": "koval:specialist", "name": "Ю Я", "text": "x"])
        try city.refuse("role grant", ["user": "koval", "role": "king", "as": "admin"], code: "unknownCode")
        // Who reads is asked where appeals are shown, and nowhere else.
        try city.expect("appeal list", ["as": "koval"])
        try city.refuse("calendar show", ["as": "koval"], code: "unknownOption")
        try city.refuse(
            "person add",
            ["user": "Koval", "department": "urz", "name": "x", "as": "admin"],
            code: "wrongType"
        )
        try city.refuse("role grant", ["user": "marko", "role": "leader", "as": "KOVAL"], code: "wrongUser")
        let list = try city.expect("role list", ["department": "urz"])
        #expect(list.text.contains("koval"))
        try city.expect("role revoke", ["user": "koval", "role": "specialist", "as": "admin", "reason": "Переведення"])
        #expect(try city.expect("role list", ["department": "urz"]).text.contains("припинена"))
    }

    @Test("what is not in force is not ended, and what is in force is told with its command")
    func revoking() throws {
        let city = try CommandCity()
        let revoke: JSONObject = ["user": "head-zhkg", "role": "head", "as": "admin", "reason": "Звільнення"]
        let refused = try city.refuse("role revoke", revoke, code: "roleNotInForce")
        #expect(refused.text.contains("має: начальник (zhkg)"))
        #expect(refused.text.contains("kartoteka role revoke head-zhkg head --department zhkg"))
        var there = revoke
        there["department"] = "zhkg"
        try city.expect("role revoke", there)
        #expect(try city.refuse("role revoke", there, code: "roleNotInForce").text.contains("має: —"))
    }

    @Test("who moves or leaves is told to lose which roles, and the directory says it afterwards")
    func movesAndLeaves() throws {
        let city = try CommandCity()
        let move: JSONObject = ["user": "head-zhkg", "department": "drim", "name": "Особа", "as": "admin"]
        let moved = try city.expect("person add", move)
        #expect(moved.text.contains("Припинено ролі: начальник (zhkg)"))
        #expect(moved.json["lost"]?.array?.count == 1)
        #expect(
            try city.expect("role list", ["department": "zhkg"]).text.contains(
                "припинена: перейшов до іншого підрозділу"
            )
        )
        var kept = move
        kept["user"] = "executor-zhkg"
        kept["keep"] = ["zhkg/executor"]
        kept["basis"] = "Наказ 12-к"
        #expect(try city.expect("person add", kept).text.contains("Припинено") == false)
        let list = try city.expect("person list", [:]).text
        #expect(list.contains("виконавець (zhkg)"))
        let left = try city.expect("person leave", ["user": "executor-zhkg", "as": "admin", "reason": "Звільнення"])
        #expect(left.text.contains("Припинено ролі: виконавець (zhkg)"))
        let shown = try city.expect("person show", ["user": "executor-zhkg"])
        #expect(shown.text.contains("більше не працює") && shown.text.contains("припинена: не працює"))
        #expect(try city.expect("person list", [:]).text.contains("не працює"))
        try city.refuse("person show", ["user": "nobody"], code: "unknownPerson")
        try city.refuse("person add", kept, code: "staysThere")
    }

    @Test("work is given to a person who works there or has a role there")
    func appointed() throws {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned())
        try city.expect("person leave", ["user": "executor-zhkg", "as": "admin", "reason": "Звільнення"])
        try city.sync("zhkg")
        let accept: JSONObject = ["appeal": index, "as": "head-zhkg"]
        for (user, code) in [
            ("nobody", "unknownPerson"), ("executor-zhkg", "personLeft"), ("head-drim", "worksElsewhere"),
        ] {
            var wrong = accept
            wrong["person"] = .string(user)
            try city.refuse("assignment accept", wrong, at: "zhkg", code: code)
        }
        var right = accept
        right["person"] = "head-zhkg"
        try city.expect("assignment accept", right, at: "zhkg")
    }

    @Test("the doctor lists what an older program let into the directory")
    func faults() throws {
        let city = try CommandCity()
        func found(_ name: String) throws -> JSON? {
            let checks = try city.run("doctor", [:]).json["checks"]?.array ?? []
            return checks.first { $0["name"]?.string == name }
        }
        for name in ["directory.elsewhere", "directory.nobody", "directory.homeless"] {
            #expect(try found(name)?["ok"] == true, "\(name)")
        }
        // As a former program wrote them: no rule had been asked.
        try city.officeStore.write { store in
            for (key, register, value) in [
                ("role/zhkg/ghost/head", "granted", ["user": "ghost"]),
                ("role/drim/head-zhkg/head", "granted", ["user": "head-zhkg"]),
                ("person/lost", "entry", ["user": "lost", "department": "nodept"]),
            ] as [(String, String, JSON)] {
                var entry = Appeals.Aggregate(id: key)
                entry[.registers, register] = Item(value: value, write: "urz#00000000:1", commit: 1)
                try store.putRow(Space.reference, generation: 0, Row(entry))
            }
        }
        #expect(try found("directory.elsewhere")?["found"]?["uk"]?.string?.contains("head-zhkg drim/head") == true)
        #expect(try found("directory.nobody")?["found"]?["uk"]?.string?.contains("ghost zhkg/head") == true)
        #expect(try found("directory.homeless")?["found"]?["uk"]?.string?.contains("lost") == true)
    }

    @Test("lists are paged, and a mark leads to the next page")
    func pages() throws {
        let city = try CommandCity(departments: [])
        for _ in 0..<5 { _ = try city.register() }
        var after: JSON?
        var seen: [String] = []
        repeat {
            var arguments: JSONObject = ["limit": 2]
            arguments["after"] = after
            let page = try city.expect("appeal list", arguments)
            seen += (page.json["appeals"]?.array ?? []).compactMap { $0["index"]?.string }
            #expect(page.json["total"] == 5)
            after = page.json["next"]
        } while after != nil
        #expect(seen.sorted() == ["П-1", "П-2", "П-3", "П-4", "П-5"])
        #expect(try city.expect("person list", ["limit": 3]).json["next"] == "person/marko")
        #expect(
            try city.expect("person list", ["limit": 2, "after": "person/marko"]).json["people"]?.array?.count == 1
        )
        try city.refuse("appeal list", ["after": "x"], code: "wrongMark")
        #expect(try city.expect("department list", [:]).text == "Нічого немає.")
    }

    @Test("an appeal is found by its index, its id and the beginning of its id")
    func names() throws {
        let city = try CommandCity(departments: [])
        let result = try city.run("appeal register", ["as": "koval", "name": "Ю Я", "text": "x"])
        let id = try #require(result.json["appeal"]?.string)
        for name in ["Ю-1", "ю-1", id, String(id.prefix(10))] {
            #expect(try city.expect("appeal show", ["appeal": .string(name)]).json["id"] == .string(id))
        }
        _ = try city.register()
        try city.refuse("appeal show", ["appeal": .string(String(id.prefix(6)))], code: "ambiguousAppeal")
        try city.refuse("appeal show", ["appeal": "ffffffff"], code: "unknownAppeal")
        try city.refuse("appeal show", ["appeal": "../../etc"], code: "unknownAppeal")
    }

    @Test(
        "an index is found as it is meant, whatever keyboard it was typed with",
        arguments: [
            "О-12": "О-12", "O-12": "О-12", "o-12": "О-12", "k-7": "К-7", "1c-І-1": "1c-І-1", "1c-i-1": "1c-І-1",
        ]
    )
    func indexAsMeant(typed: String, index: String) { #expect(RegistrationIndex(typed: typed)?.description == index) }

    @Test("a list of a department that is not there is refused, not empty")
    func unknownDepartment() throws {
        let city = try CommandCity()
        try city.refuse("appeal list", ["main": "zhgk"], code: "unknownDepartment")
        #expect(try city.expect("appeal list", ["main": "zhkg"]).json["total"] == 0)
    }

    @Test("status and sync tell of what is not sent, and of who lags at the office")
    func status() throws {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned())
        #expect(try city.expect("status", [:]).json["nodes"]?.array?.map { $0["lag"] } == [0, 1])
        try city.sync("zhkg")
        let accepted = try city.expect("assignment accept", ["appeal": index, "as": "head-zhkg"], at: "zhkg")
        let status = try city.expect("status", [:], at: "zhkg")
        #expect(status.json["outbox"]?["count"] == 1)
        #expect(status.json["next"] == "kartoteka sync status")
        #expect(status.text.contains("Збережено, ще не передано: 1"))
        let write = try #require(accepted.json["write"])
        func steps(_ node: String) throws -> [JSON?] {
            try #require(try city.expect("sync explain", ["what": write], at: node).json["operation"]?["steps"]?.array)
                .map { $0["done"] }
        }
        #expect(try steps("zhkg") == [true, false, false, false, false])
        try city.sync("zhkg")
        #expect(try steps("zhkg") == [true, true, true, false, true])
        try city.sync("zhkg")
        // Whether the department has read it back depends on its next pull.
        #expect(try steps("urz").prefix(2) == [true, true])
        #expect(try city.expect("sync explain", ["what": index]).text.contains("Є в підрозділів: Департамент zhkg"))
        try city.expect("sync explain", ["what": index], at: "zhkg")
        try city.expect("sync status", [:], at: "zhkg")
        try city.refuse("sync explain", ["what": "zhkg#00000000:9"], code: "unknownWrite")
        #expect(try city.refuse("sync now", [:], at: "zhkg", code: "notRunning").exit == .unreachable)
        try city.refuse("sync now", [:], code: "officeWaits")
    }

    @Test("doctor counts appeals that left over 90 days ago with own work that is not durable")
    func kept() throws {
        let city = try CommandCity()
        let store = try #require(city.departments["zhkg"]).store
        let days = 86_400_000 as Int64
        for (place, (age, kept)) in [(91, 1), (89, 1), (91, 0), (91, -1)].enumerated() {
            try store.write {
                try $0.putStub(
                    StubRecord(
                        appeal: "01995c3a-0000-7000-8000-00000000000\(place)",
                        bytes: Array("{}".utf8),
                        at: city.now - Int64(age) * days,
                        kept: Int64(kept)
                    )
                )
            }
        }
        let told = try city.run("doctor", [:], at: "zhkg")
        #expect(told.exit == .lagOverLimit)
        #expect(told.text.contains("[ПРОБЛЕМА] звернень, що вибули понад 90 днів тому"))
        #expect(told.text.contains("ще не збережено двічі: 1"))
    }

    @Test("doctor finds a changed byte, gives the remedy to each problem and takes the node's own checks")
    func doctor() throws {
        let city = try CommandCity()
        _ = try city.assigned()
        try city.sync("zhkg")
        #expect(try city.expect("doctor", [:]).json["problems"] == 0)
        #expect(try city.expect("doctor", [:], at: "zhkg").json["problems"] == 0)
        let store = try #require(city.departments["zhkg"]).store
        try store.write { transaction in
            let stream = try #require(try transaction.stream("slice:zhkg"))
            var row = try #require(
                try transaction.rows("slice:zhkg", generation: stream.generation, after: "", limit: 1).first
            )
            row.digest = SHA256.hash([1])
            try transaction.putRow("slice:zhkg", generation: stream.generation, row)
        }
        let broken = try city.expect("doctor", [:], at: "zhkg", exit: .integrity)
        #expect(broken.text.contains("→ kartoteka sync now"))
        let failing = Check("disk", isOK: false, found: Label(uk: "диск повний", en: "the disk is full"), fix: "df -h")
        let context = try city.context(checks: { [failing] })
        let told = try #require(Commands.named("doctor")).run(context, [:])
        #expect(told.text.contains("[ПРОБЛЕМА] диск повний") && told.text.contains("→ df -h"))
        #expect(told.exit == .failed)
    }

    @Test("a new calendar is in force for what is registered after it")
    func calendar() throws {
        let city = try CommandCity(departments: [])
        let shown = try city.expect("calendar show", [:])
        guard var calendar = shown.json["calendar"]?.object else { return }
        calendar["version"] = "2026-9"
        calendar["extraDaysOff"] = ["2026-06-15"]
        try city.expect("calendar put", ["as": "admin", "file": .string(JSON.object(calendar).canonicalText)])
        #expect(try city.expect("calendar show", [:]).text.contains("2026-9"))
        let card = try city.run(
            "appeal register",
            ["as": "koval", "name": "Ю Я", "text": "x", "received": "2026-05-14T10:00:00"]
        )
        #expect(card.json["due"]?["calendar"] == "2026-9")
        #expect(card.json["due"]?["statutory"] == "2026-06-16")
        calendar["version"] = nil
        try city.refuse(
            "calendar put",
            ["as": "admin", "file": .string(JSON.object(calendar).canonicalText)],
            code: "wrongCalendar"
        )
        try city.refuse(
            "calendar put",
            ["as": "koval", "file": .string(JSON.object(calendar).canonicalText)],
            code: "wrongCalendar"
        )
    }

    @Test("what lies in the tray is listed and dismissed, the machine's own lists are not")
    func tray() throws {
        let city = try CommandCity(departments: [])
        try city.officeStore.write { transaction in
            try transaction.addTray(
                TrayRecord(kind: .quarantine, subject: "zhkg#00000000:1", text: "не читається", at: 0)
            )
            try transaction.addTray(TrayRecord(kind: .offered, subject: "zhkg", text: "", at: 0))
        }
        let list = try city.expect("tray list", [:], exit: .quarantineNotEmpty)
        #expect(list.json["items"]?.array?.count == 1)
        #expect(try city.run("doctor", [:]).exit == .quarantineNotEmpty)
        #expect(try city.expect("tray show", ["id": "1"]).text.contains("kartoteka tray dismiss 1"))
        try city.refuse("tray show", ["id": "99"], code: "unknownItem")
        try city.expect("tray dismiss", ["id": "1"])
        try city.refuse("tray dismiss", ["id": "1"], code: "unknownItem")
        try city.refuse("tray dismiss", ["id": "2"], code: "notForPeople")
        try city.refuse("tray dismiss", ["id": "all"], code: "wrongNumber")
        try city.expect("tray list", [:])
    }

    @Test("a department does not keep the directory")
    func departmentDirectory() throws {
        let city = try CommandCity()
        try city.refuse(
            "department add",
            ["department": "x", "name": "y", "as": "head-zhkg"],
            at: "zhkg",
            code: "officeOnly"
        )
        let register: JSONObject = [
            "file": .string(ImportCommandTests.csv), "mapping": .string(ImportCommandTests.mapping.canonicalText),
            "as": "head-zhkg",
        ]
        try city.refuse("import", register, at: "zhkg", code: "officeOnly")
        try city.expect("role list", [:], at: "zhkg")
        try city.expect("department list", [:], at: "zhkg")
        try city.expect("version", [:])
        try city.refuse("serve", [:], code: "notHere")
    }
}
