package import Appeals
package import CanonicalJSON
package import Desk

/// How a command tells why nothing was done.
extension DeskError {
    /// What the process ends with.
    package var exit: ExitCode {
        switch kind {
        case .failed: .failed
        case .usage: .usage
        case .skipped: .skipped
        case .configuration: .configuration
        case .notFound: .notFound
        case .permission: .permission
        case .notInitialised: .notInitialised
        case .locked: .locked
        case .wrongKey: .wrongKey
        case .wrongVersion: .wrongVersion
        case .unreachable: .unreachable
        case .integrity: .integrity
        case .timeout: .timeout
        case .interrupted: .interrupted
        }
    }

    package var json: JSON {
        var error: JSONObject = [
            "code": .string(code), "exit": .integer(Int64(exit.rawValue)),
            "message": ["uk": .string(message.label.uk), "en": .string(message.label.en)],
            "remedy": ["uk": .string(remedy.label.uk), "en": .string(remedy.label.en)],
        ]
        for (name, value) in details.members { error[name] = value }
        return ["schemaVersion": 1, "error": .object(error)]
    }

    /// What a person reads.
    package func text(_ language: Language) -> String {
        let title = Label(uk: "Помилка", en: "Error").text(language)
        let advice = remedy.text(language)
        let found = PlainText.line(message.text(language))
        return LineBreaks.within("\(title): \(found)" + (advice.isEmpty ? "" : "\n" + advice))
    }
}

extension DeskError: CustomStringConvertible {
    package var description: String {
        remedy.isEmpty ? message.text(.english) : message.text(.english) + ". " + remedy.text(.english)
    }
}
