import CanonicalJSON
import Dispatch
import Locks

/// How long a change at the office takes to be visible at a connected department.
///
/// From the moment before the office begins its transaction to the department's copy having the entry, committed.
/// Between lie a signature at the office, its commit, the wake of the poll, TLS, and the department's own commit.
enum PropagationFigures {
    /// With nothing else going on; a change every 20 ms, so that they do not queue behind one another.
    static func calm(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let appeals = size.of(10_000)
        _ = try stage.set([("roads", appeals)])
        try settle(stage, appeals)
        let delays = try measure(stage, size.of(400), pause: 20)
        let conditions: JSONObject = ["changes": .integer(Int64(delays.count)), "pauseMilliseconds": 20]
        return [
            Figure(name: "propagation.p50", value: Percentile.of(delays, 0.5), unit: "ms", conditions: conditions),
            Figure(name: "propagation.p99", value: Percentile.of(delays, 0.99), unit: "ms", conditions: conditions),
        ]
    }

    /// The same while another department takes a snapshot and a thousand connections wait.
    ///
    /// The snapshot of the other department must outlast the changes, hence its size; the crowd makes each wake search
    /// among many.
    static func loaded(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let appeals = size.of(10_000), others = size.of(100_000), crowd = size.of(1_000)
        let seeded = try stage.set([("roads", appeals), ("parks", others)])
        try RestFigures.gather(stage, crowd, epoch: seeded["epoch"]?.string ?? "")
        try stage.sayWhereTheOfficeIs("roads")
        try stage.sayWhereTheOfficeIs("parks")
        try settle(stage, appeals)
        try stage.start("parks", "node", [stage.path("parks")])
        let delays = try measure(stage, size.of(200), pause: 20)
        return [
            Figure(
                name: "propagation.p99.loaded",
                value: Percentile.of(delays, 0.99),
                unit: "ms",
                conditions: [
                    "changes": .integer(Int64(delays.count)), "waiting": .integer(Int64(crowd)),
                    "snapshotRows": .integer(Int64(others)),
                    "p50": .double(Figure.rounded(Percentile.of(delays, 0.5))),
                ]
            )
        ]
    }

    private static func settle(_ stage: Stage, _ appeals: Int) throws {
        try stage.serve("roads")
        _ = try stage.ask("roads", "bench.slice", ["count": .integer(Int64(appeals))])
        Machine.sleep(milliseconds: 500)
    }

    /// The delay of each change in milliseconds, in order.
    ///
    /// The department watches before the office begins, 200 ms earlier, or it would miss the first ones. The n-th
    /// change that is seen is the n-th that was made: the slice has no other traffic.
    private static func measure(_ stage: Stage, _ count: Int, pause: Int64) throws -> [Double] {
        let ended = DispatchSemaphore(value: 0)
        let changed = Locked<JSON>(.null)
        let arguments: JSONObject = ["count": .integer(Int64(count)), "pause": .integer(pause)]
        let root = stage.root
        Threads.start {
            Machine.sleep(milliseconds: 200)
            let answer = try? Stage.ask(directory: root + "/center", "bench.change", arguments)
            changed.withLock { $0 = answer ?? .null }
            ended.signal()
        }
        let seen = try stage.ask("roads", "bench.see", arguments)["seen"]?.array?.compactMap(\.integer) ?? []
        ended.wait()
        let began = changed.withLock { $0 }["began"]?.array?.compactMap(\.integer) ?? []
        guard began.count == count, seen.count == count else {
            throw Failure("of \(count) changes \(seen.count) were seen")
        }
        return zip(began, seen).map { Double($1 - $0) / 1_000_000 }
    }
}
