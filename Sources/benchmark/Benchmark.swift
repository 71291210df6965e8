import Glibc

/// `benchmark [--small] [--keep] [FIGURE…]`: measures this machine and Kartoteka on it, a JSON line a figure.
///
/// The same program plays the nodes: with `--play` first it is a child of a benchmark and does one role (`Player`).
/// Exit 0 if every figure was measured, 1 with one line on standard error otherwise; figures printed before the failure
/// stand.
@main
struct Benchmark {
    static func main() {
        var arguments = Array(CommandLine.arguments.dropFirst())
        do {
            if arguments.first == Player.option {
                Player.outliveNobody()
                return try Player.play(Array(arguments.dropFirst()))
            }
            if arguments.contains("--help") { return print(help) }
            let isSmall = arguments.contains("--small")
            let keeps = arguments.contains("--keep")
            arguments.removeAll { $0 == "--small" || $0 == "--keep" }
            if isSmall, keeps { throw Failure("--small only shows that it runs: what it says is not kept") }
            if let unknown = arguments.first(where: { name in !Figures.names.contains(name) }) {
                throw Failure("\(unknown) is no figure. The figures: " + Figures.names.joined(separator: ", "))
            }
            let record = keeps ? try FigureRecord() : nil
            try Figures.run(arguments.isEmpty ? Figures.names : arguments, size: Size(isSmall: isSmall)) {
                Console.say($0.line($1))
                try record?.keep($0, $1)
            }
        } catch {
            Console.complain("\(error)")
            exit(1)
        }
    }

    private static let help = """
        benchmark [--small] [--keep] [FIGURE…]
        Measures the figures named, or all, and prints a JSON line for each, with the machine's own baselines of the same run.
        Build it for release: swift build -c release --product benchmark
          --small   everything at a twentieth of the size: only to see that it runs
          --keep    also adds each figure's ratio to this machine's baseline to .ci/figures.jsonl, with the commit it was built on
        Figures: \(Figures.names.joined(separator: ", "))
        Example: benchmark push.operationsPerSecond pull.entriesPerSecond.100k
        """
}

/// What stopped a measurement.
struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// How much is measured.
struct Size {
    let isSmall: Bool
    /// A twentieth with `--small`, but never nothing: a loop over no elements would divide by zero.
    func of(_ full: Int) -> Int { isSmall ? max(1, full / 20) : full }
}
