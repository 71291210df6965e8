import CanonicalJSON

/// Kinds that decide about the term and what waits for a decision (C2, C3, C6, C8, C9, C12).
extension Kinds {
    /// The head or deputy sets a later term (Law 393/96, Article 20): before the present one has passed, within the
    /// cap.
    ///
    /// The applicant has to be told. Whether an answer needed the extension is found when it was sent (C8, C9).
    static let termExtended = Kind(
        "term.extended",
        parties: [.controller: deciders.union(heads)],
        fields: [
            .required("statutory", .date), .required("control", .date), .required("decidedOn", .date),
            .required("reason", .string),
            .required("decidedBy", .identifier), .required("calendar", .string),
        ],
        guards: { context in
            let due = context.text("due.statutory").flatMap({ CivilDate($0) })
            let cap = context.text("due.cap").flatMap({ CivilDate($0) })
            guard let due, let new = context.body["statutory"]?.string.flatMap({ CivilDate($0) }),
                let decided = context.body["decidedOn"]?.string.flatMap({ CivilDate($0) }), new > due
            else { throw Refusal(.datesDisorder, path: "body.statutory") }
            if let cap, new > cap { throw Refusal(.beyondCap, path: "body.statutory") }
            if decided >= due { throw Refusal(.afterDue, path: "body.decidedOn") }
            if decided > context.world.today { throw Refusal(.datesDisorder, path: "body.decidedOn") }
            try requireLeader(context, as: "decidedBy")
            try context.requireAnotherLeader(as: "decidedBy")
        },
        effects: { context throws(Refusal) in
            var value = context.factValue()
            value["from"] = context.register("due.statutory") ?? .null
            return [
                .register("due.statutory", context.body["statutory"] ?? .null),
                .register("due.control", context.body["control"] ?? .null),
                .register("due.calendar", context.body["calendar"] ?? .null),
                .fact("extension", entity: nil, value),
            ]
        }
    )

    /// Work that waited comes into force, as if it were done now, by whoever decides about the appeal.
    ///
    /// All that follows the same first operation goes with it: a person decides about a case, not about each of its
    /// lines.
    static let heldAdopted = Kind(
        "held.adopted",
        parties: [.office: deciders, .controller: deciders.union(heads)],
        fields: [.required("held", .write), .optional("reason", .string)],
        guards: { context in
            try requireWaiting(context)
            try Held.requireGuards(of: context.body["held"]?.string ?? "", in: context)
        },
        effects: { context throws(Refusal) in try decideHeld(context, adopt: true) }
    )

    /// Waiting work is declined; its author is told the reason.
    static let heldDeclined = Kind(
        "held.declined",
        parties: [.office: deciders, .controller: deciders.union(heads)],
        fields: [.required("held", .write), .required("reason", .string)],
        guards: { context throws(Refusal) in try requireWaiting(context) },
        effects: { context throws(Refusal) in try decideHeld(context, adopt: false) }
    )

    /// The body's `held` names work that nobody has decided yet.
    private static func requireWaiting(_ context: KindContext) throws(Refusal) {
        let name = context.body["held"]?.string ?? ""
        guard context.appeal[.held, name]?.value.heldState == .waiting else {
            throw Refusal(.nothingToSettle, path: name)
        }
    }

    /// What adopting or declining does to the waiting items: to the first one and to those that follow it.
    private static func decideHeld(_ context: KindContext, adopt: Bool) throws(Refusal) -> [Effect] {
        let name = context.body["held"]?.string ?? ""
        // Work without a place on an appeal is decided beside it (`Judge.declinedOutside`).
        guard let held = context.appeal[.held, name], held.value.heldState == .waiting else { return [] }
        let disputed = "reassigned@" + (held.value["assignment"]?.string ?? "")
        // Who is the main executor is for the disagreement's settlement to say (I9).
        if adopt, context.appeal[.disagreements, disputed]?.value.caseState == .open {
            throw Refusal(.disagreementOpen, path: disputed)
        }
        // Nor is a complaint answered by whom it is about.
        let party = (held.value["assignment"]?.string).flatMap { context.text("department@" + $0) }
        if adopt, party != nil { try context.requirePartiesResolved() }
        if adopt { try context.requireFreeOfComplaint(party: party) }
        let followers = Held.group(of: name, in: context.appeal)
        if adopt, let concerned = followers.compactMap({ Held.concerned($0, in: context.appeal) }).first {
            throw Refusal(.complainedAgainst, path: concerned)
        }
        return followers.flatMap { Held.decide($0, adopt: adopt, in: context) }
    }

    /// A registrar says which of two values of a register is right (C12): `keep` the one in force, `take` the other.
    static let conflictSettled = Kind(
        "conflict.settled",
        parties: [.office: registrars, .controller: registrars.union(heads)],
        fields: [
            .required("conflict", .string), .required("choice", .code(["keep", "take"])), .optional("reason", .string),
        ],
        effects: { context throws(Refusal) in
            let name = context.body["conflict"]?.string ?? ""
            guard let row = context.appeal[.conflicts, name], row.value.caseState == .open,
                let register = row.value["register"]?.string, var value = row.value.object
            else { throw Refusal(.nothingToSettle, path: name) }
            value["state"] = CaseState.settled.json
            value["choice"] = context.body["choice"]
            value["reason"] = context.body["reason"]
            value["settledBy"] = context.by
            var effects: [Effect] = [.decided(ItemName(.conflicts, name), .object(value))]
            if context.body["choice"]?.string == "take" {
                effects.append(.settled(register, row.value["value"] ?? .null))
            }
            return effects
        }
    )

    /// A person settles a case that spans registers, by one of the choices that its rule has.
    static let disagreementSettled = Kind(
        "disagreement.settled",
        parties: [.office: deciders, .controller: deciders.union(heads)],
        fields: [.required("disagreement", .string), .required("choice", .string), .required("reason", .string)],
        effects: { context throws(Refusal) in try Disagreements.settle(context) }
    )
}
