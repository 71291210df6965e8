import Accounts
import Appeals
import CanonicalJSON
import Commands
import Cryptography
import Desk
import Locks
import Replication
import Transport
import Web

/// The port for browsers as it is now.
struct WebPort: Sendable {
    var server: Server?
    var hosts: WebHosts?
    /// Why it is not open; nil if it is.
    var obstacle: Label?
    /// The certificates that browsers are shown, PEM; empty without TLS.
    var shown: [UInt8] = []
    /// Why a newer certificate cannot be shown.
    var complaint: Label?
}

/// The port for browsers.
extension NodeDaemon {
    /// How often a port that could not be opened is tried again, in seconds.
    private static let webRetry = 5
    /// How often the certificate for browsers is looked at, in seconds.
    private static let webRenewal = 60
    /// How often files of former versions whose day is over are removed, in seconds.
    private static let webHour = 3_600
    /// How often those who listen to a stream are asked without a change, in seconds.
    private static let webBeat = 15

    /// Where browsers reach the node; nil while the port is not open.
    var webAddress: String? { webPort.withLock { $0.hosts?.address } }

    /// Opens the port for browsers, if it is not switched off.
    ///
    /// A port that is taken keeps nobody from exchanging: the node serves, says what is wrong, and tries again.
    func beginWeb() throws {
        guard let webDoor else { return }
        // A page that a killed `open` left carries a code.
        Files.remove(node.directory.startPage)
        try StartCode.keep(node)
        try KeptAssets(node.directory).keep()
        openWeb(webDoor)
        every(Self.webRetry) { if $0.webAddress == nil { $0.openWeb(webDoor) } }
        every(Self.webBeat) { _ in webDoor.beat() }
        every(1) {
            // The first account is made through this port: until something happens there, the code of the first run is still needed.
            guard try webDoor.carryOut(), Files.exists($0.node.directory.startCode) else { return }
            try StartCode.keep($0.node)
        }
        every(Self.webRenewal) { $0.renewWeb() }
        every(Self.webHour) { try KeptAssets($0.node.directory).keep() }
    }

    private func openWeb(_ door: WebEndpoint) {
        let configuration = node.configuration.web
        do {
            let material = configuration.isPlain ? nil : try webMaterial()
            let endpoint: Server.Endpoint =
                material.map { .serverOnlyTLS(address: configuration.address, port: configuration.port, $0) }
                ?? .plain(address: configuration.address, port: configuration.port)
            let log = log
            let server = Server(loop: loop, endpoint: endpoint, limits: .web, handler: door, log: { log.line($0) })
            try server.start()
            let hosts = WebHosts(isSecure: !configuration.isPlain, port: server.port, names: configuration.ownNames)
            door.open(Web(site(hosts, door)), hosts)
            let wasClosed = webPort.withLock { port in
                defer { port = WebPort(server: server, hosts: hosts, shown: material?.certificates ?? []) }
                return port.obstacle != nil
            }
            if wasClosed { log.line(.notice, "web_open", "browsers reach the node at \(hosts.address)") }
        } catch {
            let label = Label(cause: error)
            let isNew = webPort.withLock { port in
                defer { port.obstacle = label }
                return port.obstacle != label
            }
            if isNew { log.line(.error, "web_closed", "nobody can work here in a browser: \(label.en)") }
        }
    }

    private func site(_ hosts: WebHosts, _ door: WebEndpoint) -> WebSite {
        let log = log
        return WebSite(
            context: makeContext(),
            port: hosts.port,
            origins: hosts.hosts,
            isTOTPForAll: node.configuration.web.isTOTPForAll,
            passwords: .scrypt { door.slowly($0) },
            uses: unwrittenUses,
            formerAssets: KeptAssets(node.directory),
            draw: { RandomBytes.hex($0) },
            keyWords: KeyWords.words(of: node.identity.key.publicKey.fingerprint),
            exchange: { [link] in link?.exchange },
            heard: { [handler] in handler?.contacts.of($0) },
            trust: { [node] in
                let web = node.configuration.web
                guard !web.isPlain, web.certificate == nil else { return nil }
                do { return try WebAuthority(node.directory, node.configuration).trust() } catch {
                    log.line(.error, "web_trouble", "the authority for browsers: \(Label(cause: error).en)")
                    return nil
                }
            },
            machine: { [node] in NodeDoctor.machine(node) },
            inspect: { [node] table, under, after, limit in
                try NodeInspection.page(table, under: under, after: after, limit: limit, of: node.directory)
            },
            draughtsman: PaperProgram.beside,
            report: { [weak self] error, path in
                log.line(.error, "web_trouble", "\(path): \(Self.cause(error))")
                if error is StoreError { self?.failed(Trouble(error)) }
            }
        )
    }

    /// What may be written down of an error: the store's and the node's own words, of any other its kind alone, since a refusal
    /// repeats what somebody typed.
    static func cause(_ error: any Error) -> String {
        switch error {
        case let error as StoreError: Label(cause: error).en
        case let error as NodeError: error.description
        case let error as UndrawnPaper: error.description
        case let error as DeskError: "\(error.kind.rawValue) \(error.code)"
        default: "\(type(of: error))"
        }
    }

    /// A certificate and its key for browsers.
    private func webMaterial() throws -> TLSMaterial {
        try WebCertificate.material(node.directory, node.configuration, nodeKey: node.identity.key, now: Clock.now())
    }

    /// Shows a renewed certificate to new connections, whoever renewed it: the node's authority, or whoever keeps the files.
    ///
    /// One that cannot be read leaves the former in use, and is told once.
    private func renewWeb() {
        guard let server = webPort.withLock({ $0.server }), !node.configuration.web.isPlain else { return }
        do {
            let material = try webMaterial()
            let isNew = webPort.withLock { port in
                defer { port.shown = material.certificates }
                return port.shown != material.certificates
            }
            guard isNew else { return }
            try server.replaceMaterial(material)
            log.line(.notice, "web_certificate", "browsers are shown another certificate")
        } catch {
            let label = Label(cause: error)
            let isNew = webPort.withLock { port in
                defer { port.complaint = label }
                return port.complaint != label
            }
            if isNew { log.line(.error, "web_certificate", "the former certificate is shown to browsers: \(label.en)") }
        }
    }

    /// For `status`: where it is, or why it is not.
    func webState(_ language: Language) -> JSON {
        guard node.configuration.web.isEnabled else { return ["enabled": false] }
        let port = webPort.withLock { $0 }
        var state: JSONObject = ["enabled": true, "port": .integer(Int64(port.hosts?.port ?? 0))]
        if let hosts = port.hosts { state["address"] = .string(hosts.address) }
        if let obstacle = port.obstacle { state["obstacle"] = .string(obstacle.text(language)) }
        state["listeners"] = .integer(Int64(webDoor?.listeners ?? 0))
        return .object(state)
    }
}
