import CanonicalJSON

/// Kinds of control: put, removed, returned, each an act of its own (R13).
extension Kinds {
    /// Who decides, and why.
    private static let decision: [Field] = [.required("author", .identifier), .required("reason", .string)]

    /// The appeal is put on control after all: its resolution had not said so.
    static let controlPut = Kind(
        "control.put",
        parties: [.controller: deciders.union(heads)],
        schema: 2,
        fields: decision,
        guards: { context in
            if context.text("control") == "onControl" { throw Refusal(.onControlAlready, path: "control") }
            try context.requireNotRemoved()
            try requireLeader(context)
            try context.requireAnotherLeader()
        },
        effects: { context throws(Refusal) in
            [.register("control", "onControl"), .fact("controlPut", entity: nil, context.factValue())]
        }
    )

    /// An appeal that was removed from control, or ended without an executor, is taken up again.
    ///
    /// Grounds that time had ended are open again. What has to be done next says a resolution or a returned answer.
    static let controlReturned = Kind(
        "control.returned",
        parties: [.controller: deciders.union(heads)],
        schema: 2,
        fields: decision,
        guards: { context in
            guard context.text("control") == "removed" else {
                throw Refusal(context.text("control") == nil ? .notOnControl : .onControlAlready, path: "control")
            }
            // Whoever had it has it again.
            try context.requirePartiesCertain()
            try requireLeader(context)
            try context.requireAnotherLeader()
        },
        effects: { context throws(Refusal) in
            var effects: [Effect] = [.register("control", "onControl"), .register("removedOn", .null)]
            if context.text("endedAs") != nil { effects.append(.register("endedAs", .null)) }
            return effects + [.fact("controlReturn", entity: nil, context.factValue())]
        }
    )

    /// Control ends, by a leader's decision and only when nothing is left open (R13).
    ///
    /// The grounds of all departments stay for `Slice.daysAfterRemoval` days, so that late facts still find their
    /// appeal.
    static let controlRemoved = Kind(
        "control.removed",
        parties: [.controller: deciders.union(heads)],
        fields: [.required("author", .identifier), .required("basis", .string)],
        guards: removalGuards,
        effects: { context throws(Refusal) in
            offControl(context) + [.fact("removal", entity: nil, context.factValue())]
        }
    )

    /// Removal from control: DESIGN.md "Life of an appeal".
    @Sendable private static func removalGuards(_ context: KindContext) throws {
        for step in RemovalStep.allCases {
            try context.appeal.require(step)
            // Who may decide is asked once it is clear that there is something to decide.
            if step == .control { try requireLeader(context) }
        }
        try context.requireAnotherLeader()
    }

    /// From this day on; the grounds of departments end later.
    static func offControl(_ context: KindContext) -> [Effect] {
        [.register("control", "removed"), .register("removedOn", .string(context.world.today.description))]
    }

    /// The decision is a leader's of whoever decides about the appeal.
    static func requireLeader(_ context: KindContext, as field: String = "author") throws {
        guard try context.isLeader(context.body[field]?.string ?? "") else {
            throw Refusal(.leaderMissing, path: "body." + field)
        }
    }
}
