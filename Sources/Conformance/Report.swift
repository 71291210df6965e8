import Appeals
import CanonicalJSON
import Commands
import Node

/// The table at the end.
struct Report {
    let findings: Findings
    /// Why the script ended before its end.
    let end: Label?

    init(_ findings: Findings, end: Label?) {
        self.findings = findings
        self.end = end
    }

    /// The table for people, the same for programs, and the exit code: 0 only if all that must be is.
    func result(_ language: Language) -> CommandResult {
        let words: [Findings.State: Label] = [
            .passed: Label(uk: "так", en: "passed"), .failed: Label(uk: "НІ", en: "FAILED"),
            .notSeen: Label(uk: "не видно", en: "not seen"),
        ]
        func word(_ state: Findings.State) -> String {
            let text = words[state]?.text(language) ?? ""
            return text + String(repeating: " ", count: max(0, 9 - text.count))
        }
        var lines = Clause.allCases.map { clause in
            let name = clause.rawValue + String(repeating: " ", count: max(1, 24 - clause.rawValue.count))
            return word(findings.state(clause)) + name + clause.row.section
        }
        for clause in findings.order {
            lines.append("\(clause.rawValue): \(clause.row.sentence)")
            lines.append("    \(findings.finding(clause) ?? "")")
        }
        let missing = Clause.allCases.filter { findings.state($0) == .notSeen && !findings.isNeeded($0) }
        if !missing.isEmpty {
            let names = missing.map(\.rawValue).joined(separator: ", ")
            lines.append(Label(uk: "може не бути: ", en: "need not be: ").text(language) + names)
        }
        if let end { lines.append(end.text(language)) }
        let counts = (findings.count(.passed), findings.count(.failed), findings.count(.notSeen))
        lines.append(
            Label(
                uk: "\(counts.0) так, \(counts.1) ні, \(counts.2) не видно",
                en: "\(counts.0) passed, \(counts.1) failed, \(counts.2) not seen"
            )
            .text(language)
        )
        let isWhole = findings.isConforming && end == nil
        let broken = lines.flatMap { LineBreaks.within($0).split(separator: "\n").map(String.init) }
        return CommandResult(json(counts), lines: broken, exit: isWhole ? .ok : .failed)
    }

    /// Every clause with its state and finding.
    private func json(_ counts: (Int, Int, Int)) -> JSONObject {
        let clauses = Clause.allCases.map { clause -> JSON in
            var object: JSONObject = [
                "clause": .string(clause.rawValue), "section": .string(clause.row.section),
                "sentence": .string(clause.row.sentence), "must": .bool(findings.isNeeded(clause)),
                "state": .string(findings.state(clause).rawValue),
            ]
            object["finding"] = findings.finding(clause).map(JSON.string)
            return .object(object)
        }
        var members: JSONObject = [
            "clauses": .array(clauses), "passed": .integer(Int64(counts.0)), "failed": .integer(Int64(counts.1)),
            "notSeen": .integer(Int64(counts.2)), "firstFailed": .string(findings.order.first?.rawValue ?? ""),
        ]
        members["end"] = end.map { ["uk": .string($0.uk), "en": .string($0.en)] }
        return members
    }
}
