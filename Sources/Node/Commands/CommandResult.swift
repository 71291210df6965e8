public import Appeals
public import CanonicalJSON

/// What a command gave: the same for machines and for people.
public struct CommandResult: Sendable {
    /// Of a stable schema; has `schemaVersion`.
    public let json: JSON
    /// For people, in the language that was asked for.
    public let text: String
    public let exit: ExitCode

    public init(_ members: JSONObject, text: String, exit: ExitCode = .ok) {
        var members = members
        members["schemaVersion"] = 1
        json = .object(members)
        self.text = text
        self.exit = exit
    }

    /// A result of lines, each of which is one line whatever is in it: no value from outside makes a line of its own.
    public init(_ members: JSONObject, lines: [String], exit: ExitCode = .ok) {
        self.init(members, text: lines.map(PlainText.line).joined(separator: "\n"), exit: exit)
    }

    private init(json: JSON, text: String, exit: ExitCode) {
        self.json = json
        self.text = text
        self.exit = exit
    }

    /// The refusal as a result, so that both travel the same way.
    public init(_ error: CommandError, _ language: Language) {
        self.init(json: error.json, text: error.text(language), exit: error.exit)
    }

    /// Whether nothing was done.
    public var isError: Bool { json["error"] != nil }

    /// As it travels through the local socket.
    public var envelope: JSON { ["exit": .integer(Int64(exit.rawValue)), "json": json, "text": .string(text)] }

    public init?(envelope: JSON) {
        guard let exit = envelope["exit"]?.integer.flatMap({ Int32(exactly: $0) }).flatMap(ExitCode.init),
            let json = envelope["json"],
            let text = envelope["text"]?.string
        else { return nil }
        self.init(json: json, text: text, exit: exit)
    }
}
