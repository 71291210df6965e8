import CanonicalJSON

/// Kinds of the way of an answer: draft, approval, submission, acceptance, dispatch, proof (R10, R11, R15, R16).
extension Kinds {
    private static let about = Field.required("assignment", .write)

    /// A version of the answer's text, with the result that it proposes for the issues.
    ///
    /// Never changed: a better text is another version, so that approval, submission and dispatch each name the very
    /// words that somebody saw. Preliminary (`final` false) it leaves term and control alone (C10).
    static let answerDrafted = Kind(
        "answer.drafted",
        parties: [.main: executors, .co: executors],
        isAtomic: false,
        fields: [
            about, .required("final", .bool), .optional("result", .code(Codes.results)),
            .optional(
                "results",
                .object([
                    .required(
                        "issues",
                        .array(.object([.required("issue", .write), .required("result", .code(Codes.results))]))
                    )
                ])
            ),
        ],
        personal: [.required("text", .text)],
        // A version of a text is a fact: the office never refuses what was written before it was known that it came too late.
        guards: { context in
            guard context.world.advises else { return }
            try context.requireState(AssignmentState.working.union([.submitted]))
            try context.requireOwnIssues()
        },
        effects: { context throws(Refusal) in
            [.fact("answer", entity: context.assignment, context.factValue(dropping: ["assignment"]))]
        }
    )

    /// The head takes responsibility for one version: no other may be submitted or sent (R16).
    ///
    /// Late, it is held: who holds the assignment now decides about a decision of whoever held it before (C2).
    static let answerApproved = Kind(
        "answer.approved",
        parties: [.main: heads, .co: heads],
        fields: [about, .required("version", .write)],
        guards: { context in
            try context.requireState(AssignmentState.working)
            try context.requireResults(of: try answer(context))
        },
        effects: { context throws(Refusal) in
            [
                .register("answer@" + context.assignment, context.body["version"] ?? .null),
                .fact("approval", entity: context.assignment, context.factValue(dropping: ["assignment"])),
            ]
        }
    )

    /// The version goes before the centre, which accepts or returns it.
    ///
    /// While a case about a former executor's work is open it waits, since the centre may yet choose that work (C2,
    /// C3).
    static let answerSubmitted = Kind(
        "answer.submitted",
        parties: [.main: executors, .co: executors],
        fields: [about, .required("version", .write)],
        guards: { context in
            try context.requireState([.accepted, .returned])
            try context.requireResults(of: try approved(context))
            try notPaused(context)
        },
        effects: { context throws(Refusal) in
            [
                .register("state@" + context.assignment, AssignmentState.submitted.json),
                .fact("submission", entity: context.assignment, context.factValue(dropping: ["assignment"])),
            ]
        }
    )

    /// The centre is content: with a final version the assignment is done, and its results become those of the issues that
    /// it was given (C20); with a preliminary one it stays in work (C10).
    ///
    /// A final answer to a call on the mayor's phone has to be proven first (R11). Control stays: its removal is an act
    /// of its own (R13).
    static let answerAccepted = Kind(
        "answer.accepted",
        parties: [.controller: registrars.union(heads), .office: registrars],
        fields: [about, .required("version", .write)],
        guards: { context in
            try context.requireState([.submitted])
            try context.requirePartiesResolved()
            try context.requireFreeOfComplaint(party: context.text("department@" + context.assignment))
            let version = try approved(context)
            try context.requireResults(of: version)
            if context.isFinal(version), context.text("channel") == Codes.phone { try proven(context) }
        },
        effects: { context throws(Refusal) in
            let isFinal = version(context).map(context.isFinal) ?? true
            var effects: [Effect] = [
                .register("state@" + context.assignment, (isFinal ? AssignmentState.done : .accepted).json),
                .fact("review", entity: context.assignment, reviewed(context, accepted: true)),
            ]
            effects += results(context)
            return effects
        }
    )

    /// The centre sends the answer back with a reason: the next round begins.
    ///
    /// Also one that it had accepted, as long as the appeal is not off control: an issue may turn out to be open.
    static let answerReturned = Kind(
        "answer.returned",
        parties: [.controller: registrars.union(heads), .office: registrars],
        fields: [about, .required("version", .write), .required("reason", .string)],
        guards: { context in
            try context.requireState([.submitted, .done])
            try context.requireNotRemoved()
            try context.requireFreeOfComplaint(party: context.text("department@" + context.assignment))
        },
        effects: { context throws(Refusal) in
            let round = context.register("round@" + context.assignment)?.integer ?? 1
            return [
                .register("state@" + context.assignment, AssignmentState.returned.json),
                .register("round@" + context.assignment, .integer(min(round, 1_000_000) + 1)),
                .fact("review", entity: context.assignment, reviewed(context, accepted: false)),
            ]
        }
    )

    /// The answer went out: to the applicant or to the committee, each a dispatch of its own (R10).
    ///
    /// A legal fact, dated by the day that it states, however late it reaches the office (C3, C8, C9). It says once
    /// more whether the version was final and with which result, so that a reader needs no text to compare two
    /// answers (C6).
    static let answerDispatched = Kind(
        "answer.dispatched",
        parties: [.main: executors, .co: executors],
        isAtomic: false,
        fields: [
            about, .required("version", .write), .required("to", .code(["applicant", "committee"])),
            .required("by", .code(Codes.replies)), .optional("number", .string), .required("date", .date),
        ],
        guards: { context in
            // What was sent was sent: at the office a dispatch is a fact, on the author's node these are its last checks.
            guard context.world.advises else { return }
            try approved(context)
            // What was sent cannot wait: while a case is open, the answer is not to be sent (C3).
            do throws(Refusal) { try notPaused(context) } catch { throw Refusal(.disagreementOpen, path: error.path) }
            if let date = context.body["date"]?.string.flatMap({ CivilDate($0) }), date > context.world.today {
                throw Refusal(.datesDisorder, path: "body.date")
            }
        },
        effects: { context throws(Refusal) in
            var value = context.factValue(dropping: ["assignment", "by"])
            value["channel"] = context.body["by"]
            value["by"] = context.by
            if let fact = version(context)?.value {
                value["final"] = fact["final"]
                value["result"] = fact["result"]
            }
            return [.fact("dispatch", entity: context.assignment, value)]
        }
    )

    /// The applicant was spoken to: when, how, in which words.
    ///
    /// One of the two proofs of an answer to a phone appeal (R11).
    static let feedbackRecorded = Kind(
        "feedback.recorded",
        parties: [.main: everybodyThere, .co: everybodyThere],
        isAtomic: false,
        fields: [about, .required("date", .date), .required("how", .code(["phone", "meeting", "letter", "email"]))],
        personal: [.required("words", .text)],
        effects: { context throws(Refusal) in
            [.fact("feedback", entity: context.assignment, context.factValue(dropping: ["assignment"]))]
        }
    )

    /// A document confirms the works: an act, a photo, a certificate.
    ///
    /// The other proof of R11. What is recorded is which document it is; its file is kept by the department.
    static let documentRecorded = Kind(
        "document.recorded",
        parties: [.main: everybodyThere, .co: everybodyThere],
        isAtomic: false,
        fields: [
            about, .required("document", .code(["act", "photo", "certificate", "contract", "other"])),
            .required("number", .string),
            .required("date", .date), .optional("note", .string),
        ],
        effects: { context throws(Refusal) in
            [.fact("document", entity: context.assignment, context.factValue(dropping: ["assignment"]))]
        }
    )

    /// The fact of the version that the operation names.
    private static func version(_ context: KindContext) -> Item? {
        context.appeal[.facts, FactName.text("answer", context.assignment, context.body["version"]?.string ?? "")]
    }

    private static func answer(_ context: KindContext) throws(Refusal) -> Item {
        guard let item = version(context) else { throw Refusal(.unknownVersion, path: "body.version") }
        return item
    }

    /// The head approved this very version (guard of R16).
    @discardableResult
    private static func approved(_ context: KindContext) throws(Refusal) -> Item {
        let answer = try answer(context)
        guard context.text("answer@" + context.assignment) == context.body["version"]?.string else {
            throw Refusal(.answerNotApproved, path: "answer@" + context.assignment)
        }
        let heads = context.appeal.items(.facts, beginning: "approval@\(context.assignment) ").filter {
            $0.item.value["version"] == context.body["version"]
        }.map { $0.item.value["by"]?["user"]?.string ?? "" }
        // Nobody takes responsibility for an answer to a complaint about himself (Article 7).
        guard heads.isEmpty || !heads.allSatisfy(context.complaint.persons.contains) else {
            throw Refusal(.answerNotApproved, path: "answer@" + context.assignment)
        }
        return answer
    }

    /// R11: an answer to a phone appeal needs a fact of feedback or a document that confirms the works.
    private static func proven(_ context: KindContext) throws(Refusal) {
        let found = context.appeal.names(.facts).contains { name in
            guard let fact = FactName(name), fact.entity == context.assignment else { return false }
            return fact.kind == "feedback" || fact.kind == "document"
        }
        guard found else { throw Refusal(.feedbackMissing, path: context.assignment) }
    }

    /// What the centre said of an answer, as the fact `review` has it.
    private static func reviewed(_ context: KindContext, accepted: Bool) -> JSONObject {
        var value = context.factValue(dropping: ["assignment"])
        value["accepted"] = .bool(accepted)
        return value
    }

    /// The results of the issues are those of the accepted final answer of whoever was given them (C20).
    static func results(_ context: KindContext) -> [Effect] {
        guard let version = version(context), context.isFinal(version) else { return [] }
        let results = context.results(of: version)
        return context.appeal.issuesSettled(by: context.assignment).compactMap { issue in
            results(issue).map { .register("result@" + issue, $0) }
        }
    }
}
