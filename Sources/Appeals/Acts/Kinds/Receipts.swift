import CanonicalJSON

/// When an appeal came, where that was written down wrongly.
extension Kinds {
    /// The right time of receipt, the day of registration that follows from it, and the term counted from it anew.
    ///
    /// A decision about the term, so it is taken whole or not at all, with its reason, by whoever decides about the appeal. A term
    /// that was extended stays extended, within the new cap: its author counts so.
    static let receiptCorrected = Kind(
        "receipt.corrected",
        parties: [.controller: registrars.union(heads)],
        schema: 2,
        fields: [
            .required("receivedAt", .moment), .required("registeredOn", .date), .optional("due", due),
            .required("reason", .string),
        ],
        guards: { context in
            try context.requireNotRemoved()
            try requirePast(context)
            let received = context.body["receivedAt"]?.string.flatMap { KyivTime.date(rfc3339: $0) }
            let registered = context.body["registeredOn"]?.string.flatMap { CivilDate($0) }
            guard let received, let registered, received <= context.world.today else {
                throw Refusal(.datesDisorder, path: "body.receivedAt")
            }
            guard received <= registered else { throw Refusal(.datesDisorder, path: "body.registeredOn") }
        },
        effects: { context throws(Refusal) in
            var effects: [Effect] = ["receivedAt", "registeredOn"].compactMap { name in
                context.body[name].map { .register(name, $0) }
            }
            for (name, date) in context.body["due"]?.object?.members ?? [] {
                effects.append(.register("due." + name, date))
            }
            return effects + [.fact("receiptCorrection", entity: nil, context.factValue(dropping: ["due"]))]
        }
    )
}
