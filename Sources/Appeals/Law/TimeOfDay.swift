/// A time of the civil day to the millisecond.
public struct TimeOfDay: Comparable, Hashable, Sendable, CustomStringConvertible {
    /// 0 ..< 86 400 000.
    public let milliseconds: Int

    /// Nil outside of a day.
    public init?(milliseconds: Int) {
        guard (0..<86_400_000).contains(milliseconds) else { return nil }
        self.milliseconds = milliseconds
    }

    /// Nil if there is no such time; a leap second is none.
    public init?(hour: Int, minute: Int, second: Int = 0, millisecond: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second),
            (0..<1000).contains(millisecond)
        else { return nil }
        milliseconds = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond
    }

    /// Strictly "HH:MM", as calendar data writes the end of the working day.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hour = Digits.number(bytes[0..<2]),
            let minute = Digits.number(bytes[3..<5])
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    /// 0…23.
    public var hour: Int { milliseconds / 3_600_000 }
    /// 0…59.
    public var minute: Int { milliseconds / 60_000 % 60 }
    /// 0…59.
    public var second: Int { milliseconds / 1000 % 60 }
    /// 0…999.
    public var millisecond: Int { milliseconds % 1000 }

    /// The earlier of one day is the smaller.
    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// "HH:MM".
    public var description: String {
        "\(Digits.fixed(hour, to: 2)):\(Digits.fixed(minute, to: 2))"
    }
}
