import Appeals
import CanonicalJSON
import Commands
import Desk

/// A sentence of the desk in a browser: an input is the label of its field, an act the words of its button.
extension WebCall {
    /// The words alone.
    func told(_ sentence: Sentence, of row: UseCase? = nil) -> String {
        sentence.phrase(language).parts.map { part in
            switch part {
            case .words(let words): words
            case .mention(let mention): told(mention, row)
            }
        }.joined()
    }

    /// What a refusal says and what to do, in words alone: as it stands at a field.
    func told(_ error: DeskError, of form: ActForm) -> String {
        let (message, remedy) = (told(error.message, of: form.row), told(error.remedy, of: form.row))
        return remedy.isEmpty ? message.capitalizedFirst : message.capitalizedFirst + ". " + remedy
    }

    /// With acts as links, where they stand on the card of an appeal.
    func markup(_ sentence: Sentence, of row: UseCase, appeal: String?) -> Markup {
        Markup(
            sentence.phrase(language).parts.map { part in
                switch part {
                case .words(let words): return Markup(words)
                case .mention(let mention):
                    let words = Markup(told(mention, row))
                    guard let appeal, let act = mention.act, CardActs.rows.contains(where: { $0.name == act.name })
                    else { return words }
                    return tag("a", ["href": ActPlace.of(act, appeal)]) { words }
                }
            }
        )
    }

    private func told(_ mention: Mention, _ row: UseCase?) -> String {
        switch mention {
        case .input(let name, let value):
            let input = row?.inputs.first { $0.name == name }
            let label = input.flatMap { input in row.map { FieldWords.label($0, input) } }
            return "«\(say(label ?? Label(name)))»" + (value.isEmpty ? "" : " \(value)")
        case .toDo(let row, _), .named(let row, _), .data(let row): return "«\(say(ActWords.verb(row)))»"
        case .atMachine(let act), .namedAtMachine(let act): return say(Self.words(act))
        }
    }

    private static func words(_ act: MachineAct) -> Label {
        switch act {
        case .foundOffice: Label(uk: "на машині: заснувати Центр", en: "at the machine: found an office")
        case .foundDepartment: Label(uk: "на машині: заснувати підрозділ", en: "at the machine: found a department")
        case .declareRestore: Label(uk: "на машині: оголосити відновлення", en: "at the machine: declare the restore")
        }
    }
}

extension Mention {
    /// The act that it names.
    fileprivate var act: UseCase? {
        switch self {
        case .toDo(let row, _), .named(let row, _): row
        case .input, .data, .atMachine, .namedAtMachine: nil
        }
    }
}

/// Where an act stands.
enum ActPlace {
    static func of(_ row: UseCase, _ appeal: String, _ asked: KeyValuePairs<String, String> = [:]) -> String {
        let query = asked.map { $0.key + "=" + WebCall.encoded($0.value) }.joined(separator: "&")
        return "/cards/\(WebCall.encoded(appeal))/acts/\(row.segment)" + (query.isEmpty ? "" : "?" + query)
    }

    static func card(_ appeal: String) -> String { "/cards/\(WebCall.encoded(appeal))" }
}
