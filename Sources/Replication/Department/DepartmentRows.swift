import Appeals
import CanonicalJSON
import Cryptography

/// What one row does to a stream here: it comes, is replaced, leaves, or is erased.
extension Department {
    /// Puts a row in the place of the one held, if any, and keeps the stream's digest and count in step with its rows.
    func replace(_ held: Row?, with row: Row, in stream: inout StreamRecord, _ transaction: any StoreTransaction) throws
    {
        try transaction.putRow(stream.name, generation: stream.generation, row)
        if let held { stream.digest.subtract(held.digest) } else { stream.rows += 1 }
        stream.digest.add(row.digest)
    }

    /// Deletes a row, and keeps the stream's digest and count in step with its rows.
    func remove(_ held: Row, from stream: inout StreamRecord, _ transaction: any StoreTransaction) throws {
        try transaction.deleteRow(stream.name, generation: stream.generation, key: held.key)
        stream.digest.subtract(held.digest)
        stream.rows -= 1
    }

    /// Deletes everything the office sent about an appeal; own operations stay in the log until they are durable.
    func leave(
        _ held: Row,
        stub: JSON,
        from stream: inout StreamRecord,
        _ departure: Departure? = nil,
        now: Int64,
        _ transaction: any StoreTransaction
    ) throws {
        try remove(held, from: &stream, transaction)
        guard stream.name == Space.slice(node) else { return }
        try transaction.deleteLocals(of: held.key)
        try markLeft(held, stub: stub, departure, now: now, transaction)
    }

    /// The stub of a row that disappeared without a `leave`: index and dates.
    func stub(of row: Row) -> JSON {
        [
            "index": .string(row.columns.index), "registeredOn": .string(row.columns.registeredOn),
            "due.statutory": .string(row.columns.due),
        ]
    }

    /// Erasure goes before durability: own operations on the appeal are destroyed at once.
    ///
    /// The office's seal is kept: a restored office carries the erasure out by it alone.
    func erase(_ erasure: ErasureRecord, now: Int64, _ transaction: any StoreTransaction) throws {
        let appeal = erasure.appeal
        var known = erasure
        if known.index.isEmpty {
            let slice = try position(Space.slice(node), transaction)
            let row = try transaction.row(slice.name, generation: slice.generation, key: appeal)
            known.index = try row?.columns.index ?? transaction.stub(appeal)?.index ?? ""
        }
        try transaction.putErasure(known, at: now)
        try transaction.deleteStub(appeal)
        try transaction.deleteLocals(of: appeal)
        try dropReceipts(appeal, now: now, transaction)
        try transaction.setValue(Values.kept(appeal), nil)
        try transaction.eachPending(appeal: appeal, node: node, beyond: -1) { try strip($0, transaction) }
        for kind in [TrayKind.recovery, .setAside, .offered] { try forget(appeal, inTray: kind, transaction) }
    }

    /// Deletes what was set aside of an appeal after a restore of the office, be it for the office or for people.
    private func forget(_ appeal: String, inTray kind: TrayKind, _ transaction: any StoreTransaction) throws {
        try eachInTray(kind, transaction) { item in
            if try Appeals.Aggregate(parsing: item.bytes).id == appeal { try transaction.deleteTray(item.id) }
        }
    }

    /// Visits the tray's items of one kind, a chunk at a time, up to and including the item `last`.
    func eachInTray(
        _ kind: TrayKind,
        upTo last: Int64 = .max,
        _ reading: any StoreReading,
        _ body: (TrayRecord) throws -> Void
    ) throws {
        var after: Int64 = 0
        while true {
            let page = try reading.tray(kind: kind, after: after, limit: rules.sizes.chunk)
            for item in page {
                guard item.id <= last else { return }
                try body(item)
            }
            guard page.count == rules.sizes.chunk, let end = page.last else { return }
            after = end.id
        }
    }

    /// An item of the tray becomes one of another kind.
    func turn(_ item: TrayRecord, into kind: TrayKind, _ transaction: any StoreTransaction) throws {
        var item = item
        try transaction.deleteTray(item.id)
        item.kind = kind
        try transaction.addTray(item)
    }
}
