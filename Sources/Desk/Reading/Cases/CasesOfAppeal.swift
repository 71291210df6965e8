import Appeals
import CanonicalJSON
import Cryptography

/// Finds what waits to be settled; the flag in a list and the evidence come from the same registers.
extension ShownAppeal {
    /// What is open in this appeal: clashes of values, disagreements, then work that waits by itself, each by name.
    package var cases: [OpenCase] { conflicts + disagreements + held }

    /// A case by the end of its id, whatever became of it; nil if there never was one.
    func anyCase(_ digest: String) -> (found: OpenCase, item: Item)? {
        for section in [Section.conflicts, .disagreements, .held] {
            for (name, item) in appeal.items(section) where Self.digest(section, name) == digest {
                switch section {
                case .conflicts: return (conflict(name, item), item)
                case .disagreements: return (disagreement(name, item), item)
                case .held: return (waiting(name, item), item)
                case .facts, .registers: return nil
                }
            }
        }
        return nil
    }

    private func isOpen(_ item: Item) -> Bool { item.value.caseState == .open }

    private var conflicts: [OpenCase] { appeal.items(.conflicts).filter { isOpen($0.item) }.map(conflict) }

    /// Two values of a register.
    func conflict(_ name: String, _ item: Item) -> OpenCase {
        let register = item.value["register"]?.string ?? ""
        let matter = OpenCase.Matter.values(
            register: Names.bare(register),
            inForce: appeal.register(register),
            other: item.value["value"]
        )
        return open(.conflicts, name, rule: item.value["rule"]?.string ?? "C12", by: item.value["by"], matter)
    }

    private var disagreements: [OpenCase] { appeal.items(.disagreements).filter { isOpen($0.item) }.map(disagreement) }

    private func disagreement(_ name: String, _ item: Item) -> OpenCase {
        let evidence = (item.value["evidence"]?.array ?? []).compactMap(\.string)
        let facts = evidence.compactMap { text in
            appeal[.facts, text].flatMap { item in
                FactName(text).map { ShownFact(name: $0, item: item, on: appeal) }
            }
        }
        let work = evidence.compactMap { write in appeal[.held, write].map { (write: write, value: $0.value) } }
        let assignment = Names.entity(name).map {
            OpenCase.DisputedAssignment(entity: $0, department: appeal.register("department@" + $0)?.string ?? "")
        }
        // What opened the case: work that waits, or an answer that went out; a draft is only material.
        let cause =
            work.first?.value ?? facts.first { $0.name.kind == "dispatch" }?.item.value ?? facts.first?.item.value
        return open(
            .disagreements,
            name,
            rule: item.value["rule"]?.string ?? "",
            by: cause?["by"],
            .disagreement(
                assignment: assignment,
                facts: facts,
                work: work.map { HeldWork(write: $0.write, $0.value, on: appeal) }
            )
        )
    }

    /// Work that waits and belongs to no open disagreement; followers are shown with the first.
    private var held: [OpenCase] {
        let disputed = Set(appeal.items(.disagreements).filter { isOpen($0.item) }.compactMap { Names.entity($0.name) })
        let waiting = appeal.items(.held).filter { $0.item.value.heldState == .waiting }
        let names = Set(waiting.map(\.name))
        return waiting.compactMap { name, item in
            if let first = item.value["first"]?.string, first != name, names.contains(first) { return nil }
            if let assignment = item.value["assignment"]?.string, disputed.contains(assignment) { return nil }
            if item.value["reason"]?.string == Reason.paused.rawValue, !disputed.isEmpty { return nil }
            return self.waiting(name, item)
        }
    }

    private func waiting(_ name: String, _ item: Item) -> OpenCase {
        open(.held, name, rule: "held", by: item.value["by"], .held(HeldWork(write: name, item.value, on: appeal)))
    }

    /// The end of a case's id: by it an address names the case of a card.
    static func digest(_ section: Section, _ name: String) -> String {
        String(SHA256.hash(Array((section.rawValue + "/" + name).utf8)).hex.prefix(6))
    }

    private func open(
        _ section: Section,
        _ name: String,
        rule: String,
        by: JSON?,
        _ matter: OpenCase.Matter
    ) -> OpenCase {
        OpenCase(
            id: "\(title).\(Self.digest(section, name))",
            appeal: id,
            section: section,
            name: name,
            rule: rule,
            author: by.map(Author.init),
            since: by?["clock"]?.string.flatMap(HybridClock.init)?.milliseconds,
            choices: section == .held ? ["adopt", "decline"] : Disagreements.choices(rule),
            matter: matter
        )
    }
}
