import Appeals
import Replication

/// The directory does not lie: each act on it becomes what its rows demand, somebody can always name an administrator, and
/// nobody has a role where they do not work, unless there is a basis.
enum DirectoryIsTrue: CommitChecker, QuietChecker {
    static let name = "the directory is true"

    static func judge(_ committed: Committed, in city: City) throws {
        let acts = committed.operations.filter { $0.operation.appeal == nil }
        // Rows that readers bring back after a restore change it too; several acts of one step met each other's rows.
        guard let before = committed.directory, acts.count == 1, let act = acts.first, !act.isReplayed else { return }
        guard Self.kinds.contains(act.operation.kind), act.outcome.status != .held else { return }
        let wanted = DirectoryFile(entries: before).refusal(act.operation)
        let isRight = act.outcome.status == (wanted == nil ? .accepted : .refused) && act.outcome.reason == wanted
        // Who has no role may do nothing, and that is asked first.
        guard !isRight, act.outcome.reason != .roleMissing else { return }
        throw violation(
            "\(act.operation.kind) is \(act.outcome.status.rawValue) (\(act.outcome.reason?.rawValue ?? "-")), "
                + "by the directory it is \(wanted?.rawValue ?? "accepted")"
        )
    }

    private static let kinds: Set<String> = [
        "department.put", "person.put", "person.left", "role.granted", "role.revoked",
    ]

    static func whenQuiet(_ city: City) throws {
        // What a restore lost and readers bring back are acts of two histories.
        guard city.officeRestores == 0 else { return }
        let file = DirectoryFile(entries: city.watch.directory)
        if file.administrators.isEmpty { throw violation("nobody is an administrator any more") }
        if let role = file.unfounded.first { throw violation("\(role) is in force where its person does not work") }
    }
}
