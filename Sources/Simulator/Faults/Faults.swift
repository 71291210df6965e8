/// The probabilities of a run, drawn from its seed.
public struct Faults: Sendable {
    /// A request or its reply gets lost; for each.
    public var loss = 0.0
    /// A request arrives twice; the sender hears of one of them.
    public var duplication = 0.0
    /// A request that arrived twice or late is delivered again after this many milliseconds at most.
    public var delay: Int64 = 40
    /// A former reply of the same call comes instead of the present one.
    public var replay = 0.0
    /// A department is cut off, or reached again; for each act of the city.
    public var partition = 0.0
    /// Its process ends and begins again on its disk.
    public var departmentCrash = 0.0
    /// The office's disk dies, and its operator restores a backup.
    public var officeRestore = 0.0
    /// A department's disk is put back to an old copy, and nobody says so.
    public var departmentRollback = 0.0
    /// An item of a row changes on a department's disk: only its digest can tell.
    public var corruption = 0.0
    /// The office drops entries that every reader has confirmed.
    public var compaction = 0.0
    /// An administrator erases an appeal.
    public var erasure = 0.0

    /// A department offers forged acts of the office after its restore.
    public var forgery = 0.0
    /// Readers not seen for this long (ms) no longer keep entries from compaction; 0: the product's own limit.
    public var absence: Int64 = 0

    /// Of disks only: the office's power, an error of one operation, no room for a while.
    public var officeCrash = 0.0
    /// One read, write or sync fails: the process ends, and begins again.
    public var diskError = 0.0
    /// There is no room for a while: acts are refused, and the process goes on.
    public var diskFull = 0.0

    // Of later seeds only: see `addAll`.

    /// Requests arrive and replies do not, or the other way round.
    public var oneWay = 0.0
    /// Departments are cut off for minutes to weeks; the others go on.
    public var longPartition = 0.0
    /// A connection dies at any byte, of the request or of the reply.
    public var cut = 0.0
    /// A clock jumps, or begins to drift.
    public var clock = 0.0
    /// A copy of a department's disk runs beside it, with its key.
    public var clone = 0.0
    /// A key is taken off the allow-list, between request and reply or at another moment, and let in again later.
    public var revocation = 0.0
    /// What a department of a newer version makes.
    public var newer = 0.0
    /// An operation that the office always refuses, or one that it cannot read.
    public var poison = 0.0
    /// All appeals of a department go to another at once.
    public var massReassignment = 0.0
    /// Somebody with a department's key lies to the office.
    public var lyingDepartment = 0.0
    /// The office lies to a department, or somebody between them does.
    public var lyingOffice = 0.0
    /// Pages, chunks and limits are so small that few rows fill them.
    public var smallSizes = 0.0
    /// A person loses a role, and gets it back later.
    public var roleEnds = 0.0

    // Of the newest seeds only: see `addNewest`.

    /// What a person does by mistake, and takes back when somebody notices.
    public var mistake = 0.0
    /// Departments answer the applicant in one go: two of one appeal, one whose appeal is disputed, one beyond the term.
    public var answers = 0.0
    /// A department that lies offers more rows without a seal than an operator could read.
    public var flood = 0.0
    /// A process stands still, for less than a second or for minutes, and goes on.
    public var pause = 0.0
    /// Somebody between a department and its office answers with a page of its own.
    public var portal = 0.0
    /// A backup of the office is verified: what it holds is durable, and no older one is ever restored.
    public var verifiedBackup = 0.0
    /// What the office has recorded as the digest of a row does not fit what it gives of it.
    public var wrongDigest = 0.0

    /// Several people type one address, each on their own keyboard.
    public var alike = 0.0

    /// A department signs receipts of what is not so.
    public var receiptLies = 0.0

    /// Somebody finds that the appeal complains about who has it.
    public var complaint = 0.0

    /// A department registers an appeal whose id exists already.
    public var sameCard = 0.0

    // Of the newest seeds too: see `addPrograms`.

    /// The office begins again as a program that shows other parts of an appeal.
    public var projection = 0.0
    /// It begins as the first program again, though its store has met a newer one.
    public var olderProgram = 0.0
    /// Others act between two transactions of one call of the office.
    public var interleaving = 0.0
    /// An appeal is removed from control, and a month passes.
    public var wholeLife = 0.0

    /// People move and leave, and an administrator tries what the directory forbids.
    public var directory = 0.0

    /// A leader gives an appeal to somebody without having seen that another leader has.
    public var secondResolution = 0.0

    /// A city in which nothing goes wrong.
    public static let none = Faults()

    /// What came last, with a generator of its own.
    mutating func addNewest(_ random: inout Generator) {
        mistake = random.strength(0.4, 0.1)
        answers = random.strength(0.5, 0.3)
        flood = random.strength(0.12, 0.1)
        pause = random.strength(0.3, 0.02)
        portal = random.strength(0.25, 0.05)
        verifiedBackup = random.strength(0.5, 0.1)
        officeRestore = max(officeRestore, random.strength(0.1, 0.02))
        receiptLies = random.strength(0.4, 0.1)
        complaint = random.strength(0.5, 0.2)
        sameCard = random.strength(0.3, 0.1)
    }

    /// The office's programs and what comes between their transactions, with a generator of its own.
    mutating func addPrograms(_ random: inout Generator) {
        projection = random.strength(0.25, 0.1)
        interleaving = random.strength(0.35, 0.3)
        olderProgram = random.chance(0.3) ? 0.2 : 0
        wholeLife = random.strength(0.3, 0.02)
        directory = random.strength(0.4, 0.1)
        secondResolution = random.strength(0.4, 0.3)
    }

    /// What came later than the rest, each in some seeds only.
    mutating func addAll(_ random: inout Generator) {
        oneWay = random.strength(0.4, 0.03)
        longPartition = random.strength(0.3, 0.03)
        cut = random.strength(0.4, 0.1)
        clock = random.strength(0.3, 0.02)
        clone = random.strength(0.2, 0.01)
        revocation = random.strength(0.3, 0.01)
        newer = random.strength(0.3, 0.05)
        poison = random.strength(0.3, 0.04)
        massReassignment = random.strength(0.3, 0.04)
        lyingDepartment = random.strength(0.3, 0.1)
        lyingOffice = random.strength(0.25, 0.05)
        smallSizes = random.chance(0.4) ? 1 : 0
        roleEnds = random.strength(0.3, 0.03)
    }

    /// Faults of disks, with a generator of their own: a seed has the same city on every medium.
    mutating func addDisk(_ random: inout Generator) {
        func maybe(_ most: Double) -> Double { random.chance(0.6) ? Double(random.below(1_000)) / 1_000 * most : 0 }
        departmentCrash = max(departmentCrash, maybe(0.06))
        officeCrash = maybe(0.08)
        diskError = maybe(0.03)
        diskFull = maybe(0.03)
    }

    /// Faults with a generator of their own, so that the schedules of known seeds stay as they are.
    mutating func addLater(_ random: inout Generator) {
        forgery = random.chance(0.3) ? 1 : 0
        absence = random.chance(0.4) ? 1_000 + Int64(random.below(9_000)) : 0
    }

    /// What only a few seeds have, in this one.
    mutating func addDisasters() {
        officeRestore = max(officeRestore, 0.02)
        departmentRollback = max(departmentRollback, 0.01)
        forgery = max(forgery, 0.5)
    }

    /// Faults of every kind, each in some seeds only, so that pure and combined runs both occur.
    public static func drawn(_ random: inout Generator) -> Faults {
        var faults = Faults()
        func maybe(_ most: Double) -> Double { random.chance(0.5) ? Double(random.below(1_000)) / 1_000 * most : 0 }
        faults.loss = maybe(0.2)
        faults.duplication = maybe(0.3)
        faults.delay = random.chance(0.3) ? 5_000 : 60
        faults.replay = maybe(0.05)
        faults.partition = maybe(0.04)
        faults.departmentCrash = maybe(0.03)
        faults.officeRestore = random.chance(0.4) ? maybe(0.008) : 0
        faults.departmentRollback = random.chance(0.4) ? maybe(0.01) : 0
        faults.corruption = random.chance(0.3) ? maybe(0.02) : 0
        faults.compaction = maybe(0.05)
        faults.erasure = random.chance(0.3) ? maybe(0.01) : 0
        return faults
    }
}
