import Appeals
import Cryptography

/// A value to bind to a statement.
enum SQLValue {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])

    static func limit(_ limit: Int) -> SQLValue { .integer(Int64(max(0, limit))) }
    static func flag(_ flag: Bool) -> SQLValue { .integer(flag ? 1 : 0) }
    static func digest(_ digest: SHA256Digest) -> SQLValue { .blob(digest.array) }
    static func origin(_ origin: Origin) -> SQLValue { .text(origin.description) }
    static func optional(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
    static func optional(_ bytes: [UInt8]?) -> SQLValue { bytes.map { .blob($0) } ?? .null }
}
