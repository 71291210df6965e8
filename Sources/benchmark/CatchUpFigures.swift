import CanonicalJSON
import Node
import Replication

/// What a catch-up carries over the line for each byte of the rows that its reader lacks.
///
/// Counted is everything that the office sends from the department's start until it has all: TLS, heads, signed last lines. A fast line
/// carries pages as they are, so that a page which says something twice shows, which gzip would hide; what a slow one needs stands beside it.
enum CatchUpFigures {
    /// What happened while a department was away: so many changes, to so many appeals in turn, of so many bytes of text each.
    ///
    /// `bytesPerSecond` is the speed of the line when the department comes back; nil is as fast as loopback.
    private struct Absence {
        let name: String
        let changes: Int
        let appeals: Int
        let bytes: Int
        var bytesPerSecond: Int?
    }

    /// Bytes carried for one byte lacked, over all absences on a fast line together.
    ///
    /// 1 would be rows alone, without TLS and JSON around them. The slow line stands among the conditions only: there
    /// pages are compressed, and a ratio below 1 would hide a regression of the others.
    static func bytes(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let appeals = size.of(2_000)
        let absences = [
            Absence(name: "twoLargeInTurn", changes: size.of(200), appeals: 2, bytes: 8_000),
            Absence(name: "fiveLargeInTurn", changes: size.of(500), appeals: 5, bytes: 8_000),
            Absence(name: "eachOnce", changes: appeals, appeals: appeals, bytes: 400),
        ]
        let slow = Absence(
            name: "slowLine",
            changes: size.of(500),
            appeals: 5,
            bytes: 8_000,
            bytesPerSecond: 500_000
        )
        _ = try stage.set([("roads", appeals)])
        try stage.serve("roads")
        _ = try stage.ask("roads", "bench.slice", ["count": .integer(Int64(appeals))])
        var conditions: JSONObject = ["appeals": .integer(Int64(appeals))]
        var all: (carried: Int64, lacked: Int64) = (0, 0)
        for absence in absences + [slow] {
            let (carried, lacked) = try catchUp(stage, absence)
            if absence.bytesPerSecond == nil { all = (all.carried + carried, all.lacked + lacked) }
            conditions[absence.name] = [
                "carried": .integer(carried), "lacked": .integer(lacked),
                "ratio": .double(Figure.rounded(Double(carried) / Double(max(1, lacked)))),
            ]
        }
        let value = Double(all.carried) / Double(max(1, all.lacked))
        return [Figure(name: "pull.bytesPerRowByte", value: value, unit: "", conditions: conditions)]
    }

    /// Bytes that the office sent, and by how many the reader's rows grew: notes only add to an appeal.
    ///
    /// The department is stopped while the office changes appeals, and comes back through a relay that counts. It has
    /// caught up once its position is the head that the office had before the relay was opened.
    private static func catchUp(_ stage: Stage, _ absence: Absence) throws -> (carried: Int64, lacked: Int64) {
        stage.end("roads")
        let before = try stage.play("slice-bytes", [stage.path("roads")])["bytes"]?.integer ?? 0
        _ = try stage.ask(
            "center",
            "bench.change",
            [
                "count": .integer(Int64(absence.changes)), "among": .integer(Int64(absence.appeals)),
                "bytes": .integer(Int64(absence.bytes)),
            ]
        )
        let head = try stage.ask("center", "bench.head", ["node": "roads"])["head"] ?? 0
        let relay = try Relay(to: stage.port, bytesPerSecond: absence.bytesPerSecond)
        defer { relay.end() }
        try stage.sayWhereTheOfficeIs("roads", port: relay.port)
        try stage.serve("roads")
        _ = try stage.ask("roads", "bench.position", ["count": head])
        let carried = relay.bytesDown
        stage.end("roads")
        let after = try stage.play("slice-bytes", [stage.path("roads")])["bytes"]?.integer ?? 0
        return (carried, after - before)
    }

    /// Bytes of all rows in a stopped department's copy of its slice.
    static func sliceBytes(_ directory: String) throws -> JSON {
        let node = try OpenedNode.open(directory)
        defer { node.close() }
        guard let department = node.department else { throw Failure("\(directory) is no department") }
        let space = Space.slice(department.node)
        var key = ""
        var bytes = 0
        while true {
            let rows = try node.store.read { reading in
                try reading.rows(space, generation: try reading.stream(space)?.generation ?? 0, after: key, limit: 256)
            }
            bytes += rows.reduce(0) { $0 + $1.bytes.count }
            guard let last = rows.last else { return ["bytes": .integer(Int64(bytes))] }
            key = last.key
        }
    }
}
