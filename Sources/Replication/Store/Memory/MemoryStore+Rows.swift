import Cryptography

extension MemoryTransaction {
    private func table(_ name: String, _ generation: Int64) -> SortedTable<Row> {
        state.rows[MemoryState.Place(generation: generation, space: name)] ?? SortedTable()
    }

    func row(_ name: String, generation: Int64, key: String) throws -> Row? {
        state.rows[MemoryState.Place(generation: generation, space: name)]?[key]
    }

    func rows(_ name: String, generation: Int64, after: String, limit: Int) throws -> [Row] {
        table(name, generation).values(after: after, limit: limit)
    }

    func digests(
        _ name: String,
        generation: Int64,
        from: String,
        to: String,
        limit: Int
    ) throws -> [(key: String, digest: SHA256Digest)] {
        table(name, generation).range(from: from, to: to, limit: limit).map { ($0.key, $0.value.digest) }
    }

    func range(_ name: String, generation: Int64, from: String, to: String) throws -> (count: Int64, sum: SHA256Digest)
    {
        Self.sum(try digests(name, generation: generation, from: from, to: to, limit: .max).map(\.digest))
    }

    static func sum(_ digests: [SHA256Digest]) -> (count: Int64, sum: SHA256Digest) {
        var sum = SHA256Digest.zero
        for digest in digests { sum.add(digest) }
        return (Int64(digests.count), sum)
    }

    func list(
        _ name: String,
        generation: Int64,
        filter: ListFilter,
        in order: RowOrder,
        after: RowPlace?,
        limit: Int
    ) throws -> [Row] {
        let rows = table(name, generation).all.map(\.value).filter { filter.fits($0.columns) }
        let placed = rows.map { (place: order.place($0.key, $0.columns), row: $0) }
            .filter { each in after.map { order.isBefore($0, each.place) } ?? true }
        return placed.sorted { order.isBefore($0.place, $1.place) }.prefix(limit).map(\.row)
    }

    func indexing() throws -> Int64? { nil }

    func isWiping() throws -> Bool { false }

    /// Reduces the words of every row anew.
    func find(
        _ name: String,
        generation: Int64,
        _ search: RowSearch,
        after: RowPlace?,
        limit: Int
    ) throws -> FoundRows {
        guard RowSearch.isSearched(name) else { return FoundRows(rows: [], next: nil) }
        let order = RowSearch.order
        let met = try table(name, generation).all.map(\.value).filter { try search.finds($0.soughtTerms()) }
            .map { (place: order.place($0.key, $0.columns), row: $0) }
            .filter { each in after.map { order.isBefore($0, each.place) } ?? true }
            .sorted { order.isBefore($0.place, $1.place) }
        var found = FoundRows(rows: [], next: nil), looked = 0
        for each in met {
            guard looked < RowSearch.looks, found.rows.count < limit else { return found }
            if try search.wants(each.row) { found.rows.append(each.row) }
            looked += 1
            found.next = looked < met.count ? each.place : nil
        }
        return found
    }

    func count(_ name: String, generation: Int64, filter: ListFilter) throws -> Int64 {
        Int64(table(name, generation).all.filter { filter.fits($0.value.columns) }.count)
    }

    func keys(
        _ name: String,
        generation: Int64,
        changedAfter commit: Int64,
        limit: Int
    ) throws
        -> [(key: String, commit: Int64)]
    {
        // The order of keys stays within one commit: the sort is stable.
        let changed = table(name, generation).all.map(\.value).filter { $0.commit > commit }
        return changed.sorted { $0.commit < $1.commit }.prefix(limit).map { ($0.key, $0.commit) }
    }

    func key(_ name: String, generation: Int64, index: String) throws -> String? {
        index.isEmpty
            ? nil : table(name, generation).all.first { SortedTable<Row>.isSame($0.value.columns.index, index) }?.key
    }

    func key(_ name: String, generation: Int64, formerIndex: String) throws -> String? {
        if formerIndex.isEmpty { return nil }
        return table(name, generation).all.first {
            SortedTable<Row>.isSame($0.value.columns.formerIndex, formerIndex)
        }?.key
    }

    func putRow(_ name: String, generation: Int64, _ row: Row) throws {
        set(row, row.key, MemoryState.Place(generation: generation, space: name))
    }

    private func set(_ row: Row?, _ key: String, _ place: MemoryState.Place) {
        let former = state.rows[place]?[key]
        state.rows[place, default: SortedTable()][key] = row
        undo.append { $0.rows[place]?[key] = former }
    }

    func deleteRow(_ name: String, generation: Int64, key: String) throws {
        set(nil, key, MemoryState.Place(generation: generation, space: name))
    }

    func deleteRows(_ name: String, generation: Int64, limit: Int) throws -> Int {
        let keys = table(name, generation).page(after: "", limit: limit).map(\.key)
        for key in keys { try deleteRow(name, generation: generation, key: key) }
        return keys.count
    }
}
