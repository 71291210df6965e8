public import Replication

/// A rule of sync.md section 11 taken away, to show that its lack is noticed.
public struct Ablation: Sendable {
    public let name: String
    public let rules: Rules
    /// Faults under which the rule matters; nil draws them from the seed.
    public let faults: Faults?

    private init(
        _ name: String,
        faults: (inout Faults) -> Void = { _ in },
        digest: Bool = false,
        _ change: (inout Rules) -> Void
    ) {
        self.name = name
        var rules = Rules()
        // Without repair, so that the digest does not heal what the missing rule breaks.
        rules.stateDigest = digest
        change(&rules)
        self.rules = rules
        var rough = Faults()
        rough.loss = 0.1
        rough.duplication = 0.2
        rough.delay = 300
        rough.partition = 0.03
        rough.departmentCrash = 0.02
        faults(&rough)
        self.faults = rough
    }

    /// With repair off and every rule on: what the others are compared with.
    public static let none = Ablation("none") { _ in }

    /// Not here, since another rule covers each, or only a run in thousands needs it (Tests/README.md says which):
    /// floorNeverFalls, pushNamesEpoch and reissueAcknowledged, reissueInOrder, scrubOnLeave, scrubToLeave, tenureOnLeave.
    public static let all: [Ablation] = [
        Ablation("leaveEntry") { $0.leaveEntry = false },
        Ablation("snapshotDeletesUnlisted", faults: { $0.officeRestore = 0.03 }) { $0.snapshotDeletesUnlisted = false },
        Ablation("replyStartsAtPosition", faults: { $0.replay = 0.2 }) { $0.replyStartsAtPosition = false },
        Ablation("lateWork") { $0.lateWork = false },
        Ablation("outboxKeptOnLeave") { $0.outboxKeptOnLeave = false },
        Ablation("epoch", faults: { $0.officeRestore = 0.03 }) { $0.epoch = false },
        Ablation("deduplication") { $0.deduplication = false },
        Ablation("forkCheck", faults: { $0.departmentRollback = 0.08 }) { $0.forkCheck = false },
        Ablation("overlayUntilVisible") { $0.overlayUntilVisible = false },
        Ablation("stateDigest", faults: { $0.corruption = 0.05 }) { $0.stateDigest = false },
    ]
}
