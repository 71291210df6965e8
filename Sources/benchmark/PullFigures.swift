import CanonicalJSON

/// Office → department.
enum PullFigures {
    /// A department that knows nothing reads its slice.
    ///
    /// By snapshot, from the start of the department's process to the last row committed. `label` ends the figures'
    /// names.
    static func fresh(_ stage: Stage, _ appeals: Int, _ label: String) throws -> [Figure] {
        let seeded = try stage.set([("roads", appeals)])
        try stage.serve("roads")
        let spent =
            try stage.ask("roads", "bench.slice", ["count": .integer(Int64(appeals))])["nanoseconds"]?.integer ?? 1
        let office = Machine.memory("VmHWM", of: stage.process("center"))
        let department = Machine.memory("VmHWM", of: stage.process("roads"))
        let conditions: JSONObject = [
            "appeals": .integer(Int64(appeals)), "bytesPerRow": seeded["bytesPerRow"] ?? 0,
            "peakOfficeKiB": .integer(office), "peakDepartmentKiB": .integer(department),
            "logOfficeMiB": .integer(Machine.size(stage.path("center") + "/kartoteka.sqlite-wal") >> 20),
            "logDepartmentMiB": .integer(Machine.size(stage.path("roads") + "/kartoteka.sqlite-wal") >> 20),
        ]
        return [
            Figure(
                name: "pull.entriesPerSecond." + label,
                value: PushFigures.rate(appeals, spent),
                unit: "1/s",
                conditions: conditions
            ),
            Figure(
                name: "pull.peakMemory." + label,
                value: Double(max(office, department)) / 1_024,
                unit: "MiB",
                conditions: conditions
            ),
        ]
    }

    /// The same from the log of entries.
    ///
    /// The department is put at sequence 0 of the present epoch by hand, since a fresh one would ask for a snapshot.
    static func byLog(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let appeals = size.of(20_000)
        let seeded = try stage.set([("roads", appeals)])
        try stage.play("by-log", [stage.path("roads"), seeded["epoch"]?.string ?? ""])
        try stage.serve("roads")
        let spent =
            try stage.ask("roads", "bench.slice", ["count": .integer(Int64(appeals))])["nanoseconds"]?.integer ?? 1
        return [
            Figure(
                name: "pull.rowsPerSecond",
                value: PushFigures.rate(appeals, spent),
                unit: "1/s",
                conditions: ["appeals": .integer(Int64(appeals)), "bytesPerRow": seeded["bytesPerRow"] ?? 0]
            )
        ]
    }

    /// Time of a pull with ten times as many appeals of others, over the time without: the median of five pairs.
    ///
    /// 1 means that what others have costs this department nothing; a query over all rows instead of over the slice
    /// shows as ten. Pairs are taken alternately so that a machine that slows down meets both sides.
    static func isolation(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let appeals = size.of(5_000)
        let other = try Stage()
        defer { other.clear() }
        _ = try stage.set([("roads", appeals)])
        _ = try other.set([("roads", appeals), ("parks", appeals * 10)])
        var ratios: [Double] = []
        for pair in 0..<5 {
            let alone = try time(stage, appeals, "reader-\(pair)")
            let among = try time(other, appeals, "reader-\(pair)")
            ratios.append(among / alone)
        }
        return [
            Figure(
                name: "pull.isolationRatio",
                value: Percentile.of(ratios, 0.5),
                unit: "",
                conditions: [
                    "appeals": .integer(Int64(appeals)), "others": .integer(Int64(appeals * 10)),
                    "pairs": .array(ratios.map { .double(Figure.rounded($0)) }),
                ]
            )
        ]
    }

    private static func time(_ stage: Stage, _ appeals: Int, _ name: String) throws -> Double {
        try stage.copy(of: "roads", as: name)
        try stage.serve(name)
        let spent = try stage.ask(name, "bench.slice", ["count": .integer(Int64(appeals))])["nanoseconds"]?.integer ?? 1
        stage.end(name)
        try stage.remove(name)
        return Double(spent)
    }
}
