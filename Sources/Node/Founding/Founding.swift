import Accounts
package import Appeals
import CPlatform
import CanonicalJSON
import Commands
package import Cryptography
import Desk
import Dispatch
import Locks
import Replication
package import Transport
import Web

/// A directory without a node, with one page at a port of loopback: whoever has the code of `kartoteka open` makes the node
/// there, and it goes on at the same port in this process.
///
/// Unchecked: what is not constant is under a lock. Requests arrive on the loop's thread, founding has a queue of its own.
package final class Founding: RequestHandler, @unchecked Sendable {
    private static let doing = Label(uk: "перший запуск", en: "the first run")

    private let directory: DataDirectory
    private let ports: Ports
    private let language: Language
    private let code: OneTimeCode
    private let loop: EventLoop
    private let log: (@Sendable (String) -> Void)?
    private let runner: CommandRunner
    private let working = DispatchQueue(label: "kartoteka.founding")
    private let state = Locked(State())
    private let isOver = DispatchSemaphore(value: 0)

    private struct State {
        var server: Server?
        var hosts: WebHosts?
        var site: FoundingSite?
        var daemon: NodeDaemon?
    }

    /// Where a new node listens; 0 takes any.
    package struct Ports: Sendable {
        package var web = WebConfiguration().port
        package var sync: UInt16 = 8_443
        package var enrol: UInt16 = 8_444

        package init() {}
    }

    /// Whether a directory has no node yet: it is not there, or empty, or a department's that has not joined.
    package static func isNeeded(_ path: String) -> Bool {
        let directory = DataDirectory(path)
        guard Files.exists(directory.configuration) else {
            let names = Files.list(path)?.filter { $0 != Files.name(directory.startPage) }
            return names?.isEmpty ?? !Files.exists(path)
        }
        return !Files.exists(directory.certificate)
    }

    /// - Parameters:
    ///   - ports: of the page, and of what is made by it.
    ///   - log: gets what the node logs; nil: where a node always logs.
    package init(
        _ path: String,
        ports: Ports = Ports(),
        language: Language,
        runner: @escaping CommandRunner = Commands.runner,
        log: (@Sendable (String) -> Void)? = nil
    ) throws {
        kartoteka_ignore_sigpipe()
        kartoteka_bound_memory()
        directory = DataDirectory(path)
        self.ports = ports
        self.language = language
        self.runner = runner
        self.log = log
        guard let code = OneTimeCode(RandomBytes.bytes(OneTimeCode.length)) else {
            preconditionFailure("as many bytes as a code has")
        }
        self.code = code
        loop = try EventLoop()
    }

    /// Opens the port and writes the page that carries the code; gives the address and the path of that page.
    ///
    /// Makes the directory, if it is not there. Throws what that throws, and `failed` where the port is taken.
    package func begin() throws -> (address: String, page: String) {
        if Files.list(directory.path) == nil { try directory.create(doing: Self.doing) }
        let site = FoundingSite(
            code: code,
            language: language,
            found: { [weak self] in try self?.found($0) ?? "/" },
            join: { [weak self] in try self?.join($0) ?? "/" }
        )
        let server = Server(
            loop: loop,
            endpoint: .plain(address: WebConfiguration().address, port: ports.web),
            limits: .web,
            handler: self,
            log: { _ in }
        )
        try listen(server)
        let hosts = WebHosts(isSecure: false, port: server.port, names: [WebConfiguration().address])
        state.withLock {
            $0.server = server
            $0.hosts = hosts
            $0.site = site
        }
        return (
            hosts.address,
            try WebDoorstep.write(startPage: directory, "\(hosts.address)\(FoundingSite.place)#\(code.text)")
        )
    }

    private func listen(_ server: Server) throws {
        do { try server.start() } catch {
            throw NodeError(
                .failed,
                doing: Self.doing,
                found: Label(cause: error),
                remedy: Label(
                    uk: "Звільніть порт або візьміть інший: kartoteka open --port 8450 --data \(directory.path)",
                    en: "Free the port, or take another one: kartoteka open --port 8450 --data \(directory.path)"
                )
            )
        }
    }

    /// Waits until the node is there and its page was told the way on; gives the node, which runs.
    package func wait() -> NodeDaemon {
        isOver.wait()
        let (server, daemon) = state.withLock { ($0.server, $0.daemon) }
        server?.stop(answeringFor: 2_000)
        loop.stop()
        guard let daemon else { preconditionFailure("what is over has a node") }
        return daemon
    }

    // MARK: on the working queue

    private func found(_ office: NewOffice) throws -> String {
        if !Files.exists(directory.configuration) {
            Files.remove(directory.startPage)
            var configuration = NodeConfiguration(id: office.node, role: .office)
            configuration.language = language
            configuration.web.port = port
            configuration.port = ports.sync
            configuration.enrolPort = ports.enrol
            if !office.hosts.isEmpty {
                configuration.address = "0.0.0.0"
                configuration.names = office.hosts
            }
            try NodeSetup.initializeOffice(
                directory.path,
                configuration,
                name: office.name,
                administrator: Administrator(user: office.administrator, name: office.administratorName),
                now: Clock.now()
            )
        }
        return try serve(user: office.administrator)
    }

    /// Joins, or goes on with joining: the key that was made for a node is kept, so that a lost answer can be asked for again.
    private func join(_ text: String) throws -> String {
        let token = try InvitationToken(text)
        Files.remove(directory.startPage)
        if Files.exists(directory.configuration), try NodeConfiguration.read(directory.configuration).id != token.node {
            // An invitation of another department, which has not joined by this directory either.
            Files.remove(directory.configuration)
            Files.remove(directory.key)
        }
        if !Files.exists(directory.configuration) {
            var configuration = NodeConfiguration(id: token.node, role: .department)
            configuration.language = language
            configuration.web.port = port
            try NodeSetup.initializeDepartment(directory.path, configuration)
        }
        if !Files.exists(directory.certificate) {
            _ = try NodeSetup.join(directory.path, token: text, now: Clock.now())
        }
        return try serve(user: "")
    }

    private var port: UInt16 { state.withLock { $0.hosts?.port ?? 0 } }

    /// Gives the port to the node, which serves from now on; gives where its first page is.
    private func serve(user: String) throws -> String {
        let server = state.withLock { $0.server }
        server?.stopListening()
        do {
            let id = try NodeConfiguration.read(directory.configuration).id
            let nodeLog = log.map { NodeLog(node: id, write: $0) }
            let daemon = try NodeDaemon.start(directory: directory.path, log: nodeLog, runner: runner)
            state.withLock { $0.daemon = daemon }
        } catch {
            // The page is still there for another try.
            if let server { try listen(server) }
            throw error
        }
        let code = try StartCode.read(directory.startCode)?.text ?? ""
        return "/first-run" + (user.isEmpty ? "" : "?user=" + user) + "#" + code
    }

    // MARK: on the loop's thread

    /// Only for loopback's names with this port; a change needs a page of this place.
    package func admit(peer: PeerIdentity?, _ head: HTTPHead) -> Transport.Admission {
        guard let hosts = state.withLock({ $0.hosts }), let host = hosts.host(of: head) else {
            return .refuse(
                status: 421,
                code: "foreignHost",
                sentence: "the Host is none of this machine's names with its port"
            )
        }
        if head.method != "GET", head.method != "HEAD", !hosts.isOwn(head, host: host) {
            return .refuse(status: 403, code: "foreignOrigin", sentence: "a change needs the Origin http://\(host)")
        }
        return .accept(bodyLimit: FoundingSite.longest)
    }

    /// What the port refuses before a page is asked, as the web port of a node does.
    package func refusal(_ refusal: HTTPRefusal, of head: HTTPHead?) -> Response {
        Response(refusal.webAnswer(head).dressed(isSecure: false))
    }

    /// To the node, for a request that came over a connection of before: the same address, asked over a new one.
    private func onward(_ request: Request) -> Response {
        let query = request.query.map { $0.0 + "=" + $0.1 }.joined(separator: "&")
        let place = request.path + (query.isEmpty ? "" : "?" + query)
        return Response(WebReply.seeOther(place, headers: [("connection", "close")]).dressed(isSecure: false))
    }

    /// Answers on the working queue; once there is a node, leads on to it.
    package func handle(_ request: Request, _ responder: Responder) {
        working.async {
            guard let site = self.state.withLock({ $0.daemon == nil ? $0.site : nil }) else {
                return responder.send(self.onward(request))
            }
            responder.send(Response(site.answer(WebRequest(request, isSecure: false))))
            if self.state.withLock({ $0.daemon != nil }) { self.isOver.signal() }
        }
    }
}
