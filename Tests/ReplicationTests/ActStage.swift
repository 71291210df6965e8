import CanonicalJSON
import Simulator
import Testing

@testable import Appeals
@testable import Replication

/// What an act of a kind refers to, made before it, so that the judge takes the act: on a node that only executes the appeal,
/// or on the one that controls it (the office, or the department that registered it).
struct ActStage {
    private let town: Town
    private let appeal: String
    private let node: String
    private let controls: Bool

    /// Kinds about what another node did: there the controller is not the executor too.
    private static let twoParties: Set = ["conflict.settled", "disagreement.settled", "held.adopted", "held.declined"]

    /// Who executes an appeal that a department registered.
    static func main(of kind: String, at node: String) -> String { twoParties.contains(kind) ? "water" : node }

    init(_ town: Town, _ appeal: String, at node: String) throws {
        self.town = town
        self.appeal = appeal
        self.node = node
        controls = try town.confirmed(appeal).register("home")?.string == node
    }

    /// Fields of the act's body; empty where the kind refers to nothing.
    func stage(_ kind: String) throws -> JSONObject {
        if let staged = controls ? try decision(kind) : nil { return staged }
        if kind == "contact.removed" { return ["contact": .string(try contact())] }
        // The office executes nothing.
        guard node != "office" else { return [:] }
        switch kind {
        case "person.assigned", "assignment.accepted", "assignment.declined", "answer.drafted":
            return ["assignment": try assignment()]
        case "answer.approved":
            let words: JSONObject = ["text": "Зроблено"]
            let draft = try town.does(node, "answer.drafted", appeal, "clerk", try answer(), personal: words)
            return ["assignment": try assignment(), "version": .string(draft.operation.write.description)]
        case "answer.submitted":
            try town.does(node, "assignment.accepted", appeal, "head", ["assignment": try assignment()])
            return ["assignment": try assignment(), "version": try approved(node)]
        case "answer.dispatched", "feedback.recorded", "document.recorded":
            return ["assignment": try assignment(), "version": try approved(node)]
        default: return [:]
        }
    }

    /// What only the controller decides.
    private func decision(_ kind: String) throws -> JSONObject? {
        switch kind {
        case "conflict.settled":
            return ["conflict": .string(try town.conflicts(appeal, controller: node, main: other)), "choice": "take"]
        case "disagreement.settled":
            let name = try town.disagrees(appeal, controller: node, main: other)
            return ["disagreement": .string(name), "choice": "giveToCurrent"]
        case "held.adopted", "held.declined": return ["held": try held()]
        case "assignment.recalled": return ["assignment": try assignment()]
        case "answer.accepted", "answer.returned":
            return ["assignment": try assignment(), "version": try submitted(by: executor)]
        case "term.extended":
            return [
                "statutory": "2026-03-10", "control": "2026-03-10", "decidedOn": "2026-02-09",
                "decidedBy": leader["author"] ?? .null,
            ]
        case "receipt.corrected":
            return ["receivedAt": "2026-02-02T16:00:00+02:00", "registeredOn": "2026-02-02"]
        case "control.removed", "control.returned":
            try finish()
            if kind == "control.returned" { try remove() }
            return leader
        case "appeal.forwarded", "appeal.returned", "appeal.notConsidered", "appeal.withdrawn",
            "appeal.explained", "appeal.concluded":
            try recall()
            return leader
        case "control.put": return leader
        case "person.left", "role.revoked", "administrator.named":
            try inspects()
            return ["user": "nova", "role": "inspector", "department": "office"]
        default: return nil
        }
    }

    private var other: String { node == "office" ? "roads" : "water" }
    private var executor: String { node == "office" ? "roads" : node }

    /// Somebody of the office whom nobody misses.
    private func inspects() throws {
        try town.reference("person.put", ["user": "nova", "department": "office"], personal: ["name": "Нова"])
        try town.reference("role.granted", ["user": "nova", "role": "inspector", "department": "office"])
    }

    private func contact() throws -> String {
        let personal: JSONObject = ["phone": "+380670000009"]
        guard node == "office" else {
            return try town.does(node, "contact.added", appeal, personal: personal).operation.entity(1)
        }
        try town.act("contact.added", appeal, by: "olena", "registrar", personal: personal)
        return try #require(try town.confirmed(appeal).entities(with: "contact.phone").first)
    }

    private func assignment() throws -> JSON {
        let state = try town.confirmed(appeal)
        let main = state.entities(with: "department").first { state.register("department@" + $0)?.string == executor }
        return JSON.string(try #require(main))
    }

    private func answer() throws -> JSONObject {
        ["assignment": try assignment(), "final": true, "result": "satisfied"]
    }

    private func approved(_ department: String) throws -> JSON {
        .string(try town.approves(department, appeal, try assignment()).draft.operation.write.description)
    }

    /// The version of an answer that its department has given to the controller, with the proof that a phone appeal needs.
    private func submitted(by department: String) throws -> JSON {
        try town.syncAll()
        let assignment = try assignment()
        try town.does(department, "assignment.accepted", appeal, "head", ["assignment": assignment])
        let version = try approved(department)
        let proof: JSONObject = ["assignment": assignment, "document": "act", "number": "1", "date": "2026-02-09"]
        try town.does(department, "document.recorded", appeal, "clerk", proof)
        try town.does(department, "answer.submitted", appeal, "head", ["assignment": assignment, "version": version])
        try town.syncAll()
        return version
    }

    /// The answer is sent and accepted: the appeal may be removed from control.
    private func finish() throws {
        let version = try submitted(by: executor)
        let assignment = try assignment()
        let sent: JSONObject = [
            "assignment": assignment, "version": version, "to": "applicant", "by": "paper", "date": "2026-02-09",
        ]
        try town.does(executor, "answer.dispatched", appeal, "clerk", sent)
        try town.syncAll()
        let accepted: JSONObject = ["assignment": assignment, "version": version]
        if node == "office" {
            try town.act("answer.accepted", appeal, by: "olena", "registrar", accepted)
        } else {
            try town.does(node, "answer.accepted", appeal, "head", accepted)
        }
    }

    private var leader: JSONObject { ["author": node == "office" ? "mayor" : "head"] }

    private func decides(_ kind: String, _ body: JSONObject) throws {
        if node == "office" {
            try town.act(kind, appeal, by: "iryna", "specialist", body)
        } else {
            try town.does(node, kind, appeal, "head", body)
        }
    }

    private func remove() throws {
        var body = leader
        body["basis"] = "Виконано"
        try decides("control.removed", body)
    }

    /// Nobody is at work any more.
    private func recall() throws {
        try decides("assignment.recalled", ["assignment": try assignment(), "reason": "Не потрібно"])
    }

    /// Work whose author's role had ended when it came.
    private func held() throws -> JSON {
        try town.syncAll()
        let note = try town.notes(other, appeal)
        try town.reference(
            "role.revoked",
            ["user": "clerk", "role": "clerk", "department": .string(other), "reason": "Звільнено"]
        )
        try town.syncAll()
        try town.reference("role.granted", Town.grant("clerk", "clerk", at: other))
        return .string(note.operation.write.description)
    }
}
