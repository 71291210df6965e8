import Appeals
import Replication

/// A registration number that a source brings: kept as it was told to people, if it is nobody else's.
struct ImportedNumber {
    /// How far beyond the last number of its series one still moves the series on; and how far at all.
    ///
    /// A register that is imported goes on where it ended; a mistyped number of nine digits ends no series. What is drawn
    /// passes over numbers that are taken.
    private static let reach = (step: 10_000, highest: 1_000_000)

    private let index: RegistrationIndex

    init(_ index: RegistrationIndex) { self.index = index }

    /// Throws `numberOfDepartment` for a number of a series that another node draws from, and `numberTaken` for one that an
    /// appeal has or had.
    func check(_ reading: any StoreReading) throws {
        if let department = index.series.department {
            throw DeskError.usage(
                "numberOfDepartment",
                uk:
                    "номер \(index) — з ряду вузла «\(department)», який дає такі номери сам; візьміть його в externalNumber",
                en:
                    "the number \(index) is of the series of the node \"\(department)\", which draws from it; map it to externalNumber"
            )
        }
        guard try reading.key(Space.appeals, generation: 0, index: index.description) != nil else { return }
        throw DeskError.usage(
            "numberTaken",
            uk: "номер \(index) вже має інше звернення; виправте його або візьміть в externalNumber",
            en: "another appeal has the number \(index); correct it, or map it to externalNumber"
        )
    }

    /// Checks it, and moves its series on if it lies near its end.
    func take(_ transaction: any StoreTransaction) throws {
        try check(transaction)
        let series = index.series.description
        let last = try transaction.seriesLast(series)
        guard index.number > last, index.number <= last + Int64(Self.reach.step), index.number <= Self.reach.highest
        else { return }
        try transaction.setSeriesLast(series, Int64(index.number))
    }
}
