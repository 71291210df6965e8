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

    /// Counts what is there already.
    static func fill(_ connection: Connection) throws {
        func fill(_ name: String, where condition: String) throws {
            try connection.execute(
                """
                INSERT INTO row_tally (space, generation, name, rows) \
                SELECT space, generation, \(name) AS name, count(*) FROM row \
                WHERE barred = '' AND \(condition) GROUP BY space, generation, name;
                """
            )
        }
        try fill("'\(RowTally.all)'", where: "true")
        try fill("'\(RowTally.state(""))' || state", where: "state <> ''")
        try fill("'\(RowTally.main(""))' || main", where: "main <> ''")
        try fill("'\(RowTally.disputed)'", where: "disputed = 1")
        try fill("'\(RowTally.term(""))' || term", where: "term <> '' AND work <> ''")
        for mark in WorkMark.allCases {
            try fill("'\(RowTally.work(mark.rawValue))'", where: "instr(work, ' \(mark.rawValue)@') > 0")
        }
    }
}
