public import Replication

/// What a node needs of its store beyond transactions.
///
/// Safe to use from several threads: it has one writer at a time.
public protocol NodeStore: Store, Sendable {
    /// Folds the log of changes into the file; true if nothing is left in the log.
    func checkpoint() throws -> Bool
    /// A consistent copy of the database into a directory that has none, while others go on.
    func backUp(into directory: String) throws
    /// What is wrong with the file, in the store's words; empty if nothing is.
    func integrityCheck() throws -> [String]
    func close() throws
}
