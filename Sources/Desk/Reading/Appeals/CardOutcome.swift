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
    /// By what an address names the case beside its card.
    package let digest: String
    /// The act that the case stands as it does by.
    package let write: String
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

    private init(
        _ matter: Matter,
        _ digest: String,
        _ item: Item,
        choice: String?,
        reason: String,
        by: String
    ) {
        let value = item.value
        self.matter = matter
        self.digest = digest
        write = item.write
        self.choice = choice
        self.reason = value[reason]?.string ?? ""
        author = value[by].map(Author.init)
        at = value[by]?["clock"]?.string.flatMap(HybridClock.init)?.milliseconds
    }

    /// All of an appeal that nobody has to settle any more: automatic ones first, then decisions, each by name.
    static func all(of appeal: Aggregate) -> [CardOutcome] {
        var automatic: [CardOutcome] = [], decided: [CardOutcome] = []
        func add(_ matter: Matter, _ section: Section, _ name: String, _ item: Item) {
            let digest = ShownAppeal.digest(section, name)
            switch item.value.caseState {
            case .noted?: automatic.append(CardOutcome(matter, digest, item, choice: nil, reason: "", by: ""))
            case .settled?:
                let choice = item.value["choice"]?.string
                decided.append(CardOutcome(matter, digest, item, choice: choice, reason: "reason", by: "settledBy"))
            case .open?, nil: break
            }
        }
        for (name, item) in appeal.items(.disagreements) {
            add(.rule(item.value["rule"]?.string ?? ""), .disagreements, name, item)
        }
        for (name, item) in appeal.items(.conflicts) {
            let register = item.value["register"]?.string ?? ""
            let (inForce, other) = (appeal.register(register), item.value["value"])
            add(
                .values(register: Names.bare(register), inForce: inForce, other: other),
                .conflicts,
                name,
                item
            )
        }
        for (name, item) in appeal.items(.held) {
            let choice: String
            switch item.value.heldState {
            case .adopted?: choice = "adopt"
            case .declined?: choice = "decline"
            case .waiting?, nil: continue
            }
            let work = Matter.held(HeldWork(write: name, item.value, on: appeal))
            let digest = ShownAppeal.digest(.held, name)
            decided.append(CardOutcome(work, digest, item, choice: choice, reason: "decision", by: "decidedBy"))
        }
        return automatic + decided
    }
}
