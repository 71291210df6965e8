import Replication

/// Without corruption the streams alone must suffice: no row was ever repaired.
enum NoRepair: QuietChecker {
    static let name = "no repair without corruption"

    static func whenQuiet(_ city: City) throws {
        guard city.corrupted == 0, city.weather.liedTo.isEmpty else { return }
        for site in city.judged {
            if let repair = try site.store.read({ try $0.tray(kind: "repair", after: 0, limit: 1) }).first {
                throw violation("\(site.name) repaired \(repair.text)")
            }
        }
    }
}
