import CanonicalJSON
import Foundation
import Testing

@testable import Appeals

/// No appeal can get stuck: from every state that people's acts reach, acts that people may do lead to its end.
@Suite("Journeys of an appeal")
struct JourneyTests {
    /// A phone appeal and whatever one department writes; two departments; one that is at home; late work of a former one.
    static let scopes = [
        JourneyScope(
            channel: "mayorPhone",
            departments: ["roads"],
            forms: ["final satisfied", "preliminary nothing"],
            withoutControl: true
        ),
        JourneyScope(departments: ["roads"], forms: ["final 2 issues", "final 1 issues"], extends: true),
        JourneyScope(departments: ["roads"], forms: ["final satisfied", "final nothing"]),
        JourneyScope(departments: ["roads", "water"], forms: ["final satisfied"], isDivided: true),
        JourneyScope(home: "roads", departments: ["roads", "water"], forms: ["final satisfied"]),
        JourneyScope(departments: ["roads", "water"], forms: ["final satisfied"], isLate: true),
    ]

    /// Fails with the way into each state that has no way out by acts that count.
    private func requireWays(
        _ journey: Journey,
        _ what: String,
        from places: (Appeals.Aggregate) -> Bool = { _ in true },
        by counts: (Journey.Way) -> Bool
    ) {
        let distances = journey.distances(by: counts)
        let stuck = distances.indices.filter { distances[$0] == nil && places(journey.stops[$0].appeal) }
        // The first act behind which there is no way out says what is wrong.
        let falls = stuck.filter { place in
            journey.stops[place].from.map { distances[$0.stop] != nil } ?? true
        }
        for place in falls.prefix(4) {
            Issue.record("\(what): no way out after\n  \(journey.way(to: place).joined(separator: "\n  "))")
        }
        #expect(stuck.isEmpty, "\(what): \(stuck.count) of \(journey.stops.count) states are dead ends")
    }

    @Test("every state has a way to the end, and every kind of act is tried")
    func ends() throws {
        var seen: Set<String> = []
        for scope in Self.scopes {
            let journey = try Journey(scope)
            print("\(scope): \(journey.stops.count) states, \(journey.acts) acts")
            if ProcessInfo.processInfo.environment["JOURNEYS"] == "show" { journey.guide().forEach { print($0) } }
            #expect(journey.stops.count > 50)
            seen.formUnion(journey.kinds)
            requireWays(journey, "\(scope), going on") { !$0.replaces }
            // Nobody has the work: the appeal need not be given to anybody.
            requireWays(
                journey,
                "\(scope), without a department",
                from: { appeal in
                    appeal.entities(with: "department").allSatisfy {
                        !appeal.isGround($0) || appeal.register("role@" + $0)?.string == "inform"
                    } && Disagreements.open(in: appeal).isEmpty
                },
                by: { $0.kind != "resolution.issued" }
            )
        }
        for kind in Kinds.appeal.map(\.name) {
            #expect(seen.contains(kind) != (JourneyMoves.without[kind] != nil), "\(kind)")
        }
    }
}
