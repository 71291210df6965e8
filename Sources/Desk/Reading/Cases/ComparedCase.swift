package import Appeals
import CanonicalJSON
package import Replication

/// A case of a card with all its sides, whatever became of it.
package struct ComparedCase {
    /// As it stands, or stood while it was open.
    package let found: OpenCase
    package let state: CaseState
    /// Of two values of a register; nil of another case.
    package let values: ComparedValues?
    /// What somebody decided; nil while it is open, and where nobody had to.
    package let decision: CaseDecision?
    /// Decisions that came too late, in the log's order: somebody else's was there first.
    package let late: [LateDecision]
    /// Who decides it, while it is open.
    package let deciders: CaseDeciders
    /// Whom it names: their places and telephones, by their ids.
    package let people: [String: CasePerson]
    package let names: PrintedNames

    package var isOpen: Bool { state == .open }
}

/// What was decided about a case.
package struct CaseDecision {
    package let author: Author
    /// Unix milliseconds by the author's clock; nil where the item does not tell.
    package let at: Int64?
    /// One of the choices: `keep`; empty where the item does not tell.
    package let choice: String
    /// Empty if nobody said.
    package let reason: String
    /// Whether it is this node's own and the office has not decided yet: another one may be there first.
    package let isUnsent: Bool
}

/// A decision that took no effect, since the case was settled by then.
package struct LateDecision {
    package let author: Author
    package let at: Int64?
    package let choice: String
    package let reason: String
}

/// A colleague as others find them: what they are, and their telephone.
package struct CasePerson {
    /// Empty where the directory has none.
    package let position: String
    package let phone: String
}

extension Desk {
    /// How many acts of a card are looked through for decisions that came too late.
    private static let lookedThrough = 1_000

    /// A case of a card by the end of its id, whatever became of it; refused as `shownAppeal` refuses, and as `nothingToSettle` if
    /// there never was one.
    package func comparedCase(_ appeal: String, _ digest: String) throws -> ComparedCase {
        try read { reading in
            let shown = try shownAppeal(appeal, reading)
            guard let (found, item) = shown.anyCase(digest) else { throw Self.noCase("\(shown.title).\(digest)") }
            let state = Self.state(found.section, item)
            let values = found.section == .conflicts ? try compared(found.name, item, shown, reading) : nil
            let decision = state == .settled ? Self.decision(found.section, item, shown) : nil
            let late = state == .open ? [] : try self.late(found, reading)
            let sides = [values?.was, values?.inForce, values?.other].compactMap(\.self) + (values?.lost ?? [])
            let authors = sides.map(\.author) + late.map(\.author) + [decision?.author].compactMap(\.self)
            let people = found.people.union(authors.map(\.user))
            return ComparedCase(
                found: found,
                state: state,
                values: values,
                decision: decision,
                late: late,
                deciders: try deciders(of: found, shown.appeal, reading),
                people: try self.people(people, reading),
                names: try names(of: people, departments: found.departments.union(authors.map(\.node)), reading)
            )
        }
    }

    private static func state(_ section: Section, _ item: Item) -> CaseState {
        guard section == .held else { return item.value.caseState ?? .noted }
        return item.value.heldState == .waiting ? .open : .settled
    }

    private static func decision(_ section: Section, _ item: Item, _ shown: ShownAppeal) -> CaseDecision? {
        let isHeld = section == .held
        let by = item.value[isHeld ? "decidedBy" : "settledBy"]
        let choice =
            isHeld
            ? item.value.heldState.map { $0 == .adopted ? "adopt" : "decline" } : item.value["choice"]?.string
        return CaseDecision(
            author: by.map(Author.init) ?? Author(user: "", node: ""),
            at: by?["clock"]?.string.flatMap(HybridClock.init)?.milliseconds,
            choice: choice ?? "",
            reason: item.value[isHeld ? "decision" : "reason"]?.string ?? "",
            isUnsent: shown.unsent.contains { "\($0.origin):\($0.number)" == item.write }
        )
    }

    private static let settling: Set<String> = [
        "conflict.settled", "disagreement.settled", "held.adopted", "held.declined",
    ]

    private func late(_ found: OpenCase, _ reading: any StoreReading) throws -> [LateDecision] {
        try reading.operations(appeal: found.appeal, limit: Self.lookedThrough)
            .filter { Self.settling.contains($0.kind) && $0.status == .refused }
            .map { ToldOperation($0) }
            .filter { $0.settles == found.name && $0.reason == .nothingToSettle }
            .map { told in
                let word = ["held.adopted": "adopt", "held.declined": "decline"][told.kind]
                return LateDecision(
                    author: Author(user: told.user, node: told.node),
                    at: told.authoredAt,
                    choice: told.choice ?? word ?? "",
                    reason: told.why
                )
            }
    }

    /// What the directory says of people, as far as it has them.
    package func people(_ users: Set<String>, _ reading: any StoreReading) throws -> [String: CasePerson] {
        var found: [String: CasePerson] = [:]
        for user in users where !user.isEmpty {
            guard let entry = try entry("person/" + user, reading)?.register("entry") else { continue }
            found[user] = CasePerson(
                position: entry["position"]?.string ?? "",
                phone: entry["phone"]?.string ?? ""
            )
        }
        return found
    }
}
