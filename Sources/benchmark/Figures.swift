import CanonicalJSON
import Desk
import Glibc

/// All figures, and which measurement gives them.
///
/// A measurement may give several figures, since they come from the same minutes; asking for one of them runs it whole.
enum Figures {
    private typealias Measurement = @Sendable (Stage, Size) throws -> [Figure]

    private static let measurements: [(figures: [String], run: Measurement)] = [
        (["push.operationsPerSecond", "author.operationsPerSecond"], PushFigures.pages),
        (["push.singleWritesPerSecond"], PushFigures.singleWrites),
        (["pull.entriesPerSecond.10k", "pull.peakMemory.10k"], { try PullFigures.fresh($0, $1.of(10_000), "10k") }),
        (
            ["pull.entriesPerSecond.100k", "pull.peakMemory.100k"],
            { try PullFigures.fresh($0, $1.of(100_000), "100k") }
        ),
        (["import.cardsPerSecond", "import.peakMemory"], ImportFigures.cards),
        (["pull.rowsPerSecond"], PullFigures.byLog),
        (["pull.bytesPerRowByte"], CatchUpFigures.bytes),
        (["pull.isolationRatio"], PullFigures.isolation),
        (["propagation.p50", "propagation.p99"], PropagationFigures.calm),
        (["propagation.p99.loaded"], PropagationFigures.loaded),
        (["idle.bytesPerConnection"], RestFigures.idle),
        (["idle.bytesReadPerHour"], IdleFigures.bytesRead),
        (["rest.residentMemory"], RestFigures.atRest),
        (["restart.milliseconds"], RestFigures.restart),
        (["web.listPage.p99", "web.card.p99", "web.act.p99"], WebFigures.atWork),
        (["web.listPage.growth"], WebFigures.growth),
        (["web.bytesPerStream"], WebFigures.streams),
        (["web.search.p99"], MillionFigures.search),
        (MillionFigures.names, MillionFigures.office),
        (["million.purgeWords.stepMax"], MillionFigures.words),
        (["million.backup.longestSilence"], MillionFigures.backup),
        (
            ["web.firstPaint.p95", "web.action.p95", "web.coldStart", "web.warmStart"],
            BrowserFigures.pages
        ),
    ]

    static let names = measurements.flatMap(\.figures)

    /// Each measurement on a stage of its own; the baselines right before it, under the same conditions.
    ///
    /// `tell` gets each figure as soon as it is known.
    /// The stage is removed even if the measurement throws. What `tell` throws ends the run.
    static func run(_ wanted: [String], size: Size, _ tell: (Figure, Baselines) throws -> Void) throws {
        for measurement in measurements where measurement.figures.contains(where: wanted.contains) {
            let stage = try Stage()
            defer { stage.clear() }
            let baselines = try Baselines(directory: stage.root, size: size)
            for var figure in try measurement.run(stage, size) where wanted.contains(figure.name) {
                figure.conditions["cores"] = .integer(Int64(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
                figure.conditions["small"] = .bool(size.isSmall)
                try tell(figure, baselines)
            }
        }
    }
}
