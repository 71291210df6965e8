import Appeals
import Desk

/// Lists that are not made of appeals that are here: cards that left, and what departments have not read.
extension WebCall {
    /// Cards that left this department, the last one first, with what became of its assignments.
    func departed() throws -> WebReply {
        let request = try ListRequest(self, queue: .work(.departed))
        let page = try desk.departedPage(after: request.after, limit: Lists.rows)
        let title = say(WorkList.departed.label)
        return try self.page(title) {
            try tag("div", ["class": "tight"]) {
                tag("h1") { title }
                try asOf()
            }
            tag("div", ["class": "sheet"]) {
                if page.appeals.isEmpty {
                    tag("div", ["class": "empty"]) { tag("p") { tag("b") { say(WorkList.departed.nothing) } } }
                } else {
                    tag("table", ["class": "t cards"]) {
                        tag("thead") {
                            tag("tr") {
                                for words in [
                                    say("Номер", "Number"), say("Зареєстровано", "Registered"), say("Вибуло", "Left"),
                                    say("Доручення", "Assignments"),
                                ] { tag("th", ["scope": "col"]) { words } }
                            }
                        }
                        tag("tbody") { for appeal in page.appeals { departedRow(appeal) } }
                    }
                    tag("footer") {
                        say(
                            "Показано \(page.appeals.count) із \(page.total).",
                            "\(page.appeals.count) of \(page.total) shown."
                        )
                        if let next = page.next {
                            tag("a", ["href": request.place { $0.after = next }, "rel": "next"]) { say("Далі", "Next") }
                        }
                    }
                }
            }
        }
    }

    private func departedRow(_ appeal: ListedAppeal) -> Markup {
        tag("tr") {
            tag("th", ["scope": "row"]) {
                tag("a", ["href": cardPlace(appeal.id, appeal.index), "class": "ix"]) {
                    appeal.index.isEmpty ? say("без номера", "no number") : appeal.index
                }
            }
            tag("td", ["data-l": say("Зареєстровано", "Registered")]) {
                CivilDate(appeal.registeredOn)?.long(language) ?? ""
            }
            tag("td", ["data-l": say("Вибуло", "Left")]) { appeal.leftAt.map { moment($0) } ?? "" }
            tag("td", ["data-l": say("Доручення", "Assignments")]) {
                appeal.outcomes.map { say(Wording.state($0)) }.joined(separator: ", ")
            }
        }
    }

    /// Departments that have not read for long what was given to them, the longest first.
    func unread() throws -> WebReply {
        let departments = try desk.unread(first: Lists.rows)
        let title = say(WorkList.unread.label)
        return try page(title) {
            try tag("div", ["class": "tight"]) {
                tag("h1") { title }
                try asOf()
            }
            if departments.isEmpty {
                tag("div", ["class": "sheet empty"]) { tag("p") { tag("b") { say(WorkList.unread.nothing) } } }
            }
            for department in departments {
                tag("section", ["class": "sheet"]) {
                    tag("header") {
                        tag("h2") { department.name }
                        tag("span", ["class": "hint"]) {
                            say("не читає з ", "has not read since ") + moment(department.since) + " · "
                                + say(Counted.appeals(Int(clamping: department.count)))
                        }
                    }
                    tag("ul", ["class": "steps pad"]) {
                        for appeal in department.appeals {
                            tag("li") {
                                tag("a", ["href": cardPlace(appeal.id, appeal.index)]) {
                                    tag("span", ["class": "ix"]) { appeal.index }
                                }
                                tag("span") { appeal.applicant ?? "" }
                            }
                        }
                    }
                }
            }
        }
    }
}
