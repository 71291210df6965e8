import Locks

/// When each node that is on the allow-list asked for something last, since this process began.
///
/// The store has it too, ten minutes coarse, so that a contact costs no write.
final class LastContacts: Sendable {
    private let times = Locked<[String: Int64]>([:])

    /// - Parameter at: unix milliseconds.
    func note(_ node: String, at: Int64) { times.withLock { $0[node] = max($0[node] ?? 0, at) } }

    /// Unix milliseconds; nil if it did not ask yet.
    func of(_ node: String) -> Int64? { times.withLock { $0[node] } }
}
