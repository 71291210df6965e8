import Appeals

/// A step of "To add a kind of operation" in Sources/README.md that is done by naming the kind somewhere.
///
/// What else a step asks for (fields with their words, registers with their rows, guards in protocol.md) the tests of
/// those tables demand for every kind; these are the places that no table reaches.
struct KindStep {
    /// As the page counts.
    let number: Int
    /// A file, or a folder in which any file will do.
    let place: String
    /// Kinds that it is not about, each with the reason.
    var without: [String: String] = [:]
    /// For which kinds it is asked.
    var isFor: @Sendable (Kind) -> Bool = { _ in true }

    static let all: [KindStep] = [
        KindStep(number: 1, place: "Sources/Appeals/Acts/Kinds"),
        KindStep(number: 4, place: "Sources/Desk/Words/Wording.swift"),
        KindStep(
            number: 5,
            place: "Sources/Desk/Table/Rows",
            without: ["administrator.named": "the owner of a stopped office's directory does it, at the machine"]
        ),
        KindStep(number: 6, place: "Sources/Simulator/Oracle/KindRule.swift", isFor: isOfAppeals),
        KindStep(
            number: 6,
            place: "Sources/Simulator/Oracle/Wrote.swift",
            without: [
                "appeal.erased": "erasure leaves nothing; a judge of its own looks at it",
                "contact.removed": "which contact is in force is looked up",
                "disagreement.settled": "what became of the other's work is looked up",
                "held.adopted": "what became of the held work is looked up",
                "held.declined": "what became of the held work is looked up",
            ],
            isFor: isOfAppeals
        ),
        KindStep(
            number: 6,
            place: "Sources/Simulator/Checkers/Acts/OperationsRead.swift",
            without: [
                "appeal.corrected": "writes registers", "contact.added": "writes registers",
                "contact.removed": "writes registers", "person.assigned": "writes a register",
            ],
            isFor: { isOfAppeals($0) && !$0.isAtomic }
        ),
        KindStep(number: 7, place: "Sources/Simulator/Workload", isFor: isOfAppeals),
        KindStep(number: 8, place: "Tests/AppealsTests", isFor: isOfAppeals),
    ]

    private static let isOfAppeals: @Sendable (Kind) -> Bool = { !$0.isReference }

    /// What the kinds lack of these steps; `text` gives the files under a place.
    static func lacks(_ kinds: [Kind], _ text: (String) -> String) -> [Violation] {
        all.flatMap { (step: KindStep) -> [Violation] in
            let found = text(step.place)
            return kinds.filter(step.isFor).compactMap { (kind: Kind) -> Violation? in
                let isNamed = found.contains("\"\(kind.name)\"")
                guard isNamed == (step.without[kind.name] != nil) else { return nil }
                return Violation(
                    step.place,
                    isNamed ? "\(kind.name) is named, though it need not be" : "\(kind.name) is not named",
                    remedy: "Sources/README.md, \"To add a kind of operation\", step \(step.number)"
                )
            }
        }
    }
}
