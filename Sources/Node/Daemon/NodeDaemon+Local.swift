import Commands
import Desk
import Replication
import Transport

/// The local socket, over which commands reach a running node.
extension NodeDaemon {
    /// Listens at the local socket, where each command gets an hour to answer.
    func beginLocal(_ runner: @escaping CommandRunner = Commands.runner) throws {
        let context: CommandContext
        if let office = node.office {
            context = CommandContext(
                office: office,
                store: node.store,
                language: node.configuration.language,
                now: Clock.now,
                changed: { [handler] in handler?.wake($0) },
                admissions: node.admissions,
                running: self,
                checks: { [weak self] in try self?.checks() ?? [] }
            )
        } else if let department = node.department {
            context = CommandContext(
                department: department,
                store: node.store,
                language: node.configuration.language,
                now: Clock.now,
                acted: { [link] in link?.acted() },
                running: self,
                checks: { [weak self] in try self?.checks() ?? [] }
            )
        } else {
            preconditionFailure("a node is an office or a department")
        }
        let door = LocalEndpoint(context, runner: runner)
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
