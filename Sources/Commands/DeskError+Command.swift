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

    /// What a person reads, in lines of this width.
    package func text(_ language: Language, _ width: Int = LineBreaks.width) -> String {
        Self.text(message.text(language), remedy.text(language), language, width)
    }

    static func text(_ message: String, _ remedy: String, _ language: Language, _ width: Int) -> String {
        let title = Label(uk: "Помилка", en: "Error").text(language)
        let lines = "\(title): \(PlainText.line(message))" + (remedy.isEmpty ? "" : "\n" + remedy)
        return LineBreaks.within(lines, width)
    }
}

extension DeskError: CustomStringConvertible {
    package var description: String {
        remedy.isEmpty ? message.text(.english) : message.text(.english) + ". " + remedy.text(.english)
    }
}
