import Appeals
import CanonicalJSON
import Replication

/// Law 393/96, Article 7: whom an appeal complains about neither holds it, nor decides or does anything about it, and
/// nothing of theirs comes into force from then on.
///
/// Asked of the rows and lines alone, at every commit; what leaves the office is judged by I2.
enum PartyKeptOut: CommitChecker {
    static let name = "Article 7: the party is kept out"

    /// Registers by which the answer of a department goes on.
    private static let onward: Set<String> = ["issued", "accepted", "submitted", "returned", "done"]

    static func judge(_ committed: Committed, in city: City) throws {
        for (id, change) in committed.appeals.sorted(by: { $0.key < $1.key }) where !change.isRecovered {
            guard let after = change.after else { continue }
            try holds(after, city)
            let own = committed.operations.filter { $0.operation.appeal == id && !$0.isReplayed }
            // Of several acts in one step nobody knows which met the complaint.
            guard own.count == 1, let decided = own.first, let before = change.before else { continue }
            try acts(decided, before)
            guard [.accepted, .acceptedLate].contains(decided.outcome.status) else { continue }
            try counts(decided, before, after)
        }
    }

    private static func named(_ party: String, _ appeal: Appeals.Aggregate) -> Set<String> {
        Set((appeal.register("complainedAgainst")?.array ?? []).compactMap { $0[party]?.string })
    }

    /// No department named has an open tenure, nobody named is whose work it is.
    private static func holds(_ appeal: Appeals.Aggregate, _ city: City) throws {
        for department in named("department", appeal) where department != "office" {
            let tenure = try city.officeStore.read { try $0.tenure(Space.slice(department), key: appeal.id) }
            // What the commit has left of a node that is found twice waits for its operator.
            guard tenure?.isOpen != true else { throw violation("\(department) still holds \(appeal.id)") }
        }
        let persons = named("person", appeal)
        for (name, item) in appeal.items(.registers, beginning: "person@") {
            guard let person = item.value.string, persons.contains(person) else { continue }
            throw violation("\(appeal.id): \(name) is \(person)")
        }
    }

    /// Nobody named does anything.
    private static func acts(_ decided: Decided, _ before: Appeals.Aggregate) throws {
        let user = decided.operation.actor.user
        guard named("person", before).contains(user) else { return }
        guard [.accepted, .acceptedLate, .conflict].contains(decided.outcome.status) else { return }
        throw violation("\(decided.operation.write) \(decided.operation.kind) is by \(user), who is complained about")
    }

    /// Nothing that a party did comes into force, and no party decides.
    private static func counts(_ decided: Decided, _ before: Appeals.Aggregate, _ after: Appeals.Aggregate) throws {
        let write = decided.operation.write
        let persons = named("person", before), departments = named("department", before)
        if let decider = Oracle.decider(decided.operation) {
            let isOwn = departments.contains("office") && decider == decided.operation.actor.user
            guard !persons.contains(decider), !isOwn else {
                throw violation("\(write) \(decided.operation.kind) was decided by \(decider)")
            }
        }
        for (name, item) in before.items(.held) where item.value["state"]?.string == "waiting" {
            guard after[.held, name]?.value["state"]?.string == "adopted" else { continue }
            let author = item.value["by"]?["user"]?.string ?? ""
            let department = item.value["assignment"]?.string.flatMap { before.register("department@" + $0)?.string }
            guard !persons.contains(author), !departments.contains(department ?? "") else {
                throw violation("\(write) adopted \(name), which is of \(author) of \(department ?? "-")")
            }
        }
        // A correction may take the complaint back.
        let stays = named("department", after).intersection(departments)
        for (name, item) in after.items(.registers, beginning: "state@") where before.register(name) != item.value {
            let department = after.register("department@" + Holding.entity(name))?.string ?? ""
            guard !stays.contains(department) || !onward.contains(item.value.string ?? "") else {
                throw violation("\(write) made \(name) of \(department) \(item.value.canonicalText)")
            }
        }
    }
}
