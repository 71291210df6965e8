import Appeals
import CanonicalJSON
import Desk

/// How the import command tells what became of its rows.
enum ImportTold {
    static func result(_ report: ImportReport, rows: Int, isDryRun: Bool, _ call: Call) -> CommandResult {
        let members: JSONObject = [
            "total": .integer(Int64(rows)), "imported": .integer(Int64(report.imported)),
            "existing": .integer(Int64(report.existing)), "skipped": .integer(Int64(report.skipped)),
            "rejected": .integer(Int64(report.rejects.count)),
            "dryRun": .bool(isDryRun), "differences": .array(report.differences.map(json)),
            "leftOut": .array(
                report.leftOut.map { ["key": .string($0.key), "department": .string($0.department)] }
            ),
            "rejects": .array(
                report.rejects.sorted { $0.row < $1.row }.map { reject in
                    [
                        "row": .integer(Int64(reject.row)), "key": .string(reject.key ?? ""),
                        "reasons": .array(reject.reasons.map { .string(call.say($0)) }),
                    ]
                }
            ),
        ]
        return CommandResult(members, text: text(members, call.language), exit: exit(members))
    }

    private static func json(_ difference: ImportReport.Difference) -> JSON {
        [
            "key": .string(difference.key), "name": .string(difference.name),
            "source": .string(difference.source.description),
            "counted": .string(difference.counted?.description ?? ""),
        ]
    }

    private static func exit(_ members: JSONObject) -> ExitCode {
        let left = ["existing", "skipped", "rejected"].reduce(0) { $0 + (members[$1]?.integer ?? 0) }
        return left > 0 ? .skipped : .ok
    }

    private static func text(_ members: JSONObject, _ language: Language) -> String {
        func say(_ uk: String, _ en: String) -> String { Label(uk: uk, en: en).text(language) }
        func number(_ name: String) -> Int64 { members[name]?.integer ?? 0 }
        let title =
            members["dryRun"]?.bool == true
            ? say("Перевірено (нічого не записано)", "Checked (nothing was written)") : say("Імпорт", "Import")
        var lines = [
            title + ": " + say("рядків ", "rows ") + "\(number("total")), " + say("карток ", "cards ")
                + "\(number("imported")), "
                + say("уже були ", "were there ") + "\(number("existing")), " + say("пропущено ", "skipped ")
                + "\(number("skipped")), "
                + say("відхилено ", "rejected ") + "\(number("rejected"))"
        ]
        for reject in (members["rejects"]?.array ?? []).prefix(10) {
            let reasons = (reject["reasons"]?.array ?? []).compactMap(\.string).joined(separator: "; ")
            lines.append(
                say("  рядок ", "  row ")
                    + "\(reject["row"]?.integer ?? 0) (\(reject["key"]?.string ?? "")): \(reasons)"
            )
        }
        lines += (members["leftOut"]?.array ?? []).prefix(10).map { left in
            say("  на співвиконавця скаржаться, не доручено (ст. 7): ", "  complained about, not assigned (Art. 7): ")
                + "\(left["department"]?.string ?? "") (\(left["key"]?.string ?? ""))"
        }
        let differences = members["differences"]?.array ?? []
        if !differences.isEmpty {
            lines.append(
                say("Дати джерела, що відрізняються від порахованих: ", "Dates of the source that differ from ours: ")
                    + "\(differences.count)"
            )
        }
        if number("rejected") > 10 {
            lines.append(say("Усі відхилені — у файлі --rejects", "All rejected rows are in the file of --rejects"))
        }
        return lines.joined(separator: "\n")
    }

    /// Two parts of one import, told as one.
    static func merged(_ former: CommandResult, _ next: CommandResult, _ language: Language) -> CommandResult {
        guard let a = former.json.object, var members = next.json.object, !next.isError else { return next }
        for name in ["total", "imported", "existing", "skipped", "rejected"] {
            members[name] = .integer((a[name]?.integer ?? 0) + (members[name]?.integer ?? 0))
        }
        for name in ["rejects", "differences", "leftOut"] {
            members[name] = .array((a[name]?.array ?? []) + (members[name]?.array ?? []))
        }
        return CommandResult(members, text: text(members, language), exit: exit(members))
    }
}
