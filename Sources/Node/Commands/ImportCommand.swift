import Appeals
import CanonicalJSON
import Replication

/// `import`: cards of a foreign register; can be stopped and begun again, and repeated.
extension Commands {
    /// Cards that share one transaction.
    static let importBatch = 200

    static let importCards = Command(
        "import",
        uk: "Імпортувати картки з CSV або JSON (Центр)",
        en: "Import cards from CSV or JSON (the office)",
        operands: [.contents("file", isRequired: true, uk: "файл CSV або JSON", en: "the CSV or JSON file")],
        options: [
            .contents("mapping", isRequired: true, uk: "опис відповідності полів", en: "how its fields map"),
            .actor,
            .text(
                "author",
                "USER",
                uk: "автор резолюцій (типово єдиний leader)",
                en: "the author of resolutions (the only leader if not given)"
            ),
            .text(
                "source",
                "NAME",
                uk: "назва джерела: з нею й ключем картка впізнається знову",
                en: "the source's name: with it and its key a card is known again"
            ),
            .flag("dry-run", uk: "лише перевірити", en: "only check"),
            CommandOption(
                "rejects",
                "FILE",
                .path,
                uk: "куди записати відхилені рядки з причинами (CSV)",
                en: "where to write rejected rows with reasons (CSV)"
            ),
            .limit, .after,
        ],
        example:
            "kartoteka import nyc311.csv --mapping nyc311.mapping.json --as koval --source nyc311 --rejects rejects.csv",
        isContinued: true
    ) { call in
        try call.requireOffice()
        let outcomes = try call.importOutcomes()
        let after = try call.numberMark()
        let page = outcomes.dropFirst(after).prefix(call.arguments["limit"] == nil ? 1_000 : try call.limit())
        var importing = try CardImport(call, isDryRun: call.flag("dry-run"))
        for start in stride(from: page.startIndex, to: page.endIndex, by: importBatch) {
            try importing.take(Array(page[start..<min(start + importBatch, page.endIndex)]))
        }
        return importing.result(total: outcomes.count, done: after + page.count)
    }
}

extension Call {
    /// What becomes of every row of the file by its mapping, before anything is registered.
    fileprivate func importOutcomes() throws -> [ImportOutcome] {
        let mapping = try ImportMapping(bytes: Array(try required("mapping").utf8))
        let bytes = Array(try required("file").utf8)
        switch mapping.source {
        case .csv:
            var reader = try CSVImport(mapping: mapping)
            return try reader.read(bytes) + reader.finish()
        case .json:
            guard let json = try parsed("file") else { return [] }
            return try JSONImport.read(json, mapping: mapping)
        }
    }
}
