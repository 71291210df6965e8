import Appeals
import Replication

/// The columns that an appeal's bytes are read for, of rows that an older program has written.
enum RowWork {
    /// Reads every row of appeals, a page at a time, and fills its columns; one that cannot be read keeps them empty, and is
    /// told when it is asked for.
    static func fill(_ connection: Connection) throws {
        try eachRow("bytes", connection, { $0.blob(3) }) { space, generation, key, bytes in
            guard Names.isAppeal(key), let columns = columns(bytes) else { return }
            try connection.run(
                """
                UPDATE row SET term = ?, work = ?, former = ?, number = ?, stage = ?, digits = ?, sought = ? \
                WHERE space = ? AND generation = ? AND key = ?
                """,
                [
                    .text(columns.term), .text(SQLiteTransaction.text(columns.work)), .text(columns.formerIndex),
                    .text(columns.value(.index)), .text(columns.value(.state)),
                    .text(IndexPart.digits(of: columns.index)), .integer(columns.sought),
                    .text(space), .integer(generation), .text(key),
                ]
            )
        }
    }

    /// Every row of every space, a page at a time; `read` finds what is wanted of each from the fourth value on.
    static func eachRow<Value>(
        _ wanted: String,
        _ connection: Connection,
        _ read: (Statement) throws -> Value,
        _ body: (String, Int64, String, Value) throws -> Void
    ) throws {
        let sql = """
            SELECT space, generation, key, \(wanted) FROM row r CROSS JOIN row_body b ON b.id = r.body \
            WHERE (space, generation, key) > (?, ?, ?) ORDER BY space, generation, key LIMIT ?
            """
        var place: [SQLValue] = [.text(""), .integer(-1), .text("")]
        while true {
            let page = try connection.all(sql, place + [.limit(StoreLimits.page)]) {
                (space: try $0.text(0), generation: $0.integer(1), key: try $0.text(2), value: try read($0))
            }
            for row in page { try body(row.space, row.generation, row.key, row.value) }
            guard page.count == StoreLimits.page, let last = page.last else { return }
            place = [.text(last.space), .integer(last.generation), .text(last.key)]
        }
    }

    private static func columns(_ bytes: [UInt8]) -> RowColumns? {
        do { return RowColumns(try Appeals.Aggregate(parsing: bytes)) } catch { return nil }
    }
}
