import CanonicalJSON

@testable import Appeals

/// All that comes of delivering concurrent acts to the office, in every order, from one common state.
///
/// Each state that is reached is kept once: a state is its bytes, under one commit for all, and without the names of the
/// acts that happened to open a case. The judge sees nothing else of the order.
final class Deliveries {
    /// What became of an act, and the state after it.
    struct Step {
        let outcome: Outcome
        let after: Int
    }

    let acts: [Act]
    /// The state that all copies were made from.
    let common: Appeals.Aggregate
    private(set) var judged = 0
    private let scene: Scene
    private var states: [Appeals.Aggregate]
    private var places: [[UInt8]: Int] = [:]
    private var steps: [Int: Step] = [:]
    private var known: [Int: View] = [:]
    private var compared: [Int: Differences] = [:]

    /// The place of the state in which nothing is left.
    static let erased = 0

    init(_ scene: Scene, _ acts: [Act]) {
        self.scene = scene
        self.acts = acts
        common = scene.appeal
        states = [Appeals.Aggregate(id: Scene.appeal)]
        _ = intern(scene.appeal)
    }

    /// The state that the others are compared in: what is in force, what was done, what is to be settled.
    struct View {
        let registers: [String: Item]
        let facts: [String: Item]
        /// Name and rule of every case and conflict that a person must settle.
        let open: [String: Item]
        /// Every write that left anything, also beside what is in force.
        let traces: Set<String>
    }

    func view(_ place: Int) -> View {
        if let view = known[place] { return view }
        let state = states[place]
        func items(_ section: Section) -> [String: Item] {
            Dictionary(uniqueKeysWithValues: state.items(section).map { ($0.name, $0.item) })
        }
        var traces: Set<String> = []
        for name in state.allNames {
            if let item = state[name] { traces.insert(item.write) }
            if name.section == .conflicts, let write = name.name.split(separator: " ").last {
                traces.insert(String(write))
            }
        }
        let open = items(.disagreements).merging(items(.conflicts)) { first, _ in first }
            .filter { $0.value.value["state"]?.string == "open" }
        let view = View(registers: items(.registers), facts: items(.facts), open: open, traces: traces)
        known[place] = view
        return view
    }

    /// What two states have otherwise: names of facts and registers by their values, open cases by name and rule.
    func differences(_ one: Int, _ other: Int) -> Differences {
        let key = one * 1_000_000 + other
        if let known = compared[key] { return known }
        let (a, b) = (view(one), view(other))
        func differing(_ a: [String: Item], _ b: [String: Item], _ value: (Item) -> JSON?) -> [String] {
            Set(a.keys).union(b.keys).filter { a[$0].flatMap(value) != b[$0].flatMap(value) }.sorted()
        }
        func looksTheSame(_ register: String) -> Bool {
            guard let one = a.registers[register], let other = b.registers[register] else { return false }
            return Policy.register(Names.bare(register))?.folds == true && Sameness.areSame(one.value, other.value)
        }
        let found = Differences(
            facts: differing(a.facts, b.facts, \.value),
            registers: differing(a.registers, b.registers, \.value).filter { !looksTheSame($0) },
            open: differing(a.open, b.open) { $0.value["rule"] }
        )
        compared[key] = found
        return found
    }

    /// Names of what differs between two states.
    struct Differences {
        let facts: [String]
        let registers: [String]
        let open: [String]
    }

    /// Delivers acts, by their places, in this order.
    func deliver(_ order: [Int]) throws -> (outcomes: [Outcome], after: Int) {
        var outcomes: [Outcome] = []
        var at = Self.erased + 1
        for act in order {
            let step = try step(from: at, act)
            outcomes.append(step.outcome)
            at = step.after
        }
        return (outcomes, at)
    }

    func step(from state: Int, _ act: Int) throws -> Step {
        let key = state * acts.count + act
        if let step = steps[key] { return step }
        judged += 1
        let isErased = state == Self.erased
        scene.world.erased = isErased ? [Scene.appeal] : []
        let judgement = try Judge(acts[act].signed, commit: 100, world: scene.world).judge(
            on: isErased ? nil : states[state]
        )
        let after = judgement.erases ? Self.erased : judgement.aggregate.map(intern) ?? state
        let step = Step(outcome: judgement.outcome, after: after)
        steps[key] = step
        return step
    }

    private func intern(_ aggregate: Appeals.Aggregate) -> Int {
        var aggregate = aggregate
        for (name, item) in aggregate.items(.disagreements) where !item.write.isEmpty {
            aggregate[.disagreements, name] = Item(value: item.value, write: "", commit: 100)
        }
        let bytes = aggregate.bytes
        if let place = places[bytes] { return place }
        states.append(aggregate)
        places[bytes] = states.count - 1
        return states.count - 1
    }

    static func orders(_ group: [Int]) -> [[Int]] {
        guard group.count > 1 else { return [group] }
        return group.indices.flatMap { place -> [[Int]] in
            var rest = group
            let first = rest.remove(at: place)
            return orders(rest).map { [first] + $0 }
        }
    }
}
