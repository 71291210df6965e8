package import Appeals
package import CanonicalJSON
package import Desk

/// What a command gave: the same for machines and for people.
package struct CommandResult: Sendable {
    /// Of a stable schema; has `schemaVersion`.
    package let json: JSON
    /// For people, in the language that was asked for.
    package let text: String
    package let exit: ExitCode

    package init(_ members: JSONObject, text: String, exit: ExitCode = .ok) {
        var members = members
        members["schemaVersion"] = 1
        json = .object(members)
        self.text = text
        self.exit = exit
    }

    /// A result of lines, each of which is one line whatever is in it: no value from outside makes a line of its own.
    package init(_ members: JSONObject, lines: [String], exit: ExitCode = .ok) {
        self.init(members, text: lines.map(PlainText.line).joined(separator: "\n"), exit: exit)
    }

    private init(json: JSON, text: String, exit: ExitCode) {
        self.json = json
        self.text = text
        self.exit = exit
    }

    /// The refusal as a result, so that both travel the same way.
    package init(_ error: DeskError, _ language: Language) {
        self.init(json: error.json, text: error.text(language), exit: error.exit)
    }

    /// A refusal as a person reads it, in lines of this width; nil of what was done.
    package func refusal(_ language: Language, _ width: Int) -> String? {
        guard let error = json["error"], let message = error["message"]?[language.rawValue]?.string else { return nil }
        return DeskError.text(message, error["remedy"]?[language.rawValue]?.string ?? "", language, width)
    }

    /// Whether nothing was done.
    package var isError: Bool { json["error"] != nil }

    /// As it travels through the local socket.
    package var envelope: JSON { ["exit": .integer(Int64(exit.rawValue)), "json": json, "text": .string(text)] }

    /// Reads what a running node answered over its local socket; nil if it is no envelope.
    package init?(envelope: JSON) {
        guard let exit = envelope["exit"]?.integer.flatMap({ Int32(exactly: $0) }).flatMap(ExitCode.init),
            let json = envelope["json"],
            let text = envelope["text"]?.string
        else { return nil }
        self.init(json: json, text: text, exit: exit)
    }
}
