import Appeals
import Desk
import Replication

/// Follows one origin's log from its first operation to its end, a page at a time: each line is read as whoever needs it will
/// read it, is what its id says and names the one before it.
struct LogWalk {
    let origin: Origin
    private var former: OperationRecord?
    private(set) var count: Int64 = 0

    init(_ origin: Origin) { self.origin = origin }

    /// The records of every log that is here, the node's own first.
    static func origins(_ reading: any StoreReading) throws -> [OriginRecord] {
        var names = [try reading.value(Values.node) ?? ""]
        var after = ""
        while true {
            let page = try reading.nodes(after: after, limit: ReplicationLimits.chunk)
            names += page.map(\.node)
            guard let last = page.last, page.count == ReplicationLimits.chunk else { break }
            after = last.node
        }
        return try names.flatMap { try reading.origins(node: $0) }
    }

    /// Goes on by a page; whether there is more.
    ///
    /// Pages may come from readings of their own: a log only grows at its end, and what was read stays as it is.
    mutating func page(_ reading: any StoreReading) throws(BrokenLog) -> Bool {
        let page: [OperationRecord]
        let record: OriginRecord?
        do {
            page = try reading.operations(origin, after: former?.number ?? 0, limit: ReplicationLimits.chunk)
            record = try reading.origin(origin)
        } catch { throw BrokenLog(origin, former?.number ?? 0, Label("\(error)"), cause: error) }
        for operation in page {
            try look(at: operation)
            former = operation
            count += 1
        }
        if page.count == ReplicationLimits.chunk { return true }
        guard let record, record.last > 0, let former, former.number != record.last || former.id != record.lastID else {
            return false
        }
        throw BrokenLog(
            origin,
            record.last,
            Label(
                uk: "— кінець журналу, а база кінчається на \(former.number)",
                en: "is the log's end, the store ends at \(former.number)"
            )
        )
    }

    private func look(at operation: OperationRecord) throws(BrokenLog) {
        if let former, operation.number != former.number + 1 {
            let found = Label(uk: "іде після \(former.number)", en: "follows \(former.number)")
            throw BrokenLog(origin, operation.number, found)
        }
        guard !operation.bytes.isEmpty else { return }
        let signed: SignedOperation
        do { signed = try SignedOperation(stored: operation.bytes) } catch {
            throw BrokenLog(
                origin,
                operation.number,
                Label(uk: "не читається: \(error)", en: "cannot be read: \(error)")
            )
        }
        guard signed.id == operation.id else {
            let found = Label(uk: "не те, що каже її код", en: "is not what its id says")
            throw BrokenLog(origin, operation.number, found)
        }
        if let former, signed.operation.previous != former.id {
            let found = Label(uk: "не називає попередньої", en: "does not name the one before it")
            throw BrokenLog(origin, operation.number, found)
        }
    }
}

/// Which operation breaks a log, and how.
struct BrokenLog: Error {
    let label: Label
    /// What the store threw, if it was the store.
    let cause: (any Error)?

    init(_ origin: Origin, _ number: Int64, _ found: Label, cause: (any Error)? = nil) {
        label = Label("\(origin):\(number) ") + found
        self.cause = cause
    }
}
