import Appeals
import Replication

/// I8: what a person added is on the appeal that its node shows, from the moment of writing until it is refused or held.
enum I08OwnEditsVisible: StepChecker, QuietChecker {
    static let name = "I8 own edits visible"
    static let every = 10

    static func whenQuiet(_ city: City) throws { try whileBusy(city) }

    static func whileBusy(_ city: City) throws {
        for site in city.sites {
            try site.store.read { reading in
                var mine: [String: [(fact: String, record: OperationRecord)]] = [:]
                for origin in try reading.origins(node: site.name) {
                    for record in try reading.operations(origin.origin, after: 0, limit: .max)
                    where !record.isReplaced && [nil, .accepted, .acceptedLate].contains(record.status) {
                        guard let appeal = record.appeal, let fact = try city.watch.read.operation(record).fact else {
                            continue
                        }
                        mine[appeal, default: []].append((fact, record))
                    }
                }
                for (appeal, facts) in mine.sorted(by: { $0.key < $1.key }) {
                    guard let view = try site.department.view(appeal, reading, now: city.now).appeal else { continue }
                    for (fact, record) in facts where view[.facts, fact] == nil {
                        throw violation(
                            "\(site.name) does not see its \(record.kind) \(record.origin):\(record.number) on \(appeal)"
                        )
                    }
                }
            }
        }
    }
}
