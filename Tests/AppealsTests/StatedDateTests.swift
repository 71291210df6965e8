import CanonicalJSON
import Testing

@testable import Appeals

@Suite("Days that acts state")
struct StatedDateTests {
    /// The days and moments among these fields, as the table names them.
    private static func days(_ fields: [Field], _ path: String = "") -> [String] {
        fields.flatMap { field in days(field.type, path + field.name) }
    }

    private static func days(_ type: FieldType, _ path: String) -> [String] {
        switch type {
        case .date, .moment: [path]
        case .array(let element): days(element, path)
        case .object(let fields): days(fields, path + ".")
        case .text, .string, .bool, .identifier, .integer, .code, .write, .party, .address, .corrections, .any: []
        }
    }

    @Test("every day of every kind has its row in the table, and every row a field")
    func table() {
        let fields = Kinds.all.filter { !$0.isReference }.flatMap { kind in
            Self.days(kind.fields + kind.personal).map { kind.name + " " + $0 }
        }
        let rows = StatedDate.all.map { $0.kind + " " + $0.field }
        #expect(rows.sorted() == fields.sorted())
    }

    /// An outcome with its flags.
    private func told(_ outcome: Outcome) -> String { ([outcome.text] + outcome.flags).joined(separator: " ") }

    /// What an appeal that came on 3 February 2026 meets on the scene's day.
    private let days = [
        ("2020-01-01", "early"), ("2026-02-02", "early"), ("2026-02-05", ""), ("today", ""), ("tomorrow", "late"),
        ("2099-01-01", "late"),
    ]

    private func day(_ name: String, _ scene: Scene) -> JSON {
        switch name {
        case "today": .string(scene.world.today.description)
        case "tomorrow": .string(scene.world.today.adding(days: 1)?.description ?? "")
        default: .string(name)
        }
    }

    @Test("a dispatch, a talk and a document of a day that cannot be are facts, and flagged")
    func facts() throws {
        for (name, order) in days {
            for kind in ["answer.dispatched", "feedback.recorded", "document.recorded"] {
                let scene = try Scene.submitted()
                try scene.reviews("answer.accepted", "roads")
                let date = day(name, scene)
                let outcome = try scene.does(kind, "roads") {
                    $0["date"] = date
                    if kind == "document.recorded" {
                        $0["document"] = "act"
                        $0["number"] = "1"
                    }
                }
                // A certificate may be older than the appeal.
                let isFlagged = order == "late" || (order == "early" && kind != "document.recorded")
                #expect(told(outcome) == "accepted" + (isFlagged ? " implausibleDate" : ""), "\(kind) \(name)")
            }
        }
    }

    /// Each act that tells of what was done on a day, and of which kind its fact is.
    private static let tellings: [(kind: String, fact: String)] = [
        ("answer.dispatched", "dispatch"), ("feedback.recorded", "feedback"), ("term.extended", "extension"),
        ("appeal.forwarded", "ending"), ("appeal.returned", "ending"), ("appeal.notConsidered", "ending"),
        ("appeal.withdrawn", "ending"), ("appeal.explained", "ending"),
    ]

    /// An appeal that came on 3 February 2026 and an act of this kind that tells of a day.
    private func telling(_ kind: String, _ date: JSON) throws -> (Scene, SignedOperation) {
        let scene =
            try ["answer.dispatched", "feedback.recorded", "document.recorded"].contains(kind)
            ? Scene.submitted() : Scene()
        if scene.state == nil { try scene.registers() }
        switch kind {
        case "answer.dispatched", "feedback.recorded": return (scene, scene.about(kind, "roads") { $0["date"] = date })
        case "document.recorded":
            let document: JSONObject = ["document": "act", "number": "1", "date": date]
            let act = scene.about(kind, "roads") { for (key, value) in document.members { $0[key] = value } }
            return (scene, act)
        case "term.extended": return (scene, scene.extends(decidedOn: date.string ?? ""))
        default: break
        }
        var body: JSONObject = ["author": "mayor", "date": date]
        switch kind {
        case "appeal.forwarded": body["to"] = "Водоканал"
        case "appeal.explained": body["by"] = "phone"
        case "appeal.concluded": body["register"] = "АСОЗ"
        case "appeal.notConsidered":
            body["ground"] = "repeated"
            body["reason"] = "x"
        default: body["reason"] = "x"
        }
        let words: JSONObject? = kind == "appeal.explained" ? ["text": "x"] : nil
        return (scene, scene.compose(kind, by: "office/iryna/specialist", body, personal: words))
    }

    /// Days before Tuesday, 10 February 2026, and whether more than three working days lie between.
    private static let told = [
        ("2026-02-10", false), ("2026-02-09", false), ("2026-02-07", false), ("2026-02-06", false),
        ("2026-02-05", false), ("2026-02-04", true), ("2026-02-03", true),
    ]

    @Test(
        "what is told more than three working days after it was done is flagged, and its fact says so",
        arguments: tellings
    )
    func tellsLate(kind: String, fact: String) throws {
        for (day, isLate) in Self.told {
            let (scene, act) = try telling(kind, .string(day))
            let outcome = try scene.deliver(act).outcome
            #expect(told(outcome) == "accepted" + (isLate ? " toldLate" : ""), "\(kind) of \(day)")
            #expect((scene.facts(fact).last?.value["toldLate"]?.bool ?? false) == isLate, "\(kind) of \(day)")
        }
        // A day that cannot be is flagged as that alone.
        let (scene, act) = try telling(kind, "2026-01-05")
        #expect(try !told(scene.deliver(act).outcome).contains("toldLate"))
    }

    @Test("a document may be old, what another register tells was told there")
    func untold() throws {
        for kind in ["document.recorded", "appeal.concluded"] {
            let (scene, act) = try telling(kind, "2026-02-03")
            #expect(try told(scene.deliver(act).outcome) == "accepted", "\(kind)")
        }
    }

    @Test("the working days are those of the calendar in force")
    func calendars() throws {
        let calendar = try WorkingCalendar(
            version: "2026-2",
            validFrom: #require(CivilDate("2026-01-01")),
            validThrough: #require(CivilDate("2026-12-31")),
            workingHoursEnd: #require(TimeOfDay(hour: 17, minute: 0)),
            holidays: [],
            martialLaw: [],
            extraDaysOff: [#require(CivilDate("2026-02-09"))]
        )
        for (published, isLate) in [(nil, true), (calendar, false)] {
            let (scene, act) = try telling("answer.dispatched", "2026-02-04")
            if let published {
                var entry = Appeals.Aggregate(id: "calendar/2026-2")
                entry[.registers, "entry"] = Item(value: ["calendar": published.json], write: "x", commit: 1)
                scene.world.entries[entry.id] = entry
            }
            #expect(try told(scene.deliver(act).outcome) == "accepted" + (isLate ? " toldLate" : ""))
        }
    }

    @Test("what was told late stays so if it waits and is adopted, and if a restored office gets it back")
    func waiting() throws {
        let (scene, act) = try telling("answer.dispatched", "2026-02-04")
        scene.world.roles["roads/head/head"] = .expired
        #expect(try told(scene.deliver(act).outcome) == "held roleEnded toldLate")
        let held = try #require(scene.appeal.names(.held).first)
        try scene.act("held.adopted", by: "office/iryna/specialist", ["held": .string(held)])
        #expect(scene.facts("dispatch").first?.value["toldLate"]?.bool == true)

        let (lost, again) = try telling("answer.dispatched", "2026-02-04")
        let before = lost.state
        let outcome = try lost.deliver(again).outcome
        let back = Replay.merge(again, outcome, on: before, world: lost.world, later: outcome.commit)
        #expect(back.items(.facts).map(\.item) == lost.appeal.items(.facts).map(\.item))
    }

    @Test("a term before today or beyond the term by law is flagged; of an overdue appeal any day ahead will do")
    func terms() throws {
        for (term, isFlagged) in [
            ("2020-01-01", true), ("today", false), ("2026-03-05", false), ("2026-03-06", true), ("2099-01-01", true),
        ] {
            let scene = Scene()
            try scene.registers()
            let date = day(term, scene)
            let resolution = scene.resolution(main: "roads") {
                $0["assignments"] = [["department": "roads", "role": "main", "term": date]]
            }
            #expect(
                try told(scene.deliver(resolution).outcome) == "accepted" + (isFlagged ? " implausibleDate" : ""),
                "\(term)"
            )
        }
        let overdue = Scene()
        try overdue.registers { $0["due"] = ["statutory": "2026-02-05", "basis": "month", "calendar": "2026-1"] }
        let resolution = overdue.resolution(main: "roads") {
            $0["assignments"] = [["department": "roads", "role": "main", "term": "2026-04-01"]]
        }
        #expect(try told(overdue.deliver(resolution).outcome) == "accepted")
    }

    @Test("what came tomorrow is flagged, and so is a term before the receipt")
    func registrations() throws {
        let late = Scene()
        #expect(
            try told(late.registers { $0["receivedAt"] = "2031-01-01T10:00:00+02:00" }).hasSuffix("implausibleDate")
        )
        let early = Scene()
        let due: JSON = ["statutory": "2025-12-01", "basis": "external:2025-12-01", "calendar": "2026-1"]
        #expect(try told(early.registers { $0["due"] = due }) == "accepted implausibleDate")
        // What came on a weekend is registered on the next working day, and an old register counts in its own way.
        let between = Scene()
        #expect(try told(between.registers { $0["registeredOn"] = "2026-02-05" }) == "accepted")
    }

    @Test("an extension may be decided from the day of receipt on, also before the day of registration")
    func extensions() throws {
        let received = try #require(CivilDate("2026-11-28")), registered = try #require(CivilDate("2026-11-30"))
        let due = try Deadlines.derive(registered: registered, basis: .month, channel: .email, calendar: .initial).due
        let to = try #require(due.statutory.adding(days: 5))
        for (decided, isRight) in [("2026-11-27", false), ("2026-11-28", true), ("2026-11-30", true)] {
            let day = try #require(CivilDate(decided))
            let extends = { try Deadlines.extend(due, to: to, decidedOn: day, received: received, calendar: .initial) }
            if isRight {
                #expect(try extends().to == to)
            } else {
                #expect(throws: DeadlineRefusal.self) { try extends() }
            }
        }
    }
}
