import Appeals
import CanonicalJSON
import Cryptography

/// Reading a stream at the office: entries, snapshot pages, ranges and rows; every exit filters by slice.
extension Office {
    /// The streams that a node may read, and the names that requests have for its positions in them.
    static func named(of node: String) -> [(name: String, stream: String)] {
        [("slice", Space.slice(node)), ("node", Space.node(node)), ("reference", Space.reference)]
    }

    /// The streams that a node may read: its slice, what concerns itself, and reference.
    static func streams(of node: String) -> [String] { named(of: node).map(\.stream) }

    /// The record of a stream as its publisher has it; a stream without entries exists from the beginning of the epoch.
    func head(_ stream: String, _ reading: any StoreReading) throws -> StreamRecord {
        try reading.stream(stream) ?? StreamRecord(name: stream, epoch: try reading.value(Values.epoch) ?? "")
    }

    /// The refusal of a request for no stream (400) or for one that the peer does not read (403); nil for its own.
    func refusal(of request: WireRequest, peer: String) -> WireResponse? {
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

    /// What the last line of every reply about a stream says: call, stream, epoch and head.
    func trailer(_ call: String, _ record: StreamRecord) -> JSONObject {
        [
            "call": .string(call), "stream": .string(record.name), "epoch": .string(record.epoch),
            "head": .integer(record.head),
        ]
    }

    /// One entry as its reader may see it now.
    ///
    /// An `enter` or `put` whose row is gone by now needs no line: a later `leave` or `erase` in the stream reports it.
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
    func shown(
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
            rules.isShown(entry, in: tenure),
            let view = View(department: String(stream.dropFirst(6)), text: tenure.view),
            let row = try reading.row(Space.appeals, generation: 0, key: entry.key)
        else { return nil }
        return (row, view, tenure.digest)
    }

    /// An entry around canonical bytes of a row, or of a part of it: canonical itself, since its members are in order.
    static func line(_ entry: EntryRecord, row: [UInt8], seal: String?) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(row.count + 144)
        line += "{\"commit\":\(entry.commit),\"entry\":\"\(entry.kind.rawValue)\",\"row\":".utf8
        line += row
        if let seal { line += ",\"seal\":\"\(seal)\"".utf8 }
        line += ",\"sequence\":\(entry.sequence),\"tenure\":\(entry.tenure)}".utf8
        return line
    }

    /// An aggregate with the named items alone.
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
}
