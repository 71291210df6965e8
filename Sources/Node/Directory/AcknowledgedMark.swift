import Appeals
import CanonicalJSON
import Commands
import Desk
import Locks
import Replication

/// The epoch and the last commit that an office acknowledged, in a small file outside the backup set.
///
/// A store that was put back without a word is below it, and the office stops before any node has spoken.
/// Written once a second, so it may be behind what was acknowledged, never ahead of it: a mark ahead would stop a
/// healthy office.
final class AcknowledgedMark: Sendable {
    private let path: String
    private let written = Locked<JSON?>(nil)
    private static let doing = Label(
        uk: "запис останнього підтвердженого",
        en: "recording the last acknowledged commit"
    )

    init(_ directory: DataDirectory) { path = directory.acknowledged }

    /// Writes the mark if it has changed; what it says is durable in the store already.
    func keep(_ office: Office) throws {
        guard let (epoch, commit) = try office.acknowledged() else { return }
        let mark: JSON = ["commit": .integer(commit), "epoch": .string(epoch)]
        guard written.withLock({ $0 }) != mark else { return }
        try Files.write(path, mark.canonicalBytes() + [10], doing: Self.doing)
        written.withLock { $0 = mark }
    }

    /// Stops an office whose store is below its mark; there is none before the first start.
    func check(_ office: Office, now: Int64) throws {
        guard Files.exists(path) else { return }
        let bytes = try Files.read(path, limit: 4_096, doing: Self.doing)
        let mark: JSON?
        do { mark = try JSON(parsing: Array(bytes.filter { $0 != 10 })) } catch { mark = nil }
        guard let epoch = mark?["epoch"]?.string, let commit = mark?["commit"]?.integer else {
            throw NodeError(
                .integrity,
                doing: Self.doing,
                found: Label(uk: "\(path) пошкоджено", en: "\(path) is damaged"),
                remedy: Label(
                    uk: "Перевірте диск; якщо базу не повертали до старої копії, видаліть цей файл",
                    en: "Check the disk; if the store was not put back to an older copy, delete this file"
                )
            )
        }
        try office.stopIfBelow(epoch: epoch, commit: commit, now: now)
    }
}
