import Appeals
import Replication

/// What people saw and wrote: one session a department, since its people share a node.
struct History {
    /// An appeal as a session last saw it.
    struct Seen {
        /// The tenure, generation and life of the copy: another one may show less.
        let era: String
        let shown: Appeals.Aggregate
        /// Writes of one's own in it that the office had not confirmed.
        let pending: Set<String>
        /// The latest commit of the others.
        let latest: Int64
    }
    /// What was written: its id too, since a node that was put back may use the number again.
    struct Written {
        let write: WriteName
        let id: String
    }
    /// By session and appeal.
    private(set) var seen: [String: Seen] = [:]
    /// The latest commit that an author had seen of an appeal when it wrote, by the id of the operation.
    private(set) var seenByWrites: [String: Int64] = [:]
    /// What each session wrote on an appeal, in order.
    private(set) var written: [String: [Written]] = [:]

    static func key(_ session: String, _ appeal: String) -> String { session + " " + appeal }

    mutating func saw(_ session: String, _ appeal: String, _ seen: Seen) { self.seen[Self.key(session, appeal)] = seen }

    mutating func wrote(_ session: String, _ appeal: String, _ write: WriteName, id: String) {
        let key = Self.key(session, appeal)
        seenByWrites[id] = seen[key]?.latest ?? 0
        written[key, default: []].append(Written(write: write, id: id))
    }

    /// A session whose disk was put back knows only what stood on it then.
    mutating func forget(_ session: String) {
        for key in seen.keys where key.hasPrefix(session + " ") { seen[key] = nil }
        for key in written.keys where key.hasPrefix(session + " ") { written[key] = nil }
    }
}
