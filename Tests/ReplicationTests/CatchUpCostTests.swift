import Appeals
import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Replication

/// What a reader that lags behind costs: bytes and requests against the rows and changes that it lacks.
@Suite("A catch-up costs what the reader lacks")
struct CatchUpCostTests {
    /// Replies of pulls of a department's slice, counted on their way.
    final class Meter {
        var bytes = 0
        var pages = 0
        /// A last line, heads and all, and what a request of it costs.
        static let perPage = 2_048
    }

    /// Bytes of the rows that a department should hold and of those that it holds.
    private func lacking(_ town: Town, _ name: String, _ appeals: [String]) throws -> Int {
        try appeals.reduce(0) { sum, appeal in
            let due = try town.officeStore.read { try town.office.visible(Space.slice(name), appeal, $0) }
            let held = try town.held(name, appeal)
            return sum + max(0, (due?.aggregate.bytes.count ?? 0) - (held?.bytes.count ?? 0))
        }
    }

    private func metered(_ town: Town, _ name: String, _ during: @escaping (Int) throws -> Void = { _ in }) -> Meter {
        let meter = Meter()
        town[name].intercept = { request, response in
            guard request.call == .pull, request["stream"] == Space.slice(name) else { return response }
            meter.bytes += response.body.count
            meter.pages += 1
            do { try during(meter.pages) } catch { Issue.record("\(error)") }
            return response
        }
        return meter
    }

    private func large(_ town: Town, _ appeal: String) throws {
        let text = String(repeating: "x", count: 48 * 1024)
        let outcome = try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": .string(text)])
        try #require(outcome.status == .accepted)
    }

    private func town(appeals count: Int, noted notes: Int) throws -> (town: Town, appeals: [String]) {
        let town = try Town("roads")
        let appeals = try (0..<count).map { _ in try town.registers(main: "roads") }
        try town.sync("roads")
        for _ in 0..<notes { for appeal in appeals { try large(town, appeal) } }
        return (town, appeals)
    }

    private func expectFair(_ meter: Meter, lacked: Int, _ town: Town, most pages: Int) throws {
        #expect(try town.agrees("roads"))
        #expect(town["roads"].calls[ProtocolCall.probe.path] == nil, "a repair healed what the pages lacked")
        #expect(meter.bytes <= lacked * 3 / 2 + meter.pages * Meter.perPage, "\(meter.bytes) for \(lacked) bytes")
        #expect(meter.pages <= pages, "\(meter.pages) pages for \(lacked) bytes")
    }

    @Test("large appeals that change in turn", arguments: [(1, 80), (2, 40), (3, 20), (5, 16)])
    func inTurn(_ appeals: Int, _ notes: Int) throws {
        let (town, appeals) = try town(appeals: appeals, noted: notes)
        let lacked = try lacking(town, "roads", appeals)
        let meter = metered(town, "roads")
        #expect(try town.sync("roads"))
        try expectFair(meter, lacked: lacked, town, most: lacked / 1_048_576 + 4)
    }

    @Test("one of them changes while it is read")
    func whileRead() throws {
        let (town, appeals) = try town(appeals: 3, noted: 25)
        var lacked = try lacking(town, "roads", appeals)
        let former = lacked
        let meter = metered(town, "roads") { page in
            guard page <= 3 else { return }
            try large(town, appeals[page % 2])
            lacked += 48 * 1024
        }
        #expect(try town.sync("roads"))
        #expect(lacked > former)
        try expectFair(meter, lacked: lacked, town, most: 14)
    }

    @Test("pages of one record")
    func single() throws {
        let (town, appeals) = try town(appeals: 4, noted: 20)
        town.office.rules.sizes.pageRecords = 1
        let lacked = try lacking(town, "roads", appeals)
        let meter = metered(town, "roads")
        #expect(try town.sync("roads"))
        try expectFair(meter, lacked: lacked, town, most: 6)
    }

    @Test("a full page moves on over numbers that have no line")
    func fullPage() throws {
        let (town, appeals) = try town(appeals: 1, noted: 30)
        for _ in 0..<500 { try town.act("note.added", appeals[0], by: "olena", "registrar", personal: ["text": "x"]) }
        let lacked = try lacking(town, "roads", appeals)
        let meter = metered(town, "roads")
        #expect(try town.sync("roads"))
        try expectFair(meter, lacked: lacked, town, most: 2)
    }

    @Test("an appeal that entered and left again while the reader was away is told once")
    func left() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "water")
        try town.sync("roads")
        try town.assigns(appeal, main: "roads")
        for _ in 0..<200 { try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "x"]) }
        try town.assigns(appeal, main: "water")
        let meter = metered(town, "roads")
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
        #expect(meter.bytes <= 3 * Meter.perPage, "\(meter.bytes) bytes for one leave")
    }

    @Test(
        "without either half of the rule the cost is what it was",
        arguments: [true, false]
    )
    func ablated(_ isOffice: Bool) throws {
        let rule: WritableKeyPath<Rules, Bool> = isOffice ? \.changesSentOnce : \.catchUpNamed
        let (town, appeals) = try town(appeals: 2, noted: 40)
        town.office.rules[keyPath: rule] = false
        town.rules[keyPath: rule] = false
        town.restart("roads")
        let lacked = try lacking(town, "roads", appeals)
        let meter = metered(town, "roads")
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
        #expect(meter.bytes > 3 * lacked)
    }

    @Test("a line that carries only what its page changed loses what later pages rely on it for")
    func halfALine() throws {
        let (town, appeals) = try town(appeals: 2, noted: 10)
        town.office.rules.changesUpToHead = false
        town.office.rules.sizes.pageRecords = 1
        #expect(try town.sync("roads"))
        #expect(town["roads"].calls[ProtocolCall.fetch.path] != nil, "only a repair brings the rest")
        #expect(appeals.count == 2)
    }

    @Test("who forgets where the catch-up began pays with bytes, never with data")
    func forgotten() throws {
        let (town, appeals) = try town(appeals: 2, noted: 25)
        let lacked = try lacking(town, "roads", appeals)
        let meter = Meter()
        let place = town["roads"]
        place.intercept = { request, response in
            guard request.call == .pull, request["since"] != nil else { return response }
            var plain = request
            plain.query.removeAll { $0.0 == "since" || $0.0 == "until" }
            let plainly = try town.reply(plain, peer: "roads")
            meter.bytes += plainly.body.count
            return plainly
        }
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
        #expect(place.calls[ProtocolCall.probe.path] == nil)
        #expect(meter.bytes > lacked)
    }

    @Test("a false hint costs its sender a repair at the head", arguments: [true, false])
    func falseHint(_ isBeyondHead: Bool) throws {
        let (town, appeals) = try town(appeals: 2, noted: 1)
        let place = town["roads"]
        let began = try town.position("roads").head
        for appeal in appeals { try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "x"]) }
        try town.sync("roads")
        for appeal in appeals { try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "y"]) }
        place.intercept = { request, response in
            guard request.call == .pull, request["stream"] == Space.slice("roads") else { return response }
            var lying = request
            lying.query.removeAll { $0.0 == "since" || $0.0 == "until" }
            lying.query += [("since", String(began)), ("until", isBeyondHead ? "9999999999" : "30")]
            return try town.reply(lying, peer: "roads")
        }
        try town.sync("roads")
        place.intercept = { _, response in response }
        try town.sync("roads")
        #expect(try town.agrees("roads"))
        #expect(place.calls[ProtocolCall.fetch.path] != nil)
    }

    @Test("no schedule of changes, pages, compaction and restarts loses a change", arguments: 1...120)
    func schedules(_ seed: Int) throws {
        var random = Generator(seed: UInt64(seed))
        let town = try Town("roads", "water")
        var appeals = try (0..<4).map { _ in try town.registers(main: "roads") }
        town.office.rules.sizes.pageRecords = 1 + random.below(3)
        town.office.rules.sizes.pageBytes = 400 + random.below(4_000)
        town.office.rules.sizes.chunk = 2 + random.below(5)
        try town.sync("roads", steps: 2_000)
        let place = town["roads"]
        place.intercept = { request, response in
            do {
                if random.chance(0.5) { try change(town, &appeals, &random) }
                if random.chance(0.1) { return nil }
            } catch { Issue.record("\(error)") }
            return response
        }
        for _ in 0..<8 {
            for _ in 0..<random.below(25) { try change(town, &appeals, &random) }
            try town.sync("roads", steps: 1 + random.below(30))
            if random.chance(0.3) { town.restart("roads") }
        }
        place.intercept = { _, response in response }
        #expect(try town.sync("roads", steps: 5_000))
        #expect(try town.agrees("roads"))
        #expect(place.calls[ProtocolCall.probe.path] == nil, "a repair healed what the pages lacked")
    }

    private func change(_ town: Town, _ appeals: inout [String], _ random: inout Generator) throws {
        guard let appeal = random.pick(appeals) else { return }
        switch random.below(20) {
        case 0: try town.assigns(appeal, main: random.chance(0.5) ? "water" : "roads")
        case 1: try town.assigns(appeal, main: "water", co: "roads")
        case 2: _ = try town.office.upkeep(now: town.now, keep: 0)
        case 3: appeals.append(try town.registers(main: "roads"))
        default:
            let text = String(repeating: "x", count: random.below(600))
            try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": .string(text)])
        }
    }
}
