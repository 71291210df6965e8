import Appeals

/// Erasures are recorded outside the backup set too: durable with what erases, written once that is committed.
extension Office {
    private static let unwritten = "erasuresUnwritten"

    /// Notes erasures of a transaction, which may still be taken back.
    func note(erased appeals: [String], _ transaction: any StoreTransaction) throws {
        let former = try transaction.value(Self.unwritten).map { $0 + " " } ?? ""
        try transaction.setValue(Self.unwritten, former + appeals.joined(separator: " "))
    }

    /// Does what may erase and writes the record of it before anybody is answered.
    func recordingErasures<Result>(_ body: () throws -> Result) throws -> Result {
        let result = try body()
        try recordErasures()
        return result
    }

    /// Writes what is committed and not yet recorded; also what a process left that ended in between.
    public func recordErasures() throws {
        guard let text = try store.read({ try $0.value(Self.unwritten) }) else { return }
        let written = Set(text.split(separator: " ").map(String.init))
        try onErase(written.sorted())
        try store.write { transaction in
            let all = try transaction.value(Self.unwritten)?.split(separator: " ").map(String.init) ?? []
            let left = all.filter { !written.contains($0) }
            try transaction.setValue(Self.unwritten, left.isEmpty ? nil : left.joined(separator: " "))
        }
    }
}
