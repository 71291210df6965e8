import CanonicalJSON

@testable import Appeals

/// All that can become of an appeal: every state that people's acts reach, one after the other, breadth first.
///
/// Two states are one if `JourneyPlace` calls them the same. The walk goes on from what the office took, also late, and
/// from what waits for a decision.
final class Journey {
    /// A state, how it was come to first, and where its moves lead.
    struct Stop {
        let appeal: Appeals.Aggregate
        /// The stop before and the move; nil at the beginning.
        let from: (stop: Int, move: String)?
        /// Where accepted acts lead.
        var ways: [Way] = []
    }

    /// An accepted act.
    struct Way {
        let move: String
        let kind: String
        let to: Int
        /// Takes the work from somebody who may go on with it: no way out, but a way to begin again.
        let replaces: Bool
    }

    private(set) var stops: [Stop] = []
    private var known: [String: Int] = [:]
    /// Kinds that were taken somewhere.
    private(set) var kinds: Set<String> = []
    /// How many acts were judged.
    private(set) var acts = 0
    private let scene = Scene()
    private let scope: JourneyScope

    /// Begins with a registered appeal and walks until nothing new comes.
    init(_ scope: JourneyScope) throws {
        self.scope = scope
        let home = scope.home
        // Who has heard of everything is advised by the own node as well.
        scene.world.advises = !scope.isLate
        try scene.registers(by: home == "office" ? "office/olena/registrar" : "\(home)/clerk/clerk") {
            $0["channel"] = .string(scope.channel)
            if home != "office" { $0["index"] = .string("\(home.uppercased())-К-1") }
        }
        guard let first = scene.state else { preconditionFailure("the appeal of the test is registered") }
        add(first, from: nil)
        var next = 0
        while next < stops.count {
            try leave(next)
            next += 1
        }
    }

    @discardableResult
    private func add(_ appeal: Appeals.Aggregate, from: (stop: Int, move: String)?) -> Int {
        let place = JourneyPlace(appeal).text
        if let known = known[place] { return known }
        stops.append(Stop(appeal: appeal, from: from))
        known[place] = stops.count - 1
        return stops.count - 1
    }

    private func leave(_ stop: Int) throws {
        let appeal = stops[stop].appeal
        for move in JourneyMoves(appeal: appeal, scope: scope).all {
            for person in move.people {
                let (outcome, after) = try after(move, by: person, on: appeal)
                guard let after else {
                    // What stands against the act stands against it whoever does it.
                    if outcome.reason != .notAuthorised && outcome.reason != .roleMissing { break }
                    continue
                }
                kinds.insert(move.kind)
                let text = person + ": " + move.text
                let to = add(after, from: (stop, text))
                let way = Way(move: text, kind: move.kind, to: to, replaces: move.replaces)
                if to != stop { stops[stop].ways.append(way) }
                break
            }
        }
    }

    /// The outcome of a person's move, and the appeal after it; no appeal if the judge does not take it.
    private func after(
        _ move: JourneyMove,
        by person: String,
        on appeal: Appeals.Aggregate
    ) throws -> (Outcome, Appeals.Aggregate?) {
        scene.state = appeal
        acts += 1
        let parts = person.split(separator: "/").map(String.init)
        let authority = try Authority.toCite(
            kind: move.kind,
            role: parts[2],
            node: parts[0],
            naming: move.body["assignment"]?.string,
            on: appeal,
            in: scene.world
        )
        let signed = scene.compose(move.kind, by: person, move.body, personal: move.personal, authority: authority)
        let outcome = try scene.deliver(signed).outcome
        // Only waiting work is asked for again; a journey of hundreds of thousands of acts keeps no other.
        if outcome.status != .held {
            scene.world.outcomes[signed.operation.write.description] = nil
            scene.world.operations[signed.operation.write.description] = nil
        }
        let isTaken = [.accepted, .acceptedLate, .held].contains(outcome.status) && outcome.reason != .newer
        return (outcome, isTaken ? scene.state : nil)
    }

    // MARK: what is asked of it

    /// Nothing is open any more: off control, nobody at work, nothing to decide.
    static func isEnd(_ appeal: Appeals.Aggregate) -> Bool {
        let place = JourneyPlace(appeal)
        return place.text("control") == "removed" && place.waiting.isEmpty && Disagreements.open(in: appeal).isEmpty
            && place.entities.allSatisfy {
                !appeal.isGround($0) || place.text("role@" + $0) == "inform" || appeal.state(of: $0) == .done
            }
    }

    /// How many acts of these lie between each stop and the nearest end; nil: none is ever reached.
    func distances(by counts: (Way) -> Bool = { !$0.replaces }) -> [Int?] {
        var before: [[Int]] = Array(repeating: [], count: stops.count)
        for (place, stop) in stops.enumerated() {
            for way in stop.ways where counts(way) { before[way.to].append(place) }
        }
        var distances: [Int?] = stops.map { Self.isEnd($0.appeal) ? 0 : nil }
        var line = stops.indices.filter { distances[$0] == 0 }
        var next = 0
        while next < line.count {
            let stop = line[next]
            next += 1
            for earlier in before[stop] where distances[earlier] == nil {
                distances[earlier] = (distances[stop] ?? 0) + 1
                line.append(earlier)
            }
        }
        return distances
    }

    /// The acts that led to a stop, first to last.
    func way(to stop: Int) -> [String] {
        var way: [String] = []
        var place = stop
        while let (before, move) = stops[place].from {
            way.append(move)
            place = before
        }
        return way.reversed()
    }

    /// For whoever reads: each state, and the act that leads towards the end from it, by whom.
    func guide() -> [String] {
        let distances = distances()
        return stops.enumerated().map { place, stop in
            let next = stop.ways.filter { !$0.replaces }.min { (distances[$0.to] ?? .max) < (distances[$1.to] ?? .max) }
            let here = JourneyPlace(stop.appeal).text.split(separator: "\n").joined(separator: " | ")
            let left = distances[place].map { "\($0)" } ?? "no way out"
            return "\(here)\n    \(left): \(Self.isEnd(stop.appeal) ? "the end" : next?.move ?? "nothing can be done")"
        }
    }
}
