public import Appeals
public import CanonicalJSON

/// Why a command did nothing: what was found and what to do, in both languages.
public struct CommandError: Error, Sendable, CustomStringConvertible {
    public let exit: ExitCode
    /// A stable name for machines: `unknownAppeal`, `roleMissing`.
    public let code: String
    public let message: Label
    public let remedy: Label
    /// What machines want to know besides: `field`, `value`, `limit`.
    public let details: JSONObject

    public init(
        _ exit: ExitCode,
        _ code: String,
        uk: String,
        en: String,
        remedy: Label = Label(uk: "", en: ""),
        details: JSONObject = JSONObject()
    ) {
        self.exit = exit
        self.code = code
        message = Label(uk: uk, en: en)
        self.remedy = remedy
        self.details = details
    }

    public var description: String { remedy.en.isEmpty ? message.en : "\(message.en). \(remedy.en)" }

    public var json: JSON {
        var error: JSONObject = [
            "code": .string(code), "exit": .integer(Int64(exit.rawValue)),
            "message": ["uk": .string(message.uk), "en": .string(message.en)],
            "remedy": ["uk": .string(remedy.uk), "en": .string(remedy.en)],
        ]
        for (name, value) in details.members { error[name] = value }
        return ["schemaVersion": 1, "error": .object(error)]
    }

    /// What a person reads.
    public func text(_ language: Language) -> String {
        let title = Label(uk: "Помилка", en: "Error").text(language)
        let advice = remedy.text(language)
        let found = PlainText.line(message.text(language))
        return LineBreaks.within("\(title): \(found)" + (advice.isEmpty ? "" : "\n" + advice))
    }

    static func usage(_ code: String, uk: String, en: String) -> CommandError {
        CommandError(.usage, code, uk: uk, en: en)
    }
}
