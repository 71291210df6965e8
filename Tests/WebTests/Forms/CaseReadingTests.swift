import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

@Suite("A case as the desk reads it")
struct CaseReadingTests {
    private func compared(_ stage: FormStage, _ open: OpenCase, at node: String = "urz") throws -> ComparedCase {
        let user = node == "urz" ? "koval" : "petrenko"
        return try Desk(stage.context(node).place, .named(user: user, role: nil)).comparedCase(open.appeal, open.digest)
    }

    private func typed(_ side: CaseValue?) -> String? { side?.value.flatMap { Address($0)?.typed ?? $0.string } }

    @Test("has what both authors met, each value with author, time and ground, and what can be put back")
    func open() throws {
        let stage = try FormStage()
        let open = try stage.openCase(stage.disputed())
        let found = try compared(stage, open)
        let values = try #require(found.values)
        #expect(found.isOpen && found.decision == nil && found.late.isEmpty && values.isCorrectable)
        #expect(typed(values.was) == "вул. Спаська, 5" && values.was?.kind == "appeal.registered")
        #expect(typed(values.inForce) == "вул. Спаська, 14-А" && values.inForce.author.user == "lys")
        #expect(values.inForce.ground == "Фото таблички" && values.other.ground.isEmpty)
        #expect(typed(values.other) == "вул. Спаська, 14" && values.other.author.user == "koval")
        let (first, second) = (try #require(values.inForce.at), try #require(values.other.at))
        #expect(second - first >= 3_600_000)
        #expect(values.lost.map(\.write) == [values.other.write])
        #expect(found.people["lys"]?.phone == "+380560000067" && found.people["koval"]?.phone == "")
        #expect(found.deciders.term != nil && found.deciders.node == "urz")
    }

    @Test("a field that nobody had filled in was empty, which is not the same as unknown")
    func empty() throws {
        let stage = try FormStage()
        let open = try stage.openCase(stage.disputed("applicant.category", "7.5", "7.6"))
        let values = try #require(try compared(stage, open).values)
        let was = try #require(values.was)
        #expect(was.value == nil && was.write.isEmpty)
        #expect(values.inForce.value == "7.5" && values.other.value == "7.6")
    }

    @Test("once it is settled it has the decision, and the value that lost can be put back on either choice")
    func settled() throws {
        for (choice, inForce, lost) in [
            ("keep", "вул. Спаська, 14-А", "вул. Спаська, 14"), ("take", "вул. Спаська, 14", "вул. Спаська, 14-А"),
        ] {
            let stage = try FormStage()
            let open = try stage.openCase(stage.disputed())
            try stage.command(
                "conflict settle",
                ["case": .string(open.id), "as": "koval", "choose": .string(choice), "reason": "Так"]
            )
            let found = try compared(stage, open)
            #expect(found.state == .settled && found.decision?.choice == choice && found.decision?.reason == "Так")
            #expect(found.decision?.author.user == "koval" && found.decision?.isUnsent == false)
            #expect(typed(found.values?.inForce) == inForce)
            #expect(found.values?.lost.map { typed($0) } == [lost])
        }
    }

    @Test("a department whose proposal lost knows its own value and ground, and says of the rest what it knows")
    func proposed() throws {
        let stage = try FormStage()
        let id = try stage.assigned()
        try stage.command(
            "appeal correct",
            ["appeal": .string(id), "as": "koval", "set": ["applicant.address=вул. Наша, 1"], "reason": "Дзвінок"]
        )
        try stage.command(
            "appeal correct",
            [
                "appeal": .string(id), "as": "sydor", "set": ["applicant.address=вул. Інша, 2"],
                "reason": "Був на місці",
            ],
            at: "zhkg"
        )
        try stage.sync()
        let open = try stage.openCase(id)
        let office = try #require(try compared(stage, open).values)
        #expect(typed(office.was) == "вул. Спаська, 5" && office.other.ground == "Був на місці")
        let received = try #require(office.other.receivedAt), at = try #require(office.other.at)
        #expect(received >= at && office.inForce.receivedAt == nil)
        let own = try #require(try compared(stage, open, at: "zhkg").values)
        #expect(own.was == nil, "the act that told the former value is the office's")
        #expect(typed(own.other) == "вул. Інша, 2" && own.other.ground == "Був на місці")
        #expect(typed(own.inForce) == "вул. Наша, 1" && own.inForce.author == Author(user: "", node: "urz"))
    }

    @Test("what the rules merged has the value to go back to, until it is back")
    func merged() throws {
        let stage = try FormStage()
        let id = try stage.disputed("external", "12/3", "45/6")
        func merged() throws -> MergedAlone {
            try Desk(stage.context().place, .named(user: "koval", role: nil)).mergedAlone(id)
        }
        let first = try #require(try merged().values.first)
        #expect(first.values.inForce.value == "45/6" && first.values.other.value == "12/3")
        #expect(first.values.other.author.user == "lys" && first.values.was?.value == nil)
        try stage.command("appeal correct", ["appeal": .string(id), "as": "lys", "set": ["external=12/3"]])
        #expect(try merged().isEmpty)
    }
}
