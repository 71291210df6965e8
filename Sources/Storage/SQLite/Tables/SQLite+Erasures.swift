import Replication

extension SQLiteReading {
    private static let stubColumns = "SELECT appeal, bytes, at, kept, registration FROM stub"

    private static func stub(_ statement: Statement) throws -> StubRecord {
        StubRecord(
            appeal: try statement.text(0),
            bytes: statement.blob(1),
            at: statement.integer(2),
            kept: statement.integer(3),
            index: try statement.text(4)
        )
    }

    private static func erasure(_ statement: Statement) throws -> ErasureRecord {
        ErasureRecord(appeal: try statement.text(0), seal: try statement.text(1), index: try statement.text(2))
    }

    func stub(_ appeal: String) throws -> StubRecord? {
        try connection.first("\(Self.stubColumns) WHERE appeal = ?", [.text(appeal)], Self.stub)
    }

    func stubs(after: String, limit: Int) throws -> [StubRecord] {
        let sql = "\(Self.stubColumns) WHERE appeal > ? ORDER BY appeal LIMIT ?"
        return try connection.all(sql, [.text(after), .limit(limit)], Self.stub)
    }

    func stub(index: String) throws -> StubRecord? {
        let sql = """
            \(Self.stubColumns) WHERE registration = ? AND registration <> '' ORDER BY at DESC, appeal DESC LIMIT 1
            """
        return try connection.first(sql, [.text(index)], Self.stub)
    }

    func departed(before: (at: Int64, appeal: String)?, limit: Int) throws -> [StubRecord] {
        guard let before else {
            return try connection.all(
                "\(Self.stubColumns) ORDER BY at DESC, appeal DESC LIMIT ?",
                [.limit(limit)],
                Self.stub
            )
        }
        let sql = "\(Self.stubColumns) WHERE (at, appeal) < (?, ?) ORDER BY at DESC, appeal DESC LIMIT ?"
        return try connection.all(sql, [.integer(before.at), .text(before.appeal), .limit(limit)], Self.stub)
    }

    func isErased(_ appeal: String) throws -> Bool {
        try connection.first("SELECT 1 FROM erasure WHERE appeal = ?", [.text(appeal)]) { _ in true } ?? false
    }

    func erasedAt(_ appeal: String) throws -> Int64? {
        try connection.first("SELECT at FROM erasure WHERE appeal = ?", [.text(appeal)]) { $0.integer(0) }
    }

    func erasures(after: String, limit: Int) throws -> [ErasureRecord] {
        let sql = "SELECT appeal, seal, registration FROM erasure WHERE appeal > ? ORDER BY appeal LIMIT ?"
        return try connection.all(sql, [.text(after), .limit(limit)], Self.erasure)
    }

    func erasure(index: String) throws -> ErasureRecord? {
        let sql = """
            SELECT appeal, seal, registration FROM erasure \
            WHERE registration = ? AND registration <> '' ORDER BY appeal LIMIT 1
            """
        return try connection.first(sql, [.text(index)], Self.erasure)
    }
}

extension SQLiteTransaction {
    func putStub(_ stub: StubRecord) throws {
        try connection.run(
            "INSERT OR REPLACE INTO stub (appeal, bytes, at, kept, registration) VALUES (?, ?, ?, ?, ?)",
            [
                .text(stub.appeal), .blob(stub.bytes), .integer(stub.at), .integer(stub.kept), .text(stub.index),
            ]
        )
    }

    func deleteStub(_ appeal: String) throws {
        isRemoving = true
        try connection.run("DELETE FROM stub WHERE appeal = ?", [.text(appeal)])
    }

    func putErasure(_ erasure: ErasureRecord, at: Int64) throws {
        isRemoving = true
        try connection.run(
            """
            INSERT INTO erasure (appeal, seal, at, registration) VALUES (?, ?, ?, ?)
            ON CONFLICT (appeal) DO UPDATE SET seal = excluded.seal, at = excluded.at,
                registration = iif(excluded.registration = '', registration, excluded.registration)
            """,
            [.text(erasure.appeal), .text(erasure.seal), .integer(at), .text(erasure.index)]
        )
    }
}
