import Appeals
package import CanonicalJSON
import Desk

/// `import --suggest`: a first mapping, for a person to read and mend.
extension Commands {
    /// Asks the node, which knows the departments, what it makes of the head of a register.
    static func suggested(
        _ register: [UInt8],
        _ arguments: JSONObject,
        once: (JSONObject) throws -> CommandResult
    ) throws -> CommandResult {
        var arguments = arguments
        let encoding = arguments["encoding"]?.string.flatMap(TextEncoding.init)
        arguments["file"] = try ImportSample(register, encoding: encoding).json
        return try once(arguments)
    }

    /// The file of a mapping as a person edits it: a member a line.
    package static func text(ofMapping mapping: JSON) -> String { lines(mapping, "") + "\n" }

    private static func lines(_ json: JSON, _ indent: String) -> String {
        guard let object = json.object, !object.members.isEmpty, json.canonicalText.utf8.count > 100 || indent.isEmpty
        else {
            return json.canonicalText
        }
        let inner = indent + "  "
        let order = ["comment", "name", "source", "delimiter", "items", "key", "constants", "fields"]
        let members = object.members.sorted { a, b in
            let places = [a, b].map { order.firstIndex(of: $0.key) ?? order.count }
            return indent.isEmpty && places[0] != places[1] ? places[0] < places[1] : a.key < b.key
        }
        let body = members.map { inner + JSON.string($0.key).canonicalText + ": " + lines($0.value, inner) }
        return "{\n" + body.joined(separator: ",\n") + "\n" + indent + "}"
    }
}

extension Call {
    /// The mapping that the head of a register suggests, with what it was guessed by.
    func suggestion() throws -> CommandResult {
        guard let sample = ImportSample(arguments["file"] ?? .null) else {
            throw DeskError.usage(
                "wrongType",
                uk: "рядки реєстру не того вигляду",
                en: "the rows of the register are not in their form"
            )
        }
        let departments = try desk.read { try desk.departmentLookup($0) }
        let found = ImportSuggestion(sample, departments: departments)
        var lines = [say("Здогади (прочитайте й виправте):", "Guesses (read and mend them):")]
        lines += found.guessed.map { "  " + say($0) }
        if !found.open.isEmpty { lines += [say("Подивіться:", "Look at:")] + found.open.map { "  " + say($0) } }
        if !found.unused.isEmpty {
            lines.append(say("Не використано: ", "Not used: ") + found.unused.joined(separator: ", "))
        }
        lines.append(
            say(
                "Далі: kartoteka import FILE --mapping \(text("suggest") ?? "") --dry-run",
                "Next: kartoteka import FILE --mapping \(text("suggest") ?? "") --dry-run"
            )
        )
        return CommandResult(
            [
                "mapping": .object(found.mapping), "unused": .array(found.unused.map(JSON.string)),
                "guessed": .array(found.guessed.map { .string(say($0)) }),
                "open": .array(found.open.map { .string(say($0)) }),
            ],
            lines: lines
        )
    }
}
