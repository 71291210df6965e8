import Appeals
import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Replication

/// Snapshots.
extension StreamTests {
    func snapshot(_ town: Town, after: String, limit: Int) throws -> WireResponse {
        try town.reply(
            WireRequest(
                .snapshot,
                query: [
                    ("stream", Space.slice("roads")), ("epoch", town.epoch), ("after", after), ("limit", String(limit)),
                ]
            ),
            peer: "roads"
        )
    }

    /// The first page of a snapshot lies staged on the department's disk; gives its commit.
    @discardableResult
    func stage(_ town: Town, limit: Int) throws -> Int64 {
        let stream = Space.slice("roads")
        let body = try snapshot(town, after: "", limit: limit).body
        let page = try #require(VerifiedReply(body, key: TwinSigner("office").publicKey, verifier: TwinVerifier()))
        let begun = Position(
            stream: stream,
            epoch: town.epoch,
            sequence: page.reply["head"]?.integer ?? 0,
            mark: page.reply["mark"]?.string ?? ""
        )
        let commit = page.reply["commit"]?.integer ?? 0
        _ = try town["roads"].department.applySnapshot(
            page,
            stream: stream,
            after: "",
            begun: begun,
            commit: commit,
            now: town.now
        )
        return commit
    }

    @Test("a snapshot comes in pages in key order, and ends with the last row")
    func snapshotPages() throws {
        let (town, appeals) = try town(appeals: 5)
        var keys: [String] = []
        var after: String? = ""
        while let from = after {
            let response = try snapshot(town, after: from, limit: 2)
            keys += try town.lines(response).compactMap { $0["row"]?["id"]?.string }
            after = town.last(response)["next"]?.string
        }
        #expect(keys == appeals)
    }

    @Test("what a power cut left of the former generation goes when the node starts again")
    func formerGeneration() throws {
        let (town, appeals) = try town(appeals: 6)
        try town.sync("roads")
        let former = try town.position("roads").generation
        let backup = town.officeStore.copy()
        try town.act("note.added", appeals[0], by: "olena", "registrar", personal: ["text": "Після копії"])
        try town.sync("roads")
        try town.restoreOffice(to: backup)
        // The last page is applied; the power goes before the rows of the former generation are gone through.
        try stage(town, limit: 100)
        #expect(try town.position("roads").generation == former + 1)
        town.restart("roads")
        town["roads"].intercept = { _, response in response }
        #expect(try town.sync("roads"))
        #expect(
            try town["roads"].store.read {
                try $0.rows(Space.slice("roads"), generation: former, after: "", limit: 10).isEmpty
            }
        )
        try town.sync("roads")
        #expect(try town.agrees("roads"))
        #expect(
            try town.confirmed(appeals[0]).items(.facts).contains { $0.item.value["text"]?.string == "Після копії" }
        )
    }

    @Test("a snapshot goes on after a restart where it was left, and pulling makes good what changed meanwhile")
    func resumed() throws {
        let (town, appeals) = try town(appeals: 6)
        try stage(town, limit: 2)
        try town.act("note.added", appeals[0], by: "olena", "registrar", personal: ["text": "Нове"])
        try town.act("note.added", appeals[5], by: "olena", "registrar", personal: ["text": "Нове"])
        town.restart("roads")
        town["roads"].intercept = { _, response in response }
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
        #expect(try town.tray(town["roads"].store, .repair).isEmpty)
    }

    @Test(
        "so does one that a reader below the floor began: what it has staged is neither counted twice nor kept though it left"
    )
    func resumedBelowTheFloor() throws {
        let (town, appeals) = try town(appeals: 6)
        try town.sync("roads")
        for _ in 0..<20 { try town.act("note.added", appeals[0], by: "olena", "registrar", personal: ["text": "x"]) }
        town.now += ReplicationLimits.readerAbsence + 60_000
        _ = try town.office.upkeep(now: town.now, keep: 0)
        try stage(town, limit: 2)
        try town.act("note.added", appeals[0], by: "olena", "registrar", personal: ["text": "Нове"])
        town.restart("roads")
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
        #expect(try town.tray(town["roads"].store, .repair).isEmpty)
        #expect(town["roads"].calls[ProtocolCall.probe.path] == nil)
    }

    @Test("a resumed snapshot counts as seen only what its first page had: an own edit does not flicker")
    func resumedCommit() throws {
        let (town, appeals) = try town(appeals: 3)
        let commit = try stage(town, limit: 1)
        let stream = Space.slice("roads")
        try town.act("note.added", appeals[0], by: "olena", "registrar", personal: ["text": "Нове"])
        town.restart("roads")
        var last: Int64 = 0
        town["roads"].intercept = { request, response in
            if request.path.hasSuffix("pull"), request["stream"] == stream, last == 0 {
                last = (try? town.position("roads").commit) ?? -1
            }
            return response
        }
        #expect(try town.sync("roads"))
        #expect(last == commit)
        #expect(try town.agrees("roads"))
    }

    @Test("a page of a snapshot that comes twice is staged once")
    func twice() throws {
        let (town, _) = try town(appeals: 3)
        let place = town["roads"]
        let stream = Space.slice("roads")
        func page(_ response: WireResponse) throws -> VerifiedReply {
            try #require(VerifiedReply(response.body, key: TwinSigner("office").publicKey, verifier: TwinVerifier()))
        }
        let first = try page(try snapshot(town, after: "", limit: 2))
        let position = Position(
            stream: stream,
            epoch: town.epoch,
            sequence: first.reply["head"]?.integer ?? 0,
            mark: first.reply["mark"]?.string ?? ""
        )
        let next = try #require(
            try place.department.applySnapshot(
                first,
                stream: stream,
                after: "",
                begun: position,
                commit: 1,
                now: 0
            )
        )
        do {
            _ = try place.department.applySnapshot(
                first,
                stream: stream,
                after: next,
                begun: position,
                commit: 1,
                now: 0
            )
        } catch is Department.ReadProblem {}
        _ = try place.department.applySnapshot(
            page(try snapshot(town, after: next, limit: 2)),
            stream: stream,
            after: next,
            begun: position,
            commit: 1,
            now: 0
        )
        #expect(try town.position("roads").rows == 3)
        #expect(try town.position("roads").digest == town.head(stream).digest)
    }

    @Test("a snapshot under way keeps the entries from its beginning, as long as its last page is younger than a day")
    func pinned() throws {
        let (town, appeals) = try town(appeals: 3)
        let first = try snapshot(town, after: "", limit: 1)
        let begun = town.last(first)["head"]?.integer ?? 0
        let half: Int64 = 20 * 3_600_000
        town.now += half
        let second = try snapshot(town, after: town.last(first)["next"]?.string ?? "", limit: 1)
        #expect(second.status == 200)
        town.now += half
        try town.officeStore.write { transaction in
            var reader = try #require(try transaction.reader("roads", Space.slice("roads")))
            reader.sequence = 1_000
            try transaction.putReader(reader)
        }
        for _ in 0..<5 { try town.act("note.added", appeals[0], by: "olena", "registrar", personal: ["text": "x"]) }
        _ = try town.office.upkeep(now: town.now, keep: 0)
        #expect(try town.head(Space.slice("roads")).floor <= begun)
        town.now += 2 * half
        _ = try town.office.upkeep(now: town.now, keep: 0)
        #expect(try town.head(Space.slice("roads")).floor == 8)
    }

    @Test(
        "what a snapshot no longer holds left this node: it gets a stub and a receipt with the own operations that stay"
    )
    func unlisted() throws {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        let other = try town.registers(main: "roads")
        try town.syncAll()
        try town.notes("roads", appeal)
        try town.sync("roads")
        let offline = town["roads"].store.copy()
        try town.assigns(appeal, main: "water")
        for _ in 0..<5 { try town.act("note.added", other, by: "olena", "registrar", personal: ["text": "x"]) }
        try town.officeStore.write { transaction in
            let head = try #require(try transaction.stream(Space.slice("roads"))).head
            try transaction.putReader(
                ReaderRecord(node: "roads", stream: Space.slice("roads"), sequence: head, at: town.now)
            )
        }
        _ = try town.office.upkeep(now: town.now, keep: 0)
        town.restart("roads", on: offline)
        #expect(try town.syncAll())
        #expect(try town.slice("roads") == [other])
        let purge = try #require(try town.purge("roads", appeal))
        #expect(purge.state == .paid && purge.kept == 1)
        if case .leave = try #require(PurgeReceipt(purge.bytes)).content.answered {
            Issue.record("it was found missing")
        }
        #expect(try offline.read { try $0.stub(appeal) } != nil)
        #expect(try town.agrees("roads"))
    }
}
