import Appeals
import CanonicalJSON
import Desk
import Replication

/// `sync debts`: what is owed, by whom, since when.
extension Commands {
    static let syncDebts = Command(.syncDebts) { call in
        let limit = try call.limit()
        let after = Int64(try call.numberMark())
        let filter = DebtFilter(kind: call.debtKind, openedUpTo: try call.debtsBefore())
        let page = try call.desk.debts(filter, after: after, limit: limit)
        var members: JSONObject = [
            "debts": .array(page.debts.map(\.record.json)),
            "totals": .object(JSONObject(members: page.totals.map { ($0.kind.rawValue, $0.totals.json) })),
        ]
        var lines = page.debts.flatMap { call.lines($0) }
        if lines.isEmpty { lines = [call.say("Боргів немає.", "Nothing is owed.")] }
        if let next = page.next {
            members["next"] = .string(String(next))
            lines.append(call.say("Далі: ", "Next page: ") + "--after \(next)")
        }
        return CommandResult(members, lines: lines)
    }
}

extension Call {
    fileprivate var debtKind: DebtRecord.Kind? { text("kind").flatMap(DebtRecord.Kind.init(rawValue:)) }

    /// The time before which a debt must have been opened.
    private func days(_ text: String) -> Int64? {
        Int64(text.hasSuffix("d") ? text.dropLast() : text[...]).flatMap { 0...36_500 ~= $0 ? $0 : nil }
    }

    fileprivate func debtsBefore() throws(DeskError) -> Int64? {
        guard let text = text("older") else { return nil }
        guard let days = days(text) else {
            throw .usage("wrongDays", uk: "--older \(text): дайте дні, як 7d", en: "--older \(text): give days, as 7d")
        }
        return now - days * 86_400_000
    }

    /// Two short lines of one debt: what by whom, and what to do about it.
    fileprivate func lines(_ shown: ShownDebt) -> [String] {
        let debt = shown.record
        let first = "\(debt.id)  \(say(debt.kind.label)) — \(debt.node), \(ago(debt.openedAt))"
        if let command = debt.command { return [first, "    → " + command] }
        let about = shown.index.isEmpty ? debt.subject : shown.index
        return [first, "    \(about)" + (debt.bytes.isEmpty ? "" : say(", підписано", ", signed"))]
    }
}

extension DebtRecord {
    /// The command by which a person pays it; nil where it is paid by an exchange or about an appeal.
    fileprivate var command: String? {
        switch kind {
        case .withdrawal: "kartoteka invitation withdraw \(node) --as USER"
        case .revocation: "kartoteka node wiped \(node) --key \(subject.prefix(8)) --as USER"
        case .purge, .receipt, .secondReceipt, .decision, .letter: nil
        }
    }

    fileprivate var json: JSON {
        var object: JSONObject = [
            "id": .integer(id), "kind": .string(kind.rawValue), "node": .string(node), "subject": .string(subject),
            "openedAt": .string(KyivTime.rfc3339(openedAt) ?? ""), "signed": .bool(!bytes.isEmpty),
        ]
        if tenure > 0 { object["tenure"] = .integer(tenure) }
        if !epoch.isEmpty { object["epoch"] = .string(epoch) }
        if commit > 0 { object["commit"] = .integer(commit) }
        return .object(object)
    }
}

extension DebtTotals {
    fileprivate var json: JSON { ["opened": .integer(opened), "closed": .integer(closed), "open": .integer(open)] }
}
