import Appeals
import CanonicalJSON
import Replication

/// What waits beside a card: the registration of an id that exists, and what follows it.
extension Oracle {
    /// A decision about it; nil if the operation is about anything else.
    func decidesBeside(_ operation: Operation, _ file: CaseFile?) throws -> Verdict? {
        guard ["held.declined", "held.adopted"].contains(operation.kind), let name = operation.body["held"]?.string,
            file?.hasHeld(name) != true, let write = WriteName(name),
            let record = try city.officeStore.read({ try $0.operation(write.origin, write.number) }),
            record.appeal == operation.appeal, record.status == .held
        else { return nil }
        let isOffice = operation.origin.node == "office"
        guard isOffice || write.origin.node == operation.origin.node,
            KindRule.named(operation.kind)?.roles[isOffice ? "office" : "controller"]?.contains(operation.actor.role)
                == true
        else { return Verdict(.refused) }
        // It may be decided already: then it is about nothing.
        return operation.kind == "held.declined" ? Verdict(.accepted) + Verdict(.refused) : Verdict(.refused)
    }
}

extension CaseFile {
    func hasHeld(_ write: String) -> Bool { over[ItemName(.held, write)] != nil || holds(write) }

    /// Whether work that is held with this outcome lies beside the card.
    func isBeside(_ outcome: Outcome) -> Bool {
        outcome.reason == .appealExists || outcome.reason == .follows && outcome.first.map(hasHeld) == false
    }
}
