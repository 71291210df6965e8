import Glibc
import Simulator

// Exit 0 agreed, 2 wrong, 3 not settled in time or not ended, 4 crashed, 5 something was never met, 64 usage.

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
    print(Options.usage)
    exit(64)
}
if options.isChild { Child.work(options) }
if !options.ablations.isEmpty { exit(ablate(options) ? 0 : 2) }
switch options.mode {
case .check: check(options)
case .fingerprint:
    let story = Child.run(options, first: options.first, count: options.count)
    if story.failure != nil { explain(story, options) }
case .bisect: bisect(options)
case .met:
    var totals: [String: Int] = [:]
    while let line = readLine() {
        // Names have colons too: `  poison: unreadable: 12`.
        guard line.hasPrefix("  "), let colon = line.lastIndex(of: ":") else { continue }
        let name = String(line[..<colon].dropFirst(2))
        totals[name, default: 0] += Int(line[colon...].dropFirst(2)) ?? 0
    }
    end(totals, options)
}

/// Simulates all seeds, tells what came of them and ends.
func check(_ options: Options) -> Never {
    let isStory = options.showsTrace && options.count == 1
    let story = Child.run(options, first: options.first, count: options.count, events: isStory ? .all : .none)
    if story.failure != nil { explain(story, options) }
    print("\(options.count) seeds agreed; the slowest settled in \(story.settled / 1_000) s of its clock")
    for name in story.totals.keys.sorted() { print("  \(name): \(story.totals[name] ?? 0)") }
    print(speed(story.days))
    let isFull = options.draw == .all && options.count >= Coverage.fullRun
    guard options.wantsCoverage || isFull, options.ablation == nil else { exit(0) }
    end(story.totals, options)
}

/// Says what was never met, if there is such a thing, and ends.
func end(_ totals: [String: Int], _ options: Options) -> Never {
    let missing = Coverage.missing(in: totals, options.profile)
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
    let parts = CityDays.parts.filter { $0.path != \.nodeSeconds }.map { "\(days[keyPath: $0.path]) \($0.name)" }
        .joined(separator: ", ")
    return "city-days: \(tenths(whole)) in \(tenths(spent)) s of CPU: \(tenths(whole / spent)) a second "
        + "(limited by \(limit); \(parts)); \(tenths(days.nodeYears)) node-years of their clocks"
}

/// The last events of a seed that failed, what was wrong, and the command that shows it again.
func explain(_ story: Child.Story, _ options: Options) -> Never {
    if !(options.showsTrace && options.count == 1) {
        let again = Child.run(options, first: story.seed, count: 1, events: options.showsTrace ? .all : .last)
        for event in again.events { print(event) }
    }
    print("seed \(story.seed): \(story.failure?.what ?? "")")
    print(options.replay(story.seed))
    exit(story.failure?.code ?? 0)
}

/// The least number of steps with which a seed still fails.
func bisect(_ options: Options) -> Never {
    var options = options
    func fails(_ steps: Int) -> Child.Story? {
        options.stepsGiven = steps
        let story = Child.run(options, first: options.first, count: 1)
        return story.failure != nil ? story : nil
    }
    let all = options.steps
    guard var failure = fails(all) else {
        print("seed \(options.first) agrees")
        exit(0)
    }
    // NB: fewer steps need not be a part of the same trouble; each try says for itself whether it fails.
    var (good, bad) = (-1, all)
    while bad - good > 1 {
        let middle = (good + bad) / 2
        if let story = fails(middle) { (bad, failure) = (middle, story) } else { good = middle }
    }
    options.stepsGiven = bad
    print("seed \(options.first) fails with \(bad) steps\(good < 0 ? "" : ", not with \(good)")")
    explain(failure, options)
}
