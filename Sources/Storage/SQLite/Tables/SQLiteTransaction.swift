import Replication

/// Changes in one transaction of the writer; the tables are in the extensions.
final class SQLiteTransaction: SQLiteReading, StoreTransaction {
    /// Whether it deletes what nobody may have any more: see `WipeMark`.
    var isRemoving = false
}
