import Appeals
import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Replication

@Suite("Digest and repair")
struct RepairTests {
    private func town(_ count: Int = 40) throws -> (Town, [String]) {
        let town = try Town("roads", "water")
        let appeals = try (0..<count).map { _ in try town.registers(main: "roads") }
        try town.sync("roads")
        town["roads"].calls = [:]
        return (town, appeals)
    }

    private func change(_ town: Town, _ run: (any StoreTransaction, inout StreamRecord) throws -> Void) throws {
        try town["roads"].store.write { transaction in
            var stream = try #require(try transaction.stream(Space.slice("roads")))
            try run(transaction, &stream)
            try transaction.putStream(stream)
        }
    }

    private func repaired(_ town: Town) throws {
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
        #expect(try town.tray(town["roads"].store, .repair).count >= 1)
        #expect(town["roads"].calls[ProtocolCall.snapshot.path] == nil)
        #expect(town["roads"].calls[ProtocolCall.probe.path] ?? 0 <= 4)
    }

    @Test("a byte changed on disk is found by re-hashing and repaired by ranges, without a new snapshot")
    func corrupted() throws {
        let (town, appeals) = try town()
        try change(town) { transaction, stream in
            var row = try #require(try transaction.row(stream.name, generation: stream.generation, key: appeals[17]))
            var aggregate = try row.aggregate()
            aggregate[.registers, "index"] = Item(value: "К-666", write: "office#00000000:1", commit: 1)
            row.bytes = aggregate.bytes
            try transaction.putRow(stream.name, generation: stream.generation, row)
        }
        let found = try town["roads"].department.rehash(stream: Space.slice("roads"), after: "", limit: 100)
        #expect(found.broken == [appeals[17]] && found.next == nil)
        try repaired(town)
        #expect(try town.held("roads", appeals[17])?.register("index")?.string == "К-18")
    }

    @Test("a row that is missing comes back")
    func missing() throws {
        let (town, appeals) = try town()
        try change(town) { transaction, stream in
            let row = try #require(try transaction.row(stream.name, generation: stream.generation, key: appeals[3]))
            try town["roads"].department.remove(row, from: &stream, transaction)
        }
        try town["roads"].store.write {
            try $0.putStub(StubRecord(appeal: appeals[3], bytes: Array("{}".utf8), at: 1, kept: 0))
        }
        try repaired(town)
        #expect(try town.held("roads", appeals[3]) != nil)
        #expect(try town["roads"].store.read { try $0.stub(appeals[3]) } == nil, "it has not gone")
    }

    @Test("a row that the office does not have for this reader is deleted, with a receipt that counts for nothing")
    func surplus() throws {
        let (town, _) = try town()
        let foreign = try town.registers(main: "water")
        try change(town) { transaction, stream in
            let row = Row(try town.confirmed(foreign), tenure: 1)
            try town["roads"].department.replace(nil, with: row, in: &stream, transaction)
        }
        try repaired(town)
        try town.sync("roads")
        #expect(try !town.slice("roads").contains(foreign))
        // The office never said that it may have it: it is owed nothing, and counts nothing.
        #expect(try town["roads"].store.read { try $0.debt(.receipt, node: "roads", subject: foreign)?.state } == .paid)
        #expect(try town.purge("roads", foreign) == nil)
    }

    @Test("an office that is restored in the middle of a repair ends it: the next pull tells of the new epoch")
    func restoredMeanwhile() throws {
        let (town, appeals) = try town()
        try change(town) { transaction, stream in
            let row = try #require(try transaction.row(stream.name, generation: stream.generation, key: appeals[3]))
            try town["roads"].department.remove(row, from: &stream, transaction)
        }
        let backup = town.officeStore.copy()
        var isRestored = false
        town["roads"].intercept = { request, response in
            if !isRestored, request.call == .pull {
                isRestored = true
                town.officeStore = backup
                town.rebuildOffice()
                do { try town.office.declareRestore(now: town.now) } catch { Issue.record(error) }
            }
            return response
        }
        #expect(try town.sync("roads"))
        #expect(isRestored && town["roads"].calls[ProtocolCall.probe.path] == 1)
        #expect(try town.agrees("roads"))
    }

    @Test("ten wrong rows of four hundred are found in few round trips")
    func many() throws {
        let (town, appeals) = try town(400)
        try change(town) { transaction, stream in
            for place in stride(from: 0, to: 400, by: 40) {
                let row = try #require(
                    try transaction.row(stream.name, generation: stream.generation, key: appeals[place])
                )
                try town["roads"].department.remove(row, from: &stream, transaction)
            }
        }
        try repaired(town)
        #expect(town["roads"].calls[ProtocolCall.fetch.path] == 1)
    }

    @Test("a digest that is itself wrong, over rows that are right, comes right without an end of probes")
    func wrongSum() throws {
        let (town, _) = try town(5)
        try change(town) { _, stream in stream.digest.add(SHA256.hash([1])) }
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
    }

    @Test("what a head page with another digest says is visible is believed only once the rows are repaired")
    func differingHead() throws {
        let (town, appeals) = try town(3)
        let before = try town.position("roads")
        try change(town) { transaction, stream in
            let row = try #require(try transaction.row(stream.name, generation: stream.generation, key: appeals[1]))
            try town["roads"].department.remove(row, from: &stream, transaction)
        }
        try town.act("note.added", appeals[0], by: "olena", "registrar", personal: ["text": "Нове"])
        let reply = try town.reply(town.pull("roads", after: before.head), peer: "roads")
        let page = try #require(
            VerifiedReply(reply.body, key: TwinSigner("office").publicKey, verifier: TwinVerifier())
        )
        #expect(try town["roads"].department.apply(page, stream: before.name, now: town.now).difference?.rows == 1)
        #expect(try town.position("roads").head > before.head)
        #expect(try town.position("roads").commit == before.commit)
        try repaired(town)
        #expect(try town.position("roads").commit > before.commit)
    }

    @Test("a fetched row of before the reader's position is dropped and asked again")
    func before() throws {
        let (town, appeals) = try town(3)
        let body = Array(#"{"id":"\#(appeals[0])"}"#.utf8) + [10]
        let old = try town.reply(
            WireRequest(.fetch, query: [("stream", Space.slice("roads"))], body: body),
            peer: "roads"
        )
        try town.act("note.added", appeals[0], by: "olena", "registrar", personal: ["text": "Нове"])
        try town.sync("roads")
        let page = try #require(VerifiedReply(old.body, key: TwinSigner("office").publicKey, verifier: TwinVerifier()))
        let department = town["roads"].department
        #expect(
            try department.repair(page, stream: Space.slice("roads"), asked: [appeals[0]], now: town.now) == nil
        )
        #expect(try town.agrees("roads"))
    }

    @Test("an office refuses more than 256 ranges, none, or what is no range")
    func badProbes() throws {
        let (town, _) = try town(1)
        for body in ["", "{}", #"{"from":""}"#, String(repeating: #"{"from":"","to":""}"# + "\n", count: 257)] {
            let request = WireRequest(
                .probe,
                query: [("stream", Space.slice("roads"))],
                body: Array(body.utf8)
            )
            #expect(try town.reply(request, peer: "roads").errorCode == .badRequest)
        }
    }
}
