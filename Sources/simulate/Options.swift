import Simulator

/// What the command line asks for.
struct Options {
    enum Mode: Equatable { case check, fingerprint, bisect, met }

    /// How long a seed may take, in seconds: most take less than two, one that is still busy after this will hardly end.
    static let limit: UInt32 = 120

    static let usage = """
        usage: simulate SEED [COUNT] [--profile fast|disk] [--steps N] [--departments N] [--draw first|second|all] [--disasters]
                             [--idle MS] [--limit SECONDS] [--trace | --fingerprint | --bisect | --coverage]
               simulate SEED [COUNT] --without RULE|all|covered [--first] [--steps N] [--departments N] [--limit SECONDS]
               simulate SEED [COUNT] --without RULE --trace|--fingerprint|--bisect [...]
               simulate --met [--profile fast|disk] < COUNTS

          --idle MS         how often a department with nothing to do asks (500)
          --limit SECONDS   a seed that takes longer did not end (\(limit)); 0: none
          --bisect          of one seed the least number of steps with which it fails
          --first           of each rule only until a seed notices
          --coverage        fails if something was never met; --met: of several runs, by the counts that they printed

        exit: 0 agreed, 2 wrong, 3 not settled in time or not ended, 4 crashed, 5 something was never met, 64 usage
        """

    var mode = Mode.check
    var first: UInt64 = 0
    var count: UInt64 = 1
    private var profileGiven: Simulation.Profile?
    var draw = Simulation.Draw.all
    var stepsGiven: Int?
    var departments: Int?
    var idle: Int64 = 500
    var isDisastrous = false
    var limit = Options.limit
    var showsTrace = false
    var wantsCoverage = false
    /// The rule that is missing from every seed.
    var ablation: Ablation?
    /// Rules that are to be taken away one after the other, to see which seeds notice.
    var ablations: [Ablation] = []
    /// Of a rule taken away only the first seed that notices is looked for.
    var stopsAtFirst = false
    /// The process that does the work, and tells its parent line by line.
    var isChild = false
    /// The child tells every event too.
    var tellsEvents = false

    var profile: Simulation.Profile { profileGiven ?? .fast }
    var steps: Int { stepsGiven ?? ablation?.steps ?? 300 }

    /// Nil if the command line is not in the form of `usage`.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        var plain: [UInt64] = []
        var modes: Set<String> = []
        var without: String?
        while let word = rest.popFirst() {
            switch word {
            case "--trace", "--fingerprint", "--bisect", "--coverage", "--met": modes.insert(word)
            case "--disasters": isDisastrous = true
            case "--first": stopsAtFirst = true
            case "--child": isChild = true
            case "--events": tellsEvents = true
            case "--without":
                guard let value = rest.popFirst() else { return nil }
                without = value
            case "--profile", "--draw", "--steps", "--departments", "--limit", "--idle":
                guard let value = rest.popFirst(), take(word, value) else { return nil }
            default:
                guard let number = UInt64(word) else { return nil }
                plain.append(number)
            }
        }
        guard modes.count <= 1 else { return nil }
        if modes == ["--met"], plain.isEmpty, without == nil {
            mode = .met
            return
        }
        guard (1...2).contains(plain.count), let first = plain.first, !modes.contains("--met") else { return nil }
        self.first = first
        if plain.count == 2 { count = plain[1] }
        guard count > 0, first <= .max - count else { return nil }
        showsTrace = modes.contains("--trace")
        wantsCoverage = modes.contains("--coverage")
        mode = modes.contains("--fingerprint") ? .fingerprint : modes.contains("--bisect") ? .bisect : .check
        if let without, !take(away: without) { return nil }
        guard mode != .bisect || count == 1, !stopsAtFirst || !ablations.isEmpty else { return nil }
    }

    private mutating func take(_ option: String, _ value: String) -> Bool {
        switch option {
        case "--profile":
            profileGiven = Simulation.Profile(rawValue: value)
            return profileGiven != nil
        case "--draw":
            guard let value = Simulation.Draw(rawValue: value) else { return false }
            draw = value
        case "--steps":
            guard let value = Int(value), value >= 0 else { return false }
            stepsGiven = value
        case "--limit":
            guard let value = UInt32(value) else { return false }
            limit = value
        case "--idle":
            guard let value = Int64(value), (1...60_000).contains(value) else { return false }
            idle = value
        default:
            guard let value = Int(value), (1...64).contains(value) else { return false }
            departments = value
        }
        return true
    }

    /// A rule that is missing brings its own faults and its own kind of disk.
    private mutating func take(away word: String) -> Bool {
        guard profileGiven == nil, draw == .all, !isDisastrous, !wantsCoverage else { return false }
        let found = Ablation.named(word)
        if isChild || showsTrace || mode != .check {
            ablation = found.first
            return found.count == 1
        }
        ablations = found
        return !found.isEmpty
    }

    func simulation(of seed: UInt64) -> Simulation {
        var simulation: Simulation
        if let ablation {
            simulation = Simulation(seed: seed, without: ablation)
        } else {
            simulation = Simulation(seed: seed)
            simulation.profile = profile
            simulation.draw = draw
            simulation.isDisastrous = isDisastrous
        }
        simulation.steps = steps
        simulation.idleSleep = idle
        if let departments { simulation.departments = departments }
        return simulation
    }

    /// What belongs to a seed, as words of a command line.
    var words: [String] {
        var words = ["--steps", String(steps)]
        if let departments { words += ["--departments", String(departments)] }
        if profile != .fast { words += ["--profile", profile.rawValue] }
        if draw != .all { words += ["--draw", draw.rawValue] }
        if idle != 500 { words += ["--idle", String(idle)] }
        if isDisastrous { words.append("--disasters") }
        if let ablation { words += ["--without", ablation.name] }
        return words
    }

    func replay(_ seed: UInt64) -> String {
        let quoted = words.map { $0.contains(" ") ? "'\($0)'" : $0 }
        return "again: simulate \(seed) \(quoted.joined(separator: " ")) --trace"
    }
}
