import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

@Suite("Lists of work")
struct WorkListTests {
    /// Two appeals from their registration to their end, a third that a department registered.
    private func common(_ walk: WorkListWalk) throws {
        let city = walk.city
        let first = JSON.string(try city.register("Петренко"))
        let second = JSON.string(try city.register("Коваль"))
        try walk.expectLists("registration")
        try walk.does(
            "resolution issue",
            first,
            ["author": "vilkul", "text": "До розгляду", "main": "zhkg", "co": ["drim"], "term": "2026-05-20"]
        )
        try walk.does("resolution issue", second, ["author": "vilkul", "text": "До розгляду", "main": "drim"])
        try walk.does("assignment decline", second, ["reason": "Не наше"], at: "drim")
        try walk.does("assignment accept", first, [:], at: "zhkg")
        try walk.does("assignment accept", first, ["person": "executor-drim"], at: "drim")
        try walk.does("assignment person", first, ["person": "executor-zhkg"], at: "zhkg")
        try walk.does(
            "answer draft",
            first,
            ["as": "executor-zhkg", "text": "Зроблено", "result": "satisfied"],
            at: "zhkg"
        )
        try walk.does("answer approve", first, [:], at: "zhkg")
        try walk.does("answer submit", first, ["as": "executor-zhkg"], at: "zhkg")
        try walk.does("answer return", first, ["assignment": "zhkg", "reason": "Додайте дату"])
        city.now += 8 * 86_400_000
        try walk.expectLists("a week")
        try walk.does("feedback add", first, ["as": "executor-zhkg", "how": "phone", "words": "Дякую"], at: "zhkg")
        try walk.does("answer submit", first, ["as": "executor-zhkg"], at: "zhkg")
        try walk.does("answer accept", first, ["assignment": "zhkg"])
        try walk.does("assignment recall", first, ["assignment": "drim", "reason": "Не потрібно"])
        try walk.does("answer dispatch", first, ["as": "executor-zhkg", "to": "applicant", "by": "paper"], at: "zhkg")
        try walk.does("control remove", first, ["author": "vilkul", "basis": "Вирішено"])
        let own = try city.expect(
            "appeal register",
            ["as": "head-zhkg", "name": "Граб Семен", "text": "Світло", "addressee": "department"],
            at: "zhkg"
        )
        try walk.expectLists("a card of its own")
        try walk.does("appeal note", try #require(own.json["registrationIndex"]), ["text": "Передзвонити"], at: "zhkg")
        city.now += 60 * 86_400_000
        try walk.expectLists("two months")
    }

    /// The former executor has answered the applicant before it knew that another one has the appeal (C3).
    private func reassigned(_ walk: WorkListWalk) throws {
        let index = JSON.string(try walk.city.register("Сова"))
        let given: JSONObject = ["author": "vilkul", "text": "До розгляду"]
        try walk.does("resolution issue", index, given.with(["main": "zhkg"]))
        try walk.does("assignment accept", index, [:], at: "zhkg")
        try walk.answers(index, "satisfied", at: "zhkg")
        try walk.dispatches(index, at: "zhkg", isSent: false)
        try walk.does("resolution issue", index, given.with(["main": "drim", "supersedes": ["main"]]))
        try walk.ordersLetter(index, rule: "C3")
        try walk.does("assignment accept", index, [:], at: "drim")
        try walk.answers(index, "refused", at: "drim")
        try walk.dispatches(index, at: "drim")
    }

    /// Two executors have answered the applicant differently (C6).
    private func answeredTwice(_ walk: WorkListWalk) throws {
        let index = JSON.string(try walk.city.register("Кіт"))
        let given: JSONObject = ["author": "vilkul", "text": "До розгляду", "main": "zhkg", "co": ["drim"]]
        try walk.does("resolution issue", index, given)
        for (node, result) in [("zhkg", "satisfied"), ("drim", "refused")] {
            try walk.does("assignment accept", index, [:], at: node)
            try walk.answers(index, .string(result), at: node)
            try walk.dispatches(index, at: node)
        }
        try walk.ordersLetter(index, rule: "C6")
        try walk.dispatches(index, at: "zhkg")
    }

    /// A department's own appeal, which another one executes and corrects.
    private func atHome(_ walk: WorkListWalk) throws {
        let own = try walk.city.expect(
            "appeal register",
            ["as": "head-zhkg", "name": "Граб Іван", "text": "Світло", "addressee": "department", "channel": "post"],
            at: "zhkg"
        )
        let index = try #require(own.json["registrationIndex"])
        try walk.send()
        let given: JSONObject = ["author": "head-zhkg", "text": "До розгляду", "main": "drim"]
        try walk.does("resolution issue", index, given, at: "zhkg")
        try walk.does("assignment accept", index, [:], at: "drim")
        try walk.does("appeal correct", index, ["set": ["applicant.address=вул. Інша, 2"]], at: "drim")
        try walk.answers(index, "satisfied", at: "drim")
        try walk.does("answer submit", index, ["as": "executor-drim"], at: "drim")
        try walk.does("answer accept", index, ["assignment": "drim"], at: "zhkg")
    }

    @Test("are what whole cards say, at each node, after each act, sent or not; some life is on each of them")
    func lives() throws {
        let walk = try WorkListWalk()
        try reassigned(walk)
        try answeredTwice(walk)
        try atHome(walk)
        try common(walk)
        // Of departments that have not read, and of cards that left, no card tells.
        for list in WorkList.allCases where list != .unread && list != .departed {
            for isOffice in [true, false] where !list.roles(isOffice: isOffice).isEmpty {
                #expect(
                    walk.met.contains("\(isOffice) \(list)"),
                    "\(isOffice ? "the office" : "no department"): \(list)"
                )
            }
        }
    }

    @Test("are those of the roles of whoever asks; an executor sees the appeals in which they are named")
    func roles() throws {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned(main: "zhkg"))
        _ = try city.register()
        try city.sync("zhkg")
        func lists(_ user: String, at node: String) throws -> [String: Int64] {
            let lists = try city.expect("work", ["as": .string(user)], at: node).json["lists"]?.array ?? []
            return Dictionary(uniqueKeysWithValues: lists.map { ($0["list"]?.string ?? "", $0["count"]?.integer ?? 0) })
        }
        #expect(try lists("koval", at: "urz")["new"] == 1)
        #expect(try lists("head-zhkg", at: "zhkg")["new"] == 1)
        #expect(try lists("executor-zhkg", at: "zhkg")["new"] == nil)
        try city.expect("assignment accept", ["appeal": index, "as": "head-zhkg"], at: "zhkg")
        #expect(try lists("head-zhkg", at: "zhkg")["unappointed"] == 1)
        #expect(try lists("executor-zhkg", at: "zhkg")["inWork"] == 0)
        try city.expect(
            "assignment person",
            ["appeal": index, "as": "head-zhkg", "person": "executor-zhkg"],
            at: "zhkg"
        )
        #expect(try lists("executor-zhkg", at: "zhkg")["inWork"] == 1)
        for arguments in [["mine": true, "as": "executor-zhkg"], ["person": "executor-zhkg"]] as [JSONObject] {
            #expect(try city.expect("appeal list", arguments, at: "zhkg").json["total"] == 1)
        }
        #expect(try city.expect("appeal list", ["mine": true, "as": "head-zhkg"], at: "zhkg").json["total"] == 0)
        try city.refuse("appeal list", ["mine": true], at: "zhkg", code: "missingOption")
        try city.refuse("appeal list", ["overdue": true, "returned": true], code: "severalLists")
        try city.refuse("work", ["as": "nobody"], code: "roleMissing")
    }

    @Test("name departments that have not confirmed for a day what was given to them")
    func unread() throws {
        let city = try CommandCity()
        _ = try city.assigned(main: "zhkg", co: ["drim"])
        try city.sync("drim")
        func unread() throws -> [JSON] { try city.expect("work", ["as": "koval"]).json["unread"]?.array ?? [] }
        #expect(try unread().isEmpty)
        city.now += 25 * 3_600_000
        let told = try unread()
        #expect(told.map { $0["department"]?.string } == ["zhkg"] && told.first?["count"] == 1)
        let text = try city.expect("work", ["as": "koval"]).text
        #expect(text.contains("Департамент zhkg [zhkg]: не прочитано 25 год"), "\(text)")
        #expect(try city.expect("status", [:]).json["work"]?["unread"] == 1)
        #expect(try city.expect("appeal list", ["list": "unread"]).json["unread"]?.array?.count == 1)
        // A page that was sent is not read before the next request confirms it.
        try city.sync("zhkg")
        city.now += 3_600_000
        try city.sync("zhkg")
        #expect(try unread() == [])
    }

    @Test("and all lists count cards that are not sent, in pages as long as was asked for")
    func unsent() throws {
        let city = try CommandCity()
        _ = try city.assigned()
        try city.sync("zhkg")
        for _ in 0..<12 {
            try city.expect(
                "appeal register",
                ["as": "head-zhkg", "name": "Граб", "text": "Світло", "addressee": "department"],
                at: "zhkg"
            )
        }
        for sent in [false, true] {
            if sent { try city.sync("zhkg") }
            var seen: [String] = [], after: JSON?
            repeat {
                var arguments: JSONObject = ["limit": 5]
                arguments["after"] = after
                let page = try city.expect("appeal list", arguments, at: "zhkg")
                let ids = (page.json["appeals"]?.array ?? []).compactMap { $0["id"]?.string }
                #expect(page.json["total"] == 13 && ids.count == min(5, 13 - seen.count))
                if page.json["next"] != nil {
                    #expect(
                        page.text.contains("Показано 5 із 13")
                            && page.text.contains("kartoteka appeal list --limit 5 --after")
                    )
                }
                seen += ids
                after = page.json["next"]
            } while after != nil
            #expect(seen.count == 13 && Set(seen).count == 13)
        }
    }

    @Test("find a part of an index, in whatever letters it was typed, in the store and in what is not sent")
    func parts() throws {
        let city = try CommandCity()
        for name in ["Жук", "Жила", "Коваль"] { _ = try city.register(name) }
        try city.expect(
            "appeal register",
            ["as": "head-zhkg", "name": "Кіт", "text": "Світло", "addressee": "department"],
            at: "zhkg"
        )
        func total(_ part: String, at node: String = "urz") throws -> JSON? {
            try city.expect("appeal list", ["index": .string(part)], at: node).json["total"]
        }
        for (part, count) in [("Ж", 2), ("ж-", 2), ("-1", 2), ("Ж-1", 1), ("K", 1), ("к -1", 1), ("Щ", 0)] {
            #expect(try total(part) == .integer(Int64(count)), "\(part)")
        }
        for part in ["zhkg", "ZHKG-К", "zhkg-k", "К-1"] { #expect(try total(part, at: "zhkg") == 1, "\(part)") }
    }

    @Test("fit into the terminal, show names and days and no ids, and mark what is overdue")
    func table() throws {
        let city = try CommandCity()
        try city.expect(
            "department add",
            [
                "department": "zhkg", "name": "Департамент житлово-комунального господарства та будівництва",
                "as": "admin",
            ]
        )
        _ = try city.assigned("Кременчук-Переяславський", main: "zhkg")
        city.now += 60 * 86_400_000
        for (width, name) in [(80, "appeal list"), (120, "appeal list"), (80, "work")] {
            let shown = try city.expect(name, name == "work" ? [:] : ["width": .integer(Int64(width))])
            let lines = shown.text.split(separator: "\n")
            #expect(lines.allSatisfy { $0.count <= width }, "\(shown.text)")
            #expect(shown.text.contains("‼ 15.06.2026") && shown.text.contains("Кремен"), "\(shown.text)")
            #expect(shown.text.firstMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}/) == nil)
        }
        #expect(try city.expect("appeal list", ["overdue": true]).json["appeals"]?.array?.first?["overdue"] == true)
    }
}
