import Appeals
import Replication

/// The columns that an appeal's bytes are read for, of rows that an older program has written.
enum RowWork {
    /// Reads every row of appeals, a page at a time, and fills its columns; one that cannot be read keeps them empty, and is
    /// told when it is asked for.
    static func fill(_ connection: Connection) throws {
        let sql = """
            SELECT r.space, r.generation, r.key, b.bytes FROM row r CROSS JOIN row_body b ON b.id = r.body \
            WHERE (r.space, r.generation, r.key) > (?, ?, ?) ORDER BY r.space, r.generation, r.key LIMIT ?
            """
        var place: [SQLValue] = [.text(""), .integer(-1), .text("")]
        while true {
            let page = try connection.all(sql, place + [.limit(StoreLimits.page)]) {
                (space: try $0.text(0), generation: $0.integer(1), key: try $0.text(2), bytes: $0.blob(3))
            }
            for row in page where Names.isAppeal(row.key) {
                guard let columns = columns(row.bytes) else { continue }
                try connection.run(
                    "UPDATE row SET term = ?, work = ?, former = ?, number = ?, stage = ? WHERE space = ? AND generation = ? AND key = ?",
                    [
                        .text(columns.term), .text(SQLiteTransaction.text(columns.work)), .text(columns.formerIndex),
                        .text(columns.value(.index)), .text(columns.value(.state)),
                        .text(row.space), .integer(row.generation), .text(row.key),
                    ]
                )
            }
            guard page.count == StoreLimits.page, let last = page.last else { return }
            place = [.text(last.space), .integer(last.generation), .text(last.key)]
        }
    }

    private static func columns(_ bytes: [UInt8]) -> RowColumns? {
        do { return RowColumns(try Appeals.Aggregate(parsing: bytes)) } catch { return nil }
    }
}
