import Appeals
import CanonicalJSON
import Cryptography
public import Replication

/// A whole city in one thread from one seed: an office, its departments, virtual clock and network.
///
/// The code under test is the product's own: Appeals, Replication and its stores.
public final class City {
    /// A wrong that was found: the invariant and what was seen.
    public struct Violation: Error, CustomStringConvertible {
        /// The name that the judge bears.
        public let invariant: String
        /// What was found, with the names of who and what.
        public let seen: String
        public var description: String { "\(invariant): \(seen)" }
    }

    /// What happens to a city: handed over, so that nothing that waits need hold it.
    typealias Run = (City) throws -> Void

    /// Something that waits for its time.
    struct Event {
        let at: Int64
        let order: Int
        /// Whose process does it, if one does: it is done when that runs.
        let site: Site?
        let run: Run
    }

    /// February 2026, as unix milliseconds: the workload's dates lie around it.
    static let begin: Int64 = 1_770_000_000_000
    public internal(set) var now = City.begin
    /// Chance of the first faults and acts; it must never be drawn from for anything new.
    var random: Generator
    /// How likely each fault is in this run.
    var faults: Faults
    /// What office and departments are given: all on, unless a rule was taken away.
    var rules: Rules
    /// What stores lie on.
    let profile: Simulation.Profile
    /// The office's disk.
    var officeMedium: Medium
    var officeStore: any Store { officeMedium.store }
    /// The office's program, made anew whenever its process begins.
    var office: Office
    /// Departments in the order in which they were founded, copies of them not among these.
    var sites: [Site] = []
    /// By time, then by order.
    private var queue: [Event] = []
    /// Tells events of one time apart: the first that was put in happens first.
    private var order = 0
    /// Readable lines of what happened, the newest last.
    public private(set) var trace: [String] = []
    /// Told each line of the trace at once, for a run that may not come back.
    public var tells: (String) -> Void = { _ in }
    /// Lines cost time; a run of many seeds keeps none until one fails.
    public var keepsTrace = false
    /// Whether the allow-list stands before the office, as it does in a node; known seeds were drawn without it.
    var asksAllowList = false
    /// How often each fault and each outcome came.
    public internal(set) var counts: [String: Int] = [:]
    /// Of the office, the newest last.
    var backups: [Medium.Backup] = []
    /// What people were told was saved.
    var ledger = Ledger()
    /// What people have read of their work.
    var outcomesTold = OutcomesTold()
    /// What the office did since it was founded; no part of what a seed repeats.
    var days = CityDays()
    /// What the judges remember.
    let watch = Watch()
    /// Departments that were found twice: all of theirs waits for an operator.
    var frozen: Set<String> = []
    /// Rows whose bytes were changed: so many repairs have a cause.
    var corrupted = 0
    /// Departments of whose rows the office said a digest that was wrong: these ask, and what they are given repairs.
    var misdigested: Set<String> = []
    /// See `breakStore`.
    private var entriesComeLate = false
    /// Which writes of the office are lost now and then, as at a crash.
    private var forgotten: (kinds: Set<WriteKind>, seed: UInt64)?
    /// Indices of cards are drawn by it, so that a restored office repeats none.
    var officeRestores = 0
    /// Whether the office has another leader than the mayor.
    var hasVice = false
    /// What readers held when the office was last restored.
    var remembered: [Remembered] = []
    /// Chance of what came later than the rest: older seeds keep their schedules.
    var second: Generator
    /// Chance of the disks.
    var third: Generator
    /// Chance of everything that only later seeds have: see `Simulation.Draw`.
    var fourth: Generator
    /// Whether people and faults that came later are there; seeds that were known before were drawn without them.
    let hasAll: Bool
    /// Chance of what came last: seeds of `Draw.second` keep their schedules.
    var fifth: Generator
    /// Chance of who types what: other seeds keep their schedules.
    var typing: Generator
    /// The address that somebody typed last, and on which card.
    var lastPlace: (appeal: String, typed: String)?
    /// Whether people make mistakes, and all else that came last is there.
    let hasNewest: Bool
    /// Chance of what came after all that: no schedule of a seed changes by it.
    var sixth: Generator
    /// Chance of the office's programs, and of who acts between two of its transactions.
    var seventh: Generator
    /// Whether somebody acts between two transactions just now.
    var isBetween = false
    /// Whether every transaction of the product runs twice, the first time for nothing: nothing else changes by it.
    let repeatsBodies: Bool
    /// What befalls clocks, keys and disks beyond the first faults.
    var weather: Weather

    /// Founds the city: an office with its people, then the departments, each joined.
    public init(
        seed: UInt64,
        departments: Int,
        profile: Simulation.Profile = .fast,
        rules: Rules = Rules(),
        faults: Faults? = nil,
        hasAll: Bool = false,
        hasNewest: Bool = false,
        repeatsBodies: Bool = false,
        idleSleep: Int64 = 500
    ) throws {
        weather = Weather(idleSleep: idleSleep)
        var random = Generator(seed: seed)
        self.faults = faults ?? Faults.drawn(&random)
        self.random = random
        self.rules = rules
        second = Generator(seed: seed ^ 0x5EC0_0D5E_ED00_0001)
        third = Generator(seed: seed ^ 0xD15C_0D15_C0D1_5C03)
        fourth = Generator(seed: seed ^ 0xF0_0D_F0_0D_F0_0D_0004)
        fifth = Generator(seed: seed ^ 0xF1F7_4F1F_74F1_F705)
        sixth = Generator(seed: seed ^ 0x51C7_4051_C740_5106)
        seventh = Generator(seed: seed ^ 0x5E7E_4075_E7E4_0707)
        typing = Generator(seed: seed ^ 0x7E9E_D0A1_1CE0_0006)
        self.hasAll = hasAll
        self.hasNewest = hasNewest
        self.repeatsBodies = repeatsBodies
        if faults == nil { self.faults.addLater(&second) }
        if faults == nil, hasAll { self.faults.addAll(&fourth) }
        if self.faults.smallSizes > 0 { self.rules.sizes = Self.smallSizes(&fourth) }
        if hasNewest, faults == nil {
            self.faults.addNewest(&fifth)
            self.faults.addPrograms(&seventh)
        }
        if self.faults.projection > 0 { self.rules.sizes.reprojected = 1 + seventh.below(4) }
        if hasNewest, faults == nil { self.faults.wrongDigest = sixth.strength(0.2, 0.05) }
        if hasNewest, faults == nil { self.faults.alike = typing.strength(0.25, 0.1) }
        if self.faults.flood > 0 { self.rules.sizes.unsealedRows = 1 + fifth.below(6) }
        self.profile = profile
        if profile == .disk, faults == nil { self.faults.addDisk(&third) }
        officeMedium = try Medium(profile)
        office = Office(
            node: "office",
            store: officeMedium.store,
            signer: TwinSigner("office"),
            verifier: TwinVerifier(),
            draw: { _ in "" }
        )
        asksAllowList = hasAll
        if self.faults.newer > 0, fourth.chance(0.5) {
            self.rules.unknownKinds = ["document.recorded", "contact.added"]
        }
        rebuildOffice()
        try office.initialize()
        try populate(departments)
        if hasAll { try addInspectors() }
        try watch.begin(self)
    }

    /// Random bytes in hex, for whoever in the product asks.
    func draw(_ bytes: Int) -> String { random.hex(bytes) }

    /// The office's process begins again on its store.
    func rebuildOffice() {
        if entriesComeLate {
            office = makeOffice(LateStore(officeStore, seed: second.next()))
        } else {
            let store = kept(officeStore)
            office = makeOffice(forgotten.map { ForgetfulStore(store, losing: $0.kinds, seed: $0.seed) } ?? store)
        }
    }

    /// The office's program over its store.
    func makeOffice(_ store: any Store) -> Office {
        let office = Office(
            node: "office",
            store: store,
            signer: TwinSigner("office"),
            verifier: TwinVerifier(),
            draw: { [unowned self] in draw($0) },
            rules: rules
        )
        office.projection = weather.program
        return office
    }

    /// From now on the office's store shows the number of an entry before the entry.
    func breakStore() {
        entriesComeLate = true
        rebuildOffice()
    }

    /// From now on the office's store loses half of the writes of these kinds.
    func lose(_ kinds: Set<WriteKind>, seed: UInt64) {
        forgotten = (kinds, seed)
        rebuildOffice()
    }

    /// A store as the product is given it.
    func kept(_ store: any Store) -> any Store {
        guard repeatsBodies else { return store }
        return RepeatingStore(store) { [unowned self] in
            let chance = (random, second, third, fourth, fifth, sixth, seventh)
            return { [unowned self] in (random, second, third, fourth, fifth, sixth, seventh) = chance }
        }
    }

    /// A line of the trace, if anybody reads it.
    func note(_ text: @autoclosure () -> String) {
        guard keepsTrace else { return }
        let line = "\(now - Self.begin) \(text())"
        trace.append(line)
        tells(line)
    }

    /// One more of what this name counts.
    func count(_ name: String) { counts[name, default: 0] += 1 }

    // MARK: time

    /// Happens later; if a site does it, only while its process is still the one that lives now.
    func after(_ delay: Int64, in site: Site? = nil, _ run: @escaping Run) {
        order += 1
        let event = Event(at: now + max(0, delay), order: order, site: site, run: run)
        var low = 0
        var high = queue.count
        while low < high {
            let middle = (low + high) / 2
            if (queue[middle].at, queue[middle].order) > (event.at, event.order) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        queue.insert(event, at: low)
    }

    /// Runs what is due until `time`.
    func run(until time: Int64) throws {
        while let next = queue.last, next.at <= time {
            queue.removeLast()
            now = max(now, next.at)
            try surviving { try next.site.map { try whenAwake($0, next.run) } ?? next.run(self) }
        }
        now = time
    }

    // MARK: network

    /// Calls whose former reply a broken proxy may give again.
    private static let replayed: [ProtocolCall] = [.pull, .push, .snapshot, .fetch, .probe]

    /// Carries out what a link asks for.
    func carryOut(_ actions: [LinkAction], _ site: Site) throws {
        for action in actions {
            switch action {
            case .send(let lane, let request):
                try Storms.asked(lane, by: site)
                send(request, lane, site)
            case .sleep(let lane, let until):
                try Storms.paused(lane, of: site, for: until - site.clock(now))
                wake(site, lane, at: now + until - site.clock(now))
            case .abandon: preconditionFailure("nobody hurries a simulated link")
            case .purge:
                let former = try ReceiptsAreTrue.signed(by: site)
                let isPurged = try running(site) {
                    try site.department.signReceipts(now: now) { try site.medium.purge() }
                }
                try ReceiptsAreTrue.judge(site, since: former)
                if isPurged { try step(site, .purged) }
            }
        }
    }

    /// One step of a department's link and what it asks for.
    func step(_ site: Site, _ input: LinkInput) throws {
        try carryOut(try running(site) { try site.link.step(input, now: site.clock(now)) }, site)
        try Invariants.step(site)
    }

    /// Wakes a lane later, unless something else comes first.
    func wake(_ site: Site, _ lane: Lane, at time: Int64) {
        let life = site.life
        let timer = site.timer(lane)
        after(time - now, in: site) { city in
            guard site.life == life, site.isCurrent(lane, timer) else { return }
            try city.step(site, .woke(lane))
        }
    }

    /// Hears the reply to a request, or that there will be none.
    typealias Finish = (City, WireResponse?) throws -> Void

    private func send(_ request: WireRequest, _ lane: Lane, _ site: Site) {
        let life = site.life
        let timer = site.timer(lane)
        site.asking.insert(lane)
        let finish: Finish = { city, response in
            try city.whenAwake(site) { city in
                guard site.life == life, site.isCurrent(lane, timer) else { return }
                _ = site.timer(lane)
                site.asking.remove(lane)
                try city.step(site, response.map { .replied(lane, $0) } ?? .failed(lane, retryAfter: nil))
            }
        }
        after(10_000) { try finish($0, nil) }
        guard !site.isCut, !site.isMute, !random.chance(faults.loss) else { return count("loss") }
        if fourth.chance(faults.cut) { return cut(request, site, finish) }
        if fifth.chance(faults.portal) { return portal(finish) }
        let copies = random.chance(faults.duplication) ? 2 : 1
        if copies == 2 { count("duplication") }
        site.sent += 1
        let number = site.sent
        for _ in 0..<copies {
            let delay = 1 + Int64(random.below(Int(faults.delay)))
            if delay > 1_000 { count("delay") }
            after(delay) { try $0.arrived(request, number, site, finish) }
        }
    }

    /// A request has come to the office; what it answers goes back.
    private func arrived(_ request: WireRequest, _ number: Int, _ site: Site, _ finish: @escaping Finish) throws {
        if number < site.arrived { count("reordering") }
        site.arrived = max(site.arrived, number)
        guard let served = try answer(request, site) else { return }
        var (restores, response) = (officeRestores, served)
        let call = request.path + (request["stream"] ?? "")
        if random.chance(faults.replay), let asked = request.call, Self.replayed.contains(asked),
            let former = random.pick(site.formerReplies[call] ?? [])
        {
            count("replay")
            (restores, response) = former
        } else {
            site.formerReplies[call, default: []].append((restores, response))
            if site.formerReplies[call, default: []].count > 12 { site.formerReplies[call]?.removeFirst() }
        }
        guard !site.isCut, !site.isDeaf, !random.chance(faults.loss) else { return count("loss") }
        if fourth.chance(faults.cut) { return cut(response, finish) }
        let arrived = try doctored(response, request, site)
        after(1 + Int64(random.below(Int(faults.delay))), in: site) { [restores] city in
            try finish(city, arrived)
            if restores != city.officeRestores { try Remembered.forgetLeft(site, city) }
        }
    }

    /// The office's reply; a push that came over the network may enter in pieces, between which others act.
    func serve(_ request: WireRequest, _ site: Site, inPieces: Bool = false) throws -> WireResponse {
        if asksAllowList, let state = try officeStore.read({ try $0.node(site.name)?.state }), state != .active {
            return .refusal(403, state == .revoked ? .revoked : .frozen, "the key of \(site.name) is \(state.rawValue)")
        }
        let handling = { [officeNow] (office: Office) in
            try office.handle(request, peer: site.name, now: officeNow, mayWait: false)
        }
        let answer = try inPieces ? runningLong("push", handling) : runningOffice { try handling(office) }
        guard case .reply(let response, _) = answer else {
            throw Violation(invariant: "protocol", seen: "the office waits though it may not")
        }
        note(
            "\(site.name) \(request.method) \(request.target) -> \(response.status) \(response.errorCode?.rawValue ?? "")"
        )
        days.exchanges += 1
        try Checkers.reply(response, to: request, of: site, in: self)
        countAnswers(response, request)
        return response
    }
}
