import Appeals
import CanonicalJSON
import Testing

@testable import Replication

@Suite("The decision of held work")
struct DecisionTests {
    private let town: Town
    private let appeal: String
    private let assignment: JSON

    /// The former executor's approval waits; the present one, water, has taken up its assignment.
    init() throws {
        town = try Town("roads", "water")
        appeal = try town.registers(main: "roads")
        try town.syncAll()
        let former = try #require(try town.held("roads", appeal)?.register("mainExecutor"))
        let approved = try Self.answer(town, appeal, "roads", former)
        try town.assigns(appeal, main: "water")
        try town.syncAll()
        #expect(try town.status(approved) == "held authorityEnded")
        assignment = try #require(try town.held("water", appeal)?.register("mainExecutor"))
        try town.does("water", "assignment.accepted", appeal, "head", ["assignment": assignment])
        try town.syncAll()
    }

    @discardableResult
    private static func answer(
        _ town: Town,
        _ appeal: String,
        _ department: String,
        _ assignment: JSON
    ) throws -> SignedOperation {
        let body: JSONObject = ["assignment": assignment, "final": true, "result": "satisfied"]
        let draft = try town.does(department, "answer.drafted", appeal, "clerk", body, personal: ["text": "Зроблено"])
        return try town.does(department, "answer.approved", appeal, "head", version(draft, of: assignment))
    }

    private static func version(_ draft: SignedOperation, of assignment: JSON) -> JSONObject {
        ["assignment": assignment, "version": .string(draft.operation.write.description)]
    }

    /// What water's people see of their assignment.
    private var shown: String? {
        get throws { try town.shown("water", appeal)?.register("state@" + (assignment.string ?? ""))?.string }
    }

    private func record(_ signed: SignedOperation) throws -> OperationRecord? {
        let operation = signed.operation
        return try town["water"].store.read { try $0.operation(operation.origin, operation.number) }
    }

    @Test("counts before the outcome whose reply was lost: what was declined is not shown as done, and work goes on")
    func beforeTheOutcome() throws {
        let approved = try Self.answer(town, appeal, "water", assignment)
        let version = try #require(approved.operation.body["version"])
        let body: JSONObject = ["assignment": assignment, "version": version]
        let submitted = try town.does("water", "answer.submitted", appeal, "head", body)
        town["water"].intercept = { request, response in request.call == .push ? nil : response }
        try town.sync("water")
        #expect(try shown == "submitted" && record(submitted)?.status == nil)

        let write = submitted.operation.write.description
        let declined: JSONObject = ["held": .string(write), "reason": "Спершу рішення"]
        #expect(try town.act("held.declined", appeal, by: "iryna", "specialist", declined).status == .accepted)
        try town.sync("water")
        let told = try #require(try record(submitted))
        #expect(told.outcome == nil && told.status == .held && told.decision == .declined)
        #expect(try shown == "accepted")
        let again = try Self.answer(town, appeal, "water", assignment)

        town["water"].intercept = { _, response in response }
        #expect(try town.sync("water"))
        #expect(try town.status(submitted) == "held paused" && town.status(again) == "accepted")
        #expect(try record(submitted)?.decision == .declined)
        #expect(try shown == "accepted" && town.agrees("water"))
    }
}
