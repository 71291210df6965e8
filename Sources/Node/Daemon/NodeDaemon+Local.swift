import Commands
import Desk
import Replication
import Transport

/// The local socket, over which commands reach a running node.
extension NodeDaemon {
    /// What commands need of this node, whichever door they come through.
    func makeContext() -> CommandContext {
        if let office = node.office {
            return CommandContext(
                office: office,
                store: node.store,
                language: node.configuration.language,
                now: Clock.now,
                changed: { [weak self] streams in
                    // Whoever looks here is told of every act, departments of what is in their streams.
                    self?.webDoor?.wake()
                    self?.wake(streams)
                },
                admissions: node.admissions,
                running: self,
                checks: { [weak self] in try self?.checks() ?? [] }
            )
        }
        guard let department = node.department else { preconditionFailure("a node is an office or a department") }
        return CommandContext(
            department: department,
            store: node.store,
            language: node.configuration.language,
            now: Clock.now,
            acted: { [weak self] in self?.acted() },
            running: self,
            checks: { [weak self] in try self?.checks() ?? [] }
        )
    }

    /// Listens at the local socket, where each command gets an hour to answer.
    func beginLocal(_ runner: @escaping CommandRunner) throws {
        let door = LocalEndpoint(makeContext(), lanes, runner: runner)
        var limits = ServerLimits()
        limits.answer = 3_600_000
        let log = log
        let local = Server(
            loop: loop,
            endpoint: .local(path: node.directory.socket),
            limits: limits,
            handler: door,
            log: { log.line($0) }
        )
        try local.start()
        localDoor = door
        self.local = local
    }
}
