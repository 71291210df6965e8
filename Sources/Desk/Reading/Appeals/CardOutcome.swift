import Appeals
package import CanonicalJSON

/// What became of a disagreement or of work that waited: by itself, or as somebody decided.
package struct CardOutcome {
    /// What it was about.
    package enum Matter {
        /// A rule between registers.
        case rule(String)
        /// Another value of a register than the one in force.
        case values(register: String, inForce: JSON?, other: JSON?)
        case held(HeldWork)
    }

    package let matter: Matter
    /// What was chosen; nil if nobody had to.
    package let choice: String?
    /// Why; empty if nobody said.
    package let reason: String
    /// Who decided; nil if nobody had to.
    package let author: Author?
    /// When, unix milliseconds; nil where the item does not tell.
    package let at: Int64?

    /// The work that somebody has decided about; nil of anything else.
    var work: HeldWork? { if case .held(let work) = matter { work } else { nil } }

    private init(_ matter: Matter, _ value: JSON, choice: String?, reason: String, by: String) {
        self.matter = matter
        self.choice = choice
        self.reason = value[reason]?.string ?? ""
        author = value[by].map(Author.init)
        at = value[by]?["clock"]?.string.flatMap(HybridClock.init)?.milliseconds
    }

    /// All of an appeal that nobody has to settle any more: automatic ones first, then decisions, each by name.
    static func all(of appeal: Aggregate) -> [CardOutcome] {
        var automatic: [CardOutcome] = [], decided: [CardOutcome] = []
        func add(_ matter: Matter, _ value: JSON) {
            switch value.caseState {
            case .noted?: automatic.append(CardOutcome(matter, value, choice: nil, reason: "", by: ""))
            case .settled?:
                decided.append(
                    CardOutcome(matter, value, choice: value["choice"]?.string, reason: "reason", by: "settledBy")
                )
            case .open?, nil: break
            }
        }
        for (_, item) in appeal.items(.disagreements) { add(.rule(item.value["rule"]?.string ?? ""), item.value) }
        for (_, item) in appeal.items(.conflicts) {
            let register = item.value["register"]?.string ?? ""
            let (inForce, other) = (appeal.register(register), item.value["value"])
            add(.values(register: Names.bare(register), inForce: inForce, other: other), item.value)
        }
        for (name, item) in appeal.items(.held) {
            let choice: String
            switch item.value.heldState {
            case .adopted?: choice = "adopt"
            case .declined?: choice = "decline"
            case .waiting?, nil: continue
            }
            let work = HeldWork(write: name, item.value, on: appeal)
            decided.append(CardOutcome(.held(work), item.value, choice: choice, reason: "decision", by: "decidedBy"))
        }
        return automatic + decided
    }
}
