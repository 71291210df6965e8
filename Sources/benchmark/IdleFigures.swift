import CanonicalJSON
import Commands
import Glibc
import Node
import Replication

/// What a connected pair of an office and a department reads while nobody does anything.
///
/// Counted are the bytes that a process asked the kernel for (`rchar`), from files and sockets alike, whether they came from the
/// disk or from the page cache: `read_bytes` is nothing for a file that is cached, however often it is gone over. The store maps no file
/// into memory, so that nothing is read past the count.
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

    /// Ten minutes without the re-hash, and the upkeep of every ten minutes, times six: what is done at the longest intervals but an
    /// hour's falls into them once.
    ///
    /// A pass of the re-hash, which takes a day, is measured by itself afterwards.
    /// The figure is the larger of the two nodes. With the re-hash running, the figure would depend on where in its day
    /// the ten minutes fall.
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
        // What is left to do after so much was read is done within a minute.
        Machine.sleep(milliseconds: size.of(90) * 1_000)
        let before = try names.map { try Reads(stage, $0) }
        Machine.sleep(milliseconds: seconds * 1_000)
        let after = try names.map { try Reads(stage, $0) }
        var conditions: JSONObject = ["appeals": .integer(Int64(appeals)), "seconds": .integer(Int64(seconds))]
        var most = 0.0
        for (place, name) in names.enumerated() {
            let asked = after[place].asked - before[place].asked
            let passes = try stage.ask(name, "bench.passes")
            let upkeep = Double(passes["upkeep"]?.integer ?? 0)
            most = max(most, Double(asked) * 3_600 / Double(seconds) + 6 * upkeep)
            conditions[name] = [
                "read": .integer(asked), "readFromDisk": .integer(after[place].fromDisk - before[place].fromDisk),
                "upkeep": passes["upkeep"] ?? 0, "rehash": passes["rehash"] ?? 0,
                "file": .integer(Machine.size(stage.path(name) + "/kartoteka.sqlite")),
            ]
        }
        return [Figure(name: "idle.bytesReadPerHour", value: most, unit: "B", conditions: conditions)]
    }

    /// Bytes that a node reads for one upkeep with nothing to do, and for one pass of its re-hash.
    ///
    /// Called inside the running node by `bench.passes`. The first upkeep is not counted: it does what the seeding left
    /// to do.
    static func passes(_ context: CommandContext) throws -> JSON {
        let log = NodeLog(node: context.node)
        var upkeep: Int64 = 0
        if let office = context.office {
            _ = try office.upkeep(now: Machine.now())
            upkeep = try bytesRead { _ = try office.upkeep(now: Machine.now()) }
        }
        let office = context.office.map { Rehash($0, log: log) }
        guard let rehash = office ?? context.department.map({ Rehash($0, log: log) }) else {
            throw Failure("a node is an office or a department")
        }
        return ["upkeep": .integer(upkeep), "rehash": .integer(try bytesRead { while try !rehash.goOn(now: 0) {} })]
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
