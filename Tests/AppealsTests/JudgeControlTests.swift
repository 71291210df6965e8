import CanonicalJSON
import Testing

@testable import Appeals

/// Results, control, and ends without a department (R9, R13, R15; Articles 7, 8).
@Suite("Results, control and ends")
struct JudgeControlTests {
    @Test("a co-executor's results count for the issues that it was given, whichever answer is accepted first")
    func coResults() throws {
        for order in [["roads", "water"], ["water", "roads"]] {
            let scene = try Scene.atWork(co: "water")
            for (department, result) in [("roads", "satisfied"), ("water", "refused")] {
                try scene.does("answer.drafted", department) { $0["result"] = .string(result) }
                for kind in ["answer.approved", "feedback.recorded", "answer.submitted"] {
                    try scene.does(kind, department)
                }
            }
            for department in order { try scene.reviews("answer.accepted", department) }
            let issues = scene.appeal.entities(with: "issue").sorted()
            #expect(issues.map { scene.register("result@" + $0) } == ["refused", "satisfied"])
        }
    }

    /// Issues of the main executor, of the co-executor (nil: none by name), and what each answers for.
    static let divisions: [([Int]?, [Int]?, [Int], [Int])] = [
        (nil, [0], [1], [0]), (nil, nil, [0, 1], []), ([1], [0], [1], [0]), ([0], nil, [0, 1], []),
        ([0], [0], [0, 1], [0]), ([0, 1], [1], [0, 1], [1]), (nil, [0, 1], [], [0, 1]),
    ]

    @Test(
        "who answers for an issue: a co-executor that was given it by name, else the main executor",
        arguments: divisions
    )
    func answering(main: [Int]?, co: [Int]?, ofMain: [Int], ofCo: [Int]) throws {
        let scene = Scene()
        try scene.registers()
        let issues = scene.appeal.entities(with: "issue").sorted()
        func assignment(_ department: String, _ role: String, _ given: [Int]?) -> JSON {
            var object: JSONObject = ["department": .string(department), "role": .string(role)]
            object["issues"] = given.map { .array($0.map { .string(issues[$0]) }) }
            return .object(object)
        }
        let resolution = scene.resolution(main: nil) {
            $0["assignments"] = [assignment("roads", "main", main), assignment("water", "co", co)]
        }
        #expect(try scene.deliver(resolution).outcome.text == "accepted")
        for (department, wanted) in [("roads", ofMain), ("water", ofCo)] {
            let found = scene.appeal.issues(of: scene.assignment(of: department)).sorted()
            #expect(found == wanted.map { issues[$0] }, "\(department)")
        }
        // Without a word on one of them nothing is approved, and that one is named.
        try scene.does("assignment.accepted", "roads")
        try scene.deliver(scene.about("answer.drafted", "roads") { $0["result"] = nil })
        let approved = try scene.does("answer.approved", "roads")
        #expect(approved.path == (ofMain.first.map { "result@" + issues[$0] } ?? ""), "\(approved)")
    }

    @Test(
        "removal from control asks that the answer went out as the applicant wants it",
        arguments: [
            ("email", "paper", "refused notAsPreferred"), ("email", "phone", "refused notAsPreferred"),
            ("email", "email", "accepted"), ("phone", "phone", "accepted"), ("", "phone", "refused notAsPreferred"),
            ("", "paper", "accepted"), ("", "email", "accepted"),
        ]
    )
    func preferred(wanted: String, sent: String, outcome: String) throws {
        let scene = try Scene.atWork { if !wanted.isEmpty { $0["replyPreference"] = .string(wanted) } }
        for kind in ["answer.drafted", "answer.approved", "feedback.recorded", "answer.submitted"] {
            try scene.does(kind, "roads")
        }
        try scene.does("answer.dispatched", "roads") { $0["by"] = .string(sent) }
        try scene.reviews("answer.accepted", "roads")
        #expect(try scene.removesFromControl().text == outcome)
    }

    @Test("the letter of a version that was returned does not remove control: the answer in force has to go out")
    func formerLetter() throws {
        let scene = try Scene.submitted()
        try scene.does("answer.dispatched", "roads")
        try scene.reviews("answer.returned", "roads")
        for kind in ["answer.drafted", "answer.approved", "answer.submitted"] { try scene.does(kind, "roads") }
        try scene.reviews("answer.accepted", "roads")
        #expect(try scene.removesFromControl().text == "refused notDispatched")
        try scene.does("answer.dispatched", "roads")
        #expect(try scene.removesFromControl().text == "accepted")
    }

    @Test("control is put once, returned only when it was removed, and then the answer may be returned")
    func control() throws {
        let scene = Scene()
        try scene.registers()
        func decides(_ kind: String) throws -> String {
            try scene.act(kind, by: "office/iryna/specialist", ["author": "mayor", "reason": "Рішення"]).text
        }
        #expect(try decides("control.returned") == "refused notOnControl")
        #expect(try decides("control.put") == "accepted")
        #expect(try decides("control.put") == "refused onControlAlready")
        let answered = try Scene.answered()
        try answered.removesFromControl()
        #expect(try answered.reviews("answer.returned", "roads").text == "refused offControl")
        #expect(try answered.assigns(main: "water").text == "refused offControl")
        let again: JSONObject = ["author": "mayor", "reason": "Не зроблено"]
        #expect(try answered.act("control.returned", by: "office/iryna/specialist", again).text == "accepted")
        #expect(answered.register("removedOn") == nil)
        #expect(try answered.reviews("answer.returned", "roads").text == "accepted")
    }

    @Test("the office is no executor, and a department is named once")
    func executors() throws {
        let scene = Scene()
        try scene.registers()
        #expect(try scene.assigns(main: "office").text == "refused officeIsNoExecutor")
        #expect(try scene.assigns(main: "roads", co: "roads").text == "refused namedTwice")
    }

    @Test(
        "an appeal ends without a department while nobody is at work, and may be taken up again",
        arguments: Ending.allCases
    )
    func endings(ending: Ending) throws {
        let scene = Scene()
        try scene.registers()
        func ends() throws -> Outcome {
            var body: JSONObject = ["author": "mayor", "date": "2026-02-09"]
            var personal: JSONObject?
            switch ending {
            case .forwarded: body["to"] = "Водоканал"
            case .returned, .withdrawn: body["reason"] = "Рішення"
            case .notConsidered:
                body["ground"] = "anonymous"
                body["reason"] = "Без підпису"
            case .concluded:
                body["register"] = "журнал"
                body["result"] = "satisfied"
            case .explained:
                body["by"] = "phone"
                personal = ["text": "Куди звернутися"]
            }
            return try scene.act("appeal." + ending.rawValue, by: "office/iryna/specialist", body, personal: personal)
        }
        try scene.assigns(main: "roads")
        #expect(try ends().text == "refused assignmentOpen")
        let recall: JSONObject = ["assignment": .string(scene.assignment(of: "roads")), "reason": "Не потрібно"]
        try scene.act("assignment.recalled", by: "office/iryna/specialist", recall)
        #expect(try ends().text == "accepted")
        #expect(AppealState(of: scene.appeal) == .ended)
        #expect(scene.register("endedAs") == ending.rawValue)
        let result = scene.register("result@" + (scene.appeal.entities(with: "issue").first ?? ""))
        #expect(result == (ending == .concluded ? "satisfied" : ending.result?.rawValue))
        #expect(try ends().text == "refused offControl")
        let again: JSONObject = ["author": "mayor", "reason": "Помилка"]
        #expect(try scene.act("control.returned", by: "office/iryna/specialist", again).text == "accepted")
        #expect(AppealState(of: scene.appeal) == .registered)
        #expect(scene.register("endedAs") == nil)
    }
}
