import Replication

/// Which deleted content the free space of pages may still hold; kept in the store, so that a restart does not forget
/// it.
///
/// Content is wiped because something was deleted, never because time has passed.
enum WipeMark: Int64, Comparable {
    /// Nothing was written since the last pass over the file.
    case clean
    /// Values were changed: former ones may be left, to be wiped in a quiet hour.
    case changed
    /// Content was deleted that nobody may keep: to be wiped soon.
    case removed

    static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }

    /// One row; a store that did not know the mark may hold anything.
    static let table = """
        CREATE TABLE wiping (mark INTEGER NOT NULL) STRICT;
        INSERT INTO wiping (mark) VALUES (\(WipeMark.removed.rawValue));
        """

    /// The mark as the store has it.
    static func read(_ connection: Connection) throws -> WipeMark {
        try connection.first("SELECT mark FROM wiping") { WipeMark(rawValue: $0.integer(0)) ?? .removed } ?? .removed
    }

    /// Puts the mark in the store, in the running transaction.
    func write(_ connection: Connection) throws {
        try connection.run("UPDATE wiping SET mark = ?", [.integer(rawValue)])
    }
}
