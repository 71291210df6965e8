import Appeals
import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Replication

@Suite("A store of a former projection")
struct ProjectionTests {
    static func projection(_ version: Int64, _ others: [String: Privacy]) -> Projection {
        Projection(version: version, registers: Policy.registers, facts: Policy.facts, setting: others)
    }

    /// The next version shows a main executor neither the applicant's name nor the district; the one after it everybody the
    /// workplace.
    static let narrowed = projection(Projection.version + 1, ["applicant.name": .sensitive, "district": .sensitive])
    static let widened = projection(Projection.version + 2, ["applicant.workplace": .open])

    private func town() throws -> (town: Town, appeals: [String]) {
        let town = try Town("roads", "water")
        let appeals = try (0..<5).map { _ in try town.registers(main: "roads", co: "water") }
        try town.syncAll()
        try town.notes("roads", appeals[0], "Ще не надіслано")
        return (town, appeals)
    }

    private func upgrade(_ town: Town, to projection: Projection) throws {
        town.office.projection = projection
        town.office.rules.sizes.reprojected = 2
        try town.office.switchProjection()
    }

    private func finish(_ town: Town) throws {
        var chunks = 0
        while try !town.office.reproject(now: town.now).isThrough {
            chunks += 1
            try #require(chunks < 100)
        }
    }

    private func shows(_ town: Town, _ name: String, _ appeal: String, _ register: String) throws -> Bool {
        try town.held(name, appeal)?.register(register) != nil
    }

    @Test("narrowed: what may not be there goes from every reader, with a receipt; own work stays, nothing is repaired")
    func narrows() throws {
        let (town, appeals) = try town()
        #expect(try shows(town, "roads", appeals[0], "applicant.name"))
        try upgrade(town, to: Self.narrowed)
        #expect(try town.syncAll())
        try finish(town)
        #expect(try town.syncAll())
        for appeal in appeals {
            #expect(try !shows(town, "roads", appeal, "applicant.name"))
            #expect(try town.held("roads", appeal)?.names(.registers).contains { $0.hasPrefix("district@") } == false)
        }
        #expect(try town.published() == [])
        #expect(try town.agrees("roads") && town.agrees("water"))
        for name in ["roads", "water"] {
            #expect(town[name].calls[ProtocolCall.probe.path] == nil, "\(name) met a digest of a former projection")
            #expect(try town.tray(town[name].store, .repair).isEmpty)
        }
        // The former tenure of each is purged, though the appeals stay.
        let purges = try town.officeStore.read { try $0.debtTotals(.purge) }
        #expect(purges.opened >= 5 && purges.open == 0)
        let note = try town.shown("roads", appeals[0])?.items(.facts).contains {
            $0.item.value["text"]?.string == "Ще не надіслано"
        }
        #expect(note == true)
    }

    @Test("widened: the rows come anew with what may be seen now")
    func widens() throws {
        let (town, appeals) = try town()
        try upgrade(town, to: Self.widened)
        try finish(town)
        #expect(try town.syncAll())
        for appeal in appeals { #expect(try shows(town, "water", appeal, "applicant.workplace")) }
        #expect(try town.published() == [])
        #expect(town["water"].calls[ProtocolCall.probe.path] == nil)
    }

    @Test("before the switch, and while rows are projected again, nobody is sent what either projection hides")
    func between() throws {
        let (town, appeals) = try town()
        town.office.projection = Self.narrowed
        func sent(_ appeal: String) throws -> Bool {
            let page = try town.reply(town.pull("roads", after: 0), peer: "roads")
            return try town.lines(page).contains { $0["row"]?["registers"]?["applicant.name"] != nil }
        }
        #expect(try !sent(appeals[0]))
        #expect(town.last(try town.reply(town.pull("roads", after: 0), peer: "roads"))["projecting"]?.bool == true)
        #expect(town.last(try town.reply(town.pull("roads", after: 0), peer: "roads"))["digest"] == nil)
        try town.office.switchProjection()
        town.office.rules.sizes.reprojected = 1
        for _ in 0..<3 { _ = try town.office.reproject(now: town.now) }
        // An appeal that changes meanwhile, projected again or not, and one that is new.
        for appeal in appeals { try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "x"]) }
        let other = try town.registers(main: "roads")
        #expect(try town.syncAll())
        try finish(town)
        #expect(try town.syncAll())
        for appeal in appeals + [other] { #expect(try !shows(town, "roads", appeal, "applicant.name")) }
        #expect(try town.published() == [])
        #expect(try town.agrees("roads"))
        #expect(town["roads"].calls[ProtocolCall.probe.path] == nil)
    }

    @Test("a program of an older version shows what both allow, and never takes the newer one back")
    func older() throws {
        let (town, appeals) = try town()
        try upgrade(town, to: Self.narrowed)
        try finish(town)
        try town.syncAll()
        town.office.projection = .own
        try town.office.switchProjection()
        try finish(town)
        try town.act("note.added", appeals[0], by: "olena", "registrar", personal: ["text": "x"])
        #expect(try town.syncAll())
        #expect(try !shows(town, "roads", appeals[0], "applicant.name"))
        #expect(town.last(try town.reply(town.pull("roads", after: 0), peer: "roads"))["projecting"]?.bool == true)
        town.office.projection = Self.narrowed
        #expect(try town.syncAll())
        #expect(try town.published() == [] && town.agrees("roads"))
    }

    @Test("an office that is cut while it projects goes on where it was")
    func resumed() throws {
        let (town, _) = try town()
        try upgrade(town, to: Self.narrowed)
        _ = try town.office.reproject(now: town.now)
        town.rebuildOffice()
        try upgrade(town, to: Self.narrowed)
        try finish(town)
        #expect(try town.published() == [])
        #expect(try town.syncAll())
        #expect(try town.agrees("roads") && town.agrees("water"))
    }

    @Test("an appeal whose role stays is never away between two pages", arguments: [true, false])
    func staying(isAlone: Bool) throws {
        let (town, appeals) = try town()
        try upgrade(town, to: Self.narrowed)
        town.office.rules.enterAlone = isAlone
        town.office.rules.sizes.pageRecords = 1
        try finish(town)
        var away = 0
        town["roads"].intercept = { _, response in
            for appeal in appeals where try town.shown("roads", appeal) == nil { away += 1 }
            return response
        }
        #expect(try town.syncAll())
        #expect((away == 0) == isAlone)
        #expect(try town.agrees("roads"))
    }

    @Test(
        "while rows are projected anew, own decided work is not drawn over what came after it",
        arguments: [true, false]
    )
    func overtaken(yields: Bool) throws {
        let (town, appeals) = try town()
        let former = try #require(try town.held("roads", appeals[0])?.register("mainExecutor")?.string)
        try upgrade(town, to: Self.narrowed)
        try town.does("roads", "assignment.accepted", appeals[0], "clerk", ["assignment": .string(former)])
        #expect(try town.sync("roads"))
        try town.assigns(appeals[0], main: "roads", co: "water")
        #expect(try town.sync("roads"))
        town["roads"].department.rules.overlayYields = yields
        let state = try town.shown("roads", appeals[0])?.register("state@" + former)?.string
        #expect(state == (yields ? "superseded" : "accepted"))
    }

    @Test("the pass over all rows leaves to the upgrade what is its own", arguments: [true, false])
    func rehashed(isOlder: Bool) throws {
        let (town, appeals) = try town()
        try upgrade(town, to: Self.narrowed)
        _ = try town.office.reproject(now: town.now)
        if isOlder { town.office.projection = .own }
        _ = try town.office.rehash(Space.appeals, after: "", limit: 50, now: town.now)
        #expect(try town.tray(town.officeStore, .repair).isEmpty)
        town.office.projection = Self.narrowed
        try finish(town)
        #expect(try town.syncAll())
        for appeal in appeals { #expect(try !shows(town, "roads", appeal, "applicant.name")) }
        #expect(try town.published() == [] && town.agrees("roads"))
        #expect(town["roads"].calls[ProtocolCall.probe.path] == nil)
    }

    @Test("who was away over the upgrade takes a snapshot, or the entries, and holds the same")
    func away() throws {
        for compacts in [true, false] {
            let (town, appeals) = try town()
            try upgrade(town, to: Self.narrowed)
            try finish(town)
            if compacts {
                town.now += ReplicationLimits.readerAbsence + 1
                _ = try town.office.upkeep(now: town.now, keep: 0)
            }
            #expect(try town.syncAll())
            for appeal in appeals { #expect(try !shows(town, "roads", appeal, "applicant.name")) }
            #expect(try town.agrees("roads"))
            // The former tenure of each is purged, though the appeals stay.
            let purges = try town.officeStore.read { try $0.debtTotals(.purge) }
            #expect(purges.opened >= 5 && purges.open == 0)
        }
    }

    /// The digest of each version's table; a line more for each version, never another digest for one.
    private static let recorded: [Int64: String] = [
        1: "4363ac800c6b663314f711a69b665648650acc45d6ebd90c66936f95276e5e84",
        2: "adff3bb7b192ac83dc738a015f685f0ab7b82f36305c4cfd576a60d3c98b1f3d",
    ]

    /// What is wrong with a table; nil if nothing is.
    private func wrong(_ projection: Projection) -> String? {
        let digest = SHA256.hash(Array(projection.text.utf8)).hex
        guard let recorded = Self.recorded[projection.version] else {
            return "record the digest of version \(projection.version): \(digest)"
        }
        guard digest == recorded else {
            return "a privacy in Policy.swift changed: raise Projection.version and record \(digest)"
        }
        return nil
    }

    @Test("a privacy that changes without a new version is found")
    func raised() {
        #expect(wrong(.own) == nil)
        #expect(wrong(Self.projection(Projection.version, ["district": .open])) != nil)
        #expect(wrong(Self.projection(Projection.version, ["note": .open])) != nil)
        #expect(wrong(Self.projection(Projection.version + 1, ["note": .open])) != nil)
    }
}
