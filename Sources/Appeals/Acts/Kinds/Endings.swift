import CanonicalJSON

/// How an appeal ends without a department: by the acts that the law knows (Law 393/96, Articles 5, 7, 8, 17; C19).
public enum Ending: String, CaseIterable, Sendable {
    /// Not within the council's powers: passed on within 5 days, and the applicant told (Article 7).
    case forwarded
    /// Without the data that it needs: given back with an explanation within 10 days (Articles 5, 7).
    case returned
    /// Anonymous, decided on the merits before, too late, or of somebody without capacity (Articles 8, 17).
    case notConsidered
    /// Its author took it back (C19).
    case withdrawn
    /// Nothing had to be done but to explain, or to thank.
    case explained
    /// Over in another register before it came into this one: history, and nobody's work here.
    case concluded

    /// What became of the issues; of a withdrawn appeal the classifier knows nothing, and of a concluded one the act says it.
    var result: IssueResult? {
        switch self {
        case .forwarded: .forwarded
        case .returned: .returned
        case .notConsidered: .notConsidered
        case .explained: .explained
        case .withdrawn, .concluded: nil
        }
    }

    /// As the card says where the appeal stands.
    public var label: Label {
        switch self {
        case .forwarded: Label(uk: "Надіслано за належністю", en: "Forwarded")
        case .returned: Label(uk: "Повернуто заявнику", en: "Returned to the applicant")
        case .notConsidered: Label(uk: "Залишено без розгляду", en: "Not considered")
        case .withdrawn: Label(uk: "Відкликано заявником", en: "Withdrawn by the applicant")
        case .explained: Label(uk: "Дано роз'яснення", en: "Explained")
        case .concluded: Label(uk: "Завершено в іншому реєстрі", en: "Closed in another register")
        }
    }
}

/// Why an appeal is not considered (Law 393/96, Articles 8 and 17).
public enum NonConsideration: String, CaseIterable, Sendable {
    case anonymous, repeated, late, incapable

    /// In words, with the article.
    public var label: Label {
        switch self {
        case .anonymous: Label(uk: "анонімне (ст. 8)", en: "anonymous (Art. 8)")
        case .repeated: Label(uk: "повторне, вже вирішене по суті (ст. 8)", en: "decided on the merits before (Art. 8)")
        case .late: Label(uk: "подане після строку (ст. 17)", en: "out of time (Art. 17)")
        case .incapable:
            Label(
                uk: "від особи, визнаної судом недієздатною (ст. 8)",
                en: "of a person without legal capacity (Art. 8)"
            )
        }
    }
}

extension Kinds {
    /// Passed on to whom it belongs.
    static let appealForwarded = ending(
        "appeal.forwarded",
        .forwarded,
        [.required("to", .string), .optional("number", .string)]
    )
    /// Given back to its author, who is told what is missing.
    static let appealReturned = ending("appeal.returned", .returned, [.required("reason", .string)])
    /// Left without consideration; the author is told why.
    static let appealNotConsidered = ending(
        "appeal.notConsidered",
        .notConsidered,
        [.required("ground", .code(Set(NonConsideration.allCases.map(\.rawValue)))), .required("reason", .string)]
    )
    /// Taken back by its author, and not to be gone on with in the public interest.
    static let appealWithdrawn = ending("appeal.withdrawn", .withdrawn, [.required("reason", .string)])
    /// Answered by an explanation alone, or thanks that need no answer of a department.
    static let appealExplained = ending(
        "appeal.explained",
        .explained,
        [.required("by", .code(Codes.replies))],
        personal: [.required("text", .text)]
    )

    /// Over in another register, on the day that it has, with its result if it tells one.
    static let appealConcluded = ending(
        "appeal.concluded",
        .concluded,
        [.required("register", .string), .optional("result", .code(Codes.results))]
    )

    /// An end by a leader's decision, while no department is at work: who told the applicant so, and when, stands in `date`.
    ///
    /// It puts the appeal off control, as a removal does: the grounds of whoever was told for information end with it.
    private static func ending(
        _ name: String,
        _ ending: Ending,
        _ fields: [Field],
        personal: [Field] = []
    ) -> Kind {
        Kind(
            name,
            parties: [.controller: deciders.union(heads)],
            schema: 2,
            fields: [.required("author", .identifier), .required("date", .date)] + fields,
            personal: personal,
            guards: { context in
                try context.requireNotRemoved()
                if ending == .forwarded { try context.requireFreeOfComplaint(addressee: context.body["to"]) }
                try requireLeader(context)
                // What a department does or did ends with its answer.
                try context.appeal.requireAssignments(.declined, else: .assignmentOpen)
                if let open = Disagreements.open(in: context.appeal).first {
                    throw Refusal(.disagreementOpen, path: open.name)
                }
                try context.requireAnotherLeader()
            },
            effects: { context throws(Refusal) in
                let result = ending.result.map { JSON.string($0.rawValue) } ?? context.body["result"]
                let results = context.appeal.entities(with: "issue").compactMap { issue in
                    result.map { Effect.register("result@" + issue, $0) }
                }
                var value = context.factValue()
                value["as"] = .string(ending.rawValue)
                return results + offControl(context) + [
                    .register("endedAs", .string(ending.rawValue)), .fact("ending", entity: nil, value),
                ]
            }
        )
    }
}
