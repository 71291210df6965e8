package import Appeals
import Replication

extension Desk {
    /// The index that the next registration by this mark gets, unless somebody else comes first.
    package func nextIndex(_ mark: IndexSeries.Mark) throws -> RegistrationIndex? {
        try read { reading in
            let series = try series(mark, reading), spaces = try spaces(reading)
            var last = try reading.seriesLast(series.description)
            for _ in 0..<Self.takenAtMost {
                guard let index = RegistrationIndex.next(in: series, after: Int(clamping: last)) else { return nil }
                let taken = try reading.key(
                    spaces.appeals,
                    generation: spaces.appealsGeneration,
                    index: index.description
                )
                if taken == nil { return index }
                last += 1
            }
            return nil
        }
    }

    /// How many numbers that an import took ahead of a series are passed over before no number is foretold.
    private static let takenAtMost = 100
}
