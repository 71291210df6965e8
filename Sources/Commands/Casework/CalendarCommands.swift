import Appeals
import CanonicalJSON
import Desk
import Replication

/// `calendar put|show`, `deadline explain`.
extension Commands {
    static let calendarPut = Command(
        "calendar put",
        uk: "Опублікувати календар робочих днів",
        en: "Publish a calendar of working days",
        options: [
            .actor,
            .contents(
                "file",
                isRequired: true,
                uk: "календар у JSON (зразок: calendar show --json)",
                en: "the calendar as JSON (a sample: calendar show --json)"
            ),
        ],
        example: "kartoteka calendar put --as admin --file calendar-2026-3.json"
    ) { call in
        try call.requireOffice()
        guard let given = try call.parsed("file") else {
            throw DeskError.usage("missingOption", uk: "бракує --file", en: "--file is missing")
        }
        let calendar = try WorkingCalendar(json: given["calendar"] ?? given)
        return try call.act { transaction in
            let draft = Draft(
                kind: "calendar.put",
                appeal: nil,
                actor: try call.actor("calendar.put", transaction),
                body: ["calendar": calendar.json]
            )
            return PendingAct(
                draft: draft,
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
        }
    }

    static let calendarShow = Command(
        "calendar show",
        uk: "Показати чинний календар",
        en: "Show the calendar in force",
        example: "kartoteka calendar show --json"
    ) { call in
        try call.desk.read { reading in
            let calendar = try call.desk.calendar(reading)
            var lines = [
                call.say("Календар ", "Calendar ") + calendar.version + call.say(", чинний з ", ", valid from ")
                    + calendar.validFrom.description
                    + call.say(" до ", " through ") + calendar.validThrough.description,
                call.say("Кінець робочого дня: ", "End of the working day: ") + calendar.workingHoursEnd.description,
            ]
            for period in calendar.martialLaw {
                lines.append(
                    call.say("Воєнний стан (свята робочі): ", "Martial law (holidays work): ")
                        + "\(period.from) — \(period.through?.description ?? "…")"
                )
            }
            let year = call.today.year
            lines += calendar.holidays.filter { $0.date.year == year }.map {
                "  \($0.date.ukrainian) \(call.say($0.name))"
            }
            return CommandResult(["calendar": calendar.json], lines: lines)
        }
    }

    static let deadlineExplain = Command(
        "deadline explain",
        uk: "Показати, як пораховано строк",
        en: "Show how a term was counted",
        operands: [
            CommandOption(
                "appeal",
                "APPEAL",
                .text,
                uk: "звернення (або вкажіть --received)",
                en: "the appeal (or give --received)"
            )
        ],
        options: [
            .text(
                "received",
                "TIME",
                uk: "коли надійшло: 2026-05-14T18:40:00",
                en: "when received: 2026-05-14T18:40:00"
            ),
            .text(
                "channel",
                "CODE",
                uk: "джерело надходження (типово mayorPhone)",
                en: "the channel (mayorPhone if not given)"
            ),
            .text(
                "basis",
                "CODE",
                uk: "month, fifteenDays, shortened:N, external:РРРР-ММ-ДД",
                en: "month, fifteenDays, shortened:N, external:YYYY-MM-DD"
            ), .reader,
        ],
        example: "kartoteka deadline explain К-101"
    ) { call in
        try call.desk.read { reading in
            let calendar = try call.desk.calendar(reading)
            if let received = try call.instant("received") {
                let channel = try call.code("channel", Channel.self) ?? .mayorPhone
                return call.explained(
                    try Deadlines.derive(
                        receivedAt: received,
                        basis: try call.basis(),
                        channel: channel,
                        calendar: calendar
                    ),
                    stored: nil
                )
            }
            let shown = try call.shownAppeal(reading)
            return call.explained(try call.derivation(of: shown.appeal, calendar), stored: shown.appeal)
        }
    }
}

extension Call {
    /// The derivation of a stored term, counted again from the card; the stored dates stay what they are.
    fileprivate func derivation(of appeal: Aggregate, _ calendar: WorkingCalendar) throws -> Derivation {
        guard let received = appeal.register("receivedAt")?.string.flatMap({ KyivTime.parse(rfc3339: $0) }),
            let basis = appeal.register("due.basis")?.string.flatMap({ DeadlineBasis(code: $0) })
        else {
            throw DeskError(.notFound, "noTerm", uk: "звернення не має строку", en: "the appeal has no term")
        }
        let channel = appeal.register("channel")?.string.flatMap(Channel.init(rawValue:)) ?? .post
        return try Deadlines.derive(receivedAt: received, basis: basis, channel: channel, calendar: calendar)
    }

    fileprivate func explained(_ derivation: Derivation, stored: Aggregate?) -> CommandResult {
        let due = derivation.due
        var members: JSONObject = [
            "due": CardFields.due(due), "registered": .string(due.registered.description),
            "steps": .array(
                derivation.steps.map { step in
                    [
                        "rule": .string(step.code), "from": .string(step.from.description),
                        "to": .string(step.to.description),
                        "article": .string(step.article.uk), "reason": .string(step.reason.uk),
                    ]
                }
            ),
        ]
        var lines = derivation.lines(language)
        if let stored {
            members["id"] = .string(stored.id)
            var differs: [JSON] = []
            for (name, date) in [("statutory", due.statutory), ("control", due.control), ("cap", due.cap)] {
                let held = stored.register("due." + name)?.string ?? ""
                guard held != date.description else { continue }
                differs.append(["name": .string(name), "stored": .string(held), "counted": .string(date.description)])
                lines.append(say(Wording.register("due." + name)) + say(" на картці: ", " on the card: ") + held)
            }
            members["differs"] = .array(differs)
            if let version = stored.register("due.calendar")?.string, version != due.calendarVersion {
                lines.append(say("На картці — за календарем ", "On the card by the calendar ") + version)
            }
        }
        return CommandResult(members, lines: lines)
    }
}
