import Replication

/// Looks through a department's rows for bytes that changed on the disk, a chunk at a time.
final class Rehash: @unchecked Sendable {
    private let department: Department
    private let log: NodeLog
    private var streams: [String] = []
    private var after = ""

    init(_ department: Department, log: NodeLog) {
        self.department = department
        self.log = log
    }

    /// On the queue of upkeep only.
    func chunk() throws {
        if streams.isEmpty { streams = [Space.reference, Space.slice(department.node), Space.node(department.node)] }
        guard let stream = streams.first else { return }
        let (next, broken) = try department.rehash(stream: stream, after: after, limit: ReplicationLimits.chunk)
        for key in broken {
            log.line(.error, "row_broken", "the row \(key) of \(stream) changed on the disk: it is fetched again")
        }
        after = next ?? ""
        if next == nil { streams.removeFirst() }
    }
}
