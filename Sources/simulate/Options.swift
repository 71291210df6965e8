import Simulator

/// What the command line asks for.
struct Options {
    enum Mode { case check, fingerprint, bisect, ablate(String) }

    static let usage = """
        usage: simulate SEED [COUNT] [--profile fast|disk] [--steps N] [--departments N] [--draw first|all] [--disasters]
                             [--idle MS]
                             [--trace | --fingerprint | --bisect | --coverage | --without RULE|all|covered [--first]]
        exit: 0 agreed, 2 wrong, 3 not settled in time, 4 crashed, 5 something was never met, 64 usage
        """

    var mode = Mode.check
    var first: UInt64 = 0
    var count: UInt64 = 1
    var profile = Simulation.Profile.fast
    var draw = Simulation.Draw.all
    var stepsGiven: Int?
    var steps = 300
    var departments: Int?
    var idle: Int64 = 500
    var isDisastrous = false
    var showsTrace = false
    var wantsCoverage = false
    /// Of a rule taken away only the first seed that notices is looked for.
    var stopsAtFirst = false
    /// The process that does the work, and tells its parent line by line.
    var isChild = false
    /// The child tells every event too.
    var tellsEvents = false

    /// Nil if the command line is not in the form of `usage`.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        var plain: [UInt64] = []
        while let word = rest.popFirst() {
            switch word {
            case "--trace": showsTrace = true
            case "--disasters": isDisastrous = true
            case "--coverage": wantsCoverage = true
            case "--fingerprint": mode = .fingerprint
            case "--first": stopsAtFirst = true
            case "--bisect": mode = .bisect
            case "--child": isChild = true
            case "--events": tellsEvents = true
            case "--profile", "--draw", "--steps", "--departments", "--idle", "--without":
                guard let value = rest.popFirst(), take(word, value) else { return nil }
            default:
                guard let number = UInt64(word) else { return nil }
                plain.append(number)
            }
        }
        guard (1...2).contains(plain.count), let first = plain.first else { return nil }
        self.first = first
        if plain.count == 2 { count = plain[1] }
        guard count > 0, first <= .max - count else { return nil }
    }

    private mutating func take(_ option: String, _ value: String) -> Bool {
        switch option {
        case "--profile":
            guard let value = Simulation.Profile(rawValue: value) else { return false }
            profile = value
        case "--draw":
            guard let value = Simulation.Draw(rawValue: value) else { return false }
            draw = value
        case "--steps":
            guard let value = Int(value), value >= 0 else { return false }
            steps = value
            stepsGiven = value
        case "--departments":
            guard let value = Int(value), (1...64).contains(value) else { return false }
            departments = value
        case "--idle":
            guard let value = Int64(value), (1...60_000).contains(value) else { return false }
            idle = value
        default: mode = .ablate(value)
        }
        return true
    }

    func simulation(of seed: UInt64) -> Simulation {
        var simulation = Simulation(seed: seed)
        simulation.profile = profile
        simulation.draw = draw
        simulation.steps = steps
        simulation.departments = departments
        simulation.idleSleep = idle
        simulation.isDisastrous = isDisastrous
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
        return words
    }

    func replay(_ seed: UInt64) -> String { "again: simulate \(seed) \(words.joined(separator: " ")) --trace" }
}
