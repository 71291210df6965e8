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

/// An operation that waits at its appeal for a decision.
package struct HeldWork {
    package let write: String
    /// The kind of the operation: `answer.submitted`.
    package let kind: String
    /// Why it waits; nil if this version does not know the reason.
    package let reason: Reason?

    package init(write: String, kind: String, reason: Reason?) {
        self.write = write
        self.kind = kind
        self.reason = reason
    }

    /// Of an item of `held`.
    package init(write: String, _ value: JSON) {
        self.init(
            write: write,
            kind: value["kind"]?.string ?? "",
            reason: value["reason"]?.string.flatMap(Reason.init)
        )
    }
}
