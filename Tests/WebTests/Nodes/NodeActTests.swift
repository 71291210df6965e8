import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

@testable import Web

/// Who is let in and who is believed, by the forms of the room: they run the bodies that the terminal runs.
@Suite("Acts of an administrator about nodes")
struct NodeActTests {
    private static let token = "kartoteka-join-1:" + String(repeating: "QUJD", count: 60)

    private func administrator() throws -> (WebTown, TestBrowser) {
        let town = try WebTown()
        let running = RunningCity()
        running.token = Self.token
        town.running = running
        let browser = try town.signedIn("admin")
        _ = try browser.setUp()
        return (town, browser)
    }

    private func state(_ town: WebTown, _ node: String) throws -> NodeRecord.State? {
        try town.officeStore.read { try $0.node(node)?.state }
    }

    @Test("an invitation comes as a file, a line and a picture, once")
    func invite() throws {
        let (town, admin) = try administrator()
        let form = try admin.get("/nodes/acts/invite?department=zhkg")
        #expect(form.status == 200 && form.text.contains(#"<option value="zhkg" selected>"#))
        let told = try admin.post("/nodes/acts/invite", ["department": "zhkg"])
        #expect(told.status == 200 && town.running?.invited == ["zhkg"], "\(told.text)")
        #expect(told.text.contains(Self.token) && told.text.contains(#"download="zhkg.invitation""#))
        #expect(
            told.text.contains("href=\"data:text/plain;charset=utf-8,kartoteka-join-1%3A") && told.text.contains("<svg")
        )
        let later = try admin.get("/nodes").text + admin.get("/node/zhkg").text
        #expect(!later.contains(Self.token))
    }

    @Test("a department is chosen or new, and a code that is none is told at its field with all that was typed")
    func newDepartment() throws {
        let (town, admin) = try administrator()
        let none = try admin.post("/nodes/acts/invite", ["name": "Новий відділ"])
        #expect(none.status == 422 && none.text.contains("Виберіть підрозділ або назвіть новий"))
        let wrong = try admin.post("/nodes/acts/invite", ["new": "Відділ", "name": "Новий відділ"])
        #expect(
            wrong.status == 422 && wrong.text.contains(#"id="f-new-msg""#) && wrong.text.contains(#"value="Відділ""#)
        )
        #expect(wrong.text.contains(#"value="Новий відділ""#) && town.running?.invited == [])
        let done = try admin.post("/nodes/acts/invite", ["new": "viddil", "name": "Новий відділ", "minutes": "60"])
        #expect(done.status == 200 && town.running?.invited == ["viddil"])
    }

    @Test("a revocation is typed out, and what is left on that machine stays a debt until somebody testifies")
    func revoke() throws {
        let (town, admin) = try administrator()
        let page = try admin.get("/nodes/acts/node-revoke?node=zhkg").text
        #expect(page.contains("Обмін із вузлом зупиниться негайно") && page.contains(#"name="typed""#))
        let untyped = try admin.post("/nodes/acts/node-revoke", ["node": "zhkg", "typed": "zhk"])
        #expect(untyped.status == 422 && untyped.text.contains("Наберіть дослівно: zhkg"))
        #expect(try state(town, "zhkg") == .active)
        let done = try admin.post("/nodes/acts/node-revoke", ["node": "zhkg", "typed": "zhkg"])
        #expect(done.status == 303 && done.header("location")?.hasPrefix("/node/zhkg?done=node-revoke") == true)
        #expect(try state(town, "zhkg") == .revoked && town.running?.changes.count == 1)
        let after = try admin.get("/node/zhkg?done=node-revoke&how=accepted").text
        #expect(after.contains("Допуск скасовано.") && after.contains("Незнищені копії"))
        #expect(after.contains("/nodes/acts/node-wiped?node=zhkg") && !after.contains("/nodes/acts/node-revoke"))
        #expect(try admin.post("/nodes/acts/node-wiped", ["node": "zhkg"]).status == 303)
        #expect(try !admin.get("/node/zhkg").text.contains("Незнищені копії"))
    }

    @Test("after a restore nobody is let in until confirmed, one by one or all, and the backup's day is told")
    func confirm() throws {
        let (town, admin) = try administrator()
        let asOf = town.now - 86_400_000
        try town.officeStore.write { transaction in
            for node in ["zhkg", "drim"] {
                var record = try #require(try transaction.node(node))
                record.state = .unconfirmed
                try transaction.putNode(record)
            }
            try transaction.setValue(Values.admissionsAsOf, asOf)
        }
        let table = try admin.get("/nodes").text
        #expect(table.contains("чекають підтвердження вузлів: 2") && table.contains("Копія від "))
        let page = try admin.get("/nodes/acts/node-confirm").text
        #expect(page.contains("Департамент zhkg") && page.contains("Підтвердити всі"))
        #expect(try admin.post("/nodes/acts/node-confirm", ["node": "zhkg"]).status == 303)
        #expect(try state(town, "zhkg") == .active && state(town, "drim") == .unconfirmed)
        #expect(try admin.post("/nodes/acts/node-confirm", ["all": "true"]).status == 303)
        #expect(try state(town, "drim") == .active)
        let again = try admin.post("/nodes/acts/node-confirm", ["node": "drim"])
        #expect(again.status == 422 && again.text.contains("не чекає підтвердження"))
    }

    @Test("a renewal is allowed until a time that the page of the node shows; a claim is decided with a ground")
    func renewAndDistrust() throws {
        let (town, admin) = try administrator()
        #expect(try admin.post("/nodes/acts/node-renew", ["node": "zhkg", "minutes": "60"]).status == 303)
        #expect(try admin.get("/node/zhkg").text.contains("дозволено до "))
        let tooLong = try admin.post("/nodes/acts/node-renew", ["node": "zhkg", "minutes": "99999"])
        #expect(tooLong.status == 422 && tooLong.text.contains("20160"))
        let none = try admin.post("/nodes/acts/node-distrust", ["node": "zhkg", "reason": "Старий диск"])
        #expect(none.status == 422 && none.text.contains("нічого такого не твердить"))
        try town.officeStore.write { try $0.setValue(Values.accusers.key, "zhkg@\(town.now)") }
        let groundless = try admin.post("/nodes/acts/node-distrust", ["node": "zhkg"])
        #expect(groundless.status == 422 && groundless.text.contains("Заповніть: підстава"))
        #expect(try admin.post("/nodes/acts/node-distrust", ["node": "zhkg", "reason": "Старий диск"]).status == 303)
        #expect(try admin.get("/nodes/tray").text.contains("Вузлові не повірили"))
    }

    @Test("an item of the tray says what to do, leads to the acts for it, and is put aside once it was looked at")
    func tray() throws {
        let (town, admin) = try administrator()
        try town.officeStore.write { transaction in
            try transaction.addTray(
                TrayRecord(
                    kind: .alarm,
                    subject: "zhkg",
                    text: TrayRecord.clone + "zhkg#1 has 9, it ended at 7",
                    at: town.now
                )
            )
        }
        let item = try #require(try town.officeStore.read { try $0.tray(kind: .alarm, after: 0, limit: 1).first })
        let list = try admin.get("/nodes/tray").text
        #expect(list.contains("Працюють дві копії одного каталогу") && list.contains(#"href="/node/zhkg""#))
        let page = try admin.get("/nodes/tray/\(item.id)").text
        #expect(page.contains("яка копія справжня") && page.contains("/nodes/acts/invite?department=zhkg"))
        #expect(page.contains("/nodes/acts/node-revoke?node=zhkg"))
        #expect(try admin.get("/nodes/tray?kind=repair").text.contains("Тут нічого немає."))
        let done = try admin.post("/nodes/tray/\(item.id)/dismiss")
        #expect(try done.status == 303 && admin.get("/nodes/tray").text.contains("Тут нічого немає."))
        #expect(try admin.get("/nodes/tray/\(item.id)").status == 404)
        #expect(try admin.post("/nodes/tray/\(item.id)/dismiss").status == 404)
    }

    @Test("the doctor's page has what the command has: each problem, what mends it, and the page on which it is mended")
    func doctor() throws {
        let (town, admin) = try administrator()
        #expect(try admin.get("/nodes/doctor").text.contains("Нічого не змінює"))
        let well = try admin.post("/nodes/doctor").text
        #expect(well.contains("усі цілі") && !well.contains("у лотку, тривоги: 1"))
        try town.officeStore.write {
            try $0.addTray(TrayRecord(kind: .alarm, subject: "zhkg", text: "lie: x", at: town.now))
        }
        let ill = try admin.post("/nodes/doctor").text
        #expect(ill.contains("У лотку, тривоги: 1") && ill.contains(#"href="/nodes/tray?kind=alarm""#))
        #expect(ill.contains("kartoteka tray list --kind alarm"))
    }
}

/// What of the file of the database is shown in a browser.
@Suite("Records of the database in a browser")
struct InspectedTests {
    private func page() throws -> (WebTown, TestBrowser) {
        let town = try WebTown()
        let browser = try town.signedIn("admin")
        _ = try browser.setUp()
        return (town, browser)
    }

    @Test("no words of people and no secret: of a row and an operation only how they are kept")
    func columns() throws {
        let (town, admin) = try page()
        var row = InspectedRecord(key: [.text("appeals"), .integer(0), .text("01995c3a-0000-7000-8000-000000000001")])
        row.columns = [
            ("at_commit", .integer(7)), ("registration", .text("К-7")),
            ("barred", .text("admin2")),
            ("bytes", .text("Терещенко плаче")), ("work", .text("x")), ("seal", .null),
            ("brandNew", .text("canary-new")),
        ]
        var found = InspectedPage()
        found.records = [row]
        town.inspected = found
        let text = try admin.get("/nodes/inspect/row").text
        #expect(text.contains("К-7") && text.contains("не показано"))
        for word in ["admin2", "Терещенко", "canary-new"] { #expect(!text.contains(word), "\(word)") }
        var operation = InspectedRecord(key: [.text("urz#1"), .integer(3)])
        operation.columns = [("kind", .text("note.added")), ("bytes", .text("canary")), ("outcome", .text("canary"))]
        found.records = [operation]
        town.inspected = found
        let told = try admin.get("/nodes/inspect/operation").text
        #expect(told.contains("note.added") && !told.contains("canary"))
    }

    @Test("a value that opens a session, or repeats a reply, is never shown; its key is")
    func values() throws {
        let (town, admin) = try page()
        let hello = Values.evidence("hello").key
        var found = InspectedPage()
        found.records = [Values.token.key, hello, Values.epoch.key].map { key in
            var record = InspectedRecord(key: [.text(key)])
            record.columns = [("key", .text(key)), ("value", .text("value of " + key))]
            return record
        }
        town.inspected = found
        let text = try admin.get("/nodes/inspect/value").text
        #expect(text.contains("value of " + Values.epoch.key))
        #expect(!text.contains("value of " + Values.token.key) && !text.contains("value of evidence"))
        #expect(text.contains(Values.token.key) && text.contains(hello))
    }

    @Test("a record that names an appeal about whoever looks is not there")
    func kept() throws {
        let (town, admin) = try page()
        func registered(_ more: JSONObject) throws -> String {
            var card: JSONObject = ["as": "koval", "name": "Сич Ганна", "text": "Немає води", "heading": ["090"]]
            for (name, value) in more.members { card[name] = value }
            return try #require(try town.run("appeal register", card).json["appeal"]?.string)
        }
        let own = try registered(["complained-against": ["admin"]]), other = try registered([:])
        var found = InspectedPage()
        found.records = [own, other].flatMap { appeal in
            [
                InspectedRecord(key: [.text("slice:zhkg"), .text(appeal)]),
                InspectedRecord(key: [.text(Values.notErased(appeal).key), .text("x")]),
            ]
        }
        town.inspected = found
        let text = try admin.get("/nodes/inspect/tenure").text
        #expect(!text.contains(own) && text.contains(other))
    }

    @Test("a part that cannot be read is told, and a mark that is none is refused")
    func broken() throws {
        let (town, admin) = try page()
        var found = InspectedPage()
        found.gaps = [InspectedGap(after: [], before: [], found: "database disk image is malformed")]
        town.inspected = found
        let text = try admin.get("/nodes/inspect/row").text
        #expect(text.contains("Частина файла не читається") && text.contains("malformed"))
        #expect(try admin.get("/nodes/inspect/row?after=x").status == 422)
        #expect(try admin.get("/nodes/inspect/local").status == 404, "sessions and accounts are no table of it")
        town.inspected = nil
        #expect(try admin.get("/nodes/inspect/row").status == 404)
    }
}
