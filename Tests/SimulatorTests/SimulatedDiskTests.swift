import Replication
import Storage
import Testing

@testable import SimulatedDisk

@Suite("A simulated disk")
struct SimulatedDiskTests {
    private let none: (Int) -> Int = { _ in 0 }
    private let all: (Int) -> Int = { $0 - 1 }

    private func open(_ disk: SimulatedDisk, _ name: String = "file", isJournal: Bool = true) throws -> OpenFile {
        try #require(disk.open(name, create: true, isJournal: isJournal, deletesOnClose: false))
    }

    private func write(_ disk: SimulatedDisk, _ bytes: [UInt8], synced: Bool) throws {
        let file = try open(disk)
        #expect(file.write(bytes, at: file.file.content.count) == 0)
        if synced { #expect(file.sync() == 0) }
        file.close()
    }

    private func contents(_ disk: SimulatedDisk) throws -> [UInt8] {
        let file = try open(disk)
        defer { file.close() }
        return file.file.content
    }

    @Test("keeps what was synced over a power cut, and loses what was not")
    func unsynced() throws {
        let disk = SimulatedDisk()
        try write(disk, [1, 2, 3], synced: true)
        try write(disk, [4, 5, 6], synced: false)
        #expect(try contents(disk) == [1, 2, 3, 4, 5, 6], "a reader sees what was written")
        disk.restart(none)
        #expect(try contents(disk) == [1, 2, 3])
    }

    @Test("may also keep what was not synced")
    func kept() throws {
        let disk = SimulatedDisk()
        try write(disk, [1, 2, 3], synced: true)
        try write(disk, [4, 5, 6], synced: false)
        disk.restart(all)
        #expect(try contents(disk) == [1, 2, 3, 4, 5, 6])
    }

    @Test("tears a write at sectors of 512 bytes, wherever it began")
    func torn() throws {
        let disk = SimulatedDisk()
        try write(disk, [UInt8](repeating: 1, count: 700), synced: true)
        let file = try open(disk)
        _ = file.write([UInt8](repeating: 2, count: 1_000), at: 100)
        file.close()
        // Torn; then of the sectors 100..<512, 512..<1024, 1024..<1100 only the second.
        var draws = [1, 1, 0, 1][...]
        disk.restart { _ in draws.popFirst() ?? 0 }
        let ones = [UInt8](repeating: 1, count: 512)
        #expect(try contents(disk) == ones + [UInt8](repeating: 2, count: 512))
        #expect(disk.counts["torn"] == 1)
    }

    @Test("forgets a new name that was never synced, and brings back a deleted one")
    func names() throws {
        let disk = SimulatedDisk()
        let old = try open(disk, "old")
        #expect(old.sync() == 0)
        old.close()
        try open(disk, "new", isJournal: false).close()
        #expect(disk.delete("old", syncsNames: false) == 0)
        disk.restart(none)
        #expect(disk.exists("old"))
        #expect(!disk.exists("new"))
        #expect(disk.delete("old", syncsNames: true) == 0)
        disk.restart(none)
        #expect(!disk.exists("old"))
    }

    @Test("never makes durable what a sync failed on, even if the next one succeeds")
    func failedSync() throws {
        let disk = SimulatedDisk()
        let file = try open(disk)
        _ = file.write([1], at: 0)
        #expect(file.sync() == 0)
        _ = file.write([2], at: 0)
        disk.fail(.sync, at: 1)
        #expect(file.sync() == DiskCode.sync)
        #expect(file.sync() == 0)
        #expect(file.file.content == [2])
        file.close()
        disk.restart(all)
        #expect(try contents(disk) == [1])
    }

    @Test("does nothing any more once its power is gone, until it is restarted")
    func off() throws {
        let disk = SimulatedDisk()
        let file = try open(disk)
        disk.fail(.power, at: 2)
        #expect(file.write([1], at: 0) == 0)
        #expect(file.write([2], at: 1) == DiskCode.write)
        #expect(disk.isOff)
        #expect(file.sync() == DiskCode.sync)
        var byte: UInt8 = 0
        #expect(file.read(&byte, 1, at: 0) == DiskCode.read)
        file.close()
        #expect(disk.open("file", create: true, isJournal: true, deletesOnClose: false) == nil)
        disk.restart(all)
        #expect(try contents(disk) == [1, 2], "what was under way may have arrived")
    }

    // MARK: the store on it

    private func store(_ disk: SimulatedDisk) throws -> SQLiteStore {
        try SQLiteStore.open(directory: "/node", create: true, vfs: disk.name, readers: 1)
    }

    /// The kind of the error of a write, nil if it succeeded.
    private func refusal(_ store: SQLiteStore, _ key: String) -> StoreError.Kind? {
        do {
            try store.write { try $0.setValue(key, key) }
            return nil
        } catch { return (error as? StoreError)?.kind }
    }

    /// Cuts the power at each change of one commit in turn; `below` draws what survives.
    private func cuts(_ below: (Int) -> Int) throws {
        var cut = 0
        var isDone = false
        while !isDone {
            cut += 1
            let disk = SimulatedDisk()
            var store = try self.store(disk)
            try store.write { try $0.setValue("told", "told") }
            disk.fail(.power, at: cut)
            isDone = refusal(store, "next") == nil
            let wasCut = disk.isOff
            try store.close()
            if !disk.isOff { disk.heal() }
            disk.restart(below)
            store = try self.store(disk)
            #expect(try store.read { try $0.value("told") } == "told", "cut at \(cut)")
            if isDone { #expect(try store.read { try $0.value("next") } == "next", "cut at \(cut)") }
            #expect(try store.integrityCheck() == [])
            #expect(wasCut != isDone)
            try store.close()
        }
        #expect(cut > 3, "a commit has several steps")
    }

    @Test("leaves a store whole, with every commit that was told, wherever the power is cut")
    func commits() throws {
        try cuts(none)
        try cuts(all)
        for seed in 0..<4 {
            var state = UInt64(seed)
            try cuts { bound in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int(state >> 33) % bound
            }
        }
    }

    @Test("says that it is full, and takes writes again once there is room")
    func full() throws {
        let disk = SimulatedDisk()
        let store = try self.store(disk)
        disk.fail(.full, at: 1)
        #expect(refusal(store, "a") == .full)
        #expect(refusal(store, "a") == .full)
        disk.heal()
        #expect(refusal(store, "a") == nil)
        #expect(try store.read { try $0.value("a") } == "a")
        try store.close()
    }

    @Test("fails one write, sync or read, and the store tells it", arguments: [DiskFault.write, .sync])
    func errors(_ fault: DiskFault) throws {
        let disk = SimulatedDisk()
        let store = try self.store(disk)
        disk.fail(fault, at: 1)
        #expect(refusal(store, "a") == .io)
        #expect(try store.read { try $0.value("a") } == nil)
        #expect(refusal(store, "b") == nil)
        try store.close()
        disk.restart(none)
        let again = try self.store(disk)
        #expect(try again.read { [try $0.value("a"), try $0.value("b")] } == [nil, "b"])
        try again.close()
    }

    @Test("fails while deleted content is wiped, and the store says that it was the disk")
    func wiping() throws {
        let disk = SimulatedDisk()
        let store = try self.store(disk)
        for number in 0..<20 { #expect(refusal(store, "key \(number)") == nil) }
        #expect(try store.checkpoint())
        // Whatever reads a page: SQLite itself or our own pass over the gaps.
        var failures = 0
        for place in 1...8 {
            // Something to wipe: without it nothing is read.
            #expect(refusal(store, "again \(place)") == nil)
            disk.fail(.read, at: place)
            do { _ = try store.checkpoint() } catch let error as StoreError {
                #expect(error.kind == .io, "a running node ends on it")
                failures += 1
            }
            disk.heal()
        }
        #expect(failures > 0)
        #expect(try store.checkpoint())
        try store.close()
    }

    @Test("has a byte changed behind the store's back, and the store finds it")
    func corrupted() throws {
        let disk = SimulatedDisk()
        let store = try self.store(disk)
        for number in 0..<200 { #expect(refusal(store, "key \(number)") == nil) }
        try store.close()
        let path = "/node/kartoteka.sqlite"
        let size = try #require(disk.size(path))
        // The kind of each page after the first.
        for page in stride(from: 16_384, to: size, by: 16_384) { #expect(disk.corrupt(path, at: page)) }
        #expect(!disk.corrupt(path, at: size))
        let again = try self.store(disk)
        #expect(try again.integrityCheck() != [])
        try again.close()
    }
}
