package import Replication

/// What a node needs of its store: transactions, and an end; whatever else a store can do it says itself.
///
/// Safe to use from several threads: it has one writer at a time. A capability that is nil is not there, and whoever wants it
/// says so in words: a store on another machine has no files of ours to copy, to wipe or to examine.
package protocol NodeStore: Store, Sendable {
    /// Copies of its files.
    var backups: (any Backups)? { get }
    /// Wiping what was deleted.
    var scrubbing: (any Scrubbing)? { get }
    /// Finding appeals by words.
    var indexing: (any Indexing)? { get }
    /// Examining its own files.
    var examination: (any Examination)? { get }
    /// Reading at length.
    var longReads: (any LongReads)? { get }
    /// Ends it, waiting for transactions that run.
    func close() throws
}

/// A store that can be copied while others go on.
package protocol Backups: Sendable {
    /// A consistent copy of the database into a directory that has none.
    func backUp(into directory: String) throws
}

/// A store whose deleted bytes can be made to leave the disk: what a purge receipt promises.
package protocol Scrubbing: Sendable {
    /// Wipes what was deleted from every file; true if nothing is left of it. Does nothing if nothing was written.
    func checkpoint() throws -> Bool
    /// Whether something was deleted that must leave the disk soon.
    var hasRemoved: Bool { get }
    /// Whether something was written since all was wiped.
    var hasChanged: Bool { get }
}

/// A store whose index of words may have to be made anew: after an upgrade to another way of reducing them.
package protocol Indexing: Sendable {
    /// One short step of it; whether there are more.
    func growIndex() throws -> Bool
}

/// A store that can look whether its files are whole.
package protocol Examination: Sendable {
    /// What is wrong with them, in the store's words; empty if nothing is. Reads all: minutes for a large one.
    func integrityCheck() throws -> [String]
}

/// A store that is read at length without holding anybody up.
package protocol LongReads: Sendable {
    /// Reads one moment at more length than `read` may, for a second at most; nobody waits for it.
    func readLong<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result
    /// Reads one moment of the whole from a private copy, for as long as it takes.
    func readCopy<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result
    /// Reads a list in short pages by key; gives how many transactions changed something meanwhile.
    @discardableResult
    func readPages<Item>(
        _ page: (any StoreReading, String) throws -> (items: [Item], next: String?),
        _ use: ([Item]) throws -> Void
    ) throws -> Int64
}
