import Appeals
import CanonicalJSON
import Replication

/// I9: an appeal has one main executor at most, and the register that names it names that one.
enum I09OneMainExecutor: CommitChecker, QuietChecker {
    static let name = "I9 one main executor"

    static func judge(_ committed: Committed, in city: City) throws {
        for (_, change) in committed.appeals.sorted(by: { $0.key < $1.key }) {
            if let appeal = change.after { try judge(appeal) }
        }
    }

    static func whenQuiet(_ city: City) throws {
        for row in try city.officeStore.read({ try $0.rows(Space.appeals, generation: 0, after: "", limit: .max) }) {
            try judge(try city.watch.read.aggregate(row))
        }
    }

    static func judge(_ appeal: Appeals.Aggregate) throws {
        let mains = appeal.items(.registers, beginning: "role@").filter { $0.item.value.string == "main" }
            .map { Holding.entity($0.name) }
            .filter { Holding.isGround(appeal.register("state@" + $0)?.string) }
        guard mains.count <= 1 else {
            let states = mains.map { "\($0) \(appeal[.registers, "state@" + $0]?.json.canonicalText ?? "-")" }
            throw violation("\(appeal.id): \(states)")
        }
    }
}
