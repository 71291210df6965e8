import Appeals
import Commands
import Desk
import Locks
import Replication
import Transport

/// An office's ports and timers.
extension NodeDaemon {
    /// Starts an office: erasures and upgrades left over are carried out first, then the sync port opens, then the
    /// enrolment port if somebody is invited.
    func beginOffice() throws {
        guard let office = node.office else { preconditionFailure("an office's configuration makes an office") }
        try ErasureLog(node.directory).reapply(office, node.store, now: Clock.now())
        _ = try office.judgeNewerAgain(now: Clock.now())
        // The lock of the store keeps every process of another version out.
        try office.switchProjection()
        let configuration = node.configuration
        let handler = try OfficeHandler(
            node,
            office,
            log: log,
            heard: { [webDoor] in webDoor?.wake() },
            failed: { [weak self] in self?.failed($0) }
        )
        self.handler = handler
        var limits = ServerLimits()
        limits.connections = configuration.connections ?? max(1_024, 4 * handler.allowed.count + 256)
        limits.connectionsPerKey = configuration.connectionsPerKey
        limits.bodiesInMemory = configuration.bodiesMiB << 20
        let log = log
        let server = Server(
            loop: loop,
            endpoint: .mutualTLS(address: configuration.address, port: configuration.port, node.identity.material),
            limits: limits,
            handler: handler,
            log: { log.line($0) }
        )
        try server.start()
        self.server = server
        let url = configuration.officeURL ?? "https://\(configuration.publicHost):\(server.port)"
        let door = EnrolmentEndpoint(node, loop: loop, log: log, officeURL: url) { [weak self] in self?.reload($0) }
        self.door = door
        try door.look(now: Clock.now())
        every(3_600) { try $0.renew() }
        every(600) { try $0.upkeep(now: Clock.now()) }
        every(1) { try $0.reproject() }
        every(60) { try $0.keepHour() }
    }

    /// What the office knows of the city is kept once an hour.
    ///
    /// The store is asked once an hour: at rest a look at it each minute would read more than all else.
    private func keepHour() throws {
        let hour = Clock.now() / 3_600_000
        guard keptHour.withLock({ $0 != hour }) else { return }
        let place = makeContext().place
        try Desk(place, .anybody).keepHour { [handler] in handler?.contacts.of($0) }
        keptHour.withLock { $0 = hour }
    }

    /// Rows of a former projection go out anew, a tenth of a second in each second.
    private func reproject() throws {
        guard let office = node.office else { return }
        let end = Clock.monotonic() + 100
        while Clock.monotonic() < end {
            let (changed, isThrough) = try office.reproject(now: Clock.now())
            wake(changed)
            if isThrough { return }
        }
    }

    /// The office's work between requests, by its settings.
    func upkeep(now: Int64, keep: Int64 = ReplicationLimits.entriesKept) throws {
        let absence = Int64(node.configuration.readerDays) * 86_400_000
        wake(try node.office?.upkeep(now: now, keep: keep, absence: absence) ?? [])
    }

    /// A mark that cannot be written is only older than it could be.
    func keepMark() {
        guard let office = node.office else { return }
        do { try mark.keep(office) } catch { log.line(.error, "trouble", "the acknowledged mark: \(error)") }
    }

    /// A node's record changed: its keys are read again.
    func reload(_ name: String) {
        do { try handler?.allowed.reload(name, node.store) } catch {
            log.line(.error, "trouble", "reading the allow-list: \(error)")
            failed(Trouble(error))
        }
    }

    /// Renews the office's own certificate in time, without a restart.
    private func renew() throws {
        guard try NodeSetup.renewOffice(node.directory, node.configuration, now: Clock.now()) else { return }
        let material = try node.reloadIdentity().material
        try server?.replaceMaterial(material)
        try door?.use(material)
        log.line(.notice, "certificate_renewed", "the office's certificate was renewed")
    }
}
