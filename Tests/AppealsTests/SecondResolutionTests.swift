import CanonicalJSON
import Testing

@testable import Appeals

@Suite("Two leaders issue a resolution each (C15)")
struct SecondResolutionTests {
    static let specialist = "office/iryna/specialist"

    /// A registered appeal on which the mayor's first resolution stands, in a state that its executor may have reached.
    private func standing(_ reached: String) throws -> Scene {
        let scene = Scene()
        scene.world.roles["office/deputy/leader"] = .current
        try scene.registers()
        try scene.assigns(main: "roads", co: "parks")
        let path = [
            "issued": [], "accepted": ["assignment.accepted"], "declined": ["assignment.declined"],
            "approved": ["assignment.accepted", "answer.drafted", "answer.approved"],
            "dispatched": ["assignment.accepted", "answer.drafted", "answer.approved", "answer.dispatched"],
        ]
        for kind in path[reached] ?? [] {
            try scene.does(kind, "roads") { body in if kind == "assignment.declined" { body["reason"] = "не наше" } }
        }
        return scene
    }

    private func second(_ scene: Scene, supersedes: [String] = []) -> SignedOperation {
        scene.resolution(main: "water", supersedes: supersedes) {
            $0["author"] = ["user": "deputy", "role": "leader", "substitution": "розпорядження 12-р"]
        }
    }

    private func settles(_ scene: Scene, _ held: SignedOperation, _ kind: String, by person: String) throws -> String {
        let body: JSONObject = ["held": .string(held.operation.write.description), "reason": "так вирішено"]
        return try scene.act(kind, by: person, body).text
    }

    static let states = ["issued", "accepted", "declined", "approved", "dispatched"]

    @Test("the first stays in force and the second waits as a proposal with its text", arguments: states)
    func waits(reached: String) throws {
        let scene = try standing(reached)
        let first = scene.assignment(of: "roads")
        let signed = second(scene)
        #expect(try scene.deliver(signed).outcome.text == "held secondResolution")
        #expect(scene.openMains == [first] && scene.register("mainExecutor") == first)
        let held = try #require(scene.appeal[.held, signed.operation.write.description]?.value)
        let told = try #require(held["facts"]?.object?.members.first { $0.key.hasPrefix("resolution ") }?.value)
        #expect(told["text"] == "Виконати" && told["author"]?["substitution"] == "розпорядження 12-р")
    }

    @Test("a leader adopts it: it replaces the executor who stood, and nobody else", arguments: states)
    func adopted(reached: String) throws {
        let scene = try standing(reached)
        let first = scene.assignment(of: "roads")
        let signed = second(scene)
        try scene.deliver(signed)
        #expect(try settles(scene, signed, "held.adopted", by: Self.specialist) == "refused secondResolution")
        #expect(scene.openMains == [first])
        #expect(try settles(scene, signed, "held.adopted", by: "office/mayor/leader") == "accepted")
        #expect(scene.openMains == [scene.assignment(of: "water")])
        #expect(scene.register("mainExecutor") == scene.assignment(of: "water"))
        #expect(scene.register("state@" + first) == "superseded" && scene.register("ended@" + first) == "2026-02-10")
        #expect(scene.register("state@" + scene.assignment(of: "parks")) == "issued")
        #expect(scene.facts("resolution").count == 2)
    }

    @Test("declined, it leaves everything as it was, and its text on the appeal", arguments: states)
    func declined(reached: String) throws {
        let scene = try standing(reached)
        let signed = second(scene)
        try scene.deliver(signed)
        #expect(try settles(scene, signed, "held.declined", by: Self.specialist) == "accepted")
        #expect(scene.openMains == [scene.assignment(of: "roads")] && scene.assignment(of: "water").isEmpty)
        let held = try #require(scene.appeal[.held, signed.operation.write.description]?.value)
        #expect(held.heldState == .declined && held["decision"] == "так вирішено")
    }

    @Test("one that says that it replaces the first waits for nobody; nor does one without a main executor")
    func replaces() throws {
        let scene = try standing("accepted")
        #expect(try scene.assigns(main: nil, co: "water").text == "accepted")
        let replacing = second(scene, supersedes: [scene.assignment(of: "roads")])
        #expect(try scene.deliver(replacing).outcome.text == "accepted")
    }

    @Test("what replaces an executor whom another resolution has replaced already waits")
    func replacedMeanwhile() throws {
        let scene = try standing("issued")
        let first = scene.assignment(of: "roads")
        let signed = second(scene, supersedes: [first])
        try scene.assigns(main: "parks", supersedes: [first])
        #expect(try scene.deliver(signed).outcome.text == "held secondResolution")
        #expect(scene.openMains == [scene.assignment(of: "parks")])
        #expect(try settles(scene, signed, "held.adopted", by: "office/deputy/leader") == "accepted")
        #expect(scene.openMains == [scene.assignment(of: "water")])
    }

    @Test("of two that wait the first adopted gives the executor; the other can still follow or be declined")
    func three() throws {
        let scene = try standing("issued")
        let one = second(scene)
        let other = scene.resolution(main: "parks")
        for signed in [one, other] { #expect(try scene.deliver(signed).outcome.text == "held secondResolution") }
        #expect(try settles(scene, one, "held.adopted", by: "office/mayor/leader") == "accepted")
        #expect(try settles(scene, other, "held.adopted", by: "office/mayor/leader") == "accepted")
        #expect(scene.openMains.count == 1 && scene.facts("resolution").count == 3)
    }

    @Test("who is no leader then writes no resolution at all: it is void, not a proposal")
    func invalid() throws {
        let scene = try standing("issued")
        scene.world.roles["office/deputy/leader"] = .expired
        #expect(try scene.deliver(second(scene)).outcome.text == "refused leaderMissing")
    }

    @Test("at home the head settles what the deputy wrote")
    func home() throws {
        let scene = Scene()
        try scene.registers(by: "parks/clerk/clerk") { $0["index"] = "PARKS-К-1" }
        let home = scene.appeal[.registers, "home"]?.write
        func issues(_ main: String, _ author: String) throws -> SignedOperation {
            scene.compose(
                "resolution.issued",
                by: "parks/\(author)/\(author)",
                [
                    "author": ["user": .string(author), "role": .string(author)],
                    "assignments": [["department": .string(main), "role": "main"]],
                ],
                personal: ["text": "Виконати"],
                authority: home
            )
        }
        #expect(try scene.deliver(try issues("parks", "head")).outcome.text == "accepted")
        let signed = try issues("water", "deputy")
        #expect(try scene.deliver(signed).outcome.text == "held secondResolution")
        let adoption = scene.compose(
            "held.adopted",
            by: "parks/head/head",
            ["held": .string(signed.operation.write.description)],
            authority: home
        )
        #expect(try scene.deliver(adoption).outcome.text == "accepted")
        #expect(scene.openMains == [scene.assignment(of: "water")])
    }
}
