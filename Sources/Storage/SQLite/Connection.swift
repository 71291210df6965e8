import CSQLite
import Glibc
import Replication

/// One connection to the database and its prepared statements; used by one thread at a time.
///
/// Statements are prepared once and kept for the life of the connection: their SQL is constant, so there are as many as
/// the code has.
final class Connection {
    private(set) var handle: OpaquePointer?
    /// The deadline of a long read; nil for the writer and the readers of the pool.
    var deadline: ReadDeadline?
    private(set) var statements: [String: Statement] = [:]
    /// Rows returned since the connection was opened: a measure of a read's work that does not depend on the machine.
    private(set) var rowsGiven: Int64 = 0
    /// The first failure in a write transaction; every later statement in it fails with the same error.
    ///
    /// NB: a full disk makes SQLite roll back by itself; a body that went on would then commit statement by statement.
    private var failure: StoreError?

    /// Opens the file, with `vfs` in place of the system's if one is named; `readOnly` refuses every write.
    ///
    /// `isAtRest`: nobody writes to the file, so that SQLite makes no file beside it.
    init(
        _ path: String,
        vfs: String? = nil,
        readOnly: Bool = false,
        isAtRest: Bool = false
    ) throws(StoreError) {
        #if DEBUG
        let threads = SQLITE_OPEN_FULLMUTEX
        #else
        let threads = SQLITE_OPEN_NOMUTEX
        #endif
        // NB: a real file is made before, by `StoreDirectory.makeFile`, so that it is never open to others.
        let creates = vfs == nil ? 0 : SQLITE_OPEN_CREATE
        let access = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | creates
        let form = isAtRest ? SQLITE_OPEN_URI : 0
        let name = isAtRest ? Self.immutable(path) : path
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(name, &opened, access | threads | form | SQLITE_OPEN_EXRESCODE, vfs)
        guard code == SQLITE_OK else {
            let error = StoreError.sqlite(code, on: opened, doing: "Opening the database \(path)", sql: "")
            sqlite3_close(opened)
            throw error
        }
        handle = opened
    }

    deinit { precondition(handle == nil, "a connection is closed by close()") }

    /// As a URI, in which three characters mean something else.
    private static func immutable(_ path: String) -> String {
        let escaped = path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
        return "file:" + escaped + "?immutable=1"
    }

    /// Finalizes every statement; SQLite refuses to close while anything of the connection is still in use.
    func close() throws(StoreError) {
        for statement in statements.values { statement.finalize() }
        statements = [:]
        let code = sqlite3_close(handle)
        guard code == SQLITE_OK else {
            throw StoreError.sqlite(code, on: handle, doing: "Closing the database", sql: "")
        }
        handle = nil
    }

    // MARK: statements

    /// Runs a statement and passes each row to `row` until that returns false.
    ///
    /// The row is valid only within the call: its columns are SQLite's memory. A statement may not be used again inside
    /// its own rows.
    func each(_ sql: String, _ values: [SQLValue] = [], _ row: (Statement) throws -> Bool) throws {
        if let failure { throw failure }
        if let deadline, deadline.isOver { throw deadline.error }
        let statement = try prepared(sql)
        defer { statement.reset() }
        try check(statement.bind(values), sql)
        while true {
            let code = statement.step()
            if code == SQLITE_DONE { return }
            if code != SQLITE_ROW { try check(code, sql) }
            rowsGiven += 1
            guard try row(statement) else { return }
        }
    }

    /// Runs one statement for its effect; its rows are passed over.
    func run(_ sql: String, _ values: [SQLValue] = []) throws {
        try each(sql, values) { _ in true }
    }

    /// Every row of a statement, read by `read`.
    func all<Value>(_ sql: String, _ values: [SQLValue] = [], _ read: (Statement) throws -> Value) throws -> [Value] {
        var found: [Value] = []
        try each(sql, values) {
            found.append(try read($0))
            return true
        }
        return found
    }

    /// The first row of a statement, read by `read`; nil if there is none.
    func first<Value>(_ sql: String, _ values: [SQLValue] = [], _ read: (Statement) throws -> Value) throws -> Value? {
        var found: Value?
        try each(sql, values) {
            found = try read($0)
            return false
        }
        return found
    }

    /// Runs constant SQL of several statements: pragmas and migrations.
    func execute(_ sql: String) throws(StoreError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else {
            throw StoreError.sqlite(code, on: handle, doing: "Changing the database", sql: sql)
        }
    }

    /// Rows changed since the connection was opened.
    var totalChanges: Int64 { sqlite3_total_changes64(handle) }
    var changes: Int { Int(sqlite3_changes64(handle)) }
    var lastInserted: Int64 { sqlite3_last_insert_rowid(handle) }

    private func prepared(_ sql: String) throws -> Statement {
        if let known = statements[sql] { return known }
        var pointer: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil)
        try check(code, sql)
        guard let pointer else { preconditionFailure("an empty statement") }
        let statement = Statement(pointer, sql: sql)
        statements[sql] = statement
        return statement
    }

    /// Throws what a result code means; within a write transaction the first one is remembered until its end.
    private func check(_ code: Int32, _ sql: String) throws {
        guard code != SQLITE_OK else { return }
        if code & 0xFF == SQLITE_INTERRUPT, let deadline { throw deadline.error }
        let error = StoreError.sqlite(code, on: handle, doing: "Using the database", sql: sql)
        if isWriting { failure = error }
        throw error
    }

    // MARK: transactions

    /// Between a write transaction's BEGIN and its end: failures then stay (`failure`).
    private var isWriting = false
    private var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Runs `body` in one transaction: `IMMEDIATE` if it writes, else one snapshot.
    ///
    /// A throw rolls back.
    func transaction<Result>(writing: Bool, _ body: () throws -> Result) throws -> Result {
        precondition(!isInTransaction, "transactions do not nest")
        defer {
            isWriting = false
            failure = nil
            precondition(!isInTransaction, "no transaction stays open")
        }
        do {
            try run(writing ? "BEGIN IMMEDIATE" : "BEGIN")
            isWriting = writing
            let result = try body()
            // A body that swallowed a failure is not committed.
            if let failure { throw failure }
            try run("COMMIT")
            return result
        } catch {
            failure = nil
            if isInTransaction { try execute("ROLLBACK") }
            throw error
        }
    }
}
