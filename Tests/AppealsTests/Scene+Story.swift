import CanonicalJSON

@testable import Appeals

/// The usual steps of an appeal, each one line in a test.
extension Scene {
    static let registration: JSONObject = [
        "index": "К-1", "registeredOn": "2026-02-03", "receivedAt": "2026-02-03T09:14:00+02:00",
        "channel": "mayorPhone",
        "addressee": "mayor", "kind": "complaint", "receiptSign": "first", "subjectType": "individual",
        "issues": [["heading": "090", "district": "Саксаганський"], ["heading": "100"]],
        "due": [
            "statutory": "2026-03-05", "control": "2026-03-05", "cap": "2026-03-20", "basis": "month",
            "calendar": "2026-1",
        ],
    ]
    static let applicant: JSONObject = [
        "text": "Яма на дорозі", "name": "Коваленко", "address": "вул. Миру, 1", "category": "7.9",
        "workplace": "завод",
        "phones": ["+380670000001"], "emails": ["k@example.org"], "questions": ["Яма", "Вода"],
        "problemAddresses": ["вул. Миру, 1", "вул. Лесі, 2"],
    ]

    @discardableResult
    func registers(
        by person: String = "office/olena/registrar",
        addresses: JSONObject = [:],
        _ change: (inout JSONObject) -> Void = { _ in }
    ) throws -> Outcome {
        var body = Self.registration, personal = Self.applicant
        change(&body)
        for (name, value) in addresses.members { personal[name] = value }
        return try act("appeal.registered", by: person, body, personal: personal)
    }

    func resolution(
        main: String?,
        co: String? = nil,
        supersedes: [String] = [],
        on seen: Appeals.Aggregate? = nil,
        _ change: (inout JSONObject) -> Void = { _ in }
    ) -> SignedOperation {
        var assignments: [JSON] = []
        if let main { assignments.append(["department": .string(main), "role": "main"]) }
        if let co {
            assignments.append([
                "department": .string(co), "role": "co",
                "issues": [.string((seen ?? appeal).entities(with: "issue").first ?? "")],
            ])
        }
        var body: JSONObject = [
            "author": ["user": "mayor", "role": "leader"], "assignments": .array(assignments),
            "supersedes": .array(supersedes.map(JSON.string)), "onControl": true,
        ]
        if register("control") != nil { body["onControl"] = nil }
        change(&body)
        return compose(
            "resolution.issued",
            by: "office/iryna/specialist",
            body,
            personal: ["text": "Виконати"],
            on: seen
        )
    }

    @discardableResult
    func assigns(main: String?, co: String? = nil, supersedes: [String] = []) throws -> Outcome {
        try deliver(resolution(main: main, co: co, supersedes: supersedes)).outcome
    }

    /// An act of a department about its assignment.
    func about(
        _ kind: String,
        _ department: String,
        _ role: String = "head",
        on seen: Appeals.Aggregate? = nil,
        assignment: String? = nil,
        _ change: (inout JSONObject) -> Void = { _ in },
        personal: JSONObject? = nil
    ) -> SignedOperation {
        let assignment = assignment ?? self.assignment(of: department)
        var body: JSONObject = ["assignment": .string(assignment)]
        if kind == "answer.drafted" {
            body["final"] = true
            body["result"] = "satisfied"
        } else if ["answer.approved", "answer.submitted", "answer.dispatched"].contains(kind) {
            body["version"] = .string(version(assignment))
        }
        if kind == "answer.dispatched" {
            body["to"] = "applicant"
            body["by"] = "paper"
            body["date"] = "2026-02-09"
        }
        if kind == "feedback.recorded" {
            body["date"] = "2026-02-09"
            body["how"] = "phone"
        }
        change(&body)
        let words: JSONObject? =
            kind == "answer.drafted"
            ? ["text": "Відремонтовано"] : kind == "feedback.recorded" ? ["words": "Дякую"] : nil
        return compose(kind, by: "\(department)/\(role)/\(role)", body, personal: personal ?? words, on: seen)
    }

    @discardableResult
    func does(
        _ kind: String,
        _ department: String,
        _ role: String = "head",
        _ change: (inout JSONObject) -> Void = { _ in }
    ) throws -> Outcome {
        try deliver(about(kind, department, role, change)).outcome
    }

    /// An act of the office about a department's assignment and the answer in force.
    @discardableResult
    func reviews(_ kind: String, _ department: String) throws -> Outcome {
        let assignment = assignment(of: department)
        var body: JSONObject = [
            "assignment": .string(assignment),
            "version": .string(register("answer@" + assignment) ?? version(assignment)),
        ]
        if kind == "answer.returned" { body["reason"] = "Доопрацювати" }
        return try act(kind, by: "office/iryna/specialist", body)
    }

    /// Registered, one main executor and perhaps a co-executor at work.
    static func atWork(
        main: String = "roads",
        co: String? = nil,
        _ change: (inout JSONObject) -> Void = { _ in }
    ) throws -> Scene {
        let scene = Scene()
        try scene.registers(change)
        try scene.assigns(main: main, co: co)
        try scene.does("assignment.accepted", main)
        if let co { try scene.does("assignment.accepted", co) }
        return scene
    }

    /// The main executor's answer is drafted, approved, proven and submitted.
    static func submitted(main: String = "roads") throws -> Scene {
        let scene = try atWork(main: main)
        for kind in ["answer.drafted", "answer.approved", "feedback.recorded", "answer.submitted"] {
            try scene.does(kind, main)
        }
        return scene
    }

    /// Everything that the guard "remove from control" asks for is there.
    static func answered() throws -> Scene {
        let scene = try submitted()
        try scene.does("answer.dispatched", "roads")
        try scene.reviews("answer.accepted", "roads")
        return scene
    }

    @discardableResult
    func removesFromControl(author: String = "mayor") throws -> Outcome {
        try act("control.removed", by: "office/iryna/specialist", ["author": .string(author), "basis": "Виконано"])
    }

    @discardableResult
    func settles(_ name: String, _ choice: String) throws -> Outcome {
        try act(
            "disagreement.settled",
            by: "office/iryna/specialist",
            ["disagreement": .string(name), "choice": .string(choice), "reason": "Рішення Центру"]
        )
    }

    func extends(
        to date: String = "2026-03-15",
        decidedOn: String = "2026-02-10",
        on seen: Appeals.Aggregate? = nil
    ) -> SignedOperation {
        compose(
            "term.extended",
            by: "office/iryna/specialist",
            [
                "statutory": .string(date), "control": .string(date), "decidedOn": .string(decidedOn),
                "reason": "Обсяг робіт",
                "decidedBy": "mayor", "calendar": "2026-1",
            ],
            on: seen
        )
    }

    func corrects(
        _ register: String,
        _ value: JSON,
        by person: String,
        on seen: Appeals.Aggregate? = nil
    ) -> SignedOperation {
        let fields: JSONObject = ["fields": .object(JSONObject(members: [(register, value)]))]
        let isPersonal = Policy.register(Names.bare(register))?.personal == true
        return compose(
            "appeal.corrected",
            by: person,
            isPersonal ? [:] : fields,
            personal: isPersonal ? fields : nil,
            on: seen
        )
    }
}
