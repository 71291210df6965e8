import Replication

extension SQLiteReading {
    private static func stub(_ statement: Statement) throws -> StubRecord {
        StubRecord(
            appeal: try statement.text(0),
            bytes: statement.blob(1),
            at: statement.integer(2),
            kept: statement.integer(3)
        )
    }

    func stub(_ appeal: String) throws -> StubRecord? {
        try connection.first("SELECT appeal, bytes, at, kept FROM stub WHERE appeal = ?", [.text(appeal)], Self.stub)
    }

    func stubs(after: String, limit: Int) throws -> [StubRecord] {
        let sql = "SELECT appeal, bytes, at, kept FROM stub WHERE appeal > ? ORDER BY appeal LIMIT ?"
        return try connection.all(sql, [.text(after), .limit(limit)], Self.stub)
    }

    func isErased(_ appeal: String) throws -> Bool {
        try connection.first("SELECT 1 FROM erasure WHERE appeal = ?", [.text(appeal)]) { _ in true } ?? false
    }

    func erasures(after: String, limit: Int) throws -> [ErasureRecord] {
        let sql = "SELECT appeal, seal FROM erasure WHERE appeal > ? ORDER BY appeal LIMIT ?"
        return try connection.all(sql, [.text(after), .limit(limit)]) {
            ErasureRecord(appeal: try $0.text(0), seal: try $0.text(1))
        }
    }
}

extension SQLiteTransaction {
    func putStub(_ stub: StubRecord) throws {
        try connection.run(
            "INSERT OR REPLACE INTO stub (appeal, bytes, at, kept) VALUES (?, ?, ?, ?)",
            [.text(stub.appeal), .blob(stub.bytes), .integer(stub.at), .integer(stub.kept)]
        )
    }

    func deleteStub(_ appeal: String) throws {
        isRemoving = true
        try connection.run("DELETE FROM stub WHERE appeal = ?", [.text(appeal)])
    }

    func putErasure(_ appeal: String, seal: String, at: Int64) throws {
        isRemoving = true
        try connection.run(
            "INSERT OR REPLACE INTO erasure (appeal, seal, at) VALUES (?, ?, ?)",
            [.text(appeal), .text(seal), .integer(at)]
        )
    }
}
