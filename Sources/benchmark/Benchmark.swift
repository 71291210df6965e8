import Glibc

/// `benchmark [--small] [FIGURE…]`: measures this machine and Kartoteka on it, a JSON line a figure.
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
            arguments.removeAll { $0 == "--small" }
            if let unknown = arguments.first(where: { name in !Figures.names.contains(name) }) {
                throw Failure("\(unknown) is no figure. The figures: " + Figures.names.joined(separator: ", "))
            }
            try Figures.run(arguments.isEmpty ? Figures.names : arguments, size: Size(isSmall: isSmall))
        } catch {
            Console.complain("\(error)")
            exit(1)
        }
    }

    private static let help = """
        benchmark [--small] [FIGURE…]
        Measures the figures named, or all, and prints a JSON line for each, with the machine's own baselines of the same run.
        Build it for release: swift build -c release --product benchmark
          --small   everything at a twentieth of the size: only to see that it runs
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
    func of(_ full: Int) -> Int { isSmall ? max(1, full / 20) : full }
}
