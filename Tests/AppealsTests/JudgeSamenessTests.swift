import CanonicalJSON
import Testing

@testable import Appeals

@Suite("Equal words are no disagreement")
struct JudgeSamenessTests {
    private static let address = "вул. Прем'єрська, 5"
    private static let other = "вул. Прем’єрська,  5"

    private func scene() throws -> Scene {
        let scene = Scene()
        try scene.registers()
        try scene.assigns(main: "roads", co: "water")
        try scene.deliver(scene.corrects("applicant.address", .string(Self.address), by: "office/olena/registrar"))
        return scene
    }

    private func told(_ judgement: Judgement) -> String {
        let registers = judgement.outcome.registers.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.rawValue)" }
        return ([judgement.outcome.text] + registers).joined(separator: " ")
    }

    @Test("with a stale base the value in force stays and its line says same")
    func stale() throws {
        let scene = try scene()
        let seen = scene.state
        try scene.deliver(scene.corrects("applicant.address", .string(Self.other), by: "office/olena/registrar"))
        let before = scene.appeal[.registers, "applicant.address"]
        let late = scene.corrects("applicant.address", .string(Self.address), by: "office/iryna/specialist", on: seen)
        let judgement = try scene.deliver(late)
        #expect(told(judgement) == "accepted applicant.address=same")
        #expect(scene.appeal[.registers, "applicant.address"] == before && before?.value == .string(Self.other))
        #expect(scene.conflicts.isEmpty)
    }

    @Test("with a current base the new bytes are written")
    func current() throws {
        let scene = try scene()
        let judgement = try scene.deliver(
            scene.corrects("applicant.address", .string(Self.other), by: "office/olena/registrar")
        )
        #expect(told(judgement) == "accepted applicant.address=accepted")
        #expect(scene.register("applicant.address") == Self.other && scene.conflicts.isEmpty)
    }

    @Test("who may only propose proposes nothing by it")
    func proposal() throws {
        let scene = try scene()
        let judgement = try scene.deliver(
            scene.corrects("applicant.address", .string(Self.other), by: "roads/clerk/clerk")
        )
        #expect(told(judgement) == "accepted applicant.address=same")
        #expect(scene.register("applicant.address") == Self.address && scene.conflicts.isEmpty)
    }

    @Test("what its author then writes over it is no conflict; but it is one after another's other value")
    func chain() throws {
        for isBetween in [false, true] {
            let scene = try scene()
            let seen = scene.state
            try scene.deliver(scene.corrects("applicant.address", .string(Self.other), by: "office/olena/registrar"))
            let same = scene.corrects(
                "applicant.address",
                .string(Self.address),
                by: "office/iryna/specialist",
                on: seen
            )
            let own = Overlay.apply(same.operation, on: seen, world: scene.world)
            let next = scene.corrects("applicant.address", "вул. Інша, 7", by: "office/iryna/specialist", on: own)
            #expect(next.operation.base["applicant.address"] == .some(same.operation.write.description))
            #expect(told(try scene.deliver(same)) == "accepted applicant.address=same")
            if isBetween {
                try scene.deliver(scene.corrects("applicant.address", "вул. Третя, 3", by: "office/olena/registrar"))
            }
            let judgement = try scene.deliver(next)
            #expect(judgement.outcome.status == (isBetween ? .conflict : .accepted))
            #expect(scene.register("applicant.address") == (isBetween ? "вул. Третя, 3" : "вул. Інша, 7"))
            #expect(scene.conflicts.isEmpty == !isBetween)
        }
    }

    @Test("a proposal is noted once what it says comes in force, whoever wrote it and however it is spelled")
    func comesInForce() throws {
        for value in [Self.address, Self.other] {
            let scene = Scene()
            try scene.registers()
            try scene.assigns(main: "roads", co: "water")
            try scene.deliver(
                scene.corrects("applicant.address", .string(Self.other), by: "roads/clerk/clerk")
            )
            func rows() -> [JSON] { scene.appeal.items(.conflicts).map(\.item.value) }
            #expect(rows().map { $0["state"] } == ["open"])
            try scene.deliver(
                scene.corrects("applicant.address", .string(value), by: "office/olena/registrar")
            )
            #expect(rows().map { $0["state"] } == ["noted"])
            #expect(rows().map { $0["value"] } == [.string(Self.other)])
            #expect(Disagreements.open(in: scene.appeal).isEmpty)
        }
    }

    @Test("a proposed complaint that comes in force blocks no routing any more")
    func complaint() throws {
        let scene = try Scene.atWork()
        func complains(_ by: String) throws -> Outcome {
            try scene.act("appeal.corrected", by: by, ["fields": ["complainedAgainst": [["outside": "перевізник"]]]])
        }
        #expect(try complains("roads/clerk/clerk").text == "conflict")
        #expect(Complaint.proposed(on: scene.appeal) != nil)
        #expect(try complains("office/olena/registrar").text == "accepted")
        #expect(Complaint.proposed(on: scene.appeal) == nil)
    }

    @Test("a register that does not fold keeps its bytes apart")
    func external() throws {
        let scene = try scene()
        let seen = scene.state
        try scene.deliver(scene.corrects("external", "Д'7", by: "office/olena/registrar"))
        let judgement = try scene.deliver(
            scene.corrects("external", "Д’7", by: "office/iryna/specialist", on: seen)
        )
        #expect(told(judgement) == "accepted external=accepted" && scene.register("external") == "Д’7")
        #expect(scene.conflicts.count == 1)
    }
}
