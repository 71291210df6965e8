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
        guard context.text("control") == "onControl" else { throw Refusal(.notOnControl, path: "control") }
        try requireLeader(context)
        try requireAssignments(.done, context, else: .answersMissing)
        // Whom the complaint is about has not answered it, whatever it did before that was known.
        try context.requirePartiesResolved()
        for main in context.appeal.openMains {
            try context.requireFreeOfComplaint(party: context.text("department@" + main))
        }
        for issue in context.appeal.entities(with: "issue") {
            guard context.register("result@" + issue) != nil else {
                throw Refusal(.resultMissing, path: "result@" + issue)
            }
        }
        let mustAnswer = !["anonymous", "unknown"].contains(context.text("subjectType") ?? "")
        if mustAnswer { try requireAnswerSent(context) }
        guard Disagreements.open(in: context.appeal).isEmpty else {
            throw Refusal(.disagreementOpen, path: Disagreements.open(in: context.appeal)[0].name)
        }
        try context.requireAnotherLeader()
    }

    /// The final answer that is in force went to the applicant, in the form that they want (R15); without one, in writing.
    ///
    /// Where nobody is the main executor any more, whichever final answer went out counts.
    private static func requireAnswerSent(_ context: KindContext) throws(Refusal) {
        let mains = context.appeal.openMains
        let sent = context.appeal.items(.facts, beginning: "dispatch@").compactMap { name, item -> String? in
            let entity = FactName(name)?.entity ?? ""
            guard item.value["to"]?.string == "applicant", item.value["final"]?.bool == true else { return nil }
            let isInForce = item.value["version"]?.string == context.text("answer@" + entity)
            guard mains.isEmpty || (mains.contains(entity) && isInForce) else { return nil }
            return item.value["channel"]?.string ?? ""
        }
        guard !sent.isEmpty else { throw Refusal(.notDispatched) }
        let wanted = context.text("replyPreference")
        guard sent.contains(where: { wanted == nil ? $0 != ReplyPreference.phone.rawValue : $0 == wanted }) else {
            throw Refusal(.notAsPreferred, path: "replyPreference")
        }
    }

    /// From this day on; the grounds of departments end later.
    static func offControl(_ context: KindContext) -> [Effect] {
        [.register("control", "removed"), .register("removedOn", .string(context.world.today.description))]
    }

    /// Whoever was to execute the appeal is in this state, or has it no more.
    static func requireAssignments(
        _ wanted: AssignmentState,
        _ context: KindContext,
        else reason: Reason
    ) throws(Refusal) {
        for entity in context.appeal.entities(with: "department") where context.text("role@" + entity) != "inform" {
            let state = context.appeal.state(of: entity)
            guard state == wanted || state?.isGround == false else { throw Refusal(reason, path: "state@" + entity) }
        }
    }

    /// The decision is a leader's of whoever decides about the appeal.
    static func requireLeader(_ context: KindContext, as field: String = "author") throws {
        guard try context.isLeader(context.body[field]?.string ?? "") else {
            throw Refusal(.leaderMissing, path: "body." + field)
        }
    }
}
