import CanonicalJSON
import Testing

@testable import Appeals

@Suite("A clash of two writes")
struct JudgeClashTests {
    private static func samples(_ clash: Clash) -> [(String, JSON, JSON)] {
        let values: [String: (JSON, JSON)] = [
            "channel": ("post", "email"), "addressee": ("department", "deputyMayor"),
            "receiptSign": ("repeated", "mass"),
            "subjectType": ("collective", "anonymous"), "signatories": (2, 3), "replyPreference": ("email", "paper"),
            "priority": (true, false), "confidential": (true, false), "kind": ("application", "proposal"),
            "complainedAgainst": ([["department": "water"]], [["department": "parks"]]),
        ]
        return Policy.registers.filter { $0.clash == clash && $0.corrected != nil }.map { row in
            let pair = values[row.name] ?? ("перше", "друге")
            return (row.name, pair.0, pair.1)
        }
    }

    private func full(_ name: String, _ scene: Scene) -> String {
        ["heading", "district", "problemAddress"].contains(name)
            ? name + "@" + scene.appeal.entities(with: "issue")[0] : name
    }

    /// Two registrars correct the same register on the same card; gives what is in force and the rows.
    private func clash(
        _ name: String,
        _ first: JSON,
        _ second: JSON
    ) throws -> (inForce: JSON?, rows: [String], outcome: Outcome) {
        let scene = try Scene.atWork()
        let seen = scene.state
        let register = full(name, scene)
        let one = scene.corrects(register, first, by: "office/olena/registrar", on: seen)
        let two = scene.corrects(register, second, by: "office/iryna/specialist", on: seen)
        #expect(try scene.deliver(one).outcome.text == "accepted")
        let outcome = try scene.deliver(two).outcome
        return (scene.appeal.register(register), scene.conflicts, outcome)
    }

    @Test("by the office's order the later commit is in force, the earlier value is noted")
    func officeOrder() throws {
        let samples = Self.samples(.officeOrder)
        #expect(samples.count >= 12)
        for (name, first, second) in samples {
            let (inForce, rows, outcome) = try clash(name, first, second)
            #expect(outcome.text == "accepted", "\(name)")
            #expect(inForce == second, "\(name)")
            #expect(rows.count == 1 && rows[0].hasSuffix("=\(first.canonicalText) noted"), "\(name) \(rows)")
        }
    }

    @Test("kept both: the value in force stays, the other is open until a registrar settles")
    func keepBoth() throws {
        let samples = Self.samples(.keepBoth)
        #expect(
            Set(samples.map(\.0)) == [
                "kind", "complainedAgainst", "applicant.name", "applicant.address", "applicant.category",
                "problemAddress",
            ]
        )
        for (name, first, second) in samples {
            let (inForce, rows, outcome) = try clash(name, first, second)
            #expect(outcome.text == "conflict", "\(name)")
            #expect(inForce == first, "\(name)")
            #expect(rows.count == 1 && rows[0].hasSuffix("=\(second.canonicalText) open"), "\(name) \(rows)")
        }
    }

    @Test("of registers that the controller decides, the controller's value is in force, whoever is later")
    func controller() throws {
        for isControllerLater in [true, false] {
            let scene = try Scene.atWork()
            let seen = scene.state
            let heading = full("heading", scene)
            let office = scene.corrects(heading, "110", by: "office/olena/registrar", on: seen)
            let department = scene.corrects(heading, "120", by: "roads/clerk/clerk", on: seen)
            for signed in isControllerLater ? [department, office] : [office, department] { try scene.deliver(signed) }
            #expect(scene.register(heading) == "110")
            #expect(scene.conflicts == ["\(heading)=\"120\" noted"])
        }
    }

    @Test("first wins: of two legal acts on one assignment the second does not take effect")
    func firstWins() throws {
        let scene = try Scene.atWork()
        let seen = scene.state
        let assignment: JSON = .string(scene.assignment(of: "roads"))
        let recall = scene.compose(
            "assignment.recalled",
            by: "office/iryna/specialist",
            ["assignment": assignment, "reason": "Помилка"],
            on: seen
        )
        let resolution = scene.resolution(main: "water", supersedes: [scene.assignment(of: "roads")], on: seen)
        #expect(try scene.deliver(recall).outcome.text == "accepted")
        #expect(try scene.deliver(resolution).outcome.text == "conflict staleBase")
        #expect(scene.register("state@" + scene.assignment(of: "roads")) == "recalled")
        #expect(scene.facts("resolution").count == 1)
    }

    @Test("contacts are a union: both that were added stay, and one is removed only by who saw it")
    func contacts() throws {
        let scene = try Scene.atWork()
        let seen = scene.state
        let one = scene.compose("contact.added", by: "office/olena/registrar", personal: ["phone": "+1"], on: seen)
        let two = scene.compose(
            "contact.added",
            by: "roads/clerk/clerk",
            personal: ["phone": "+2", "email": "a@b"],
            on: seen
        )
        for signed in [one, two] { #expect(try scene.deliver(signed).outcome.text == "accepted") }
        func phones() -> Set<String> {
            Set(scene.appeal.entities(with: "contact.phone").compactMap { scene.register("contact.phone@" + $0) })
        }
        #expect(phones() == ["+380670000001", "+1", "+2"])
        #expect(scene.conflicts.isEmpty)
        let removed: JSON = .string(one.operation.entity(1))
        #expect(
            try scene.act("contact.removed", by: "roads/clerk/clerk", ["contact": removed]).text
                == "refused notAuthorised"
        )
        #expect(try scene.act("contact.removed", by: "office/olena/registrar", ["contact": removed]).text == "accepted")
        #expect(phones() == ["+380670000001", "+2"])
    }

    @Test("what was typed for a telephone is there and goes with it, also where it was added twice")
    func typedContacts() throws {
        let scene = Scene()
        try scene.act(
            "appeal.registered",
            by: "office/olena/registrar",
            Scene.registration,
            personal: ["text": "x", "phones": ["+1", "+2"], "phonesTyped": ["1 (сусідка)", "+2"], "emails": ["a@b"]]
        )
        func typed() -> [String] {
            scene.appeal.entities(with: "contact.phone").compactMap { entity in
                scene.register("contact.phone@" + entity).map {
                    $0 + " " + (scene.register("contact.phoneTyped@" + entity) ?? "-")
                }
            }.sorted()
        }
        #expect(typed() == ["+1 1 (сусідка)", "+2 -"])
        #expect(scene.appeal.entities(with: "contact.email").count == 1)
        let again = scene.compose(
            "contact.added",
            by: "office/olena/registrar",
            personal: ["phone": "+1", "phoneTyped": "1 дод. 5", "email": "c@d"]
        )
        #expect(again.operation.schema == 2)
        #expect(try scene.deliver(again).outcome.text == "accepted")
        #expect(typed() == ["+1 1 (сусідка)", "+1 1 дод. 5", "+2 -"])
        #expect(scene.register("contact.email@" + again.operation.entity(2)) == "c@d")
        let removal: JSONObject = ["contact": .string(again.operation.entity(1))]
        #expect(try scene.act("contact.removed", by: "office/olena/registrar", removal).text == "accepted")
        #expect(typed() == ["+2 -"])
        #expect(scene.appeal.items(.registers, beginning: "contact.phoneTyped@").allSatisfy { $0.item.value.isNull })
        let alone = try scene.act("contact.added", by: "office/olena/registrar", personal: ["phoneTyped": "1"])
        #expect(alone.text == "refused missingField")
    }

    @Test("a proposal of the main executor never takes effect by itself")
    func proposal() throws {
        let scene = try Scene.atWork()
        let outcome = try scene.deliver(scene.corrects("applicant.name", "Іваненко", by: "roads/clerk/clerk")).outcome
        #expect(outcome.text == "conflict")
        #expect(scene.register("applicant.name") == "Коваленко")
        #expect(scene.conflicts == ["applicant.name=\"Іваненко\" open"])
    }

    @Test("a proposal of a register that the executor may not see is refused")
    func foreignProposal() throws {
        let scene = try Scene.atWork()
        #expect(
            try scene.deliver(scene.corrects("applicant.category", "7.1", by: "roads/clerk/clerk")).outcome.text
                == "refused notAuthorised"
        )
    }

    @Test(
        "the registrar settles an open conflict once: keep leaves the value, take replaces it",
        arguments: ["keep", "take"]
    )
    func settled(choice: String) throws {
        let scene = try Scene.atWork()
        try scene.deliver(scene.corrects("applicant.name", "Іваненко", by: "roads/clerk/clerk"))
        let name: JSON = .string(Disagreements.open(in: scene.appeal)[0].name)
        let body: JSONObject = ["conflict": name, "choice": .string(choice)]
        #expect(try scene.act("conflict.settled", by: "office/olena/registrar", body).text == "accepted")
        #expect(scene.register("applicant.name") == (choice == "take" ? "Іваненко" : "Коваленко"))
        #expect(scene.conflicts == ["applicant.name=\"Іваненко\" settled"])
        #expect(try scene.act("conflict.settled", by: "office/olena/registrar", body).text == "refused nothingToSettle")
    }

    // MARK: followers

    @Test("what builds on an own operation that is held is held with it, and is settled as one case")
    func followsHeld() throws {
        let scene = try Scene.atWork()
        try scene.does("answer.drafted", "roads")
        let seen = scene.state
        let approved = scene.about("answer.approved", "roads")
        let overlaid = Overlay.apply(approved.operation, on: seen, world: scene.world)
        var submitted = scene.about("answer.submitted", "roads", on: overlaid).operation
        submitted.base["answer@" + scene.assignment(of: "roads")] = approved.operation.write.description
        scene.world.roles["roads/head/head"] = .expired
        try scene.deliver(approved)
        scene.world.roles["roads/head/head"] = .current
        let outcome = try scene.deliver(SignedOperation(submitted) { _ in [UInt8](repeating: 0, count: 64) }).outcome
        #expect(outcome.text == "held follows")
        #expect(outcome.first == approved.operation.write.description)
        try scene.act(
            "held.adopted",
            by: "office/mayor/leader",
            ["held": .string(approved.operation.write.description)]
        )
        #expect(scene.held.count == 2 && scene.held.allSatisfy(\.adopted))
        #expect(scene.register("state@" + scene.assignment(of: "roads")) == "submitted")
    }

    @Test("what builds on an own operation that was refused is refused with it, naming the first")
    func followsRefused() throws {
        let scene = try Scene.atWork()
        let first = scene.corrects("addressee", "department", by: "roads/clerk/clerk")
        scene.world.outcomes[first.operation.write.description] = .refused
        var second = scene.corrects("addressee", "mayor", by: "roads/clerk/clerk").operation
        second.base["addressee"] = first.operation.write.description
        let outcome = try scene.deliver(SignedOperation(second) { _ in [UInt8](repeating: 0, count: 64) }).outcome
        #expect(outcome.text == "refused follows")
        #expect(outcome.first == first.operation.write.description)
    }

    @Test("a second proposal over one's own first is kept beside too: nothing that was written is lost")
    func followsConflict() throws {
        let scene = try Scene.atWork()
        let seen = scene.state
        let first = scene.corrects("applicant.address", "вул. Нова, 5", by: "roads/clerk/clerk", on: seen)
        let overlaid = Overlay.apply(first.operation, on: seen, world: scene.world)
        let second = scene.corrects("applicant.address", "вул. Нова, 5а", by: "roads/clerk/clerk", on: overlaid)
        try scene.deliver(first)
        let outcome = try scene.deliver(second).outcome
        #expect(outcome.status == .conflict)
        #expect(scene.conflicts.contains("applicant.address=\"вул. Нова, 5а\" open"), "\(scene.conflicts)")
    }

    @Test("own work that clashed stands beside what is in force as soon as its author is told, before the row says so")
    func clashIsDrawn() throws {
        let scene = try Scene.atWork()
        let seen = try #require(scene.state)
        let proposed = scene.corrects("applicant.address", "вул. Нова, 5", by: "roads/clerk/clerk", on: seen)
        let outcome = try scene.deliver(proposed).outcome
        #expect(outcome.registers == ["applicant.address": .conflict])
        let asked = Overlay.apply(proposed.operation, on: seen, world: scene.world)
        #expect(asked?.register("applicant.address") == "вул. Нова, 5")
        let told = Overlay.apply(proposed.operation, on: seen, world: scene.world, decided: outcome)
        #expect(told?.register("applicant.address") == seen.register("applicant.address"))
        #expect(told?.items(.conflicts).map(\.name) == scene.appeal.items(.conflicts).map(\.name))
    }

    @Test(
        "what builds on an own registration that is held shares its fate",
        arguments: ["note.added", "appeal.corrected"]
    )
    func followsRegistration(kind: String) throws {
        let scene = Scene()
        scene.world.roles["roads/clerk/clerk"] = .expired
        let registered = scene.compose(
            "appeal.registered",
            by: "roads/clerk/clerk",
            Scene.registration,
            personal: Scene.applicant
        )
        #expect(try scene.deliver(registered).outcome.text == "held roleEnded")
        let body: JSONObject = kind == "appeal.corrected" ? ["fields": ["addressee": "department"]] : [:]
        let judgement = try scene.deliver(
            scene.compose(
                kind,
                by: "roads/head/head",
                body,
                personal: kind == "note.added" ? ["text": "x"] : nil,
                authority: registered.operation.write.description
            )
        )
        #expect(judgement.outcome.text == "held follows")
        #expect(!judgement.isLie)
    }

    @Test("what builds on an own registration of an id that exists shares its fate")
    func followsExisting() throws {
        let scene = try Scene.atWork()
        let registered = scene.compose(
            "appeal.registered",
            by: "parks/clerk/clerk",
            Scene.registration,
            personal: Scene.applicant
        )
        try scene.deliver(registered)
        let judgement = try scene.deliver(
            scene.compose(
                "note.added",
                by: "parks/head/head",
                personal: ["text": "x"],
                authority: registered.operation.write.description
            )
        )
        #expect(judgement.outcome.text == "held follows")
        #expect(!judgement.isLie)
    }

    // MARK: the table as a whole

    @Test("every register and every fact has exactly one rule")
    func unique() {
        #expect(Set(Policy.registers.map(\.name)).count == Policy.registers.count)
        #expect(Set(Policy.facts.map(\.name)).count == Policy.facts.count)
    }

    @Test("whatever any kind can write has its rule")
    func total() throws {
        var written: Set<String> = []
        var facts: Set<String> = []
        func note(_ scene: Scene) {
            for name in scene.appeal.names(.registers) { written.insert(Names.bare(name)) }
            for name in scene.appeal.names(.facts) { facts.insert(FactName(name)?.kind ?? name) }
        }
        let scene = try Scene.answered()
        note(scene)
        try scene.deliver(scene.extends())
        try scene.removesFromControl()
        note(scene)
        let second = try Scene.atWork(co: "water") {
            for (name, value) in ["external": "1", "repeatOf": "К-0", "duplicateOf": "К-0"] {
                $0[name] = .string(value)
            }
            $0["signatories"] = 2
            $0["priority"] = true
            $0["confidential"] = true
            $0["replyPreference"] = "email"
            $0["complainedAgainst"] = [["department": "parks"]]
        }
        try second.deliver(second.about("person.assigned", "roads") { $0["person"] = "ivan" })
        try second.deliver(second.about("assignment.declined", "water") { $0["reason"] = "Не наше" })
        try second.act("note.added", by: "roads/clerk/clerk", personal: ["text": "x"])
        try second.deliver(
            second.about("document.recorded", "roads") {
                $0["document"] = "act"
                $0["number"] = "1"
                $0["date"] = "2026-02-08"
            }
        )
        try second.act(
            "assignment.recalled",
            by: "office/iryna/specialist",
            ["assignment": .string(second.assignment(of: "water")), "reason": "x"]
        )
        note(second)
        for name in written.sorted() { #expect(Policy.register(name) != nil, "register \(name)") }
        for name in facts.sorted() { #expect(Policy.fact(name) != nil, "fact \(name)") }
        #expect(written.count > 35 && facts.count > 10)
    }

    @Test("whatever a card takes as a correction has a type, and what describes a person travels in personal")
    func corrections() {
        for row in Policy.registers where row.settles && row.name != "answer" {
            #expect(row.corrected != nil, "\(row.name)")
        }
        for row in Policy.registers where row.name.hasPrefix("applicant.") || row.name.hasPrefix("contact.") {
            #expect(row.personal, "\(row.name)")
            #expect(row.privacy == .identity || row.privacy == .sensitive, "\(row.name)")
        }
    }
}
