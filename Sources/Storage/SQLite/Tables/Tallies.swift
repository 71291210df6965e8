import Appeals
import Replication

/// How many rows stand under each name of `RowTally`, kept in the transaction that changes a row.
enum Tallies {
    /// Counts a row that goes from one set of names to another.
    static func change(
        from old: Set<String>,
        to new: Set<String>,
        _ space: String,
        _ generation: Int64,
        _ connection: Connection
    ) throws {
        for name in new.subtracting(old).sorted() { try add(1, name, space, generation, connection) }
        for name in old.subtracting(new).sorted() { try add(-1, name, space, generation, connection) }
    }

    private static func add(
        _ rows: Int64,
        _ name: String,
        _ space: String,
        _ generation: Int64,
        _ connection: Connection
    ) throws {
        let sql = """
            INSERT INTO row_tally (space, generation, name, rows) VALUES (?1, ?2, ?3, ?4) \
            ON CONFLICT (space, generation, name) DO UPDATE SET rows = rows + ?4
            """
        try connection.run(sql, [.text(space), .integer(generation), .text(name), .integer(rows)])
        guard rows < 0 else { return }
        let empty = "DELETE FROM row_tally WHERE space = ? AND generation = ? AND name = ? AND rows = 0"
        try connection.run(empty, [.text(space), .integer(generation), .text(name)])
    }

    static func count(
        _ tally: RowTally,
        _ space: String,
        _ generation: Int64,
        _ connection: Connection
    ) throws -> Int64 {
        let (from, through) =
            switch tally {
            case .name(let name): (name, name)
            case .names(let from, let through): (from, through)
            }
        let sql = """
            SELECT coalesce(sum(rows), 0) FROM row_tally \
            WHERE space = ? AND generation = ? AND name >= ? AND name <= ?
            """
        let values: [SQLValue] = [.text(space), .integer(generation), .text(from), .text(through)]
        return try connection.first(sql, values) { $0.integer(0) } ?? 0
    }

    /// Counts what is there already, a page at a time.
    static func fill(_ connection: Connection) throws {
        try RowWork.eachRow(SQLiteReading.listed, connection, { try SQLiteReading.columns($0, from: 3) }) {
            space,
            generation,
            _,
            columns in
            try change(from: [], to: columns.tallies, space, generation, connection)
        }
    }
}
