import Appeals
import Desk

/// The state of the city, for those of the office who see all of it.
enum City {
    static let path = "/city"
    /// Who looks at it; others are shown that there is nothing.
    static let roles: Set<String> = ["leader", "registrar", "specialist"]
    /// Days of the trends.
    static let days = 30

    static let routes: [Route] = [
        Route("GET", path) { call in try call.city() }
    ]
}

extension WebCall {
    /// Whether the overview is for somebody with these roles, at this node.
    func isForCity(_ roles: some Sequence<String>) -> Bool { desk.isOffice && !City.roles.isDisjoint(with: roles) }

    /// The page of now, or of the hour that the address names; for others there is no such page.
    fileprivate func city() throws -> WebReply {
        guard try isForCity(ownRoles()) else { return nothingHere() }
        guard let asked = request.parameter("at"), !asked.isEmpty else {
            return try cityPage(desk.city(heard: { site.heard($0) }), asked: nil)
        }
        guard let at = StatedTime.moment(asked, today: desk.today), at <= now else {
            throw DeskError.usage(
                "unknownHour",
                uk: "часу «\(asked)» ще не було, або це не час: потрібно як 2026-05-14T09:00",
                en: "\"\(asked)\" has not been yet, or is no time: it has to be like 2026-05-14T09:00"
            )
        }
        guard let hour = try desk.hour(of: at) else { return noHour(at) }
        return try cityPage(hour.state, asked: at)
    }

    /// `asked`: the time that was asked for; nil: now.
    private func cityPage(_ city: CityState, asked: Int64?) throws -> WebReply {
        let isNow = asked == nil, mornings = try desk.mornings(City.days)
        let received = try desk.received(asOf: city.at)
        let title = say("Звернення громадян: стан міста", "Citizens’ appeals: the state of the city")
        let needs = isNow ? try officeNeeds() : Markup()
        let order = CityOrder(request.parameter("sort"))
        return page(title) {
            tag("div", ["class": "head"]) {
                tag("div", ["class": "tight"]) {
                    tag("h1") { title }
                    asOf(city, asked: asked)
                }
                tag("button", ["class": "btn noprint", "type": "button", "data-print": ""]) {
                    icon(.print)
                    " " + say("Друк", "Print")
                }
            }
            if !isNow { past(city) }
            figures(city, received, mornings, isNow: isNow)
            matrix(city, order, isNow: isNow)
            trend(mornings)
            needs
        }
    }

    /// What waits for the office's people, in their queues.
    private func officeNeeds() throws -> Markup {
        let wanted: [WorkList] = [.new, .onCheck, .declined, .toRemove, .decisions, .letters, .unread]
        let all = try desk.read { try queues($0) }
        let waiting = all.filter { counted in wanted.contains { counted.queue == .work($0) } && counted.count > 0 }
        return tag("section", ["class": "sheet"]) {
            tag("header") { tag("h2") { say("Чекає на Центр", "Waits for the office") } }
            if waiting.isEmpty {
                tag("p", ["class": "empty"]) { say("Нічого не чекає.", "Nothing waits.") }
            } else {
                tag("ul", ["class": "steps pad"]) {
                    for counted in waiting {
                        tag("li") {
                            tag("span") { tag("a", ["href": counted.queue.path]) { say(counted.queue.label) } }
                            " "
                            tag("b") { grouped(counted.count) }
                        }
                    }
                }
            }
        }
    }

    /// How fresh the page is, and the way to how it was.
    private func asOf(_ city: CityState, asked: Int64?) -> Markup {
        let nodes = city.rows.count { ![.none, .here].contains($0.freshness) }, fresh = city.nodes(.fresh)
        return tag("p", ["class": "asof"]) {
            say("Станом на ", "As of ")
            tag("b") { moment(city.at) }
            say(
                " · вузол Центр · свіжі дані (до 15 хв) від ",
                " · the office’s node · fresh data (15 min at most) from "
            )
            tag("b") { say("\(fresh) із \(nodes)", "\(fresh) of \(nodes)") }
            say(" вузлів", " nodes")
            " · "
            if asked == nil {
                tag("a", ["href": Self.address(City.path, [("at", "\(lastMorning)T09:00")])]) {
                    lastMorning == desk.today
                        ? say("Показати, як було о 09:00", "Show how it was at 09:00")
                        : say("Показати, як було вчора о 09:00", "Show how it was yesterday at 09:00")
                }
            } else {
                tag("a", ["href": City.path]) { say("Показати, як є зараз", "Show how it is now") }
            }
        }
    }

    /// The day whose nine o'clock was last.
    private var lastMorning: CivilDate {
        let hour = KyivTime.moment(at: now)?.time.hour ?? 0
        return hour >= 9 ? desk.today : desk.today.adding(days: -1) ?? desk.today
    }

    /// That these are numbers of a former hour, with what they are and are not.
    private func past(_ city: CityState) -> Markup {
        note(.plain, .clock) {
            tag("p") {
                tag("b") { say("Так було о ", "So it was at ") + moment(city.at) + "." }
                say(
                    " Показано, що Центр знав тієї години: зв’язок із вузлами, лічильники. Списки за числами тепер інші, тому числа не є посиланнями; звернення, до яких комусь закрито доступ (ст. 7), не враховано.",
                    " This is what the office knew in that hour: contacts with nodes, counts. The lists are others now, so the numbers are no links; appeals that are closed to somebody (Art. 7) are not counted."
                )
            }
            tag("form", ["class": "row", "action": City.path]) {
                tag("label", ["for": "at"]) { say("Інша година", "Another hour") }
                tag(
                    "input",
                    [
                        "id": "at", "name": "at", "type": "datetime-local", "class": "w16", "step": "3600",
                        "value": KyivTime.moment(at: city.at).map { "\($0.date)T\(Self.twoDigits($0.time.hour)):00" }
                            ?? "",
                    ]
                )
                tag("button", ["class": "btn btn-s"]) { say("Показати", "Show") }
            }
        }
    }

    /// An hour as a clock shows it.
    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// That nothing is known of a time, and why.
    private func noHour(_ at: Int64) -> WebReply {
        page(say("Звернення громадян: стан міста", "Citizens’ appeals: the state of the city")) {
            tag("h1") { say("Цієї години не збережено", "This hour was not kept") }
            note(.plain, .clock) {
                say("Про ", "Of ") + moment(at)
                say(
                    " і дві доби перед тим вузол нічого не зберіг: він не працював, або минуло понад \(CityHour.days) днів. ",
                    " and two days before it the node has kept nothing: it did not run, or more than \(CityHour.days) days have passed. "
                )
                tag("a", ["href": City.path]) { say("Показати, як є зараз", "Show how it is now") }
            }
        }
    }

    /// The city's numbers, each with what it was at nine yesterday.
    private func figures(
        _ city: CityState,
        _ received: Received,
        _ mornings: [(day: CivilDate, state: CityState?)],
        isNow: Bool
    ) -> Markup {
        let yesterday = mornings.dropLast().last?.state
        return tag("div", ["class": "figs"]) {
            figure(
                say("Зареєстровано з 1 числа", "Registered since the 1st"),
                grouped(received.count),
                // The dates of the register are the same whenever somebody looks.
                place: Self.address("/cards", [("from", "\(received.from)"), ("through", "\(received.through)")])
            ) {
                tag("small", ["class": "small"]) {
                    say("місяць тому за ті самі дні: ", "in the same days a month ago: ") + grouped(received.before)
                }
            }
            for number in [CityNumber.inWork, .overdue, .today, .onControl, .returned] {
                let bounds = city.total(number)
                figure(
                    say(number == .today ? Label(uk: "Строк сьогодні", en: "Due today") : number.label),
                    grouped(bounds.lower),
                    upTo: bounds.isExact ? nil : bounds.upper.map { "…" + grouped($0) } ?? say("або більше", "or more"),
                    place: isNow ? place(number, of: AppealFilter.anyDepartment) : nil
                ) {
                    if isNow { compared(bounds.lower, yesterday?.total(number).lower, isBad: number == .overdue) }
                    spark(mornings.map { $0.state?.total(number).lower })
                }
            }
        }
    }

    /// A great number with its name; a link to its list where there is one.
    private func figure(
        _ words: String,
        _ number: String,
        upTo: String? = nil,
        place: String?,
        @MarkupBuilder _ more: () -> Markup
    ) -> Markup {
        let inside = Markup([
            tag("span", ["class": "soft small"]) { words },
            tag("b") {
                number
                if let upTo {
                    " "
                    tag("small") { upTo }
                }
            },
            more(),
        ])
        return place.map { place in tag("a", ["href": place]) { inside } } ?? tag("div") { inside }
    }

    /// The difference to yesterday in a drawing and in words.
    private func compared(_ number: Int64, _ before: Int64?, isBad: Bool) -> Markup {
        guard let before else {
            return tag("small", ["class": "small soft"]) {
                say("учора о 09:00 не збережено", "yesterday’s 09:00 was not kept")
            }
        }
        let more = number - before
        return tag("small", ["class": isBad && more > 0 ? "small red" : "small"]) {
            if more == 0 {
                say("як учора о 09:00", "as yesterday at 09:00")
            } else if more > 0 {
                say("▲ на \(grouped(more)) більше, ніж учора", "▲ \(grouped(more)) more than yesterday")
            } else {
                say("▼ на \(grouped(-more)) менше, ніж учора", "▼ \(grouped(-more)) less than yesterday")
            }
        }
    }
}
