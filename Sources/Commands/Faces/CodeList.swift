package import Appeals
import Desk

/// The codes that options take, with their words.
extension Commands {
    /// `kartoteka help codes`.
    package static let topicOfCodes = "codes"

    /// A list of codes and the options that take it.
    private struct Codes {
        let codes: [InputCode]
        var options: [String]
    }

    /// Every list once, in the order of the commands.
    private static let codeLists: [Codes] = rows.flatMap(\.inputs).reduce(into: []) { lists, input in
        let codes = input.type.codes
        guard !codes.isEmpty else { return }
        if let place = lists.firstIndex(where: { $0.codes == codes }) {
            if !lists[place].options.contains(input.name) { lists[place].options.append(input.name) }
        } else {
            lists.append(Codes(codes: codes, options: [input.name]))
        }
    }

    /// The names of options that take codes.
    package static let optionsWithCodes = Set(codeLists.flatMap(\.options)).sorted()

    /// All lists, or those of one option; whether there is such an option is for the caller to look at.
    package static func codes(_ option: String?, _ language: Language, _ width: Int) -> String {
        let name = option.map { String($0.drop { $0 == "-" }) }
        let wanted = codeLists.filter { list in name.map(list.options.contains) ?? true }
        return wanted.map { list in
            let title = list.options.map { "--" + $0 }.joined(separator: ", ") + ":"
            return ([title] + HelpText.columns(list.codes.map { ($0.code, $0.label.text(language)) }, width))
                .joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    /// Commands whose text is for another program: no line of it is broken.
    package static func isVerbatim(_ command: Command) -> Bool { command.name == "completion" }
}
