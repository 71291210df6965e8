import Appeals
import Replication

/// I11: of an erased appeal no word is left in any table of any node, also when the office was restored from a backup
/// that still had it.
enum I11ErasureReachesAll: QuietChecker {
    static let name = "I11 erasure reaches all"

    static func whenQuiet(_ city: City) throws {
        guard !city.ledger.erased.isEmpty else { return }
        let erased = Set(city.ledger.acts.values.filter { city.ledger.erased.contains($0.appeal) }.map(\.token))
        try judge("office", city.officeStore, erased, city)
        for site in city.judged { try judge(site.name, site.store, erased, city) }
    }

    private static func judge(_ name: String, _ store: any Store, _ erased: Set<String>, _ city: City) throws {
        try store.read { reading in
            for appeal in city.ledger.erased.sorted()
            where try reading.row(Space.appeals, generation: 0, key: appeal) != nil {
                throw violation("\(name) still has the erased appeal \(appeal)")
            }
            func look(_ bytes: [UInt8], _ place: @autoclosure () -> String) throws {
                guard let token = Tokens.found(in: bytes).first(where: erased.contains) else { return }
                throw violation("\(name) still has \(token) of an erased appeal in \(place())")
            }
            for stream in try reading.streams() + [StreamRecord(name: Space.appeals, epoch: "")] {
                for generation in max(0, stream.generation - 1)...(stream.generation + 1) {
                    for row in try reading.rows(stream.name, generation: generation, after: "", limit: .max) {
                        try look(row.bytes, "\(stream.name) \(row.key)")
                    }
                }
            }
            for node in city.nodeNames {
                for origin in try reading.origins(node: node) {
                    for record in try reading.operations(origin.origin, after: 0, limit: .max) {
                        try look(
                            Array(SignedOperation.unsigned(record.bytes)),
                            "the operation \(origin.origin):\(record.number) (\(record.status?.rawValue ?? "undecided") \(record.decision?.rawValue ?? ""))"
                        )
                    }
                }
            }
            for stub in try reading.stubs(after: "", limit: .max) { try look(stub.bytes, "a stub") }
            for item in try reading.tray(kind: nil, after: 0, limit: .max) {
                try look(item.bytes + [10] + Array(item.text.utf8), "the tray (\(item.kind))")
            }
        }
    }
}
