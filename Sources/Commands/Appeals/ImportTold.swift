import Appeals
import CanonicalJSON
import Desk

/// How the import command tells what became of its rows: the parts of one import are told as one.
struct ImportTold {
    private static let counts = ["total", "imported", "existing", "completed", "skipped", "rejected"]
    private static let lists = ["rejects", "differences", "leftOut", "unresolvedAddresses"]

    private let language: Language
    private var members = JSONObject()

    init(language: Language) {
        self.language = language
        for name in Self.counts { members[name] = 0 }
        for name in Self.lists { members[name] = [] }
    }

    /// What a piece came to, for the machine that put the pieces together.
    static func result(_ report: ImportReport, rows: Int, isDryRun: Bool, _ call: Call) -> CommandResult {
        var told = ImportTold(language: call.language)
        told.members = [
            "total": .integer(Int64(rows)), "imported": .integer(Int64(report.imported)),
            "existing": .integer(Int64(report.existing)), "completed": .integer(Int64(report.completed)),
            "skipped": .integer(Int64(report.skipped)), "rejected": .integer(Int64(report.rejects.count)),
            "dryRun": .bool(isDryRun), "differences": .array(report.differences.map(json)),
            "leftOut": .array(
                report.leftOut.map { ["key": .string($0.key), "department": .string($0.department)] }
            ),
            "unresolvedAddresses": .array(
                report.unresolved.map { card in
                    [
                        "key": .string(card.key), "field": .string(card.address.field),
                        "typed": .string(card.address.typed),
                        "streets": .array(card.address.candidates.map { .string($0.id) }),
                    ]
                }
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
        return told.result
    }

    private static func json(_ difference: ImportReport.Difference) -> JSON {
        [
            "key": .string(difference.key), "name": .string(difference.name),
            "source": .string(difference.source.description),
            "counted": .string(difference.counted?.description ?? ""),
        ]
    }

    /// What is known of the file once its head was read.
    mutating func read(_ pieces: ImportPieces) {
        members["unnamed"] = .array(pieces.unnamed.map(JSON.string))
        members["notices"] = .array(pieces.notices.map { .string($0.text(language)) })
        switch pieces.form {
        case .csv(let delimiter):
            members["columns"] = .array(pieces.columns.map(JSON.string))
            members["delimiter"] = .string(delimiter.text)
        case .json(let items): members["items"] = .string(items)
        }
    }

    /// One part more, with the rows that it rejected.
    mutating func add(_ part: CommandResult, of piece: JSON) {
        for name in Self.counts {
            members[name] = .integer((members[name]?.integer ?? 0) + (part.json[name]?.integer ?? 0))
        }
        var rows: [Int64: JSON] = [:]
        for line in piece.array ?? [] { if let row = line["row"]?.integer { rows[row] = line["content"] } }
        for name in Self.lists {
            let more = (part.json[name]?.array ?? []).map { item -> JSON in
                guard name == "rejects", var reject = item.object else { return item }
                reject["content"] = reject["row"]?.integer.flatMap { rows[$0] }
                return .object(reject)
            }
            members[name] = .array((members[name]?.array ?? []) + more)
        }
        members["dryRun"] = part.json["dryRun"]
    }

    var result: CommandResult {
        CommandResult(members, text: text, exit: number("rejected") > 0 ? .skipped : .ok)
    }

    /// After Ctrl-C, with so many rows that were not looked at.
    func interrupted(left: Int) -> CommandResult {
        let (here, all) = (number("imported") + number("existing") + number("completed"), number("total") + Int64(left))
        let words = Label(
            uk: "Перервано: записано \(here) із \(all); повторіть ту саму команду",
            en: "Interrupted: \(here) of \(all) are recorded; repeat the same command"
        )
        var members = members
        members["interrupted"] = true
        members["left"] = .integer(Int64(left))
        return CommandResult(members, text: text + "\n" + words.text(language), exit: .interrupted)
    }

    /// An error ends it: what was done before stays, and is told with it.
    func ended(by error: CommandResult, at piece: JSON?) -> CommandResult {
        guard var told = error.json.object else { return error }
        for name in Self.counts { told[name] = members[name] }
        guard number("total") > 0 else { return CommandResult(told, text: error.text, exit: error.exit) }
        let row = (piece?.array ?? []).lazy.compactMap { $0["row"]?.integer }.first
        let from = row.map {
            Label(uk: ", від рядка \($0) нічого не прочитано", en: ", from row \($0) on nothing was read")
        }
        let words =
            Label(uk: "Записано карток: \(number("imported"))", en: "\(number("imported")) cards were recorded")
            + (from ?? Label(""))
        return CommandResult(told, text: error.text + "\n" + words.text(language), exit: error.exit)
    }

    // MARK: words

    private func number(_ name: String) -> Int64 { members[name]?.integer ?? 0 }
    private func list(_ name: String) -> [JSON] { members[name]?.array ?? [] }
    private func say(_ uk: String, _ en: String) -> String { language == .ukrainian ? uk : en }

    private var text: String {
        let title =
            members["dryRun"]?.bool == true
            ? say("Перевірено (нічого не записано)", "Checked (nothing was written)") : say("Імпорт", "Import")
        var counts = [
            say("рядків ", "rows ") + "\(number("total"))", say("карток ", "cards ") + "\(number("imported"))",
            say("уже були ", "were there ") + "\(number("existing"))",
            say("пропущено ", "skipped ") + "\(number("skipped"))",
            say("відхилено ", "rejected ") + "\(number("rejected"))",
        ]
        if number("completed") > 0 {
            counts.insert(say("доповнено ", "completed ") + "\(number("completed"))", at: 3)
        }
        var lines = list("notices").compactMap(\.string) + [title + ": " + counts.joined(separator: ", ")]
        lines += reasons
        lines += list("leftOut").prefix(10).map { left in
            say(
                "  скарга на нього, або не з'ясовано, на кого; не доручено (ст. 7): ",
                "  complained about, or it is not known who is; not assigned (Art. 7): "
            )
                + "\(left["department"]?.string ?? "") (\(left["key"]?.string ?? ""))"
        }
        if !list("differences").isEmpty {
            lines.append(
                say("Дати джерела, що відрізняються від порахованих: ", "Dates of the source that differ from ours: ")
                    + "\(list("differences").count)"
            )
        }
        lines += unresolvedAddresses
        let unnamed = list("unnamed").compactMap(\.string)
        if !unnamed.isEmpty {
            lines.append(
                say(
                    "Стовпці, яких опис не називає (не взято): ",
                    "Columns that the mapping does not name (not taken): "
                )
                    + unnamed.joined(separator: ", ")
            )
        }
        return lines.joined(separator: "\n")
    }

    /// How many addresses the register of streets does not resolve, with the first of them.
    private var unresolvedAddresses: [String] {
        let unresolved = list("unresolvedAddresses")
        guard !unresolved.isEmpty else { return [] }
        let first = unresolved.prefix(3).map { "  «\($0["typed"]?.string ?? "")» (\($0["key"]?.string ?? ""))" }
        return [say("Адреси, яких не розпізнано: ", "Addresses that are not resolved: ") + "\(unresolved.count)"]
            + first
    }

    /// The reasons of all that was rejected, the most frequent first, each with a row for example.
    private var reasons: [String] {
        var groups: [String: (count: Int, example: String, row: JSON)] = [:]
        for reject in list("rejects") {
            for reason in (reject["reasons"]?.array ?? []).compactMap(\.string) {
                groups[Self.kind(of: reason), default: (0, reason, reject)].count += 1
            }
        }
        let sorted = groups.sorted {
            $0.value.count != $1.value.count
                ? $0.value.count > $1.value.count
                : ($0.value.row["row"]?.integer ?? 0) < ($1.value.row["row"]?.integer ?? 0)
        }
        let shown = 20
        let lines = sorted.prefix(shown).map { _, group in
            let key = group.row["key"]?.string ?? ""
            return "  \(group.count) × \(group.example) ("
                + say("рядок ", "row ") + "\(group.row["row"]?.integer ?? 0)" + (key.isEmpty ? "" : ", \(key)") + ")"
        }
        guard sorted.count > shown else { return lines }
        return lines + [say("  та ще інших причин: ", "  and other reasons: ") + "\(sorted.count - shown)"]
    }

    /// A reason without what stands in quotes and without numbers: what differs from row to row.
    private static func kind(of reason: String) -> String {
        var kind = ""
        var isQuoted = false
        for letter in reason {
            if "\"«»".contains(letter) { isQuoted = letter == "«" || (letter == "\"" && !isQuoted) }
            if !isQuoted, !letter.isNumber { kind.append(letter) }
        }
        return kind
    }
}
