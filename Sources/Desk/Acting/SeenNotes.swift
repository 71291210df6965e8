import Appeals
import Replication

/// What people have looked at: notes of the node for its own people, no acts.
extension Desk {
    /// The key of what a person has seen of an appeal.
    package static func seenKey(_ user: String, _ appeal: String) -> String { user + "/" + appeal }

    /// What somebody has seen is kept so long after they last looked, milliseconds.
    package static let seenKept: Int64 = 90 * 86_400_000

    /// Notes that whoever asks has this appeal before them as it is now; the node's own note, which goes with the appeal.
    package func noteSeen(_ name: String) throws {
        guard let user = who.user else { return }
        try place.store.write(.note) { writing in
            let shown = try shownAppeal(name, writing)
            let record = LocalRecord(
                .seen,
                Self.seenKey(user, shown.id),
                appeals: [shown.id],
                until: now + Self.seenKept,
                bytes: Array(Self.revision(of: shown.appeal).utf8)
            )
            if try writing.local(.seen, record.key)?.bytes != record.bytes { try writing.putLocal(record) }
        }
    }
}
