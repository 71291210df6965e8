import Appeals
import Replication

/// Tables of `protocol.md` that the code itself fills: kinds, registers, facts, reasons, errors.
enum Tables {
    static func write(_ book: VectorBook) throws {
        kinds(book)
        registers(book)
        facts(book)
        reasons(book)
        errors(book)
        outcomes(book)
        limits(book)
    }

    static func table(_ book: VectorBook, _ name: String, _ head: [String], _ rows: [[String]]) {
        let lines = [head, head.map { _ in "---" }] + rows
        book.add(name, "table", lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined())
    }

    static func names(_ parties: Set<Party>) -> String {
        Party.allCases.filter(parties.contains).map(\.rawValue).joined(separator: ", ")
    }

    private static func kinds(_ book: VectorBook) {
        table(
            book,
            "kinds",
            ["kind", "who: party (roles)", "takes effect", "`body`", "`personal`", "late"],
            Kinds.all.map { kind in
                let parties = Party.allCases.compactMap { party in
                    kind.parties[party].map { "\(party.rawValue) (\($0.sorted().joined(separator: ", ")))" }
                }
                return [
                    "`\(kind.name)`", parties.joined(separator: "; "), kind.whole ? "whole" : "by field",
                    fields(kind.fields),
                    fields(kind.personal), kind.late.map(\.rawValue) ?? (kind.isReference ? "–" : "policy"),
                ]
            }
        )
    }

    static func fields(_ fields: [Field]) -> String {
        fields.isEmpty
            ? "–" : fields.map { "`\($0.name)`\($0.required ? "" : "?"): \(text($0.type))" }.joined(separator: "; ")
    }

    static func text(_ type: FieldType) -> String {
        switch type {
        case .text: "text"
        case .string: "string"
        case .bool: "boolean"
        case .identifier: "id"
        case .date: "date"
        case .moment: "moment"
        case .integer(let range): "integer \(range.lowerBound)…\(range.upperBound)"
        case .code(let codes): codes.sorted().map { "`\($0)`" }.joined(separator: "/")
        case .write: "name of a write or entity"
        case .party: "{`department`: id} or {`person`: id} or {`outside`: string}"
        case .array(let element): "[\(text(element))]"
        case .object(let fields): "{\(Self.fields(fields))}"
        case .corrections(let personal): "corrections (\(personal ? "personal" : "not personal") registers)"
        case .any: "any JSON"
        }
    }

    private static func registers(_ book: VectorBook) {
        table(
            book,
            "registers",
            [
                "register", "writes", "proposes", "clash", "late", "privacy", "settles", "corrected as", "personal",
                "folds",
            ],
            Policy.registers.map { row in
                [
                    "`\(row.name)`", names(row.writes), row.proposes.isEmpty ? "–" : names(row.proposes),
                    row.clash.rawValue,
                    row.late.rawValue, row.privacy.rawValue, row.settles ? "yes" : "–", row.corrected.map(text) ?? "–",
                    row.personal ? "yes" : "–", row.folds ? "yes" : "–",
                ]
            }
        )
    }

    private static func facts(_ book: VectorBook) {
        table(
            book,
            "facts",
            ["fact", "adds", "late", "privacy"],
            Policy.facts.map { ["`\($0.name)`", names($0.adds), $0.late.rawValue, $0.privacy.rawValue] }
        )
    }

    private static func reasons(_ book: VectorBook) {
        table(
            book,
            "reasons",
            ["reason", "Ukrainian", "English"],
            Reason.allCases.map { ["`\($0.rawValue)`", $0.ukrainian, $0.english] }
        )
    }

    private static func errors(_ book: VectorBook) {
        table(
            book,
            "remedies",
            ["code", "remedy, as sent"],
            ErrorCode.allCases.map { ["`\($0.rawValue)`", $0.remedy] }
        )
    }

    private static func outcomes(_ book: VectorBook) {
        table(
            book,
            "statuses",
            ["outcome", "Ukrainian", "English"],
            OutcomeStatus.allCases.map { ["`\($0.rawValue)`", $0.ukrainian, $0.english] }
        )
    }
}
