import Appeals
import CPlatform
import CanonicalJSON
package import Commands
import Cryptography
import Desk
import Dispatch
import Glibc
import Locks
import Replication
import Transport

/// A running node: its ports, its link, its timers and its local socket.
///
/// Unchecked: everything is set before the first thread starts; what changes later is under a lock.
/// Threads: the event loop's, on which requests arrive and nothing may block; the office's lanes or the two of the
/// link; the commands' lanes; and `upkeep`, a serial queue of all timers. Only the store's own turns order them.
package final class NodeDaemon: @unchecked Sendable {
    let node: OpenedNode
    let log: NodeLog
    /// One loop for every port: sync, enrolment and the local socket.
    let loop: EventLoop
    var handler: OfficeHandler?
    var server: Server?
    /// At an office only, as are `handler` and `server`; `link` and `renewal` are a department's.
    var door: EnrolmentEndpoint?
    var link: LinkRunner?
    var renewal: RenewalRunner?
    var local: Server?
    var localDoor: LocalEndpoint?
    /// Of both doors, the local socket and the port for browsers: their acts follow one another.
    let lanes = CommandLanes()
    /// Where the index of words is made anew.
    private var growth: IndexGrowth?
    /// The port for browsers; nil where it is switched off.
    var webDoor: WebEndpoint?
    let webPort = Locked(WebPort())
    let unwrittenUses = HeldUses()
    private var timers: [any DispatchSourceTimer] = []
    /// Everything that is done by the clock, one after another: two passes never meet.
    let upkeep = DispatchQueue(label: "kartoteka.upkeep")
    private let ending = DispatchSemaphore(value: 0)
    private let isStopped = Locked(false)
    /// What the process ends with.
    private let result = Locked(ExitCode.ok)
    /// The day on which the office last wiped what was merely changed.
    let wiped = Locked("")
    /// The hour since 1970 of which the state of the city is kept.
    let keptHour = Locked<Int64>(0)
    private let troubled = Locked(Label(""))
    let mark: AcknowledgedMark

    /// The sync port of an office; 0 on a department.
    package var port: UInt16 { server?.port ?? 0 }

    /// What hinders the node now: its link's obstacle or its store's trouble; empty if nothing does.
    var obstacle: Label { troubled.withLock { $0.en.isEmpty ? nil : $0 } ?? link?.obstacle ?? Label("") }

    /// A node that is opened and not served yet.
    private init(_ node: OpenedNode, _ log: NodeLog) throws {
        self.node = node
        self.log = log
        mark = AcknowledgedMark(node.directory)
        loop = try EventLoop()
    }

    /// Serves a directory until SIGTERM or SIGINT, or until the store breaks; gives the exit code.
    ///
    /// The code is `integrity` if the store broke: the unit of systemd does not restart such a node, so that somebody
    /// looks first.
    package static func run(
        directory: String,
        runner: @escaping CommandRunner = Commands.runner,
        rehashes: Bool = true
    ) throws -> ExitCode {
        kartoteka_ignore_sigpipe()
        kartoteka_bound_memory()
        return try start(directory: directory, log: nil, runner: runner, rehashes: rehashes).serve()
    }

    /// Goes on until SIGTERM or SIGINT, or until the store breaks; gives the exit code.
    package func serve() -> ExitCode {
        let signals = [SIGTERM, SIGINT].map { watch($0) }
        defer { for source in signals { source.cancel() } }
        ending.wait()
        stop()
        return result.withLock { $0 }
    }

    /// A command that runs in the instant of the start holds the directory for a moment; another daemon holds it longer.
    private static func open(_ directory: String) throws -> OpenedNode {
        for _ in 0..<30 {
            do { return try OpenedNode.open(directory) } catch let error as NodeError where error.code == .locked {
                usleep(100_000)
            }
        }
        return try OpenedNode.open(directory)
    }

    /// Starts to serve a directory; what cannot be opened, read or listened at is refused before anything is served.
    ///
    /// The office's certificate is renewed before the directory is opened, since opening reads it. What was started
    /// before a failure is stopped again, and the lock of the directory given back.
    package static func start(
        directory: String,
        log: NodeLog?,
        runner: @escaping CommandRunner = Commands.runner,
        rehashes: Bool = true
    ) throws -> NodeDaemon {
        let place = DataDirectory(directory)
        try place.check()
        let configuration = try NodeConfiguration.read(place.configuration)
        let log = log ?? NodeLog(node: configuration.id)
        if configuration.role == .office, Files.exists(place.certificate),
            try NodeSetup.renewOffice(place, configuration, now: Clock.now())
        {
            log.line(.notice, "certificate_renewed", "the office's certificate was renewed")
        }
        let node = try open(directory)
        do {
            let daemon = try NodeDaemon(node, log)
            do { try daemon.begin(runner, rehashes: rehashes) } catch {
                daemon.stop()
                throw error
            }
            return daemon
        } catch {
            node.close()
            throw Self.explained(
                error,
                doing: Label(uk: "запуск вузла \(configuration.id)", en: "starting the node \(configuration.id)")
            )
        }
    }

    /// The same error in words for an operator: what was being done, what was found, what to do.
    private static func explained(_ error: any Error, doing: Label) -> any Error {
        switch error {
        case let error as ServerError:
            NodeError(
                .failed,
                doing: doing,
                found: Label(cause: error),
                remedy:
                    Label(
                        uk: "Зупиніть того, хто зайняв порт чи сокет, або виберіть інший порт у kartoteka.conf, "
                            + "розділ [listen]",
                        en: "Stop what uses the port or the socket, or choose another port in kartoteka.conf, "
                            + "section [listen]"
                    )
            )
        case let error as ClientError:
            NodeError(
                .wrongKey,
                doing: doing,
                found: Label(cause: error),
                remedy: Label(
                    uk: "Перевірте node.pem, node.key і authority.pem або приєднайтеся знову",
                    en: "Check node.pem, node.key and authority.pem, or join again"
                )
            )
        default: error
        }
    }

    /// Polls that wait for news at this office.
    var waiting: Int { handler?.room.count ?? 0 }

    /// Lets those who wait for these streams look again.
    func wake(_ streams: [String]) { handler?.wake(streams) }

    /// Lets the link know that something was added to the department's log.
    func acted() {
        link?.acted()
        webDoor?.wake()
    }

    // MARK: starting

    /// Starts the ports, the link and the timers; throws if one of them cannot start.
    ///
    /// The local socket comes last: whoever gets an answer there knows that the node serves.
    private func begin(_ runner: @escaping CommandRunner, rehashes: Bool) throws {
        raiseDescriptorLimit()
        if node.configuration.web.isEnabled { webDoor = WebEndpoint(lanes) }
        switch node.configuration.role {
        case .office: try beginOffice()
        case .department: try beginDepartment()
        }
        try beginWeb()
        try beginLocal(runner)
        every(1) { $0.handler?.endWaits() }
        every(1) { $0.keepMark() }
        every(5) { try $0.door?.look(now: Clock.now()) }
        every(5) { try $0.recover() }
        every(60) { try $0.rest(now: Clock.now()) }
        growth = node.store.indexing.map { store in
            IndexGrowth(store, log: log) { [weak self] error in
                self?.log.line(.error, "trouble", "making the index of words: \(error)")
                self?.failed(Trouble(error))
            }
        }
        if rehashes, let rehash { every(60) { _ in try rehash.goOn(now: Clock.monotonic()) } }
        log.line(
            .notice,
            "serving",
            "the \(node.configuration.role.rawValue) \(node.configuration.id) serves"
                + (port > 0 ? " at port \(port)" : "") + (webAddress.map { ", for browsers at \($0)" } ?? "")
        )
    }

    /// As many descriptors as the system lets this process have.
    private func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < limit.rlim_max
        else { return }
        limit.rlim_cur = limit.rlim_max
        // Refused: the node serves fewer connections, and the server says so when they run out.
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    private var rehash: Rehash? {
        node.office.map { Rehash($0, log: log) } ?? node.department.map { Rehash($0, log: log) }
    }

    // MARK: running

    /// Runs `body` every so many seconds on the upkeep queue, one after another, until the node stops; what it throws
    /// is trouble.
    ///
    /// A body that takes longer than its interval delays the others and is not run twice for it.
    func every(_ seconds: Int, _ body: @escaping @Sendable (NodeDaemon) throws -> Void) {
        let timer = DispatchSource.makeTimerSource(queue: upkeep)
        timer.schedule(deadline: .now() + .seconds(seconds), repeating: .seconds(seconds))
        timer.setEventHandler { [weak self] in
            guard let self, !self.isStopped.withLock({ $0 }) else { return }
            do { try body(self) } catch {
                self.log.line(.error, "trouble", "upkeep: \(error)")
                self.failed(Trouble(error))
            }
        }
        timer.resume()
        timers.append(timer)
    }

    /// Lets a signal end the node in order; the source must be kept.
    private nonisolated func watch(_ number: Int32) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: upkeep)
        source.setEventHandler { [weak self] in
            self?.log.line(.notice, "stopping", "the signal \(number) asks the node to stop")
            self?.ending.signal()
        }
        source.resume()
        return source
    }

    /// A broken store ends the node; a full one only delays it.
    func failed(_ trouble: Trouble) {
        switch trouble {
        case .passing(let words): troubled.withLock { $0 = words }
        case .final(let words):
            troubled.withLock { $0 = words }
            result.withLock { $0 = .integrity }
            log.line(
                .error,
                "ending",
                "the store cannot be trusted any more, the node ends: kartoteka doctor --data \(node.directory.path)"
            )
            ending.signal()
        }
    }

    /// After trouble: writes a little, to see whether there is room again.
    ///
    /// The write is real, a time in the store: only a durable commit shows that the disk takes writes again.
    private func recover() throws {
        guard troubled.withLock({ !$0.en.isEmpty }) else { return }
        try node.store.write { try $0.setValue(Values.lastTrouble, Clock.now()) }
        troubled.withLock { $0 = Label("") }
        log.line(.notice, "recovered", "the store takes writes again")
        link?.hurry()
    }

    /// Ends everything in order: first the callers, then the workers, then the store.
    ///
    /// The order matters: timers and ports first, so that nothing new begins; then each worker is waited for, since it
    /// may be in a transaction; the mark and the store last. Safe to call twice, and after a start that failed half
    /// way.
    package func stop() {
        let wasStopped = isStopped.withLock { stopped in
            defer { stopped = true }
            return stopped
        }
        guard !wasStopped else { return }
        for timer in timers { timer.cancel() }
        upkeep.sync {}
        growth?.stop()
        door?.end()
        server?.stop()
        let web = webPort.withLock { $0.server }
        local?.stopListening()
        web?.stopListening()
        renewal?.end()
        link?.stop()
        webDoor?.drain()
        lanes.drain()
        webDoor?.end()
        web?.stop(answeringFor: 2_000)
        local?.stop(answeringFor: 5_000)
        handler?.end()
        keepMark()
        loop.stop()
        node.close()
        unlink(node.directory.socket)
        log.line(.notice, "stopped", "the node ended")
    }
}
