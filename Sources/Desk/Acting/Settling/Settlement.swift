package import Appeals
import CanonicalJSON
package import Replication

/// A case that a person settles, and how.
package struct SettlementFields {
    /// Where the case stands in the appeal.
    package var section: Section
    /// Its name there.
    package var name: String
    /// One of the choices that its rule gives.
    package var choice: String
    package var reason: String?

    package init(section: Section, name: String, choice: String, reason: String?) {
        self.section = section
        self.name = name
        self.choice = choice
        self.reason = reason
    }
}

/// What the decision on work that waits was about.
package struct AboutHeld {
    /// What a person calls the appeal; nil if the work waits beside it, since the appeal may not be here.
    package let title: String?
}

/// Cases are settled and work that waits is adopted or declined; who may is decided by the rules, and that whoever declines
/// says why is checked here (`missingOption`).
extension Desk {
    /// Settles a case that `find` looks up in the deciding transaction; throws what `find` and `actor` throw.
    ///
    /// A conflict may be settled without a reason, a disagreement may not.
    package func settle<Subject>(
        _ find: (any StoreReading) throws -> (case: SettlementFields, appeal: ShownAppeal, subject: Subject)
    ) throws -> Acted<Subject> {
        try act { transaction in
            let (fields, shown, subject) = try find(transaction)
            return (try settlement(fields, shown.id, transaction), subject)
        }
    }

    private func settlement(_ fields: SettlementFields, _ appeal: String, _ reading: any StoreReading) throws -> Draft {
        var body = JSONObject()
        let kind: String
        switch fields.section {
        case .conflicts:
            kind = "conflict.settled"
            body = ["conflict": .string(fields.name), "choice": .string(fields.choice)]
            body["reason"] = fields.reason.map(JSON.string)
        case .held:
            let adopts = fields.choice == "adopt"
            return try decision(of: fields.name, adopts: adopts, reason: fields.reason, appeal, reading)
        case .disagreements, .facts, .registers:
            kind = "disagreement.settled"
            body = [
                "disagreement": .string(fields.name), "choice": .string(fields.choice),
                "reason": .string(try Self.reason(fields.reason)),
            ]
        }
        return Draft(kind: kind, appeal: appeal, actor: try actor(kind, reading), body: body)
    }

    /// Adopts or declines work that waits: the operation that is named, or the only one with which others begin.
    ///
    /// - Parameters:
    ///   - appeal: an index or id; of work that waits beside its appeal the operation's name alone says which.
    ///   - held: the operation's name; `ambiguousHeld` if it is not given and several wait, `nothingToSettle` if none does.
    package func decideHeld(
        _ appeal: String,
        held: String?,
        adopts: Bool,
        reason: String?
    ) throws -> Acted<AboutHeld> {
        try act { transaction in
            if let held, let beside = try appealBeside(held, transaction) {
                let draft = try decision(of: held, adopts: adopts, reason: reason, beside, transaction)
                return (draft, AboutHeld(title: nil))
            }
            let shown = try shownAppeal(appeal, transaction)
            let held = try held ?? Self.onlyHeld(shown.appeal)
            let draft = try decision(of: held, adopts: adopts, reason: reason, shown.id, transaction)
            return (draft, AboutHeld(title: shown.title))
        }
    }

    private static func onlyHeld(_ appeal: Aggregate) throws(DeskError) -> String {
        let waiting = appeal.items(.held).filter { $0.item.value.heldState == .waiting }.map(\.name)
        let firsts = waiting.filter { name in
            appeal[.held, name]?.value["first"]?.string.map { $0 == name || !waiting.contains($0) } ?? true
        }
        if firsts.count == 1 { return firsts[0] }
        throw waiting.isEmpty
            ? DeskError(
                .notFound,
                "nothingToSettle",
                uk: "у зверненні ніщо не очікує рішення",
                en: "nothing waits in this appeal"
            )
            : DeskError.usage(
                "ambiguousHeld",
                uk: "вкажіть \(.input("held")), одне з: \(firsts.joined(separator: ", "))",
                en: "give \(.input("held")), one of: \(firsts.joined(separator: ", "))"
            )
    }

    /// The appeal of work that waits beside it: it may not be here.
    private func appealBeside(_ held: String, _ reading: any StoreReading) throws -> String? {
        guard let work = try WaitingWork(held, reading), let appeal = work.record.appeal,
            try !isKept(appeal, reading), try shown(appeal, reading)?.appeal[.held, held] == nil
        else { return nil }
        return appeal
    }

    /// The draft that adopts or declines work; whoever declines it says why.
    private func decision(
        of held: String,
        adopts: Bool,
        reason: String?,
        _ appeal: String,
        _ reading: any StoreReading
    ) throws -> Draft {
        let kind = adopts ? "held.adopted" : "held.declined"
        var body: JSONObject = ["held": .string(held)]
        body["reason"] = adopts ? reason.map(JSON.string) : .string(try Self.reason(reason))
        return Draft(kind: kind, appeal: appeal, actor: try actor(kind, reading), body: body)
    }

    private static func reason(_ given: String?) throws(DeskError) -> String {
        guard let given, !given.isEmpty else {
            throw .usage("missingOption", uk: "бракує \(.input("reason"))", en: "\(.input("reason")) is missing")
        }
        return given
    }
}
