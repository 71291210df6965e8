import CanonicalJSON
import Glibc
import Node

/// What an office needs while nothing happens, and to begin again.
enum RestFigures {
    /// Lets so many departments connect and wait; the office is restarted for it.
    ///
    /// The allow-list is written into the stopped store and read at the start. Returns once all of them wait.
    static func gather(_ stage: Stage, _ count: Int, epoch: String) throws {
        stage.end("center")
        let file = stage.path("crowd")
        try stage.play("crowd-seed", [stage.path("center"), "\(count)", file])
        try stage.serve("center")
        try stage.start("crowd", "crowd", [file, "https://127.0.0.1:\(stage.port)", "center", epoch])
        try waitFor(count, stage)
    }

    /// Returns once so many polls wait at the office: a minute at most, in steps of 20 ms; throws if fewer wait by then.
    private static func waitFor(_ count: Int, _ stage: Stage) throws {
        for _ in 0..<3_000 {
            if try stage.ask("center", "sync status")["waiting"]?.integer ?? 0 >= Int64(count) { return }
            Machine.sleep(milliseconds: 20)
        }
        throw Failure("of \(count) departments not all wait")
    }

    /// Resident memory of the office that each waiting department adds: TLS state, buffers, the seat of its poll.
    static func idle(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let count = size.of(1_000)
        let seeded = try stage.set([("roads", 100)])
        let epoch = seeded["epoch"]?.string ?? ""
        // Before and after are of the same process: a first few connections warm it up.
        try gather(stage, size.of(100), epoch: epoch)
        stage.end("crowd", with: SIGKILL)
        stage.end("center")
        try stage.play("crowd-seed", [stage.path("center"), "\(count)", stage.path("crowd")])
        try stage.serve("center")
        let before = Machine.memory("VmRSS", of: stage.process("center"))
        try stage.start("crowd", "crowd", [stage.path("crowd"), "https://127.0.0.1:\(stage.port)", "center", epoch])
        try waitFor(count, stage)
        let waiting = try stage.ask("center", "sync status")["waiting"]?.integer ?? 0
        Machine.sleep(milliseconds: 1_000)
        let after = Machine.memory("VmRSS", of: stage.process("center"))
        return [
            Figure(
                name: "idle.bytesPerConnection",
                value: Double(after - before) * 1_024 / Double(max(1, waiting)),
                unit: "B",
                conditions: ["waiting": .integer(waiting), "beforeKiB": .integer(before), "afterKiB": .integer(after)]
            )
        ]
    }

    /// Resident memory of a pair that has its data and nothing to do, after a fresh start of both.
    ///
    /// Started anew, since memory that the first synchronisation needed is not what a node has on an ordinary day.
    static func atRest(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let appeals = size.of(10_000)
        _ = try stage.set([("roads", appeals)])
        try stage.serve("roads")
        _ = try stage.ask("roads", "bench.slice", ["count": .integer(Int64(appeals))])
        for name in ["roads", "center"] {
            stage.end(name)
            try stage.serve(name)
            if name == "center" { try stage.sayWhereTheOfficeIs("roads") }
        }
        stage.end("roads")
        try stage.serve("roads")
        Machine.sleep(milliseconds: 3_000)
        let office = Machine.memory("VmRSS", of: stage.process("center")),
            department = Machine.memory("VmRSS", of: stage.process("roads"))
        return [
            Figure(
                name: "rest.residentMemory",
                value: Double(max(office, department)) / 1_024,
                unit: "MiB",
                conditions: [
                    "officeKiB": .integer(office), "departmentKiB": .integer(department),
                    "appeals": .integer(Int64(appeals)),
                ]
            )
        ]
    }

    /// From the start of the process to its first answer, after `kill -9`.
    ///
    /// The log of the database is left as the last changes made it, so that its recovery is part of the time.
    static func restart(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let operations = size.of(1_000_000)
        _ = try stage.set([("roads", size.of(10_000))])
        stage.end("center")
        try stage.play("operations", [stage.path("center"), "\(operations)"])
        try stage.serve("center")
        _ = try stage.ask("center", "bench.change", ["count": .integer(Int64(size.of(500)))])
        stage.end("center", with: SIGKILL)
        let log = Machine.size(stage.path("center") + "/kartoteka.sqlite-wal")
        let start = Machine.nanoseconds()
        try stage.serve("center")
        return [
            Figure(
                name: "restart.milliseconds",
                value: Machine.milliseconds(since: start),
                unit: "ms",
                conditions: [
                    "operations": .integer(Int64(operations)), "logBytes": .integer(log),
                    "databaseMiB": .integer(Machine.size(stage.path("center") + "/kartoteka.sqlite") >> 20),
                ]
            )
        ]
    }
}
