import Appeals
import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Replication

@Suite("A slice")
struct SliceTests {
    @Test("holds what is assigned to the department and nothing else")
    func membership() throws {
        let town = try Town("roads", "water")
        let mine = try town.registers(main: "roads")
        try town.registers(main: "water")
        let both = try town.registers(main: "water", co: "roads")
        try town.registers()
        #expect(try town.syncAll())
        #expect(try town.slice("roads") == [mine, both])
        #expect(try town.agrees("roads") && town.agrees("water"))
    }

    @Test("changes by entries: enter, put, and leave when the appeal is given to another")
    func entries() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.sync("roads")
        let after = try town.position("roads").head
        try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "x"])
        #expect(try town.entries(town.reply(town.pull("roads", after: after), peer: "roads")) == ["put 1"])
        try town.assigns(appeal, main: "water")
        #expect(
            try town.entries(town.reply(town.pull("roads", after: after), peer: "roads")) == ["leave 1"]
        )
        #expect(try town.entries(town.reply(town.pull("water", after: 0), peer: "water")) == ["enter 1"])
    }

    @Test("A to B to A: the old leave does not remove the new tenure, whoever was offline meanwhile")
    func backAgain() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        try town.assigns(appeal, main: "water")
        try town.assigns(appeal, main: "roads")
        #expect(try town.syncAll())
        #expect(try town.slice("roads") == [appeal] && town.slice("water").isEmpty)
        let row = try town["roads"].store.read {
            try $0.row(Space.slice("roads"), generation: town.position("roads").generation, key: appeal)
        }
        #expect(row?.tenure == 2)
        #expect(try town.agrees("roads") && town.agrees("water"))
    }

    @Test("once left is scrubbed: who was offline never receives what it may no longer see")
    func scrub() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads", text: "Таємниця")
        try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "Таємниця"])
        try town.assigns(appeal, main: "water")
        let response = try town.reply(town.pull("roads", after: 0), peer: "roads")
        #expect(try Set(town.entries(response)) == ["leave 1"])
        #expect(!String(decoding: response.body, as: UTF8.self).contains("Таємниця"))
        #expect(!String(decoding: response.body, as: UTF8.self).contains("Коваленко"))
    }

    @Test("leave carries a stub: index, dates and the own result, nothing personal; the reader keeps it")
    func stub() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        try town.assigns(appeal, main: "water")
        try town.syncAll()
        let stub = try #require(try town["roads"].store.read { try $0.stub(appeal) })
        let json = try JSON(parsing: stub.bytes)
        #expect(json["index"]?.string == "К-1" && json["due.statutory"]?.string == "2026-03-05")
        #expect(json.object?.keys == ["assignments", "due.statutory", "index", "registeredOn"])
        #expect(try town.shown("roads", appeal) == nil)
    }

    @Test(
        "from co-executor to main the next tenure begins: an enter alone, and the row is replaced whole"
    )
    func viewChange() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "water", co: "roads", ownIssue: true)
        try town.syncAll()
        #expect(try town.held("roads", appeal)?.register("applicant.name") == nil)
        let after = try town.position("roads").head
        try town.assigns(appeal, main: "roads")
        let response = try town.reply(town.pull("roads", after: after), peer: "roads")
        #expect(try town.entries(response) == ["enter 2"])
        #expect(try Set(town.lines(response).compactMap { $0["commit"]?.integer }).count == 1)
        try town.syncAll()
        #expect(try town.held("roads", appeal)?.register("applicant.name")?.string == "Коваленко")
    }

    @Test("from main to co-executor the reader purges what the new projection lacks")
    func weaker() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        try town.assigns(appeal, main: "water", co: "roads", ownIssue: true)
        try town.syncAll()
        let row = try #require(try town.held("roads", appeal))
        #expect(!String(decoding: row.bytes, as: UTF8.self).contains("Коваленко"))
        #expect(!String(decoding: row.bytes, as: UTF8.self).contains("+380670000001"))
        #expect(try town.agrees("roads") && town.agrees("water"))
    }

    @Test("of a second assignment in a weaker role nothing moves")
    func nothingMoves() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        let state = try town.confirmed(appeal)
        try town.act(
            "resolution.issued",
            appeal,
            by: "iryna",
            "specialist",
            ["author": ["user": "mayor", "role": "leader"], "assignments": [["department": "roads", "role": "co"]]],
            personal: ["text": "Виконати"]
        )
        #expect(state.register("mainExecutor") != nil)
        let entries = try town.entries(
            town.reply(town.pull("roads", after: town.position("roads").head), peer: "roads")
        )
        #expect(entries == ["put 1"])
    }

    // MARK: who sees what

    /// register → who sees it: main, co with its own issue, co with all issues.
    static let table: [(String, Bool, Bool, Bool)] = [
        ("index", true, true, true), ("registeredOn", true, true, true), ("due.statutory", true, true, true),
        ("text", true, false, true), ("applicant.name", true, false, false), ("applicant.address", true, false, false),
        ("contact.phone", true, false, false), ("contact.email", true, false, false),
        ("complainedAgainst", true, false, false),
        ("applicant.category", false, false, false), ("applicant.workplace", false, false, false),
        ("applicant.socialStatus", false, false, false), ("applicant.sex", false, false, false),
    ]

    @Test(
        "shows each role what it may see: a co-executor never name or phone, nobody but home and office what is sensitive"
    )
    func projection() throws {
        let town = try Town("roads", "water", "parks")
        let appeal = try town.registers()
        try town.assigns(appeal, main: "roads", co: "water", ownIssue: true)
        try town.act(
            "resolution.issued",
            appeal,
            by: "iryna",
            "specialist",
            [
                "author": ["user": "mayor", "role": "leader"],
                "assignments": [["department": "homes", "role": "co"]],
            ],
            personal: ["text": "Виконати"]
        )
        try town.syncAll()
        let main = try #require(try town.held("roads", appeal)), own = try #require(try town.held("water", appeal))
        let office = try town.confirmed(appeal)
        let all = View(department: "parks", role: .co, issues: nil).project(office)
        let home = View(department: "parks", role: .home, issues: nil).project(office)
        func has(_ row: Appeals.Aggregate, _ name: String) -> Bool {
            row.names(.registers).contains { Names.bare($0) == name }
        }
        for (name, isMain, isOwn, isAll) in Self.table {
            #expect(has(office, name) && has(home, name), "home \(name)")
            #expect(has(main, name) == isMain, "main \(name)")
            #expect(has(own, name) == isOwn, "co with own issue \(name)")
            #expect(has(all, name) == isAll, "co with all issues \(name)")
        }
        let issues = office.entities(with: "issue")
        #expect(own[.registers, "question@" + issues[0]] != nil && own[.registers, "question@" + issues[1]] == nil)
        #expect(
            own[.registers, "problemAddress@" + issues[1]] == nil
                && main[.registers, "problemAddress@" + issues[1]] != nil
        )
    }

    @Test("shows a co-executor neither the other's answer nor notes that it did not write")
    func assignments() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads", co: "water")
        try town.syncAll()
        try town.notes("roads", appeal, "Нотатка головного")
        try town.notes("water", appeal, "Нотатка співвиконавця")
        let assignment =
            try town.confirmed(appeal).entities(with: "department").first {
                try town.confirmed(appeal).register("department@" + $0)?.string == "roads"
            } ?? ""
        try town.does(
            "roads",
            "answer.drafted",
            appeal,
            "clerk",
            ["assignment": .string(assignment), "final": true],
            personal: ["text": "Чернетка"]
        )
        try town.syncAll()
        let water = String(decoding: try #require(try town.held("water", appeal)).bytes, as: UTF8.self)
        #expect(
            water.contains("Нотатка співвиконавця") && !water.contains("Нотатка головного")
                && !water.contains("Чернетка")
        )
        let roads = String(decoding: try #require(try town.held("roads", appeal)).bytes, as: UTF8.self)
        #expect(roads.contains("Нотатка співвиконавця") && roads.contains("Чернетка"))
    }

    @Test("the projection copied out of the stored bytes equals the one of a tree")
    func copied() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads", co: "water", ownIssue: true)
        try town.syncAll()
        try town.notes("roads", appeal)
        try town.syncAll()
        let row = try #require(try town.officeStore.read { try $0.row(Space.appeals, generation: 0, key: appeal) })
        for department in ["roads", "water", "parks"] {
            for text in [
                "home", "main", "co", "inform", "co:" + (try town.confirmed(appeal).entities(with: "issue")[0]),
            ] {
                let view = try #require(View(department: department, text: text))
                let copied = view.project(try row.aggregate())
                let json = try JSON(parsing: row.bytes, limits: Limits.aggregate)
                let tree = try #require(Aggregate(json))
                #expect(copied.bytes == view.project(tree).bytes, "\(department) \(text)")
                #expect(copied.bytes == copied.json.canonicalBytes(), "\(department) \(text)")
            }
        }
    }

    @Test("shows evidence to a main executor without the personal part of the registration, to nobody without a tenure")
    func evidence() throws {
        let town = try Town("roads", "water", "parks")
        let appeal = try town.registers(main: "roads", co: "water")
        try town.syncAll()
        let request = WireRequest(.operations, query: [("appeal", appeal)])
        let main = try town.reply(request, peer: "roads")
        #expect(main.status == 200 && !String(decoding: main.body, as: UTF8.self).contains("робітник"))
        for name in ["water", "parks"] {
            #expect(try town.reply(request, peer: name).errorCode == .foreignStream, "\(name)")
        }
    }

    @Test("of another department, and its rows and operations, are not given out")
    func foreign() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "water")
        try town.syncAll()
        #expect(try town.reply(town.pull("water", after: 0), peer: "roads").errorCode == .foreignStream)
        for (path, body) in [("snapshot", ""), ("probe", #"{"from":"","to":""}"#), ("fetch", #"{"id":"\#(appeal)"}"#)] {
            let query = [("stream", Space.slice("water")), ("epoch", town.epoch), ("after", "")]
            let request = WireRequest("POST", ProtocolCall.prefix + path, query: query, body: Array(body.utf8) + [10])
            #expect(try town.reply(request, peer: "roads").errorCode == .foreignStream, "\(path)")
        }
        let own = WireRequest(
            .fetch,
            query: [("stream", Space.slice("roads"))],
            body: Array(#"{"id":"\#(appeal)"}"#.utf8) + [10]
        )
        #expect(try town.lines(town.reply(own, peer: "roads")).first?["none"]?.string == appeal)
        let log = WireRequest(
            .operations,
            query: [("origin", try town.origin("water").origin.description), ("after", "0")]
        )
        #expect(try town.reply(log, peer: "roads").errorCode == .foreignStream)
    }
}
