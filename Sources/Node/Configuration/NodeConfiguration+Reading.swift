import Appeals
import Desk

extension NodeConfiguration {
    /// Reads the text of a file strictly: what is unknown, doubled, missing or of another form is refused by line.
    package init(parsing text: [UInt8], file: String) throws(ConfigurationRefusal) {
        let values = try Self.values(text, file: file)
        guard let id = values["node.id"]?.value else { throw Self.missing("node.id", "id = roads", file) }
        guard let role = values["node.role"].flatMap({ NodeRole(rawValue: $0.value) }) else {
            throw Self.missing("node.role", "role = department", file)
        }
        self.init(id: id, role: role)
        for (full, entry) in values.sorted(by: { $0.key < $1.key }) {
            guard let key = ConfigurationKey.all.first(where: { $0.fullName == full }) else { continue }
            guard key.roles.contains(role) else {
                throw ConfigurationRefusal(
                    file: file,
                    line: entry.line,
                    key: full,
                    found: Label(
                        uk: "у вузла з роллю \(role.rawValue) немає такого ключа",
                        en: "a node with the role \(role.rawValue) has no such key"
                    ),
                    remedy: Label(
                        uk: "Приберіть рядок або виправте node.role",
                        en: "Take the line away, or correct node.role"
                    )
                )
            }
            set(full, entry.value)
        }
        guard let wrong = web.contradiction else { return }
        let line = values[wrong.key]?.line ?? values.filter { $0.key.hasPrefix("web.") }.map(\.value.line).min() ?? 0
        throw ConfigurationRefusal(file: file, line: line, key: wrong.key, found: wrong.found, remedy: wrong.remedy)
    }

    private static func missing(_ key: String, _ example: String, _ file: String) -> ConfigurationRefusal {
        let section = key.split(separator: ".")[0]
        return ConfigurationRefusal(
            file: file,
            line: 0,
            key: key,
            found: Label(uk: "ключа бракує", en: "the key is missing"),
            remedy: Label(
                uk: "Запишіть його під [\(section)]. Приклад: \(example)",
                en: "Write it under [\(section)]. Example: \(example)"
            )
        )
    }

    /// Each key that is there, once, with a value of its form.
    private static func values(
        _ text: [UInt8],
        file: String
    ) throws(ConfigurationRefusal) -> [String: (value: String, line: Int)] {
        func refusal(_ line: Int, _ key: String, _ found: Label, _ remedy: Label) -> ConfigurationRefusal {
            ConfigurationRefusal(file: file, line: line, key: key, found: found, remedy: remedy)
        }
        let lines = try lines(text, file: file)
        var values: [String: (value: String, line: Int)] = [:]
        for entry in lines.entries {
            let full = entry.section.isEmpty ? entry.name : entry.section + "." + entry.name
            guard let key = ConfigurationKey.named(entry.section, entry.name) else {
                let known = ConfigurationKey.all.filter { $0.section == entry.section }.map(\.name)
                let elsewhere = ConfigurationKey.all.filter { $0.name == entry.name }.map { "[\($0.section)]" }
                let remedy =
                    elsewhere.first.map { Label(uk: "Він стоїть під \($0)", en: "It stands under \($0)") }
                    ?? advice(entry.name, among: known)
                throw refusal(entry.line, full, Label(uk: "такого ключа немає", en: "there is no such key"), remedy)
            }
            if let former = values[full] {
                throw refusal(
                    entry.line,
                    full,
                    Label(
                        uk: "цей ключ уже задано в рядку \(former.line)",
                        en: "the key was set in line \(former.line) already"
                    ),
                    Label(uk: "Залиште один із двох рядків", en: "Keep one of the two lines")
                )
            }
            if let problem = key.problem(with: entry.value) {
                throw refusal(entry.line, full, problem.found, problem.remedy)
            }
            values[full] = (entry.value, entry.line)
        }
        return values
    }

    /// The lines of a text that is one of this form, with sections that exist.
    private static func lines(_ text: [UInt8], file: String) throws(ConfigurationRefusal) -> INILines {
        func refusal(_ line: Int, _ key: String, _ found: Label, _ remedy: Label) -> ConfigurationRefusal {
            ConfigurationRefusal(file: file, line: line, key: key, found: found, remedy: remedy)
        }
        guard String(validating: text, as: UTF8.self) != nil else {
            throw refusal(
                0,
                "",
                Label(uk: "текст не в UTF-8", en: "the text is not UTF-8"),
                Label(uk: "Збережіть його як UTF-8", en: "Save it as UTF-8")
            )
        }
        let lines = INILines(text)
        if let line = lines.longLine {
            throw refusal(
                line,
                "",
                Label(uk: "рядок довший за 197 байтів", en: "the line is longer than 197 bytes"),
                Label(uk: "Розбийте примітку або скоротіть значення", en: "Break the comment, or shorten the value")
            )
        }
        if let line = lines.brokenLine {
            throw refusal(
                line,
                "",
                Label(
                    uk: "це не `ключ = значення`, не [розділ] і не примітка",
                    en: "this is neither `key = value`, nor [section], nor a comment"
                ),
                Label(uk: "Примітки починаються з # або ;", en: "Begin comments with # or ;")
            )
        }
        let sections = ConfigurationKey.all.map(\.section)
        for (name, line) in lines.sections where !sections.contains(name) {
            throw refusal(
                line,
                "[\(name)]",
                Label(uk: "такого розділу немає", en: "there is no such section"),
                advice(name, among: sections)
            )
        }
        return lines
    }

    private static func advice(_ word: String, among known: [String]) -> Label {
        if let near = ConfigurationKey.suggestion(for: word, among: known) {
            return Label(uk: "Може, \(near)?", en: "Did you mean \(near)?")
        }
        let all = known.uniqued()
        return all.isEmpty
            ? Label(uk: "Поставте його під [розділом]", en: "Put it under a [section]")
            : Label(uk: "Відомі: ", en: "Known are: ") + Label(all.joined(separator: ", "))
    }

    private mutating func set(_ full: String, _ value: String) {
        switch full {
        case "node.language": language = Language(rawValue: value) ?? language
        case "office.url": officeURL = value
        case "office.enrol_url": enrolURL = value
        case "listen.address": address = value
        case "listen.port": port = UInt16(value) ?? port
        case "listen.enrol_port": enrolPort = UInt16(value) ?? enrolPort
        case "listen.names": names = ConfigurationKey.parts(value)
        case "limits.connections": connections = Int(value)
        case "limits.connections_per_key": connectionsPerKey = Int(value) ?? connectionsPerKey
        case "limits.bodies_mib": bodiesMiB = Int(value) ?? bodiesMiB
        case "web.enabled": web.isEnabled = value == "yes"
        case "web.address": web.address = value
        case "web.port": web.port = UInt16(value) ?? web.port
        case "web.names": web.names = ConfigurationKey.parts(value)
        case "web.certificate": web.certificate = value
        case "web.key": web.key = value
        case "web.totp": web.isTOTPForAll = value == "all"
        case "backup.directory": backupDirectory = value
        case "backup.admissions": admissionsCopy = value
        case "backup.device_is_other": backupDeviceIsOther = value == "yes"
        case "settings.reader_days": readerDays = Int(value) ?? readerDays
        case "settings.invitation_minutes": invitationMinutes = Int(value) ?? invitationMinutes
        case "settings.certificate_days": certificateDays = Int(value) ?? certificateDays
        case "settings.wait_seconds": waitSeconds = Int(value) ?? waitSeconds
        case "settings.idle_seconds": idleSeconds = Int(value) ?? idleSeconds
        default: precondition(full == "node.id" || full == "node.role", "every key is taken: \(full) is not")
        }
    }
}

extension ConfigurationKey {
    static func parts(_ value: String) -> [String] {
        value.split(separator: ",").map { part in
            let bytes = part.utf8.drop { $0 == 32 || $0 == 9 }
            let end = bytes.lastIndex { $0 != 32 && $0 != 9 }
            return end.map { String(part[bytes.startIndex...$0]) } ?? ""
        }
    }

    /// How the name of a node, a department or a person is made.
    static let identifierRule = Label(
        uk: "До 32 знаків a-z, 0-9 і -, перша — літера. Приклад: roads",
        en: "Up to 32 of a-z, 0-9 and -, a letter first. Example: roads"
    )

    /// What is wrong with a value, and what would be right; nil if nothing is.
    func problem(with value: String) -> (found: Label, remedy: Label)? {
        func wrong(_ uk: String, _ en: String, _ remedy: Label) -> (found: Label, remedy: Label) {
            (Label(uk: "«\(value)» — \(uk)", en: "\"\(value)\" is \(en)"), remedy)
        }
        func example(_ text: String) -> Label { Label(uk: "Приклад: \(text)", en: "Example: \(text)") }
        switch form {
        case .identifier:
            return Names.isIdentifier(value)
                ? nil
                : wrong("не назва вузла", "not a node's name", Self.identifierRule)
        case .choice(let known):
            return known.contains(value)
                ? nil
                : wrong(
                    "невідоме",
                    "not known",
                    Label(uk: "Напишіть одне з: ", en: "Write one of: ") + Label(known.joined(separator: ", "))
                )
        case .address:
            return Files.isAddress(value)
                ? nil : wrong("не числова адреса", "not a numeric address", example("127.0.0.1"))
        case .port:
            return Self.number(value, 0...65_535)
                ? nil
                : wrong(
                    "не порт",
                    "not a port",
                    Label(uk: "Приклад: 8443; 0 — будь-який вільний", en: "Example: 8443; 0 takes any free one")
                )
        case .number(let range):
            return Self.number(value, range)
                ? nil
                : wrong(
                    "не число від \(range.lowerBound) до \(range.upperBound)",
                    "not a number from \(range.lowerBound) to \(range.upperBound)",
                    example(standard ?? String(range.lowerBound))
                )
        case .url:
            return Files.isURL(value)
                ? nil : wrong("не адреса https", "not an https address", example("https://office.example:8443"))
        case .names:
            let parts = Self.parts(value)
            let bad = parts.first { !Files.isAddress($0) && !Files.isHost($0) } ?? (parts.isEmpty ? value : nil)
            let found = bad.map {
                Label(
                    uk: "«\($0)» — ні назва малими літерами, ні адреса",
                    en: "\"\($0)\" is neither a name in lower case nor an address"
                )
            }
            return found.map { ($0, example("office.example, 10.0.0.1")) }
        case .path:
            return value.isEmpty
                ? (Label(uk: "шлях порожній", en: "the path is empty"), example("/var/backups/kartoteka")) : nil
        }
    }

    private static func number(_ text: String, _ range: ClosedRange<Int>) -> Bool {
        // NB: Int("+5") is 5.
        guard !text.isEmpty, text.utf8.count <= 6, text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let value = Int(text)
        else { return false }
        return range.contains(value)
    }
}
