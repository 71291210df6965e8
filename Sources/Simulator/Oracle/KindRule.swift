/// Who may do what, when, and what becomes of it when it comes late: DESIGN.md "Life of an appeal" and "Policy" said
/// once more, without `Kind`.
struct KindRule {
    /// In which capacity, and then in which of these roles.
    let roles: [String: Set<String>]
    /// A legal act takes effect whole or not at all.
    var isWhole = false
    /// What becomes of it after its author's ground has ended.
    var late = Late.refuse
    /// The states of the assignment in which it may be done; empty: whatever its state.
    var states: Set<String> = []
    /// Whether its other guards are said here too, so that a refusal without one of them is wrong.
    var isComplete = true

    enum Late { case accept, hold, refuse }

    private static let registrars: Set<String> = ["registrar", "specialist"]
    private static let deciders: Set<String> = ["leader", "registrar", "specialist"]
    private static let heads: Set<String> = ["head", "deputy"]
    private static let executors: Set<String> = ["head", "deputy", "executor", "clerk"]
    private static let all: Set<String> = ["head", "deputy", "executor", "clerk", "inspector"]
    private static let office: Set<String> = ["administrator", "leader", "registrar", "specialist", "inspector"]

    /// Nil for a kind that the oracle does not know: it is then held as a newer one.
    static func named(_ kind: String) -> KindRule? { rules[kind] }

    private static let rules: [String: KindRule] = cards.merging(executions) { one, _ in one }
        .merging(decisions) { one, _ in one }

    /// Acts on the card.
    private static let cards: [String: KindRule] = [
        "appeal.registered": KindRule(
            roles: ["office": registrars, "home": executors],
            isWhole: true,
            isComplete: false
        ),
        "appeal.corrected": KindRule(
            roles: ["controller": registrars.union(heads), "home": executors, "main": executors],
            isComplete: false
        ),
        "contact.added": KindRule(roles: ["office": registrars, "home": all, "main": all], late: .accept),
        "contact.removed": KindRule(
            roles: ["controller": registrars.union(heads), "home": executors],
            late: .accept,
            isComplete: false
        ),
        "note.added": KindRule(
            roles: ["office": office, "home": all, "main": all, "co": all, "inform": all],
            late: .accept
        ),
        "appeal.erased": KindRule(roles: ["office": ["administrator"]], isWhole: true),
    ]

    /// Acts of executors.
    private static let executions: [String: KindRule] = [
        "assignment.accepted": KindRule(
            roles: ["main": executors, "co": executors, "inform": all],
            isWhole: true,
            states: ["issued"]
        ),
        "assignment.declined": KindRule(
            roles: ["main": heads, "co": heads, "inform": heads],
            isWhole: true,
            states: ["issued", "accepted"]
        ),
        "person.assigned": KindRule(
            roles: ["main": heads, "co": heads],
            states: ["issued", "accepted", "returned", "submitted"]
        ),
        // A version of a text, a letter that was sent, a talk that was had: facts, which the office never refuses.
        "answer.drafted": KindRule(roles: ["main": executors, "co": executors], late: .accept),
        "answer.dispatched": KindRule(roles: ["main": executors, "co": executors], late: .accept),
        "feedback.recorded": KindRule(roles: ["main": all, "co": all], late: .accept),
        "document.recorded": KindRule(roles: ["main": all, "co": all], late: .accept),
        "answer.approved": KindRule(
            roles: ["main": heads, "co": heads],
            isWhole: true,
            late: .hold,
            states: ["issued", "accepted", "returned"]
        ),
        "answer.submitted": KindRule(
            roles: ["main": executors, "co": executors],
            isWhole: true,
            late: .hold,
            states: ["accepted", "returned"]
        ),
    ]

    /// What a leader decides about the appeal as a whole.
    private static let decision = KindRule(
        roles: ["controller": deciders.union(heads)],
        isWhole: true,
        isComplete: false
    )

    /// Acts of whoever decides about the appeal.
    private static let decisions: [String: KindRule] = [
        "resolution.issued": KindRule(roles: ["controller": deciders.union(heads)], isWhole: true, isComplete: false),
        "assignment.recalled": KindRule(
            roles: ["controller": deciders.union(heads)],
            isWhole: true,
            states: ["issued", "accepted", "declined", "submitted", "returned"]
        ),
        "answer.accepted": KindRule(
            roles: ["controller": registrars.union(heads), "office": registrars],
            isWhole: true,
            states: ["submitted"],
            isComplete: false
        ),
        "answer.returned": KindRule(
            roles: ["controller": registrars.union(heads), "office": registrars],
            isWhole: true,
            states: ["submitted", "done"],
            isComplete: false
        ),
        "term.extended": KindRule(roles: ["controller": deciders.union(heads)], isWhole: true, isComplete: false),
        "receipt.corrected": KindRule(
            roles: ["controller": registrars.union(heads)],
            isWhole: true,
            isComplete: false
        ),
        "control.put": decision, "control.returned": decision, "appeal.forwarded": decision,
        "appeal.returned": decision,
        "appeal.notConsidered": decision, "appeal.withdrawn": decision, "appeal.explained": decision,
        "appeal.concluded": decision,
        "control.removed": KindRule(roles: ["controller": deciders.union(heads)], isWhole: true, isComplete: false),
        "held.adopted": KindRule(
            roles: ["office": deciders, "controller": deciders.union(heads)],
            isWhole: true,
            isComplete: false
        ),
        "held.declined": KindRule(
            roles: ["office": deciders, "controller": deciders.union(heads)],
            isWhole: true,
            isComplete: false
        ),
        "conflict.settled": KindRule(
            roles: ["office": registrars, "controller": registrars.union(heads)],
            isWhole: true,
            isComplete: false
        ),
        "disagreement.settled": KindRule(
            roles: ["office": deciders, "controller": deciders.union(heads)],
            isWhole: true,
            isComplete: false
        ),
    ]
}
