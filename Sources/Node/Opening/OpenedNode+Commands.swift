package import Commands

/// Commands on the directory of a stopped node.
extension OpenedNode {
    /// What commands need of a node that nobody serves.
    package var context: CommandContext {
        let language = configuration.language
        let checks = { try NodeDoctor.unserved(self) + NodeDoctor.examine(self, now: Clock.now()) }
        if let office {
            return CommandContext(
                office: office,
                store: store,
                language: language,
                now: Clock.now,
                admissions: admissions,
                checks: checks
            )
        }
        guard let department else { preconditionFailure("a node is an office or a department") }
        return CommandContext(department: department, store: store, language: language, now: Clock.now, checks: checks)
    }
}
