import Appeals
import Cryptography

/// A value to bind to a statement.
///
/// All values reach SQLite bound, never spliced into the text of a statement.
enum SQLValue {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])

    /// A limit of rows; a negative one is none at all, since SQLite would take it for "no limit".
    static func limit(_ limit: Int) -> SQLValue { .integer(Int64(max(0, limit))) }

    /// A truth value as 0 or 1.
    static func flag(_ flag: Bool) -> SQLValue { .integer(flag ? 1 : 0) }

    /// A digest as its 32 bytes.
    static func digest(_ digest: SHA256Digest) -> SQLValue { .blob(digest.array) }

    /// An origin as `node#incarnation`.
    static func origin(_ origin: Origin) -> SQLValue { .text(origin.description) }

    /// A text, or NULL.
    static func optional(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }

    /// Bytes, or NULL.
    static func optional(_ bytes: [UInt8]?) -> SQLValue { bytes.map { .blob($0) } ?? .null }
}
