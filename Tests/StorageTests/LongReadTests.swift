import Glibc
import Replication
import Testing

@testable import Storage

@Suite("Who reads at length", .serialized)
struct LongReadTests {
    private func withStore(_ body: (SQLiteStore, String) throws -> Void) throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory, create: true)
            do { try body(store, directory) } catch {
                try store.close()
                throw error
            }
            try store.close()
        }
    }

    @Test("may hold one moment for a second, and is told what to do instead")
    func expires() throws {
        try withStore { store, _ in
            let begun = ReadDeadline.now()
            let failure = #expect(throws: StoreError.self) {
                try store.readLong { reading throws in
                    while true {
                        _ = try reading.value("x")
                        usleep(10_000)
                    }
                }
            }
            #expect(failure?.kind == .expired)
            let took = ReadDeadline.now() - begun
            #expect(took >= ReadLimits.milliseconds && took < 3 * ReadLimits.milliseconds, "\(took) ms")
            let value = try store.readLong { try $0.value("x") }
            #expect(value == nil)
        }
    }

    @Test("is stopped in the midst of one statement, too")
    func expiresInside() throws {
        try withStore { store, _ in
            try RestTests.fill(store, rows: 3_000, length: 40)
            // As if the second were over: SQLite asks every thousand steps.
            let connection = try Connection(store.database)
            var log: Int64 = 0
            let deadline = ReadDeadline { log }
            log = ReadLimits.logBytes
            deadline.watch(connection.handle)
            let failure = #expect(throws: StoreError.self) {
                try connection.all("SELECT a.key FROM row a, row b WHERE a.key < b.key") { try $0.text(0) }
            }
            #expect(failure?.found.contains("interrupt") == true)
            connection.deadline = deadline
            #expect(throws: deadline.error) { try connection.run("SELECT 1") }
            try connection.close()
        }
    }

    @Test("does not keep the writer from emptying the log for longer than it may read")
    func besideWriter() throws {
        try withStore { store, _ in
            let reader = Neighbour()
            reader.start {
                do {
                    try store.readLong { reading throws in
                        while true {
                            _ = try reading.value("x")
                            usleep(5_000)
                        }
                    }
                } catch let error as StoreError { return error.kind.rawValue }
                return nil
            }
            usleep(50_000)
            var longest: Int64 = 0
            for _ in 0..<20 {
                let begun = ReadDeadline.now()
                try RestTests.fill(store, rows: 100, length: 20_000)
                longest = max(longest, ReadDeadline.now() - begun)
            }
            #expect(reader.wait() == "expired")
            #expect(longest < 1_000, "\(longest) ms")
            try RestTests.fill(store, rows: 3_000)
            #expect(try store.checkpoint())
            #expect(store.fileSizes.writeAheadLog == 0)
        }
    }

    @Test("reads a list in pages, each of a moment of its own, and learns what changed meanwhile")
    func pages() throws {
        try withStore { store, _ in
            try RestTests.fill(store, rows: 250, length: 10)
            var read: [String] = []
            func page(_ reading: any StoreReading, _ after: String) throws -> (items: [String], next: String?) {
                let rows = try reading.rows("s", generation: 0, after: after, limit: 100)
                return (rows.map(\.key), rows.count == 100 ? rows[99].key : nil)
            }
            let changed = try store.readPages(page) { keys in
                read += keys
                // No snapshot is held here: this very thread may write.
                try store.write { try $0.putRow("s", generation: 0, row("k00", "new")) }
            }
            #expect(read.count == 250)
            #expect(Set(read).count == 250)
            #expect(changed == 3)
            #expect(try store.readPages(page) { _ in } == 0)
        }
    }

    @Test("reads one moment from a copy that only its owner sees, and that is wiped at the end")
    func copy() throws {
        try withStore { store, directory in
            try RestTests.fill(store, rows: 300, length: 100)
            let file = directory + "/" + PrivateCopy.name
            try store.readCopy { reading throws in
                try store.write { try $0.deleteRow("s", generation: 0, key: "k7") }
                #expect(try reading.row("s", generation: 0, key: "k7") != nil)
                var status = stat()
                #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
                #expect(try !store.checkpoint(), "what was deleted is still in the copy")
                #expect(store.hasRemoved)
            }
            #expect(!StoreDirectory.exists(file))
            #expect(try store.checkpoint())
            #expect(!store.hasRemoved)
            struct Failed: Error {}
            #expect(throws: Failed.self) { try store.readCopy { _ in throw Failed() } }
            #expect(!StoreDirectory.exists(file))
        }
    }

    @Test("leaves nothing when the process dies: the next start wipes the copy")
    func leftCopy() throws {
        try withDirectory { directory in
            try SQLiteStore.open(directory: directory, create: true).close()
            let file = directory + "/" + PrivateCopy.name
            let descriptor = Glibc.open(file, O_WRONLY | O_CREAT, 0o600)
            let words = Array("words of a citizen".utf8)
            #expect(write(descriptor, words, words.count) == words.count)
            // Who has the file open sees what becomes of its bytes.
            let watching = Glibc.open(file, O_RDONLY)
            try SQLiteStore.open(directory: directory, create: false).close()
            var bytes = [UInt8](repeating: 1, count: words.count)
            #expect(pread(watching, &bytes, bytes.count, 0) == words.count)
            #expect(bytes.allSatisfy { $0 == 0 })
            Glibc.close(descriptor)
            Glibc.close(watching)
            #expect(!StoreDirectory.exists(file))
        }
    }

    @Test("a deletion is remembered over a restart until its words are wiped; reading marks nothing")
    func marks() throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory, create: true)
            try RestTests.fill(store, rows: 10)
            #expect(try store.checkpoint())
            #expect(!store.hasChanged)
            _ = try store.read { try $0.value("x") }
            try store.write { _ = try $0.value("x") }
            #expect(!store.hasChanged)
            try RestTests.fill(store, rows: 10)
            #expect(store.hasChanged && !store.hasRemoved)
            try store.write { try $0.deleteRow("s", generation: 0, key: "k3") }
            #expect(store.hasRemoved)
            try store.close()
            let again = try SQLiteStore.open(directory: directory, create: false)
            #expect(again.hasRemoved)
            #expect(try again.checkpoint())
            #expect(!again.hasChanged)
            try again.close()
        }
    }
}
