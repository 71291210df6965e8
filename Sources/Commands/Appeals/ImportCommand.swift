package import Appeals
package import CanonicalJSON
import Desk
import Replication

/// `import`: cards of a foreign register; can be stopped and begun again, and repeated.
extension Commands {
    /// Cards that share one transaction.
    static let importBatch = 200

    static let importCards = Command(.importCards) { call in
        try call.requireOffice()
        let mapping = try ImportMapping(bytes: Array(try call.required("mapping").utf8))
        let outcomes = try call.importOutcomes(mapping)
        let isDryRun = call.flag("dry-run")
        let source = call.text("source") ?? mapping.name
        guard source != nil || isDryRun else {
            throw DeskError(
                .usage,
                "sourceMissing",
                uk: "джерело не назване: з його назвою й ключем рядка картка впізнається знову",
                en: "the source has no name: with it and a row's key a card is known again",
                remedy: Sentence(
                    uk: "Вкажіть \(.input("source", "НАЗВА")) або \"name\" в описі відповідності; далі не змінюйте її.",
                    en: "Give \(.input("source", "NAME")) or \"name\" in the mapping, and never change it."
                )
            )
        }
        var importing = try CardImport(
            try call.acting(),
            source: source,
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
    /// `register` holds the bytes of the whole file. A piece that fails ends it, and so does whoever interrupts it: what
    /// was done before stays done, and the same command finds it there.
    package static func inPieces(
        _ register: [UInt8],
        _ arguments: JSONObject,
        _ language: Language,
        isInterrupted: () -> Bool = { false },
        progress: (Int) -> Void = { _ in },
        once: (JSONObject) throws -> CommandResult
    ) throws -> CommandResult {
        var told = ImportTold(language: language)
        do {
            let encoding = arguments["encoding"]?.string.flatMap(TextEncoding.init)
            var pieces = try ImportPieces(register, mapping: arguments["mapping"]?.string ?? "", encoding: encoding)
            var arguments = arguments
            while let piece = try pieces.next() {
                told.read(pieces)
                arguments["file"] = piece
                let part = try once(arguments)
                guard !part.isError else { return told.ended(by: part, at: piece) }
                told.add(part, of: piece)
                progress(pieces.done)
                if isInterrupted() {
                    let left = try pieces.passOver()
                    if left > 0 { return told.interrupted(left: left) }
                }
            }
        } catch { return told.ended(by: CommandResult(DeskError(error), language), at: nil) }
        return told.result
    }
}

extension Call {
    /// What becomes of every row of the piece by its mapping, before anything is registered.
    fileprivate func importOutcomes(_ mapping: ImportMapping) throws -> [ImportOutcome] {
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
