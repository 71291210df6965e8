import CSQLite

/// What SQLite calls: it finds the disk behind the VFS and the open file behind the handle.
///
/// The callbacks are C function pointers and capture nothing; each finds its object by the pointer that SQLite hands
/// back.
enum FileSystem {
    /// Behind SQLite's own part of a handle lies the pointer to our open file.
    ///
    /// An `OpenFile` is retained there from `xOpen` to `xClose`; SQLite allocates and frees the handle around it.
    private static let place = MemoryLayout<sqlite3_file>.stride

    /// A VFS without its name and its disk, which `SimulatedDisk` fills in.
    static var methods: sqlite3_vfs {
        var vfs = sqlite3_vfs()
        vfs.iVersion = 2
        vfs.szOsFile = Int32(place + MemoryLayout<UnsafeMutableRawPointer>.size)
        vfs.mxPathname = 512
        vfs.xOpen = { FileSystem.open($0, $1, $2, $3, $4) }
        vfs.xDelete = { vfs, name, syncs in
            guard let name else { return DiskCode.delete }
            return FileSystem.disk(vfs).delete(String(cString: name), syncsNames: syncs != 0)
        }
        vfs.xAccess = { vfs, name, _, found in
            let disk = FileSystem.disk(vfs)
            guard let name, !disk.isOff else { return DiskCode.access }
            found?.pointee = disk.exists(String(cString: name)) ? 1 : 0
            return SQLITE_OK
        }
        vfs.xFullPathname = { _, name, size, full in
            guard let name, let full else { return SQLITE_CANTOPEN }
            let text = String(cString: name).utf8CString
            guard text.count <= Int(size) else { return SQLITE_CANTOPEN }
            for (place, character) in text.enumerated() { full[place] = character }
            return SQLITE_OK
        }
        // Chance and time are not the disk's: the same run gives the same bytes.
        vfs.xRandomness = { _, count, bytes in
            for place in 0..<Int(count) { bytes?[place] = CChar(truncatingIfNeeded: place &* 31) }
            return count
        }
        vfs.xSleep = { _, microseconds in microseconds }
        vfs.xCurrentTime = { _, time in
            time?.pointee = 2_460_000
            return SQLITE_OK
        }
        vfs.xCurrentTimeInt64 = { _, time in
            time?.pointee = 2_460_000 * 86_400_000
            return SQLITE_OK
        }
        vfs.xGetLastError = { _, _, _ in 0 }
        return vfs
    }

    /// Not retained by the VFS: the disk outlives it, since it unregisters it when it ends.
    private static func disk(_ vfs: UnsafeMutablePointer<sqlite3_vfs>?) -> SimulatedDisk {
        guard let data = vfs?.pointee.pAppData else { preconditionFailure("a VFS is one of ours") }
        return Unmanaged<SimulatedDisk>.fromOpaque(data).takeUnretainedValue()
    }

    /// Opens a file for SQLite and puts the open file behind the handle; the balance of the retain is in `xClose`.
    private static func open(
        _ vfs: UnsafeMutablePointer<sqlite3_vfs>?,
        _ name: UnsafePointer<CChar>?,
        _ handle: UnsafeMutablePointer<sqlite3_file>?,
        _ flags: Int32,
        _ outFlags: UnsafeMutablePointer<Int32>?
    ) -> Int32 {
        guard let handle else { return SQLITE_CANTOPEN }
        // Without methods SQLite does not close what was not opened.
        handle.pointee.pMethods = nil
        let opened = disk(vfs).open(
            name.map { String(cString: $0) },
            create: flags & SQLITE_OPEN_CREATE != 0,
            isJournal: flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL) != 0,
            deletesOnClose: flags & SQLITE_OPEN_DELETEONCLOSE != 0
        )
        guard let opened else { return SQLITE_CANTOPEN }
        UnsafeMutableRawPointer(handle).storeBytes(
            of: Unmanaged.passRetained(opened).toOpaque(),
            toByteOffset: place,
            as: UnsafeMutableRawPointer.self
        )
        handle.pointee.pMethods = UnsafePointer(fileMethods)
        outFlags?.pointee = flags
        return SQLITE_OK
    }

    private static func pointer(_ handle: UnsafeMutablePointer<sqlite3_file>?) -> Unmanaged<OpenFile> {
        guard let handle else { preconditionFailure("SQLite names the file that it means") }
        let pointer = UnsafeRawPointer(handle).load(fromByteOffset: place, as: UnsafeMutableRawPointer.self)
        return Unmanaged<OpenFile>.fromOpaque(pointer)
    }

    private static func file(_ handle: UnsafeMutablePointer<sqlite3_file>?) -> OpenFile {
        pointer(handle).takeUnretainedValue()
    }

    /// Unchecked: written once before anybody reads it, and never freed.
    private nonisolated(unsafe) static let fileMethods: UnsafeMutablePointer<sqlite3_io_methods> = {
        var methods = sqlite3_io_methods()
        methods.iVersion = 2
        setBytes(&methods)
        setLocks(&methods)
        let pointer = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        pointer.initialize(to: methods)
        return pointer
    }()

    /// Reading, writing and what SQLite wants to know of the device.
    private static func setBytes(_ methods: inout sqlite3_io_methods) {
        methods.xClose = { handle in
            let pointer = FileSystem.pointer(handle)
            pointer.takeUnretainedValue().close()
            pointer.release()
            return SQLITE_OK
        }
        methods.xRead = { handle, buffer, count, offset in
            guard let buffer else { return DiskCode.read }
            return FileSystem.file(handle).read(buffer, Int(count), at: Int(offset))
        }
        methods.xWrite = { handle, bytes, count, offset in
            let written = UnsafeRawBufferPointer(start: bytes, count: Int(count))
            return FileSystem.file(handle).write(Array(written), at: Int(offset))
        }
        methods.xTruncate = { handle, size in FileSystem.file(handle).truncate(Int(size)) }
        methods.xSync = { handle, _ in FileSystem.file(handle).sync() }
        methods.xFileSize = { handle, size in
            size?.pointee = Int64(FileSystem.file(handle).file.content.count)
            return SQLITE_OK
        }
        methods.xSectorSize = { _ in Int32(DiskFile.sector) }
        // As SQLite's own VFS on Linux: a write does not harm the bytes beside it.
        methods.xDeviceCharacteristics = { _ in SQLITE_IOCAP_POWERSAFE_OVERWRITE }
        methods.xFileControl = { _, what, value in
            // Nothing is mapped, and SQLite asks.
            guard what == SQLITE_FCNTL_MMAP_SIZE else { return SQLITE_NOTFOUND }
            value?.storeBytes(of: 0, as: Int64.self)
            return SQLITE_OK
        }
    }

    /// Locks of the file and of the index of its log; they are among the connections of this process, the only ones
    /// there are.
    private static func setLocks(_ methods: inout sqlite3_io_methods) {
        methods.xLock = { handle, level in FileSystem.file(handle).lock(level) }
        methods.xUnlock = { handle, level in
            FileSystem.file(handle).level = level
            return SQLITE_OK
        }
        methods.xCheckReservedLock = { handle, isReserved in
            isReserved?.pointee = FileSystem.file(handle).isReserved ? 1 : 0
            return SQLITE_OK
        }
        methods.xShmMap = { handle, region, size, extend, mapped in
            mapped?.pointee = FileSystem.file(handle).map(Int(region), size: Int(size), extend: extend != 0)
            return SQLITE_OK
        }
        methods.xShmLock = { handle, first, count, flags in
            FileSystem.file(handle).lockMemory(Int(first)..<Int(first + count), flags: flags)
        }
        // One thread: what it wrote, it sees.
        methods.xShmBarrier = { _ in }
        methods.xShmUnmap = { handle, _ in
            FileSystem.file(handle).unmap()
            return SQLITE_OK
        }
    }
}
