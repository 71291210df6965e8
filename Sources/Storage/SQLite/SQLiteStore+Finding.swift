import Replication

/// The index of words beside the people's transactions: each step is one of its own, and short.
extension SQLiteStore {
    /// Rows that one step takes in, of which each is read and reduced: about 5 ms.
    private static let rowsAtOnce = 24
    /// Pages of the index that one step merges, of 4 KiB: about 2 ms of the processor.
    ///
    /// NB: FTS5 stops between two words only. The list of a word that a million appeals have is merged in one step of 40 ms,
    /// and fewer pages at once make none of these shorter.
    private static let pagesAtOnce: Int64 = 16

    /// An index of another version of the reduction is emptied, to grow again.
    ///
    /// Else nothing is written: a store is opened by each command.
    static func prepareIndex(_ writer: Connection) throws {
        guard try !WordIndex(writer).isPresent else { return }
        try writer.transaction(writing: true) {
            var index = try WordIndex(writer)
            try index.prepare()
        }
    }

    /// One step of taking rows into an index that has to be made anew; whether there are more.
    ///
    /// Does nothing where it is whole.
    public func growIndex() throws -> Bool { try step { try $0.grow(by: Self.rowsAtOnce) } }

    /// Whether deleted words are still in the pages of the index.
    public var hasWords: Bool {
        get throws { try withWriter { try !WordIndex($0).state.words.isEmpty } }
    }

    /// Takes away all words that were deleted before, in steps between which people's transactions run.
    ///
    /// A merge that was cut by the end of a process is finished first: it does not take what was deleted since it began.
    /// `stepped` is called after each step.
    package func clearWords(_ stepped: () -> Void = {}) throws {
        func merge() throws {
            var isMore = true
            while isMore {
                isMore = try step { try $0.merge(pages: Self.pagesAtOnce) }
                stepped()
            }
        }
        let words = try withWriter { try WordIndex($0).state.words }
        if words.contains(.merging) { try merge() }
        guard words.contains(.left) else { return }
        try step { try $0.beginMerge(pages: Self.pagesAtOnce) }
        stepped()
        try merge()
    }

    private func step<Result>(_ body: (inout WordIndex) throws -> Result) throws -> Result {
        try upkeep { writer in
            var index = try WordIndex(writer)
            return try body(&index)
        }
    }
}
