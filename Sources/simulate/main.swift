import Glibc
import Simulator

// simulate SEED [COUNT] [--steps N] [--departments N] [--trace]
// Exit 0 agreed, 2 wrong, 3 not settled in time, 64 usage.

var arguments = Array(CommandLine.arguments.dropFirst())

@MainActor func option(_ name: String) -> Int? {
    guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else { return nil }
    defer { arguments.removeSubrange(place...place + 1) }
    return Int(arguments[place + 1])
}

let steps = option("--steps") ?? 300
let departments = option("--departments") ?? 3
let traces = arguments.contains("--trace")
arguments.removeAll { $0 == "--trace" }

guard let first = arguments.first.flatMap({ UInt64($0) }), arguments.count <= 2 else {
    print("usage: simulate SEED [COUNT] [--steps N] [--departments N] [--trace]")
    exit(64)
}
let count = arguments.count > 1 ? UInt64(arguments[1]) ?? 1 : 1
var totals: [String: Int] = [:]
for seed in first..<(first + count) {
    var simulation = Simulation(seed: seed)
    simulation.steps = steps
    simulation.departments = departments
    simulation.keepsTrace = traces
    let report = simulation.run()
    for (name, value) in report.counts { totals[name, default: 0] += value }
    switch report.verdict {
    case .agreed: continue
    case .wrong(let what), .unsettled(let what):
        for line in report.trace.suffix(traces ? 100_000 : 0) { print(line) }
        print("seed \(seed): \(what)")
        print("again: simulate \(seed) --steps \(steps) --departments \(departments) --trace")
        if case .wrong = report.verdict { exit(2) }
        exit(3)
    }
}
print("\(count) seeds agreed")
for name in totals.keys.sorted() { print("  \(name): \(totals[name] ?? 0)") }
