import Glibc
import Simulator

/// The process that simulates, so that one which crashes leaves somebody to say with which seed.
enum Child {
    /// Every so many seeds one is run twice, and must repeat itself.
    static let repeats: UInt64 = 100

    /// Simulates the seeds and tells the parent, line by line; ends at the first that fails.
    static func work(_ options: Options) -> Never {
        var totals: [String: Int] = [:]
        var days = CityDays()
        var longest: Int64 = 0
        var failure: String?
        for seed in options.first..<(options.first + options.count) where failure == nil {
            tell("begin \(seed)")
            var simulation = options.simulation(of: seed)
            if options.tellsEvents {
                simulation.keepsTrace = true
                simulation.tells = { tell("event \($0)") }
            }
            let isRepeated = seed % repeats == 0 && !options.tellsEvents
            simulation.takesFingerprint = isRepeated
            let report = simulation.run()
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
        /// The last events, or all.
        var events: [String] = []
        var signal: Int32 = 0

        /// Reads a line of the child.
        mutating func read(_ line: String, keep: Int) {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2 else { return }
            let rest = String(words[1])
            switch words[0] {
            case "begin": seed = UInt64(rest) ?? seed
            case "settled": settled = Int64(rest) ?? 0
            case "event":
                // Polls that brought nothing new would crowd out what happened.
                if keep < .max, rest.contains("/sync/v1/pull?"), rest.hasSuffix("-> 200 ") { return }
                events.append(rest)
                if events.count > keep { events.removeFirst(events.count - keep) }
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

    /// Runs a child over seeds; keeps so many of the last events, if it is to tell them.
    static func run(_ options: Options, first: UInt64, count: UInt64, events keep: Int) -> Story {
        var arguments = ["simulate", String(first), String(count)] + options.words + ["--child"]
        if keep > 0 { arguments.append("--events") }
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
                story.read(String(cString: line).split(separator: "\n").first.map(String.init) ?? "", keep: keep)
            }
            free(line)
            fclose(input)
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        story.signal = status & 0x7F
        return story
    }

    private static func fail(_ what: String) -> Never {
        print("simulate: \(what)")
        exit(71)
    }
}
