import Appeals
import CanonicalJSON
import Cryptography
import Glibc
import Testing

@testable import Commands
@testable import Desk
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

    @Test("an idle office reads next to nothing, and wipes what is erased within a minute")
    func rest() throws {
        let city = try TestCity()
        try city.initializeOffice(readerDays: 2)
        let daemon = try city.start("center")
        let store = daemon.node.store
        let now = Clock.now()
        try daemon.rest(now: now)
        #expect(!store.hasRemoved)
        try store.write { transaction in
            for number in 0..<500 { try transaction.setValue("filler/\(number)", String(repeating: "x", count: 9_000)) }
        }
        let before = Self.bytesRead()
        for minute in 1...5 { try daemon.rest(now: now + Int64(minute) * 60_000) }
        let read = Self.bytesRead() - before
        #expect(before >= 0 && read * 12 <= 1 << 20, "\(read) bytes in five minutes")
        try store.write { try $0.putErasure("0190d5f0-0000-7000-8000-000000000001", at: now) }
        #expect(store.hasRemoved)
        try daemon.rest(now: now)
        #expect(!store.hasRemoved)
    }

    @Test("an office and a department that wait on each other write nothing, however many polls come and go")
    func idlePair() throws {
        let city = try TestCity()
        try city.initializeOffice()
        let office = try city.start("center")
        try city.addDepartment("roads")
        var configuration = try NodeConfiguration.read(city.path("roads") + "/kartoteka.conf")
        configuration.waitSeconds = 1
        try Files.write(city.path("roads") + "/kartoteka.conf", Array(configuration.text.utf8), doing: Label("a test"))
        let department = try city.start("roads")
        func contact() -> Int64 { department.link?.status.contact ?? 0 }
        // So many polls end with nothing; each is a contact.
        func polls(_ count: Int) throws {
            for _ in 0..<count {
                let former = contact()
                try city.eventually("another poll") { contact() > former }
            }
        }
        let stores = [office.node.store, department.node.store]
        try city.eventually("a department at the head") { office.waiting > 0 && contact() > 0 }
        try polls(2)
        for store in stores { try city.eventually("a wiped store") { try store.checkpoint() && !store.hasChanged } }
        try polls(3)
        #expect(stores.map(\.hasChanged) == [false, false])
    }

    @Test("what is merely changed is wiped once in the quiet hour of a day")
    func quietHour() throws {
        let night = try #require(KyivTime.parse(rfc3339: "2026-05-14T03:20:00+03:00"))
        #expect(NodeDaemon.quietDay(now: night) == "2026-05-14")
        #expect(NodeDaemon.quietDay(now: night + 3_600_000) == nil)
        let city = try TestCity()
        try city.initializeOffice(readerDays: 2)
        let daemon = try city.start("center")
        try daemon.rest(now: night - 3_600_000)
        try daemon.node.store.write { try $0.setValue("filler", "x") }
        try daemon.rest(now: night - 3_600_000)
        #expect(daemon.node.store.hasChanged)
        try daemon.rest(now: night)
        #expect(!daemon.node.store.hasChanged)
    }

    /// Bytes that this thread has read.
    private static func bytesRead() -> Int64 {
        guard let file = fopen("/proc/thread-self/io", "r") else { return -1 }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 200)
        guard let line = fgets(&buffer, 200, file) else { return -1 }
        return Int64(String(cString: line).drop { !$0.isNumber }.prefix { $0.isNumber }) ?? -1
    }
}

extension NodeStore {
    fileprivate var hasRemoved: Bool { scrubbing?.hasRemoved ?? false }
    fileprivate var hasChanged: Bool { scrubbing?.hasChanged ?? false }
    fileprivate func checkpoint() throws -> Bool { try scrubbing?.checkpoint() ?? true }
}
