import Glibc
import Simulator

// simulate SEED [COUNT] [--steps N] [--departments N] [--profile fast|disk] [--disasters] [--trace]
// Exit 0 agreed, 2 wrong, 3 not settled in time, 64 usage.

var arguments = Array(CommandLine.arguments.dropFirst())

@MainActor func option(_ name: String) -> Int? {
    guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else { return nil }
    defer { arguments.removeSubrange(place...place + 1) }
    return Int(arguments[place + 1])
}

@MainActor func word(_ name: String) -> String? {
    guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else { return nil }
    defer { arguments.removeSubrange(place...place + 1) }
    return arguments[place + 1]
}

let profileName = word("--profile") ?? "fast"
let stepsGiven = option("--steps")
let steps = stepsGiven ?? 300
let departments = option("--departments") ?? 3
let traces = arguments.contains("--trace")
let isDisastrous = arguments.contains("--disasters")
let stopsAtFirst = arguments.contains("--first")
arguments.removeAll { $0 == "--first" || $0 == "--trace" || $0 == "--disasters" }

var without: String?
if let place = arguments.firstIndex(of: "--without"), place + 1 < arguments.count {
    without = arguments[place + 1]
    arguments.removeSubrange(place...place + 1)
}

guard let first = arguments.first.flatMap({ UInt64($0) }), arguments.count <= 2,
    let profile = Simulation.Profile(rawValue: profileName)
else {
    print(
        "usage: simulate SEED [COUNT] [--steps N] [--departments N] [--profile fast|disk] [--disasters] [--trace] [--without RULE|all|covered [--first]]"
    )
    exit(64)
}
let count = arguments.count > 1 ? UInt64(arguments[1]) ?? 1 : 1
if let without {
    let isRight = ablate(without, first: first, count: count, steps: stepsGiven, stops: stopsAtFirst)
    exit(isRight ? 0 : 2)
}
var totals: [String: Int] = [:]
for seed in first..<(first + count) {
    var simulation = Simulation(seed: seed)
    simulation.profile = profile
    simulation.steps = steps
    simulation.departments = departments
    simulation.keepsTrace = traces
    simulation.isDisastrous = isDisastrous
    let report = simulation.run()
    for (name, value) in report.counts { totals[name, default: 0] += value }
    switch report.verdict {
    case .agreed: continue
    case .wrong(let what), .unsettled(let what):
        for line in report.trace.suffix(traces ? 100_000 : 0) { print(line) }
        print("seed \(seed): \(what)")
        print(
            "again: simulate \(seed) --steps \(steps) --departments \(departments)\(profile == .fast ? "" : " --profile \(profile.rawValue)")\(isDisastrous ? " --disasters" : "") --trace"
        )
        if case .wrong = report.verdict { exit(2) }
        exit(3)
    }
}
print("\(count) seeds agreed")
for name in totals.keys.sorted() { print("  \(name): \(totals[name] ?? 0)") }
