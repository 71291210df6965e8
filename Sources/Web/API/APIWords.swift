import Appeals
import Commands
import Desk

/// A sentence of the desk for programs: an input is a member of the body, an act an endpoint.
enum APIWords {
    /// The words in one language; options that a command's own sentence names as they are typed lose their dashes.
    static func text(_ sentence: Sentence, _ language: Language, of endpoint: Endpoint? = nil) -> String {
        let phrase = sentence.phrase(language)
        let text = phrase.parts.map { part in
            switch part {
            case .words(let words): words
            case .mention(let mention): named(mention)
            }
        }.joined()
        let names = (endpoint?.row.inputs ?? []).map(\.name).sorted { $0.count > $1.count }
        return names.reduce(text) { $0.replacing("--" + $1, with: "`\($1)`") }
    }

    private static func named(_ mention: Mention) -> String {
        switch mention {
        case .input(let name, let value): value.isEmpty ? "`\(name)`" : "`\(name)`: `\(value)`"
        case .toDo(let row, let given), .named(let row, let given): place(of: row, given)
        case .data(let row): place(of: row, [:])
        case .atMachine, .namedAtMachine: ("\(mention)" as Phrase).description
        }
    }

    /// `POST /api/v1/acts/role-grant (role: administrator)`; what programs do not reach is typed at the machine.
    private static func place(of row: UseCase, _ given: KeyValuePairs<String, String>) -> String {
        guard let endpoint = Endpoint.of(row) else { return ("\(.toDo(row))" as Phrase).description }
        let values = given.map { $0.value.isEmpty ? $0.key : "\($0.key): \($0.value)" }.joined(separator: ", ")
        return endpoint.method + " " + endpoint.shownPath + (values.isEmpty ? "" : " (\(values))")
    }
}

extension Endpoint {
    /// The path as programs are told it: what is in braces is one value, its slashes written `%2F`.
    var shownPath: String { path.replacing("+}", with: "}") }
}
