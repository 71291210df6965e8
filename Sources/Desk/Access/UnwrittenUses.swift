import Accounts
import Replication

/// When sessions were last used, as far as the store could not take it down: whoever reads at a node whose disk is full stays
/// signed in as anywhere else, until the node ends.
package protocol UnwrittenUses: Sendable {
    /// Unix milliseconds; nil if nothing is remembered of the session of this hash.
    func use(of hash: String) -> Int64?
    /// Remembers it, and forgets what is older than a session lives without use.
    func remember(_ hash: String, at now: Int64)
    /// The store has it, or the session is over.
    func forget(_ hash: String)
}

/// Remembers nothing: of a site that lives no longer than a request.
package struct NoUnwrittenUses: UnwrittenUses {
    package init() {}
    /// Never knows of any.
    package func use(of hash: String) -> Int64? { nil }
    /// Keeps nothing.
    package func remember(_ hash: String, at now: Int64) {}
    /// There is nothing to forget.
    package func forget(_ hash: String) {}
}

extension Access {
    /// A session with the last use that is known of it, written or not.
    func session(_ record: LocalRecord) throws -> AccessSession {
        var session = try AccessSession(record)
        guard let use = uses.use(of: session.hash), use > session.session.used else { return session }
        session.session = Session(began: session.session.began, used: use)
        return session
    }
}
