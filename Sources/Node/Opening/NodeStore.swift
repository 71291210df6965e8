package import Replication

/// What a node needs of its store beyond transactions.
///
/// Safe to use from several threads: it has one writer at a time.
package protocol NodeStore: Store, Sendable {
    /// Wipes what was deleted from every file; true if nothing is left of it. Does nothing if nothing was written.
    func checkpoint() throws -> Bool
    /// Whether something was deleted that must leave the disk soon.
    var hasRemoved: Bool { get }
    /// Whether something was written since all was wiped.
    var hasChanged: Bool { get }
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
    /// A consistent copy of the database into a directory that has none, while others go on.
    func backUp(into directory: String) throws
    /// What is wrong with the file, in the store's words; empty if nothing is.
    func integrityCheck() throws -> [String]
    func close() throws
}
