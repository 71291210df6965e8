extension MemoryTransaction {
    /// Spaces are apart by a byte that no id has.
    private static func place(_ space: LocalRecord.Space, _ key: String) -> String { space.rawValue + "\u{1}" + key }

    func local(_ space: LocalRecord.Space, _ key: String) throws -> LocalRecord? {
        state.locals[Self.place(space, key)]
    }

    func locals(
        _ space: LocalRecord.Space,
        beginning prefix: String,
        after: String,
        limit: Int
    ) throws -> [LocalRecord] {
        Array(
            all(space, beginning: prefix).filter { after.isEmpty || SortedTable<LocalRecord>.isBefore(after, $0.key) }
                .prefix(limit)
        )
    }

    func locals(_ space: LocalRecord.Space, endedBy now: Int64, limit: Int) throws -> [LocalRecord] {
        let ended = all(space, beginning: "").filter { $0.until > 0 && $0.until <= now }
        // The order of keys stays within one moment: the sort is stable.
        return Array(ended.sorted { $0.until < $1.until }.prefix(limit))
    }

    func localCount(_ space: LocalRecord.Space, beginning prefix: String, limit: Int) throws -> Int {
        min(limit, all(space, beginning: prefix).count)
    }

    private func all(_ space: LocalRecord.Space, beginning prefix: String) -> [LocalRecord] {
        state.locals.all.map(\.value).filter { $0.space == space && $0.key.utf8.starts(with: prefix.utf8) }
    }

    func putLocal(_ record: LocalRecord) throws { set(record, at: Self.place(record.space, record.key)) }

    func deleteLocal(_ space: LocalRecord.Space, _ key: String) throws { set(nil, at: Self.place(space, key)) }

    func deleteLocals(of appeal: String) throws {
        if appeal.isEmpty { return }
        for (place, record) in state.locals.all
        where record.appeals.contains(where: { SortedTable<LocalRecord>.isSame($0, appeal) }) {
            set(nil, at: place)
        }
    }

    private func set(_ record: LocalRecord?, at place: String) {
        let former = state.locals[place]
        state.locals[place] = record
        undo.append { $0.locals[place] = former }
    }
}
