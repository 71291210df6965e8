import Glibc
import Replication
import Testing

@testable import Storage

@Suite("the SQLite store")
struct SQLiteStoreTests {
    /// Opens a store in a new directory, and closes it: that must always be possible.
    private func withStore(_ body: (SQLiteStore) throws -> Void) throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory, create: true)
            do { try body(store) } catch {
                try store.close()
                throw error
            }
            try store.close()
        }
    }

    private func refusal(_ directory: String, create: Bool = false) -> StoreError? {
        do {
            try SQLiteStore.open(directory: directory, create: create).close()
            return nil
        } catch { return error as? StoreError }
    }

    // MARK: opening

    @Test("makes a directory and files that only its owner can read")
    func modes() throws {
        try withDirectory { directory in
            let path = directory + "/new"
            let store = try SQLiteStore.open(directory: path, create: true)
            try store.write { try $0.setValue("a", "1") }
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o700)
            let names = StorageTests.names(in: path)
            #expect(names == ["kartoteka.lock", "kartoteka.sqlite", "kartoteka.sqlite-shm", "kartoteka.sqlite-wal"])
            for name in names { #expect(stat(path + "/" + name, &status) == 0 && status.st_mode & 0o777 == 0o600) }
            try store.close()
            #expect(StorageTests.names(in: path) == ["kartoteka.lock", "kartoteka.sqlite"], "closing empties the log")
            let again = try SQLiteStore.open(directory: path, create: false)
            #expect(try again.read { try $0.value("a") } == "1")
            try again.close()
        }
    }

    @Test("refuses a directory or a file that others may read", arguments: ["", "/kartoteka.sqlite"])
    func wideModes(_ name: String) throws {
        try withDirectory { directory in
            try SQLiteStore.open(directory: directory, create: true).close()
            chmod(directory + name, name.isEmpty ? 0o750 : 0o640)
            let refusal = refusal(directory, create: true)
            #expect(refusal?.kind == .permission)
            #expect(refusal?.found.contains("chmod") == true)
            chmod(directory + name, name.isEmpty ? 0o700 : 0o600)
            #expect(self.refusal(directory) == nil)
        }
    }

    @Test("refuses a link in place of the database, and a directory without a store")
    func missing() throws {
        try withDirectory { directory in
            #expect(refusal(directory)?.kind == .missing)
            #expect(refusal(directory + "/none")?.kind == .missing)
            #expect(refusal(directory + "/none/below", create: true)?.kind == .missing)
            symlink("/dev/null", directory + "/kartoteka.sqlite")
            #expect(refusal(directory, create: true)?.kind == .permission)
        }
    }

    @Test("is one process's at a time: a second opening is told who has it")
    func locked() throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory, create: true)
            let second = refusal(directory)
            #expect(second?.kind == .locked)
            #expect(second?.found.contains("\(getpid())") == true)
            try store.write { try $0.setValue("still", "works") }
            try store.close()
            #expect(refusal(directory) == nil)
        }
    }

    @Test("refuses a database of a newer program, of another program, and what is no database")
    func versions() throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory, create: true)
            try store.withWriter { try $0.execute("PRAGMA user_version=\(Schema.version + 1)") }
            try store.close()
            #expect(refusal(directory)?.kind == .version)
            let other = try Connection(directory + "/kartoteka.sqlite")
            try other.execute("PRAGMA user_version=1; PRAGMA application_id=7")
            try other.close()
            #expect(refusal(directory)?.kind == .version)
            truncate(directory + "/kartoteka.sqlite", 100)
            #expect(refusal(directory)?.kind == .corrupt)
        }
    }

    @Test("asserts its settings on the writer and on readers")
    func settings() throws {
        try withStore { store throws in
            let wanted = [
                ("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("secure_delete", "1"),
                ("trusted_schema", "0"), ("page_size", "16384"), ("mmap_size", "0"), ("application_id", "1262572116"),
                ("user_version", "\(Schema.version)"),
            ]
            try store.withWriter { writer in
                for (name, value) in wanted {
                    let found = try writer.first("PRAGMA \(name)") { try $0.text(0) }
                    #expect(found == value, "\(name)")
                }
                let reader = try Connection(store.path + "/kartoteka.sqlite")
                try Settings(isWriter: false).apply(to: reader)
                #expect(throws: StoreError.self) { try reader.execute("DELETE FROM value") }
                try reader.close()
            }
        }
        try withDirectory { directory in
            try StoreDirectory.makeFile(directory + "/kartoteka.sqlite", doing: "Making a narrow database")
            let narrow = try Connection(directory + "/kartoteka.sqlite")
            try narrow.execute("PRAGMA page_size=4096; PRAGMA application_id=\(Settings.application)")
            try narrow.close()
            #expect(refusal(directory)?.found.contains("4096") == true)
        }
    }

    // MARK: transactions

    @Test("a read sees one snapshot, the old one, while a write goes on")
    func snapshots() throws {
        try withStore { store throws in
            try store.write { try $0.setValue("a", "old") }
            let other = Neighbour()
            try store.write { transaction in
                try transaction.setValue("a", "new")
                #expect(other.run { try store.read { try $0.value("a") } } == "old")
            }
            try store.read { reading throws in
                #expect(try reading.value("a") == "new")
                _ = other.run {
                    try store.write { try $0.setValue("a", "newer") }
                    return nil
                }
                #expect(try reading.value("a") == "new", "a snapshot does not move")
            }
            #expect(try store.read { try $0.value("a") } == "newer")
        }
    }

    @Test("a failure that the body swallows is not committed, and the store goes on")
    func swallowed() throws {
        try withStore { store throws in
            try store.write { try $0.appendEntry("s", entry(1, "a")) }
            let failure = #expect(throws: StoreError.self) {
                try store.write { transaction in
                    try transaction.setValue("half", "done")
                    do { try transaction.appendEntry("s", entry(1, "secret-key")) } catch {}
                    do { try transaction.setValue("after", "it") } catch {}
                }
            }
            #expect(failure?.kind == .other)
            #expect(failure?.found.contains("INSERT INTO entry") == true)
            #expect(failure?.found.contains("secret-key") == false, "values stay out of messages")
            #expect(try store.read { try $0.value("half") } == nil)
            try store.write { try $0.setValue("after", "it") }
        }
    }

    @Test("a full disk is told as full, and writing goes on once there is room")
    func full() throws {
        try withStore { store throws in
            try store.write { try $0.setValue("a", "1") }
            try store.withWriter { writer in
                let pages = try writer.first("PRAGMA page_count") { $0.integer(0) } ?? 0
                _ = try writer.first("PRAGMA max_page_count=\(pages + 2)") { $0.integer(0) }
            }
            let text = String(repeating: "x", count: 20_000)
            let failure = #expect(throws: StoreError.self) {
                try store.write { transaction in
                    for number in 0..<9 { try transaction.putRow("s", generation: 0, row("k\(number)", text)) }
                }
            }
            #expect(failure?.kind == .full)
            #expect(try store.read { try $0.count("s", generation: 0, filter: ListFilter()) } == 0)
            try store.withWriter { _ = try $0.first("PRAGMA max_page_count=100000") { $0.integer(0) } }
            try store.write { transaction in
                for number in 0..<9 { try transaction.putRow("s", generation: 0, row("k\(number)", text)) }
            }
            #expect(try store.integrityCheck().isEmpty)
        }
    }

    @Test("transactions that nest are a mistake of the program")
    func nesting() async throws {
        // Made and removed out here: a process that traps cleans nothing up.
        let directory = try newDirectory()
        await #expect(processExitsWith: .failure) { [directory = directory as String] in
            let store = try SQLiteStore.open(directory: directory, create: true)
            try store.write { _ in _ = try store.read { try $0.value("a") } }
        }
        remove(directory: directory)
    }

    // MARK: threads

    @Test("serves readers and writers of several threads")
    func threads() throws {
        try withStore { store throws in
            let neighbours = (0..<6).map { _ in Neighbour() }
            for (place, neighbour) in neighbours.enumerated() {
                neighbour.start {
                    for number in 0..<40 {
                        if place < 2 {
                            try store.write { transaction in
                                let last = try transaction.seriesLast("s")
                                try transaction.setSeriesLast("s", last + 1)
                                try transaction.setValue("twin", "\(last + 1)")
                            }
                        } else {
                            try store.read { reading throws in
                                let last = try reading.seriesLast("s")
                                #expect(try reading.value("twin") == (last == 0 ? nil : "\(last)"), "read \(number)")
                            }
                        }
                    }
                    return nil
                }
            }
            for neighbour in neighbours { _ = neighbour.wait() }
            #expect(try store.read { try $0.seriesLast("s") } == 80)
        }
    }
}
