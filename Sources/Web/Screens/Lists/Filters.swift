import Appeals
import Desk

/// Filters as chips that can be taken off, and the panel in which they are set.
extension WebCall {
    func filters(_ request: ListRequest, _ departments: [(id: String, name: String)], _ views: [SavedView]) -> Markup {
        let count = request.filters
        return tag("div", ["class": "chips noprint", "role": "group", "aria-label": say("Вибрані фільтри", "Filters")])
        {
            tag("details", ["class": "pop"]) {
                tag("summary", ["class": "btn btn-s"]) {
                    say("Фільтри", "Filters") + (count > 0 ? " (\(count)) " : " ")
                    icon(.chev)
                }
                tag("div") { panel(request, departments) }
            }
            for chip in chips(request, departments) {
                tag("a", ["class": "chip", "href": chip.place]) {
                    chip.words + " "
                    icon(.close)
                    spoken(say("прибрати фільтр", "remove the filter"))
                }
            }
            if count > 1 {
                tag("a", ["class": "small", "href": request.path]) { say("Очистити", "Clear") }
            }
            viewControl(request, views)
            tag("a", ["class": "btn btn-s push", "href": request.paper]) {
                icon(.print)
                " " + say("Друк", "Print")
            }
        }
    }

    private func chips(
        _ request: ListRequest,
        _ departments: [(id: String, name: String)]
    ) -> [(words: String, place: String)] {
        var chips: [(words: String, place: String)] = []
        if let state = request.state {
            chips.append((say(Wording.appealState(state)), request.place { $0.state = nil }))
        }
        if !request.main.isEmpty {
            let name = departments.first { $0.id == request.main }?.name ?? request.main
            chips.append((name, request.place { $0.main = "" }))
        }
        if let words = workChip(request, departments) {
            chips.append((words, request.place { ($0.list, $0.of, $0.isDueToday) = (nil, "", false) }))
        }
        if let words = daysChip(request) {
            chips.append((words, request.place { ($0.registeredFrom, $0.registeredThrough) = (nil, nil) }))
        }
        if !request.index.isEmpty {
            chips.append((say("Номер: ", "Number: ") + request.index, request.place { $0.index = "" }))
        }
        if request.isMine { chips.append((say("Мої", "Mine"), request.place { $0.isMine = false })) }
        if request.isDisputed {
            chips.append((say("Із розбіжностями", "In dispute"), request.place { $0.isDisputed = false }))
        }
        return chips
    }

    /// A list of work, of whom; nil if none is asked for.
    private func workChip(_ request: ListRequest, _ departments: [(id: String, name: String)]) -> String? {
        guard let list = request.list ?? (request.isDueToday ? .soon : nil) else { return nil }
        let name =
            request.of == AppealFilter.anyDepartment
            ? say("усі підрозділи", "all departments") : departments.first { $0.id == request.of }?.name ?? request.of
        let words = request.isDueToday ? say("Строк сьогодні", "Due today") : say(list.label)
        return name.isEmpty ? words : words + ": " + name
    }

    /// `зареєстровано 01.05.2026–14.05.2026`; nil if any day is meant.
    private func daysChip(_ request: ListRequest) -> String? {
        let from = request.registeredFrom?.ukrainianNumbers, through = request.registeredThrough?.ukrainianNumbers
        return switch (from, through) {
        case (nil, nil): nil
        case (let from?, nil): say("зареєстровано від ", "registered from ") + from
        case (nil, let through?): say("зареєстровано до ", "registered through ") + through
        case (let from?, let through?): say("зареєстровано ", "registered ") + from + "–" + through
        }
    }

    private func panel(_ request: ListRequest, _ departments: [(id: String, name: String)]) -> Markup {
        tag("form", ["class": "stack", "action": request.path]) {
            for (name, value) in request.unseen {
                tag("input", ["type": "hidden", "name": name, "value": value])
            }
            tag("div", ["class": "f"]) {
                tag("label", ["for": "f-state"]) { say("Стан", "State") }
                tag("select", ["id": "f-state", "name": "state"]) {
                    option("", say("будь-який", "any"), request.state?.rawValue ?? "")
                    for state in AppealState.allCases {
                        option(state.rawValue, say(Wording.appealState(state)), request.state?.rawValue ?? "")
                    }
                }
            }
            if !departments.isEmpty {
                tag("div", ["class": "f"]) {
                    tag("label", ["for": "f-main"]) { say("Відповідальний підрозділ", "Main department") }
                    tag("select", ["id": "f-main", "name": "main"]) {
                        option("", say("будь-який", "any"), request.main)
                        for department in departments { option(department.id, department.name, request.main) }
                    }
                }
            }
            tag("div", ["class": "f"]) {
                tag("label", ["for": "f-index"]) { say("Номер або його початок", "The number or its beginning") }
                tag("input", ["id": "f-index", "name": "index", "maxlength": "64", "value": request.index])
            }
            tag("div", ["class": "row"]) {
                day("from", say("Зареєстровано від", "Registered from"), request.registeredFrom)
                day("through", say("до", "through"), request.registeredThrough)
            }
            tag("div") {
                box("mine", say("Лише мої", "Only mine"), request.isMine)
                box("disputed", say("Лише з розбіжностями", "Only in dispute"), request.isDisputed)
            }
            tag("button", ["class": "btn btn-act"]) { say("Показати", "Show") }
        }
    }

    private func day(_ name: StaticString, _ words: String, _ day: CivilDate?) -> Markup {
        tag("div", ["class": "f"]) {
            tag("label", ["for": "f-\(name)"]) { words }
            tag(
                "input",
                ["type": "date", "id": "f-\(name)", "name": name.description, "value": day?.description ?? ""]
            )
        }
    }

    private func box(_ name: StaticString, _ words: String, _ isOn: Bool) -> Markup {
        tag("label", ["class": "ck"]) {
            tag("input", ["type": "checkbox", "name": name.description, "value": "1", "checked": isOn ? "" : nil])
            " " + words
        }
    }
}
