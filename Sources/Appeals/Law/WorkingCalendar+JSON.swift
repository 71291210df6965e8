public import CanonicalJSON

extension WorkingCalendar {
    private static let keys: Set<String> = [
        "version", "validFrom", "validThrough", "weekend", "workingHoursEnd", "holidays", "martialLaw", "extraDaysOff",
        "extraWorkingDays",
    ]

    /// The body of the operation that publishes this version.
    public var json: JSON {
        [
            "version": .string(version),
            "validFrom": .string(validFrom.description),
            "validThrough": .string(validThrough.description),
            "weekend": .array(weekend.map { .string($0.rawValue) }),
            "workingHoursEnd": .string(workingHoursEnd.description),
            "holidays": .array(
                holidays.map {
                    ["date": .string($0.date.description), "uk": .string($0.name.uk), "en": .string($0.name.en)]
                }
            ),
            "martialLaw": .array(martialLaw.map(Self.json)),
            "extraDaysOff": .array(extraDaysOff.map { .string($0.description) }),
            "extraWorkingDays": .array(extraWorkingDays.map { .string($0.description) }),
        ]
    }

    /// Reads a body strictly: every key is known and present, every day exists.
    public init(json: JSON) throws(CalendarRefusal) {
        let body = try Self.object(json, "calendar", keys: Self.keys, optional: [])
        try self.init(
            version: Self.text(body["version"], "version"),
            validFrom: Self.date(body["validFrom"], "validFrom"),
            validThrough: Self.date(body["validThrough"], "validThrough"),
            weekend: Self.list(body["weekend"], "weekend", Self.weekday),
            workingHoursEnd: Self.time(body["workingHoursEnd"], "workingHoursEnd"),
            holidays: Self.list(body["holidays"], "holidays", Self.holiday),
            martialLaw: Self.list(body["martialLaw"], "martialLaw", Self.period),
            extraDaysOff: Self.list(body["extraDaysOff"], "extraDaysOff", Self.date),
            extraWorkingDays: Self.list(body["extraWorkingDays"], "extraWorkingDays", Self.date)
        )
    }

    /// Of the calendars that have the day the one that was published last, else the last of all, else the first of every node.
    ///
    /// `entries`: those of `reference` whose keys begin with `prefix`, in any order.
    package static func inForce(on today: CivilDate, among entries: [Aggregate]) throws(CalendarRefusal) -> Self {
        let bodies = entries.sorted {
            ($0[.registers, "entry"]?.commit ?? 0) < ($1[.registers, "entry"]?.commit ?? 0)
        }.compactMap { $0.register("entry")?["calendar"] }
        var published: [Self] = []
        for body in bodies { published.append(try Self(json: body)) }
        return published.last { $0.covers(today) } ?? published.last ?? .initial
    }

    /// What the keys of calendars in `reference` begin with.
    package static let prefix = "calendar/"

    private static func json(_ period: Period) -> JSON {
        guard let through = period.through else { return ["from": .string(period.from.description)] }
        return ["from": .string(period.from.description), "through": .string(through.description)]
    }

    private static func object(
        _ value: JSON?,
        _ path: String,
        keys: Set<String>,
        optional: Set<String>
    ) throws(CalendarRefusal) -> JSONObject {
        guard let object = value?.object else {
            throw CalendarRefusal(
                path: path,
                found: Label(uk: "не об'єкт", en: "no object"),
                remedy: Label(uk: "вкажіть об'єкт", en: "give an object")
            )
        }
        for key in object.keys where !keys.contains(key) {
            throw CalendarRefusal(
                path: "\(path).\(key)",
                found: Label(uk: "невідомий ключ", en: "an unknown key"),
                remedy: Label(uk: "приберіть", en: "remove it")
            )
        }
        for key in keys.subtracting(optional).sorted() where !object.keys.contains(key) {
            throw CalendarRefusal(
                path: "\(path).\(key)",
                found: Label(uk: "нічого", en: "nothing"),
                remedy: Label(uk: "вкажіть цей ключ", en: "give this key")
            )
        }
        return object
    }

    private static func list<Element>(
        _ value: JSON?,
        _ path: String,
        _ read: (JSON?, String) throws(CalendarRefusal) -> Element
    ) throws(CalendarRefusal) -> [Element] {
        guard let array = value?.array else {
            throw CalendarRefusal(
                path: path,
                found: Label(uk: "не список", en: "no array"),
                remedy: Label(
                    uk: "вкажіть список, порожній, якщо нічого немає",
                    en: "give an array, empty if there is nothing"
                )
            )
        }
        guard array.count <= longestList else {
            throw CalendarRefusal(
                path: path,
                found: Label(uk: "елементів: \(array.count)", en: "\(array.count) items"),
                remedy: Label(uk: "вкажіть щонайбільше \(longestList)", en: "give at most \(longestList)")
            )
        }
        var elements: [Element] = []
        for (place, item) in array.enumerated() {
            elements.append(try read(item, "\(path)[\(place)]"))
        }
        return elements
    }

    private static func text(_ value: JSON?, _ path: String) throws(CalendarRefusal) -> String {
        guard let text = value?.string, text.utf8.count <= 400 else {
            throw CalendarRefusal(
                path: path,
                found: Label(uk: "не рядок до 400 байтів", en: "no string of up to 400 bytes"),
                remedy: Label(uk: "вкажіть рядок", en: "give a string")
            )
        }
        return text
    }

    private static func date(_ value: JSON?, _ path: String) throws(CalendarRefusal) -> CivilDate {
        let text = try text(value, path)
        guard let date = CivilDate(text) else {
            throw CalendarRefusal(
                path: path,
                found: Label("\"\(text)\""),
                remedy: Label(
                    uk: "вкажіть день, який існує, як-от 2026-08-24",
                    en: "give a day that exists, as 2026-08-24"
                )
            )
        }
        return date
    }

    private static func time(_ value: JSON?, _ path: String) throws(CalendarRefusal) -> TimeOfDay {
        let text = try text(value, path)
        guard let time = TimeOfDay(text) else {
            throw CalendarRefusal(
                path: path,
                found: Label("\"\(text)\""),
                remedy: Label(uk: "вкажіть час, як-от 17:00", en: "give a time, as 17:00")
            )
        }
        return time
    }

    private static func weekday(_ value: JSON?, _ path: String) throws(CalendarRefusal) -> Weekday {
        let text = try text(value, path)
        guard let weekday = Weekday(rawValue: text) else {
            throw CalendarRefusal(
                path: path,
                found: Label("\"\(text)\""),
                remedy: Label(
                    uk: "вкажіть одне з mon tue wed thu fri sat sun",
                    en: "give one of mon tue wed thu fri sat sun"
                )
            )
        }
        return weekday
    }

    private static func holiday(_ value: JSON?, _ path: String) throws(CalendarRefusal) -> Holiday {
        let body = try object(value, path, keys: ["date", "uk", "en"], optional: [])
        return Holiday(
            date: try date(body["date"], "\(path).date"),
            name: Label(uk: try text(body["uk"], "\(path).uk"), en: try text(body["en"], "\(path).en"))
        )
    }

    private static func period(_ value: JSON?, _ path: String) throws(CalendarRefusal) -> Period {
        let body = try object(value, path, keys: ["from", "through"], optional: ["through"])
        let through = body.keys.contains("through") ? try date(body["through"], "\(path).through") : nil
        return Period(from: try date(body["from"], "\(path).from"), through: through)
    }
}
