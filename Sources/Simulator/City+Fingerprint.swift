import Cryptography
import Replication

extension City {
    /// SHA-256 over the trace and every row, operation and value of every store: two runs of a seed have the same.
    func fingerprint() throws -> String {
        var hash = SHA256()
        func add(_ text: String) { hash.update(Array(text.utf8) + [10]) }
        for line in trace { add(line) }
        let stores = [("office", officeStore)] + sites.map { ($0.name, $0.store) }
        for (name, store) in stores {
            add("store \(name)")
            try store.read { reading in
                for stream in try reading.streams() {
                    add("\(stream.name) \(stream.epoch) \(stream.head) \(stream.mark) \(stream.generation)")
                    for row in try reading.rows(stream.name, generation: stream.generation, after: "", limit: .max) {
                        hash.update(row.bytes + [10])
                    }
                }
                for row in try reading.rows(Space.appeals, generation: 0, after: "", limit: .max) {
                    hash.update(row.bytes + [10])
                }
                for node in ["office"] + sites.map(\.name) {
                    for origin in try reading.origins(node: node) {
                        add("\(origin.origin) \(origin.last) \(origin.state) \(origin.chain)")
                        for record in try reading.operations(origin.origin, after: 0, limit: .max) {
                            hash.update(record.bytes + [10] + (record.outcome ?? []) + [10])
                        }
                    }
                }
                for item in try reading.tray(kind: nil, after: 0, limit: .max) {
                    add("\(item.kind) \(item.subject) \(item.text)")
                }
            }
        }
        return hash.finish().hex
    }
}
