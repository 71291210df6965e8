import Appeals
import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Replication

/// Every call of the office that has several transactions, with somebody else's act between any two of them.
@Suite("Between two transactions of the office others act")
struct InterleavingTests {
    /// Calls under which others act.
    enum Call: String, CaseIterable { case upkeep, reproject, erasures, newer, rehash }
    /// What they do.
    enum Act: String, CaseIterable { case resumes, moves, notes, erases }

    private static let days: Int64 = 86_400_000

    private func town() throws -> (town: Town, appeals: [String]) {
        let town = try Town("roads", "water")
        let appeals = try (0..<3).map { _ in try town.registers(main: "roads") }
        try town.syncAll()
        for appeal in appeals.prefix(2) { try town.removes(appeal) }
        return (town, appeals)
    }

    private func carryOut(_ act: Act, _ town: Town, _ appeals: [String]) throws {
        switch act {
        case .resumes: for appeal in appeals.prefix(2) { try town.resumes(appeal, main: "water") }
        case .moves: for appeal in appeals { try town.assigns(appeal, main: "water") }
        case .notes:
            for appeal in appeals {
                try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "x"])
            }
        case .erases:
            for appeal in appeals {
                try town.act("appeal.erased", appeal, by: "boss", "administrator", ["reason": "За рішенням"])
            }
        }
    }

    private func carryOut(_ call: Call, _ office: Office, _ town: Town) throws {
        switch call {
        case .upkeep: _ = try office.upkeep(now: town.now, keep: 0)
        case .reproject:
            office.projection = town.office.projection
            try office.switchProjection()
            while try !office.reproject(now: town.now).isThrough {}
        case .erasures: try office.reapplyErasures(now: town.now)
        case .newer: _ = try office.judgeNewerAgain(now: town.now, schema: 9)
        case .rehash:
            var after: String? = ""
            while let key = after {
                after = try office.rehash(Space.appeals, after: key, limit: 2, now: town.now).next
            }
        }
    }

    /// What was wrong after an act at each place in turn; the test decides what may be.
    private func sweep(_ call: Call, _ act: Act, _ rules: (inout Rules) -> Void = { _ in }) throws -> [String] {
        var wrongs: [String] = []
        var place = 1
        while place < 60 {
            let (town, appeals) = try town()
            town.office.rules.sizes.chunk = 2
            town.office.rules.sizes.reprojected = 1
            if call == .reproject { town.office.projection = ProjectionTests.narrowed }
            if call == .erasures {
                try town.officeStore.write { try $0.putErasure(appeals[2], at: town.now) }
            }
            // What the office recorded of these is wrong: the pass records it anew, by the rows as they are then.
            if call == .rehash { for appeal in appeals { try town.misrecord("roads", appeal) } }
            town.now += (call == .upkeep ? 31 : 1) * Self.days
            let store = InterleavedStore(town.officeStore)
            let office = town.interleavedOffice(store)
            office.rules = town.office.rules
            rules(&office.rules)
            store.between = { count in if count == place { try self.carryOut(act, town, appeals) } }
            try carryOut(call, office, town)
            wrongs += try town.published().map { "after transaction \(place): \($0)" }
            #expect(try town.syncAll())
            for name in ["roads", "water"] where try !town.agrees(name) {
                wrongs.append("after transaction \(place): \(name) has something else")
            }
            if store.count < place { break }
            place += 1
        }
        #expect(place > 2 && place < 60)
        return wrongs
    }

    @Test("what they publish is what the rows say", arguments: Call.allCases, Act.allCases)
    func published(_ call: Call, _ act: Act) throws { #expect(try sweep(call, act) == []) }

    @Test("an upkeep that decides on rows that it read before takes away what somebody just gave")
    func formerRows() throws {
        let wrongs = try sweep(.upkeep, .resumes) { $0.readWhereDecided = false }
        #expect(wrongs.contains { $0.hasSuffix("has something else") || $0.contains(" lacks ") }, "\(wrongs)")
    }
}
