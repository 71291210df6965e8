extension MemoryTransaction {
    func seriesLast(_ series: String) throws -> Int64 { state.series[series] ?? 0 }

    func setSeriesLast(_ series: String, _ number: Int64) throws {
        let former = state.series.updateValue(number, forKey: series)
        undo.append { $0.series[series] = former }
    }
}
