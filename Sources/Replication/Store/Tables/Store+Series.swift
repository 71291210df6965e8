/// Series of registration numbers.
public protocol SeriesReading: AnyObject {
    /// The last number taken of a series; 0 if none was.
    func seriesLast(_ series: String) throws -> Int64
}

/// Changes of series.
public protocol SeriesWriting: SeriesReading {
    /// Says which number of a series was taken last.
    func setSeriesLast(_ series: String, _ number: Int64) throws
}
