import Appeals
import Cryptography
import Finding
import Storage

/// How many appeals a planted office has, whose they are and when they came.
///
/// In each round every department gets one appeal, and the first one more: it has twice as many as the others. The rounds go
/// through nine years.
struct Plan: Sendable {
    /// Changes with whatever is planted.
    private static let version = 3

    let departments: Int
    let rounds: Int

    /// A round of 100 departments has 101.
    var slots: Int { departments + 1 }
    var appeals: Int { rounds * slots }

    init(departments: Int, appeals: Int) {
        self.departments = departments
        rounds = max(1, appeals / (departments + 1))
    }

    /// Of a role's arguments: a directory, departments, appeals.
    init(_ arguments: [String]) {
        self.init(departments: Int(arguments[1]) ?? 1, appeals: Int(arguments[2]) ?? 0)
    }

    var names: [String] { (0..<departments).map(Exchange.name) }

    /// Whose the n-th appeal is: the last of a round is the first department's too.
    func department(_ ordinal: Int) -> Int { ordinal % slots % departments }

    /// In the order of registration, as version 7 is; `Exchange` knows the n-th of each department by it.
    func id(_ ordinal: Int) -> String { Seed.appeal(ordinal % slots, ordinal / slots) }

    /// One series for all.
    func index(_ ordinal: Int) -> String { "К-\(ordinal + 1)" }

    private static let first = CivilDate("2017-12-01")
    private static let days = 3_287

    /// The day on which it was registered.
    func day(_ ordinal: Int) -> CivilDate? { Self.first?.adding(days: ordinal / slots * Self.days / rounds) }

    /// Names the folder of a store that was planted by this plan: by plan, words, tables and reduction.
    var hash: String {
        var bytes = Array("\(Self.version) \(departments) \(rounds) \(Reduction.version) \(SQLiteStore.tables)".utf8)
        for sample in Citizens.samples { bytes += TextFile.read(sample) }
        return String(SHA256.hash(bytes).hex.prefix(16))
    }
}
