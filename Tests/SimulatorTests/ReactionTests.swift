import Appeals
import CanonicalJSON
import Testing

@testable import Replication
@testable import Simulator

@Suite("The reactions of the domain, each named where it is missing")
struct ReactionTests {
    private var appeal = Appeals.Aggregate(id: "01995c3a-0000-7000-8000-000000000001")

    private mutating func put(_ section: Section, _ name: String, _ value: JSON, commit: Int64 = 5) {
        appeal[section, name] = Item(value: value, write: "office#00000000:1", commit: commit)
    }

    private mutating func assign(
        _ entity: String,
        _ state: String,
        role: String = "main",
        from: Int64 = 1,
        to: Int64 = 5
    ) {
        put(.registers, "department@" + entity, .string(entity), commit: from)
        put(.registers, "role@" + entity, .string(role), commit: from)
        put(.registers, "state@" + entity, .string(state), commit: to)
    }

    private mutating func send(_ entity: String, _ result: String, on date: String = "2026-02-02") {
        put(
            .facts,
            "dispatch@\(entity) \(entity)#00000000:1",
            ["to": "applicant", "final": true, "result": .string(result), "date": .string(date)]
        )
    }

    private func named() throws -> String? { try QuietCity.named { try Reactions.judge(appeal) } }

    private mutating func settle(
        _ name: String,
        _ rule: String,
        _ state: String,
        _ evidence: String,
        _ more: JSONObject = [:]
    ) {
        var value = more
        value["rule"] = .string(rule)
        value["state"] = .string(state)
        value["evidence"] = [.string(evidence)]
        put(.disagreements, name, .object(value))
    }

    @Test("C1: a late draft is material, and a notice says so")
    mutating func draft() throws {
        assign("a", "superseded")
        put(.facts, "answer@a a#00000000:1", ["late": true])
        #expect(try named() == "C1 of the domain")
        settle("reassigned@a", "C1", "noted", "answer@a a#00000000:1")
        #expect(try named() == nil)
    }

    @Test("C2: a decision of who was taken off waits for the centre")
    mutating func waiting() throws {
        assign("a", "recalled")
        put(.held, "a#00000000:2", ["assignment": "a", "state": "waiting"])
        #expect(try named() == "C2 of the domain")
        settle("reassigned@a", "C2", "settled", "a#00000000:2")
        #expect(try named() == "C2 of the domain", "settled, and still it waits")
        settle("reassigned@a", "C2", "open", "a#00000000:2")
        #expect(try named() == nil)
    }

    @Test("C3: a letter of who was taken off is a fact about which the centre is asked")
    mutating func letter() throws {
        assign("a", "superseded")
        send("a", "satisfied")
        #expect(try named() == "C3 of the domain")
        settle("reassigned@a", "C2", "open", "dispatch@a a#00000000:1")
        #expect(try named() == "C3 of the domain", "a lesser case does not do")
        settle("reassigned@a", "C3", "open", "dispatch@a a#00000000:1")
        #expect(try named() == nil)
    }

    @Test("C6: two answers with one result are noted, with two results a person is asked")
    mutating func answers() throws {
        assign("a", "issued")
        assign("b", "issued", role: "co")
        send("a", "satisfied")
        send("b", "satisfied")
        #expect(try named() == "C6 of the domain")
        settle("twoAnswers", "C6", "noted", "dispatch@a a#00000000:1")
        #expect(try named() == nil)
        send("b", "refused")
        #expect(try named() == "C6 of the domain", "a notice is not enough when they differ")
    }

    @Test("C8: an answer before the old term leaves the extension unused and is in time")
    mutating func unused() throws {
        assign("a", "submitted")
        send("a", "satisfied", on: "2026-02-10")
        put(
            .facts,
            "extension office#00000000:9",
            ["from": "2026-02-15", "statutory": "2026-03-15", "decidedOn": "2026-02-12"]
        )
        #expect(try named() == "C8 of the domain")
        let told: JSONObject = ["unused": true, "onTime": true]
        settle("extension@office#00000000:9", "C8", "noted", "dispatch@a a#00000000:1", told)
        #expect(try named() == nil)
    }

    @Test("C9: an answer between the terms is in time if the extension was decided before the old one")
    mutating func between() throws {
        assign("a", "submitted")
        send("a", "satisfied", on: "2026-02-20")
        put(
            .facts,
            "extension office#00000000:9",
            ["from": "2026-02-15", "statutory": "2026-03-15", "decidedOn": "2026-02-12"]
        )
        let late: JSONObject = ["unused": false, "onTime": false]
        settle("extension@office#00000000:9", "C9", "noted", "dispatch@a a#00000000:1", late)
        #expect(try named() == "C9 of the domain")
        let timely: JSONObject = ["unused": false, "onTime": true]
        settle("extension@office#00000000:9", "C9", "noted", "dispatch@a a#00000000:1", timely)
        #expect(try named() == nil)
    }

    @Test("C12: a person settles name and address alone, and until then the old value is in force")
    mutating func corrections() throws {
        func row(_ register: String, _ state: String) -> JSON {
            ["register": .string(register), "value": "x", "state": .string(state), "rule": "C12"]
        }
        put(.registers, "applicant.address", "y")
        put(.conflicts, "applicant.address a#00000000:3", row("applicant.address", "open"))
        #expect(try named() == nil)
        put(.conflicts, "channel a#00000000:3", row("channel", "open"))
        #expect(try named() == "C12 of the domain")
        put(.conflicts, "channel a#00000000:3", row("channel", "noted"))
        appeal[.registers, "applicant.address"] = Item(value: "x", write: "a#00000000:3", commit: 6)
        #expect(try named() == "C12 of the domain")
    }

    @Test("A case without evidence, and one that nobody can settle, are named")
    mutating func reasons() throws {
        settle("reassigned@a", "C1", "open", "answer@a a#00000000:1")
        #expect(try named() == "C1 of the domain")
        settle("reassigned@a", "C1", "noted", "answer@a a#00000000:1")
        #expect(try named() == "C1 of the domain")
    }

    /// What the judge of settlements says of an act of the office between two states.
    private func named(_ kind: String, _ body: JSONObject, after: Appeals.Aggregate) throws -> String? {
        let quiet = try QuietCity(steps: 5)
        var model = try quiet.decided(of: "office") { $0.appeal != nil }
        var operation = model.operation
        operation.kind = kind
        operation.appeal = appeal.id
        operation.body = body
        var outcome = model.outcome
        outcome.status = .accepted
        model = Decided(record: model.record, operation: operation, outcome: outcome)
        let change = Committed.Change(before: appeal, after: after, isRecovered: false)
        let committed = Committed(operations: [model], appeals: [appeal.id: change])
        return try QuietCity.named { try Settlements.judge(committed, in: quiet.city) }
    }

    @Test("C2: who takes the former executor's answer recalls the present one, and nothing waits any more")
    mutating func accepted() throws {
        assign("a", "superseded")
        assign("b", "issued")
        put(.held, "a#00000000:2", ["assignment": "a", "state": "waiting"])
        settle("reassigned@a", "C2", "open", "a#00000000:2")
        let body: JSONObject = ["disagreement": "reassigned@a", "choice": "acceptFormer"]
        var after = self
        after.settle("reassigned@a", "C2", "settled", "a#00000000:2", ["choice": "acceptFormer"])
        after.assign("a", "accepted")
        #expect(try named("disagreement.settled", body, after: after.appeal) == Settlements.name, "it still waits")
        after.put(.held, "a#00000000:2", ["assignment": "a", "state": "adopted"])
        #expect(try named("disagreement.settled", body, after: after.appeal) == Settlements.name, "both go on")
        after.assign("b", "recalled")
        #expect(try named("disagreement.settled", body, after: after.appeal) == nil)
    }

    @Test("Held work that is adopted is in force with all that follows it")
    mutating func adopted() throws {
        put(.held, "a#00000000:2", ["state": "waiting", "facts": ["approval@a a#00000000:2": [:]]])
        put(.held, "a#00000000:3", ["state": "waiting", "first": "a#00000000:2"])
        var after = self
        after.put(.held, "a#00000000:2", ["state": "adopted"])
        #expect(try named("held.adopted", ["held": "a#00000000:2"], after: after.appeal) == Settlements.name)
        after.put(.facts, "approval@a a#00000000:2", [:])
        #expect(try named("held.adopted", ["held": "a#00000000:2"], after: after.appeal) == Settlements.name)
        after.put(.held, "a#00000000:3", ["state": "adopted"])
        #expect(try named("held.adopted", ["held": "a#00000000:2"], after: after.appeal) == nil)
    }
}
