extension SQLiteReading {
    func value(_ key: String) throws -> String? {
        try connection.first("SELECT value FROM value WHERE key = ?", [.text(key)]) { try $0.text(0) }
    }
}

extension SQLiteTransaction {
    func setValue(_ key: String, _ value: String?) throws {
        guard let value else { return try connection.run("DELETE FROM value WHERE key = ?", [.text(key)]) }
        try connection.run("INSERT OR REPLACE INTO value (key, value) VALUES (?, ?)", [.text(key), .text(value)])
    }
}
