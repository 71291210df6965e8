import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

@testable import Web

/// The guided page after the first account: what the node has is ticked, what it lacks has its form.
@Suite("The steps of a new node")
struct SetupPageTests {
    private func administrator() throws -> (WebTown, TestBrowser) {
        let town = try WebTown(departments: [])
        let running = RunningCity()
        running.token = "kartoteka-join-1:QUJD"
        town.running = running
        let browser = try town.signedIn("admin")
        _ = try browser.setUp()
        return (town, browser)
    }

    @Test("people get roles and a code each, which opens their account; who is there already is no mistake")
    func people() throws {
        let (town, admin) = try administrator()
        #expect(try admin.get("/setup").text.contains("Перші люди"))
        let told = try admin.post(
            "/setup/people",
            [
                "person.1": "Бойко Н. С.", "user.1": "boiko", "role.1": "registrar", "person.2": "Мельник О. П.",
                "user.2": "Melnyk", "role.2": "leader", "person.3": "", "user.3": "", "role.3": "specialist",
            ]
        )
        #expect(told.status == 200, "\(told.text)")
        let parts = told.text.split(separator: "data-code=\"boiko\">")
        let code = try #require(parts.dropFirst().first?.split(separator: "<").first)
        let boiko = TestBrowser(town)
        let taken = try boiko.json(
            "POST",
            "/api/v1/invitations",
            ["code": .string(String(code)), "new": .string(WebTown.password)]
        )
        #expect(taken.status == 201, "\(taken.text)")
        boiko.second = try taken.object()["second"]?.string
        #expect(try boiko.get("/register").status == 200)
        #expect(try !admin.get("/setup").text.contains(String(code)), "it is told once")
        let again = try admin.post(
            "/setup/people",
            ["person.1": "Бойко Н. С.", "user.1": "boiko", "role.1": "registrar"]
        )
        #expect(again.status == 200 && !again.text.contains("data-code=\"boiko\""))
    }

    @Test("what is wrong stands at its field, and nobody is added then")
    func wrong() throws {
        let (town, admin) = try administrator()
        let told = try admin.post(
            "/setup/people",
            [
                "person.1": "Бойко Н. С.", "user.1": "бойко", "role.1": "registrar", "person.2": "", "user.2": "melnyk",
                "role.2": "leader",
            ]
        )
        #expect(told.status == 422 && told.text.contains(#"id="user.1-e""#) && told.text.contains(#"id="person.2-e""#))
        #expect(told.text.contains(#"value="бойко""#) && told.text.contains(#"value="melnyk""#))
        #expect(try town.officeStore.read { try $0.row(Space.reference, generation: 0, key: "person/melnyk") } == nil)
        #expect(
            try admin.post("/setup/people", ["person.1": "", "user.1": ""]).text.contains("Назвіть хоч одну людину")
        )
    }

    @Test("a login that somebody else has renames nobody, and the field says whose it is")
    func taken() throws {
        let (town, admin) = try administrator()
        let entry = {
            try town.officeStore.read { try $0.row(Space.reference, generation: 0, key: "person/koval") }?.bytes
        }
        let before = try entry()
        let told = try admin.post(
            "/setup/people",
            ["person.1": "Хтось Інший", "user.1": "koval", "role.1": "registrar"]
        )
        #expect(before != nil && told.text.contains(#"id="user.1-e""#) && told.text.contains("Логін «koval» уже має"))
        #expect(try entry() == before && !told.text.contains("kt-code"))
    }

    @Test("a department with its head is put into the directory and invited in one step")
    func department() throws {
        let (town, admin) = try administrator()
        let told = try admin.post(
            "/setup/department",
            [
                "title": "Управління благоустрою", "department": "ubzhp", "head": "Петренко О. І.",
                "headuser": "petrenko",
            ]
        )
        #expect(told.status == 200 && told.text.contains("kartoteka-join-1:QUJD"), "\(told.text)")
        #expect(town.running?.invited == ["ubzhp"])
        let desk = Desk(try town.context().place, .anybody)
        #expect(try desk.read { try desk.roles(of: "petrenko", in: "ubzhp", $0) } == ["head"])
        let wrong = try admin.post(
            "/setup/department",
            ["title": "", "department": "urz", "head": "", "headuser": "x"]
        )
        #expect(wrong.status == 422)
        for field in ["title", "department", "head"] { #expect(wrong.text.contains("id=\"\(field)-e\""), "\(field)") }
    }

    @Test("each step is ticked by what the node has, and is for whoever looks after it alone")
    func steps() throws {
        let town = try WebTown()
        let admin = try town.signedIn("admin")
        _ = try admin.setUp()
        func ticked() throws -> Int {
            try admin.get("/setup").text.split(separator: "<li class=\"ok\"").count - 1
        }
        #expect(try ticked() == 4, "the node, the access, people, departments")
        let note = BackupNote(made: town.now, directory: "/media/b", isElsewhere: true, operations: 1)
        try town.officeStore.write { try $0.setValue(Values.lastBackup, note.json) }
        #expect(try ticked() == 5)
        try town.run("appeal register", ["as": "koval", "name": "Сич Ганна", "text": "Немає води", "heading": ["090"]])
        #expect(try ticked() == 6 && admin.get("/setup").text.contains("Вузол готовий до роботи."))
        #expect(try town.signedIn("koval").get("/setup").status == 403)
        let head = try town.signedIn("head-zhkg", at: "zhkg")
        #expect(try head.get("/setup").text.contains("Людей підрозділу записує Центр"))
        #expect(try head.post("/setup/department").status == 403)
        #expect(try town.signedIn("executor-zhkg", at: "zhkg").get("/setup").status == 403)
    }
}
