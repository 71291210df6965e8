import Appeals

/// A date or time written in a test; a typing error there is a bug of the test.
func day(_ text: String) -> CivilDate {
    guard let date = CivilDate(text) else { preconditionFailure("the test writes a day that does not exist: \(text)") }
    return date
}

func instant(_ text: String) -> Int64 {
    guard let instant = KyivTime.parse(rfc3339: text) else { preconditionFailure("the test writes no time: \(text)") }
    return instant
}

/// Steele's SplitMix64, for repeatable random cases.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension WorkingCalendar {
    /// The initial calendar as it would be without martial law.
    static let peace: WorkingCalendar = {
        let initial = WorkingCalendar.initial
        do {
            return try WorkingCalendar(
                version: "peace",
                validFrom: initial.validFrom,
                validThrough: initial.validThrough,
                workingHoursEnd: initial.workingHoursEnd,
                holidays: initial.holidays,
                martialLaw: []
            )
        } catch {
            preconditionFailure("the initial calendar without martial law is refused: \(error)")
        }
    }()
}
