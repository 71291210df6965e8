import CanonicalJSON

/// Kinds of the leader's acts and of the department's first steps (R8, R9, R13; C1, C7, C16).
extension Kinds {
    /// The leader's signed instruction on the card, and the assignments that follow from it (R8, R9).
    ///
    /// Several departments, one of them the main executor (C6); those told for information change nothing about that.
    /// It may replace assignments (`supersedes`), put the appeal on control and set the term, in one act, so that at
    /// no moment nobody or two are responsible (I9).
    static let resolutionIssued = Kind(
        "resolution.issued",
        parties: [.controller: deciders.union(heads)],
        fields: [
            .required(
                "author",
                .object([
                    .required("user", .identifier), .required("role", .string), .optional("substitution", .string),
                    .optional("from", .date), .optional("through", .date),
                ])
            ),
            .required(
                "assignments",
                .array(
                    .object([
                        .required("department", .identifier), .required("role", .code(["main", "co", "inform"])),
                        .optional("issues", .array(.write)), .optional("term", .date),
                    ])
                )
            ),
            .optional("supersedes", .array(.write)), .optional("onControl", .bool), .optional("due", due),
        ],
        personal: [.required("text", .text)],
        guards: resolutionGuards,
        effects: resolutionEffects
    )

    /// A leader's, to departments that exist and that the complaint is not about, with one main executor in all.
    ///
    /// A second main executor beside one who stands waits as a proposal, unless it says that it replaces that one (C15).
    @Sendable private static func resolutionGuards(_ context: KindContext) throws {
        let author = context.body["author"]
        guard let user = author?["user"]?.string, try context.isLeader(user) else {
            throw Refusal(.leaderMissing, path: "body.author")
        }
        try context.requireNotRemoved()
        let supersedes = (context.body["supersedes"]?.array ?? []).compactMap(\.string)
        try context.requireFreeOfComplaint(
            (context.body["assignments"]?.array ?? []).compactMap { $0["department"]?.string }
        )
        var mains = 0
        var named: Set<String> = []
        for assignment in context.body["assignments"]?.array ?? [] {
            let department = assignment["department"]?.string ?? ""
            guard department != context.world.office else { throw Refusal(.officeIsNoExecutor, path: department) }
            guard named.insert(department).inserted else { throw Refusal(.namedTwice, path: department) }
            guard try context.world.departmentExists(department) else {
                throw Refusal(.unknownDepartment, path: department)
            }
            if assignment["role"]?.string == "main" { mains += 1 }
            for issue in assignment["issues"]?.array ?? [] {
                guard context.appeal[.registers, "issue@" + (issue.string ?? "")] != nil else {
                    throw Refusal(.unknownIssue, path: issue.string ?? "")
                }
            }
        }
        let standing = context.appeal.openMains.filter { !supersedes.contains($0) }
        let onlyForInformation = (context.body["assignments"]?.array ?? []).allSatisfy {
            $0["role"]?.string == "inform"
        }
        let isSecond = mains == 1 && !standing.isEmpty
        guard mains + standing.count == 1 || isSecond || (onlyForInformation && standing.isEmpty) else {
            throw Refusal(.oneMainExecutor, path: "body.assignments")
        }
        try context.requireAnotherLeader()
        // Whoever adopts it says that it replaces the first.
        if isSecond, context.adopter == nil { throw Refusal(.secondResolution, path: standing[0]) }
    }

    /// Each assignment is an entity named by this write: `origin:number/1` and so on, in the order of the list.
    @Sendable private static func resolutionEffects(_ context: KindContext) throws(Refusal) -> [Effect] {
        var effects: [Effect] = []
        let assignments = context.body["assignments"]?.array ?? []
        guard !assignments.isEmpty else { throw Refusal(.missingField, path: "body.assignments") }
        for old in (context.body["supersedes"]?.array ?? []).compactMap(\.string) {
            guard context.isAssignment(old) else { throw Refusal(.unknownAssignment, path: old) }
            effects.append(.register("state@" + old, AssignmentState.superseded.json))
            effects.append(.register("ended@" + old, .string(context.world.today.description)))
        }
        effects.append(.fact("resolution", entity: nil, context.factValue(dropping: ["assignments", "due"])))
        for (place, assignment) in assignments.enumerated() {
            let entity = context.operation.entity(place + 1)
            effects.append(.register("department@" + entity, assignment["department"] ?? .null))
            effects.append(.register("role@" + entity, assignment["role"] ?? .null))
            effects.append(.register("state@" + entity, AssignmentState.issued.json))
            effects.append(.register("round@" + entity, 1))
            effects.append(.register("resolution@" + entity, .string(context.write)))
            if let issues = assignment["issues"] { effects.append(.register("issues@" + entity, issues)) }
            if let term = assignment["term"] { effects.append(.register("term@" + entity, term)) }
            if assignment["role"]?.string == "main" { effects.append(.register("mainExecutor", .string(entity))) }
        }
        if context.body["onControl"]?.bool == true { effects.append(.register("control", "onControl")) }
        for (name, value) in context.body["due"]?.object?.members ?? [] {
            effects.append(.register("due." + name, value))
        }
        return effects
    }

    /// The department takes the assignment on, and may name who does the work.
    ///
    /// Late it is refused: it would promise what is no longer asked.
    static let assignmentAccepted = Kind(
        "assignment.accepted",
        parties: [
            .main: heads.union(["clerk", "executor"]), .co: heads.union(["clerk", "executor"]), .inform: everybodyThere,
        ],
        fields: [.required("assignment", .write), .optional("person", .identifier)],
        late: .refuse,
        guards: { context in
            try context.requireState([.issued])
            try context.requireFreeOfComplaint(person: context.body["person"])
        },
        effects: { context throws(Refusal) in
            var effects: [Effect] = [.register("state@" + context.assignment, AssignmentState.accepted.json)]
            if let person = context.body["person"] { effects.append(.register("person@" + context.assignment, person)) }
            return effects
        }
    )

    /// The department is not competent, and may say who is (C16).
    ///
    /// The assignment stays a ground until the centre decides, so that the reason can be read where it was written.
    static let assignmentDeclined = Kind(
        "assignment.declined",
        parties: [.main: heads, .co: heads, .inform: heads],
        fields: [.required("assignment", .write), .required("reason", .string), .optional("suggested", .string)],
        late: .refuse,
        guards: { try $0.requireState([.issued, .accepted]) },
        effects: { context throws(Refusal) in
            [
                .register("state@" + context.assignment, AssignmentState.declined.json),
                .fact("decline", entity: context.assignment, context.factValue(dropping: ["assignment"])),
            ]
        }
    )

    /// The leader takes an assignment back: the department's ground ends in this commit.
    ///
    /// What was done by then stays: drafts as material (C1), decisions as held work (C2), dispatches as facts (C3).
    static let assignmentRecalled = Kind(
        "assignment.recalled",
        parties: [.controller: deciders.union(heads)],
        fields: [.required("assignment", .write), .required("reason", .string)],
        guards: { try $0.requireState([.issued, .accepted, .declined, .submitted, .returned]) },
        effects: { context throws(Refusal) in
            var effects: [Effect] = [
                .register("state@" + context.assignment, AssignmentState.recalled.json),
                .register("ended@" + context.assignment, .string(context.world.today.description)),
                .fact("recall", entity: context.assignment, context.factValue(dropping: ["assignment"])),
            ]
            if context.text("mainExecutor") == context.assignment { effects.append(.register("mainExecutor", .null)) }
            return effects
        }
    )

    /// The head names who in the department does the work; the later word in the office's order counts (C17).
    ///
    /// Nobody who is complained against (C13). Other departments are not shown it.
    static let personAssigned = Kind(
        "person.assigned",
        parties: [.main: heads, .co: heads],
        isAtomic: false,
        fields: [.required("assignment", .write), .required("person", .identifier)],
        late: .refuse,
        guards: { context in
            try context.requireState(AssignmentState.working.union([.submitted]))
            try context.requireFreeOfComplaint(person: context.body["person"])
        },
        effects: { context throws(Refusal) in
            [.register("person@" + context.assignment, context.body["person"] ?? .null)]
        }
    )
}
