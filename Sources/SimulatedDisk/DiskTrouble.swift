import CSQLite

/// How an operation of a disk ends if not well.
enum DiskTrouble {
    /// The power was off before; it goes with this operation; there is no room; only this operation fails.
    case off, power, full, fails

    /// The extended result code that SQLite's own VFS would return; the store tells a full disk from a broken one by
    /// it.
    func code(_ operation: DiskOperation) -> Int32 {
        switch operation {
        case .open: SQLITE_CANTOPEN
        case .read: DiskCode.read
        case .write: self == .full ? SQLITE_FULL : DiskCode.write
        case .truncate: DiskCode.truncate
        case .sync: DiskCode.sync
        case .delete: DiskCode.delete
        }
    }
}

/// Extended result codes; Swift does not see these macros.
enum DiskCode {
    static let read = SQLITE_IOERR | 1 << 8
    static let shortRead = SQLITE_IOERR | 2 << 8
    static let write = SQLITE_IOERR | 3 << 8
    static let sync = SQLITE_IOERR | 4 << 8
    static let truncate = SQLITE_IOERR | 6 << 8
    static let access = SQLITE_IOERR | 13 << 8
    static let delete = SQLITE_IOERR | 10 << 8
    static let notFound = SQLITE_IOERR | 23 << 8
    static let lock = SQLITE_IOERR | 15 << 8
    static let sharedLock = SQLITE_IOERR | 20 << 8
}
