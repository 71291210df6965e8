/// Settings that only a simulator may change: the rules of replication as switches, sizes, and kinds not yet known.
///
/// In every node all rules are on; the simulator turns one off to show that its lack is noticed. The functions of this
/// room say what each rule is and alone read its switch.
public struct Rules: Sendable, Equatable {
    // The table of DESIGN.md "What breaks without a rule", in its order.
    package var leaveEntry = true
    package var snapshotDeletesUnlisted = true
    package var replyStartsAtPosition = true
    package var rowsWithPosition = true
    package var floorNeverFalls = true
    package var lateWork = true
    package var outboxKeptOnLeave = true
    package var keptUntilDurable = true
    package var epoch = true
    package var deduplication = true
    package var forkCheck = true
    package var outcomeNamesID = true
    package var pushNamesEpoch = true
    package var reissueAcknowledged = true
    package var reissueInOrder = true
    package var clashesKept = true
    package var sameness = true
    package var scrubOnLeave = true
    package var scrubToLeave = true
    package var overlayUntilVisible = true
    package var stateDigest = true
    // Added since.
    package var tenureOnLeave = true
    package var marksAsked = true
    package var onlyOpenTenure = true
    package var commitsBeyondFormer = true
    package var sealAsked = true
    package var setAsideOffered = true
    package var formerOutcomesKept = true
    package var outcomesRefreshed = true
    package var overlayUntilReplayed = true
    package var overlayYields = true
    package var durableNamesID = true
    package var endedLogGoesOn = true
    package var ownLogsCompared = true
    package var formerGenerationGoes = true
    package var wholeSteps = true
    package var differenceRemembered = true
    package var changesUpToHead = true
    package var changesSentOnce = true
    package var catchUpNamed = true
    package var evidenceAsked = true
    package var erasureSealAsked = true
    package var logsFinished = true
    package var receiptNamesDeparture = true
    package var receiptWaitsForAside = true
    package var enterAlone = true
    package var bothProjections = true
    package var readWhereDecided = true
    package var partyHasNoGround = true
    package var replyRepeatsAsk = true

    /// How much a page and a chunk hold.
    package var sizes = Sizes()
    /// Kinds that this office does not know yet: it is older than its departments.
    package var unknownKinds: Set<String> = []

    /// All rules: what the product runs with.
    public init() {}
}
