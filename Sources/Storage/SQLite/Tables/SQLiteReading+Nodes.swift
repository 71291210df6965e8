import Replication

extension SQLiteReading {
    // MARK: nodes and readers

    private static let nodeColumns = "node, key, state, token, former_token, contact FROM node"

    private static func node(_ statement: Statement) throws -> NodeRecord {
        var node = NodeRecord(node: try statement.text(0), key: try statement.text(1))
        node.state = try word(statement, 2)
        node.token = try statement.text(3)
        node.formerToken = try statement.text(4)
        node.contact = statement.integer(5)
        return node
    }

    func node(_ node: String) throws -> NodeRecord? {
        try connection.first("SELECT \(Self.nodeColumns) WHERE node = ?", [.text(node)], Self.node)
    }

    func node(key: String) throws -> NodeRecord? {
        try connection.first("SELECT \(Self.nodeColumns) WHERE key = ? ORDER BY node LIMIT 1", [.text(key)], Self.node)
    }

    func nodes(after: String, limit: Int) throws -> [NodeRecord] {
        let sql = "SELECT \(Self.nodeColumns) WHERE node > ? ORDER BY node LIMIT ?"
        return try connection.all(sql, [.text(after), .limit(limit)], Self.node)
    }

    private static let readerColumns = "node, stream, sequence, at, pin, pinned_at FROM reader"

    private static func reader(_ statement: Statement) throws -> ReaderRecord {
        ReaderRecord(
            node: try statement.text(0),
            stream: try statement.text(1),
            sequence: statement.integer(2),
            at: statement.integer(3),
            pin: statement.integer(4),
            pinnedAt: statement.integer(5)
        )
    }

    func reader(_ node: String, _ stream: String) throws -> ReaderRecord? {
        let sql = "SELECT \(Self.readerColumns) WHERE stream = ? AND node = ?"
        return try connection.first(sql, [.text(stream), .text(node)], Self.reader)
    }

    func readers(stream: String) throws -> [ReaderRecord] {
        let sql = "SELECT \(Self.readerColumns) WHERE stream = ? ORDER BY node"
        return try connection.all(sql, [.text(stream)], Self.reader)
    }

    // MARK: what went, and what a person must look at

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

    private static let trayColumns = "SELECT id, kind, subject, text, bytes, at FROM tray"

    private static func item(_ statement: Statement) throws -> TrayRecord {
        TrayRecord(
            id: statement.integer(0),
            kind: try statement.text(1),
            subject: try statement.text(2),
            text: try statement.text(3),
            bytes: statement.blob(4),
            at: statement.integer(5)
        )
    }

    func tray(kind: String?, after: Int64, limit: Int) throws -> [TrayRecord] {
        let condition = kind == nil ? "" : "kind = ? AND "
        let sql = "\(Self.trayColumns) WHERE \(condition)id > ? ORDER BY id LIMIT ?"
        let first: [SQLValue] = kind.map { [.text($0)] } ?? []
        return try connection.all(sql, first + [.integer(after), .limit(limit)], Self.item)
    }

    func tray(kind: String, subject: String, after: Int64, limit: Int) throws -> [TrayRecord] {
        let sql = """
            \(Self.trayColumns) INDEXED BY tray_by_subject \
            WHERE subject = ? AND kind = ? AND id > ? ORDER BY id LIMIT ?
            """
        return try connection.all(sql, [.text(subject), .text(kind), .integer(after), .limit(limit)], Self.item)
    }

    func seriesLast(_ series: String) throws -> Int64 {
        try connection.first("SELECT last FROM series WHERE series = ?", [.text(series)]) { $0.integer(0) } ?? 0
    }
}
