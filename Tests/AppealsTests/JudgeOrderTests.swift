import CanonicalJSON
import Testing

@testable import Appeals

/// Concurrent acts of different authors, all built on one state, in every order of delivery.
@Suite("Whatever the order of delivery")
struct JudgeOrderTests {
    /// One concurrent act, made on `seen` by an author who sees nothing of the others.
    struct Concurrent: Sendable {
        let name: String
        let author: String
        let make: @Sendable (Scene, Appeals.Aggregate?) -> SignedOperation
        init(
            _ name: String,
            _ author: String,
            _ make: @escaping @Sendable (Scene, Appeals.Aggregate?) -> SignedOperation
        ) {
            self.name = name
            self.author = author
            self.make = make
        }
    }

    /// An appeal with a main executor and a co-executor, both with an approved answer.
    private func begun() throws -> Scene {
        let scene = try Scene.atWork(main: "roads", co: "water")
        for department in ["roads", "water"] {
            try scene.does("answer.drafted", department) {
                $0["result"] = .string(department == "roads" ? "satisfied" : "refused")
            }
            try scene.does("answer.approved", department)
        }
        try scene.does("feedback.recorded", "roads")
        scene.world.roles["office/oksana/registrar"] = .current
        scene.world.roles["office/ihor/specialist"] = .current
        return scene
    }

    static let acts: [Concurrent] = [
        Concurrent("reassign", "iryna") { scene, seen in
            scene.resolution(main: "parks", supersedes: [scene.assignment(of: "roads")], on: seen)
        },
        Concurrent("recall co", "ihor") { scene, seen in
            scene.compose(
                "assignment.recalled",
                by: "office/ihor/specialist",
                ["assignment": .string(scene.assignment(of: "water")), "reason": "Зайве"],
                on: seen
            )
        },
        Concurrent("extend", "mayor") { scene, seen in scene.extends(on: seen) },
        Concurrent("office address", "olena") { scene, seen in
            scene.corrects("applicant.address", "вул. Стара, 7", by: "office/olena/registrar", on: seen)
        },
        Concurrent("office address again", "oksana") { scene, seen in
            scene.corrects("applicant.address", "вул. Інша, 9", by: "office/oksana/registrar", on: seen)
        },
        Concurrent("office channel", "olena") { scene, seen in
            scene.corrects("channel", "post", by: "office/olena/registrar", on: seen)
        },
        Concurrent("roads address", "roads") { scene, seen in
            scene.corrects("applicant.address", "вул. Нова, 5", by: "roads/clerk/clerk", on: seen)
        },
        Concurrent("roads phone", "roads") { scene, seen in
            scene.compose("contact.added", by: "roads/clerk/clerk", personal: ["phone": "+2"], on: seen)
        },
        Concurrent("office phone", "olena") { scene, seen in
            scene.compose("contact.added", by: "office/olena/registrar", personal: ["phone": "+3"], on: seen)
        },
        Concurrent("roads draft", "roads") { scene, seen in scene.about("answer.drafted", "roads", "clerk", on: seen) },
        Concurrent("roads submit", "roads") { scene, seen in scene.about("answer.submitted", "roads", on: seen) },
        Concurrent("roads dispatch", "roads") { scene, seen in scene.about("answer.dispatched", "roads", on: seen) },
        Concurrent("water dispatch", "water") { scene, seen in scene.about("answer.dispatched", "water", on: seen) },
        Concurrent("water submit", "water") { scene, seen in scene.about("answer.submitted", "water", on: seen) },
        Concurrent("water note", "water") { scene, seen in
            scene.compose("note.added", by: "water/clerk/clerk", personal: ["text": "x"], on: seen)
        },
        Concurrent("roads document", "roads") { scene, seen in
            scene.about("document.recorded", "roads", on: seen) {
                $0["document"] = "act"
                $0["number"] = "1"
                $0["date"] = "2026-02-08"
            }
        },
    ]

    /// An end of a ground against work of the one whose ground it is: what came before the end is ordinary, what came
    /// after it is late; and of two whole acts on one register the first alone takes effect.
    static let racing: [Set<String>] = [
        ["reassign", "roads submit"], ["reassign", "roads draft"], ["reassign", "roads address"],
        ["recall co", "water submit"], ["recall co", "water dispatch"], ["office address", "office address again"],
        // An open case pauses the others; who answered while both were on duty counts as two answers (C6).
        ["reassign", "roads dispatch", "water dispatch"], ["reassign", "roads dispatch", "water submit"],
    ]

    struct Result: Equatable {
        var disagreements: [String]
        var facts: Set<String>
        var unaccounted: [String]
    }

    private func deliver(_ order: [SignedOperation], from begun: Appeals.Aggregate?, _ scene: Scene) throws -> Result {
        let outcomes = scene.world.outcomes
        defer { scene.world.outcomes = outcomes }
        scene.state = begun
        scene.commit = 100
        var unaccounted: [String] = []
        var told: Set<String> = []
        for signed in order {
            let outcome = try scene.deliver(signed).outcome
            // A proposal on the card that comes after the ground ended: its author is told, by the late rule of the table.
            if outcome.reason == .authorityEnded, outcome.status == .refused {
                told.insert(signed.operation.write.description)
                continue
            }
            if outcome.status == .refused { unaccounted.append("\(signed.operation.kind) \(outcome.text)") }
        }
        let after = scene.appeal
        for signed in order {
            let write = signed.operation.write.description
            let isHere = after.allNames.contains { name in
                after[name]?.write == write || name.section == .conflicts && name.name.hasSuffix(" " + write)
            }
            if !isHere, !told.contains(write) { unaccounted.append("\(signed.operation.kind) left no trace") }
        }
        return Result(disagreements: scene.disagreements, facts: Set(after.names(.facts)), unaccounted: unaccounted)
    }

    private func make(_ group: [Concurrent], _ scene: Scene, _ begun: Appeals.Aggregate?) -> [SignedOperation] {
        scene.state = begun
        return group.map { $0.make(scene, begun) }
    }

    private func permutations(_ acts: [SignedOperation]) -> [[SignedOperation]] {
        guard acts.count > 1 else { return [acts] }
        return acts.indices.flatMap { place -> [[SignedOperation]] in
            var rest = acts
            let first = rest.remove(at: place)
            return permutations(rest).map { [first] + $0 }
        }
    }

    private func groups(_ size: Int) -> [[Concurrent]] {
        var groups: [[Concurrent]] = [[]]
        for _ in 0..<size {
            groups = groups.flatMap { group -> [[Concurrent]] in
                let start =
                    group.last.flatMap { last in Self.acts.firstIndex { $0.name == last.name } }.map { $0 + 1 } ?? 0
                return Self.acts[start...].map { group + [$0] }
            }
        }
        return groups.filter { Set($0.map(\.author)).count == size }
    }

    private func isRace(_ group: [Concurrent]) -> Bool {
        let names = Set(group.map(\.name))
        return Self.racing.contains { $0.isSubset(of: names) }
    }

    @Test("concurrent acts leave the same cases and facts in every order", arguments: [2, 3])
    func orders(size: Int) throws {
        let scene = try begun()
        let begun = scene.state
        var orders = 0
        var races = 0
        var differing: Set<String> = []
        for group in groups(size) {
            let signed = make(group, scene, begun)
            let results = try permutations(signed).map { try deliver($0, from: begun, scene) }
            orders += results.count
            if isRace(group) {
                races += 1
                continue
            }
            let isSame = results.allSatisfy {
                $0.disagreements == results[0].disagreements && $0.facts == results[0].facts
            }
            if !isSame { differing.insert(group.map(\.name).joined(separator: " + ")) }
        }
        print("orders of \(size) concurrent acts: \(orders), groups with a race: \(races)")
        #expect(differing.isEmpty, "\(differing.sorted())")
    }

    @Test("no concurrent act is refused, and each leaves its effect or a row that names it", arguments: [2, 3])
    func nothingLost(size: Int) throws {
        let scene = try begun()
        let begun = scene.state
        var lost: Set<String> = []
        for group in groups(size) {
            let signed = make(group, scene, begun)
            for order in permutations(signed) {
                for text in try deliver(order, from: begun, scene).unaccounted {
                    lost.insert(
                        order.compactMap { one in zip(group, signed).first { $0.1.id == one.id }?.0.name }.joined(
                            separator: " > "
                        ) + ": " + text
                    )
                }
            }
        }
        #expect(lost.isEmpty, "\(lost.count): \(lost.sorted().prefix(30))")
    }

    @Test("an answer sent to the applicant while the office gave the appeal away opens a case, whichever arrives first")
    func dispatchFirst() throws {
        let scene = try begun()
        let seen = scene.state
        let former = scene.assignment(of: "roads")
        let dispatch = scene.about("answer.dispatched", "roads", on: seen)
        let resolution = scene.resolution(main: "parks", supersedes: [former], on: seen)
        try scene.deliver(dispatch)
        try scene.deliver(resolution)
        #expect(scene.disagreements == ["C3 open reassigned@\(former)"])
    }

    @Test("the races that the order decides are all there: each of them differs in some order")
    func races() throws {
        let scene = try begun()
        let begun = scene.state
        var same: [String] = []
        for race in Self.racing {
            let group = Self.acts.filter { race.contains($0.name) }
            let signed = make(group, scene, begun)
            let results = try permutations(signed).map { order in
                try deliver(order, from: begun, scene).disagreements + scene.conflicts
                    + order.map { scene.world.outcomes[$0.operation.write.description]?.rawValue ?? "" }.sorted()
                    + scene.appeal.items(.facts).map { $0.item.value.canonicalText }
            }
            if results.allSatisfy({ $0 == results[0] }) { same.append(race.sorted().joined(separator: " + ")) }
        }
        #expect(same.isEmpty, "\(same)")
    }
}
