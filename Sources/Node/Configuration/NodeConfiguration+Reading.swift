import Appeals

extension NodeConfiguration {
    /// Reads the text of a file strictly: what is unknown, doubled, missing or of another form is refused by line.
    public init(parsing text: [UInt8], file: String) throws(ConfigurationRefusal) {
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
                    found: "a node with the role \(role.rawValue) has no such key",
                    remedy: "Take the line away, or correct node.role"
                )
            }
            set(full, entry.value)
        }
    }

    private static func missing(_ key: String, _ example: String, _ file: String) -> ConfigurationRefusal {
        let section = key.split(separator: ".")[0]
        return ConfigurationRefusal(
            file: file,
            line: 0,
            key: key,
            found: "the key is missing",
            remedy: "Write it under [\(section)]. Example: \(example)"
        )
    }

    /// Each key that is there, once, with a value of its form.
    private static func values(
        _ text: [UInt8],
        file: String
    ) throws(ConfigurationRefusal) -> [String: (value: String, line: Int)] {
        func refusal(_ line: Int, _ key: String, _ found: String, _ remedy: String) -> ConfigurationRefusal {
            ConfigurationRefusal(file: file, line: line, key: key, found: found, remedy: remedy)
        }
        guard String(validating: text, as: UTF8.self) != nil else {
            throw refusal(0, "", "the text is not UTF-8", "Save it as UTF-8")
        }
        let lines = INILines(text)
        if let line = lines.longLine {
            throw refusal(line, "", "the line is longer than 197 bytes", "Break the comment, or shorten the value")
        }
        if let line = lines.brokenLine {
            throw refusal(
                line,
                "",
                "this is neither `key = value`, nor [section], nor a comment",
                "Begin comments with # or ;"
            )
        }
        let sections = ConfigurationKey.all.map(\.section)
        for (name, line) in lines.sections where !sections.contains(name) {
            throw refusal(line, "[\(name)]", "there is no such section", advice(name, among: sections))
        }
        var values: [String: (value: String, line: Int)] = [:]
        for entry in lines.entries {
            let full = entry.section.isEmpty ? entry.name : entry.section + "." + entry.name
            guard let key = ConfigurationKey.named(entry.section, entry.name) else {
                let known = ConfigurationKey.all.filter { $0.section == entry.section }.map(\.name)
                let elsewhere = ConfigurationKey.all.filter { $0.name == entry.name }.map { "[\($0.section)]" }
                let remedy = elsewhere.first.map { "It stands under \($0)" } ?? advice(entry.name, among: known)
                throw refusal(entry.line, full, "there is no such key", remedy)
            }
            if let former = values[full] {
                throw refusal(
                    entry.line,
                    full,
                    "the key was set in line \(former.line) already",
                    "Keep one of the two lines"
                )
            }
            if let problem = key.problem(with: entry.value) {
                throw refusal(entry.line, full, problem.found, problem.remedy)
            }
            values[full] = (entry.value, entry.line)
        }
        return values
    }

    private static func advice(_ word: String, among known: [String]) -> String {
        if let near = ConfigurationKey.suggestion(for: word, among: known) { return "Did you mean \(near)?" }
        let all = known.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return all.isEmpty ? "Put it under a [section]" : "Known are: " + all.joined(separator: ", ")
    }

    private mutating func set(_ full: String, _ value: String) {
        switch full {
        case "node.language": language = value
        case "office.url": officeURL = value
        case "office.enrol_url": enrolURL = value
        case "listen.address": address = value
        case "listen.port": port = UInt16(value) ?? port
        case "listen.enrol_port": enrolPort = UInt16(value) ?? enrolPort
        case "listen.names": names = ConfigurationKey.parts(value)
        case "limits.connections": connections = Int(value)
        case "limits.connections_per_key": connectionsPerKey = Int(value) ?? connectionsPerKey
        case "limits.bodies_mib": bodiesMiB = Int(value) ?? bodiesMiB
        case "backup.directory": backupDirectory = value
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

    /// What is wrong with a value, and what would be right; nil if nothing is.
    func problem(with value: String) -> (found: String, remedy: String)? {
        let quoted = "\"\(value)\" is "
        switch form {
        case .identifier:
            return Names.isIdentifier(value)
                ? nil : (quoted + "not a node's name", "Up to 32 of a-z, 0-9 and -, a letter first. Example: roads")
        case .choice(let known):
            return known.contains(value)
                ? nil : (quoted + "not known", "Write one of: " + known.joined(separator: ", "))
        case .address: return Files.isAddress(value) ? nil : (quoted + "not a numeric address", "Example: 127.0.0.1")
        case .port:
            return Self.number(value, 0...65_535) ? nil : (quoted + "not a port", "Example: 8443; 0 takes any free one")
        case .number(let range):
            return Self.number(value, range)
                ? nil
                : (
                    quoted + "not a number from \(range.lowerBound) to \(range.upperBound)",
                    "Example: \(standard ?? String(range.lowerBound))"
                )
        case .url:
            return Files.isURL(value) ? nil : (quoted + "not an https address", "Example: https://office.example:8443")
        case .names:
            let parts = Self.parts(value)
            let bad = parts.first { !Files.isAddress($0) && !Files.isHost($0) } ?? (parts.isEmpty ? value : nil)
            return bad.map {
                ("\"\($0)\" is neither a name in lower case nor an address", "Example: office.example, 10.0.0.1")
            }
        case .path: return value.isEmpty ? ("the path is empty", "Example: /var/backups/kartoteka") : nil
        }
    }

    private static func number(_ text: String, _ range: ClosedRange<Int>) -> Bool {
        // NB: Int("+5") is 5.
        guard !text.isEmpty, text.utf8.count <= 6, text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let value = Int(text)
        else { return false }
        return range.contains(value)
    }
}
