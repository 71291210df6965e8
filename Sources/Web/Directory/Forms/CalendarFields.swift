import Appeals
import CanonicalJSON
import Desk

/// The calendar of working days as fields, a day or a span of days a line.
enum CalendarFields {
    /// What the fields are called in the form, and in the calendar's own words.
    private enum Name: String, CaseIterable {
        case version, validFrom, validThrough, workingHoursEnd, extraDaysOff, extraWorkingDays, holidays, martialLaw

        var label: Label {
            switch self {
            case .version: Label(uk: "Версія", en: "Version")
            case .validFrom: Label(uk: "Чинний з дня", en: "Valid from")
            case .validThrough: Label(uk: "Чинний до дня", en: "Valid through")
            case .workingHoursEnd: Label(uk: "Кінець робочого дня", en: "End of the working day")
            case .extraDaysOff: Label(uk: "Додаткові вихідні, день у рядку", en: "Extra days off, a day on a line")
            case .extraWorkingDays:
                Label(uk: "Робочі суботи й неділі, день у рядку", en: "Working weekend days, a day on a line")
            case .holidays:
                Label(uk: "Свята: день, назва, назва англійською", en: "Holidays: day, name, name in English")
            case .martialLaw: Label(uk: "Воєнний стан: з дня – до дня", en: "Martial law: from – through")
            }
        }

        var hint: Label? {
            switch self {
            case .version:
                Label(
                    uk: "Нова версія має нове ім’я; опублікована не змінюється",
                    en: "A new version has a new name; one that was published never changes"
                )
            case .holidays:
                Label(
                    uk: "24.08.2026 День Незалежності України / Independence Day",
                    en: "Day, name in Ukrainian, a slash, name in English: 24.08.2026 NAME / Independence Day"
                )
            case .martialLaw:
                Label(
                    uk: "24.02.2022 – (без кінця) або 24.02.2022 – 12.08.2026; тоді свята робочі",
                    en: "24.02.2022 – (no end) or 24.02.2022 – 12.08.2026; holidays are working days then"
                )
            case .workingHoursEnd: Label(uk: "17:00", en: "17:00")
            case .validFrom, .validThrough, .extraDaysOff, .extraWorkingDays: nil
            }
        }
    }

    /// The calendar in force as a draft of the next version.
    static func fields(_ row: UseCase, _ calendar: WorkingCalendar) -> [FormField] {
        guard let input = row.inputs.first(where: { $0.name == "file" }) else { return [] }
        return Name.allCases.map { name in
            let isList = [.extraDaysOff, .extraWorkingDays, .holidays, .martialLaw].contains(name)
            let rows = name == .holidays ? 14 : 4
            var field = FormField(
                input,
                name.label,
                isList ? .lines(rows: rows) : .line(mode: nil),
                name: name.rawValue
            )
            // What a field of many says is read here, and not by the type of the file.
            field.part = name.rawValue
            field.hint = name.hint
            field.isRequired = !isList
            field.values = values(name, calendar)
            return field
        }
    }

    /// What a field has of the calendar in force.
    private static func values(_ name: Name, _ calendar: WorkingCalendar) -> [String] {
        switch name {
        case .version: [next(calendar.version)]
        case .validFrom: [calendar.validFrom.ukrainianNumbers]
        case .validThrough: [calendar.validThrough.ukrainianNumbers]
        case .workingHoursEnd: [calendar.workingHoursEnd.description]
        case .extraDaysOff: calendar.extraDaysOff.map(\.ukrainianNumbers)
        case .extraWorkingDays: calendar.extraWorkingDays.map(\.ukrainianNumbers)
        case .holidays: calendar.holidays.map { "\($0.date.ukrainianNumbers) \($0.name.uk) / \($0.name.en)" }
        case .martialLaw:
            calendar.martialLaw.map { "\($0.from.ukrainianNumbers) – \($0.through?.ukrainianNumbers ?? "")" }
        }
    }

    /// `2026-4` after `2026-3`.
    static func next(_ version: String) -> String {
        let digits = version.reversed().prefix { $0.isNumber && $0.isASCII }.reversed()
        guard let number = Int(String(digits)) else { return version + "-2" }
        return version.dropLast(digits.count) + String(number + 1)
    }

    /// The calendar that the fields say; nil with errors at those that cannot be read.
    static func calendar(_ form: inout ActForm, _ call: WebCall) -> WorkingCalendar? {
        var reading = Reading(form: form, call: call)
        let holidays = reading.list(.holidays) { (line: String, reading: Reading) -> WorkingCalendar.Holiday? in
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            let names = (words.last ?? "").split(separator: "/", maxSplits: 1).map { $0.trimmed }
            guard words.count == 2, let day = reading.day(words[0]), let name = names.first, !name.isEmpty else {
                return nil
            }
            return WorkingCalendar.Holiday(date: day, name: Label(uk: name, en: names.count > 1 ? names[1] : name))
        }
        let law = reading.list(.martialLaw) { (line: String, reading: Reading) -> WorkingCalendar.Period? in
            let days = line.split(omittingEmptySubsequences: false) { $0 == "–" || $0 == "—" }.map { $0.trimmed }
            guard let from = days.first.flatMap({ reading.day($0) }), days.count <= 2 else { return nil }
            guard let last = days.dropFirst().first, !last.isEmpty else {
                return WorkingCalendar.Period(from: from, through: nil)
            }
            return reading.day(last).map { WorkingCalendar.Period(from: from, through: $0) }
        }
        let off = reading.list(.extraDaysOff) { $1.day($0) }
        let working = reading.list(.extraWorkingDays) { $1.day($0) }
        let from = reading.one(.validFrom) { $1.day($0) }, through = reading.one(.validThrough) { $1.day($0) }
        let end = reading.one(.workingHoursEnd) { text, _ in TimeOfDay(text) }
        let version = reading.one(.version) { text, _ in text }
        form = reading.form
        guard !form.hasErrors, let from, let through, let end, let version else { return nil }
        do throws(CalendarRefusal) {
            let weekend = call.calendarWeekend()
            return try WorkingCalendar(
                version: version,
                validFrom: from,
                validThrough: through,
                weekend: weekend,
                workingHoursEnd: end,
                holidays: holidays,
                martialLaw: law,
                extraDaysOff: off,
                extraWorkingDays: working
            )
        } catch {
            form.refuse(DeskError(error), call)
            return nil
        }
    }

    /// Reads lines, and puts an error at each field that has one that cannot be read.
    private struct Reading {
        var form: ActForm
        let call: WebCall

        /// A day as people write it; nil for anything else.
        func day(_ text: String) -> CivilDate? { StatedTime.day(text, today: nil) }

        /// The values of a field of lines; each line that cannot be read is told at the field.
        mutating func list<Value>(_ name: Name, _ read: (String, Reading) -> Value?) -> [Value] {
            let lines = (form[name.rawValue]?.given ?? []).map(\.trimmed).filter { !$0.isEmpty }
            return lines.compactMap { line in
                if let value = read(line, self) { return value }
                refuse(name, line)
                return nil
            }
        }

        /// The value of a field of one line; told at the field if it cannot be read or is empty.
        mutating func one<Value>(_ name: Name, _ read: (String, Reading) -> Value?) -> Value? {
            let text = (form[name.rawValue]?.value ?? "").trimmed
            if let value = read(text, self), !text.isEmpty { return value }
            refuse(name, text)
            return nil
        }

        /// The first line that cannot be read is the one that is told.
        private mutating func refuse(_ name: Name, _ line: String) {
            guard let place = form.fields.firstIndex(where: { $0.name == name.rawValue }),
                form.fields[place].error == nil
            else { return }
            form.fields[place].error = call.say("Не читається: «\(line)»", "Cannot be read: \"\(line)\"")
        }
    }
}

extension WebCall {
    /// Which days of the week are off: those of the calendar in force.
    fileprivate func calendarWeekend() -> [Weekday] {
        do { return try desk.calendarInForce().weekend } catch { return WorkingCalendar.initial.weekend }
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    fileprivate var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
