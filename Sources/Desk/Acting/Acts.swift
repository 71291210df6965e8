package import Appeals
import CanonicalJSON
package import Replication

/// What came of an act.
package enum Done {
    /// A department's: durable in its log, not with the office yet.
    case saved(Operation)
    /// The office's own: it has its outcome at once.
    case decided(Outcome)
}

extension Done {
    /// What a repetition is told of the act that it repeats: `outcome`, and of the office's own `reason` and `path`.
    fileprivate var details: JSONObject {
        switch self {
        case .saved: return ["outcome": "saved"]
        case .decided(let outcome):
            var details: JSONObject = ["outcome": .string(outcome.status.rawValue)]
            details["reason"] = (outcome.reason?.rawValue).map(JSON.string)
            if !outcome.path.isEmpty { details["path"] = .string(outcome.path) }
            return details
        }
    }
}

/// An act that was done: what came of it, and what it was about.
///
/// Done is not accepted: the office's own act may have been refused, and then says why (`Done.decided`).
package struct Acted<Subject> {
    package let done: Done
    /// The appeal's id; nil if it is about none.
    package let appeal: String?
    package let subject: Subject
}

/// What an act on an appeal as a whole was about.
package struct AboutAppeal {
    /// What a person calls it: its index, or its id.
    package let title: String
    /// Numbers that it refers to since, and that are not in this register.
    package var notHere: [String] = []
    /// Addresses of it in which the register of streets found no place, or several.
    package var unresolvedAddresses: [UnresolvedAddress] = []
}

extension Desk {
    /// Does one act in one transaction.
    ///
    /// `make` composes the draft from what is there at that moment, and says what it is about; it may run twice, and the
    /// later run counts. Throws what `make` throws, `datesDisorder` for a day that cannot be, a `Refusal` of the rules at a department, a `StoreError`; nothing is
    /// done then. At the office what the rules refuse is an outcome.
    package func act<Subject>(
        _ make: (any StoreTransaction) throws -> (draft: Draft, subject: Subject)
    ) throws -> Acted<Subject> {
        var made: (appeal: String?, subject: Subject)?
        let done = try perform { transaction in
            let (draft, subject) = try make(transaction)
            try refuseImpossibleDays(draft, transaction)
            made = (draft.appeal, subject)
            return draft
        }
        // Under its command it was done before, and nothing was made.
        guard let made else {
            throw DeskError(
                .skipped,
                "repeated",
                uk: "це вже зроблено",
                en: "this was done already",
                details: done.details
            )
        }
        return Acted(done: done, appeal: made.appeal, subject: made.subject)
    }

    /// An act about a whole appeal, by the person who asks, in a role that may do what `kind` says.
    ///
    /// `fill` gets an empty draft and the appeal as this node shows it. Throws `unknownAppeal`, `appealLeft`, and what
    /// `actor` throws.
    func actOnAppeal<Subject>(
        _ kind: String,
        _ name: String,
        _ fill: (inout Draft, ShownAppeal, any StoreTransaction) throws -> Subject
    ) throws -> Acted<Subject> {
        try act { transaction in
            let shown = try shownAppeal(name, transaction)
            var draft = Draft(kind: kind, appeal: shown.id, actor: try actor(kind, transaction), body: [:])
            let subject = try fill(&draft, shown, transaction)
            return (draft, subject)
        }
    }

    /// Refuses a day that lies outside its bounds (`StatedDate`): `datesDisorder`, with the field, the day and the bound.
    private func refuseImpossibleDays(_ draft: Draft, _ reading: any StoreReading) throws {
        guard StatedDate.binds(draft.kind) else { return }
        let breaches = StatedDate.breaches(
            in: draft.body,
            of: draft.kind,
            on: try draft.appeal.flatMap { try shown($0, reading)?.appeal },
            today: today
        )
        if let breach = breaches.first { throw DeskError(breach, kind: draft.kind) }
    }

    /// Signs and saves one draft by the machine of this node's role, then wakes whoever waits for it.
    private func perform(_ make: (any StoreTransaction) throws -> Draft) throws -> Done {
        if let department = place.department {
            let signed = try department.act(now: now, command: asking.command) { try asked(make($0), $0) }
            place.acted()
            return .saved(signed.operation)
        }
        guard let office = place.office else { preconditionFailure("a node is an office or a department") }
        let (outcome, changed) = try office.act(now: now, command: asking.command) { transaction in
            try Self.refuseIfBehind(transaction)
            return try asked(make(transaction), transaction)
        }
        place.changed(changed)
        return .decided(outcome)
    }

    /// On the ground of what the screen showed, where that is said; refused as `refuseIfBarred` says.
    private func asked(_ draft: Draft, _ reading: any StoreReading) throws -> Draft {
        try refuseIfBarred(draft, reading)
        var draft = draft
        draft.shown = asking.shown
        return draft
    }

    /// What an office that is behind its nodes would sign gets write names that were given before.
    package static func refuseIfBehind(_ reading: any StoreReading) throws {
        guard let found = try reading.value(Values.stopped) else { return }
        throw DeskError(
            .integrity,
            "officeBehind",
            uk: "Центр відстав від своїх вузлів і не приймає дій",
            en: "the office is behind its nodes and takes no work: \(found)",
            remedy: Sentence(
                uk: "Зупиніть вузол, тоді: \(.atMachine(.declareRestore))",
                en: "Stop the node, then: \(.atMachine(.declareRestore))"
            )
        )
    }

    /// Refuses at a department what only the office does.
    package func requireOffice() throws(DeskError) {
        guard isOffice else {
            throw DeskError(
                .permission,
                "officeOnly",
                uk: "це робить лише Центр; цей вузол — підрозділ «\(place.node)»",
                en: "only the office does this; this node is the department \"\(place.node)\""
            )
        }
    }
}
