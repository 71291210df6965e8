import Glibc
import Simulator

/// The process that simulates, so that one which crashes or does not end leaves somebody to say with which seed.
enum Child {
    /// Which events a parent wants to hear.
    enum Events { case none, last, all }

    /// How many events of a failed seed are shown without `--trace`.
    static let lastEvents = 40

    /// Every so many seeds one is run twice, and must repeat itself.
    static let repeats: UInt64 = 100

    /// Simulates the seeds and tells the parent, line by line; ends at the first that fails.
    ///
    /// A seed that is over the limit is ended by the system, so that a loop without an end is, and also if the parent is gone.
    static func work(_ options: Options) -> Never {
        signal(SIGALRM, SIG_DFL)
        var totals: [String: Int] = [:]
        var days = CityDays()
        var longest: Int64 = 0
        var failure: String?
        for seed in options.first..<(options.first + options.count) where failure == nil {
            tell("begin \(seed)")
            alarm(options.limit)
            var simulation = options.simulation(of: seed)
            if options.tellsEvents {
                simulation.keepsTrace = true
                simulation.tells = { tell("event \($0)") }
            }
            let isRepeated = seed % repeats == 0 && !options.tellsEvents && options.mode == .check
            simulation.takesFingerprint = isRepeated || options.mode == .fingerprint
            let report = simulation.run()
            if options.mode == .fingerprint {
                tell("fingerprint \(seed) \(report.fingerprint)")
                continue
            }
            if isRepeated { alarm(options.limit) }
            for (name, value) in report.counts { totals[name, default: 0] += value }
            days.add(report.days)
            longest = max(longest, report.settled)
            switch report.verdict {
            case .agreed where isRepeated:
                let again = simulation.run()
                days.add(again.days)
                if again.fingerprint == report.fingerprint { break }
                failure = "failed 2 I17 same seed, same trace: two runs differ (simulate \(seed) --fingerprint)"
            case .agreed: break
            case .wrong(let what): failure = "failed 2 \(what)"
            case .unsettled(let what): failure = "failed 3 \(what)"
            }
        }
        for name in totals.keys.sorted() { tell("count \(totals[name] ?? 0) \(name)") }
        for part in CityDays.parts { tell("days \(days[keyPath: part.path]) \(part.name)") }
        tell("settled \(longest)")
        if let failure { tell(failure.replacing("\n", with: " ")) }
        exit(0)
    }

    /// A line to the parent, at once: a process that crashes takes what it had kept along.
    private static func tell(_ line: String) {
        var left = Array((line + "\n").utf8)[...]
        while !left.isEmpty {
            let count = left.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0 && errno != EINTR { exit(71) }
            left = left.dropFirst(max(0, count))
        }
    }

    /// What a child told before it ended.
    struct Story {
        var seed: UInt64 = 0
        var totals: [String: Int] = [:]
        var settled: Int64 = 0
        var days = CityDays()
        var failure: (code: Int32, what: String)?
        /// The last events, if they were asked for.
        var events: [String] = []

        /// Reads a line of the child; what is told whole is printed at once.
        mutating func read(_ line: String, _ wanted: Events) {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2 else { return }
            let rest = String(words[1])
            switch words[0] {
            case "begin": seed = UInt64(rest) ?? seed
            case "settled": settled = Int64(rest) ?? 0
            case "fingerprint": print(rest)
            case "event" where wanted == .all:
                print(rest)
                // Whoever reads through a pipe sees how far a seed came that does not end.
                fflush(nil)
            case "event":
                // Polls that brought nothing new would crowd out what happened.
                if rest.contains("/sync/v1/pull?"), rest.hasSuffix("-> 200 ") { return }
                events.append(rest)
                if events.count > lastEvents { events.removeFirst() }
            case "count", "failed", "days":
                let parts = rest.split(separator: " ", maxSplits: 1)
                guard parts.count == 2, let number = Int32(parts[0]) else { return }
                let name = String(parts[1])
                switch words[0] {
                case "failed": failure = (number, name)
                case "count": totals[name] = Int(number)
                default: for part in CityDays.parts where part.name == name { days[keyPath: part.path] = Int(number) }
                }
            default: break
            }
        }
    }

    /// Runs a child over seeds.
    static func run(_ options: Options, first: UInt64, count: UInt64, events: Events = .none) -> Story {
        var arguments = ["simulate", String(first), String(count), "--limit", String(options.limit)] + options.words
        arguments.append("--child")
        if options.mode == .fingerprint { arguments.append("--fingerprint") }
        if events != .none { arguments.append("--events") }
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { fail("a pipe could not be made") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var child: pid_t = 0
        let failed = posix_spawn(&child, "/proc/self/exe", &actions, nil, &words, environ)
        for word in words { free(word) }
        posix_spawn_file_actions_destroy(&actions)
        close(ends[1])
        guard failed == 0 else { fail("the process that simulates could not be started: \(failed)") }
        var story = Story()
        if let input = fdopen(ends[0], "r") {
            var line: UnsafeMutablePointer<CChar>?
            var capacity = 0
            while getline(&line, &capacity, input) > 0 {
                guard let line else { break }
                story.read(String(cString: line).split(separator: "\n").first.map(String.init) ?? "", events)
            }
            free(line)
            fclose(input)
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7F
        if signal == SIGALRM {
            story.failure = (3, "did not end within \(options.limit) s")
        } else if signal != 0 {
            story.failure = (4, "crashed by signal \(signal)")
        } else if status != 0 {
            story.failure = (4, "the process that simulates ended with \(status >> 8)")
        }
        return story
    }

    private static func fail(_ what: String) -> Never {
        print("simulate: \(what)")
        exit(71)
    }
}
