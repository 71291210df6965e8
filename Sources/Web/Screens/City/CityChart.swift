import Appeals
import Desk

/// Bars of mornings: outlined what was in work, filled what was overdue; a morning that was not kept has none.
///
/// Decoration for who sees it: the table below says the same.
struct CityChart {
    private static let width: Int64 = 720, height: Int64 = 200, left: Int64 = 56, foot: Int64 = 24
    private static let lines: Int64 = 5

    private let mornings: [(day: CivilDate, state: CityState?)]
    /// What a line of the grid stands for.
    private let step: Int64

    /// A drawing of these mornings, scaled to the greatest of them.
    init(_ mornings: [(day: CivilDate, state: CityState?)]) {
        self.mornings = mornings
        let most =
            mornings.compactMap(\.state).flatMap { [$0.total(.inWork).lower, $0.total(.overdue).lower] }.max() ?? 0
        step = Self.round(most, over: Self.lines)
    }

    /// The least of 1, 2, 5, 10, 20, … so many of which reach a number.
    static func round(_ most: Int64, over lines: Int64) -> Int64 {
        var power: Int64 = 1
        while true {
            for factor: Int64 in [1, 2, 5] where factor * power * lines >= most { return factor * power }
            power *= 10
        }
    }

    var drawing: Markup {
        let box = "0 0 \(Self.width) \(Self.height)"
        return tag("svg", ["class": "chart", "viewBox": box, "aria-hidden": "true"]) {
            for line in 0...Self.lines {
                grid(line)
            }
            for (place, morning) in mornings.enumerated() {
                if let state = morning.state {
                    bar(place, state.total(.inWork).lower, "b", inset: 0)
                    bar(place, state.total(.overdue).lower, "a", inset: slot / 4)
                }
                if place % 7 == 0 {
                    tag("text", ["class": "s", "x": "\(x(place))", "y": "\(Self.height - 6)"]) {
                        String(morning.day.ukrainianNumbers.prefix(5))
                    }
                }
            }
        }
    }

    private var slot: Int64 { (Self.width - Self.left) / Int64(max(1, mornings.count)) }
    /// Where a morning begins from the left.
    private func x(_ place: Int) -> Int64 { Self.left + Int64(place) * slot }
    /// Where a number ends from the top.
    private func y(_ number: Int64) -> Int64 {
        let room = Self.height - Self.foot - 12
        return Self.height - Self.foot - number * room / (step * Self.lines)
    }

    /// One line of the grid with its number.
    private func grid(_ line: Int64) -> Markup {
        let y = y(line * step)
        return Markup([
            tag("line", ["class": "g", "x1": "\(Self.left)", "x2": "\(Self.width)", "y1": "\(y)", "y2": "\(y)"]) { "" },
            tag("text", ["class": "s", "x": "\(Self.left - 8)", "y": "\(y + 4)", "text-anchor": "end"]) {
                "\(line * step)"
            },
        ])
    }

    /// A bar of one morning; `inset` makes it narrower on both sides.
    private func bar(_ place: Int, _ number: Int64, _ drawing: String, inset: Int64) -> Markup {
        let top = y(number)
        return tag(
            "rect",
            [
                "class": drawing, "x": "\(x(place) + 2 + inset)", "y": "\(top)",
                "width": "\(max(2, slot - 4 - 2 * inset))",
                "height": "\(Self.height - Self.foot - top)",
            ]
        ) { "" }
    }
}
