import CanonicalJSON
import Node

/// Department → office.
enum PushFigures {
    /// A department's backlog, written offline, goes to the office: the rate of writing it, then the rate of admitting
    /// it.
    ///
    /// The push ends when the last outcome is committed at the department. Each note goes to the next appeal in turn,
    /// so that the office has to read a row for each.
    static func pages(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let count = size.of(50_000)
        let appeals = size.of(10_000)
        _ = try stage.set([("roads", appeals)])
        try stage.serve("roads")
        _ = try stage.ask("roads", "bench.slice", ["count": .integer(Int64(appeals))])
        stage.end("roads")
        let authored = try stage.play("author", [stage.path("roads"), "\(count)"])["nanoseconds"]?.integer ?? 1
        try stage.serve("roads")
        let spent =
            try stage.ask("roads", "bench.outcomes", ["count": .integer(Int64(count))])["nanoseconds"]?.integer ?? 1
        let conditions: JSONObject = [
            "operations": .integer(Int64(count)), "appeals": .integer(Int64(appeals)), "kind": "note.added",
            "peakOfficeMiB": .integer(Machine.memory("VmHWM", of: stage.process("center")) / 1_024),
            "peakDepartmentMiB": .integer(Machine.memory("VmHWM", of: stage.process("roads")) / 1_024),
            "logOfficeMiB": .integer(Machine.size(stage.path("center") + "/kartoteka.sqlite-wal") >> 20),
        ]
        return [
            Figure(name: "push.operationsPerSecond", value: rate(count, spent), unit: "1/s", conditions: conditions),
            Figure(
                name: "author.operationsPerSecond",
                value: rate(count, authored),
                unit: "1/s",
                conditions: ["operations": .integer(Int64(count)), "operationsPerCommit": 100]
            ),
        ]
    }

    /// Pushes of one operation each from eight connections: what grouping them into one transaction gains shows here.
    static func singleWrites(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let each = size.of(400)
        let seeded = try stage.set((0..<Writers.count).map { (Writers.name($0), 100) })
        let authorities = (seeded["authorities"]?.array ?? []).compactMap(\.string)
        try TextFile.write(stage.path("authorities"), Array(authorities.joined(separator: "\n").utf8))
        try stage.greet((0..<Writers.count).map(Writers.name))
        let written = try stage.play(
            "writers",
            [stage.root, "https://127.0.0.1:\(stage.port)", seeded["epoch"]?.string ?? "", "\(each)"]
        )
        return [
            Figure(
                name: "push.singleWritesPerSecond",
                value: rate(each * Writers.count, written["nanoseconds"]?.integer ?? 1),
                unit: "1/s",
                conditions: [
                    "clients": .integer(Int64(Writers.count)), "operations": .integer(Int64(each * Writers.count)),
                ]
            )
        ]
    }

    /// How many a second.
    static func rate(_ count: Int, _ nanoseconds: Int64) -> Double {
        Double(count) / (Double(nanoseconds) / 1_000_000_000)
    }
}
