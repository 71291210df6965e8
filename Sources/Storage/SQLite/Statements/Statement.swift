import CSQLite
import Cryptography
import Replication

/// One prepared statement; it belongs to the connection that cached it.
final class Statement {
    let sql: String
    private let pointer: OpaquePointer

    /// SQLite copies what it is given: a Swift string's bytes need not outlive the call.
    private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    init(_ pointer: OpaquePointer, sql: String) {
        self.pointer = pointer
        self.sql = sql
    }

    /// Frees the statement; it must not be used afterwards.
    func finalize() { sqlite3_finalize(pointer) }

    /// Ends a run; the last step has already reported its result.
    func reset() {
        sqlite3_reset(pointer)
        // NB: bound values hold citizens' data; they do not stay in the cache.
        sqlite3_clear_bindings(pointer)
    }

    /// Runs to the next row: SQLITE_ROW, SQLITE_DONE or the code of a failure.
    func step() -> Int32 { sqlite3_step(pointer) }

    /// Binds the values in order, from 1; gives the first code that is not SQLITE_OK.
    func bind(_ values: [SQLValue]) -> Int32 {
        precondition(
            values.count == Int(sqlite3_bind_parameter_count(pointer)),
            "a value for every parameter of: \(sql)"
        )
        var place: Int32 = 0
        for value in values {
            place += 1
            let code = bind(value, at: place)
            guard code == SQLITE_OK else { return code }
        }
        return SQLITE_OK
    }

    private func bind(_ value: SQLValue, at place: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(pointer, place)
        case .integer(let number): return sqlite3_bind_int64(pointer, place, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                // NB: a null pointer would bind NULL, and an empty buffer may have one.
                guard let start = bytes.baseAddress, !bytes.isEmpty else {
                    return sqlite3_bind_text(pointer, place, "", 0, Self.transient)
                }
                return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    sqlite3_bind_text64(pointer, place, $0, UInt64(bytes.count), Self.transient, UInt8(SQLITE_UTF8))
                }
            }
        case .blob(let blob):
            return blob.withUnsafeBytes { bytes in
                guard let start = bytes.baseAddress, !bytes.isEmpty else {
                    return sqlite3_bind_zeroblob(pointer, place, 0)
                }
                return sqlite3_bind_blob64(pointer, place, start, UInt64(bytes.count), Self.transient)
            }
        }
    }

    /// One of SQLite's five types.
    func type(_ column: Int32) -> Int32 { sqlite3_column_type(pointer, column) }

    /// The columns' names, in their order.
    var names: [String] {
        (0..<sqlite3_column_count(pointer)).map { sqlite3_column_name(pointer, $0).map { String(cString: $0) } ?? "" }
    }

    /// Whether a column of the row holds NULL; columns count from 0.
    func isNull(_ column: Int32) -> Bool { type(column) == SQLITE_NULL }

    /// A column as an integer, 0 if it holds none.
    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }

    /// A column as a truth value: anything but 0.
    func flag(_ column: Int32) -> Bool { integer(column) != 0 }

    /// A column as text; throws `.corrupt` if it is not UTF-8.
    func text(_ column: Int32) throws -> String {
        guard let start = sqlite3_column_text(pointer, column) else { throw broken(column, "text") }
        let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column)))
        guard let text = String(validating: bytes, as: UTF8.self) else { throw broken(column, "UTF-8") }
        return text
    }

    /// The same, nil for NULL.
    func optionalText(_ column: Int32) throws -> String? { isNull(column) ? nil : try text(column) }

    /// A copy of a column's bytes, empty for NULL.
    func blob(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(pointer, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column))))
    }

    /// The same, nil for NULL.
    func optionalBlob(_ column: Int32) -> [UInt8]? { isNull(column) ? nil : blob(column) }

    /// A column of 32 bytes; throws `.corrupt` for any other length.
    func digest(_ column: Int32) throws -> SHA256Digest {
        guard let start = sqlite3_column_blob(pointer, column) else { throw broken(column, "a digest") }
        let count = Int(sqlite3_column_bytes(pointer, column))
        let bytes = UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count)
        guard let digest = SHA256Digest(bytes) else { throw broken(column, "a digest of 32 bytes") }
        return digest
    }

    /// The error for a column that does not hold what this version writes there.
    func broken(_ column: Int32, _ wanted: String) -> StoreError {
        StoreError(.corrupt, doing: "Reading column \(column) of: \(sql)", found: "not \(wanted)")
    }
}
