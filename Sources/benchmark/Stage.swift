import CanonicalJSON
import Desk
import Glibc
import Node

/// A directory with an office and its departments, each played by a process of its own.
///
/// For one thread. Below `root` each node has its directory under its own name, and its output and log beside it.
final class Stage {
    let root: String
    private var processes: [String: pid_t] = [:]
    /// The sync port of the office, another after each start; 0 before the first.
    private(set) var port: UInt16 = 0

    init() throws {
        // A socket's path has at most 107 bytes: a short place.
        root = "/tmp/kb-\(getpid())-\(Machine.nanoseconds() % 1_000_000)"
        guard mkdir(root, 0o700) == 0 else { throw Failure("\(root) cannot be made") }
    }

    func path(_ name: String) -> String { root + "/" + name }

    /// Ends everything that was started and removes the files.
    func clear() {
        for process in processes.values { kill(process, SIGKILL) }
        for process in processes.values { waitpid(process, nil, 0) }
        processes = [:]
        do {
            _ = try Self.spawn("/bin/rm", ["-rf", root], output: "/dev/null", errors: "/dev/null", waits: true)
        } catch {
            Console.complain("\(root) is left behind: \(error)")
        }
    }

    // MARK: processes

    /// Starts a program with its streams in files; with `waits` returns after its end, and throws if that was not 0.
    private static func spawn(
        _ program: String,
        _ arguments: [String],
        output: String,
        errors: String,
        waits: Bool
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        // Whoever runs the program may keep signals from it, and so from its children, which are asked to end by one.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var pointers: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers.append(nil)
        var process: pid_t = 0
        guard posix_spawn(&process, program, &actions, &attributes, pointers, environ) == 0 else {
            throw Failure("\(program) does not start")
        }
        guard waits else { return process }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else {
            throw Failure(
                "\(program) \(arguments.joined(separator: " ")): \(TextFile.lines(errors).last ?? "it failed")"
            )
        }
        return process
    }

    /// Lets another process of this program do one thing; gives what it printed.
    ///
    /// Throws with the last line of the role's log if it failed.
    @discardableResult
    func play(_ role: String, _ arguments: [String]) throws -> JSON {
        let output = path(role + ".out")
        _ = try Self.spawn(
            "/proc/self/exe",
            [Player.option, role] + arguments,
            output: output,
            errors: path(role + ".log"),
            waits: true
        )
        guard let json = try? JSON(parsing: TextFile.read(output), limits: .general) else {
            throw Failure("\(role) said nothing")
        }
        return json
    }

    /// Lets another program do one thing to its end; gives what it printed.
    func run(_ program: String, _ arguments: [String]) throws -> JSON {
        let output = path("program.out")
        _ = try Self.spawn(program, arguments, output: output, errors: path("program.log"), waits: true)
        return try JSON(parsing: TextFile.read(output), limits: .general)
    }

    /// Starts a role that runs until `end` or `clear`; does not wait until it is ready.
    func start(_ name: String, _ role: String, _ arguments: [String]) throws {
        processes[name] = try Self.spawn(
            "/proc/self/exe",
            [Player.option, role] + arguments,
            output: path(name + ".out"),
            errors: path(name + ".log"),
            waits: false
        )
    }

    /// Starts a node; returns once it answers.
    ///
    /// Waits a minute at most, in steps of 5 ms; with `name` `center` also learns the new port.
    func serve(_ name: String, rehashes: Bool = true) throws {
        try start(name, rehashes ? "node" : "node-at-rest", [path(name)])
        var tries = 0
        while !LocalClient.isServed(path(name)) {
            tries += 1
            guard tries < 12_000 else {
                throw Failure("\(name) does not answer: \(TextFile.lines(path(name + ".log")).last ?? "")")
            }
            Machine.sleep(milliseconds: 5)
        }
        if name == "center" { port = UInt16(clamping: try ask("center", "sync status")["port"]?.integer ?? 0) }
    }

    /// Ends a process and waits for its end; nothing if it does not run.
    ///
    /// `SIGKILL` leaves the store as a crash does.
    func end(_ name: String, with signal: Int32 = SIGTERM) {
        guard let process = processes.removeValue(forKey: name) else { return }
        kill(process, signal)
        waitpid(process, nil, 0)
    }

    /// Whether a role that was started still runs; with what it said last if it does not.
    func requireRunning(_ name: String) throws {
        guard let process = processes[name], waitpid(process, nil, WNOHANG) == 0 else {
            processes[name] = nil
            throw Failure("\(name) has ended: \(TextFile.lines(path(name + ".log")).last ?? "")")
        }
    }

    /// 0 if it does not run, of which `/proc` has no entry.
    func process(_ name: String) -> pid_t { processes[name] ?? 0 }

    /// Asks a running node at its local socket, for an hour at most; throws if it answers with another exit than 0.
    func ask(_ name: String, _ command: String, _ arguments: JSONObject = [:]) throws -> JSON {
        try Self.ask(directory: path(name), command, arguments)
    }

    /// The office learns the logs of nodes that are played by no node.
    func greet(_ nodes: [String]) throws {
        let names = JSON.array(nodes.map(JSON.string))
        _ = try ask("center", "bench.greet", ["root": .string(root), "nodes": names])
    }

    static func ask(directory: String, _ command: String, _ arguments: JSONObject) throws -> JSON {
        let answer = try LocalClient.call(directory: directory, command: command, arguments: arguments)
        guard answer["exit"]?.integer == 0, let json = answer["json"] else {
            throw Failure("\(directory), \(command): \(answer.canonicalText)")
        }
        return json
    }

    // MARK: nodes

    /// Founds the office `center` with ports that the system chooses, and room for a crowd.
    ///
    /// More connections than by default, so that no measurement meets a limit that is not its subject.
    func makeOffice() throws {
        var configuration = NodeConfiguration(id: "center", role: .office)
        configuration.port = 0
        configuration.enrolPort = 0
        configuration.web.port = 0
        configuration.connectionsPerKey = 16
        configuration.connections = 4_096
        try NodeSetup.initializeOffice(
            path("center"),
            configuration,
            name: "Центр",
            administrator: Administrator(user: "admin", name: "Адміністратор"),
            now: Machine.now()
        )
    }

    /// Makes a department's node under the running office; `copy(of:as:)` gives fresh ones of it.
    func join(_ id: String) throws {
        let answer = try ask(
            "center",
            "invite",
            ["department": .string(id), "name": .string("Відділ " + id), "as": "admin", "minutes": 60]
        )
        guard let token = answer["token"]?.string else { throw Failure("the invitation lacks its token") }
        var configuration = NodeConfiguration(id: id, role: .department)
        configuration.web.port = 0
        try NodeSetup.initializeDepartment(path(id), configuration)
        _ = try NodeSetup.join(path(id), token: token, now: Machine.now())
        try sayWhereTheOfficeIs(id)
    }

    /// The office takes another port at each start; a line may stand before it.
    func sayWhereTheOfficeIs(_ name: String, port line: UInt16? = nil) throws {
        var configuration = try NodeConfiguration.read(path(name) + "/kartoteka.conf")
        configuration.officeURL = "https://127.0.0.1:\(line ?? port)"
        try TextFile.write(path(name) + "/kartoteka.conf", Array(configuration.text.utf8))
    }

    /// A node that has joined and read nothing, from one that was never started.
    ///
    /// The office is told to forget the node's session tokens: to a copy, which has none, it would answer `tokenStale`.
    func copy(of id: String, as name: String) throws {
        _ = try Self.spawn(
            "/bin/cp",
            ["-a", path(id), path(name)],
            output: "/dev/null",
            errors: path("cp.log"),
            waits: true
        )
        try sayWhereTheOfficeIs(name)
        _ = try ask("center", "bench.forget", ["node": .string(id)])
    }

    func remove(_ name: String) throws { try remove(at: path(name)) }

    /// The same anywhere.
    func remove(at path: String) throws {
        _ = try Self.spawn("/bin/rm", ["-rf", path], output: "/dev/null", errors: "/dev/null", waits: true)
    }

    /// A directory with all that is in it; the file system may let both share their blocks.
    func copy(from source: String, to target: String) throws {
        let arguments = ["-a", "--reflink=auto", source, target]
        _ = try Self.spawn("/bin/cp", arguments, output: "/dev/null", errors: path("cp.log"), waits: true)
    }

    /// A stopped office, and departments that joined it over its real enrolment port and never ran.
    func found(_ departments: [String]) throws {
        try makeOffice()
        try serve("center")
        for department in departments { try join(department) }
        end("center")
    }

    /// An office with departments and so many appeals in the slice of each; the office runs afterwards.
    ///
    /// It is stopped for the seeding, which opens its store. Gives what `Seed.plant` gives.
    func set(_ slices: [(department: String, appeals: Int)]) throws -> JSON {
        try found(slices.map(\.department))
        let seeded = try play("seed", [path("center")] + slices.map { "\($0.department)=\($0.appeals)" })
        try serve("center")
        for slice in slices { try sayWhereTheOfficeIs(slice.department) }
        return seeded
    }
}
