import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// The location of a row's bytes, and its list columns.
struct RowHead {
    let space: String
    let generation: Int64
    let key: String
    let body: Int64
    /// In the index of words; 0 if it is not there.
    let number: Int64
    let columns: RowColumns
}

/// Reads in one snapshot of one connection; the tables are in the extensions.
class SQLiteReading {
    private var lent: Connection?
    /// The row that was read last, since a row that was read is usually written next.
    var lastRead: RowHead?

    init(_ connection: Connection) { lent = connection }

    /// Releases the connection: a caller that kept this object must not use another's transaction.
    func end() { lent = nil }

    var connection: Connection {
        guard let lent else { preconditionFailure("a transaction is over once its body has returned") }
        return lent
    }

    /// Count and sum of the digests that a statement selects.
    func sum(_ sql: String, _ values: [SQLValue]) throws -> (count: Int64, sum: SHA256Digest) {
        var count: Int64 = 0
        var sum = SHA256Digest.zero
        try connection.each(sql, values) {
            sum.add(try $0.digest(0))
            count += 1
            return true
        }
        return (count, sum)
    }

    /// `from <= key`, and `key < to` unless `to` is empty.
    static func keys(from: String, to: String) -> (sql: String, values: [SQLValue]) {
        to.isEmpty ? ("key >= ?", [.text(from)]) : ("key >= ? AND key < ?", [.text(from), .text(to)])
    }

    /// Origins of a node: `#` ends its name, and `$` comes next.
    static func origins(of node: String) -> [SQLValue] { [.text(node + "#"), .text(node + "$")] }

    static func origin(_ statement: Statement, _ column: Int32) throws -> Origin {
        guard let origin = Origin(try statement.text(column)) else { throw statement.broken(column, "an origin") }
        return origin
    }

    /// A column that holds one case of an enumeration.
    static func word<Word: RawRepresentable<String>>(_ statement: Statement, _ column: Int32) throws -> Word {
        guard let word = Word(rawValue: try statement.text(column)) else {
            throw statement.broken(column, "\(Word.self)")
        }
        return word
    }
}

extension SQLiteReading: StoreReading {}
