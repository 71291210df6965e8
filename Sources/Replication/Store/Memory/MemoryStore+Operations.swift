import Appeals

extension MemoryTransaction {
    func operation(_ origin: Origin, _ number: Int64) throws -> OperationRecord? { state.operations[origin]?[number] }

    func operations(_ origin: Origin, after: Int64, limit: Int) throws -> [OperationRecord] {
        state.operations[origin]?.page(after: after, limit: limit) ?? []
    }

    func operation(command: String, of origin: Origin) throws -> OperationRecord? {
        try state.commands[origin]?[command].flatMap { try operation(origin, $0) }
    }

    /// The command of a record takes the place of its former one; it is of one operation at most.
    private func index(_ command: String?, former: String?, _ write: WriteName) throws {
        guard command != former else { return }
        let table = state.commands[write.origin]
        if let command, let other = table?[command], other != write.number {
            throw StoreError(.other, doing: "writing \(write)", found: "its command is \(write.origin):\(other)")
        }
        undo.append { $0.commands[write.origin] = table }
        if let former { state.commands[write.origin]?[former] = nil }
        if let command { state.commands[write.origin, default: [:]][command] = write.number }
    }

    private func operations(on appeal: String) -> [OperationRecord] {
        (state.byAppeal[appeal] ?? []).compactMap { state.operations[$0.origin]?[$0.number] }
    }

    func operations(appeal: String, after: OperationPlace?, limit: Int) throws -> [OperationRecord] {
        let wanted = operations(on: appeal).filter { record in
            after.map { ($0.commit, $0.write.origin, $0.write.number) < (record.commit, record.origin, record.number) }
                ?? true
        }
        let sorted = wanted.sorted {
            ($0.commit, $0.origin, $0.number) < ($1.commit, $1.origin, $1.number)
        }
        return Array(sorted.prefix(limit))
    }

    func operationsOfNoAppeal(before: OperationPlace?, limit: Int) throws -> [OperationRecord] {
        let wanted = state.operations.values.flatMap(\.records).filter { record in
            record.appeal == nil
                && before.map {
                    (record.commit, record.origin, record.number) < ($0.commit, $0.write.origin, $0.write.number)
                }
                    ?? true
        }
        let sorted = wanted.sorted { ($1.commit, $1.origin, $1.number) < ($0.commit, $0.origin, $0.number) }
        return Array(sorted.prefix(limit))
    }

    func operations(status: OutcomeStatus, node: String?, after: WriteName?, limit: Int) throws -> [OperationRecord] {
        let all = state.operations.values.flatMap(\.records).filter { record in
            record.status == status && record.decision == nil && (node == nil || record.origin.node == node)
                && after.map { ($0.origin, $0.number) < (record.origin, record.number) } ?? true
        }
        return Array(all.sorted { ($0.origin, $0.number) < ($1.origin, $1.number) }.prefix(limit))
    }

    private func isPending(_ record: OperationRecord, _ node: String, _ commit: Int64) -> Bool {
        record.origin.node == node && (record.status == nil || record.commit > commit)
    }

    func pending(
        appeal: String,
        node: String,
        beyond commit: Int64,
        after: PendingPlace?,
        limit: Int
    ) throws -> [OperationRecord] {
        let pending = operations(on: appeal).filter { record in
            isPending(record, node, commit)
                && after.map { ($0.at, $0.write.origin, $0.write.number) < (record.at, record.origin, record.number) }
                    ?? true
        }
        // Own incarnations follow one another in time; a clock tie keeps the order of numbers.
        return Array(pending.sorted { ($0.at, $0.origin, $0.number) < ($1.at, $1.origin, $1.number) }.prefix(limit))
    }

    func pendingAppeals(node: String, beyond commit: Int64, after: String, limit: Int) throws -> [String] {
        let appeals = state.byAppeal.keys.filter { appeal in
            SortedTable<Int>.isBefore(after, appeal) && operations(on: appeal).contains { isPending($0, node, commit) }
        }
        return Array(appeals.sorted().prefix(limit))
    }

    func putOperation(_ operation: OperationRecord) throws {
        let (origin, number) = (operation.origin, operation.number)
        let former = state.operations[origin]?[number]
        let write = WriteName(origin: origin, number: number)
        try index(operation.command, former: former?.command, write)
        state.operations[origin, default: MemoryLog()][number] = operation
        undo.append { $0.operations[origin]?[number] = former }
        // Another operation takes the number when a node fetches back what the office has there.
        if let left = former?.appeal, left != operation.appeal, state.byAppeal[left]?.remove(write) != nil {
            undo.append { $0.byAppeal[left]?.insert(write) }
        }
        guard let appeal = operation.appeal else { return }
        guard state.byAppeal[appeal, default: []].insert(write).inserted else { return }
        undo.append { $0.byAppeal[appeal]?.remove(write) }
    }

    func setOutcome(_ outcome: Outcome, as line: [UInt8]) throws -> Bool {
        guard var record = state.operations[outcome.origin]?[outcome.number], record.id == outcome.id else {
            return false
        }
        guard record.commit <= outcome.commit else { return true }
        record.outcome = line
        record.status = outcome.status
        record.commit = outcome.commit
        try putOperation(record)
        return true
    }
}
