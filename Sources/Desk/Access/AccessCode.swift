package import Accounts
import CanonicalJSON
import Cryptography
package import Replication

/// A code for one use that was given to somebody, as the node keeps it: by its hash.
package struct AccessCode: Sendable, Equatable {
    package enum Kind: String, CaseIterable, Sendable {
        /// Opens the first run; it belongs to whoever has the machine.
        case start
        /// Makes an account of a person.
        case invitation
        /// Gives somebody who has an account a new start.
        case reset
    }

    package let hash: String
    package let kind: Kind
    /// For whom; nil of a start code, whose holder says who they are.
    package let user: String?
    /// The id of who gave it; empty for the owner of the directory.
    package let by: String
    /// Unix milliseconds; nil: until it is used.
    package let until: Int64?

    package init(_ code: OneTimeCode, _ kind: Kind, user: String? = nil, by: String = "", until: Int64? = nil) {
        hash = code.hash.hex
        self.kind = kind
        self.user = user
        self.by = by
        self.until = until
    }

    package var record: LocalRecord {
        var object: JSONObject = ["kind": .string(kind.rawValue)]
        object["user"] = user.map(JSON.string)
        if !by.isEmpty { object["by"] = .string(by) }
        return LocalRecord(.code, hash, until: until ?? 0, bytes: JSON.object(object).canonicalBytes())
    }

    /// Throws `.corrupt` for what is no code.
    init(_ record: LocalRecord) throws {
        let json = try record.json()
        guard let kind = json["kind"]?.string.flatMap(Kind.init) else { throw record.unreadable }
        hash = record.key
        self.kind = kind
        user = json["user"]?.string
        by = json["by"]?.string ?? ""
        until = record.until == 0 ? nil : record.until
    }
}

extension Access {
    /// A code that is good now; nil for any other.
    package func code(_ typed: OneTimeCode, _ reading: any StoreReading) throws -> AccessCode? {
        guard let record = try reading.local(.code, typed.hash.hex) else { return nil }
        let code = try AccessCode(record)
        return code.until.map { now < $0 } ?? true ? code : nil
    }

    /// All codes that are good now.
    func codes(_ reading: any StoreReading) throws -> [AccessCode] {
        var found: [AccessCode] = [], after = ""
        while true {
            let page = try reading.locals(.code, beginning: "", after: after, limit: AccessLimits.page)
            found += try page.map(AccessCode.init).filter { code in code.until.map { now < $0 } ?? true }
            guard page.count == AccessLimits.page, let last = page.last else { return found }
            after = last.key
        }
    }

    /// Draws a code, in place of all that the person has.
    func give(
        _ kind: AccessCode.Kind,
        to user: String,
        by: String,
        _ transaction: any StoreTransaction
    ) throws -> (code: OneTimeCode, until: Int64) {
        guard let code = OneTimeCode(try draw(OneTimeCode.length)) else {
            preconditionFailure("a code is made of as many bytes as it has")
        }
        try withdrawCodes(of: user, transaction)
        let until = now + AccessLimits.code
        try transaction.putLocal(AccessCode(code, kind, user: user, by: by, until: until).record)
        return (code, until)
    }

    func withdrawCodes(of user: String, _ transaction: any StoreTransaction) throws {
        for code in try codes(transaction) where code.user == user { try transaction.deleteLocal(.code, code.hash) }
    }
}
