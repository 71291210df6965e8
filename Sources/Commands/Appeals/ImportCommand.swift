package import Appeals
package import CanonicalJSON
import Cryptography
import Desk
import Replication

/// `import`: cards of a foreign register; can be stopped and begun again, and repeated.
extension Commands {
    /// Cards that share one transaction.
    static let importBatch = 200

    static let importCards = Command(.importCards) { call in
        try call.requireOffice()
        let outcomes = try call.importOutcomes()
        let isDryRun = call.flag("dry-run")
        var importing = try CardImport(
            try call.acting(),
            // Without a name for the source its mapping names it: the same mapping finds the same cards.
            source: call.text("source") ?? SHA256.hash(Array((call.text("mapping") ?? "").utf8)).hex,
            author: call.text("author"),
            isDryRun: isDryRun
        )
        for start in stride(from: 0, to: outcomes.count, by: importBatch) {
            try importing.take(Array(outcomes[start..<min(start + importBatch, outcomes.count)]))
        }
        return ImportTold.result(importing.report, rows: outcomes.count, isDryRun: isDryRun, call)
    }

    /// Whether a command takes a register, which is given to it piece by piece.
    package static func takesRegister(_ command: Command) -> Bool { command.operands.contains { $0.form == .register } }

    /// Gives a register to a command piece by piece, by `once`; what came of the pieces is told as one.
    ///
    /// `arguments` hold the whole text of the register. A piece that fails ends it: what was done before stays done, and
    /// the same command finds it there.
    package static func inPieces(
        _ arguments: JSONObject,
        _ language: Language,
        progress: (Int) -> Void = { _ in },
        once: (JSONObject) throws -> CommandResult
    ) throws -> CommandResult {
        var pieces: ImportPieces
        do {
            pieces = try ImportPieces(
                text: arguments["file"]?.string ?? "",
                mapping: arguments["mapping"]?.string ?? ""
            )
        } catch { return CommandResult(DeskError(error), language) }
        var arguments = arguments
        var whole: CommandResult?
        while true {
            do {
                guard let piece = try pieces.next() else { break }
                arguments["file"] = piece
            } catch { return CommandResult(DeskError(error), language) }
            let part = try once(arguments)
            whole = whole.map { ImportTold.merged($0, part, language) } ?? part
            if part.isError { break }
            progress(pieces.done)
        }
        let empty = DeskError(.failed, "empty", uk: "порожній файл", en: "an empty file")
        return whole ?? CommandResult(empty, language)
    }
}

extension Call {
    /// What becomes of every row of the piece by its mapping, before anything is registered.
    fileprivate func importOutcomes() throws -> [ImportOutcome] {
        let mapping = try ImportMapping(bytes: Array(try required("mapping").utf8))
        guard let outcomes = mapping.outcomes(ofPiece: arguments["file"]?.array ?? []) else {
            throw DeskError.usage(
                "wrongType",
                uk: "рядки реєстру не того вигляду",
                en: "the rows of the register are not in their form"
            )
        }
        return outcomes
    }
}
