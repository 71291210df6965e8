import Appeals
import CanonicalJSON
import Desk
import Replication

/// `calendar put|show`, `deadline explain`.
extension Commands {
    static let calendarPut = Command(.calendarPut) { call in
        try call.requireOffice()
        guard let given = try call.parsed("file") else {
            throw DeskError.usage("missingOption", uk: "бракує --file", en: "--file is missing")
        }
        let calendar = try WorkingCalendar(json: given["calendar"] ?? given)
        let report = ActReport(
            done: Label(
                uk: "Календар \(calendar.version) опубліковано",
                en: "The calendar \(calendar.version) is published"
            ),
            members: ["version": .string(calendar.version)],
            lines: [
                call.say(
                    "Строки вже зареєстрованих звернень не змінюються.",
                    "Terms of registered appeals do not change."
                )
            ],
            next: "kartoteka calendar show"
        )
        return call.tell(try call.acting().putCalendar(calendar), report)
    }

    static let calendarShow = Command(.calendarShow.shown(with: "json")) { call in
        let calendar = try call.desk.calendarInForce()
        func day(_ date: CivilDate) -> String { call.say(date.ukrainianNumbers, date.description) }
        var lines = [
            call.say("Календар ", "Calendar ") + calendar.version + call.say(", чинний з ", ", valid from ")
                + day(calendar.validFrom) + call.say(" до ", " through ") + day(calendar.validThrough),
            call.say("Кінець робочого дня: ", "End of the working day: ") + calendar.workingHoursEnd.description,
        ]
        for period in calendar.martialLaw {
            lines.append(
                call.say("Воєнний стан (свята робочі): ", "Martial law (holidays work): ")
                    + "\(day(period.from)) — \(period.through.map(day) ?? "…")"
            )
        }
        let year = call.today.year
        lines += calendar.holidays.filter { $0.date.year == year }.map {
            "  \(call.say($0.date.ukrainian, "\($0.date) \($0.date.weekday.shortName.en)")) \(call.say($0.name))"
        }
        return CommandResult(["calendar": calendar.json], lines: lines)
    }

    static let deadlineExplain = Command(.deadlineExplain) { call in
        if let received = try call.instant("received") {
            let channel = try call.code("channel", Channel.self) ?? .mayorPhone
            let derivation = try call.desk.term(receivedAt: received, basis: try call.basis(), channel: channel)
            return CommandResult(derivation.json, lines: derivation.lines(call.language))
        }
        let term = try call.desk.term(ofAppeal: try call.required("appeal"))
        return CommandResult(term.json, lines: term.lines(call))
    }
}

extension Derivation {
    fileprivate var json: JSONObject {
        [
            "due": CardFields.due(due), "registered": .string(due.registered.description),
            "provisional": .bool(due.isProvisional),
            "steps": .array(
                steps.map { step in
                    [
                        "rule": .string(step.code), "from": .string(step.from.description),
                        "to": .string(step.to.description),
                        "article": .string(step.article.uk), "reason": .string(step.reason.uk),
                    ]
                }
            ),
        ]
    }
}

extension ShownTerm {
    fileprivate var json: JSONObject {
        var members = derivation.json
        members["id"] = .string(id)
        members["extensions"] = .array(extensions.map(\.json))
        members["differs"] = .array(
            differences.map {
                ["name": .string($0.name), "stored": .string($0.stored), "counted": .string($0.counted.description)]
            }
        )
        return members
    }

    fileprivate func lines(_ call: Call) -> [String] {
        let differing = differences.map {
            call.say(Wording.register("due." + $0.name)) + call.say(" на картці: ", " on the card: ")
                + ValueWording(language: call.language).dated($0.stored)
        }
        let extensions = extensions.map { $0.line(call, names) }.titled(call.say("Хто продовжив", "Who extended"))
        let former = formerCalendar.map {
            [call.say("На картці — за календарем ", "On the card by the calendar ") + $0]
        }
        return derivation.lines(call.language) + extensions + differing + (former ?? [])
    }
}
