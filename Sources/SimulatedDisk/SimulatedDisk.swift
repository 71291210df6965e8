import CSQLite
import Synchronization

/// A disk in memory on which SQLite works through a VFS of its own, and which fails when it is told to.
///
/// For one thread. What was synced survives a power cut; of the rest any subset does, down to sectors of 512 bytes.
public final class SimulatedDisk {
    /// All files as they are at one moment, synced or not: a copy of the disk.
    public struct Image {
        fileprivate let files: [String: [UInt8]]
        fileprivate init(_ files: [String: [UInt8]]) { self.files = files }
        /// An empty disk.
        public init() { files = [:] }
        /// Every file with its bytes, by name.
        public var contents: [(name: String, bytes: [UInt8])] {
            files.sorted { $0.key < $1.key }.map { (name: $0.key, bytes: $0.value) }
        }
    }

    /// Numbers the disks of this process: VFS names are global in SQLite, and tests run in parallel.
    private static let made = Atomic<Int>(0)

    /// The name of the VFS, for `sqlite3_open_v2`.
    public let name: String
    private let vfs: UnsafeMutablePointer<sqlite3_vfs>
    private let vfsName: UnsafeMutablePointer<CChar>
    /// By name as the running process sees the directory.
    private var files: [String: DiskFile] = [:]
    /// Deleted files whose directory was not synced since.
    private var removed: [(name: String, file: DiskFile)] = []
    private var open: [OpenFile] = []
    /// How many more operations that can meet a fault pass before one does.
    private var awaited: [DiskFault: Int] = [:]
    private var hasNoRoom = false
    /// After a power cut nothing works until `restart`.
    public private(set) var isOff = false
    /// Faults that were asked for come only while this is on: judges may read the disk without meeting them.
    public var isExposed = true
    /// How often each operation was asked for, and what power cuts did.
    public private(set) var counts: [String: Int] = [:]

    /// A disk with these files, all durable, registered with SQLite under a name of its own.
    public init(_ image: Image = Image()) {
        name = "simulated-\(Self.made.wrappingAdd(1, ordering: .relaxed).newValue)"
        let text = name.utf8CString
        vfsName = .allocate(capacity: text.count)
        for (place, character) in text.enumerated() { (vfsName + place).initialize(to: character) }
        vfs = .allocate(capacity: 1)
        for (name, bytes) in image.files {
            files[name] = DiskFile(bytes)
            files[name]?.isNameDurable = true
        }
        vfs.initialize(to: FileSystem.methods)
        vfs.pointee.zName = UnsafePointer(vfsName)
        vfs.pointee.pAppData = Unmanaged.passUnretained(self).toOpaque()
        let code = sqlite3_vfs_register(vfs, 0)
        precondition(code == SQLITE_OK, "a VFS with a name of its own can be registered")
    }

    deinit {
        precondition(open.isEmpty, "an open file keeps its disk")
        sqlite3_vfs_unregister(vfs)
        vfs.deallocate()
        vfsName.deallocate()
    }

    /// What a copy of the running machine's disk holds, unsynced writes included.
    public var image: Image { Image(files.mapValues(\.content)) }

    // MARK: faults

    /// The `count`-th operation from now that can meet this fault meets it; a former order of the same kind is void.
    public func fail(_ fault: DiskFault, at count: Int) {
        precondition(count >= 1, "the first operation is number 1")
        awaited[fault] = count
    }

    /// Takes back what was asked for and has not come, and makes room.
    public func heal() {
        awaited = [:]
        hasNoRoom = false
    }

    /// Power returns: what was not synced is kept, lost or torn as `below` draws.
    ///
    /// Only when every file is closed: no process outlives a power cut.
    public func restart(_ below: (Int) -> Int) {
        precondition(open.isEmpty, "the process that had files open is gone")
        isOff = false
        awaited[.power] = nil
        for (name, file) in removed where files[name] == nil && below(2) == 0 { files[name] = file }
        removed = []
        for name in files.keys.sorted() {
            guard let file = files[name] else { continue }
            if !file.isNameDurable, below(2) == 0 {
                files[name] = nil
                continue
            }
            file.isNameDurable = true
            let (lost, torn) = file.losePower(below)
            counts["lost", default: 0] += lost
            counts["torn", default: 0] += torn
        }
    }

    /// Changes one byte of a file, on the medium and for its readers; false if the file is not that long.
    public func corrupt(_ name: String, at offset: Int, mask: UInt8 = 0xFF) -> Bool {
        guard let file = files[name], offset < file.content.count else { return false }
        file.flip(offset, mask: mask)
        return true
    }

    /// The length of a file as its readers see it, nil if there is none.
    public func size(_ name: String) -> Int? { files[name]?.content.count }

    /// Counts an operation and says what it meets.
    ///
    /// The one place where faults strike, before anything of the operation is done. nil: it goes well.
    func begin(_ operation: DiskOperation, grows: Bool = false) -> DiskTrouble? {
        guard !isOff else { return .off }
        counts[operation.rawValue, default: 0] += 1
        guard isExposed else { return nil }
        for fault in operation.faults {
            guard let count = awaited[fault] else { continue }
            awaited[fault] = count > 1 ? count - 1 : nil
            guard count == 1 else { continue }
            counts["fault " + fault.rawValue, default: 0] += 1
            switch fault {
            case .power:
                isOff = true
                return .power
            case .full: hasNoRoom = true
            case .read, .write, .sync: return .fails
            }
        }
        return hasNoRoom && grows ? .full : nil
    }

    // MARK: names

    /// Nil if the file is not there and is not to be made, or the power is off; a file without a name is a temporary
    /// one.
    func open(_ name: String?, create: Bool, isJournal: Bool, deletesOnClose: Bool) -> OpenFile? {
        guard begin(.open) == nil else { return nil }
        var isNew = false
        let file: DiskFile
        if let name, let known = files[name] {
            file = known
        } else {
            guard create else { return nil }
            file = DiskFile()
            isNew = true
            if let name, !deletesOnClose { files[name] = file }
        }
        let opened = OpenFile(self, name ?? "", file, syncsNames: isNew && isJournal)
        open.append(opened)
        return opened
    }

    /// Takes a name away; until the directory is synced a power cut may bring the file back.
    func delete(_ name: String, syncsNames: Bool) -> Int32 {
        let trouble = begin(.delete)
        guard trouble == nil || trouble == .power else { return DiskCode.delete }
        guard let file = files.removeValue(forKey: name) else { return DiskCode.notFound }
        if file.isNameDurable { removed.append((name, file)) }
        guard trouble == nil else { return DiskCode.delete }
        if syncsNames { self.syncNames() }
        return SQLITE_OK
    }

    func exists(_ name: String) -> Bool { files[name] != nil }

    /// Makes every name of the one directory durable, and every deletion.
    func syncNames() {
        for file in files.values { file.isNameDurable = true }
        removed = []
    }

    // MARK: open files

    func forget(_ file: OpenFile) { open.removeAll { $0 === file } }

    /// Who else has the same file open: the connections whose locks count.
    func others(than one: OpenFile) -> [OpenFile] { open.filter { $0 !== one && $0.file === one.file } }

    /// The index that another connection has mapped, else a new one: it exists as long as somebody uses it.
    func memory(of name: String) -> SharedMemory {
        open.lazy.filter { $0.name == name }.compactMap(\.memory).first ?? SharedMemory()
    }
}
