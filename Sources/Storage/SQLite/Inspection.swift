package import Replication

/// A database as it lies on the disk, for whoever looks into a sick node: opened to read only, by none of the store's rules.
///
/// Neither lock nor migration, and no page is trusted: what cannot be read is named, and what lies behind it is looked for. A page of
/// records is all that is in memory.
package final class Inspection {
    private let connection: Connection

    /// Opens the file; one that nobody has open, and without a write-ahead log beside it, is not touched at all.
    package init(_ path: String) throws {
        guard StoreDirectory.exists(path) else {
            throw StoreError(.missing, doing: "Opening the database \(path)", found: "there is no such file")
        }
        // Who has the database open has this file too, also before the first write.
        let isAtRest = StoreDirectory.size(path + "-wal") == 0 && !StoreDirectory.exists(path + "-shm")
        connection = try Connection(path, readOnly: true, isAtRest: isAtRest)
        do {
            for pragma in [
                "query_only=ON", "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "temp_store=MEMORY",
            ] { try connection.execute("PRAGMA \(pragma)") }
            // The first page is the schema: without it nothing of the file can be named.
            _ = try connection.first("SELECT count(*) FROM sqlite_schema") { $0.integer(0) }
        } catch {
            try connection.close()
            throw error
        }
    }

    /// Must be called: a connection that is let go open ends the process.
    package func close() throws { try connection.close() }

    /// The version of the tables.
    package var version: Int64 { get throws { try connection.first("PRAGMA user_version") { $0.integer(0) } ?? 0 } }

    /// Records behind a key, in the order of keys; `under` is the first part of a key that all must have.
    package func page(
        _ table: InspectedTable,
        under: String?,
        after: [InspectedCell],
        limit: Int
    ) throws -> InspectedPage {
        var page = InspectedPage()
        let begin = after.isEmpty ? Self.least(table, under) : after
        let keys = keys(table, under, after: begin, isIncluded: after.isEmpty, limit: limit + 1, &page.gaps)
        for key in keys.prefix(limit) { page.records.append(record(table, key)) }
        if keys.count > limit { page.next = page.records.last?.key }
        return page
    }

    /// A key before all others.
    private static func least(_ table: InspectedTable, _ under: String?) -> [InspectedCell] {
        table.key.enumerated().map { place, name in
            place == 0 ? .text(under ?? "") : InspectedTable.isNumber(name) ? .integer(.min) : .text("")
        }
    }

    // MARK: keys

    private func keys(
        _ table: InspectedTable,
        _ under: String?,
        after begin: [InspectedCell],
        isIncluded: Bool,
        limit: Int,
        _ gaps: inout [InspectedGap]
    ) -> [[InspectedCell]] {
        var keys: [[InspectedCell]] = []
        var trouble = walk(table, under, from: begin, isIncluded, limit: limit, source: "", &keys)
        guard let found = trouble else { return keys }
        if let source = table.otherKeys {
            let last = keys.last
            trouble = walk(
                table,
                under,
                from: last ?? begin,
                last == nil && isIncluded,
                limit: limit - keys.count,
                source: source,
                &keys
            )
            if trouble == nil { return keys }
        }
        // Behind the damage: from the end back, as far as that can be read.
        let last = keys.last ?? begin
        var behind: [InspectedCell] = []
        back(table, under, to: last) { behind = $0 }
        gaps.append(InspectedGap(after: keys.last ?? (isIncluded ? [] : begin), before: behind, found: found))
        guard !behind.isEmpty, keys.count < limit else { return keys }
        // It is known, and may stand right of what is damaged: a search for it would go through the damage.
        keys.append(behind)
        if let again = walk(table, under, from: behind, false, limit: limit - keys.count, source: "", &keys) {
            gaps.append(InspectedGap(after: keys.last ?? behind, before: [], found: again))
        }
        return keys
    }

    /// Adds keys in their order; says what it met, if it did not come to the end.
    private func walk(
        _ table: InspectedTable,
        _ under: String?,
        from begin: [InspectedCell],
        _ isIncluded: Bool,
        limit: Int,
        source: String,
        _ keys: inout [[InspectedCell]]
    ) -> String? {
        guard limit > 0 else { return nil }
        let names = table.key.joined(separator: ", ")
        let marks = table.key.map { _ in "?" }.joined(separator: ", ")
        let sql =
            "SELECT \(names) FROM \(table.rawValue) \(source) WHERE (\(names)) \(isIncluded ? ">=" : ">") (\(marks))"
            + (under == nil ? "" : " AND \(table.key[0]) = ?") + " ORDER BY \(names) LIMIT ?"
        let values = begin.map(\.value) + (under.map { [.text($0)] } ?? []) + [.integer(Int64(limit))]
        do {
            try connection.each(sql, values) { statement in
                keys.append(table.key.indices.map { statement.cell(Int32($0)) })
                return true
            }
            return nil
        } catch { return Self.words(error) }
    }

    /// Keys behind `end` from the last one back, as far as they can be read.
    private func back(
        _ table: InspectedTable,
        _ under: String?,
        to end: [InspectedCell],
        _ key: ([InspectedCell]) -> Void
    ) {
        let names = table.key.joined(separator: ", ")
        let marks = table.key.map { _ in "?" }.joined(separator: ", ")
        let order = table.key.map { $0 + " DESC" }.joined(separator: ", ")
        let sql =
            "SELECT \(names) FROM \(table.rawValue) WHERE (\(names)) > (\(marks))"
            + (under == nil ? "" : " AND \(table.key[0]) = ?") + " ORDER BY \(order)"
        do {
            try connection.each(sql, end.map(\.value) + (under.map { [.text($0)] } ?? [])) { statement in
                key(table.key.indices.map { statement.cell(Int32($0)) })
                return true
            }
        } catch { return }
    }

    // MARK: records

    /// All columns of one record, or why they cannot be read: one broken record does not keep the others back.
    private func record(_ table: InspectedTable, _ key: [InspectedCell]) -> InspectedRecord {
        var record = InspectedRecord(key: key)
        let wanted = table.key.map { "\($0) = ?" }.joined(separator: " AND ")
        do {
            try connection.each("SELECT * FROM \(table.rawValue) WHERE \(wanted)", key.map(\.value)) { statement in
                record.columns = statement.cells
                return false
            }
        } catch { record.unreadable.append((table.rawValue, Self.words(error))) }
        if record.columns.isEmpty, record.unreadable.isEmpty {
            record.unreadable.append((table.rawValue, "an index names it, and it is not there"))
        }
        if table == .row { addBody(&record) }
        if table == .value, case .text(let name)? = key.first, Values.secrets.contains(name) {
            record.columns = record.columns.map { ($0.name, $0.name == "value" ? .secret : $0.cell) }
        }
        return record
    }

    /// What a row says lies in another table.
    private func addBody(_ record: inout InspectedRecord) {
        guard let body = record.columns.first(where: { $0.name == "body" })?.cell else { return }
        do {
            let found = try connection.first("SELECT bytes FROM row_body WHERE id = ?", [body.value]) { $0.cell(0) }
            if let found {
                record.columns.append(("bytes", found))
            } else {
                record.unreadable.append(("bytes", "the row's body is not there"))
            }
        } catch { record.unreadable.append(("bytes", Self.words(error))) }
    }

    private static func words(_ error: any Error) -> String { (error as? StoreError)?.found ?? "\(error)" }
}

extension InspectedCell {
    fileprivate var value: SQLValue {
        switch self {
        case .null: .null
        case .integer(let number): .integer(number)
        case .text(let text): .text(text)
        case .bytes(let bytes): .blob(bytes)
        case .secret: .null
        }
    }
}

extension InspectedTable {
    /// Another b-tree from which keys can be had where that of the keys is damaged.
    fileprivate var otherKeys: String? {
        switch self {
        case .row: "INDEXED BY row_list"
        case .tenure: "INDEXED BY tenure_by_key"
        case .operation: "NOT INDEXED"
        case .value, .stream, .origin: nil
        }
    }
}
