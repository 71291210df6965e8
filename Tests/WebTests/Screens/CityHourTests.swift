import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

@testable import Web

/// How the city was: an hour is kept once, says which it is, and counts nothing that is closed to anybody.
struct CityHourTests {
    private static let hour: Int64 = 3_600_000

    private func desk(_ town: ShownTown) throws -> Desk { Desk(try town.context().place, .anybody) }

    private func keep(_ town: ShownTown) throws -> Bool { try desk(town).keepHour { town.heard[$0] } }

    @Test("an hour is kept once, whenever it is looked at, and by the office alone")
    func once() throws {
        let town = try ShownTown()
        #expect(try keep(town))
        #expect(try !keep(town))
        town.now += 59 * 60_000 - town.now % Self.hour
        #expect(try !keep(town))
        town.now += 60_000
        #expect(try keep(town))
        let place = try town.context("zhkg").place
        #expect(try !Desk(place, .anybody).keepHour())
    }

    @Test("the page of a former hour shows what was known then, says which hour, and leads to no list")
    func former() throws {
        let town = try ShownTown()
        try town.lives()
        let morning = town.now
        for node in ShownTown.names.keys { town.heard[node] = morning }
        let before = try desk(town).city { town.heard[$0] }
        #expect(try keep(town))
        _ = try town.register()
        town.now += 5 * Self.hour
        #expect(try keep(town))
        let at = try #require(KyivTime.moment(at: morning))
        let page = try town.page("/city?at=\(at.date)T\(at.time.description.prefix(5))", as: "vilkul")
        #expect(page.contains("Так було о") && page.contains("\(at.date.ukrainianNumbers)"))
        #expect(!page.contains("href=\"/cards?list="))
        let kept = try #require(try desk(town).hour(of: morning))
        #expect(kept.state.totals == before.totals && kept.state.rows.map(\.numbers) == before.rows.map(\.numbers))
        #expect(kept.state.rows.map(\.contact) == before.rows.map(\.contact))
        #expect(kept.state.rows.map(\.head) == before.rows.map(\.head))
        #expect(kept.state.rows.last?.freshness == .here)
    }

    @Test("an hour in which the node was down is told by the last one before it, within two days, else not at all")
    func gaps() throws {
        let town = try ShownTown()
        let first = town.now
        #expect(try keep(town))
        #expect(try desk(town).hour(of: first + 30 * Self.hour)?.state.at == first)
        #expect(try desk(town).hour(of: first + 60 * Self.hour) == nil)
        #expect(try desk(town).hour(of: first - 2 * Self.hour) == nil)
        town.now += 100 * Self.hour
        let past = try #require(KyivTime.moment(at: first + 70 * Self.hour))
        let page = try town.page("/city?at=\(past.date)T\(past.time.description.prefix(5))", as: "vilkul")
        #expect(page.contains("Цієї години не збережено"))
        for wrong in ["учора", "2099-01-01T09:00", "2026-02-30T09:00"] {
            #expect(try town.get("/city?at=" + wrong, as: "vilkul").status == 422, "\(wrong)")
        }
    }

    @Test("what is closed to somebody is in no kept hour, and a kept hour ends after 400 days")
    func closed() throws {
        let town = try ShownTown()
        _ = try town.register()
        _ = try town.register(["complained-against": ["marko"]])
        #expect(try Desk(try town.context().place, .named(user: "vilkul", role: nil)).city().total(.new).lower == 2)
        #expect(try keep(town))
        let kept = try #require(try desk(town).hour(of: town.now))
        #expect(kept.state.total(.new).lower == 1)
        let record = try #require(
            try town.officeStore.read { try $0.locals(.hour, beginning: "", after: "", limit: 9) }.first
        )
        #expect(record.until == kept.state.at + CityHour.days * 24 * Self.hour)
        try town.officeStore.write { try $0.sweepLocals(endedBy: record.until, limit: 9) }
        #expect(try desk(town).hour(of: town.now) == nil)
    }

    @Test("the trend is a drawing and a table of mornings: a morning that was not kept is a gap, not a nought")
    func mornings() throws {
        let town = try ShownTown()
        let nine = try #require(TimeOfDay(hour: 9, minute: 0)),
            today = try #require(KyivTime.moment(at: town.now)?.date)
        for ago in [3, 2] {
            let now = town.now
            town.now = KyivTime.milliseconds(try #require(today.adding(days: -ago)), nine)
            #expect(try keep(town))
            town.now = now
            _ = try town.register()
        }
        // What is kept of a later day fills no gap before it.
        #expect(try keep(town))
        let mornings = try desk(town).mornings(4)
        #expect(mornings.map { $0.state?.total(.new).lower } == [0, 1, nil, 2])
        let page = try town.page("/city", as: "vilkul")
        #expect(page.contains("<svg class=\"spark\"") && page.contains("не збережено"))
        #expect(page.contains("учора о 09:00 не збережено"))
    }
}
