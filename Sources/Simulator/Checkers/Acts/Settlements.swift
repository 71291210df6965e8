import Appeals
import CanonicalJSON
import Replication

/// What a decision about others' work leaves: C2 and C3 choose between two executors, held work is adopted or declined
/// as one case, a conflict keeps or takes.
///
/// The oracle does not foretell these acts; here is what must hold after them.
enum Settlements: CommitChecker {
    static let name = "settlements"

    static func judge(_ committed: Committed, in city: City) throws {
        for decided in committed.operations
        where [.accepted, .acceptedLate].contains(decided.outcome.status) && !decided.isReplayed {
            guard let id = decided.operation.appeal, let change = committed.appeals[id], !change.isRecovered,
                committed.operations.filter({ $0.operation.appeal == id }).count == 1,
                let before = change.before, let after = change.after
            else { continue }
            switch decided.operation.kind {
            case "disagreement.settled": try settled(decided.operation, before, after)
            case "held.adopted", "held.declined": try held(decided.operation, before, after)
            default: break
            }
        }
    }

    private static func settled(
        _ operation: Operation,
        _ before: Appeals.Aggregate,
        _ after: Appeals.Aggregate
    ) throws {
        let name = operation.body["disagreement"]?.string ?? "", choice = operation.body["choice"]?.string ?? ""
        let rule = before[.disagreements, name]?.value["rule"]?.string ?? ""
        guard after[.disagreements, name]?.value["state"]?.string == "settled",
            after[.disagreements, name]?.value["choice"]?.string == choice
        else { throw violation("\(operation.write) settled \(name) of \(after.id), which is not settled") }
        guard rule == "C2" || rule == "C3" else { return }
        let former = Holding.entity(name)
        if let waiting = after.items(.held).first(where: {
            $0.item.value["assignment"]?.string == former && $0.item.value["state"]?.string == "waiting"
        }) {
            throw violation("\(operation.write) settled \(name) of \(after.id), and \(waiting.name) still waits")
        }
        let isBack = Holding.isGround(after.register("state@" + former)?.string)
        guard choice == "acceptFormer" else {
            guard !isBack else { throw violation("\(operation.write) left \(former) of \(after.id) on duty again") }
            return
        }
        guard isBack else { throw violation("\(operation.write) took the answer of \(former), which is off duty") }
        let role = after.register("role@" + former)
        for (name, _) in after.items(.registers, beginning: "role@") where after.register(name) == role {
            let other = Holding.entity(name)
            guard other == former || !Holding.isGround(after.register("state@" + other)?.string) else {
                throw violation("\(operation.write) took the answer of \(former), and \(other) goes on as well")
            }
        }
    }

    /// What is decided with its followers; what was adopted is in force, under the name of who decided.
    private static func held(_ operation: Operation, _ before: Appeals.Aggregate, _ after: Appeals.Aggregate) throws {
        let name = operation.body["held"]?.string ?? ""
        let wanted = operation.kind == "held.adopted" ? "adopted" : "declined"
        var mains: [String] = []
        for (other, item) in before.items(.held)
        where (other == name || item.value["first"]?.string == name) && item.value["state"]?.string == "waiting" {
            guard after[.held, other]?.value["state"]?.string == wanted else {
                throw violation("\(operation.write) \(wanted) \(name) of \(after.id), but not \(other)")
            }
            guard wanted == "adopted" else { continue }
            for (fact, _) in item.value["facts"]?.object?.members ?? [] where after[.facts, fact] == nil {
                throw violation("\(operation.write) adopted \(other) of \(after.id), but \(fact) is not there")
            }
            if let main = item.value["registers"]?["mainExecutor"]?.string { mains.append(main) }
            for (full, _) in item.value["registers"]?.object?.members ?? []
            where after[.registers, full]?.write != operation.write.description {
                throw violation("\(operation.write) adopted \(other) of \(after.id), but \(full) is not in force")
            }
        }
        let main = after.register("mainExecutor")?.string ?? ""
        guard mains.isEmpty || mains.contains(main) else {
            throw violation("\(operation.write) adopted \(name) of \(after.id), and \(main) is still its executor")
        }
    }
}
