import CSQLite

/// A file as one connection has it open: what SQLite calls on it.
final class OpenFile {
    let disk: SimulatedDisk
    let name: String
    let file: DiskFile
    /// The first sync of a new journal makes the names of its directory durable, as SQLite's own VFS does.
    var syncsNames: Bool
    var level = SQLITE_LOCK_NONE
    private(set) var memory: SharedMemory?
    private var held: [Int: Int32] = [:]

    init(_ disk: SimulatedDisk, _ name: String, _ file: DiskFile, syncsNames: Bool) {
        self.disk = disk
        self.name = name
        self.file = file
        self.syncsNames = syncsNames
    }

    // MARK: bytes

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

    func map(_ region: Int, size: Int, extend: Bool) -> UnsafeMutableRawPointer? {
        let memory = self.memory ?? disk.memory(of: name)
        self.memory = memory
        return memory.region(region, size: size, extend: extend)
    }

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
