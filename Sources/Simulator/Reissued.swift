import Appeals
import Replication

/// I7 over incarnations: what is issued again keeps the order in which people did it.
enum Reissued {
    /// Words get their numbers as people say them, so that they rise in every log of a node.
    static func keepsOrder(_ site: Site, _ city: City) throws {
        try site.store.read { reading in
            for origin in try reading.origins(node: site.name) {
                var last = 0
                for record in try reading.operations(origin.origin, after: 0, limit: .max) where !record.bytes.isEmpty {
                    if try SignedOperation(stored: record.bytes).operation.reissues != nil { city.count("reissued") }
                    let words = Tokens.found(in: String(decoding: record.bytes, as: UTF8.self))
                    guard let word = words.compactMap({ Int($0.dropFirst().dropLast()) }).min() else { continue }
                    guard word > last else {
                        throw City.Violation(
                            invariant: "I7 order of an origin",
                            seen: "\(origin.origin):\(record.number) says w\(word)w after w\(last)w"
                        )
                    }
                    last = word
                }
            }
        }
    }
}
