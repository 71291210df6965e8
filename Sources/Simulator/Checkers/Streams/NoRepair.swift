import Replication

/// Without corruption the streams alone must suffice: no row was ever repaired, and nobody was told of rows that differ.
enum NoRepair: QuietChecker {
    static let name = "no repair without corruption"

    static func whenQuiet(_ city: City) throws {
        // The office's pass over its own rows, which `heal` makes, must not hide what its bookkeeping does wrong.
        if city.counts["wrong digest"] == nil,
            let repair = try city.officeStore.read({ try $0.tray(kind: .repair, after: 0, limit: 1) }).first
        {
            throw violation("the office repaired \(repair.subject): \(repair.text)")
        }
        guard city.corrupted == 0, city.weather.liedTo.isEmpty else { return }
        for site in city.judged where !city.misdigested.contains(site.name) {
            if let repair = try site.store.read({ try $0.tray(kind: .repair, after: 0, limit: 1) }).first {
                throw violation("\(site.name) repaired \(repair.text)")
            }
            let alarms = try site.store.read { try $0.tray(kind: .alarm, after: 0, limit: .max) }
            if let alarm = alarms.first(where: { $0.text.hasSuffix(ToldDifference.inVain) }) {
                throw violation("\(site.name) is alarmed of \(alarm.subject): \(alarm.text)")
            }
        }
    }
}
