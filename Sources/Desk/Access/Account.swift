package import Accounts
package import Appeals
import CanonicalJSON
package import Cryptography
import Replication

/// What a node keeps of somebody who comes in: secrets as hashes, and what happened to them.
///
/// Kept as canonical JSON under the person's id, and nowhere else.
package struct Account: Sendable, Equatable {
    /// The second proof, from the person's authenticator.
    package struct Authenticator: Sendable, Equatable {
        let secret: [UInt8]
        /// The step of the last accepted password; nil before the first.
        var last: Int64?
    }

    /// A new start that somebody gave the person.
    package struct Reset: Sendable, Equatable {
        /// When the person chose a new password; unix milliseconds.
        package let at: Int64
        /// The id of who gave it; empty for the owner of the directory.
        package let by: String
    }

    package let user: String
    /// Nil from a reset until the person has used its code.
    package var password: PasswordHash?
    /// Since when; unix milliseconds.
    package var since: Int64
    package var authenticator: Authenticator?
    /// A secret that was shown and not yet confirmed by a password of it.
    var proposed: [UInt8]?
    /// Of codes on paper that were not used.
    package var recovery: [SHA256Digest] = []
    package var reset: Reset?
    /// In which they read; nil: as their browser says.
    package var language: Language?

    init(user: String, password: PasswordHash?, since: Int64) {
        self.user = user
        self.password = password
        self.since = since
    }

    /// Whether the person approves nothing for now.
    package func isBarred(at now: Int64) -> Bool { reset.map { now < $0.at + AccessLimits.barred } ?? false }
}

extension Account {
    var record: LocalRecord {
        var object: JSONObject = ["since": .integer(since), "recovery": .array(recovery.map { .string($0.hex) })]
        object["password"] = password.map { .string($0.text) }
        if let authenticator {
            var member: JSONObject = ["secret": .string(Hex.encode(authenticator.secret))]
            member["last"] = authenticator.last.map(JSON.integer)
            object["authenticator"] = .object(member)
        }
        object["proposed"] = proposed.map { .string(Hex.encode($0)) }
        object["reset"] = reset.map { ["at": .integer($0.at), "by": .string($0.by)] }
        object["language"] = language.map { .string($0.rawValue) }
        return LocalRecord(.account, user, bytes: JSON.object(object).canonicalBytes())
    }

    /// Throws `.corrupt` for what is no account.
    init(_ record: LocalRecord) throws {
        let json = try record.json()
        guard let since = json["since"]?.integer else { throw record.unreadable }
        self.init(user: record.key, password: nil, since: since)
        if let text = json["password"]?.string {
            guard let hash = PasswordHash(text) else { throw record.unreadable }
            password = hash
        }
        if let member = json["authenticator"] {
            guard let secret = member["secret"]?.string.flatMap({ Hex.decode($0) }) else { throw record.unreadable }
            authenticator = Authenticator(secret: secret, last: member["last"]?.integer)
        }
        proposed = json["proposed"]?.string.flatMap { Hex.decode($0) }
        recovery = (json["recovery"]?.array ?? []).compactMap { $0.string.flatMap { SHA256Digest(hex: $0) } }
        if let member = json["reset"], let at = member["at"]?.integer {
            reset = Reset(at: at, by: member["by"]?.string ?? "")
        }
        language = json["language"]?.string.flatMap(Language.init)
    }
}

extension LocalRecord {
    /// The content of a record that is written as JSON; throws `.corrupt` if it is none.
    func json() throws -> JSON {
        do { return try JSON(parsing: bytes) } catch { throw unreadable }
    }

    /// That the record does not say what its space means.
    var unreadable: StoreError {
        StoreError(.corrupt, doing: "reading the record \(space.rawValue)", found: "\(bytes.count) bytes")
    }
}
