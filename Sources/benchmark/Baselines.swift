import CSQLite
import CanonicalJSON
import Commands
import Cryptography
import Dispatch

/// What this machine can do by itself, measured in the same run: rows of 2 KiB into SQLite as the store sets it up.
struct Baselines {
    /// Rows a second in transactions of 500: what a bulk load of the store can reach at best.
    let insertsPerSecond: Double
    /// Milliseconds of one transaction of one row, from BEGIN to the return of the sync: the floor of every
    /// acknowledgement.
    let latencyP50: Double
    let latencyP99: Double
    /// Transactions of one row a second with eight clients waiting for the one writer, none of them grouped.
    let commitsPerSecond: Double
    /// P-256 signatures that one core verifies a second: the bound of whatever takes operations in.
    let verificationsPerSecond: Double

    var json: JSONObject {
        [
            "sqlite.insertsPerSecond": .double(Figure.rounded(insertsPerSecond)),
            "sqlite.commitLatency.p50": .double(Figure.rounded(latencyP50)),
            "sqlite.commitLatency.p99": .double(Figure.rounded(latencyP99)),
            "sqlite.commitsPerSecond": .double(Figure.rounded(commitsPerSecond)),
            "p256.verificationsPerSecond": .double(Figure.rounded(verificationsPerSecond)),
        ]
    }

    /// Measures in a file of its own below `directory`, on the same file system as the stage.
    ///
    /// A baseline of another disk would say nothing about the store. Takes several seconds at full size; throws
    /// `Failure` if SQLite refuses a statement.
    init(directory: String, size: Size) throws {
        let table = try Table(directory + "/baseline.sqlite")
        defer { table.close() }
        let pages = size.of(80)
        var start = Machine.nanoseconds()
        for _ in 0..<pages { try table.commit(rows: 500) }
        insertsPerSecond = Double(pages * 500) / (Machine.milliseconds(since: start) / 1_000)
        var latencies: [Double] = []
        for _ in 0..<max(50, size.of(500)) {
            start = Machine.nanoseconds()
            try table.commit(rows: 1)
            latencies.append(Machine.milliseconds(since: start))
        }
        latencyP50 = Percentile.of(latencies, 0.5)
        latencyP99 = Percentile.of(latencies, 0.99)
        commitsPerSecond = try Self.commits(table, clients: 8, each: max(10, size.of(100)))
        verificationsPerSecond = try Self.verifications(size.of(4_000))
    }

    /// Eight clients take turns at the one writer.
    ///
    /// A serial queue lets the clients in by the order of asking, so that what is measured is the disk's sync and not a
    /// lock's luck.
    private static func commits(_ table: Table, clients: Int, each: Int) throws -> Double {
        let turn = DispatchQueue(label: "baseline")
        let start = Machine.nanoseconds()
        DispatchQueue.concurrentPerform(iterations: clients) { _ in
            for _ in 0..<each { turn.sync { table.tryCommit() } }
        }
        return Double(clients * each) / (Machine.milliseconds(since: start) / 1_000)
    }

    /// One thread, one key.
    ///
    /// 600 bytes are about what an operation's canonical envelope has. A signature that does not verify is an error,
    /// lest a failure, which returns early, be taken for speed.
    private static func verifications(_ count: Int) throws -> Double {
        let key = try PrivateKey.generate()
        let message = [UInt8](repeating: 7, count: 600)
        let signature = try key.sign(message)
        let start = Machine.nanoseconds()
        var held = 0
        for _ in 0..<count where key.publicKey.verifies(signature, over: message) { held += 1 }
        guard held == count else { throw Failure("a signature did not verify") }
        return Double(count) / (Machine.milliseconds(since: start) / 1_000)
    }
}

/// A bare table with the settings of the store.
///
/// Unchecked: one thread at a time.
/// What is measured must pay what the store pays: pages of 16 KiB, a write-ahead log that is synced at every commit,
/// and `secure_delete`. If the store's own pragmas change, these must follow, or every ratio shifts.
private final class Table: @unchecked Sendable {
    private var handle: OpaquePointer?
    private var insert: OpaquePointer?
    private var number: Int64 = 0
    /// The size of a typical appeal's row.
    private let bytes = [UInt8](repeating: 0x41, count: 2_048)

    init(_ path: String) throws {
        guard sqlite3_open(path, &handle) == SQLITE_OK else { throw Failure("\(path) cannot be opened") }
        try run(
            """
            PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;
            CREATE TABLE row (key TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
            """
        )
        guard sqlite3_prepare_v2(handle, "INSERT INTO row VALUES (?, ?)", -1, &insert, nil) == SQLITE_OK else {
            throw Failure("the baseline's statement is refused")
        }
    }

    private func run(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw Failure("SQLite refuses: \(sql)") }
    }

    /// One transaction of so many new rows with ascending keys, durable when it returns.
    func commit(rows: Int) throws {
        try run("BEGIN IMMEDIATE")
        for _ in 0..<rows {
            number += 1
            let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            sqlite3_bind_text(insert, 1, "row-\(number)", -1, transient)
            sqlite3_bind_blob(insert, 2, bytes, Int32(bytes.count), transient)
            guard sqlite3_step(insert) == SQLITE_DONE else { throw Failure("SQLite refuses a row") }
            sqlite3_reset(insert)
        }
        try run("COMMIT")
    }

    /// For closures that cannot throw: a baseline that fails has no meaning, so the process ends.
    func tryCommit() {
        do { try commit(rows: 1) } catch { preconditionFailure("the baseline's table refuses a row: \(error)") }
    }

    func close() {
        sqlite3_finalize(insert)
        sqlite3_close(handle)
    }
}
