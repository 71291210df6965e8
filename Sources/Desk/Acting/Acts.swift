package import Appeals
package import Replication

/// What came of an act.
package enum Done {
    /// A department's: durable in its log, not with the office yet.
    case saved(Operation)
    /// The office's own: it has its outcome at once.
    case decided(Outcome)
}

extension Desk {
    /// Does one act in one transaction.
    ///
    /// `make` composes the draft from what is there at that moment; it may run twice, and what it notes beside it must
    /// then be of the later run. Throws what `make` throws, a `Refusal` of the rules at a department, a `StoreError`;
    /// nothing is done then.
    package func act(_ make: (any StoreTransaction) throws -> Draft) throws -> Done {
        if let department = place.department {
            let signed = try department.act(now: now, make)
            place.acted()
            return .saved(signed.operation)
        }
        guard let office = place.office else { preconditionFailure("a node is an office or a department") }
        let (outcomes, changed) = try office.act(now: now, count: 1) { transaction, _ in
            try Self.refuseIfBehind(transaction)
            return try make(transaction)
        }
        place.changed(changed)
        guard let outcome = outcomes.first else { preconditionFailure("one draft has one outcome") }
        return .decided(outcome)
    }

    /// What an office that is behind its nodes would sign gets write names that were given before.
    package static func refuseIfBehind(_ reading: any StoreReading) throws {
        guard let found = try reading.value(Values.stopped) else { return }
        throw DeskError(
            .integrity,
            "officeBehind",
            uk: "Центр відстав від своїх вузлів і не приймає дій: \(found)",
            en: "the office is behind its nodes and takes no work: \(found)",
            remedy: Label(
                uk: "Зупиніть вузол, тоді: kartoteka restore --declare",
                en: "Stop the node, then: kartoteka restore --declare"
            )
        )
    }
}
