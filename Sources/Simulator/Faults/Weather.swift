import Appeals
import Replication

/// What befalls clocks, lines, keys and disks in later seeds, and what of it is still to be undone.
struct Weather {
    /// How far the office's clock is ahead, in milliseconds.
    var officeSkew: Int64 = 0
    /// Copies of departments that run beside them.
    var clones: [Site] = []
    /// Departments of which a copy ever ran.
    var copied: Set<String> = []
    /// Operations whose bytes changed on their author's disk.
    var damaged: Set<String> = []
    /// People whose role was taken away: department and user.
    var withoutRole: [(department: String, user: String, role: String)] = []
    /// The schema that the office's program has reached; it rises with each upgrade.
    var schema: Int64 = Kinds.schema
    /// Departments whose key was in two hands: a copy ran, or somebody lied in their name.
    var twoHands: Set<String> = []
    /// Departments to which somebody lied in the office's name: their rows may need repair.
    var liedTo: Set<String> = []
    /// Which id an operation was issued again from, of disks that are gone.
    var formerIDs: [String: String] = [:]
    /// Departures whose receipts the office had counted before it was put back to where it is.
    var countedBefore: Set<String> = []
    /// How far virtual time ran ahead of the play, in partitions.
    var passed: Int64 = 0
    /// How many stretches of time pass now, one within another.
    var passing = 0
    /// How long a department waits before it looks at the office again, in milliseconds; longer in long partitions.
    var idleSleep: Int64

    /// Who may see what by the office's program that runs, and by the newest one that its store has met.
    var program = Projection.own
    var inForce = Projection.own
    /// Whether the next chunk of rows is to be projected again.
    var isProjecting = false

    /// What was done by mistake and is to be taken back, and when somebody notices.
    var mistakes: [(noticed: Int64, takeBack: () throws -> Void)] = []
    init(idleSleep: Int64 = 500) { self.idleSleep = idleSleep }
}

extension City {
    /// What the office's clock says.
    var officeNow: Int64 { now + weather.officeSkew }

    /// Sizes so small that a second page, a second chunk and a narrower range are met with few rows.
    static func smallSizes(_ random: inout Generator) -> Sizes {
        var sizes = Sizes()
        sizes.pageRecords = 2 + random.below(12)
        sizes.pageBytes = 500 + random.below(8_000)
        sizes.helloErasures = 1 + random.below(4)
        sizes.probeWays = 2 + random.below(3)
        sizes.probeLeaf = 1 + random.below(4)
        sizes.probeRanges = 1 + random.below(4)
        sizes.unsealedRows = 1 + random.below(4)
        sizes.chunk = 2 + random.below(9)
        return sizes
    }

    /// One draw of what came later than the first faults.
    func laterDisasters() throws {
        for site in sites {
            if fourth.chance(faults.oneWay) { oneWay(site) }
            if fourth.chance(faults.clock) { turnClock(site) }
            if fourth.chance(faults.clone) { try clone(site) }
            if fourth.chance(faults.revocation) { try revoke(site) }
            if fourth.chance(faults.poison) { try surviving { try poison(site) } }
            if fourth.chance(faults.newer) { try surviving { try makeNewer(site) } }
            if fourth.chance(faults.lyingDepartment) { try surviving { try lie(site) } }
            if faults.receiptLies > 0, fifth.chance(faults.receiptLies) { try surviving { try lieOfReceipts(site) } }
            if fourth.chance(faults.roleEnds) { try surviving { try endRole(site) } }
        }
        try liveOfClones()
        try readmitFrozen(chance: 0.2)
        if fourth.chance(faults.roleEnds) { try surviving { try grantAgain() } }
        if fourth.chance(faults.massReassignment) { try surviving { try reassignAll() } }
        if fourth.chance(faults.newer) { try surviving { try upgrade() } }
        if fourth.chance(faults.clock) {
            count("office clock")
            weather.officeSkew =
                (fourth.pick([2_000, 240_000, 600_000, 18_000_000]) ?? 0) * (fourth.chance(0.5) ? 1 : -1)
            note("the office's clock is off by \(weather.officeSkew) ms")
        }
        try declareIfStopped(chance: 0.3)
        if fourth.chance(faults.longPartition) { try longPartition() }
        guard hasNewest else { return }
        for site in sites {
            if fifth.chance(faults.pause) { pause(site) }
            if fifth.chance(faults.flood / Double(sites.count)) { try surviving { try flood(site) } }
        }
        try takeBackMistakes(until: now)
        if fifth.chance(faults.mistake) { try surviving { try attempt { try mistake() } } }
        if fifth.chance(faults.complaint) { try surviving { try attempt { try complain() } } }
        if faults.projection > 0, seventh.chance(faults.projection) { try changeProgram() }
        if faults.interleaving > 0, seventh.chance(faults.interleaving) { try surviving { try lookThrough() } }
        if faults.wholeLife > 0, seventh.chance(faults.wholeLife) { try surviving { try attempt { try wholeLife() } } }
        if faults.directory > 0, seventh.chance(faults.directory) { try surviving { try changesDirectory() } }
        guard faults.sameCard > 0 else { return }
        if fifth.chance(faults.sameCard) { try surviving { try attempt { try registersAgain() } } }
        if fifth.chance(faults.sameCard) { try surviving { try attempt { try declinesBeside() } } }
    }

    private func oneWay(_ site: Site) {
        (site.isMute, site.isDeaf) = fourth.pick([(true, false), (false, true), (false, false)]) ?? (false, false)
        if site.isMute { count("requests lost one way") }
        if site.isDeaf { count("replies lost one way") }
        note("\(site.name) \(site.isMute ? "is not heard" : site.isDeaf ? "hears nothing" : "is heard and hears")")
    }

    /// Within what the protocol takes for right (5 minutes), beyond it, or drifting.
    private func turnClock(_ site: Site) {
        site.skew = site.clock(now) - now
        site.driftsFrom = now
        if fourth.chance(0.4) {
            count("clock drift")
            site.drift = fourth.pick([-50_000, -200, 50, 5_000, 100_000]) ?? 0
        } else {
            let jumps: [Int64] = [3_000, 240_000, 400_000, 10_800_000, 172_800_000, 34_560_000_000]
            let jump = fourth.pick(jumps) ?? 0
            count(jump < 300_000 ? "clock jump within" : "clock jump beyond")
            site.skew += fourth.chance(0.5) ? jump : -jump
        }
        note("\(site.name)'s clock is off by \(site.skew) ms, drift \(site.drift)")
    }

    /// Some departments are cut off from minutes to weeks.
    ///
    /// Up to a day they go on and try again and again, beyond that their machines are off. The others work on, though
    /// they look at the office less often.
    private func longPartition() throws {
        let minute: Int64 = 60_000
        let lengths: [Int64] = [2, 10, 45, 180, 900, 4 * 1_440, 15 * 1_440, 35 * 1_440]
        let length = (fourth.pick(lengths) ?? 2) * minute
        let isOff = length > 1_440 * minute
        let away = sites.filter { _ in fourth.chance(0.4) }
        count(length < 60 * minute ? "partition of minutes" : isOff ? "partition of weeks" : "partition of hours")
        note("\(away.map(\.name)) away for \(length / minute) minutes")
        for site in away {
            site.isCut = true
            if isOff { stop(site) }
        }
        try pass(length) { for _ in 0..<2 { try act() } }
        for site in away {
            site.isCut = false
            if isOff { start(site) }
        }
        try surviving { try runningLong("upkeep") { [officeNow] in _ = try $0.upkeep(now: officeNow) } }
    }

    /// A long time passes in twelve parts, each of which begins with `part`.
    func pass(_ length: Int64, _ part: () throws -> Void) throws {
        // One may begin within another.
        let former = weather.idleSleep
        weather.passing += 1
        defer { weather.passing -= 1 }
        look(every: max(former, length / 24))
        for _ in 0..<12 {
            try part()
            try run(until: now + length / 12)
        }
        look(every: former)
        for site in sites {
            for lane in Lane.allCases where !site.asking.contains(lane) { wake(site, lane, at: now) }
        }
        weather.passed += length
    }

    /// Also for processes that begin meanwhile: at the usual pace one alone would look millions of times in weeks.
    private func look(every pause: Int64) {
        weather.idleSleep = pause
        for site in sites + weather.clones { site.link.idleSleep = pause }
    }

    /// The process ends and does not begin again by itself.
    func stop(_ site: Site) {
        site.life += 1
        site.asking = []
        site.isStopped = true
    }

    /// All faults end: lines and clocks are right again, copies are destroyed, keys let in, the office upgraded.
    func heal() throws {
        faults = .none
        officeMedium.heal()
        weather.officeSkew = 0
        for site in sites {
            site.isCut = false
            site.isMute = false
            site.isDeaf = false
            site.skew = 0
            site.drift = 0
            site.sleepsUntil = 0
            site.medium.heal()
        }
        try finishProjecting()
        try rehashOffice()
        guard hasAll else { return }
        try takeBackMistakes(until: .max)
        try destroyClones(of: nil)
        try declareIfStopped(chance: 1)
        try readmitFrozen(chance: 1)
        for site in sites { try readmit(site, from: .revoked) }
        try grantAllAgain()
        try upgrade()
        _ = try office.upkeep(now: officeNow)
    }

    /// Two who hold one key may give a number of an ended log twice to an office that lost it in a restore: the first
    /// that comes is in force there, the other stays in its author's log alone.
    func mayLack(_ site: Site) -> Bool { officeRestores > 0 && weather.twoHands.contains(site.name) }

    /// What an operator does while a city settles: a department that was found twice is let in again, an office that
    /// doubts itself is declared.
    func mend() throws {
        guard hasAll else { return }
        try declareIfStopped(chance: 1)
        try readmitFrozen(chance: 1)
    }

    /// The office found itself behind its nodes and takes no work: its operator declares the store as restored, though
    /// nothing of it was lost.
    func declareIfStopped(chance: Double) throws {
        guard try officeStore.read({ try $0.value(Values.stopped) }) != nil, fourth.chance(chance) else { return }
        try declare("declared without loss")
    }

    /// An operator says that the office was restored, though nothing of it was lost.
    func declare(_ how: String) throws {
        count(how)
        note("the office is declared as restored")
        officeRestores += 1
        try office.declareRestore(now: now + Int64(officeRestores) * 120_000)
    }
}
