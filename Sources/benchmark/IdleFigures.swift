import CanonicalJSON
import Commands
import Desk
import Glibc
import Node
import Replication

/// What a connected pair of an office and a department reads while nobody does anything.
///
/// Counted are the bytes of files that a process asked the kernel for (`rchar`), whether they came from the disk or from the page
/// cache: `read_bytes` is nothing for a file that is cached, however often it is gone over. What sockets receive (`recv`) is not in
/// it. The store maps no file into memory, so that nothing is read past the count.
enum IdleFigures {
    /// A node's reads since it began.
    ///
    /// Throws if `/proc` does not tell: a kernel without I/O accounting, or a process that has ended.
    private struct Reads {
        let asked: Int64
        let fromDisk: Int64

        init(_ stage: Stage, _ name: String) throws {
            func number(_ field: String) throws -> Int64 {
                let lines = TextFile.lines("/proc/\(stage.process(name))/io")
                guard let line = lines.first(where: { $0.hasPrefix(field + ": ") }),
                    let number = Int64(line.dropFirst(field.utf8.count + 2))
                else { throw Failure("/proc/\(stage.process(name))/io lacks \(field)") }
                return number
            }
            asked = try number("rchar")
            fromDisk = try number("read_bytes")
        }
    }

    /// Ten minutes times six, into which the upkeep of every ten minutes falls once, and what is done once an hour, which is
    /// measured by itself and added once.
    ///
    /// Work that follows the seeding (an upkeep merges the entries that it has not seen yet) is done before, and no full hour falls
    /// into the ten minutes. A pass of the re-hash, which takes a day, is measured by itself afterwards and is not in the figure, which would
    /// depend on where in that day the ten minutes fall. The figure is the larger of the two nodes.
    static func bytesRead(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let appeals = size.of(10_000)
        let seconds = size.of(600)
        let names = ["center", "roads"]
        _ = try stage.set([("roads", appeals)])
        stage.end("center")
        try stage.serve("center", rehashes: false)
        try stage.sayWhereTheOfficeIs("roads")
        try stage.serve("roads", rehashes: false)
        _ = try stage.ask("roads", "bench.slice", ["count": .integer(Int64(appeals))])
        // What is left to do after so much was written and read: an upkeep, and what a node does within a minute.
        _ = try stage.ask("center", "bench.upkeep")
        Machine.sleep(milliseconds: size.of(90) * 1_000)
        Machine.sleep(milliseconds: untilNoHour(within: seconds))
        let before = try names.map { try Reads(stage, $0) }
        Machine.sleep(milliseconds: seconds * 1_000)
        let after = try names.map { try Reads(stage, $0) }
        var conditions: JSONObject = ["appeals": .integer(Int64(appeals)), "seconds": .integer(Int64(seconds))]
        var most = 0.0
        for (place, name) in names.enumerated() {
            let asked = after[place].asked - before[place].asked
            let passes = try stage.ask(name, "bench.passes")
            let hour = passes["hour"]?.integer ?? 0
            most = max(most, Double(asked) * 3_600 / Double(seconds) + Double(hour))
            conditions[name] = [
                "read": .integer(asked), "readFromDisk": .integer(after[place].fromDisk - before[place].fromDisk),
                "upkeep": passes["upkeep"] ?? 0, "hour": .integer(hour), "rehash": passes["rehash"] ?? 0,
                "file": .integer(Machine.size(stage.path(name) + "/kartoteka.sqlite")),
            ]
        }
        return [Figure(name: "idle.bytesReadPerHour", value: most, unit: "B", conditions: conditions)]
    }

    /// How long to wait, in milliseconds, until no full hour falls into so many seconds: a node keeps the state of the city within
    /// a minute of it.
    private static func untilNoHour(within seconds: Int) -> Int {
        let hour = 3_600_000, minute = 60_000, behind = minute + 5_000
        let now = Int(Machine.now() % Int64(hour))
        if now < behind { return behind - now }
        return now + seconds * 1_000 < hour ? 0 : hour - now + behind
    }

    /// Bytes that a node reads for one upkeep with nothing to do, for what it keeps of the city each hour (an office), and for one
    /// pass of its re-hash.
    ///
    /// Called inside the running node by `bench.passes`. The hour that is kept is the next one, since the present one is kept already.
    static func passes(_ context: CommandContext) throws -> JSON {
        let log = NodeLog(node: context.node)
        var upkeep: Int64 = 0, hour: Int64 = 0
        if let office = context.office {
            let place = context.place
            let later = Workplace(
                office: office,
                store: context.store,
                now: { Machine.now() + 3_600_000 },
                draw: place.draw,
                changed: place.changed
            )
            hour = try bytesRead { _ = try Desk(later, .anybody).keepHour() }
            upkeep = try bytesRead { _ = try office.upkeep(now: Machine.now()) }
        }
        let office = context.office.map { Rehash($0, log: log) }
        guard let rehash = office ?? context.department.map({ Rehash($0, log: log) }) else {
            throw Failure("a node is an office or a department")
        }
        let pass = try bytesRead { while try !rehash.goOn(now: 0) {} }
        return ["upkeep": .integer(upkeep), "hour": .integer(hour), "rehash": .integer(pass)]
    }

    /// What this thread reads meanwhile.
    ///
    /// Of this thread alone, since the node's other threads go on. What `body` reads on another thread would be missed;
    /// neither upkeep nor re-hash has one.
    private static func bytesRead(_ body: () throws -> Void) throws -> Int64 {
        func number() throws -> Int64 {
            let line = TextFile.lines("/proc/thread-self/io").first { $0.hasPrefix("rchar: ") }
            guard let number = line.flatMap({ Int64($0.dropFirst(7)) }) else {
                throw Failure("/proc/thread-self/io does not say what was read")
            }
            return number
        }
        let before = try number()
        try body()
        return try number() - before
    }
}
