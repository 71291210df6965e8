package import Accounts
import Appeals
import CanonicalJSON
import Cryptography
package import Replication

/// Who comes in at a node: its accounts and all that belongs to them.
///
/// Nobody is asked here whether they may: each function that needs it says so. Secrets come out of it once, and are kept as hashes.
package struct Access {
    package let place: Workplace
    package let passwords: PasswordWork
    let uses: any UnwrittenUses

    /// - Parameter uses: where uses of sessions are kept that the store has no room for.
    package init(
        _ place: Workplace,
        passwords: PasswordWork = .scrypt,
        uses: any UnwrittenUses = NoUnwrittenUses()
    ) {
        self.place = place
        self.passwords = passwords
        self.uses = uses
    }

    var now: Int64 { place.now() }
    var desk: Desk { Desk(place, .anybody) }

    /// The role whose holders let others in: at the office its administrators, at a department its heads.
    package var managing: String {
        switch place.role {
        case .office: "administrator"
        case .department: "head"
        }
    }

    /// Random bytes, as the node draws them.
    func draw(_ count: Int) throws -> [UInt8] {
        guard let bytes = Hex.decode(place.draw(count)), bytes.count == count else {
            throw StoreError(.other, doing: "drawing \(count) random bytes", found: "something else")
        }
        return bytes
    }

    // MARK: the directory

    /// The roles in force at this node; none: the person does not come in.
    package func roles(of user: String, _ reading: any StoreReading) throws -> [String] {
        Names.isIdentifier(user) ? try desk.roles(of: user, in: place.node, reading) : []
    }

    /// The printed name; the id where the directory has none.
    package func name(of user: String, _ reading: any StoreReading) throws -> String {
        try desk.names(of: [user], reading).person(user)
    }

    /// Refused as `notManaging` unless the person lets others in at this node.
    package func requireManager(_ user: String, _ reading: any StoreReading) throws {
        guard try roles(of: user, reading).contains(managing) else {
            let who = Wording.roleOfPerson(managing)
            throw DeskError(
                .permission,
                "notManaging",
                uk: "доступ на цьому вузлі надає і скидає лише \(who.uk)",
                en: "access at this node is given and reset by its \(who.en) alone"
            )
        }
    }

    // MARK: accounts

    /// The account of a person; nil if they have none here.
    package func account(_ user: String, _ reading: any StoreReading) throws -> Account? {
        try reading.local(.account, user).map(Account.init)
    }

    /// Whether anybody has an account here.
    package func hasAccounts(_ reading: any StoreReading) throws -> Bool {
        try reading.localCount(.account, beginning: "", limit: 1) > 0
    }

    func put(_ account: Account, _ transaction: any StoreTransaction) throws {
        try transaction.putLocal(account.record)
    }

    /// Whether a second proof is asked of somebody with these roles, whether they have set it up or not.
    package func wantsSecondProof(_ roles: [String], ofAll: Bool) -> Bool { ofAll || roles.contains("administrator") }

    // MARK: the key

    /// The key of the hashes of sessions; a restore of this store takes it away, and every session with it.
    func key(_ reading: any StoreReading) throws -> [UInt8]? { try reading.value(Values.accessKey) }

    /// The same, drawn if there is none.
    func keyForWriting(_ transaction: any StoreTransaction) throws -> [UInt8] {
        if let key = try key(transaction) { return key }
        let key = try draw(32)
        try transaction.setValue(Values.accessKey, key)
        return key
    }

    /// What the present key is called: what was confirmed under another is not confirmed.
    static func era(_ key: [UInt8]) -> String { String(SHA256.hash(key).hex.prefix(16)) }

    /// Deletes what is over, so much at a time.
    func sweep(_ transaction: any StoreTransaction) throws {
        try transaction.sweepLocals(endedBy: now, limit: AccessLimits.sweptAtOnce)
    }
}

/// The slow part of passwords, from outside so that a test can count how often it runs.
package struct PasswordWork {
    package let fits: (PasswordHash, Password) throws -> Bool
    /// Of a new password with this salt.
    package let hash: (Password, [UInt8]) throws -> PasswordHash

    /// `fits` takes the kept hash and what was typed; both throw what the library throws.
    package init(
        fits: @escaping (PasswordHash, Password) throws -> Bool,
        hash: @escaping (Password, [UInt8]) throws -> PasswordHash
    ) {
        self.fits = fits
        self.hash = hash
    }

    package static var scrypt: PasswordWork {
        PasswordWork(fits: { try $0.fits($1) }, hash: { try PasswordHash($0, salt: $1) })
    }
}

/// What is limited about access, each with its unit.
package enum AccessLimits {
    /// Sessions of a person at once; the oldest ends for a new one.
    package static let sessions = 20
    /// Tokens of a person at once.
    package static let tokens = 20
    /// Records of one space that a sign-in clears away.
    static let sweptAtOnce = 100
    /// People and sessions that are looked through at once.
    static let page = 500
    /// Milliseconds for which an invitation or a new start is good: a day.
    package static let code: Int64 = 86_400_000
    /// Milliseconds after a new start in which the person approves nothing: an hour.
    package static let barred: Int64 = 3_600_000
    /// Milliseconds between two notes that a session is used.
    static let noted: Int64 = 60_000
    /// Milliseconds for which wrong guesses are remembered: a day.
    static let guesses: Int64 = 86_400_000
    /// Milliseconds for which lines of the audit list are kept: three years.
    static let audit: Int64 = 3 * 365 * 86_400_000
    /// Milliseconds for which a token is good: a year.
    package static let token: Int64 = 365 * 86_400_000
    /// Codes on paper, each of which stands once for a one-time password.
    package static let recoveryCodes = 10
    /// Characters of what a browser says of itself, of a token's name.
    package static let label = 200
}
