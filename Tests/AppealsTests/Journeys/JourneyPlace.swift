import CanonicalJSON

@testable import Appeals

/// What a later act can tell about an appeal: control, each assignment with its answer, results, what waits.
///
/// Of an answer's versions only the newest and the one in force count: people approve the newest. An assignment that has
/// ended counts only as long as something of it is left: a letter, work that waits.
struct JourneyPlace {
    let appeal: Appeals.Aggregate

    init(_ appeal: Appeals.Aggregate) { self.appeal = appeal }

    func text(_ register: String) -> String { appeal.register(register)?.string ?? "" }

    /// In the order in which they were given.
    var entities: [String] {
        func place(_ entity: String) -> (Int64, String) {
            (appeal[.registers, "department@" + entity]?.commit ?? 0, entity)
        }
        return appeal.entities(with: "department").sorted { place($0) < place($1) }
    }

    var issues: [String] { appeal.entities(with: "issue").sorted() }

    private func facts(_ kind: String, _ entity: String) -> [(write: String, item: Item)] {
        appeal.items(.facts, beginning: "\(kind)@\(entity) ").compactMap { name, item in
            FactName(name).map { ($0.write, item) }
        }.sorted { ($0.item.commit, $0.write) < ($1.item.commit, $1.write) }
    }

    /// Versions of an assignment's answer, oldest first.
    func versions(_ entity: String) -> [(write: String, value: JSON)] {
        facts("answer", entity).map { ($0.write, $0.item.value) }
    }

    func isProven(_ entity: String) -> Bool { !facts("feedback", entity).isEmpty }

    func isSent(_ entity: String, _ version: String) -> Bool {
        facts("dispatch", entity).contains {
            $0.item.value["version"]?.string == version && $0.item.value["to"]?.string == "applicant"
        }
    }

    /// What a version says, as far as it matters: `final satisfied`, `final nothing`, `preliminary nothing`.
    static func sort(_ version: JSON) -> String {
        let results = version["results"]?["issues"]?.array?.count ?? 0
        let result = version["result"]?.string ?? (results > 0 ? "\(results) issues" : "nothing")
        return (version["final"]?.bool == true ? "final " : "preliminary ") + result
    }

    /// Waiting work: write, kind and assignment.
    var waiting: [(write: String, kind: String, assignment: String)] {
        appeal.items(.held).filter { $0.item.value.heldState == .waiting }.map { name, item in
            (name, item.value["kind"]?.string ?? "", item.value["assignment"]?.string ?? "")
        }
    }

    private func assignment(_ entity: String) -> String? {
        let versions = versions(entity)
        let inForce = versions.first { $0.write == text("answer@" + entity) }
        let newest = versions.last.flatMap { $0.write == inForce?.write ? nil : $0 }
        let letters = facts("dispatch", entity).map { $0.item.value["final"]?.bool == true ? "final" : "preliminary" }
        let waits = waiting.filter { $0.assignment == entity }.map(\.kind).sorted()
        let isOpen = appeal.isGround(entity)
        guard isOpen || !letters.isEmpty || !waits.isEmpty else { return nil }
        // Those who are only told change nothing for anybody else.
        guard text("role@" + entity) != "inform" else { return nil }
        let called = [text("role@" + entity), text("department@" + entity)]
        let left =
            (letters.isEmpty ? [] : ["letters: " + Set(letters).sorted().joined(separator: "+")])
            + (waits.isEmpty ? [] : ["waits: " + Set(waits).sorted().joined(separator: "+")])
        guard isOpen else { return (called + ["ended"] + left).joined(separator: ", ") }
        var parts = called + [text("state@" + entity)]
        if let given = appeal.register("issues@" + entity)?.array {
            parts.append(
                "issues "
                    + given.compactMap(\.string).compactMap { name in
                        issues.firstIndex(of: name).map { "\($0 + 1)" }
                    }.joined(separator: "+")
            )
        }
        if text("mainExecutor") == entity { parts.append("answers") }
        if isProven(entity) { parts.append("proven") }
        if let inForce {
            parts.append("in force: " + Self.sort(inForce.value) + (isSent(entity, inForce.write) ? ", sent" : ""))
        }
        if let newest { parts.append("newer: " + Self.sort(newest.value)) }
        return (parts + left).joined(separator: ", ")
    }

    /// One line a part.
    var text: String {
        var parts = ["control: " + (text("control").isEmpty ? "none" : text("control"))]
        if text("due.statutory") != "2026-03-05" { parts.append("extended") }
        parts += Set(entities.compactMap(assignment)).sorted()
        let results = issues.map { appeal.register("result@" + $0)?.string ?? "-" }
        if results.contains(where: { $0 != "-" }) { parts.append("results " + results.joined(separator: " ")) }
        parts += Set(
            Disagreements.open(in: appeal).map {
                "open \($0.rule) \(text("department@" + (Names.entity($0.name) ?? "")))"
            }
        ).sorted()
        return parts.joined(separator: "\n")
    }
}
