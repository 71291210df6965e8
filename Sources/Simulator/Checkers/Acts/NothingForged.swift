import Appeals
import CanonicalJSON
import Replication

/// Nothing that a department forged as an act of the office is in force.
///
/// What only waits for a person is not: a restored office may have lost what would have refused it at once.
enum NothingForged: QuietChecker {
    static let name = "nothing forged"

    static func whenQuiet(_ city: City) throws {
        try city.officeStore.read { reading in
            for space in [Space.appeals, Space.reference] {
                for row in try reading.rows(space, generation: 0, after: "", limit: .max)
                where Bytes.contain(row.bytes, Array(Lie.forged.utf8)) {
                    let held = try row.aggregate()
                    for name in held.allNames where name.section != .held {
                        let item = held[name]?.json.canonicalBytes() ?? []
                        guard Bytes.contain(item, Array(Lie.forged.utf8)) else { continue }
                        throw violation("\(row.key) took what a department forged: \(name)")
                    }
                }
            }
        }
    }
}
