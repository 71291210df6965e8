import CanonicalJSON

/// Work that waits and has no item on an appeal: the registration of an id that exists, work on an appeal that the office
/// does not have, and what follows either.
extension Judge {
    /// Its decline, by its name, by the office's people or by its own node; nil if the operation is about anything else.
    ///
    /// There is nothing to adopt it into: that is refused with the reason why it waits.
    func declinedOutside(_ kind: Kind, _ found: Aggregate?) throws -> Judgement? {
        guard kind.name == Kinds.heldDeclined.name || kind.name == Kinds.heldAdopted.name,
            let name = operation.body["held"]?.string, found?[.held, name] == nil, let write = WriteName(name),
            let held = try world.operation(of: name), held.appeal == operation.appeal,
            try world.outcome(of: name) == .held
        else { return nil }
        let isOffice = operation.origin.node == world.office
        guard isOffice || write.origin.node == operation.origin.node,
            kind.parties[isOffice ? .office : .controller]?.contains(operation.actor.role) == true
        else { throw Refusal(.notAuthorised, path: operation.actor.role) }
        guard kind.name == Kinds.heldDeclined.name else {
            throw Refusal(found == nil ? .unknownAppeal : .appealExists, path: name)
        }
        var judgement = verdict(.accepted)
        let reason = operation.body["reason"]?.string ?? ""
        judgement.decisions = try ([name] + world.followers(of: name)).map {
            HeldDecision(write: $0, adopted: false, reason: reason)
        }
        return judgement
    }
}
