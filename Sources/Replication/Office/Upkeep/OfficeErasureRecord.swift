import Appeals

/// Erasures are also recorded outside the backup set: noted in the erasing transaction, written once it has committed.
extension Office {
    /// Notes erasures of a transaction that may still be rolled back.
    func note(erased appeals: [String], _ transaction: any StoreTransaction) throws {
        let former = try transaction.value(Values.erasuresUnwritten) ?? []
        try transaction.setValue(Values.erasuresUnwritten, former + appeals)
    }

    /// Runs a body that may erase, and writes the record before anybody gets an answer.
    func recordingErasures<Result>(_ body: () throws -> Result) throws -> Result {
        let result = try body()
        try recordErasures()
        return result
    }

    /// Writes erasures that are committed but not yet recorded, including those of a process that ended in between.
    public func recordErasures() throws {
        guard let unwritten = try store.read({ try $0.value(Values.erasuresUnwritten) }) else { return }
        let written = Set(unwritten)
        try onErase(written.sorted())
        try store.write { transaction in
            let all = try transaction.value(Values.erasuresUnwritten) ?? []
            let left = all.filter { !written.contains($0) }
            try transaction.setValue(Values.erasuresUnwritten, left.isEmpty ? nil : left)
        }
    }
}
