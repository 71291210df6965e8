import Cryptography
import Glibc
import Replication
import Testing

@testable import Storage

@Suite("the files of the SQLite store")
struct SQLiteFilesTests {
    @Test("a copy of the files taken in the middle of a write holds every transaction acknowledged before")
    func crash() throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory + "/live", create: true)
            for round in 0..<30 {
                try store.write { transaction in
                    for number in 0..<20 {
                        try transaction.putRow(
                            "s",
                            generation: 0,
                            row("\(round)-\(number)", String(repeating: "é", count: 900))
                        )
                    }
                    try transaction.setSeriesLast("acknowledged", Int64(round + 1))
                }
                guard round % 6 == 5 else { continue }
                let copy = directory + "/copy\(round)"
                try store.write { transaction in
                    for number in 0..<2_000 {
                        try transaction.putRow("s", generation: 1, row("\(number)", "unfinished"))
                    }
                    try Self.copy(store.path, to: copy)
                }
                let crashed = try SQLiteStore.open(directory: copy, create: false)
                try crashed.read { reading throws in
                    #expect(try reading.seriesLast("acknowledged") == Int64(round + 1))
                    #expect(try reading.range("s", generation: 0, from: "", to: "").count == Int64((round + 1) * 20))
                }
                #expect(try crashed.integrityCheck().isEmpty)
                try crashed.close()
            }
            try store.close()
        }
    }

    /// What a killed process leaves: the files as they are; the shared memory dies with the processes.
    private static func copy(_ from: String, to directory: String) throws {
        try StoreDirectory.make(directory)
        for name in ["kartoteka.sqlite", "kartoteka.sqlite-wal"] {
            let bytes = contents(from + "/" + name)
            let file = Glibc.open(directory + "/" + name, O_WRONLY | O_CREAT, 0o600)
            #expect(write(file, bytes, bytes.count) == bytes.count)
            Glibc.close(file)
        }
    }

    /// Nothing in this target sets the umask: with the usual 022 a file that went by it would be 644.
    @Test("every file is made with mode 600, whatever the umask, and no connection makes one")
    func modes() throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory + "/store", create: true)
            try store.write { try $0.setValue("a", "b") }
            _ = try store.backup(to: directory + "/backup")
            try store.readCopy { _ in
                for folder in ["store", "backup"] {
                    for name in names(in: directory + "/" + folder) {
                        var found = stat()
                        #expect(lstat(directory + "/" + folder + "/" + name, &found) == 0)
                        #expect(found.st_mode & 0o7777 == 0o600, "\(folder)/\(name)")
                    }
                }
            }
            let made = names(in: directory + "/store")
            #expect(made.count >= 4 && made.contains("kartoteka.sqlite-wal"), "\(made)")
            try store.close()
            let none = directory + "/none.sqlite"
            #expect(throws: StoreError.self) { try Connection(none) }
            #expect(!StoreDirectory.exists(none))
        }
    }

    @Test("a word of a purged appeal is in no file once the checkpoint is complete", arguments: [1, 2, 3])
    func canary(_ seed: UInt64) throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory, create: true)
            let word = "canary-4711"
            func key(_ number: Int) -> String { SHA256.hash(Array("\(seed) \(number)".utf8)).hex }
            func text(_ number: Int, _ length: Int) -> String {
                (number % 3 == 0 ? word : "others") + String(repeating: "x", count: 50 + (number * length) % 3_000)
                    + (number % 51 == 0 ? String(repeating: "y", count: 30_000 + length) + word : "")
            }
            // Written, changed to other lengths and shuffled, so that pages split and cells move.
            for (round, length) in [37, 911, 173].enumerated() {
                for batch in 0..<15 {
                    try store.write { transaction in
                        for number in (batch * 60)..<(batch * 60 + 60) {
                            let index = (number % 3 == 0 ? word : "К") + "\(number)/\(round)"
                            let name = key(number) + (number % 3 == 0 ? word : "")
                            try transaction.putRow("s", generation: 0, row(name, text(number, length), index: index))
                            try transaction.putStub(StubRecord(appeal: name, bytes: Array(index.utf8), at: 1, kept: 1))
                            var record = operation(author, Int64(number) + 1, appeal: name)
                            record.bytes = Array(text(number, length + 1).utf8)
                            try transaction.putOperation(record)
                            try transaction.putTenure(tenure("t", name))
                        }
                    }
                }
            }
            #expect(Self.files(of: directory, contain: word))
            try store.write { transaction in
                for number in stride(from: 0, to: 900, by: 3) {
                    let name = key(number) + word
                    try transaction.deleteRow("s", generation: 0, key: name)
                    try transaction.deleteStub(name)
                    var record = operation(author, Int64(number) + 1, appeal: nil)
                    record.bytes = []
                    try transaction.putOperation(record)
                }
            }
            try store.withWriter { try $0.execute("DELETE FROM tenure WHERE key LIKE '%\(word)%'") }
            #expect(try store.checkpoint())
            // Written again from the cache, a page must not bring back what was wiped.
            try store.write { transaction in
                for number in 0..<900 where number % 3 != 0 {
                    let index = "К\(number)/again"
                    try transaction.putRow("s", generation: 0, row(key(number), text(number, 5), index: index))
                    try transaction.putStub(StubRecord(appeal: key(number), bytes: Array(index.utf8), at: 2, kept: 1))
                    // As long as before: SQLite then patches the page where it is, with all that is in its free space.
                    var record = operation(author, Int64(number) + 1, appeal: key(number))
                    record.bytes = Array(text(number, 174).utf8.dropLast()) + [UInt8(ascii: "z")]
                    try transaction.putOperation(record)
                }
            }
            #expect(try store.checkpoint())
            #expect(try store.integrityCheck().isEmpty)
            #expect(store.fileSizes.writeAheadLog == 0)
            #expect(!Self.files(of: directory, contain: word))
            #expect(try store.read { try $0.count("s", generation: 0, filter: ListFilter()) } == 600)
            try store.close()
            #expect(!Self.files(of: directory, contain: word))
        }
    }

    private static func files(of directory: String, contain word: String) -> Bool {
        names(in: directory).contains { name in
            contents(directory + "/" + name).contains(Array(word.utf8))
        }
    }

    @Test("the log stays below 64 MiB although a reader is always there")
    func steadyReaders() throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory, create: true)
            let readers = (0..<3).map { _ in Neighbour() }
            for reader in readers {
                reader.start {
                    // Each holds its snapshot while the others take theirs: there is no moment without one.
                    while try store.read({ reading throws in
                        let isGoingOn = try reading.value("end") == nil
                        usleep(20_000)
                        return isGoingOn
                    }) {}
                    return nil
                }
            }
            var largest: Int64 = 0
            for batch in 0..<60 {
                try store.write { transaction in
                    for number in 0..<64 {
                        let text = String(repeating: "\(batch % 10)", count: 30_000)
                        try transaction.putRow(
                            "s",
                            generation: 0,
                            row("\(batch % 4)-\(number)", text, commit: Int64(batch))
                        )
                    }
                }
                largest = max(largest, store.fileSizes.writeAheadLog)
            }
            try store.write { try $0.setValue("end", "") }
            for reader in readers { _ = reader.wait() }
            #expect(largest > 24 << 20, "the test writes enough to matter")
            #expect(largest < 64 << 20)
            try store.close()
        }
    }

    @Test("a backup taken between writes is verified, and opens as a store")
    func backup() throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory + "/live", create: true)
            try store.write { transaction in
                for number in Int64(1)...500 {
                    var record = operation(author, number)
                    record.bytes = [UInt8](repeating: 7, count: 20_000)
                    try transaction.putOperation(record)
                }
            }
            let writing = Neighbour()
            writing.start {
                for number in 501...600 { try store.write { try $0.putOperation(operation(author, Int64(number))) } }
                return nil
            }
            let backup = try store.backup(to: directory + "/backup")
            _ = writing.wait()
            #expect((500...600).contains(backup.operations))
            #expect(names(in: directory + "/backup") == ["kartoteka.sqlite"])
            let bytes = contents(backup.path)
            #expect(SHA256.hash(bytes).hex == backup.sha256)
            #expect(backup.bytes == Int64(bytes.count))
            #expect(throws: StoreError.self) { try store.backup(to: directory + "/backup") }
            let restored = try SQLiteStore.open(directory: directory + "/backup", create: false)
            let found = try restored.read { try $0.operations(author, after: 0, limit: 999) }
            #expect(found.map(\.number) == Array(1...backup.operations))
            try restored.close()
            try store.close()
        }
    }

    @Test("a broken page is told as corrupt, and found by the check")
    func corruption() throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory, create: true)
            try store.write { transaction in
                for number in 0..<300 {
                    try transaction.putRow("s", generation: 0, row("k\(number)", String(repeating: "x", count: 2_000)))
                }
            }
            try store.close()
            let path = directory + "/kartoteka.sqlite"
            let size = contents(path).count
            let file = Glibc.open(path, O_WRONLY)
            let noise = [UInt8](repeating: 0xA5, count: 16_384)
            for page in 10..<(size / 16_384) where page % 3 == 0 { pwrite(file, noise, noise.count, page * 16_384) }
            Glibc.close(file)
            let broken = try SQLiteStore.open(directory: directory, create: false)
            #expect(try !broken.integrityCheck().isEmpty)
            let failure = #expect(throws: StoreError.self) {
                try broken.read { try $0.rows("s", generation: 0, after: "", limit: 999) }
            }
            #expect(failure?.kind == .corrupt)
            try broken.close()
        }
    }
}
