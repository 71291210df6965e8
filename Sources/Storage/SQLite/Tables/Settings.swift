import Replication

/// Sets a connection up and verifies it: a pragma that has no effect fails silently.
struct Settings {
    static let pageSize: Int64 = 16_384
    /// `KART`.
    static let application: Int64 = 0x4B41_5254
    static let busyMilliseconds: Int64 = 5_000
    private static let writerCache: Int64 = 8 << 10
    private static let readerCache: Int64 = 2 << 10
    private static let journalLimit: Int64 = 32 << 20

    let isWriter: Bool

    private var pragmas: [(name: String, value: String, read: String)] {
        let cache = -(isWriter ? Self.writerCache : Self.readerCache)
        return [
            ("busy_timeout", "\(Self.busyMilliseconds)", "\(Self.busyMilliseconds)"),
            ("page_size", "\(Self.pageSize)", "\(Self.pageSize)"),
            ("journal_mode", "WAL", "wal"),
            // FULL: with NORMAL a power cut loses acknowledged commits.
            ("synchronous", "FULL", "2"),
            ("foreign_keys", "ON", "1"),
            ("secure_delete", "ON", "1"),
            ("trusted_schema", "OFF", "0"),
            ("cell_size_check", "ON", "1"),
            // Sorting must not leave citizens' data in temporary files.
            ("temp_store", "MEMORY", "2"),
            ("mmap_size", "0", "0"),
            ("cache_size", "\(cache)", "\(cache)"),
            ("journal_size_limit", "\(Self.journalLimit)", "\(Self.journalLimit)"),
            // Checkpoints are ours: see WriteAheadLog.
            ("wal_autocheckpoint", "0", "0"),
            ("query_only", isWriter ? "OFF" : "ON", isWriter ? "0" : "1"),
        ]
    }

    /// Sets every pragma and reads it back; throws if one did not take.
    func apply(to connection: Connection) throws {
        for pragma in pragmas { try connection.execute("PRAGMA \(pragma.name)=\(pragma.value)") }
        for pragma in pragmas {
            let found = try connection.first("PRAGMA \(pragma.name)") { try $0.text(0) } ?? "nothing"
            guard found == pragma.read else {
                let doing = "Setting \(pragma.name)=\(pragma.value) on the database"
                throw StoreError(
                    .other,
                    doing: doing,
                    found: "\(found): the database was made otherwise, restore a backup"
                )
            }
        }
    }
}
