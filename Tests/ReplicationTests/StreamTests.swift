import Appeals
import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Replication

@Suite("A stream")
struct StreamTests {
    func town(appeals count: Int = 3) throws -> (Town, [String]) {
        let town = try Town("roads")
        return (town, try (0..<count).map { _ in try town.registers(main: "roads") })
    }

    @Test("marks are the first 16 hex digits of SHA-256(former mark, commit, key), and chain")
    func marks() throws {
        let (town, _) = try town()
        let response = try town.officeStore.read { try $0.entries(Space.slice("roads"), after: 0, limit: .max) }
        var mark = ""
        for entry in response {
            mark = String(SHA256.hash(Array("\(mark)\n\(entry.commit)\n\(entry.key)\n".utf8)).hex.prefix(16))
            #expect(entry.mark == mark && StreamMark.next("", commit: 1, key: "x").count == 16)
        }
        #expect(response.map(\.sequence) == [1, 2, 3])
        #expect(try town.head(Space.slice("roads")).mark == mark)
    }

    @Test("a position that is not where the office has it is refused: other mark, ahead, other epoch, malformed")
    func positions() throws {
        let (town, _) = try town()
        func code(_ request: WireRequest) throws -> ErrorCode? { try town.reply(request, peer: "roads").errorCode }
        #expect(try code(town.pull("roads", after: 2)) == nil)
        #expect(try code(town.pull("roads", after: 2, mark: "0000000000000000")) == .evidenceWanted)
        #expect(try code(town.pull("roads", after: 4, mark: "0000000000000000")) == .evidenceWanted)
        // A poll also names where the node stands in its other streams.
        var poll = town.pull("roads", after: 0, mark: "")
        poll.query.append(("reference", "1000"))
        #expect(try code(poll) == .evidenceWanted)
        #expect(try code(town.pull("roads", after: 2, epoch: String(repeating: "0", count: 32))) == .epochChanged)
        for text in ["-1", "", "x", "1e3", "99999999999999999999"] {
            let request = WireRequest(
                .pull,
                query: [("stream", Space.slice("roads")), ("epoch", town.epoch), ("after", text), ("mark", "")]
            )
            #expect(try code(request) == .badRequest, "\(text)")
        }
    }

    @Test("a page ends at its limit, covers from…to, and only at the head carries the digest")
    func pages() throws {
        let (town, _) = try town(appeals: 5)
        let first = try town.reply(town.pull("roads", after: 0, limit: 2), peer: "roads")
        #expect(try town.lines(first).count == 2)
        #expect(
            town.last(first)["from"]?.integer == 0 && town.last(first)["to"]?.integer == 2
                && town.last(first)["digest"] == nil
        )
        let rest = try town.reply(town.pull("roads", after: 2, limit: 500), peer: "roads")
        #expect(town.last(rest)["to"]?.integer == 5 && town.last(rest)["rows"]?.integer == 5)
        #expect(try town.lines(town.reply(town.pull("roads", after: 0, limit: 0), peer: "roads")).count == 1)
    }

    @Test("a page has at most 500 records")
    func mostRecords() throws {
        let (town, _) = try town(appeals: 1)
        let many = try (0..<510).map { _ in try town.registers(main: "roads") }
        #expect(many.count == 510)
        let response = try town.reply(town.pull("roads", after: 0, limit: 9_999), peer: "roads")
        #expect(try town.lines(response).count <= ReplicationLimits.pageRecords)
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
    }

    @Test("a page ends at 1 MiB, and carries one record whatever its size")
    func mostBytes() throws {
        let (town, appeals) = try town(appeals: 2)
        let text = String(repeating: "x", count: Limits.text)
        for appeal in appeals {
            for _ in 0..<30 {
                try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": .string(text)])
            }
        }
        let response = try town.reply(town.pull("roads", after: 0), peer: "roads")
        #expect(response.body.count > ReplicationLimits.pageBytes)
        #expect(try town.lines(response).count == 1)
        let snapshot = WireRequest(
            .snapshot,
            query: [("stream", Space.slice("roads")), ("epoch", town.epoch), ("after", "")]
        )
        #expect(try town.lines(town.reply(snapshot, peer: "roads")).count == 1)
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
    }

    @Test("a long poll waits at the head, and wakes for its own stream, reference, and what concerns the node")
    func longPoll() throws {
        let (town, appeals) = try town()
        try town.sync("roads")
        func waits() throws -> [String]? {
            let slice = try town.position("roads")
            let more = try [("reference", Space.reference), ("node", Space.node("roads"))].map {
                ($0.0, String(try town.position("roads", $0.1).head))
            }
            guard
                case .wait(let streams) = try town.call(
                    town.pull("roads", after: slice.head, wait: 25, more: more),
                    peer: "roads",
                    mayWait: true
                )
            else { return nil }
            return streams
        }
        #expect(try waits() == [Space.slice("roads"), Space.node("roads"), Space.reference])
        try town.reference("department.put", ["department": "gas", "name": "Газ"])
        #expect(try waits() == nil)
        try town.sync("roads")
        #expect(try waits() != nil)
        let changed = try town.office.act(now: town.now) { _ in
            Draft(
                kind: "note.added",
                appeal: appeals[0],
                actor: Actor(user: "olena", role: "registrar"),
                body: [:],
                personal: ["text": "x"]
            )
        }.changed
        #expect(changed == [Space.slice("roads")])
        #expect(try waits() == nil)
        guard
            case .reply = try town.call(
                town.pull("roads", after: town.position("roads").head, wait: 0),
                peer: "roads",
                mayWait: true
            )
        else {
            Issue.record("a pull without wait waits")
            return
        }
    }

    @Test("after compaction a reader below the floor takes a snapshot, one above it goes on")
    func compaction() throws {
        let (town, appeals) = try town(appeals: 2)
        try town.sync("roads")
        for _ in 0..<20 { try town.act("note.added", appeals[0], by: "olena", "registrar", personal: ["text": "x"]) }
        try town.sync("roads")
        // A position is confirmed by the next pull, every two seconds at most.
        town.now += 3_000
        try town.sync("roads")
        _ = try town.office.upkeep(now: town.now, keep: 0)
        let floor = try town.head(Space.slice("roads")).floor
        #expect(floor == 22)
        #expect(try town.reply(town.pull("roads", after: floor), peer: "roads").status == 200)
        #expect(
            try town.reply(town.pull("roads", after: floor - 1, mark: "x"), peer: "roads").errorCode == .snapshotNeeded
        )
        #expect(
            try town.officeStore.read { try $0.entries(Space.slice("roads"), after: 0, limit: .max) }.first?.sequence
                == floor
        )
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
    }

    @Test("a snapshot that a reader below the floor left half done goes on, and no row of it counts twice")
    func snapshotBelowFloor() throws {
        let (town, appeals) = try town(appeals: 6)
        try town.sync("roads")
        for _ in 0..<20 { try town.act("note.added", appeals[0], by: "olena", "registrar", personal: ["text": "x"]) }
        _ = try town.office.upkeep(now: town.now + 1, keep: 0, absence: 0)
        #expect(try town.head(Space.slice("roads")).floor > town.position("roads").head)
        try stage(town, limit: 2)
        town.restart("roads")
        town["roads"].intercept = { _, response in response }
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
        #expect(try town.tray(town["roads"].store, .repair).isEmpty)
    }

    @Test("the floor never goes down, and above it at most one net put of an appeal is kept")
    func net() throws {
        let (town, appeals) = try town(appeals: 1)
        for _ in 0..<10 { try town.act("note.added", appeals[0], by: "olena", "registrar", personal: ["text": "x"]) }
        _ = try town.office.upkeep(now: town.now, keep: 6)
        let floor = try town.head(Space.slice("roads")).floor
        let kept = try town.officeStore.read { try $0.entries(Space.slice("roads"), after: floor, limit: .max) }
        #expect(kept.count == 6 && kept.filter { $0.kind == .put }.count == 1)
        #expect(kept.last?.changed.count == 6)
        _ = try town.office.upkeep(now: town.now, keep: 100)
        #expect(try town.head(Space.slice("roads")).floor == floor)
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
    }
}
