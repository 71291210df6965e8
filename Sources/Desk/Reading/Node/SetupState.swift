import Appeals
import Replication

/// What a new node has of all that it needs before people work at it: each step is what the node has, so each can be left.
package struct SetupState {
    /// How many people have each role at this node now.
    package let roles: [String: Int]
    /// How many people come in by a browser.
    package let accounts: Int
    /// Departments that joined, and that are invited and have not; none at a department.
    package let joined: Int
    package let invited: Int
    package let backup: BackupNote?
    /// Appeals that whoever asks may know of.
    package let appeals: Int64

    /// Whether there are those without whom no appeal goes its way here.
    package func hasPeople(isOffice: Bool) -> Bool {
        isOffice
            ? (roles["registrar"] ?? 0) + (roles["specialist"] ?? 0) > 0 && (roles["leader"] ?? 0) > 0 : accounts > 1
    }
}

extension Desk {
    /// How far this node is, for whoever looks after it.
    package func setupState() throws -> SetupState {
        try read { reading in
            let held = try heldRoles(reading).filter { $0.department == place.node && $0.ending == nil }
            let invited = try reading.value(Values.invitations) ?? []
            return SetupState(
                roles: Dictionary(grouping: held, by: \.role).mapValues { Set($0.map(\.user)).count },
                accounts: try reading.localCount(.account, beginning: "", limit: Self.countedAtMost),
                joined: isOffice ? try reading.nodes(after: "", limit: Self.nodesAtMost).count : 0,
                invited: try isOffice ? invited.count { try reading.node($0) == nil } : 0,
                backup: try reading.value(Values.lastBackup, as: BackupNote.init),
                appeals: try listed(reading).count(ListFilter())
            )
        }
    }
}
