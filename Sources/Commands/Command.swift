package import Appeals
package import CanonicalJSON
package import Desk

/// A row of the table with what the terminal does for it.
///
/// Arguments come as JSON, so that the same code runs behind the local socket of a running node and on the directory of
/// a stopped one. Files are read by the command line; the arguments hold their contents.
package struct Command: Sendable {
    package let row: UseCase
    private let body: @Sendable (Call) throws -> CommandResult

    init(_ row: UseCase, body: @escaping @Sendable (Call) throws -> CommandResult) {
        self.row = row
        self.body = body
    }

    /// `appeal register`.
    package var name: String { row.name }
    package var summary: Label { row.summary }
    package var place: UseCase.Place { row.place }
    package var lane: UseCase.Lane { row.lane }
    package var operands: [UseCase.Input] { row.operands }
    package var options: [UseCase.Input] { row.options }

    /// Does it, or says why not; a refusal is a result too.
    package func run(_ context: CommandContext, _ arguments: JSONObject) -> CommandResult {
        do { return try attempt(context, arguments) } catch {
            return CommandResult(error, language(context, arguments))
        }
    }

    /// The same for a face that tells of a refusal in its own way: what is refused before anything is done is thrown.
    package func attempt(_ context: CommandContext, _ arguments: JSONObject) throws(DeskError) -> CommandResult {
        do {
            if row.writes.standing == .machine, place != .withoutNode, context.who != nil {
                throw DeskError(
                    .permission,
                    "ofTheMachine",
                    uk: "це робить лише власник каталогу вузла, на його машині",
                    en: "only the owner of the node's directory does this, at its machine"
                )
            }
            let entered = try entered(arguments, Desk(context.place, .anybody).entrance)
            let language = language(context, arguments)
            return try body(Call(context: context, entered: entered, language: language, command: name))
        } catch { throw DeskError(error) }
    }

    private func language(_ context: CommandContext, _ arguments: JSONObject) -> Language {
        arguments["lang"]?.string.flatMap(Language.init) ?? context.language
    }

    /// Arguments of other programs come here unread: all that are unknown, missing, wrongly typed or no value of their
    /// input are refused at once, each by name.
    private func entered(_ arguments: JSONObject, _ entrance: Entrance) throws(DeskError) -> Entered {
        let known = operands + options + Commands.common + Commands.ofTerminal
        var wrong = Self.unread(arguments, known, name)
        for option in operands + options where option.isRequired && arguments[option.name] == nil {
            let shown = operands.contains { $0.name == option.name } ? option.value : option.typed
            wrong.append(
                .usage(
                    "missingOption",
                    uk: "бракує \(shown): \(option.summary.uk)",
                    en: "\(shown) is missing: \(option.summary.en)"
                )
            )
        }
        for option in known {
            guard let value = arguments[option.name], option.fits(value) else { continue }
            do { _ = try Entered([option.name: value], of: [option], entrance) } catch { wrong.append(error) }
        }
        if let all = DeskError.all(wrong) { throw all }
        return try Entered(arguments, of: known, entrance)
    }

    private static func unread(_ arguments: JSONObject, _ known: [UseCase.Input], _ name: String) -> [DeskError] {
        arguments.members.compactMap { key, value in
            guard let option = known.first(where: { $0.name == key }) else {
                return .usage(
                    "unknownOption",
                    uk: "команда «\(name)» не має параметра «\(key)»",
                    en: "\"\(name)\" has no option \"\(key)\""
                )
            }
            guard !option.fits(value) else { return nil }
            return .usage(
                "wrongType",
                uk: "значення «\(key)» не того виду",
                en: "the value of \"\(key)\" has the wrong type"
            )
        }
    }
}

extension String {
    /// With spaces after it, to at least this many characters.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
