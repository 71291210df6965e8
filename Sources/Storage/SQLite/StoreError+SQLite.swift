import CSQLite
import Glibc
import Replication

extension StoreError {
    /// The meaning of a failed SQLite call: its code, message and statement, never the bound values.
    static func sqlite(_ code: Int32, on handle: OpaquePointer?, doing: String, sql: String) -> StoreError {
        // NB: of a call past SQLite (PageGaps) the connection knows nothing: its message is of another call, or "not an error".
        let teller = handle.flatMap { sqlite3_errcode($0) & 0xFF == code & 0xFF ? $0 : nil }
        let message = String(cString: teller.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(code))
        let system = teller.map { sqlite3_system_errno($0) } ?? 0
        let found = "SQLite \(code): \(message)" + (sql.isEmpty ? "" : "; in: \(sql)")
        return StoreError(kind(code, system: system), doing: doing, found: found)
    }

    /// Decides what a node does: go on later, or end.
    ///
    /// An unknown code is `other`, which passes.
    private static func kind(_ code: Int32, system: Int32) -> Kind {
        switch code & 0xFF {
        case SQLITE_FULL: .full
        // NB: a full disk under the shared memory file is an I/O error to SQLite; only errno tells.
        case SQLITE_IOERR where system == ENOSPC || system == EDQUOT: .full
        case SQLITE_IOERR where system == EROFS: .readOnly
        case SQLITE_IOERR: .io
        case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt
        case SQLITE_READONLY: .readOnly
        case SQLITE_BUSY, SQLITE_LOCKED: .locked
        case SQLITE_PERM, SQLITE_AUTH: .permission
        case SQLITE_CANTOPEN: .missing
        default: .other
        }
    }

    /// The meaning of a failed system call.
    static func system(_ error: Int32, doing: String) -> StoreError {
        let kind: Kind =
            switch error {
            case ENOSPC, EDQUOT: .full
            case EROFS: .readOnly
            case EACCES, EPERM: .permission
            case ENOENT, ENOTDIR: .missing
            case EIO: .io
            default: .other
            }
        return StoreError(kind, doing: doing, found: String(cString: strerror(error)))
    }
}
