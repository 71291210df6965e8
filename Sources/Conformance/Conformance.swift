package import Appeals
package import Commands
import Cryptography
package import Desk
import Dispatch
import Glibc
import Node
import Replication
import Transport

/// A scripted office that a foreign department node is tried at.
package enum Conformance {
    /// Where it listens: enrolment at the port, the exchange at the next one.
    package struct Address: Sendable {
        let host: String
        let port: UInt16

        /// Reads `host:port`, IPv6 in brackets; throws `wrongAddress`, also for the last port, since the next one is
        /// needed too.
        package init(_ text: String) throws(DeskError) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            let host = parts.dropLast().joined(separator: ":").filter { $0 != "[" && $0 != "]" }
            guard let last = parts.last, let port = UInt16(last), port > 0, port < .max, !host.isEmpty else {
                throw DeskError(
                    .usage,
                    "wrongAddress",
                    uk: "--listen \(text): вкажіть адресу й порт, наприклад 127.0.0.1:9443",
                    en: "--listen \(text): give an address and a port, for instance 127.0.0.1:9443"
                )
            }
            self.host = host
            self.port = port
        }

        func url(_ port: UInt16) -> String { "https://" + (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
    }

    /// Plays the whole script; `save` writes the invitation, `say` tells how it goes.
    package static func run(
        at address: Address,
        invitation: String,
        command: String?,
        language: Language,
        save: (String) throws -> Void,
        say: @escaping (Label) -> Void
    ) throws -> CommandResult {
        let identity = try ProbeIdentity(host: address.host, now: Clock.now())
        let office = try ProbeOffice(identity)
        let stage = try Stage(address, office)
        defer { stage.end() }
        let token = InvitationToken(
            node: ProbeIdentity.node,
            secret: identity.secret,
            authority: identity.authority.fingerprint,
            url: address.url(address.port)
        )
        try save(token.text + "\n")
        say(
            Label(
                uk: "приєднання: \(address.url(address.port)), обмін: \(address.url(address.port + 1)); "
                    + "запрошення для «\(ProbeIdentity.node)» у файлі \(invitation)",
                en: "joining: \(address.url(address.port)), exchange: \(address.url(address.port + 1)); "
                    + "the invitation of \"\(ProbeIdentity.node)\" is in \(invitation)"
            )
        )
        let play = Play(
            sync: stage.sync,
            enrolment: stage.enrolment,
            performer: Performer(command: command, say: say),
            invitation: invitation,
            say: say
        )
        var end: Label?
        do { try play.run() } catch let overdue as Play.Overdue {
            end = Label(
                uk: "зупинено на \(overdue.clause.rawValue): решту не перевірено",
                en: "ended at \(overdue.clause.rawValue): the rest was not seen"
            )
        } catch let error as ScriptError {
            end = Label(uk: "сценарій не йде далі: ", en: "the script cannot go on: ") + Label(error.description)
        }
        let findings = stage.sync.queue.sync { stage.sync.judge.findings }
        return Report(findings, end: end).result(language)
    }
}

/// The two ports.
final class Stage {
    let sync: SyncHandler
    let enrolment: EnrolmentHandler
    private let loop: EventLoop
    private let servers: [Server]
    private let timer: any DispatchSourceTimer

    init(_ address: Conformance.Address, _ office: ProbeOffice) throws {
        let loop = try EventLoop()
        let counter = ConnectionCount()
        let sync = SyncHandler(office) { counter.open }
        let enrolment = EnrolmentHandler(sync, syncURL: address.url(address.port + 1))
        let material = office.identity.material
        let joining = Server(
            loop: loop,
            endpoint: .serverOnlyTLS(address: address.host, port: address.port, material),
            handler: enrolment,
            log: { _ in }
        )
        var limits = ServerLimits()
        // One more than a node may have, so that it can be seen.
        limits.connectionsPerKey = 16
        let exchange = Server(
            loop: loop,
            endpoint: .mutualTLS(address: address.host, port: address.port + 1, material),
            limits: limits,
            handler: sync,
            log: { _ in }
        )
        counter.server = exchange
        do {
            try joining.start()
            try exchange.start()
        } catch {
            throw DeskError(
                .failed,
                "portTaken",
                uk:
                    "порти \(address.port) і \(address.port + 1) на \(address.host) не відкриваються: \(Label(cause: error).uk)",
                en:
                    "the ports \(address.port) and \(address.port + 1) at \(address.host) cannot be opened: \(Label(cause: error).en)",
                remedy: Sentence(uk: "Виберіть інший порт: --listen", en: "Choose another port: --listen")
            )
        }
        timer = DispatchSource.makeTimerSource(queue: sync.queue)
        timer.schedule(deadline: .now() + .seconds(1), repeating: .seconds(1))
        timer.setEventHandler {
            do { try sync.endWaits() } catch { sync.judge.trouble = "\(error)" }
        }
        timer.resume()
        self.loop = loop
        self.sync = sync
        self.enrolment = enrolment
        servers = [joining, exchange]
    }

    func end() {
        timer.cancel()
        sync.end()
        for server in servers { server.stop() }
        loop.stop()
    }
}

/// How many connections are open, asked before the server is there.
///
/// Unchecked: set once, before the server starts.
private final class ConnectionCount: @unchecked Sendable {
    var server: Server?
    var open: Int { server?.counters.open ?? 0 }
}
