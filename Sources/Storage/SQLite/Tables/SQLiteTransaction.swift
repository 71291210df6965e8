import Replication

/// Changes in one transaction of the writer; the tables are in the extensions.
final class SQLiteTransaction: SQLiteReading, StoreTransaction {
    /// Whether it deletes content that nobody may keep: see `WipeMark`.
    var isRemoving = false
    /// The index of words, once it was asked for.
    var known: WordIndex?
}
