import Appeals
import CanonicalJSON
import Commands
import Cryptography
import Desk
import Glibc
import Node
import Replication

/// The roles that this program plays for itself in processes of their own.
///
/// A process for each node, as in a city: memory, reads and signals are then the kernel's own accounts of it, and `kill
/// -9` is one. The parent gives role and arguments on the command line and reads one JSON line from the standard
/// output.
enum Player {
    /// Not among the options of `--help`: only this program calls itself with it.
    static let option = "--play"

    /// Does one role to its end; `node` and `node-at-rest` end the process themselves when they are told to stop.
    ///
    /// `node-at-rest` leaves the re-hash out, so that what is read at rest can be measured without it.
    static func play(_ arguments: [String]) throws {
        guard let role = arguments.first else { throw Failure("no role") }
        let rest = Array(arguments.dropFirst())
        switch (role, rest.count) {
        case ("node", 1):
            exit(try NodeDaemon.run(directory: rest[0], runner: PlayedNode(Machine.nanoseconds()).runner).rawValue)
        case ("node-at-rest", 1):
            let runner = PlayedNode(Machine.nanoseconds()).runner
            exit(try NodeDaemon.run(directory: rest[0], runner: runner, rehashes: false).rawValue)
        case ("slice-bytes", 1): try say(CatchUpFigures.sliceBytes(rest[0]))
        case ("seed", 1...): try say(Seed(rest[0], Array(rest.dropFirst())).plant())
        case ("plant", 3): try say(Planter(rest[0], Plan(rest)).plant())
        case ("check", 3): try say(PlantedCheck.agree(rest[0], Plan(rest)))
        case ("look", 3): try say(SearchCost.look(rest[0], Plan(rest)))
        case ("canaries", 3): try say(Canaries.leave(rest[0], Plan(rest)))
        case ("backup", 2): try say(BackupWatch.make(rest[0], into: rest[1]))
        case ("operations", 2): try say(Seed.operations(rest[0], count: Int(rest[1]) ?? 0))
        case ("crowd-seed", 3): try say(Crowd.enlist(rest[0], count: Int(rest[1]) ?? 0, into: rest[2]))
        case ("crowd", 4): try Crowd.wait(rest[0], url: rest[1], office: rest[2], epoch: rest[3])
        case ("exchange", 3): try Exchange.go(rest[0], url: rest[1], pause: Int(rest[2]) ?? 0)
        case ("author", 2): try say(Author.write(rest[0], count: Int(rest[1]) ?? 0))
        case ("writers", 4): try say(Writers.write(rest[0], url: rest[1], office: rest[2], each: Int(rest[3]) ?? 0))
        case ("by-log", 2): try say(Seed.readsByLog(rest[0], epoch: rest[1]))
        default: throw Failure("\(role) is no role")
        }
    }

    private static func say(_ json: JSON) throws { print(json.canonicalText) }

    /// Ends this process when the one that started it is gone.
    ///
    /// A benchmark that is interrupted must leave no nodes behind: they would hold ports and directories, and disturb
    /// the next run.
    static func outliveNobody() {
        let parent = getppid()
        Threads.start {
            while getppid() == parent { sleep(1) }
            _exit(1)
        }
    }
}

/// Threads that may block.
///
/// Dispatch has as many threads as there are cores and would not start a thousand that all wait.
enum Threads {
    private final class Body {
        let run: () -> Void
        init(_ run: @escaping () -> Void) { self.run = run }
    }

    /// Starts a detached thread with a stack of 256 KiB; nobody can wait for it.
    static func start(_ run: @escaping @Sendable () -> Void) {
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        defer { attributes.deallocate() }
        pthread_attr_init(attributes)
        pthread_attr_setstacksize(attributes, 262_144)
        pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread: pthread_t = 0
        let body = Unmanaged.passRetained(Body(run)).toOpaque()
        let code = pthread_create(
            &thread,
            attributes,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            },
            body
        )
        precondition(code == 0, "a thread starts")
    }
}

/// A node as the benchmark runs it: the daemon as it is, and a few questions of the benchmark's own at its local socket.
///
/// Questions that the product lacks on purpose, such as waiting for a state, live here and never in the node. They run
/// on the lane of acts, one after another: a question that waits keeps the others away.
struct PlayedNode: Sendable {
    /// When the process began, in `Machine.nanoseconds()`: answers count from then, so that the start is part of the
    /// figure.
    let began: Int64
    init(_ began: Int64) { self.began = began }

    var runner: CommandRunner {
        { name, arguments, context in
            guard name.hasPrefix("bench.") || name == "sync status" || name == "invite" else {
                return Commands.runner(name, arguments, context)
            }
            do { return ["exit": 0, "json": try answer(name, arguments, context)] } catch {
                return ["exit": 1, "text": .string("\(error)")]
            }
        }
    }

    private func answer(_ name: String, _ arguments: JSONObject, _ context: CommandContext) throws -> JSON {
        let count = Int(arguments["count"]?.integer ?? 0)
        switch name {
        case "bench.forget": return try forget(arguments["node"]?.string ?? "", context)
        case "bench.greet":
            let nodes = (arguments["nodes"]?.array ?? []).compactMap(\.string)
            try NoteLog.greet(arguments["root"]?.string ?? "", nodes, context.store)
            return [:]
        case "bench.invite": return try WorkingOffice.invite(arguments["user"]?.string ?? "", context)
        case "bench.exchanged": return try Exchange.progress(context)
        case "bench.slice": return try until(context) { try isRead(count, $0, context) }
        case "bench.outcomes": return try until(context) { try areAcknowledged(count, $0, context) }
        case "bench.change": return try change(count, arguments, context)
        case "bench.sum":
            let stream = try context.store.read { try $0.stream(Space.slice(arguments["node"]?.string ?? "")) }
            return ["rows": .integer(stream?.rows ?? 0), "digest": .string(stream?.digest.hex ?? "")]
        case "bench.see": return try see(count, context)
        case "bench.head": return try head(arguments["node"]?.string ?? "", context)
        case "bench.position": return try until(context) { try slice($0, context)?.head ?? 0 >= Int64(count) }
        case "sync status":
            guard let running = context.running else { throw Failure("the node does not run") }
            return try running.status(.english)
        case "invite":
            guard let running = context.running else { throw Failure("the node does not run") }
            let invited = try running.invite(
                department: arguments["department"]?.string ?? "",
                name: arguments["name"]?.string,
                administrator: arguments["as"]?.string ?? "",
                minutes: arguments["minutes"]?.integer
            )
            return ["token": .string(invited.token), "expires": .integer(invited.expires)]
        case "bench.upkeep":
            _ = try context.office?.upkeep(now: Machine.now())
            return [:]
        case "bench.passes": return try IdleFigures.passes(context)
        default:
            throw Failure("\(name) is no question")
        }
    }

    /// The office takes the next one of this name for new.
    ///
    /// Both session tokens go (protocol.md section 7.1), else the copy of a node, which has none, would be
    /// `tokenStale`.
    private func forget(_ node: String, _ context: CommandContext) throws -> JSON {
        try context.store.write { transaction in
            guard var record = try transaction.node(node) else { throw Failure("\(node) is unknown") }
            record.token = ""
            record.formerToken = ""
            try transaction.putNode(record)
        }
        return [:]
    }

    private func slice(_ reading: any StoreReading, _ context: CommandContext) throws -> StreamRecord? {
        try reading.stream(Space.slice(context.node))
    }

    private func isRead(_ count: Int, _ reading: any StoreReading, _ context: CommandContext) throws -> Bool {
        guard let stream = try slice(reading, context), !stream.epoch.isEmpty else { return false }
        return stream.rows >= Int64(count)
    }

    private func areAcknowledged(_ count: Int, _ reading: any StoreReading, _ context: CommandContext) throws -> Bool {
        try reading.origins(node: context.node).contains { $0.acknowledged >= Int64(count) }
    }

    /// Looks every ten milliseconds until something is so; gives nanoseconds since the process began.
    ///
    /// Without a limit: the caller's own patience at the local socket ends it.
    private func until(_ context: CommandContext, _ isSo: (any StoreReading) throws -> Bool) throws -> JSON {
        while try !context.store.read(isSo) { usleep(10_000) }
        return ["nanoseconds": .integer(Machine.nanoseconds() - began)]
    }

    /// Changes so many appeals of a department at the office one after another, or so few in turn; gives when each change began.
    ///
    /// `pause` is in milliseconds, before each change; `among` how many appeals take turns, from `first` on, `bytes` how long each note
    /// is. A change that is not accepted is an error: a refused one would cost less and count as much.
    private func change(_ count: Int, _ arguments: JSONObject, _ context: CommandContext) throws -> JSON {
        guard let office = context.office else { throw Failure("only an office changes appeals") }
        let pause = arguments["pause"]?.integer ?? 0
        let among = Int(arguments["among"]?.integer ?? Int64(count))
        let bytes = Int(arguments["bytes"]?.integer ?? 0)
        let department = Int(arguments["department"]?.integer ?? 0), first = Int(arguments["first"]?.integer ?? 0)
        var sample = Sample(seed: UInt64(count))
        var began: [JSON] = []
        for number in 0..<count {
            usleep(UInt32(pause) * 1_000)
            began.append(.integer(Machine.nanoseconds()))
            let (outcome, changed) = try office.act(now: Machine.now()) { _ in
                Draft(
                    kind: "note.added",
                    appeal: Seed.appeal(department, (first + number) % max(1, among)),
                    actor: Actor(user: "admin", role: "administrator"),
                    body: [:],
                    personal: ["text": .string("Додаткові відомості, зміна \(number)" + sample.text(bytes: bytes))]
                )
            }
            guard outcome.status == .accepted else { throw Failure("a change was \(outcome.status.rawValue)") }
            context.place.changed(changed)
        }
        return ["began": .array(began)]
    }

    /// The head of a node's slice, as the office has it.
    private func head(_ node: String, _ context: CommandContext) throws -> JSON {
        let stream = try context.store.read { try $0.stream(Space.slice(node)) }
        return ["head": .integer(stream?.head ?? 0)]
    }

    /// When each of the next changes was visible here.
    ///
    /// Looks every 0.3 ms, which bounds the error of each delay; a read of one row at the head costs far less. Both
    /// processes use the machine's monotonic clock, so that times of the office and of the department can be
    /// subtracted.
    private func see(_ count: Int, _ context: CommandContext) throws -> JSON {
        let first = try context.store.read { try slice($0, context)?.head ?? 0 }
        var seen: [JSON] = []
        while seen.count < count {
            let head = try context.store.read { try slice($0, context)?.head ?? 0 }
            let now = Machine.nanoseconds()
            while seen.count < Int(head - first), seen.count < count { seen.append(.integer(now)) }
            usleep(300)
        }
        return ["seen": .array(seen)]
    }
}

/// A department's people at work without a network.
///
/// In transactions of 100 operations: signing is then most of the time, not the sync.
enum Author {
    static func write(_ directory: String, count: Int) throws -> JSON {
        let node = try OpenedNode.open(directory)
        defer { node.close() }
        guard let department = node.department else { throw Failure("\(directory) is no department") }
        var sample = Sample(seed: 11)
        let rows = try node.store.read { try $0.stream(Space.slice(department.node))?.rows ?? 0 }
        // One row is the appeal that the others were made of.
        guard rows > 1 else { throw Failure("the slice is empty") }
        let start = Machine.nanoseconds()
        var written = 0
        while written < count {
            let step = min(100, count - written)
            _ = try department.act(now: Machine.now(), count: step) { _, place in
                Draft(
                    kind: "note.added",
                    appeal: Seed.appeal(0, (written + place) % Int(rows - 1)),
                    actor: Actor(user: "bondar-" + department.node, role: "executor"),
                    body: [:],
                    personal: ["text": .string(sample.text(bytes: 400))]
                )
            }
            written += step
        }
        return ["nanoseconds": .integer(Machine.nanoseconds() - start)]
    }
}
