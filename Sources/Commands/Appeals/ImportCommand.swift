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
        if call.text("suggest") != nil { return try call.suggestion() }
        let mapping = try ImportMapping(bytes: Array(try call.required("mapping").utf8))
        let outcomes = try call.importOutcomes(mapping)
        let isDryRun = call.flag("dry-run")
        let source = call.text("source") ?? mapping.name
        // Without a card there is nothing that would have to be known again.
        let hasCard = outcomes.contains { outcome in if case .card = outcome { true } else { false } }
        guard source != nil || isDryRun || !hasCard else {
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
    ///
    /// - Parameter zoneFile: what the system has about a time zone.
    package static func inPieces(
        _ register: [UInt8],
        _ arguments: JSONObject,
        _ language: Language,
        zoneFile: (String) -> [UInt8]? = { _ in nil },
        isInterrupted: () -> Bool = { false },
        progress: (Int) -> Void = { _ in },
        once: (JSONObject) throws -> CommandResult
    ) throws -> CommandResult {
        var told = ImportTold(language: language)
        do {
            if arguments["suggest"] != nil { return try suggested(register, arguments, once: once) }
            guard arguments["mapping"] != nil else {
                throw DeskError(
                    .usage,
                    "missingOption",
                    uk: "бракує опису відповідності: \(.input("mapping"))",
                    en: "the mapping is missing: \(.input("mapping"))",
                    remedy: Sentence(
                        uk: "Перший напише програма: \(.input("suggest", "mapping.json"))",
                        en: "The program writes a first one: \(.input("suggest", "mapping.json"))"
                    )
                )
            }
            let encoding = arguments["encoding"]?.string.flatMap(TextEncoding.init)
            var arguments = arguments
            let mapping = zoned(arguments["mapping"]?.string ?? "", zoneFile)
            arguments["mapping"] = .string(mapping)
            var pieces = try ImportPieces(register, mapping: mapping, encoding: encoding)
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

extension Commands {
    /// The mapping with what the system knows of its zones; as it is if it is no JSON, which its reader tells.
    private static func zoned(_ mapping: String, _ file: (String) -> [UInt8]?) -> String {
        do {
            return try ImportZone.filled(JSON(parsing: Array(mapping.utf8), limits: .general), file: file).canonicalText
        } catch {
            return mapping
        }
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
