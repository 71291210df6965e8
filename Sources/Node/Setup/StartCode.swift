import Accounts
import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// The code that opens the first run: in a file of the data directory that only its owner can read, its hash in the store.
///
/// Whoever can read the file could open the store as well. It is for one use and goes when somebody has an account.
enum StartCode {
    private static let doing = Label(uk: "код першого запуску", en: "the code of the first run")
    /// What the store says of the hash.
    static let record: JSON = ["kind": "start"]

    /// Makes a code where nobody has an account and none is there; takes it away where somebody has.
    ///
    /// A file whose hash the store does not know (another store was put there) is no code: a new one is made.
    static func keep(_ node: OpenedNode) throws {
        let path = node.directory.startCode
        let isNeeded = try node.store.read { try $0.localCount(.account, beginning: "", limit: 1) == 0 }
        guard isNeeded else {
            if Files.exists(path) { Files.remove(path) }
            return
        }
        if let code = try read(path), try node.store.read({ try $0.local(.code, code.hash.hex) }) != nil { return }
        guard let code = OneTimeCode(RandomBytes.bytes(OneTimeCode.length)) else {
            preconditionFailure("as many bytes as a code has")
        }
        try Files.write(path, Array((code.text + "\n").utf8), doing: doing)
        try node.store.write { transaction in
            for former in try transaction.locals(.code, beginning: "", after: "", limit: 1_000)
            where former.bytes == record.canonicalBytes() {
                try transaction.deleteLocal(.code, former.key)
            }
            try transaction.putLocal(LocalRecord(.code, code.hash.hex, bytes: record.canonicalBytes()))
        }
    }

    /// The code of the file; nil if there is none, or it holds something else.
    static func read(_ path: String) throws -> OneTimeCode? {
        guard Files.exists(path) else { return nil }
        return OneTimeCode(typed: String(decoding: try Files.read(path, limit: 1_024, doing: doing), as: UTF8.self))
    }
}
