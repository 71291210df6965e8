import Appeals
package import Replication

/// How far a node and the others are.
package struct SyncState {
    package let role: NodeRole
    package let node: String
    /// A department's own, an office's of all departments, in the order of names.
    package let streams: [StreamState]
    /// Own operations, at a department.
    package let outbox: Outbox
    /// The office's epoch; empty at a department.
    package let epoch: String
    /// How far each node has read, in the order of names; none at a department.
    package let nodes: [NodeLag]
    /// Nodes that nobody has confirmed since a restore, at an office; counted up to `Desk.countedAtMost`.
    package let unconfirmed: Int
    /// Why the office takes no work, in the machine's words; nil while it does.
    package let stopped: String?
    /// The printed names of the departments whose streams these are.
    package let names: PrintedNames

    package var isOffice: Bool { role == .office }
}

/// One stream as a node has it.
package struct StreamState {
    package let record: StreamRecord
    /// Its rows; in the own slice those that the reader may know of.
    package let rows: Int64

    package init(record: StreamRecord, rows: Int64) {
        self.record = record
        self.rows = rows
    }
}

/// Own operations that have no outcome yet.
package struct Outbox {
    package var count: Int64 = 0
    /// When the oldest was authored, unix milliseconds.
    package var oldest: Int64?
    package var last: Int64 = 0
    /// All own operations up to this number are durable in two places.
    package var durable: Int64 = 0

    package init() {}
}

/// One node as the office sees it.
package struct NodeLag {
    package let record: NodeRecord
    package let head: Int64
    package let read: Int64
    package let rows: Int64
    /// Appeals that left it and whose purge it has not confirmed.
    package let unreceipted: Int64

    package init(record: NodeRecord, head: Int64, read: Int64, rows: Int64, unreceipted: Int64) {
        self.record = record
        self.head = head
        self.read = read
        self.rows = rows
        self.unreceipted = unreceipted
    }

    package var lag: Int64 { max(0, head - read) }
}

extension Desk {
    /// The office shows at most so many nodes: more than a city has departments.
    package static let nodesAtMost = 500

    /// Streams, own work and, at the office, the nodes (the first `nodesAtMost`).
    ///
    /// How many rows the own slice has tells nothing of appeals that are kept from the reader.
    package func syncState() throws -> SyncState { try read { try syncState($0) } }

    /// The same in a snapshot that is open.
    package func syncState(_ reading: any StoreReading) throws -> SyncState {
        var streams: [StreamRecord] = []
        try reading.eachStream { streams.append($0) }
        return SyncState(
            role: place.role,
            node: place.node,
            streams: try streams.map { StreamState(record: $0, rows: try rows($0, reading)) },
            outbox: try outbox(reading),
            epoch: isOffice ? try reading.value(Values.epoch) ?? "" : "",
            nodes: isOffice ? try nodeLags(reading) : [],
            unconfirmed: try UnconfirmedNodes.page(reading, limit: Self.countedAtMost).count,
            stopped: try reading.value(Values.stopped),
            names: try names(of: [], departments: isOffice ? [] : [place.node], reading)
        )
    }

    private func rows(_ stream: StreamRecord, _ reading: any StoreReading) throws -> Int64 {
        guard stream.name == Space.slice(place.node) else { return stream.rows }
        return try stream.rows - kept(reading)
    }

    /// Own operations without an outcome; none at the office.
    package func outbox(_ reading: any StoreReading) throws -> Outbox {
        var outbox = Outbox()
        guard !isOffice else { return outbox }
        for origin in try reading.origins(node: place.node) {
            outbox.count += max(0, origin.last - origin.acknowledged)
            outbox.last = origin.last
            outbox.durable = origin.durable
            guard origin.last > origin.acknowledged,
                let first = try reading.operations(origin.origin, after: origin.acknowledged, limit: 1).first
            else { continue }
            outbox.oldest = min(outbox.oldest ?? first.at, first.at)
        }
        return outbox
    }

    /// Of the nodes that are admitted (the first `nodesAtMost`) those that have not read all; none at a department.
    package func readersBehind(_ reading: any StoreReading) throws -> (behind: Int, nodes: Int) {
        guard isOffice else { return (0, 0) }
        let nodes = try reading.nodes(after: "", limit: Self.nodesAtMost).filter { $0.state == .active }
        let behind = try nodes.count { node in
            let stream = Space.slice(node.node)
            return try reading.reader(node.node, stream)?.sequence ?? 0 < reading.stream(stream)?.head ?? 0
        }
        return (behind, nodes.count)
    }

    private func nodeLags(_ reading: any StoreReading) throws -> [NodeLag] {
        try reading.nodes(after: "", limit: Self.nodesAtMost).map { node in
            let stream = Space.slice(node.node)
            let record = try reading.stream(stream)
            return NodeLag(
                record: node,
                head: record?.head ?? 0,
                read: try reading.reader(node.node, stream)?.sequence ?? 0,
                rows: record?.rows ?? 0,
                unreceipted: try reading.debtCount(DebtFilter(kind: .purge, node: node.node))
            )
        }
    }
}
