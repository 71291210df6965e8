extension SQLiteReading {
    func seriesLast(_ series: String) throws -> Int64 {
        try connection.first("SELECT last FROM series WHERE series = ?", [.text(series)]) { $0.integer(0) } ?? 0
    }
}

extension SQLiteTransaction {
    func setSeriesLast(_ series: String, _ number: Int64) throws {
        try connection.run(
            "INSERT OR REPLACE INTO series (series, last) VALUES (?, ?)",
            [.text(series), .integer(number)]
        )
    }
}
