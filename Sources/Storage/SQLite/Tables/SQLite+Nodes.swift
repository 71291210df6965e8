import Replication

extension SQLiteReading {
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

    func readers(stream: String, after node: String, limit: Int) throws -> [ReaderRecord] {
        let sql = "SELECT \(Self.readerColumns) WHERE stream = ? AND node > ? ORDER BY node LIMIT ?"
        return try connection.all(sql, [.text(stream), .text(node), .limit(limit)], Self.reader)
    }
}

extension SQLiteTransaction {
    func putNode(_ node: NodeRecord) throws {
        try connection.run(
            "INSERT OR REPLACE INTO node (node, key, state, token, former_token, contact) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(node.node), .text(node.key), .text(node.state.rawValue), .text(node.token),
                .text(node.formerToken),
                .integer(node.contact),
            ]
        )
    }

    func putReader(_ reader: ReaderRecord) throws {
        try connection.run(
            "INSERT OR REPLACE INTO reader (node, stream, sequence, at, pin, pinned_at) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(reader.node), .text(reader.stream), .integer(reader.sequence), .integer(reader.at),
                .integer(reader.pin), .integer(reader.pinnedAt),
            ]
        )
    }
}
