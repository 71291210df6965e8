import Appeals
import CanonicalJSON
import Cryptography
import Desk
import Replication

/// One thing about an appeal that a person must settle: two values, a disagreement, or work that waits.
struct OpenCase {
    /// `К-101.7be21f`: what `conflict show` and `conflict settle` take.
    let id: String
    let appeal: String
    let section: Section
    let name: String
    let rule: String
    /// Who brought it about: `petrenko (zhkg)`.
    let who: String
    /// Unix milliseconds; nil if nothing tells.
    let since: Int64?
    let choices: [String]
    /// What stands against what, a line each.
    let details: [String]

    var json: JSON {
        var object: JSONObject = [
            "id": .string(id), "appeal": .string(appeal), "section": .string(section.rawValue), "name": .string(name),
            "rule": .string(rule),
            "who": .string(who), "choices": .array(choices.map(JSON.string)),
            "details": .array(details.map(JSON.string)),
        ]
        object["since"] = since.flatMap { KyivTime.rfc3339($0) }.map(JSON.string)
        return .object(object)
    }

    func line(_ call: Call) -> String {
        var line = "\(id)  \(rule == "held" ? "" : rule + " ")" + call.say(Wording.rule(rule))
        if !who.isEmpty { line += " — " + who }
        if let since { line += ", " + call.ago(since) }
        return line + (choices.isEmpty ? "" : call.say("; варіанти: ", "; choices: ") + choices.joined(separator: ", "))
    }
}

/// Finds what waits to be settled; the flag in a list and the evidence come from the same registers.
struct CaseList {
    let call: Call

    func cases(of shown: ShownAppeal) -> [OpenCase] {
        conflicts(shown) + disagreements(shown) + held(shown)
    }

    private func conflicts(_ shown: ShownAppeal) -> [OpenCase] {
        shown.appeal.items(.conflicts).compactMap { name, item in
            guard item.value.caseState == .open else { return nil }
            let register = item.value["register"]?.string ?? ""
            let wording = ValueWording(language: call.language)
            let bare = Names.bare(register)
            let inForce = shown.appeal.register(register).map { wording.text(bare, $0) } ?? "—"
            let other = item.value["value"].map { wording.text(bare, $0) } ?? "—"
            return make(
                shown,
                .conflicts,
                name,
                rule: item.value["rule"]?.string ?? "C12",
                by: item.value["by"],
                details: [
                    call.say(Wording.register(bare)) + ":",
                    call.say("  чинне (keep): ", "  in force (keep): ") + inForce,
                    call.say("  інше (take): ", "  other (take): ") + other,
                ]
            )
        }
    }

    private func disagreements(_ shown: ShownAppeal) -> [OpenCase] {
        shown.appeal.items(.disagreements).compactMap { name, item in
            guard item.value.caseState == .open else { return nil }
            let evidence = (item.value["evidence"]?.array ?? []).compactMap(\.string)
            let facts = evidence.compactMap { text in
                shown.appeal[.facts, text].flatMap { item in FactName(text).map { ShownFact(name: $0, item: item) } }
            }
            let work = evidence.compactMap { shown.appeal[.held, $0].map { $0.value } }
            var details = facts.map { "  " + $0.line(call) } + work.map { "  " + waiting($0) }
            if let entity = Names.entity(name) {
                let department = shown.appeal.register("department@" + entity)?.string ?? ""
                details.insert(call.say("Доручення ", "Assignment ") + "\(department) (\(entity))", at: 0)
            }
            // What opened the case: work that waits, or an answer that went out; a draft is only material.
            let cause = work.first ?? facts.first { $0.name.kind == "dispatch" }?.item.value ?? facts.first?.item.value
            let by = cause?["by"]
            return make(shown, .disagreements, name, rule: item.value["rule"]?.string ?? "", by: by, details: details)
        }
    }

    /// Work that waits and belongs to no open disagreement; followers are shown with the first.
    private func held(_ shown: ShownAppeal) -> [OpenCase] {
        let disputed = shown.appeal.items(.disagreements).filter { $0.item.value.caseState == .open }
        let entities = Set(disputed.compactMap { Names.entity($0.name) })
        let waiting = shown.appeal.items(.held).filter { $0.item.value.heldState == .waiting }
        let names = Set(waiting.map(\.name))
        return waiting.compactMap { name, item in
            if let first = item.value["first"]?.string, first != name, names.contains(first) { return nil }
            if let assignment = item.value["assignment"]?.string, entities.contains(assignment) { return nil }
            if item.value["reason"]?.string == Reason.paused.rawValue, !entities.isEmpty { return nil }
            return make(
                shown,
                .held,
                name,
                rule: "held",
                by: item.value["by"],
                details: ["  " + self.waiting(item.value), "  " + name]
            )
        }
    }

    private func waiting(_ value: JSON) -> String {
        let reason = value["reason"]?.string.flatMap(Reason.init).map { call.say($0.ukrainian, $0.english) } ?? ""
        return call.say(Wording.kind(value["kind"]?.string ?? "")) + call.say(" (очікує): ", " (waits): ") + reason
    }

    private func make(
        _ shown: ShownAppeal,
        _ section: Section,
        _ name: String,
        rule: String,
        by: JSON?,
        details: [String]
    ) -> OpenCase {
        let digest = SHA256.hash(Array((section.rawValue + "/" + name).utf8)).hex.prefix(6)
        let since = by?["clock"]?.string.flatMap(HybridClock.init)?.milliseconds
        let who = by.map { "\($0["user"]?.string ?? "") (\($0["node"]?.string ?? ""))" } ?? ""
        return OpenCase(
            id: "\(shown.title).\(digest)",
            appeal: shown.id,
            section: section,
            name: name,
            rule: rule,
            who: who,
            since: since,
            choices: section == .held ? ["adopt", "decline"] : Disagreements.choices(rule),
            details: details
        )
    }
}

extension Call {
    /// `2 год тому`.
    func ago(_ instant: Int64) -> String {
        let minutes = max(0, now - instant) / 60_000
        switch minutes {
        case ..<1: return say("щойно", "just now")
        case ..<60: return say("\(minutes) хв тому", "\(minutes) min ago")
        case ..<2_880: return say("\(minutes / 60) год тому", "\(minutes / 60) h ago")
        default: return say("\(minutes / 1_440) дн. тому", "\(minutes / 1_440) days ago")
        }
    }
}
