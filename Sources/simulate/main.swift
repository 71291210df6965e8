import Glibc
import Simulator

// Exit 0 agreed, 2 wrong, 3 not settled in time, 4 crashed, 5 something was never met, 64 usage.

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
    print(Options.usage)
    exit(64)
}
if options.isChild { Child.work(options) }

/// How many events of a failed seed are shown without `--trace`.
let lastEvents = 40

switch options.mode {
case .check: check(options)
case .fingerprint:
    for seed in options.first..<(options.first + options.count) {
        var simulation = options.simulation(of: seed)
        simulation.takesFingerprint = true
        print("\(seed) \(simulation.run().fingerprint)")
    }
case .bisect: bisect(options)
case .ablate(let rule): exit(ablate(rule, options) ? 0 : 2)
}

/// Simulates all seeds, tells what came of them and ends.
func check(_ options: Options) -> Never {
    let isStory = options.showsTrace && options.count == 1
    let story = Child.run(options, first: options.first, count: options.count, events: isStory ? .max : 0)
    if story.failure != nil || story.signal != 0 { explain(story, options) }
    for event in story.events { print(event) }
    print("\(options.count) seeds agreed; the slowest settled in \(story.settled / 1_000) s of its clock")
    for name in story.totals.keys.sorted() { print("  \(name): \(story.totals[name] ?? 0)") }
    print(speed(story.days))
    let isFull = options.draw == .all && options.count >= Coverage.fullRun
    guard options.wantsCoverage || isFull else { exit(0) }
    let missing = Coverage.missing(in: story.totals, options.profile)
    guard missing.isEmpty else {
        print("never met: \(missing.joined(separator: ", "))")
        exit(5)
    }
    print("everything of \(Coverage.expected(options.profile).count) was met")
    exit(0)
}

/// The days of a city that were simulated, and how many a second of processor time.
func speed(_ days: CityDays) -> String {
    func seconds(_ who: __rusage_who_t) -> Double {
        var usage = rusage()
        guard getrusage(who, &usage) == 0 else { return 0 }
        let (user, system) = (usage.ru_utime, usage.ru_stime)
        return Double(user.tv_sec + system.tv_sec) + Double(user.tv_usec + system.tv_usec) / 1_000_000
    }
    func tenths(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
    let spent = max(seconds(RUSAGE_SELF.rawValue) + seconds(RUSAGE_CHILDREN.rawValue), 0.001)
    let (whole, limit) = days.whole
    let parts = CityDays.parts.map { "\(days[keyPath: $0.path]) \($0.name)" }.joined(separator: ", ")
    return "city-days: \(tenths(whole)) in \(tenths(spent)) s of CPU: \(tenths(whole / spent)) a second "
        + "(limited by \(limit); \(parts))"
}

/// The last events of a seed that failed, what was wrong, and the command that shows it again.
func explain(_ story: Child.Story, _ options: Options) -> Never {
    let again = Child.run(options, first: story.seed, count: 1, events: options.showsTrace ? .max : lastEvents)
    for event in again.events { print(event) }
    if let failure = story.failure {
        print("seed \(story.seed): \(failure.what)")
    } else {
        print("seed \(story.seed): crashed by signal \(story.signal)")
    }
    print(options.replay(story.seed))
    exit(story.failure?.code ?? 4)
}

/// The least number of steps with which a seed still fails.
func bisect(_ options: Options) -> Never {
    var options = options
    func fails(_ steps: Int) -> Child.Story? {
        options.steps = steps
        let story = Child.run(options, first: options.first, count: 1, events: 0)
        return story.failure != nil || story.signal != 0 ? story : nil
    }
    guard var failure = fails(options.steps) else {
        print("seed \(options.first) agrees")
        exit(0)
    }
    // NB: fewer steps need not be a part of the same trouble; each try says for itself whether it fails.
    var (good, bad) = (0, options.steps)
    while bad - good > 1 {
        let middle = (good + bad) / 2
        if let story = fails(middle) { (bad, failure) = (middle, story) } else { good = middle }
    }
    options.steps = bad
    explain(failure, options)
}
