import Replication

/// Nothing that a department forged as an act of the office is in force.
enum NothingForged: QuietChecker {
    static let name = "nothing forged"

    static func whenQuiet(_ city: City) throws {
        try city.officeStore.read { reading in
            for space in [Space.appeals, Space.reference] {
                for row in try reading.rows(space, generation: 0, after: "", limit: .max)
                where Bytes.contain(row.bytes, Array(Lie.forged.utf8)) {
                    throw violation("\(row.key) took what a department forged")
                }
            }
        }
    }
}
