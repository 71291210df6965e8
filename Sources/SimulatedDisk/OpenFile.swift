import CSQLite

/// A file as one connection has it open: what SQLite calls on it.
final class OpenFile {
    let disk: SimulatedDisk
    let name: String
    let file: DiskFile
    /// The first sync of a new journal makes the names of its directory durable, as SQLite's own VFS does.
    var syncsNames: Bool
    /// The lock that this connection holds on the file, one of SQLite's five levels.
    var level = SQLITE_LOCK_NONE
    /// The index of the log, once this connection has mapped it.
    private(set) var memory: SharedMemory?
    /// Locks on the index that this connection holds: place and mode.
    private var held: [Int: Int32] = [:]

    init(_ disk: SimulatedDisk, _ name: String, _ file: DiskFile, syncsNames: Bool) {
        self.disk = disk
        self.name = name
        self.file = file
        self.syncsNames = syncsNames
    }

    // MARK: bytes

    /// Fills the buffer; behind the end of the file come zeros and `shortRead`, which SQLite expects of a new file.
    func read(_ buffer: UnsafeMutableRawPointer, _ count: Int, at offset: Int) -> Int32 {
        if let trouble = disk.begin(.read) { return trouble.code(.read) }
        let there = max(0, min(count, file.content.count - offset))
        file.content.withUnsafeBytes { bytes in
            if there > 0, let start = bytes.baseAddress { buffer.copyMemory(from: start + offset, byteCount: there) }
        }
        guard there < count else { return SQLITE_OK }
        // NB: SQLite wants the rest zeroed.
        (buffer + there).initializeMemory(as: UInt8.self, repeating: 0, count: count - there)
        return DiskCode.shortRead
    }

    /// A write that fails leaves its first half, as a real one may; with no room it changes nothing.
    func write(_ bytes: [UInt8], at offset: Int) -> Int32 {
        switch disk.begin(.write, grows: offset + bytes.count > file.content.count) {
        case .none: file.change(.write(offset: offset, bytes: bytes))
        case .off: return DiskCode.write
        case .full: return SQLITE_FULL
        case .power:
            // It was under way: as much of it survives as of any other that was not synced.
            file.change(.write(offset: offset, bytes: bytes))
            return DiskCode.write
        case .fails:
            file.change(.write(offset: offset, bytes: Array(bytes.prefix(bytes.count / 2))))
            return DiskCode.write
        }
        return SQLITE_OK
    }

    func truncate(_ size: Int) -> Int32 {
        let trouble = disk.begin(.truncate)
        if trouble == nil || trouble == .power { file.change(.truncate(size: size)) }
        return trouble?.code(.truncate) ?? SQLITE_OK
    }

    /// After a failure the file's changes are lost for good, whatever later syncs say: whoever goes on as if they were
    /// kept is found out.
    func sync() -> Int32 {
        if let trouble = disk.begin(.sync) {
            if trouble == .fails { file.failSync() }
            return trouble.code(.sync)
        }
        file.sync()
        if syncsNames { disk.syncNames() }
        syncsNames = false
        return SQLITE_OK
    }

    // MARK: locks

    /// Raises the lock, or says `SQLITE_BUSY`; nobody waits, since there is one thread.
    ///
    /// Many may share; one may reserve while others share; pending and exclusive need everybody else to be gone.
    func lock(_ wanted: Int32) -> Int32 {
        guard wanted > level else { return SQLITE_OK }
        guard !disk.isOff else { return DiskCode.lock }
        let others = disk.others(than: self).map(\.level).max() ?? SQLITE_LOCK_NONE
        let mostOfOthers =
            wanted == SQLITE_LOCK_SHARED
            ? SQLITE_LOCK_RESERVED : wanted == SQLITE_LOCK_RESERVED ? SQLITE_LOCK_SHARED : SQLITE_LOCK_NONE
        guard others <= mostOfOthers else { return SQLITE_BUSY }
        level = wanted
        return SQLITE_OK
    }

    var isReserved: Bool {
        level >= SQLITE_LOCK_RESERVED || disk.others(than: self).contains { $0.level >= SQLITE_LOCK_RESERVED }
    }

    // MARK: shared memory

    /// A region of the index, zeroed when it is new; nil if it does not exist and is not to be made.
    func map(_ region: Int, size: Int, extend: Bool) -> UnsafeMutableRawPointer? {
        let memory = self.memory ?? disk.memory(of: name)
        self.memory = memory
        return memory.region(region, size: size, extend: extend)
    }

    /// After a power cut locks can be given back but not taken: a process that is ending still cleans up.
    func lockMemory(_ range: Range<Int>, flags: Int32) -> Int32 {
        guard let memory else { return DiskCode.sharedLock }
        if disk.isOff, flags & SQLITE_SHM_LOCK != 0 { return DiskCode.sharedLock }
        return memory.lock(range, flags: flags, held: &held) ? SQLITE_OK : SQLITE_BUSY
    }

    func unmap() {
        memory?.release(held)
        held = [:]
        memory = nil
    }

    func close() {
        unmap()
        disk.forget(self)
    }
}
