import Appeals
import CanonicalJSON
import Cryptography
import Simulator

@testable import Replication

/// What people do in the town.
extension Town {
    @discardableResult
    func reference(_ kind: String, _ body: JSONObject, personal: JSONObject? = nil) throws -> Outcome {
        try office.act(now: now) { _ in
            Draft(
                kind: kind,
                appeal: nil,
                actor: Actor(user: "boss", role: "administrator"),
                body: body,
                personal: personal
            )
        }.outcome
    }

    @discardableResult
    func act(
        _ kind: String,
        _ appeal: String,
        by user: String,
        _ role: String,
        _ body: JSONObject = [:],
        personal: JSONObject? = nil
    ) throws -> Outcome {
        try office.act(now: now) { _ in
            Draft(kind: kind, appeal: appeal, actor: Actor(user: user, role: role), body: body, personal: personal)
        }.outcome
    }

    @discardableResult
    func does(
        _ department: String,
        _ kind: String,
        _ appeal: String,
        _ role: String = "clerk",
        _ body: JSONObject = [:],
        personal: JSONObject? = nil,
        authority: String? = nil
    ) throws -> SignedOperation {
        try self[department].department.act(now: now) { _ in
            var draft = Draft(
                kind: kind,
                appeal: appeal,
                actor: Actor(user: role, role: role),
                body: body,
                personal: personal
            )
            draft.authority = authority
            return draft
        }
    }

    @discardableResult
    func notes(_ department: String, _ appeal: String, _ text: String = "Примітка") throws -> SignedOperation {
        try does(department, "note.added", appeal, personal: ["text": .string(text)])
    }

    /// A clerk drafts the final answer, and the head approves it.
    func approves(
        _ department: String,
        _ appeal: String,
        _ assignment: JSON
    ) throws -> (draft: SignedOperation, approval: SignedOperation) {
        let draft = try does(
            department,
            "answer.drafted",
            appeal,
            "clerk",
            ["assignment": assignment, "final": true, "result": "satisfied"],
            personal: ["text": "Зроблено"]
        )
        let version: JSON = .string(draft.operation.write.description)
        let approval = try does(
            department,
            "answer.approved",
            appeal,
            "head",
            ["assignment": assignment, "version": version]
        )
        return (draft, approval)
    }

    /// An appeal that went from roads to water, with a note that roads had made and the office has.
    static func afterMove() throws -> (town: Town, appeal: String) {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        try town.notes("roads", appeal)
        try town.syncAll()
        try town.assigns(appeal, main: "water")
        let isSettled = try town.syncAll()
        precondition(isSettled, "a town without faults settles")
        return (town, appeal)
    }

    func uuid(_ number: Int) -> String {
        let digits = String(number)
        return "01995c3a-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    static func registration(_ index: String) -> JSONObject {
        [
            "index": .string(index), "registeredOn": "2026-02-03", "receivedAt": "2026-02-03T09:14:00+02:00",
            "channel": "mayorPhone",
            "addressee": "mayor", "kind": "complaint", "receiptSign": "first", "subjectType": "individual",
            "complainedAgainst": [["outside": "перевізник"]],
            "issues": [["heading": "090", "district": "Саксаганський"], ["heading": "100"]],
            "due": [
                "statutory": "2026-03-05", "control": "2026-03-05", "cap": "2026-03-20", "basis": "month",
                "calendar": "2026-1",
            ],
        ]
    }

    static let applicant: JSONObject = [
        "text": "Яма на дорозі", "name": "Коваленко", "address": "вул. Миру, 1", "category": "7.9",
        "workplace": "завод",
        "socialStatus": "робітник", "sex": "f", "phones": ["+380670000001"], "emails": ["k@example.org"],
        "questions": ["Яма", "Вода"], "problemAddresses": ["вул. Миру, 1", "вул. Лесі, 2"],
    ]

    @discardableResult
    func registers(main: String? = nil, co: String? = nil, ownIssue: Bool = false, text: String? = nil) throws -> String
    {
        appeals += 1
        let appeal = uuid(appeals)
        var personal = Self.applicant
        if let text { personal["text"] = .string(text) }
        let outcome = try act(
            "appeal.registered",
            appeal,
            by: "olena",
            "registrar",
            Self.registration("К-\(appeals)"),
            personal: personal
        )
        precondition(outcome.status == .accepted, "a registration of the test is refused: \(outcome)")
        if main != nil || co != nil { try assigns(appeal, main: main, co: co, ownIssue: ownIssue) }
        return appeal
    }

    @discardableResult
    func assigns(
        _ appeal: String,
        main: String?,
        co: String? = nil,
        ownIssue: Bool = false,
        onControl: Bool? = nil
    ) throws -> Outcome {
        let state = try confirmed(appeal)
        let open = state.entities(with: "state").filter {
            !["recalled", "superseded", "done"].contains(state.register("state@" + $0)?.string ?? "")
        }
        var assignments: [JSON] = []
        if let main { assignments.append(["department": .string(main), "role": "main"]) }
        if let co {
            var assignment: JSONObject = ["department": .string(co), "role": "co"]
            if ownIssue { assignment["issues"] = [.string(state.entities(with: "issue")[0])] }
            assignments.append(.object(assignment))
        }
        return try act(
            "resolution.issued",
            appeal,
            by: "iryna",
            "specialist",
            [
                "author": ["user": "mayor", "role": "leader"], "assignments": .array(assignments),
                "supersedes": .array(open.map(JSON.string)),
                "onControl": .bool(onControl ?? (state.register("control") == nil)),
            ],
            personal: ["text": "Виконати"]
        )
    }
}
