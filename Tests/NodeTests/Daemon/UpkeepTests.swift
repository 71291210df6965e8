import Appeals
import CanonicalJSON
import Cryptography
import Testing

@testable import Node
@testable import Replication

@Suite("What a running office does between requests", .serialized)
struct UpkeepTests {
    @Test("a reader keeps entries for the days of the setting reader_days, read from the file")
    func readerDays() throws {
        let city = try TestCity()
        try city.initializeOffice(readerDays: 2)
        let daemon = try city.start("center")
        let now = Clock.now()
        let store = daemon.node.store
        try store.write {
            try $0.putReader(ReaderRecord(node: "roads", stream: Space.reference, sequence: 0, at: now))
        }
        let floor = { try store.read { try $0.stream(Space.reference)?.floor } }
        let head = try #require(try store.read { try $0.stream(Space.reference)?.head })
        #expect(head > 0)
        try daemon.upkeep(now: now + 86_400_000, keep: 0)
        #expect(try floor() == 0)
        try daemon.upkeep(now: now + 3 * 86_400_000, keep: 0)
        #expect(try floor() == head)
    }
}
