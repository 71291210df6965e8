import Appeals
import Desk

/// In which order departments stand, by a head of the table: by a number, the greatest first, or by name.
struct CityOrder: Equatable {
    /// Nil: by name.
    let number: CityNumber?

    /// As an address has it; what is overdue comes first where it says nothing.
    init(_ text: String?) { number = text == "name" ? nil : CityNumber(rawValue: text ?? "") ?? .overdue }

    /// Those of which most may be come first, the office stays last.
    func ordered(_ rows: [CityState.Row]) -> [CityState.Row] {
        guard let number else { return rows }
        /// The most that the number may be.
        func most(_ row: CityState.Row) -> Int64 {
            row.numbers[number].map { $0.upper ?? $0.lower } ?? 0
        }
        let departments = rows.filter { $0.freshness != .here }.enumerated()
            .sorted { (most($1.element), $0.offset) < (most($0.element), $1.offset) }
        return departments.map(\.element) + rows.filter { $0.freshness == .here }
    }
}

/// Departments by state.
extension WebCall {
    /// The table with its totals; `isNow`: whether numbers lead to lists, which former ones have no more.
    func matrix(_ city: CityState, _ order: CityOrder, isNow: Bool) -> Markup {
        tag("section", ["class": "sheet"]) {
            tag("header") {
                tag("h2") { say("Підрозділи", "Departments") }
                if isNow {
                    tag("span", ["class": "hint"]) {
                        say("Кожне число відкриває саме цей список", "Each number opens exactly that list")
                    }
                }
            }
            if city.rows.isEmpty {
                tag("p", ["class": "empty"]) {
                    say("У довіднику ще немає підрозділів.", "The directory has no departments yet.")
                }
            } else {
                tag(
                    "div",
                    [
                        "class": "scroll", "tabindex": "0", "role": "region",
                        "aria-label": say("Таблиця підрозділів", "Table of departments"),
                    ]
                ) {
                    tag("table", ["class": "t matrix"]) {
                        tag("caption", ["class": "sr"]) {
                            say("Звернення за підрозділами й станами", "Appeals by department and state")
                        }
                        tag("thead") {
                            tag("tr") {
                                head(nil, order)
                                for number in CityNumber.allCases { head(number, order) }
                                tag("th", ["scope": "col"]) { say("Свіжість", "Freshness") }
                            }
                        }
                        tag("tbody") { for row in order.ordered(city.rows) { departmentRow(row, city, isNow: isNow) } }
                        tag("tfoot") { total(city, isNow: isNow) }
                    }
                }
                tag("footer") { legend(city) }
            }
        }
    }

    /// A head of the table, by which it can be ordered.
    private func head(_ number: CityNumber?, _ order: CityOrder) -> Markup {
        let isOrder = order.number == number
        return tag(
            "th",
            [
                "scope": "col", "class": number == nil ? nil : "num",
                "aria-sort": isOrder ? (number == nil ? "ascending" : "descending") : nil,
            ]
        ) {
            tag(
                "a",
                [
                    "href": Self.address(
                        City.path,
                        [("sort", number?.rawValue ?? "name"), ("at", request.parameter("at") ?? "")]
                    )
                ]
            ) { say(number?.label ?? Label(uk: "Підрозділ", en: "Department")) }
            if isOrder { number == nil ? " ▲" : " ▼" }
        }
    }

    /// One department; hatched where its numbers are bounds.
    private func departmentRow(_ row: CityState.Row, _ city: CityState, isNow: Bool) -> Markup {
        tag("tr", ["class": row.freshness.isBounded ? "bound" : nil]) {
            tag("th", ["scope": "row"]) {
                let name = row.name == row.department && row.freshness == .here ? say("Центр", "The office") : row.name
                // An office of which the directory does not know as a department is nobody's executor.
                isNow && name == row.name
                    ? tag("a", ["href": Self.address("/cards", [("main", row.department)])]) { name } : Markup(name)
            }
            for number in CityNumber.allCases {
                cell(row.numbers[number] ?? .exactly(0), number, isNow ? place(number, of: row.department) : nil)
            }
            tag("td") { freshness(row, at: city.at) }
        }
    }

    /// A number as a link to its list; a nought leads nowhere, unless it may be more.
    private func cell(_ bounds: Bounds, _ number: CityNumber, _ place: String?) -> Markup {
        let isRed = number == .overdue && (bounds.upper ?? bounds.lower) > 0
        let words = (isRed ? "▲ " : "") + text(bounds)
        return tag("td", ["class": isRed ? "num red" : "num"]) {
            if let place, bounds != .exactly(0) { tag("a", ["href": place]) { words } } else { words }
        }
    }

    /// `12`, `12…29`, `≥ 6`.
    func text(_ bounds: Bounds) -> String {
        guard !bounds.isExact else { return grouped(bounds.lower) }
        return bounds.upper.map { "\(grouped(bounds.lower))…\(grouped($0))" } ?? "≥\u{A0}\(grouped(bounds.lower))"
    }

    /// The list whose length a number is.
    func place(_ number: CityNumber, of department: String) -> String {
        let list = number.list(of: department)
        return Self.address(
            "/cards",
            [
                ("main", list.main), ("list", list.list?.rawValue ?? ""), ("of", list.of),
                ("today", list.isDueToday ? "1" : ""),
            ]
        )
    }

    /// How long ago a node was heard of, in a shape and in words.
    private func freshness(_ row: CityState.Row, at now: Int64) -> Markup {
        let ago = " " + age(now - (row.contact ?? 0))
        return switch row.freshness {
        case .here: Markup([icon(.check), Markup(" " + say("цей вузол", "this node"))])
        case .none:
            tag("span", ["class": "soft"]) { say("без вузла: працює через Центр", "no node: works through the office") }
        case .never: Markup([icon(.clock), tag("b") { " " + say("зв’язку ще не було", "never in contact") }])
        case .fresh: Markup([icon(.check), Markup(ago)])
        case .quiet: Markup([icon(.ring), Markup(ago)])
        case .silent: Markup([icon(.clock), tag("b") { ago }])
        }
    }

    /// All departments together, and how many nodes are how fresh.
    private func total(_ city: CityState, isNow: Bool) -> Markup {
        tag("tr") {
            tag("th", ["scope": "row"]) { say("Разом", "All together") }
            for number in CityNumber.allCases {
                cell(city.total(number), number, isNow ? place(number, of: AppealFilter.anyDepartment) : nil)
            }
            tag("td") {
                tag("b") {
                    [
                        "\(city.nodes(.fresh)) ✓", city.nodes(.quiet) > 0 ? "\(city.nodes(.quiet)) ○" : "",
                        city.rows.contains { $0.freshness.isBounded }
                            ? say(
                                "\(city.rows.count { $0.freshness.isBounded }) давно",
                                "\(city.rows.count { $0.freshness.isBounded }) long ago"
                            )
                            : "",
                    ].filter { !$0.isEmpty }.joined(separator: " ")
                }
            }
        }
    }

    /// What hatching and bounds mean, where there are any.
    private func legend(_ city: CityState) -> Markup {
        Markup([
            city.rows.contains { $0.freshness.isBounded }
                ? tag("span") {
                    say(
                        "Заштриховано: вузол понад добу не на зв’язку, показано межі. Нижня – останнє, що він повідомив; верхня – якщо відтоді нічого, чий строк минув, не виконано; «≥» – скільки там нового, тут не знають.",
                        "Hatched: the node has been silent for more than a day, bounds are shown. The lower one is what it last said; the upper one if nothing that fell due since was done; “≥”: how much is new there is not known here."
                    )
                } : Markup(),
            tag("span") {
                say(
                    "Разом: звернення, над яким працюють кілька підрозділів, враховано один раз.",
                    "All together: an appeal that several departments work on is counted once."
                )
            },
            tag("span") {
                say(
                    "Показано всі \(city.rows.count) з \(city.rows.count).",
                    "All \(city.rows.count) of \(city.rows.count) shown."
                )
            },
        ])
    }
}
