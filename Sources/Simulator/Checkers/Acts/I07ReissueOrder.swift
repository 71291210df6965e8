import Appeals
import Replication

/// I7 over incarnations: what is issued again keeps the order in which people did it.
enum I07ReissueOrder: QuietChecker {
    static let name = I07NumberOrder.name

    /// Two processes of one node each have an order of their own; what followed a damaged operation of a closed log is
    /// issued again in the present one; so is what an office lost of it by a restore, when another disk of the node ended it.
    static func whenQuiet(_ city: City) throws {
        for site in city.sites where !city.weather.twoHands.contains(site.name) {
            if city.officeRestores > 0, city.outcomesTold.wasPutBack(site.name) { continue }
            guard !city.weather.damaged.contains(where: { $0.hasPrefix(site.name + "#") }) else { continue }
            try keepsOrder(site, city)
        }
    }

    /// Words get their numbers as people say them, so that they rise in every log of a node.
    private static func keepsOrder(_ site: Site, _ city: City) throws {
        try site.store.read { reading in
            for origin in try reading.origins(node: site.name) {
                var last = 0
                for record in try reading.operations(origin.origin, after: 0, limit: .max) where !record.bytes.isEmpty {
                    let words = try city.watch.read.operation(record).tokens
                    guard let word = words.compactMap({ Int($0.dropFirst().dropLast()) }).min() else { continue }
                    guard word > last else {
                        throw violation("\(origin.origin):\(record.number) says w\(word)w after w\(last)w")
                    }
                    last = word
                }
            }
        }
    }
}
