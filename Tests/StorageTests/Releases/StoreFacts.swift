import Appeals
import CanonicalJSON
import Cryptography
import Replication
import Simulator

/// What a store means, whatever its tables look like: the same before and after an upgrade.
///
/// No signatures, and nothing that is drawn anew.
enum StoreFacts {
    static func of(_ store: any Store, department: Department? = nil, now: Int64) throws -> JSON {
        try store.read { reading in
            let streams = try reading.streams()
            var object: JSONObject = ["streams": .array(streams.map(stream)), "operations": .object([:])]
            var operations = JSONObject()
            var origins: [JSON] = []
            for node in ["office", "roads"] {
                for record in try reading.origins(node: node) {
                    origins.append(origin(record))
                    let found = try reading.operations(record.origin, after: 0, limit: 1_000)
                    operations[record.origin.description] = .array(found.map(operation))
                }
            }
            object["origins"] = .array(origins)
            object["operations"] = .object(operations)
            object["rows"] = .object(try rows(streams, reading, isOffice: department == nil))
            object["tray"] = .array(
                try reading.tray(kind: nil, after: 0, limit: 1_000).map { .string($0.kind.rawValue) }
            )
            object["debts"] = .integer(try reading.debtCount(DebtFilter()))
            if let department { object["shown"] = .object(try shown(department, reading, now)) }
            return .object(object)
        }
    }

    private static func stream(_ record: StreamRecord) -> JSON {
        [
            "name": .string(record.name), "head": .integer(record.head), "rows": .integer(record.rows),
            "digest": .string(record.digest.hex), "commit": .integer(record.commit),
        ]
    }

    private static func origin(_ record: OriginRecord) -> JSON {
        [
            "origin": .string(record.origin.description), "last": .integer(record.last), "id": .string(record.lastID),
            "state": .string(record.state.rawValue), "acknowledged": .integer(record.acknowledged),
            "durable": .integer(record.durable),
        ]
    }

    private static func operation(_ record: OperationRecord) -> JSON {
        [
            "number": .integer(record.number), "id": .string(record.id), "kind": .string(record.kind),
            "appeal": .string(record.appeal ?? ""), "status": .string(record.status?.rawValue ?? ""),
            "commit": .integer(record.commit), "decision": .string(record.decision?.rawValue ?? ""),
            "bytes": .integer(Int64(record.bytes.count)),
        ]
    }

    /// Key, digest and aggregate of each row: the office's of its appeals, a reader's of what it shows.
    private static func rows(
        _ streams: [StreamRecord],
        _ reading: any StoreReading,
        isOffice: Bool
    ) throws -> JSONObject {
        let spaces = isOffice ? [(Space.appeals, Int64(0))] : streams.map { ($0.name, $0.generation) }
        var object = JSONObject()
        for (space, generation) in spaces {
            for row in try reading.rows(space, generation: generation, after: "", limit: 1_000) {
                object[space + " " + row.key] = [
                    "digest": .string(row.digest.hex), "text": .string(String(decoding: row.bytes, as: UTF8.self)),
                ]
            }
        }
        return object
    }

    /// Each appeal as a person sees it, own work drawn over it.
    private static func shown(_ department: Department, _ reading: any StoreReading, _ now: Int64) throws -> JSONObject
    {
        var object = JSONObject()
        guard let slice = try reading.stream(Space.slice(department.node)) else { return object }
        for row in try reading.rows(slice.name, generation: slice.generation, after: "", limit: 1_000) {
            let view = try department.view(row.key, reading, now: now)
            object[row.key] = [
                "appeal": view.appeal.map { .string(String(decoding: $0.bytes, as: UTF8.self)) } ?? .null,
                "pending": .integer(Int64(view.pending.count)),
            ]
        }
        return object
    }
}
