import Appeals
import Desk

/// How numbers went, morning by morning: a drawing, and the same as a table.
extension WebCall {
    /// A line of at most `City.days` points; a morning that was not kept is a gap.
    ///
    /// Decoration: the table says it in words.
    func spark(_ values: [Int64?]) -> Markup {
        let known = values.compactMap(\.self)
        guard known.count > 1, let low = known.min(), let high = known.max() else { return Markup() }
        let width = 120, height = 24, span = max(1, high - low)
        /// Where a value stands within the box of the drawing.
        func point(_ place: Int, _ value: Int64) -> String {
            let x = place * width / max(1, values.count - 1)
            return "\(x) \(height - Int((value - low) * Int64(height) / span))"
        }
        var path = "", isDrawing = false
        for (place, value) in values.enumerated() {
            guard let value else {
                isDrawing = false
                continue
            }
            path += (isDrawing ? "L" : "M") + point(place, value)
            isDrawing = true
        }
        return tag(
            "svg",
            [
                "class": "spark", "viewBox": "0 0 \(width) \(height)", "preserveAspectRatio": "none",
                "aria-hidden": "true",
            ]
        ) { tag("path", ["d": path]) }
    }

    /// The drawing of the last mornings, with its table; nothing before two of them were kept.
    func trend(_ mornings: [(day: CivilDate, state: CityState?)]) -> Markup {
        guard mornings.count(where: { $0.state != nil }) > 1 else { return Markup() }
        return tag("section", ["class": "sheet"]) {
            tag("header") {
                tag("h2") {
                    say(
                        "Щоранку о 09:00, останні \(City.days) днів",
                        "Each morning at 09:00, the last \(City.days) days"
                    )
                }
                tag("span", ["class": "hint"]) {
                    say("рамка – у роботі, заповнено – прострочено", "outlined: in work, filled: overdue")
                }
            }
            tag(
                "div",
                ["class": "scroll pad", "tabindex": "0", "role": "region", "aria-label": say("Графік", "Chart")]
            ) {
                tag("div", ["class": "chart-w"]) { CityChart(mornings).drawing }
            }
            tag("details", ["class": "pad"]) {
                tag("summary") { say("Ті самі числа таблицею", "The same numbers as a table") }
                table(mornings)
            }
        }
    }

    /// The table of the drawings, the newest morning first.
    private func table(_ mornings: [(day: CivilDate, state: CityState?)]) -> Markup {
        tag("table", ["class": "t cards"]) {
            tag("caption", ["class": "sr"]) {
                say("Числа міста щоранку о 09:00", "Numbers of the city each morning at 09:00")
            }
            tag("thead") {
                tag("tr") {
                    tag("th", ["scope": "col"]) { say("День", "Day") }
                    for number in CityNumber.allCases {
                        tag("th", ["scope": "col", "class": "num"]) { say(number.label) }
                    }
                }
            }
            tag("tbody") {
                for (day, state) in mornings.reversed() {
                    tag("tr") {
                        tag("th", ["scope": "row"]) {
                            tag("a", ["href": Self.address(City.path, [("at", "\(day)T09:00")])]) {
                                day.ukrainianNumbers
                            }
                        }
                        for number in CityNumber.allCases {
                            tag("td", ["class": "num", "data-l": say(number.label)]) {
                                state.map { text($0.total(number)) } ?? say("не збережено", "not kept")
                            }
                        }
                    }
                }
            }
        }
    }
}
