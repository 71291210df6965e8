package import Appeals
package import CanonicalJSON

/// One thing about an appeal that a person must settle: two values, a disagreement, or work that waits.
package struct OpenCase {
    /// What stands against what.
    package enum Matter {
        /// Two values of one register: what is in force, and the other.
        case values(register: String, inForce: JSON?, other: JSON?)
        /// A rule between registers: the assignment it is about, the facts and the waiting work that show it.
        case disagreement(assignment: DisputedAssignment?, facts: [ShownFact], work: [HeldWork])
        /// Work that waits by itself.
        case held(HeldWork)
    }

    /// The assignment that a disagreement is about.
    package struct DisputedAssignment {
        package let entity: String
        /// The department's id; empty where the node does not know it.
        package let department: String

        package init(entity: String, department: String) {
            self.entity = entity
            self.department = department
        }
    }

    /// `К-101.7be21f`: what people call it by.
    package let id: String
    /// The appeal's id.
    package let appeal: String
    /// Where in the appeal it lies, and under which name.
    package let section: Section
    package let name: String
    /// The rule that was broken: `C2`; `held` for work that waits by itself.
    package let rule: String
    /// Who brought it about; nil if nothing tells.
    package let author: Author?
    /// Unix milliseconds; nil if nothing tells.
    package let since: Int64?
    /// What it may be settled by.
    package let choices: [String]
    package let matter: Matter

    /// By what an address names it beside its card: the end of the id.
    package var digest: String { id.lastIndex(of: ".").map { String(id[id.index(after: $0)...]) } ?? id }
    /// What people call its card.
    package var title: String { id.lastIndex(of: ".").map { String(id[..<$0]) } ?? id }

    /// Whether a leader decides in person: a second resolution (C15), or a decision of a leader who is complained against.
    package var isForLeader: Bool {
        guard case .held(let work) = matter else { return false }
        return work.reason == .secondResolution || work.reason == .leaderConcerned
    }

    /// Whom a page of it names.
    package var people: Set<String> {
        var people = work.reduce(into: Set([author?.user ?? ""])) { $0.formUnion($1.people) }
        if case .disagreement(_, let facts, _) = matter { for fact in facts { people.formUnion(fact.people) } }
        return people
    }

    /// The departments that a page of it names.
    package var departments: Set<String> {
        var departments = Set(work.flatMap(\.departments))
        if let author { departments.insert(author.node) }
        if case .disagreement(let assignment, let facts, _) = matter {
            departments.formUnion(facts.compactMap { $0.author?.node })
            if let assignment { departments.insert(assignment.department) }
        }
        return departments
    }

    /// The work that waits with it.
    package var work: [HeldWork] {
        switch matter {
        case .values: []
        case .disagreement(_, _, let work): work
        case .held(let work): [work]
        }
    }

    package init(
        id: String,
        appeal: String,
        section: Section,
        name: String,
        rule: String,
        author: Author?,
        since: Int64?,
        choices: [String],
        matter: Matter
    ) {
        self.id = id
        self.appeal = appeal
        self.section = section
        self.name = name
        self.rule = rule
        self.author = author
        self.since = since
        self.choices = choices
        self.matter = matter
    }
}

/// An operation that waits at its appeal for a decision, or waited.
package struct HeldWork {
    package let write: String
    /// Who did it, and when, unix milliseconds; nil where the item does not tell.
    package let author: Author?
    package let at: Int64?
    /// The kind of the operation: `answer.submitted`.
    package let kind: String
    /// Why it waits; nil if this version does not know the reason.
    package let reason: Reason?
    /// What it says and would record, in words of its own: a resolution with its author and text.
    package let facts: [ShownFact]
    /// To whom it would give the appeal, by department.
    package let gives: [GivenAssignment]

    /// A department's part in a resolution that waits.
    package struct GivenAssignment: Equatable {
        package let department: String
        /// `main`, `co`, `inform`.
        package let role: String
    }

    /// Whom its words name.
    var people: Set<String> { facts.reduce(into: [author?.user ?? ""]) { $0.formUnion($1.people) } }
    /// The departments that they name.
    var departments: [String] { gives.map(\.department) + [author?.node ?? ""] }

    /// Of an item of `held`.
    package init(write: String, _ value: JSON, on appeal: Aggregate) {
        self.write = write
        author = value["by"].map(Author.init)
        at = (value["by"]?["clock"]?.string).flatMap(HybridClock.init)?.milliseconds
        kind = value["kind"]?.string ?? ""
        reason = value["reason"]?.string.flatMap(Reason.init)
        facts = (value["facts"]?.object?.members ?? []).compactMap { name, fact in
            FactName(name).map {
                ShownFact(name: $0, item: Item(value: fact, write: write, commit: appeal.commit), on: appeal)
            }
        }
        let registers = value["registers"]
        gives = (registers?.object?.members ?? []).compactMap { full, department in
            guard Names.bare(full) == "department", let entity = Names.entity(full), let id = department.string
            else { return nil }
            return GivenAssignment(department: id, role: registers?["role@" + entity]?.string ?? "")
        }
    }
}
