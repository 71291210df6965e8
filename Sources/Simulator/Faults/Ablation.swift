public import Replication

/// A rule taken away, to show that its lack is noticed: those of DESIGN.md "What breaks without a rule", and those
/// added since.
///
/// Digest repair is off, so that it does not heal what the missing rule breaks; where another rule covers one, both are off.
public struct Ablation: Sendable {
    public private(set) var name: String
    public private(set) var rules: Rules
    /// Faults under which the rule matters.
    public private(set) var faults: Faults
    public private(set) var profile = Simulation.Profile.fast
    public private(set) var steps = 150
    public private(set) var hasEverybody = false
    /// Whether the office's store shows the number of an entry before the entry.
    public private(set) var entriesComeLate = false
    /// Whether its lack must be noticed.
    public var isMissed: Bool { Self.all.contains { $0.name == name } }

    private init(_ name: String, _ change: (inout Ablation) -> Void) {
        self.name = name
        rules = Rules()
        rules.stateDigest = false
        faults = Faults()
        faults.loss = 0.1
        faults.duplication = 0.2
        faults.delay = 300
        faults.partition = 0.03
        faults.departmentCrash = 0.02
        change(&self)
    }

    private init(
        _ name: String,
        _ rule: WritableKeyPath<Rules, Bool>,
        steps: Int = 150,
        everybody: Bool = false,
        _ change: (inout Faults) -> Void = { _ in }
    ) {
        self.init(name) { ablation in
            ablation.rules[keyPath: rule] = false
            ablation.steps = steps
            ablation.hasEverybody = everybody
            change(&ablation.faults)
        }
    }

    /// With repair off and every rule on, under faults that all the others have.
    public static let none = Ablation("none") { _ in }

    /// The same faults with the rule in place: what notices its lack must not notice this.
    public var restored: Ablation {
        guard !name.hasPrefix(Self.restored) else { return self }
        var restored = self
        restored.name = Self.restored + name
        restored.rules = Rules()
        restored.rules.stateDigest = rules.stateDigest || name == "stateDigest"
        restored.entriesComeLate = false
        return restored
    }

    private static let restored = "nothing of "

    /// A restore of the office now and then, and departments that are put back.
    private static func restores(_ faults: inout Faults) { faults.officeRestore = 0.03 }

    /// A key in two hands, beside restores of the office: what each hand knows of the other's log.
    private static func copiesAndRestores(_ faults: inout Faults) {
        faults.officeRestore = 0.04
        faults.clone = 0.1
        faults.verifiedBackup = 0.05
    }

    /// Both sides forget: what one covers alone shows only with the other.
    private static func disasters(_ faults: inout Faults) {
        faults.officeRestore = 0.03
        faults.departmentRollback = 0.03
    }

    /// Rules whose lack a city must notice, in the order of `Rules`.
    public static let all: [Ablation] = [
        Ablation("leaveEntry", \.leaveEntry),
        Ablation("snapshotDeletesUnlisted", \.snapshotDeletesUnlisted, restores),
        // A reply of before is told twice: by what it repeats of the request, and by where its entries begin.
        Ablation("replyStartsAtPosition with replyRepeatsAsk") {
            $0.rules.replyStartsAtPosition = false
            $0.rules.replyRepeatsAsk = false
            $0.faults.replay = 0.2
        },
        Ablation("rowsWithPosition") {
            $0.rules.rowsWithPosition = false
            $0.profile = .disk
            $0.faults.departmentCrash = 0.1
        },
        Ablation("sequenceAtCommit") { $0.entriesComeLate = true },
        Ablation("floorNeverFalls", \.floorNeverFalls) {
            $0.compaction = 0.2
            $0.absence = 1_000
        },
        Ablation("lateWork", \.lateWork),
        Ablation("outboxKeptOnLeave", \.outboxKeptOnLeave),
        Ablation("keptUntilDurable", \.keptUntilDurable) {
            $0.officeRestore = 0.006
            $0.massReassignment = 0.02
            $0.verifiedBackup = 0.02
        },
        Ablation("epoch", \.epoch, restores),
        Ablation("deduplication", \.deduplication),
        Ablation("forkCheck with outcomeNamesID and ownLogsCompared") {
            $0.rules.ownLogsCompared = false
            $0.rules.forkCheck = false
            $0.rules.outcomeNamesID = false
            $0.faults.departmentRollback = 0.08
        },
        Ablation("pushNamesEpoch", \.pushNamesEpoch, disasters),
        Ablation("reissueAcknowledged with pushNamesEpoch") {
            $0.rules.pushNamesEpoch = false
            $0.rules.reissueAcknowledged = false
            disasters(&$0.faults)
        },
        Ablation("reissueInOrder", \.reissueInOrder, steps: 400) {
            // What is done while nothing gets through is what a fork issues again.
            $0.partition = 0.08
            $0.departmentRollback = 0.05
            $0.departmentCrash = 0
            $0.loss = 0
        },
        // Two who may write one register: the office, and the department where the card is at home.
        Ablation("clashesKept") {
            $0.rules.clashesKept = false
            $0.hasEverybody = true
            $0.steps = 300
        },
        Ablation("sameness", \.sameness) { $0.alike = 0.3 },
        Ablation("scrubOnLeave with onlyOpenTenure") {
            $0.rules.scrubOnLeave = false
            $0.rules.onlyOpenTenure = false
        },
        Ablation("overlayUntilVisible", \.overlayUntilVisible),
        Ablation("stateDigest", \.stateDigest) { $0.corruption = 0.05 },
        Ablation("commitsBeyondFormer", \.commitsBeyondFormer, restores),
        Ablation("sealAsked", \.sealAsked) {
            restores(&$0)
            $0.forgery = 1
        },
        Ablation("setAsideOffered", \.setAsideOffered, restores),
        Ablation("evidenceAsked", \.evidenceAsked, everybody: true) { $0.lyingDepartment = 0.3 },
        Ablation("erasureSealAsked", \.erasureSealAsked, steps: 300, everybody: true) {
            restores(&$0)
            $0.lyingDepartment = 0.3
        },
        Ablation("formerGenerationGoes") {
            $0.rules.formerGenerationGoes = false
            $0.profile = .disk
            $0.faults.departmentCrash = 0.1
            $0.faults.officeRestore = 0.02
        },
        Ablation("formerOutcomesKept", \.formerOutcomesKept, steps: 300, everybody: true) {
            $0.officeRestore = 0.004
            $0.massReassignment = 0.1
            $0.roleEnds = 0.1
        },
        Ablation("overlayUntilReplayed", \.overlayUntilReplayed, restores),
        Ablation("differenceRemembered") {
            $0.rules.stateDigest = true
            $0.rules.differenceRemembered = false
            // A fast network: what asks on and on does so many times before somebody acts again.
            $0.faults = Faults()
            $0.faults.delay = 2
            $0.faults.wrongDigest = 0.1
        },
        // A line that carries only what its own page changed, though later pages rely on it for the rest.
        Ablation("changesUpToHead") {
            $0.rules.changesUpToHead = false
            $0.rules.sizes.pageRecords = 2
            $0.steps = 300
            $0.faults.partition = 0.05
        },
        Ablation("receiptNamesDeparture", \.receiptNamesDeparture, everybody: true) {
            $0.massReassignment = 0.1
            $0.receiptLies = 0.3
        },
        Ablation("receiptWaitsForAside", \.receiptWaitsForAside, everybody: true) {
            restores(&$0)
            $0.massReassignment = 0.1
        },
        Ablation("bothProjections", \.bothProjections, everybody: true) {
            $0.projection = 0.2
            $0.olderProgram = 0.2
        },
        Ablation("partyHasNoGround", \.partyHasNoGround, everybody: true) { $0.complaint = 0.3 },
        // Grounds that end by time, on rows read before somebody took the appeal up again.
        Ablation("readWhereDecided", \.readWhereDecided, steps: 300, everybody: true) {
            $0.interleaving = 1
            $0.wholeLife = 0.05
        },
        // Mostly covered by two others: only an office that is restored twice shows its lack.
        Ablation("outcomesRefreshed", \.outcomesRefreshed, steps: 400, everybody: true) {
            $0.officeRestore = 0.05
            $0.departmentRollback = 0.15
            $0.massReassignment = 0.05
        },
    ]

    /// Rules that others cover: nothing notices the lack of one alone.
    public static let covered: [Ablation] = [
        // While an office projects anew only: ProjectionTests show it with and without.
        Ablation("overlayYields", \.overlayYields, steps: 300, everybody: true) {
            $0.projection = 0.1
            $0.interleaving = 0.3
            $0.massReassignment = 0.1
        },
        Ablation("replyStartsAtPosition", \.replyStartsAtPosition) { $0.replay = 0.2 },
        // FormerReplyTests show it with and without, for every call.
        Ablation("replyRepeatsAsk", \.replyRepeatsAsk) { $0.replay = 0.2 },
        Ablation("marksAsked", \.marksAsked, restores),
        Ablation("outcomeNamesID", \.outcomeNamesID) { $0.departmentRollback = 0.08 },
        Ablation("reissueAcknowledged", \.reissueAcknowledged, disasters),
        Ablation("scrubOnLeave", \.scrubOnLeave),
        Ablation("scrubToLeave", \.scrubToLeave),
        Ablation("onlyOpenTenure", \.onlyOpenTenure),
        Ablation("tenureOnLeave", \.tenureOnLeave),
        Ablation("ownLogsCompared", \.ownLogsCompared, steps: 300, everybody: true, copiesAndRestores),
        Ablation("endedLogGoesOn", \.endedLogGoesOn, steps: 300, everybody: true, copiesAndRestores),
        Ablation("wholeSteps") {
            $0.rules.wholeSteps = false
            $0.profile = .disk
            $0.faults.diskFull = 0.1
            $0.faults.officeRestore = 0.02
        },
        // Only bytes tell them: see CatchUpCostTests, which takes each away. CatchUpCost allows a constant a line, which hides it
        // where few small changes lag.
        Ablation("changesSentOnce", \.changesSentOnce),
        Ablation("catchUpNamed", \.catchUpNamed),
        // A page may end between the two entries that it spares; ProjectionTests show it with and without.
        Ablation("enterAlone", \.enterAlone, everybody: true) {
            $0.smallSizes = 1
            $0.projection = 0.1
        },
        // An honest node greets its logs in order by itself: LogOrderTests shows a stranger's with and without the rule.
        Ablation("logsFinished", \.logsFinished, steps: 300, everybody: true, copiesAndRestores),
        Ablation("durableNamesID", \.durableNamesID, steps: 300, everybody: true) {
            copiesAndRestores(&$0)
            $0.massReassignment = 0.1
        },
    ]

    /// A rule by its name, or those that a word stands for: `all`, and `covered` by others.
    public static func named(_ word: String) -> [Ablation] {
        switch word {
        case "all": [none] + covered + all
        case "covered": [none] + covered
        default: every.filter { $0.name == word } + every.map(\.restored).filter { $0.name == word }
        }
    }

    private static let every = [none] + covered + all
}
extension Simulation {
    /// A run in which a rule is missing.
    public init(seed: UInt64, without ablation: Ablation) {
        self.init(seed: seed)
        rules = ablation.rules
        faults = ablation.faults
        profile = ablation.profile
        entriesComeLate = ablation.entriesComeLate
        hasEverybody = ablation.hasEverybody
        steps = ablation.steps
        departments = 3
    }
}
