import CanonicalJSON
import Glibc

/// `.ci/figures.jsonl`: what was measured at which commit, as ratios that another machine can compare with its own.
struct FigureRecord {
    private static let path = ".ci/figures.jsonl"

    /// What a figure is divided by; others are what they are on any machine.
    private static let baseline: [String: @Sendable (Baselines) -> (name: String, value: Double)] = {
        let verifications = { @Sendable (b: Baselines) in ("p256.verificationsPerSecond", b.verificationsPerSecond) }
        let inserts = { @Sendable (b: Baselines) in ("sqlite.insertsPerSecond", b.insertsPerSecond) }
        let commits = { @Sendable (b: Baselines) in ("sqlite.commitsPerSecond", b.commitsPerSecond) }
        let p50 = { @Sendable (b: Baselines) in ("sqlite.commitLatency.p50", b.latencyP50) }
        let p99 = { @Sendable (b: Baselines) in ("sqlite.commitLatency.p99", b.latencyP99) }
        return [
            "push.operationsPerSecond": verifications, "author.operationsPerSecond": verifications,
            "push.singleWritesPerSecond": commits, "import.cardsPerSecond": verifications,
            "pull.entriesPerSecond.10k": inserts, "pull.entriesPerSecond.100k": inserts, "pull.rowsPerSecond": inserts,
            "propagation.p50": p50, "propagation.p99": p99, "propagation.p99.loaded": p99,
            "web.act.p99": p99,
        ]
    }()

    /// The commit that is checked out: what is measured may have changes on top of it, hence a parent.
    private let parent: String

    /// Refuses to be made outside a checkout: a figure without its commit says nothing.
    ///
    /// Reads `.git` by itself, loose references first and then packed ones as git does, so that no program has to be
    /// installed.
    init() throws {
        let head = TextFile.lines(".git/HEAD").first ?? ""
        let name = head.hasPrefix("ref: ") ? String(head.dropFirst(5)) : ""
        let loose = name.isEmpty ? head : TextFile.lines(".git/" + name).first
        let packed = TextFile.lines(".git/packed-refs").first { $0.hasSuffix(" " + name) }
        guard let hash = loose ?? packed.map({ String($0.prefix { $0 != " " }) }), !hash.isEmpty else {
            throw Failure("--keep needs the project's directory with its .git: \(Self.path) names the commit")
        }
        parent = hash
    }

    /// Adds a line; nothing that stands there is changed.
    ///
    /// Appended in one `fwrite` of one line, so that a run that is cut short leaves whole lines. `ratio` is absent
    /// where a figure has no baseline, or the baseline is 0.
    func keep(_ figure: Figure, _ baselines: Baselines) throws {
        var line: JSONObject = [
            "figure": .string(figure.name), "parent": .string(parent), "unit": .string(figure.unit),
            "value": .double(Figure.rounded(figure.value)),
        ]
        if let (name, value) = Self.baseline[figure.name]?(baselines), value > 0 {
            line["of"] = .string(name)
            line["ratio"] = .double((figure.value / value * 1_000).rounded() / 1_000)
        }
        guard let file = fopen(Self.path, "a") else { throw Failure("\(Self.path) cannot be written") }
        defer { fclose(file) }
        let bytes = JSON.object(line).canonicalBytes() + [10]
        let written = fwrite(bytes, 1, bytes.count, file)
        guard written == bytes.count else { throw Failure("\(Self.path) cannot be written") }
    }
}
