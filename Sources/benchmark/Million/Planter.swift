import Appeals
import CanonicalJSON
import Cryptography
import Dispatch
import Locks
import Node
import Replication

/// Fills a stopped office's store with appeals of a plan: through the store's own transactions, without the engine.
///
/// Judging a million of registrations would take half an hour. Each department's first appeal is made by real acts; the others
/// are repeated from it with words of their own, signed anew, in one chain. What streams say of them is computed as the engine
/// does, so that a department that reads them agrees at the head.
///
/// Unchecked: while one thread writes a batch and reads what stays, the other alone changes where the log stands.
final class Planter: @unchecked Sendable {
    private let plan: Plan
    private let citizens: Citizens
    private let node: OpenedNode
    private let key: PrivateKey
    private let originals: [Original]
    /// Where the office's own log stands, as far as appeals are made.
    private var origin: OriginRecord
    private var commit: Int64
    private var salts = Sample(seed: 3)

    /// Appeals of one transaction; a larger one would keep the log of the database from being moved into the file.
    private static let batch = 1_500

    /// One appeal as it goes into the store.
    private struct Made: Sendable {
        let department: Int
        let row: Row
        let digest: SHA256Digest
        let operations: [OperationRecord]
        let changed: [ItemName]
    }

    /// Makes the first appeals, by real acts.
    init(_ directory: String, _ plan: Plan) throws {
        self.plan = plan
        citizens = try Citizens()
        node = try OpenedNode.open(directory)
        guard let office = node.office else { throw Failure("\(directory) is no office") }
        key = try PrivateKey(pem: TextFile.read(directory + "/node.key"))
        let hand = OfficeActs(office)
        try hand.people(plan.names)
        let opened = node
        originals = try plan.names.enumerated().map { try Original($0, $1, hand, opened) }
        let own = try node.store.read { reading in
            (try reading.origins(node: office.node).first, try reading.lastCommit())
        }
        guard let origin = own.0 else { throw Failure("the office has no log") }
        (self.origin, commit) = (origin, own.1)
    }

    /// Plants everything; gives what `Exchange` has to know of the departments.
    ///
    /// While appeals are written the next are made, on another core. The checkpoint at the end moves the log into the file.
    func plant() throws -> JSON {
        let first = origin.last
        var ready = try make(from: 0)
        var next = ready.count
        while !ready.isEmpty {
            let made = Locked<Result<[Made], any Error>>(.success([]))
            let written = Locked<Result<Void, any Error>>(.success(()))
            let (log, commit, batch, first) = (origin, commit, ready, next)
            DispatchQueue.concurrentPerform(iterations: 2) { half in
                if half == 0 {
                    let result = Result { try write(batch, log, commit) }
                    written.withLock { $0 = result }
                } else {
                    let result = Result { try make(from: first) }
                    made.withLock { $0 = result }
                }
            }
            try written.withLock { try $0.get() }
            ready = try made.withLock { try $0.get() }
            next += ready.count
        }
        while try node.store.scrubbing?.checkpoint() == false {}
        defer { node.close() }
        return try told(first)
    }

    /// Heads of the slices, and the assignment of each department's first appeal: those of the next lie `every` operations behind.
    private func told(_ first: Int64) throws -> JSON {
        let (epoch, streams) = try node.store.read { reading in
            (try reading.value(Values.epoch) ?? "", try originals.map { try reading.stream($0.stream) })
        }
        return [
            "epoch": .string(epoch), "origin": .string(origin.origin.description),
            "every": .integer(Int64(plan.slots * Original.acts)),
            "first": .array(
                (0..<plan.departments).map { .integer(first + Int64($0 * Original.acts) + 2) }
            ),
            "heads": .array(
                streams.map { ["head": .integer($0?.head ?? 0), "mark": .string($0?.mark ?? "")] }
            ),
        ]
    }

    // MARK: making

    private func make(from first: Int) throws -> [Made] {
        try (first..<max(first, min(first + Self.batch, plan.appeals))).map(make)
    }

    private func make(_ ordinal: Int) throws -> Made {
        let department = plan.department(ordinal)
        let original = originals[department]
        var filling = Cut.Filling()
        let id = plan.id(ordinal), card = citizens.card(ordinal)
        filling.set(.appeal, id)
        filling.set(.index, plan.index(ordinal))
        filling.set(.name, card.name)
        filling.set(.address, card.address)
        filling.set(.phone, card.phone)
        filling.set(.text, card.text)
        filling.set(.note, card.note)
        guard let day = plan.day(ordinal), let due = day.adding(days: 28), let cap = day.adding(days: 45) else {
            throw Failure("there is no day for appeal \(ordinal)")
        }
        filling.set(.day, day.description)
        filling.set(.due, due.description)
        filling.set(.cap, cap.description)
        var operations: [OperationRecord] = []
        for (place, act) in original.acts.enumerated() {
            operations.append(try sign(act, place, of: id, &filling))
        }
        let row = Row(try Appeals.Aggregate(parsing: original.row.filled(filling)))
        let changed = original.changed.compactMap { ItemName(String(decoding: $0.filled(filling), as: UTF8.self)) }
        return Made(
            department: department,
            row: row,
            digest: SHA256.hash(original.seen.filled(filling)),
            operations: operations,
            changed: changed
        )
    }

    /// The next operation of the office's log: as `SignedOperation` makes its line.
    private func sign(
        _ act: Original.Act,
        _ place: Int,
        of appeal: String,
        _ filling: inout Cut.Filling
    ) throws
        -> OperationRecord
    {
        commit += 1
        let number = origin.last + 1
        let write = WriteName(origin: origin.origin, number: number).description
        filling.set(.write(place), write)
        filling.set(.item(place), "\"\(write)\",\(commit)]")
        filling.set(.number, "\"number\":\(number),")
        filling.set(.commit, "\"commit\":\(commit),")
        filling.set(.previous, origin.lastID)
        filling.set(.bodySalt, salt())
        filling.set(.personalSalt, salt())
        let body = act.body.filled(filling), personal = act.personal?.filled(filling)
        filling.set(.bodyDigest, SHA256.hash(body).hex)
        filling.set(.personalDigest, personal.map { SHA256.hash($0).hex } ?? "")
        let envelope = act.envelope.filled(filling)
        let signature = Base64.encode(try key.sign(Operation.message(envelope: envelope)))
        var line = Array("{\"body\":".utf8) + body + Array(",\"operation\":".utf8) + envelope
        if let personal { line += Array(",\"personal\":".utf8) + personal }
        line += Array(",\"signature\":\"\(signature)\"}".utf8)
        let id = SHA256.hash(envelope).hex
        filling.set(.id, id)
        (origin.last, origin.lastID, origin.acknowledged) = (number, id, number)
        return OperationRecord(
            origin: origin.origin,
            number: number,
            id: id,
            appeal: appeal,
            kind: act.kind,
            bytes: line,
            outcome: act.outcome.filled(filling),
            status: .accepted,
            commit: commit,
            at: Machine.now()
        )
    }

    /// Two words of the state: as hard to guess as anything that is made twice the same.
    private func salt() -> String {
        Seed.padded(salts.number(below: .max), 16) + Seed.padded(salts.number(below: .max), 16)
    }

    // MARK: writing

    /// Rows and operations in the order of registration, what streams have one department after another.
    ///
    /// So each page is written once a transaction: the writer's cache has room for a page of each index, not for one of each
    /// department in each.
    private func write(_ batch: [Made], _ log: OriginRecord, _ commit: Int64) throws {
        let ofDepartments = Dictionary(grouping: batch, by: \.department)
        try node.store.write { transaction in
            for made in batch { try transaction.putRow(Space.appeals, generation: 0, made.row) }
            for made in batch {
                for operation in made.operations { try transaction.putOperation(operation) }
            }
            for department in ofDepartments.keys.sorted() {
                let name = originals[department].stream
                guard var stream = try transaction.stream(name) else { throw Failure("there is no stream \(name)") }
                for made in ofDepartments[department] ?? [] { try enter(made, &stream, transaction) }
                try transaction.putStream(stream)
            }
            try transaction.putOrigin(log)
            try transaction.setLastCommit(commit)
        }
    }

    /// It enters the slice by the second operation, and is changed by the third.
    private func enter(_ made: Made, _ stream: inout StreamRecord, _ transaction: any StoreTransaction) throws {
        stream.rows += 1
        stream.digest.add(made.digest)
        for (kind, operation) in zip([EntryRecord.Kind.enter, .put], made.operations.dropFirst()) {
            stream.head += 1
            stream.commit = operation.commit
            stream.mark = StreamMark.next(stream.mark, commit: operation.commit, key: made.row.key)
            try transaction.appendEntry(
                stream.name,
                EntryRecord(
                    sequence: stream.head,
                    kind: kind,
                    key: made.row.key,
                    tenure: 1,
                    commit: operation.commit,
                    mark: stream.mark,
                    changed: kind == .put ? made.changed : []
                )
            )
        }
        try transaction.putTenure(
            TenureRecord(
                stream: stream.name,
                key: made.row.key,
                tenure: 1,
                view: originals[made.department].view,
                isOpen: true,
                opened: stream.head - 1,
                digest: made.digest,
                projection: Projection.version
            )
        )
    }
}
