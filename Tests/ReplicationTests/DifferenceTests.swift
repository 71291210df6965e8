import Appeals
import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Replication

@Suite("A difference that no comparison mends")
struct DifferenceTests {
    private static let probe = ProtocolCall.probe.path, fetch = ProtocolCall.fetch.path

    /// Roads with two rows; what the office has recorded of the first does not fit what it gives.
    private func town(_ damage: (Town, String) throws -> Void, _ rules: Rules = Rules()) throws -> (Town, [String]) {
        let town = try Town()
        town.rules = rules
        try town.join("roads")
        let appeals = try [town.registers(main: "roads"), town.registers(main: "roads")]
        try town.syncAll()
        try damage(town, appeals[0])
        town["roads"].calls = [:]
        return (town, appeals)
    }

    private static func row(_ town: Town, _ appeal: String) throws { try town.misrecord("roads", appeal) }

    private static func sum(_ town: Town, _ appeal: String) throws {
        try town.officeStore.write { transaction in
            guard var stream = try transaction.stream(Space.slice("roads")) else { return }
            stream.digest.add(SHA256.hash([1]))
            try transaction.putStream(stream)
        }
    }

    private func alarms(_ town: Town) throws -> (node: Int, office: Int) {
        (try town.tray(town["roads"].store, .alarm).count, try town.tray(town.officeStore, .alarm).count)
    }

    @Test("is asked about once: then both have one alarm, the next stream is read and own work is sent and seen")
    func once() throws {
        let (town, appeals) = try town(Self.row)
        #expect(try town.sync("roads"))
        #expect(town["roads"].calls[Self.probe] == 1)
        #expect(town["roads"].calls[Self.fetch] == 1)
        #expect(try alarms(town) == (1, 1))
        #expect(try town.tray(town["roads"].store, .repair).isEmpty)
        #expect(town["roads"].link.reading == .waiting)
        let note = try town.notes("roads", appeals[1])
        #expect(try town.syncAll())
        #expect(try town.status(note) == "accepted")
        let place = town["roads"]
        let pending = try place.store.read { try place.department.view(appeals[1], $0, now: town.now).pending }
        #expect(pending.isEmpty, "what the rows show is not shown as unsent")
        try town.registers(main: "roads")
        #expect(try town.syncAll())
        #expect(try town.slice("roads").count == 3)
        #expect(place.calls[Self.probe] == 1, "other rows changed, the difference did not")
        #expect(try alarms(town) == (1, 1))
    }

    @Test("is remembered over a restart, and forgotten when the office has mended its record")
    func mended() throws {
        let (town, _) = try town(Self.row)
        try town.sync("roads")
        town.restart("roads")
        #expect(try town.sync("roads"))
        #expect(town["roads"].calls[Self.probe] == 1)
        #expect(try alarms(town) == (1, 1))
        let found = try town.office.rehash(Space.appeals, after: "", limit: 100, now: town.now)
        #expect(found.broken.isEmpty && found.next == nil)
        #expect(try town.tray(town.officeStore, .repair).count == 1)
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
        #expect(try town["roads"].store.read { try $0.value(Values.difference("slice:roads")) } == nil)
        #expect(town["roads"].calls[Self.probe] == 1)
    }

    @Test("may be of the office's sum alone")
    func sums() throws {
        let (town, _) = try town(Self.sum)
        #expect(try town.sync("roads"))
        #expect(town["roads"].calls[Self.probe] == 1)
        #expect(town["roads"].calls[Self.fetch] == nil)
        #expect(try alarms(town) == (1, 1))
        try town.office.resum(now: town.now)
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
    }

    @Test("without being remembered is asked about for ever")
    func storm() throws {
        var rules = Rules()
        rules.differenceRemembered = false
        let (town, _) = try town(Self.row, rules)
        #expect(throws: Town.Storm.self) { try town.sync("roads") }
    }

    @Test("that comes on top is repaired, also while another one stays")
    func second() throws {
        let (town, appeals) = try town(Self.row)
        try town.sync("roads")
        try town.damage("roads", appeals[1])
        #expect(try town.sync("roads"))
        #expect(try town.held("roads", appeals[1])?.register("index")?.string == "К-2")
        #expect(try town.tray(town["roads"].store, .repair).count == 1)
        #expect(try alarms(town) == (1, 1), "what is left is what was known before")
    }

    @Test("told by one reader again and again with other numbers is one alarm a day")
    func told() throws {
        let (town, _) = try town({ _, _ in })
        func tell(_ stream: String, _ number: UInt8) throws -> Int {
            let line: JSON = [
                "differs": ["stream": .string(stream), "sum": .string(SHA256.hash([number]).hex), "rows": 0]
            ]
            let request = WireRequest(.receipts, body: line.canonicalBytes() + [10])
            return try town.reply(request, peer: "roads").status
        }
        for number in 0..<5 { #expect(try tell("slice:roads", UInt8(number)) == 200) }
        #expect(try tell("slice:water", 1) == 200)
        #expect(try alarms(town).office == 1)
        town.now += 86_400_000
        #expect(try tell("slice:roads", 9) == 200)
        #expect(try alarms(town).office == 2)
    }

    @Test("a page of a comparison from before the reader's position, or of other ranges, is no answer")
    func stale() throws {
        let (town, appeals) = try town({ _, _ in })
        try town.damage("roads", appeals[0])
        var former: [String: WireResponse] = [:]
        var isGiven = false
        town["roads"].intercept = { request, response in
            guard request.path == Self.probe else { return response }
            if let first = former[request.path], !isGiven {
                isGiven = true
                return first
            }
            former[request.path] = response
            return response
        }
        #expect(try town.sync("roads"))
        try town.registers(main: "roads")
        try town.sync("roads")
        try town.damage("roads", appeals[0])
        #expect(try town.sync("roads"))
        #expect(isGiven)
        #expect(try town.agrees("roads"))
        #expect(try alarms(town) == (0, 0))
    }
}

@Suite("The office's pass over its own rows")
struct OfficeRehashTests {
    @Test("finds a row whose bytes changed on the disk, alarms once and changes nothing")
    func broken() throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        try town.officeStore.write { transaction in
            var row = try #require(try transaction.row(Space.appeals, generation: 0, key: appeal))
            var aggregate = try row.aggregate()
            aggregate[.registers, "index"] = Item(value: "К-666", write: "office#00000000:1", commit: 1)
            row.bytes = aggregate.bytes
            try transaction.putRow(Space.appeals, generation: 0, row)
        }
        for _ in 0..<2 {
            #expect(try town.office.rehash(Space.appeals, after: "", limit: 9, now: town.now).broken == [appeal])
        }
        #expect(try town.tray(town.officeStore, .alarm).map(\.subject) == [appeal])
        #expect(try town.tray(town.officeStore, .repair).isEmpty)
    }

    @Test("goes on where its last chunk ended, over every space")
    func chunks() throws {
        let town = try Town("roads")
        for _ in 0..<5 { try town.registers(main: "roads") }
        var seen = 0
        for space in try town.office.spaces() {
            var after: String? = ""
            while let key = after {
                let found = try town.office.rehash(space, after: key, limit: 2, now: town.now)
                #expect(found.broken.isEmpty)
                after = found.next
                seen += 1
            }
        }
        #expect(try town.office.spaces().contains(Space.reference))
        #expect(seen > 5)
        try town.office.resum(now: town.now)
        #expect(try town.tray(town.officeStore, .repair).isEmpty)
    }
}

extension Town {
    /// What the office has recorded as the digest of a row is of other bytes than those that it gives.
    func misrecord(_ name: String, _ appeal: String) throws {
        try officeStore.write { transaction in
            guard var stream = try transaction.stream(Space.slice(name)),
                var tenure = try transaction.tenure(stream.name, key: appeal)
            else { return }
            stream.digest.subtract(tenure.digest)
            tenure.digest = SHA256.hash(Array("another program".utf8))
            stream.digest.add(tenure.digest)
            try transaction.putTenure(tenure)
            try transaction.putStream(stream)
        }
    }
}
