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
        case .text, .string, .bool, .identifier, .integer, .code, .write, .party, .corrections, .any: []
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
        ("2020-01-01", "early"), ("2026-02-02", "early"), ("2026-02-03", ""), ("today", ""), ("tomorrow", "late"),
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
