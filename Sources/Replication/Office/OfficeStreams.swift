import Appeals
import CanonicalJSON
import Cryptography

/// Reading a stream at the office: entries, snapshot pages, ranges and rows; every exit filters by slice.
extension Office {
    /// The streams that a node may read, and the names that requests have for its positions in them.
    private static func named(of node: String) -> [(name: String, stream: String)] {
        [("slice", Space.slice(node)), ("node", Space.node(node)), ("reference", Space.reference)]
    }

    /// The streams that a node may read: its slice, what concerns itself, and reference.
    static func streams(of node: String) -> [String] { named(of: node).map(\.stream) }

    /// The record of a stream as its publisher has it; a stream without entries exists from the beginning of the epoch.
    func head(_ stream: String, _ reading: any StoreReading) throws -> StreamRecord {
        try reading.stream(stream) ?? StreamRecord(name: stream, epoch: try reading.value("epoch") ?? "")
    }

    private func refusal(of request: WireRequest, peer: String) -> WireResponse? {
        guard let stream = request["stream"] else { return .refusal(400, .badRequest, "stream is missing") }
        guard Self.streams(of: peer).contains(stream) else {
            return .refusal(403, .foreignStream, "\(peer) does not read \(stream)")
        }
        return nil
    }

    /// The row of a stream as its reader may see it now; nil if there is none.
    func visible(
        _ stream: String,
        _ key: String,
        _ reading: any StoreReading
    ) throws -> (tenure: Int64, aggregate: Appeals.Aggregate)? {
        guard stream.hasPrefix("slice:") else {
            return try reading.row(stream, generation: 0, key: key).map { (1, try $0.aggregate()) }
        }
        guard let tenure = try reading.tenure(stream, key: key), tenure.isOpen,
            let view = View(department: String(stream.dropFirst(6)), text: tenure.view),
            let row = try reading.row(Space.appeals, generation: 0, key: key)
        else { return nil }
        return (tenure.tenure, view.project(try row.aggregate(), by: try ProjectionInForce(self, reading).all))
    }

    // MARK: pull

    func pull(_ request: WireRequest, peer: String, now: Int64, mayWait: Bool) throws -> Handling {
        if let refusal = refusal(of: request, peer: peer) { return .reply(refusal, changed: []) }
        guard let stream = request["stream"], let after = request.number("after"), let mark = request["mark"],
            let epoch = request["epoch"]
        else { return .reply(.refusal(400, .badRequest, "stream, epoch, after and mark are required"), changed: []) }
        let limit = Int(request.number("limit") ?? Int64(rules.sizes.pageRecords))
        let handling: Handling = try store.read { reading in
            let record = try head(stream, reading)
            let others = try positions(request, peer: peer, reading)
            if let refusal = try place(record, epoch: epoch, after: after, mark: mark, reading) ?? ahead(others) {
                return .reply(refusal, changed: [])
            }
            if mayWait, request.number("wait") ?? 0 > 0, after == record.head,
                !others.contains(where: { $0.record.head > $0.position })
            {
                return .wait(streams: Self.streams(of: peer))
            }
            let page = try page(
                record,
                after: after,
                mark: mark,
                limit: limit,
                request,
                peer: peer,
                reading
            )
            return .reply(page, changed: [])
        }
        // A waiting poll confirms while it waits; pages in a row confirm every two seconds, so that none waits for a write.
        switch handling {
        case .reply(let response, _) where response.status == 200:
            try confirm(peer, stream, after, now: now, every: 2_000)
        case .reply: break
        case .wait: try confirm(peer, stream, after, now: now, every: 0)
        }
        return handling
    }

    /// Whether a position stands where this office has it.
    private func place(
        _ record: StreamRecord,
        epoch: String,
        after: Int64,
        mark: String,
        _ reading: any StoreReading
    ) throws -> WireResponse? {
        if rules.epoch, epoch != record.epoch {
            return .refusal(409, .epochChanged, "the stream is in the epoch \(record.epoch)")
        }
        // A claim, which the hello settles.
        if after > record.head { return .refusal(409, .evidenceWanted, "\(after) is ahead of the head \(record.head)") }
        if after < record.floor { return .refusal(410, .snapshotNeeded, "entries up to \(record.floor) are compacted") }
        let known =
            after == 0
            ? "" : try reading.entry(record.name, atOrBefore: after).flatMap { $0.sequence == after ? $0.mark : nil }
        guard let known = known ?? (rules.marksAsked ? nil : mark) else {
            return .refusal(410, .snapshotNeeded, "the position \(after) is compacted")
        }
        if rules.marksAsked, known != mark {
            return .refusal(409, .evidenceWanted, "the position \(after) has another mark here")
        }
        return nil
    }

    /// The positions that a request names in other streams of the node, with the records of these.
    private func positions(
        _ request: WireRequest,
        peer: String,
        _ reading: any StoreReading
    ) throws -> [(position: Int64, record: StreamRecord)] {
        try Self.named(of: peer).compactMap { name, stream in
            try request.number(name).map { ($0, try head(stream, reading)) }
        }
    }

    /// Whether the node stands ahead of this office in another of its streams, which it would never pull again.
    private func ahead(_ others: [(position: Int64, record: StreamRecord)]) -> WireResponse? {
        others.first { $0.position > $0.record.head }.map { position, record in
            .refusal(409, .evidenceWanted, "\(position) is ahead of the head \(record.head) of \(record.name)")
        }
    }

    private func page(
        _ record: StreamRecord,
        after: Int64,
        mark: String,
        limit: Int,
        _ request: WireRequest,
        peer: String,
        _ reading: any StoreReading
    ) throws -> WireResponse {
        var writer = try PullPage(self, record, reading, after: after, hint: CatchUp(request))
        let (page, reached) = try writer.write(limit: limit)
        let to = reached?.sequence ?? record.head
        let isHead = to == record.head
        var reply = trailer("pull", record)
        reply["from"] = .integer(after)
        reply["fromMark"] = .string(mark)
        reply["to"] = .integer(isHead ? record.head : to)
        reply["mark"] = .string(isHead ? record.mark : reached?.mark ?? "")
        reply["commit"] = .integer(isHead ? try reading.number("commit") ?? 0 : reached?.commit ?? 0)
        if isHead {
            if writer.projection.isUnderWay(record.name) {
                reply["projecting"] = true
            } else {
                reply["digest"] = .string(record.digest.hex)
                reply["rows"] = .integer(record.rows)
            }
        }
        var heads = JSONObject()
        for stream in Self.streams(of: peer) { heads[stream] = .integer(try head(stream, reading).head) }
        reply["heads"] = .object(heads)
        return try page.finish(reply, to: request, signer: signer)
    }

    private func trailer(_ call: String, _ record: StreamRecord) -> JSONObject {
        [
            "call": .string(call), "stream": .string(record.name), "epoch": .string(record.epoch),
            "head": .integer(record.head),
        ]
    }

    /// One entry as its reader may see it now.
    ///
    /// An `enter` or `put` whose row is gone meanwhile needs no line: a later `leave` or `erase` in the stream says
    /// so.
    func line(
        _ entry: EntryRecord,
        stream: String,
        _ seal: Seal?,
        by projections: [Projection],
        _ reading: any StoreReading
    ) throws -> [UInt8]? {
        var object: JSONObject = [
            "entry": .string(entry.kind.rawValue), "sequence": .integer(entry.sequence),
            "tenure": .integer(entry.tenure),
            "commit": .integer(entry.commit),
        ]
        switch entry.kind {
        case .none: return nil
        case .leave:
            object["id"] = .string(entry.key)
            object["stub"] = try stub(entry.key, department: String(stream.dropFirst(6)), reading)
        case .erase:
            object["id"] = .string(entry.key)
            object["seal"] = seal.map { .string($0.erasure(of: entry.key)) }
        case .enter, .outcome:
            guard let row = try shown(entry, in: stream, reading) else { return nil }
            return Self.line(
                entry,
                row: try row.view?.project(row.row.aggregate(), by: projections).bytes ?? row.row.bytes,
                seal: seal?.text(stream, entry.key, row.digest)
            )
        case .put:
            guard let row = try shown(entry, in: stream, reading) else { return nil }
            let aggregate = try row.row.aggregate()
            let names = row.view?.visible(entry.changed, of: aggregate, by: projections) ?? entry.changed
            let bytes = part(aggregate, names).bytes
            return Self.line(entry, row: bytes, seal: seal?.text(stream, entry.key, row.digest))
        }
        return JSON.object(object).canonicalBytes()
    }

    /// The row that an entry is about, the view in which its reader sees it, and the digest of what it sees.
    ///
    /// Nil if the tenure is another by now.
    private func shown(
        _ entry: EntryRecord,
        in stream: String,
        _ reading: any StoreReading
    ) throws -> (row: Row, view: View?, digest: SHA256Digest)? {
        guard stream.hasPrefix("slice:") else {
            guard entry.tenure == 1, let row = try reading.row(stream, generation: 0, key: entry.key) else {
                return nil
            }
            return (row, nil, row.digest)
        }
        guard let tenure = try reading.tenure(stream, key: entry.key),
            tenure.isOpen && tenure.tenure == entry.tenure || !rules.onlyOpenTenure,
            let view = View(department: String(stream.dropFirst(6)), text: tenure.view),
            let row = try reading.row(Space.appeals, generation: 0, key: entry.key)
        else { return nil }
        return (row, view, tenure.digest)
    }

    /// An entry around canonical bytes of a row, or of a part of it: canonical itself, since its members are in order.
    private static func line(_ entry: EntryRecord, row: [UInt8], seal: String?) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(row.count + 144)
        line += "{\"commit\":\(entry.commit),\"entry\":\"\(entry.kind.rawValue)\",\"row\":".utf8
        line += row
        if let seal { line += ",\"seal\":\"\(seal)\"".utf8 }
        line += ",\"sequence\":\(entry.sequence),\"tenure\":\(entry.tenure)}".utf8
        return line
    }

    private func part(_ aggregate: Appeals.Aggregate, _ names: [ItemName]) -> Appeals.Aggregate {
        var part = Appeals.Aggregate(id: aggregate.id)
        for name in names { if let item = aggregate[name] { part[name] = item } }
        return part
    }

    /// The register stub of an appeal that left: index, dates, the department's own results; nothing personal.
    private func stub(_ key: String, department: String, _ reading: any StoreReading) throws -> JSON {
        guard let appeal = try reading.row(Space.appeals, generation: 0, key: key)?.aggregate() else { return [:] }
        var stub = JSONObject()
        for name in ["index", "registeredOn", "due.statutory"] { stub[name] = appeal.register(name) }
        let own = appeal.entities(with: "department", being: department)
        var states = JSONObject()
        for entity in own { states[entity] = appeal.register("state@" + entity) }
        stub["assignments"] = .object(states)
        return .object(stub)
    }

    /// `after` of a pull confirms everything up to it; the office keeps the last one per node.
    private func confirm(_ peer: String, _ stream: String, _ after: Int64, now: Int64, every interval: Int64) throws {
        if let former = try store.read({ try $0.reader(peer, stream) }) {
            if now - former.at < (former.sequence == after ? ReplicationLimits.readerNoted : interval) { return }
        }
        try store.write { transaction in
            let held = try transaction.reader(peer, stream)
            try transaction.putReader(
                ReaderRecord(
                    node: peer,
                    stream: stream,
                    sequence: after,
                    at: now,
                    pin: after >= held?.pin ?? -1 ? -1 : held?.pin ?? -1,
                    pinnedAt: held?.pinnedAt ?? 0
                )
            )
        }
    }

    // MARK: snapshot

    /// One page of rows in key order.
    ///
    /// The first page fixes the position from which the reader pulls afterwards; rows of later pages may be newer,
    /// which pulling from that position makes good.
    func snapshot(_ request: WireRequest, peer: String, now: Int64) throws -> Handling {
        if let refusal = refusal(of: request, peer: peer) { return .reply(refusal, changed: []) }
        guard let stream = request["stream"], let after = request["after"], after.utf8.count <= 256 else {
            return .reply(.refusal(400, .badRequest, "stream and after are required"), changed: [])
        }
        let limit = Int(request.number("limit") ?? Int64(rules.sizes.pageRecords))
        let response: WireResponse = try store.read { reading in
            let record = try head(stream, reading)
            if rules.epoch, request["epoch"] != record.epoch {
                return .refusal(409, .epochChanged, "the stream is in the epoch \(record.epoch)")
            }
            let page = try SnapshotPage(office: self, record: record, reading: reading).write(
                after: after,
                limit: limit
            )
            var reply = trailer("snapshot", record)
            reply["after"] = .string(after)
            reply["next"] = page.next.map(JSON.string) ?? .null
            reply["mark"] = .string(record.mark)
            reply["commit"] = .integer(try reading.number("commit") ?? 0)
            reply["restoredThrough"] = try reading.number("restoredThrough").map(JSON.integer)
            return try page.writer.finish(reply, to: request, signer: signer)
        }
        if response.status == 200 { try pin(peer, stream, isFirst: after.isEmpty, now: now) }
        return .reply(response, changed: [])
    }

    /// An unfinished snapshot pins the compaction floor at the position it began with.
    ///
    /// Every further page makes the pin younger, an hour at a time.
    private func pin(_ peer: String, _ stream: String, isFirst: Bool, now: Int64) throws {
        if !isFirst {
            guard let held = try store.read({ try $0.reader(peer, stream) }), held.pin >= 0,
                now - held.pinnedAt > 3_600_000
            else { return }
        }
        try store.write { transaction in
            let head = try head(stream, transaction).head
            let held = try transaction.reader(peer, stream)
            let pin = held.map { $0.pin >= 0 ? min($0.pin, head) : head } ?? head
            try transaction.putReader(
                ReaderRecord(
                    node: peer,
                    stream: stream,
                    sequence: held?.sequence ?? 0,
                    at: now,
                    pin: pin,
                    pinnedAt: now
                )
            )
        }
    }
}

/// Writes one page of a snapshot.
struct SnapshotPage {
    let office: Office
    let record: StreamRecord
    let reading: any StoreReading

    /// The page and the key to go on after; nil when there is nothing after it.
    func write(after: String, limit: Int) throws -> (writer: PageWriter, next: String?) {
        var page = PageWriter(limit: limit, office.rules.sizes)
        let seal = try Seal(reading)
        var last = after
        var isEnd = true
        if record.name.hasPrefix("slice:") {
            let department = String(record.name.dropFirst(6))
            let projections = try ProjectionInForce(office, reading).all
            let tenures = try reading.openTenures(record.name, after: after, limit: page.limit)
            isEnd = tenures.count < page.limit
            for tenure in tenures {
                if page.isFull {
                    isEnd = false
                    break
                }
                guard let view = View(department: department, text: tenure.view),
                    let row = try reading.row(Space.appeals, generation: 0, key: tenure.key)
                else {
                    throw StoreError(.corrupt, doing: "reading the slice \(record.name)", found: "no row \(tenure.key)")
                }
                let mark = seal?.text(record.name, tenure.key, tenure.digest)
                let shown = view.project(try row.aggregate(), by: projections)
                page.append(Self.line(tenure.tenure, shown.bytes, seal: mark))
                last = tenure.key
            }
        } else {
            let rows = try reading.rows(record.name, generation: 0, after: after, limit: page.limit)
            isEnd = rows.count < page.limit
            for row in rows {
                if page.isFull {
                    isEnd = false
                    break
                }
                page.append(Self.line(1, row.bytes, seal: seal?.text(record.name, row.key, row.digest)))
                last = row.key
            }
        }
        return (page, isEnd ? nil : last)
    }

    /// `{"row":{…},"seal":"…","tenure":1}`: canonical, since the row's bytes are.
    static func line(_ tenure: Int64, _ row: [UInt8], seal: String?) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(row.count + 80)
        line += Array(#"{"row":"#.utf8)
        line += row
        if let seal { line += Array(",\"seal\":\"\(seal)\"".utf8) }
        line += Array(",\"tenure\":\(tenure)}".utf8)
        return line
    }
}
