import Accounts
import Desk
import Locks

/// The uses of sessions that the disk had no room for, in memory.
package final class HeldUses: UnwrittenUses {
    private let uses = Locked<[String: Int64]>([:])

    package init() {}

    /// Unix milliseconds; nil if the store has the last use of this session.
    package func use(of hash: String) -> Int64? { uses.withLock { $0[hash] } }

    /// Keeps a use that could not be written; what is older than a session lives is dropped.
    package func remember(_ hash: String, at now: Int64) {
        uses.withLock { uses in
            uses = uses.filter { now - $0.value < Session.idle }
            uses[hash] = now
        }
    }

    /// The store has it.
    package func forget(_ hash: String) { uses.withLock { $0[hash] = nil } }
}
