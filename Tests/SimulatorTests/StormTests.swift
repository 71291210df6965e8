import Replication
import Testing

@testable import Replication
@testable import Simulator

@Suite("The judges of storms and of invariants")
struct StormTests {
    /// A city in which the office says of a row what does not fit it.
    private func named(_ rules: Rules) throws -> String? {
        let city = try City(seed: 4, departments: 3, rules: rules, faults: Faults.none)
        return try QuietCity.named {
            for _ in 0..<60 {
                try city.act()
                try city.run(until: city.now + 300)
            }
            for _ in 0..<20 where city.counts["wrong digest"] == nil { try city.damageDigest() }
            #expect(city.counts["wrong digest"] == 1)
            try city.run(until: city.now + 60_000)
            try city.heal()
            try city.run(until: city.now + 60_000)
            try Checkers.quiet(city)
        }
    }

    @Test("a difference that is compared again and again is a storm; one that is remembered is none")
    func storm() throws {
        var rules = Rules()
        rules.differenceRemembered = false
        #expect(try named(rules) == Storms.name)
        #expect(try named(Rules()) == nil)
    }

    @Test("a lane that wakes on and on and asks nothing is a storm; one that sleeps between is none")
    func wakes() throws {
        func named(idleSleep: Int64) throws -> String? {
            let city = try City(seed: 4, departments: 3, faults: Faults.none, idleSleep: idleSleep)
            return try QuietCity.named { try city.run(until: city.now + 10_000) }
        }
        #expect(try named(idleSleep: 0) == Storms.name)
        #expect(try named(idleSleep: StormWatch.pause) == nil)
    }

    @Test("an invariant of a link is named that does not hold, in each of its sentences")
    func link() throws {
        let quiet = try QuietCity(steps: 20)
        let site = quiet.roads
        func judged(_ change: (inout Link) -> Void) throws -> String? {
            let former = site.link
            defer { site.link = former }
            change(&site.link)
            return try QuietCity.named { try Invariants.step(site) }
        }
        #expect(try judged { _ in } == nil)
        let changes: [(inout Link) -> Void] = [
            { $0.session?.origins = [] }, { $0.session?.stored = -1 }, { $0.session?.epoch = "" },
            { link in
                let epoch = link.session?.epoch
                link.session?.formerEpoch = epoch
            }, { $0.limit[.read] = 0 },
            { $0.reading = .fetching("reference", ids: ["a"]) },
            {
                $0.reading = .fetching("reference", ids: [])
                $0.comparison = nil
            },
            {
                $0.reading = .waiting
                $0.unread = ["reference"]
            },
            { $0.isBusy.formSymmetricDifference([.exchange]) },
            {
                $0.isBusy.remove(.exchange)
                $0.voided = [.exchange]
            },
            {
                $0.exchange = .waitsForSnapshots
                $0.reading = .waitsForHello
            },
            { $0.exchange = .receipts(upTo: -1, differences: 0) },
        ]
        for (place, change) in changes.enumerated() {
            #expect(try judged(change) == Invariants.name, "the change \(place)")
        }
    }

    @Test("a record is named whose numbers cannot be")
    func records() throws {
        let quiet = try QuietCity(steps: 20)
        let site = quiet.roads
        let origin = try #require(try site.store.read { try $0.origins(node: site.name) }.last)
        let changes: [(inout OriginRecord) -> Void] = [
            { $0.acknowledged = $0.last + 1 }, { $0.durable = $0.last + 1 }, { $0.durable = -1 },
            { $0.lastID = $0.last == 0 ? "a" : "" },
        ]
        for (place, change) in changes.enumerated() {
            var wrong = origin
            change(&wrong)
            #expect(wrong.problem != nil, "the change \(place)")
        }
        try site.store.write { transaction in
            var stream = try #require(try transaction.stream(Space.slice(site.name)))
            stream.rows = -1
            try transaction.putStream(stream)
        }
        #expect(try QuietCity.named { try Invariants.step(site) } == Invariants.name)
    }
}
